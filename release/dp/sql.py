"""A small subset of SQL, read into the same Query as a job file: one table, groups, aggregates, filters.

DuckDB parses the text and hands back its tree as JSON; nothing of it is ever executed.  What a reader would get wrong:
whatever this module does not know by name is refused by name.  A clause that is skipped in silence would be a question
that was not asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from anonymizers.duck import connect
from release.dp.condition import Compare, Condition, Missing, among, compare, denied, joined
from release.dp.public import Public
from release.dp.query import Query, Statistic
from release.dp.read import checked
from release.nouns.errors import BadInput

LONGEST = 10_000
DEEPEST = 20
COMPARED = {
    "COMPARE_EQUAL": "=",
    "COMPARE_NOTEQUAL": "!=",
    "COMPARE_LESSTHAN": "<",
    "COMPARE_LESSTHANOREQUALTO": "<=",
    "COMPARE_GREATERTHAN": ">",
    "COMPARE_GREATERTHANOREQUALTO": ">=",
}
FLIPPED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
SIMPLE = {"sum": "sum", "avg": "mean", "mean": "mean", "var_pop": "variance", "median": "quantiles"}
FUNCTIONS = "count(*), count(DISTINCT unit), sum, avg, var_pop, median, quantile_cont(field, p), histogram(field)"
ONLY = "Ask SELECT fields, aggregates FROM table WHERE filter GROUP BY fields."
Node = Mapping[str, Any]


def read_sql(text: str, public: Public, *, epsilon: float = 0.0, rho: float = 0.0, delta: float = 0.0) -> Query:
    """The question, within what is public.  Raises BadInput for anything else, with what can be asked instead."""
    tree = _parsed(text)
    _plain(tree, public)
    group_by = tuple(_column(node) for node in tree["group_expressions"])
    statistics: list[Statistic] = []
    for node in tree["select_list"]:
        if node["class"] != "COLUMN_REF":
            statistics.append(_statistic(node, public, taken={s.name for s in statistics}))
        elif _column(node) not in group_by:
            raise BadInput(f"Field {_column(node)} is selected but not grouped by.", "Name it under GROUP BY.")
    if not statistics:
        raise BadInput("The question asks for no aggregate.", f"Known: {FUNCTIONS}.")
    where = _condition(tree["where_clause"], public, 0) if tree.get("where_clause") else None
    return checked(
        Query(
            group_by=group_by,
            keys=tuple(_keys(public, name) for name in group_by),
            statistics=tuple(statistics),
            lineage=public.lineage,
            epsilon=epsilon,
            rho=rho,
            unit=public.unit,
            max_groups=public.max_groups,
            max_rows=public.max_rows,
            delta=delta,
            where=where,
        )
    )


def _parsed(text: str) -> Node:
    if len(text) > LONGEST:
        raise BadInput(f"The question is longer than {LONGEST} characters.", "Write it shorter.")
    if not text.isprintable() and any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text):
        raise BadInput("The question holds a sign that no text has.", ONLY)
    con = connect(memory_mb=64)
    try:
        found = json.loads(con.execute("SELECT json_serialize_sql(?)", [text]).fetchone()[0])
    except RecursionError:
        raise BadInput("The question is nested too deep.", "Write it flatter.") from None
    finally:
        con.close()
    if found.get("error"):
        raise BadInput("The question is not SQL that can be read, or not a SELECT.", ONLY)
    if len(found["statements"]) != 1:
        raise BadInput(f"The question has {len(found['statements'])} statements.", "Ask one at a time.")
    node: Node = found["statements"][0]["node"]
    if node["type"] != "SELECT_NODE":
        raise BadInput(f"A {node['type'].lower().replace('_', ' ')} cannot be asked.", ONLY)
    return node


def _plain(tree: Node, public: Public) -> None:
    """Refuses every clause beyond the subset, by its name."""
    clauses = {
        "WITH": tree["cte_map"]["map"],
        "HAVING": tree.get("having"),
        "QUALIFY": tree.get("qualify"),
        "SAMPLE": tree.get("sample"),
        "GROUPING SETS": len(tree.get("group_sets") or ()) > 1,
        "GROUP BY ALL": tree.get("aggregate_handling") not in (None, "STANDARD_HANDLING"),
    }
    named = {"ORDER_MODIFIER": "ORDER BY", "LIMIT_MODIFIER": "LIMIT", "DISTINCT_MODIFIER": "DISTINCT"}
    clauses |= {named.get(m["type"], m["type"]): True for m in tree["modifiers"]}
    for name, present in clauses.items():
        if present:
            raise BadInput(f"{name} is not answered here.", "Do it with the answer: that costs no budget.")
    source = tree["from_table"]
    if source["type"] != "BASE_TABLE":
        kind = source["type"].lower().replace("_", " ")
        raise BadInput(f"The question asks from a {kind} instead of the table.", f"Write FROM {public.table}.")
    extra = any(source.get(key) for key in ("schema_name", "catalog_name", "sample", "column_name_alias", "at_clause"))
    if source["table_name"] != public.table or extra:
        raise BadInput("The question names another table.", f"Write FROM {public.table}.")


def _column(node: Node) -> str:
    if node["class"] != "COLUMN_REF" or len(node["column_names"]) != 1:
        raise BadInput(f"A {_kind(node)} stands where a field is expected.", "Write the plain name of a field.")
    return str(node["column_names"][0])


def _keys(public: Public, name: str) -> tuple[str, ...]:
    keys = public.field(name).keys
    if not keys:
        raise BadInput(f"Field {name} has no public list of groups.", "Group by a field that has one.")
    return keys


def _statistic(node: Node, public: Public, taken: set[str]) -> Statistic:
    if node["class"] != "FUNCTION":
        raise BadInput(f"A {_kind(node)} cannot be selected.", f"Known: {FUNCTIONS}.")
    function = str(node["function_name"])
    ordered = (node.get("order_bys") or {}).get("orders")
    if node.get("filter") or ordered or node.get("schema") or node.get("catalog"):
        raise BadInput(f"{function} is written with a clause that is not answered here.", "Filter in WHERE.")
    arguments = [a.get("expression", a) for a in node.get("arguments", node.get("children", []))]
    made = _aggregate(function, bool(node.get("distinct")), arguments, public, str(node.get("alias") or ""))
    if made.name in taken:
        raise BadInput(f"Two columns of the answer are called {made.name}.", "Name them with AS.")
    return made


def _aggregate(function: str, distinct: bool, arguments: Sequence[Node], public: Public, alias: str) -> Statistic:
    if function == "count_star" or (function == "count" and not arguments):
        return Statistic(alias or "count", "count")
    if function == "count":
        if distinct and len(arguments) == 1 and _column(arguments[0]) == public.unit:
            return Statistic(alias or "distinct", "distinct")
        raise BadInput(
            "Only rows and persons are counted.",
            "Write count(*)" + (f" or count(DISTINCT {public.unit})." if public.unit != "row" else "."),
        )
    if distinct:
        raise BadInput(f"{function} of DISTINCT values is not answered here.", f"Known: {FUNCTIONS}.")
    if function in SIMPLE and len(arguments) == 1:
        field = _column(arguments[0])
        return public.field(field).statistic(SIMPLE[function], alias or f"{function}_{field}")
    if function == "histogram" and len(arguments) == 1:
        field = _column(arguments[0])
        return public.field(field).statistic("histogram", alias or f"histogram_{field}")
    if function in ("quantile_cont", "quantile_disc") and len(arguments) == 2:
        field = _column(arguments[0])
        return public.field(field).statistic("quantiles", alias or f"quantile_{field}", quantiles=_levels(arguments[1]))
    raise BadInput(f"{function} with {len(arguments)} arguments is not answered here.", f"Known: {FUNCTIONS}.")


def _levels(node: Node) -> list[float]:
    listed = node.get("arguments", node.get("children")) if node["class"] in ("FUNCTION", "OPERATOR") else [node]
    values = [_constant(a.get("expression", a)) for a in listed or []]
    if not all(isinstance(value, float) for value in values):
        raise BadInput("The levels of a quantile must be numbers.", "For example quantile_cont(age, 0.5).")
    return sorted({float(value) for value in values})


def _condition(node: Node, public: Public, depth: int) -> Condition:
    if depth > DEEPEST:
        raise BadInput(f"The filter is nested more than {DEEPEST} deep.", "Write it flatter.")
    kind = node["type"]
    if kind in ("CONJUNCTION_AND", "CONJUNCTION_OR"):
        parts = tuple(_condition(child, public, depth + 1) for child in node["children"])
        return joined("and" if kind.endswith("AND") else "or", parts)
    if kind == "OPERATOR_NOT":
        return denied(_condition(node["children"][0], public, depth + 1))
    if kind in ("OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL"):
        missing = Missing(_known(node["children"][0], public))
        return missing if kind == "OPERATOR_IS_NULL" else denied(missing)
    if kind in ("COMPARE_IN", "COMPARE_NOT_IN"):
        field = _known(node["children"][0], public)
        listed = among(field, tuple(_listed(public, field, child) for child in node["children"][1:]))
        return listed if kind == "COMPARE_IN" else denied(listed)
    if kind == "COMPARE_BETWEEN":
        field = _known(node["input"], public)
        return joined(
            "and", tuple(_compared(public, field, op, node[k]) for op, k in ((">=", "lower"), ("<=", "upper")))
        )
    if kind in COMPARED:
        return _comparison(node, public)
    raise BadInput(
        f"A {_kind(node)} in WHERE is not answered here.", "Compare fields with constants by = < > IN BETWEEN."
    )


def _comparison(node: Node, public: Public) -> Condition:
    left, right, operator = node["left"], node["right"], COMPARED[node["type"]]
    if left["class"] == "CONSTANT" and right["class"] == "COLUMN_REF":
        left, right, operator = right, left, FLIPPED[operator]
    return _compared(public, _known(left, public), operator, right)


def _compared(public: Public, field: str, operator: str, node: Node) -> Condition:
    value = _constant(node)
    if public.field(field).keys and operator in ("=", "!="):
        text = _listed(public, field, node)
        return Compare(field, "=", text) if operator == "=" else denied(Compare(field, "=", text))
    if isinstance(value, str):
        raise BadInput(f"Field {field} has no public list of values to compare with.", "Compare it with a number.")
    return compare(field, operator, value)


def _known(node: Node, public: Public) -> str:
    name = _column(node)
    public.field(name)
    return name


def _listed(public: Public, field: str, node: Node) -> str:
    """A constant that is one of the field's public values."""
    text = _text(node)
    if text not in public.field(field).keys:
        raise BadInput(f"A value that field {field} is compared with is not public.", "Use values of its public list.")
    return text


def _text(node: Node) -> str:
    if node["class"] != "CONSTANT":
        raise BadInput(f"A {_kind(node)} stands where a constant is expected.", "Write a text or a number.")
    literal = node.get("literal")
    if isinstance(literal, Mapping):
        return str(literal.get("text", ""))
    return str((node.get("value") or {}).get("value", ""))


def _constant(node: Node) -> str | float:
    if node["class"] == "FUNCTION" and node.get("function_name") == "-" and len(node.get("arguments", [])) == 1:
        inner = _constant(node["arguments"][0]["expression"])
        return -inner if isinstance(inner, float) else inner
    text = _text(node)
    literal = node.get("literal")
    if isinstance(literal, Mapping) and literal.get("kind") == "STRING":
        return text
    try:
        return float(text)
    except ValueError:
        return text


def _kind(node: Node) -> str:
    return str(node.get("function_name") or node["type"]).lower().replace("_", " ")
