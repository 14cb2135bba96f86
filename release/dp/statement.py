"""The SQL of a query: rows filtered one by one, persons limited, values clamped before they are summed.

The order is the proof.  What is kept of a person depends on that person's own rows and a secret salt only.  What a
reader would get wrong: numbering rows by position instead would let one person's absence shift another's rows, and two
keys that mean one value (1 and 01) would count one row twice; either way the stated sensitivity would be false.
"""

from __future__ import annotations

from collections.abc import Mapping

from anonymizers.duck import literal
from release.dp.component import Component
from release.dp.expression import WHOLE, Source, binned, filtered, measured
from release.dp.query import Query


def totals(source: Source, query: Query, parts: list[Component], salt: str) -> str:
    """One row a group: its codes, the number of rows, and ``s0`` … of the components."""
    values = {f"x{n}": measured(source, part) for n, part in enumerate(parts) if part.kind not in ("rows", "units")}
    sums = ["count(*) AS s"]
    for n, part in enumerate(parts):
        total = {
            "rows": "count(*)",
            "units": "count(DISTINCT person)",
            "valid": f"count(x{n})",
        }.get(part.kind, f"CAST(coalesce(sum(x{n}), 0) AS BIGINT)")
        sums.append(f"{total} AS s{n}")
    return _grouped(source, query, values, sums, salt)


def bins(source: Source, query: Query, part: Component, salt: str) -> str:
    """One row a group and bin: its codes, ``bin``, and the rows in it as ``s``."""
    values = {"bin": binned(source, part)}
    return _grouped(source, query, values, ["count(*) AS s"], salt, extra=("bin",), need="bin IS NOT NULL")


def _grouped(
    source: Source,
    query: Query,
    values: Mapping[str, str],
    sums: list[str],
    salt: str,
    *,
    extra: tuple[str, ...] = (),
    need: str = "",
) -> str:
    heads = [*(f"k{n}" for n in range(len(query.group_by))), *extra]
    inner = _limited(source, query, values, salt) if query.unit != "row" else _rows(source, query, values)
    where = f" WHERE {need}" if need else ""
    tail = f" GROUP BY {', '.join(heads)}" if heads else ""
    grouped = f"SELECT {', '.join([*heads, *sums])} FROM ({inner}){where}{tail}"
    if query.discover or query.unit != "row" or not query.group_by:
        return grouped
    # Without persons to limit, grouping first and looking the keys up after spares a join of every row.
    codes = [f"keys{n}.code AS k{n}" for n in range(len(query.group_by))]
    rest = [*extra, *(total.rsplit(" AS ", 1)[1] for total in sums)]
    joins = _joins(source, query, [f"g.k{n}" for n in range(len(query.group_by))])
    return f"SELECT {', '.join([*codes, *rest])} FROM ({grouped}) g {joins}"


def _joins(source: Source, query: Query, columns: list[str]) -> str:
    """Looks up the code of every key.  Of the ways to spell a whole number only its own is a key, so that no row can
    find two."""
    joins = []
    for n, (name, column) in enumerate(zip(query.group_by, columns, strict=True)):
        spelled, kind = f"keys{n}.v", source.types[name]
        if kind in WHOLE:
            number = f"TRY_CAST({spelled} AS {kind})"
            joins.append(f"JOIN keys{n} ON {column} = {number} AND CAST({number} AS VARCHAR) = {spelled}")
        else:
            joins.append(f"JOIN keys{n} ON {column} = {spelled}")
    return " ".join(joins)


def _key(source: Source, name: str, *, spelled: bool = False) -> str:
    """The field as it is grouped by: whole numbers as they are unless they must be ``spelled``, all else as text."""
    return source.columns[name] if source.types[name] in WHOLE and not spelled else source.text(name)


def _rows(source: Source, query: Query, values: Mapping[str, str]) -> str:
    """Every row that the filter lets pass, with its raw keys."""
    chosen = [f"{_key(source, name, spelled=query.discover)} AS k{n}" for n, name in enumerate(query.group_by)]
    chosen += [f"{expression} AS {name}" for name, expression in values.items()]
    conditions = [f"({filtered(source, query.where)})"] if query.where else []
    if query.discover:  # a listed key is never equal to what is missing
        conditions += [f"{source.columns[name]} IS NOT NULL" for name in query.group_by]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {', '.join(chosen) or '1 AS one'} FROM {source.relation}{where}"


def _limited(source: Source, query: Query, values: Mapping[str, str], salt: str) -> str:
    """At most G groups a person and R rows a person and group, chosen by a salted hash of the person's own rows.

    The hash sees only what the answer depends on, so rows that tie are rows that count alike; where two hashes are
    the same by chance, the contents decide."""
    person = source.columns[query.unit]
    if query.discover:
        codes = [f"{_key(source, name, spelled=True)} AS k{n}" for n, name in enumerate(query.group_by)]
        joins, present = "", [f"{source.columns[name]} IS NOT NULL" for name in query.group_by]
    else:
        codes = [f"keys{n}.code AS k{n}" for n in range(len(query.group_by))]
        joins, present = _joins(source, query, [_key(source, name) for name in query.group_by]), []
    conditions = [f"{person} IS NOT NULL", *present, *([f"({filtered(source, query.where)})"] if query.where else [])]
    chosen = ", ".join([f"{person} AS person", *codes, *(f"{e} AS {name}" for name, e in values.items())])
    keys = [f"k{n}" for n in range(len(query.group_by))]
    by_row = ", ".join([f"hash({', '.join([literal(salt), 'person', *keys, *values])})", *values])
    by_group = ", ".join([f"hash({', '.join([literal(salt), 'person', *keys])})", *keys])
    some = (
        f"SELECT * FROM (SELECT {chosen} FROM {source.relation} {joins} WHERE {' AND '.join(conditions)}) "
        f"QUALIFY row_number() OVER (PARTITION BY {', '.join(['person', *keys])} ORDER BY {by_row}) <= {query.rows()}"
    )
    if not keys:
        return some
    most = query.groups()
    return f"SELECT * FROM ({some}) QUALIFY dense_rank() OVER (PARTITION BY person ORDER BY {by_group}) <= {most}"
