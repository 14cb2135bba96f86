"""frontier.html: the two charts of a frontier and the table of its front, Chinese and English, no script, no network.

Exact figures of the raw table stand in it (uniques, class sizes): it is for whoever decides, never for publication.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from markupsafe import Markup

from anonymizers.frontier.front import Front
from release.publish.report.scatter import Mark, scatter
from release.steps.frontier import Frontier

HERE = Path(__file__).parent
KNEE_ZH = "前沿上离两端连线最远、且在较好一侧的点(损失与风险都拉伸到 0–1;风险是概率,即 1/k 或平均风险)"


def frontier_page(name: str, found: Frontier) -> str:
    """The page of the table called ``name``."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("frontier.html").render(
        name=name, document=found.document(), charts=charts(found), knee_zh=KNEE_ZH
    )


def charts(found: Frontier) -> list[dict[str, Any]]:
    """k against loss, and average risk against loss: titles in both languages and the drawing."""
    nodes = found.nodes
    return [
        {
            "zh": "同组最少行数 k 与信息损失",
            "en": "k against loss",
            "svg": _chart(found, found.by_k, nodes.k.astype(float), "k(越高越安全)", "k (higher is safer)"),
        },
        {
            "zh": "平均重识别风险与信息损失",
            "en": "average risk against loss",
            "svg": _chart(
                found, found.by_average, nodes.average_risk, "平均风险(越低越安全)", "average risk (lower is safer)"
            ),
        },
    ]


def _chart(found: Frontier, front: Front, up: np.ndarray[Any, np.dtype[np.float64]], zh: str, en: str) -> Markup:
    loss = found.nodes.loss
    marks = []
    if front.knee is not None:
        marks.append(_mark(loss, up, front.knee, "拐点", "knee", "knee"))
    if found.best is not None and found.best != front.knee:
        k = found.nodes.wanted
        marks.append(_mark(loss, up, found.best, f"k ≥ {k} 损失最小", "least loss", "best"))
    told = f"{en} / {zh}: {len(front.nodes)} choices on the front of {len(found.nodes)}"
    return scatter(loss, up, front.nodes.tolist(), marks, zh=zh, en=en, told=told)


def _mark(loss: Any, up: Any, node: int, zh: str, en: str, kind: str) -> Mark:
    return Mark(float(loss[node]), max(float(up[node]), 1e-12), zh, en, kind)
