"""The release card of a protected table: what was promised to whom, in the field names of the DP deployments registry.

Plain words stand beside the numbers, because the guarantee covers less than people think: one unit, one lineage, and
only what was released with noise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from release.dp.accuracy import expect
from release.dp.noise import Measurement, charge, delta
from release.dp.opendp import NANO, epsilon_at
from release.dp.query import Query
from release.nouns.plan import PolicyRef

DELTA = 1e-6


def unit_words(query: Query) -> tuple[str, str]:
    """The unit of privacy in Chinese and English."""
    if query.unit == "row":
        return "一行记录", "one row of the table"
    zh = f"一个人（由字段 {query.unit} 认定；最多 {query.max_groups} 组、每组 {query.max_rows} 行）"
    en = f"one person (told apart by {query.unit}; at most {query.max_groups} groups and {query.max_rows} rows in each)"
    return zh, en


def card(
    query: Query,
    measurements: Sequence[Measurement],
    *,
    name: str,
    publisher: str,
    created: datetime,
    spent_nrho: int,
    policy: PolicyRef | None = None,
) -> Mapping[str, Any]:
    """The card as JSON types.  ``spent_nrho`` is what the lineage has spent in all, this table included; ``policy``
    the pack under which the budget was allowed."""
    zh, en = unit_words(query)
    measurements = tuple(measurements)
    nrho, delta_keys = charge(measurements), delta(measurements)
    pure = all(m.epsilon for m in measurements)
    return {
        "basic": {
            "name": name,
            "data_curators": [publisher] if publisher else [],
            "data_product_type": "protected table",
            "publication_date": created.date().isoformat(),
        },
        "dp_variant": {
            "variant_name": _variant(pure, delta_keys),
            "data_domain": _domain(query),
            "unprotected_quantities": [
                *([] if query.discover else ["the list of groups"]),
                "bounds, bins, decimals and the budget: public before the data was read",
            ],
        },
        "privacy_loss": {
            "privacy_unit": en,
            "privacy_parameters": {
                "rho": nrho / NANO,
                **({"epsilon": sum(m.epsilon for m in measurements)} if pure else {}),
                **({"delta": delta_keys} if delta_keys else {}),
                f"epsilon_at_delta_{DELTA:g}": epsilon_at(nrho, DELTA),
                "lineage_rho_spent": spent_nrho / NANO,
            },
        },
        "deployment_model": {"model_name": "Central", "release_type": "static", "access_type": "as the release says"},
        "accounting": {
            "composition": "zCDP; charges of a lineage are added in whole billionths of rho before noise is drawn",
            "post_processing": _processing(query),
        },
        "implementation": {
            "mechanisms": [_mechanism(m) for m in measurements],
            "statistics": [
                {
                    "statistic": e.statistic,
                    "kind": e.kind,
                    "mechanism": e.mechanism,
                    "half_width_95": e.half_width,
                    "of": e.unit,
                }
                for e in expect(query, measurements)
            ],
            "justification": "sensitivity from clamped, limited rows; checked by OpenDP's privacy map",
        },
        **({"policy": {"id": policy.id, "version": policy.version, "digest": policy.digest}} if policy else {}),
        "plain_words": {
            "zh": f"本表对{zh}的存在与否加噪保护。"
            "保证只覆盖本数据谱系中以差分隐私方式发布的结果，不覆盖以其他方式发布的数据。",
            "en": f"The noise hides whether {en} is in the data.  The guarantee covers what this lineage has released "
            "under differential privacy, and nothing that was released in any other way.",
        },
    }


def _variant(pure: bool, delta_keys: float) -> str:
    if delta_keys:
        return "approximate differential privacy"
    return "pure differential privacy" if pure else "zero-concentrated differential privacy"


def _domain(query: Query) -> str:
    fields = ", ".join(query.group_by) or "the whole table"
    return (
        f"groups over {fields}, discovered above a threshold"
        if query.discover
        else f"{query.cells()} groups over {fields}"
    )


def _processing(query: Query) -> str:
    kinds = {s.kind for s in query.statistics}
    said = []
    if query.tree is not None:
        said.append("levels are made to add up by least squares, then rounded to whole numbers that are not negative")
    if kinds & {"mean", "variance"}:
        said.append("means and variances are ratios of noisy sums, with their own intervals in the table")
    if "cdf" in kinds:
        said.append("cumulative shares are made rising")
    if "quantiles" in kinds:
        said.append("quantiles of a group are sorted")
    return "; ".join(said) or "none"


def _mechanism(m: Measurement) -> Mapping[str, Any]:
    steps = 10**m.component.decimals
    words = {"noisy-max": "noisy maximum", "laplace-threshold": "discrete laplace with a threshold"}
    words["gaussian-threshold"] = "discrete gaussian with a threshold"
    return {
        "component": m.component.name,
        "mechanism": f"{words.get(m.mechanism, f'discrete {m.mechanism}')} (OpenDP core)",
        "scale": m.scale / steps,
        "half_width_95": m.accuracy / steps,
        "rho": m.nrho / NANO,
        **({"epsilon": m.epsilon} if m.epsilon else {}),
        **({"threshold": m.threshold, "delta": m.delta} if m.threshold else {}),
        "measurement": m.serialized,
    }
