"""k of a table whose missing cells match every value, as statistical disclosure control counts it.

A row matches another where, field by field, they hold the same value or one of the two cells is missing.  Counted in
SQL over the written bytes, pattern of missing cells by pattern: nothing is shared with what suppressed the cells.
"""

from __future__ import annotations

from collections.abc import Sequence

from anonymizers.duck import identifier
from anonymizers.sample import Sample


def least_match(sample: Sample, fields: Sequence[str]) -> int:
    """The fewest rows that a row of ``sample`` may be taken for, itself included; 0 where there are no rows.

    Rows are folded to distinct tuples, and each pair of patterns of missing cells is joined on the fields that both
    hold: exact, and cheap while patterns are few.  Source: Hundepool et al. 2012, Statistical disclosure control,
    section 3.2; doi:10.1002/9781118348239."""
    names = [identifier(name) for name in fields]
    inside = sample.inside(fields)
    columns = ", ".join(names)
    pattern = " || ".join(f"CASE WHEN {name} IS NULL THEN '1' ELSE '0' END" for name in names)
    sample.query(
        f"CREATE OR REPLACE TEMP TABLE wild AS SELECT {columns}, {pattern} AS __pattern, count(*)::BIGINT AS __rows, "
        f"row_number() OVER () AS __id {inside} GROUP BY ALL"
    )
    patterns = [row[0] for row in sample.query("SELECT DISTINCT __pattern FROM wild ORDER BY 1")]
    if not patterns:
        return 0
    sample.query("CREATE OR REPLACE TEMP TABLE matched (__id BIGINT, __rows BIGINT)")
    for mine in patterns:
        for theirs in patterns:
            shared = [name for name, a, b in zip(names, mine, theirs, strict=True) if a == b == "0"]
            on = " AND ".join(f"a.{name} = b.{name}" for name in shared) or "true"
            grouped = ", ".join(shared)
            folded = f"SELECT {grouped + ', ' if grouped else ''}sum(__rows)::BIGINT AS __rows FROM wild WHERE "
            folded += f"__pattern = '{theirs}'" + (f" GROUP BY {grouped}" if grouped else "")
            sample.query(
                f"INSERT INTO matched SELECT a.__id, b.__rows FROM wild a JOIN ({folded}) b ON {on} "
                f"WHERE a.__pattern = '{mine}'"
            )
    found = sample.query("SELECT min(n)::BIGINT FROM (SELECT sum(__rows) AS n FROM matched GROUP BY __id)")
    return int(found[0][0] or 0)
