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
    spent_delta: float = 0.0,
    policy: PolicyRef | None = None,
    undisguised: int | None = None,
) -> Mapping[str, Any]:
    """The card as JSON types.  ``spent_nrho`` and ``spent_delta`` are what the lineage has spent in all, this table
    included; ``policy`` is the pack under which the budget was allowed; ``undisguised`` how many packages of this
    lineage are known to have been released without noise (None: nobody looked)."""
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
            "privacy_unit": unit_words(query)[1],
            "privacy_parameters": {
                "rho": nrho / NANO,
                **({"epsilon": sum(m.epsilon for m in measurements)} if pure else {}),
                **({"delta": delta_keys} if delta_keys else {}),
                **_epsilon("epsilon_at_delta", nrho, delta_keys),
                "lineage_rho_spent": spent_nrho / NANO,
                **_epsilon("lineage_epsilon_at_delta", spent_nrho, spent_delta),
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
        "plain_words": plain_words(query, spent_nrho, undisguised),
    }


def plain_words(query: Query, spent_nrho: int, undisguised: int | None) -> Mapping[str, Any]:
    """What the promise covers and what it leaves out, in Chinese and English; ``zh`` and ``en`` are all of it."""
    zh, en = unit_words(query)
    rho = spent_nrho / NANO
    paragraphs = [
        {
            "zh": f"噪声使人无法判断{zh}是否在数据中；无论看的人还知道什么、以后又知道什么，这一点都成立。",
            "en": f"The noise hides whether {en} is in the data, whatever else the onlooker knows or learns later.",
        },
        {
            "zh": f"保证按谱系“{query.lineage}”累计：该谱系所有差分隐私结果合计已用 ρ = {rho:.6g}。"
            "同一批人若还在别的谱系中，各谱系的损失要相加。",
            "en": f"The promise is one for the lineage {query.lineage}: all that was released of it with noise has "
            f"lost rho = {rho:.6g}.  Where the same people are in another lineage too, what both lose adds up.",
        },
        _others(undisguised),
        {
            "zh": "公开的组名、上下限、分箱和预算不受保护，须在看数据之前定下；"
            "对一群人成立的规律（例如某地收入较高）不是保护对象。",
            "en": "The names of the groups, bounds, bins and the budget are public and not protected; they must have "
            "been set without looking at the data.  What is true of a whole population is not hidden either.",
        },
    ]
    return {
        "zh": "".join(p["zh"] for p in paragraphs),
        "en": "  ".join(p["en"] for p in paragraphs),
        "unit_zh": zh,
        "paragraphs": paragraphs,
    }


def _others(undisguised: int | None) -> Mapping[str, str]:
    covers_zh, covers_en = "保证不覆盖以其他方式发布的数据。", "It covers nothing that was released in any other way."
    if undisguised:
        return {
            "zh": f"{covers_zh}本工作区记有同一谱系的 {undisguised} 个未加噪的发布包，与本表对照可能缩小保护。",
            "en": f"{covers_en}  This workspace knows of {undisguised} packages of this lineage that were released "
            "without noise; held beside this table they may weaken it.",
        }
    if undisguised == 0:
        return {
            "zh": f"{covers_zh}本工作区没有同一谱系的未加噪发布记录；别处是否有，这里不知道。",
            "en": f"{covers_en}  This workspace knows of no such release of this lineage; of others it cannot know.",
        }
    return {"zh": covers_zh, "en": covers_en}


def _epsilon(name: str, nrho: int, delta: float) -> Mapping[str, float]:
    """ε at ``DELTA`` in all, whatever part of it discovered keys have spent; nothing where they have spent it all."""
    left = DELTA - delta
    return {f"{name}_{DELTA:g}": epsilon_at(nrho, left)} if nrho and left > DELTA * 1e-9 else {}


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
