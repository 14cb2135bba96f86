"""Reads the ``[synthesize]`` table of a job file into a Request.

Every refusal names the key and says what to write.  What a reader would get wrong: there is no seed.  With one,
whoever knows it could take the noise off again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from release.dp.opendp import NANO, rho_at
from release.dp.query import LEAST, MOST, MOST_DELTA
from release.dp.read import LONGEST, known, read_statistic
from release.nouns.errors import BadInput
from release.synth.domain import PublicField, sizes
from release.synth.request import METHODS, ONEWAY, Limits, Request
from release.synth.tree import BYTES, cells

WHERE = "[synthesize]"
KEYS = {"method", "epsilon", "delta", "rho", "rows", "unit", "max_rows", "lineage", "cap_rho", "project", "requester",
        "lineages", "oneway_split", "degree", "max_size_mb", "time_limit_s", "memory_limit_mb", "fields"}  # fmt: skip
FIELD_KEYS = {"keys", "lower", "upper", "bins", "edges", "decimals", "missing"}
MOST_FIELDS, MOST_VALUES, MOST_ROWS = 15, 10_000, 20_000_000
LONGEST_RUN_S = 4 * 3600


def read_request(section: Mapping[str, Any], *, dataset: str) -> Request:
    """The ``[synthesize]`` table.  Raises BadInput that names the key and says what to write."""
    if "seed" in section:
        raise BadInput(f"{WHERE} takes no seed.", "Remove it: noise that can be repeated can be taken off again.")
    known(section, KEYS, WHERE)
    epsilon, delta, nrho = _budget(section)
    method = section.get("method", "aim")
    if method not in METHODS:
        raise BadInput(f"{WHERE} method must be one of {', '.join(METHODS)}.")
    return checked(
        Request(
            fields=_fields(section.get("fields")),
            method=method,
            nrho=nrho,
            lineage=_text(section, "lineage", dataset),
            epsilon=epsilon,
            delta=delta,
            unit=_text(section, "unit", "row"),
            max_rows=int(_number(section, "max_rows", 1, 1, 10_000, whole=True)),
            oneway=_number(section, "oneway_split", ONEWAY, 0.05, 0.95),
            degree=int(_number(section, "degree", 3, 2, 4, whole=True)),
            max_size_mb=_number(section, "max_size_mb", 20.0, 0.01, 4096),
            rows=_rows(section.get("rows", "noisy")),
            limits=Limits(
                _number(section, "time_limit_s", Limits().time_s, 0.01, LONGEST_RUN_S),
                int(_number(section, "memory_limit_mb", Limits().memory_mb, 16, 1 << 20, whole=True)),
            ),
        )
    )


def checked(request: Request) -> Request:
    """``request`` when it fits into its limits.  Raises BadInput otherwise; looks at no data."""
    if len(request.fields) > MOST_FIELDS:
        raise BadInput(
            f"{WHERE} describes {len(request.fields)} fields; the limit is {MOST_FIELDS}.",
            "Leave out fields that nobody will study together: more of them share the same budget.",
        )
    if request.unit in {field.name for field in request.fields}:
        raise BadInput(f"{WHERE} unit names {request.unit}, which is also a field to make up.", "Remove it there.")
    largest = sorted(sizes(request.fields), reverse=True)[: 2 if request.method == "mst" else 1]
    weight = cells(largest, range(len(largest))) * BYTES / 2**20
    if weight > request.max_size_mb:
        raise BadInput(
            f"The largest table alone would weigh {weight:.0f} MB; max_size_mb is {request.max_size_mb:g}.",
            "List fewer values or bins, or raise max_size_mb.",
        )
    weight = exact_mb(request)
    if weight > request.limits.memory_mb / 4:
        raise BadInput(
            f"The tables to choose from would weigh {weight:.0f} MB, more than a quarter of memory_limit_mb.",
            "List fewer values or bins, write degree = 2, or raise memory_limit_mb.",
        )
    return request


def exact_mb(request: Request) -> float:
    """What the exact tables that a method chooses from weigh together."""
    from release.synth.measure import candidates

    if request.method == "independent":
        return 0.0
    codes = sizes(request.fields)
    degree = 2 if request.method == "mst" else request.degree
    return sum(cells(codes, c) for c in candidates(codes, degree, request.max_size_mb)) * BYTES / 2**20


def _budget(section: Mapping[str, Any]) -> tuple[float, float, int]:
    """ε and δ as asked for, and the budget in billionths of ρ, never more than was asked for."""
    if ("rho" in section) == ("epsilon" in section):
        raise BadInput(
            f"{WHERE} needs exactly one of rho and epsilon.", "rho = 0.02, or epsilon = 1 with delta = 1e-6."
        )
    if "rho" in section:
        if "delta" in section:
            raise BadInput(f"{WHERE} delta belongs to epsilon.", "With rho leave it out.")
        return 0.0, 0.0, int(_number(section, "rho", 0, LEAST, MOST) * NANO * (1 + 1e-12))
    if "delta" not in section:
        raise BadInput(f"{WHERE} epsilon needs a delta.", "The noise is Gaussian; delta = 1e-6 is usual.")
    epsilon, delta = _number(section, "epsilon", 0, 0.01, MOST), _number(section, "delta", 0, 1e-15, MOST_DELTA)
    return epsilon, delta, round(rho_at(epsilon, delta) * NANO)


def _fields(given: Any) -> tuple[PublicField, ...]:
    if not isinstance(given, Mapping) or not given:
        raise BadInput(
            "[synthesize.fields] describes no field.", 'For example [synthesize.fields.sex] keys = ["F", "M"].'
        )
    return tuple(_field(str(name), entry) for name, entry in given.items())


def _field(name: str, entry: Any) -> PublicField:
    where = f"[synthesize.fields.{name}]"
    if not isinstance(entry, Mapping):
        raise BadInput(f"{where} must be a table.", "Write keys, or lower, upper and bins.")
    known(entry, FIELD_KEYS, where)
    missing = entry.get("missing", False)
    if not isinstance(missing, bool):
        raise BadInput(f"{where} missing must be true or false.")
    numeric = {"lower", "upper", "bins", "edges", "decimals"} & set(entry)
    if ("keys" in entry) == bool(numeric):
        raise BadInput(
            f"{where} needs keys, or lower and upper with bins or edges.",
            "List what is public; it cannot be taken from the data without leaking who is in it.",
        )
    field = (
        _numeric(name, entry, missing, where)
        if numeric
        else PublicField(name, _keys(entry["keys"], where), missing=missing)
    )
    if field.size() > MOST_VALUES:
        raise BadInput(f"{where} has {field.size()} values; the limit is {MOST_VALUES}.", "Group them.")
    return field


def _keys(given: Any, where: str) -> tuple[str, ...]:
    plain = isinstance(given, list) and all(type(value) in (str, int) for value in given)
    values = tuple(str(value) for value in given) if plain else ()
    if not values or len(set(values)) != len(values) or "" in values:
        raise BadInput(
            f"{where} keys must be a list of different values.", "Write each value once, none of them empty."
        )
    return values


def _numeric(name: str, entry: Mapping[str, Any], missing: bool, where: str) -> PublicField:
    bounds = {key: value for key, value in entry.items() if key != "missing"}
    if not {"bins", "edges"} & set(bounds):
        raise BadInput(f"{where} needs bins or edges.", "For example bins = 20; what is inside a bin is not kept.")
    try:
        read = read_statistic({"kind": "histogram", "field": name, "name": "bins", **bounds}, 1)
    except BadInput as error:
        told = error.message.replace("[[aggregate.statistics]] number 1:", where).replace("a histogram", "it")
        raise BadInput(told, error.remedy) from None
    return PublicField(name, (), read.edges, read.decimals, missing)


def _rows(given: Any) -> int:
    if given == "noisy":
        return 0
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= MOST_ROWS:
        raise BadInput(f'{WHERE} rows must be "noisy" or a whole number from 1 to {MOST_ROWS}.')
    return given


def _text(section: Mapping[str, Any], key: str, default: str) -> str:
    value = section.get(key, default)
    if not isinstance(value, str) or not 1 <= len(value) <= LONGEST:
        raise BadInput(f"{WHERE} {key} must be a text of 1 to {LONGEST} characters.")
    return value


def _number(
    section: Mapping[str, Any], key: str, default: float, low: float, high: float, *, whole: bool = False
) -> float:
    value = section.get(key, default)
    wrong = isinstance(value, bool) or not isinstance(value, int if whole else (int, float))
    if wrong or not low <= value <= high:
        raise BadInput(f"{WHERE} {key} must be a {'whole ' if whole else ''}number from {low:g} to {high:g}.")
    return float(value)
