"""What a synthesis would cost and how noisy its first tables would be, told without reading a row or charging."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from release.dp.card import DELTA
from release.dp.opendp import NANO, epsilon_at
from release.synth.domain import sizes
from release.synth.measure import candidates
from release.synth.read import exact_mb, read_request
from release.synth.spend import Purse


def planned(section: Mapping[str, Any], *, dataset: str) -> dict[str, Any]:
    """``sluice synthesize --dry-run --json``.  Raises BadInput on what would not be answered either."""
    request = read_request(section, dataset=dataset)
    codes = sizes(request.fields)
    share = 1.0 if request.method == "independent" else request.oneway
    first = int(request.nrho * share) // len(codes)
    degree = {"independent": 1, "mst": 2}.get(request.method, request.degree)
    return {
        "method": request.method,
        "rho": request.nrho / NANO,
        f"epsilon_at_delta_{DELTA:g}": epsilon_at(request.nrho, DELTA),
        "unit": request.unit,
        "fields": {field.name: field.size() for field in request.fields},
        "oneway_sigma": Purse(request.nrho, request.per_unit()).sigma(first),
        "tables_to_choose_from": len(candidates(codes, degree, request.max_size_mb)),
        "exact_tables_mb": exact_mb(request),
        "limits": {
            "max_size_mb": request.max_size_mb,
            "time_limit_s": request.limits.time_s,
            "memory_limit_mb": request.limits.memory_mb,
        },
    }


def plan_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """The same for a person."""
    yield f"{told['method']} over {len(told['fields'])} fields: " + ", ".join(
        f"{n} {s}" for n, s in told["fields"].items()
    )
    yield f"  would cost rho = {told['rho']:.6g} (epsilon {told[f'epsilon_at_delta_{DELTA:g}']:.4g} at delta {DELTA:g})"
    yield f"  every count of a field by itself: noise of deviation {told['oneway_sigma']:.4g} rows"
    yield f"  {told['tables_to_choose_from']} tables to choose from, {told['exact_tables_mb']:.1f} MB"
    limits = told["limits"]
    most = f"{limits['time_limit_s']:g} s, {limits['memory_limit_mb']} MB, a model of {limits['max_size_mb']:g} MB"
    yield f"  at most {most}"
    yield "nothing was read and nothing was charged"
