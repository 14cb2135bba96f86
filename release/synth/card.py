"""The release card of synthetic rows and the noisy tables published beside them, in the words of the registry.

What a reader would get wrong: every number here comes from noisy tables and public facts.  How far the rows are from
the people they were made from is not among them; that would be one more fact about the people.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from release.dp.card import DELTA, plain_words
from release.dp.opendp import NANO, epsilon_at
from release.dp.query import Query
from release.nouns.plan import PolicyRef
from release.synth.counts import Coded
from release.synth.domain import PublicField
from release.synth.kept import Kept
from release.synth.request import Request

MEAN = math.sqrt(2 / math.pi)


def card(
    request: Request,
    kept: Kept,
    rows: Coded,
    *,
    name: str,
    publisher: str,
    created: datetime,
    spent_nrho: int,
    spent_delta: float = 0.0,
    undisguised: int | None = None,
    policy: PolicyRef | None = None,
) -> Mapping[str, Any]:
    """The card as JSON types.  ``rows`` are those published; the rest as in the card of a protected table."""
    return {
        "basic": {
            "name": name,
            "data_curators": [publisher] if publisher else [],
            "data_product_type": "synthetic rows",
            "publication_date": created.date().isoformat(),
        },
        "dp_variant": {
            "variant_name": "zero-concentrated differential privacy",
            "data_domain": f"{len(request.fields)} fields with {math.prod(rows.sizes)} combinations",
            "unprotected_quantities": [
                "lists of values, bounds, bins and the budget: public before the data was read",
                *(["the number of rows"] if request.rows else []),
            ],
        },
        "privacy_loss": {
            "privacy_unit": unit_words(request)[1],
            "privacy_parameters": {
                "rho": request.nrho / NANO,
                f"epsilon_at_delta_{DELTA:g}": epsilon_at(request.nrho, DELTA),
                **({"epsilon_asked": request.epsilon, "delta_asked": request.delta} if request.epsilon else {}),
                "lineage_rho_spent": spent_nrho / NANO,
                **_epsilon(spent_nrho, spent_delta),
            },
        },
        "deployment_model": {"model_name": "Central", "release_type": "static", "access_type": "as the release says"},
        "accounting": {
            "composition": "zCDP; charges of a lineage are added in whole billionths of rho before noise is drawn",
            "post_processing": "a model fitted to the noisy tables; rows rounded from the model",
            "rho_drawn": math.fsum(float(entry["rho"]) for entry in kept.log),
        },
        "implementation": {
            "method": request.method,
            "mechanisms": _mechanisms(kept),
            "rows": int(rows.counts.sum()),
            "rows_left_out": "rows with a value outside the public lists were left out; numbers were clamped",
            "expected_error": _expected(kept, rows),
            "justification": "sensitivity from limited rows; each draw checked by OpenDP's privacy map",
        },
        **({"policy": {"id": policy.id, "version": policy.version, "digest": policy.digest}} if policy else {}),
        "plain_words": _words(request, spent_nrho, undisguised),
    }


def _words(request: Request, spent_nrho: int, undisguised: int | None) -> Mapping[str, Any]:
    """What rows of a model are, then what the promise of every protected table says, and where to count."""
    zh, en = unit_words(request)
    said = plain_words(Query((), (), (), request.lineage), spent_nrho, undisguised)
    paragraphs = [
        {
            "zh": f"各行由模型生成，不对应任何人。噪声使人无法判断{zh}是否在数据中；"
            "无论看的人还知道什么、以后又知道什么，这一点都成立。",
            "en": f"The rows are made up by a model and are nobody's.  The noise hides whether {en} is in the data, "
            "whatever else the onlooker knows or learns later.",
        },
        *said["paragraphs"][1:],
        {
            "zh": "合成数据适合探索；统计请用一并发布的加噪表，其误差已知。",
            "en": "Synthetic rows are for exploring; for counts take the noisy tables, whose error is known.",
        },
    ]
    return {
        "zh": "".join(p["zh"] for p in paragraphs),
        "en": "  ".join(p["en"] for p in paragraphs),
        "unit_zh": zh,
        "paragraphs": paragraphs,
    }


def _epsilon(nrho: int, delta: float) -> Mapping[str, float]:
    """ε of the lineage at ``DELTA`` in all; nothing where discovered keys have spent all of it."""
    left = DELTA - delta
    return {f"lineage_epsilon_at_delta_{DELTA:g}": epsilon_at(nrho, left)} if left > DELTA * 1e-9 else {}


def unit_words(request: Request) -> tuple[str, str]:
    """The unit of privacy in Chinese and English."""
    if request.unit == "row":
        return "一行记录", "one row of the table"
    return (
        f"一个人（由字段 {request.unit} 认定；最多 {request.max_rows} 行）",
        f"one person (told apart by {request.unit}; at most {request.max_rows} rows)",
    )


def tables(kept: Kept, fields: Sequence[PublicField]) -> Mapping[str, Any]:
    """Every noisy table as JSON types: fields, deviation of the noise, the public values, the counts."""
    return {
        "format": "sluice-noisy-tables-1",
        "rows_estimated": kept.model.total,
        "values": {field.name: field.labels() for field in fields},
        "tables": [
            {
                "fields": [fields[f].name for f in m.clique],
                "sigma": m.sigma,
                "counts": m.values.astype(np.int64).tolist(),
            }
            for m in kept.tables
        ],
    }


def _mechanisms(kept: Kept) -> list[Mapping[str, Any]]:
    """Draws of one kind together: how many, the least and largest scale, their ρ."""
    made: list[Mapping[str, Any]] = []
    for mechanism in dict.fromkeys(str(entry["mechanism"]) for entry in kept.log):
        them = [entry for entry in kept.log if entry["mechanism"] == mechanism]
        scales = [float(entry["scale"]) for entry in them]
        made.append(
            {
                "mechanism": f"{mechanism} (OpenDP core)",
                "draws": len(them),
                "scale": [min(scales), max(scales)],
                "rho": math.fsum(float(entry["rho"]) for entry in them),
            }
        )
    return made


def _expected(kept: Kept, rows: Coded) -> list[Mapping[str, Any]]:
    """By number of fields: mean L1 distance, in shares of all rows, that noise alone gives a measured table, and that
    the rows have from the noisy tables."""
    found: list[Mapping[str, Any]] = []
    total, count = kept.model.total, max(int(rows.counts.sum()), 1)
    for width in sorted({len(m.clique) for m in kept.tables}):
        them = [m for m in kept.tables if len(m.clique) == width]
        noise = [MEAN * m.sigma * m.values.size / total for m in them]
        off = [float(np.abs(rows.table(m.clique) / count - m.values / total).sum()) for m in them]
        found.append(
            {
                "fields": width,
                "tables": len(them),
                "noise_l1": float(np.mean(noise)),
                "rows_to_noisy_l1": float(np.mean(off)),
            }
        )
    return found
