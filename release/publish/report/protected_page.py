"""The page beside a protected table: what noise did to the numbers, what it cost, and what the promise leaves out.

What a reader would get wrong: everything on it is public already, for it is drawn from the signed card and the noisy
numbers alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from release.publish.report.bands import Point, bands, gauge

HERE = Path(__file__).parent
MOST = 30


@dataclass(frozen=True, slots=True)
class Series:
    """One column of the table: its points, and where its band comes from."""

    name: str
    kind: str
    points: tuple[Point, ...]


def protected_page(card: Mapping[str, Any], series: Sequence[Series], *, cap_rho: float) -> str:
    """HTML of the page.  ``card`` as in the signed card; ``cap_rho`` is what the lineage may lose in all."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    parameters = card["privacy_loss"]["privacy_parameters"]
    spent, now = parameters["lineage_rho_spent"], parameters["rho"]
    told = gauge(
        spent,
        now,
        cap_rho,
        zh=f"本谱系上限 ρ = {cap_rho:g},已用 {spent:.6g},其中本表 {now:.6g}",
        en=f"of ρ = {cap_rho:g} that this lineage may lose, {spent:.6g} is spent, {now:.6g} of it here",
    )
    charts = [
        {"name": one.name, "kind": one.kind, "svg": bands(one.points[:MOST], title=one.name), "left": _left(one)}
        for one in series
        if one.points
    ]
    return environment.get_template("protected.html").render(
        css=Markup((HERE / "page.css").read_text(encoding="utf-8")),  # noqa: S704  # our own file
        card=card,
        name=card["basic"]["name"],
        parameters=parameters,
        words=card["plain_words"],
        gauge=told,
        charts=charts,
    )


def _left(one: Series) -> int:
    return max(len(one.points) - MOST, 0)
