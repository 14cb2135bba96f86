"""The release card of a protected table: what was promised to whom, in the field names of the DP deployments registry.

Plain words stand beside the numbers, because the guarantee covers less than people think: one unit, one lineage, and
only what was released with noise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from release.dp.noise import NANO, Measurement, charge, epsilon_at
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
    nrho = charge(tuple(measurements))
    pure = all(m.epsilon for m in measurements)
    return {
        "basic": {
            "name": name,
            "data_curators": [publisher] if publisher else [],
            "data_product_type": "protected table",
            "publication_date": created.date().isoformat(),
        },
        "dp_variant": {
            "variant_name": "pure differential privacy" if pure else "zero-concentrated differential privacy",
            "data_domain": f"{query.cells()} groups over {', '.join(query.group_by) or 'the whole table'}",
            "unprotected_quantities": [
                "the list of groups",
                "bounds, decimals and the budget: public before the data was read",
            ],
        },
        "privacy_loss": {
            "privacy_unit": en,
            "privacy_parameters": {
                "rho": nrho / NANO,
                **({"epsilon": sum(m.epsilon for m in measurements)} if pure else {}),
                f"epsilon_at_delta_{DELTA:g}": epsilon_at(nrho, DELTA),
                "lineage_rho_spent": spent_nrho / NANO,
            },
        },
        "deployment_model": {"model_name": "Central", "release_type": "static", "access_type": "as the release says"},
        "accounting": {
            "composition": "zCDP; charges of a lineage are added in whole billionths of rho before noise is drawn",
            "post_processing": "none",
        },
        "implementation": {
            "mechanisms": [
                {
                    "statistic": m.statistic.name,
                    "mechanism": f"discrete {m.mechanism} (OpenDP core)",
                    "scale": m.scale,
                    "half_width_95": m.accuracy,
                    "measurement": m.serialized,
                }
                for m in measurements
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
