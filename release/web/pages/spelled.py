"""How numbers, sizes and times are spelled on a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

UNITS = ("B", "KB", "MB", "GB", "TB")


def number(value: float | None) -> str:
    """12,345 or 0.0123; a dash for what was not measured."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"


def size(count: float) -> str:
    """1.2 MB."""
    value, unit = float(count), 0
    while value >= 1000 and unit < len(UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.3g} {UNITS[unit]}"


def day(at: str) -> str:
    """2026-03-01 of a time as the store keeps it."""
    return at[:10]


def minute(at: str) -> str:
    """2026-03-01 08:30 UTC."""
    return f"{at[:10]} {at[11:16]} UTC" if at else ""


def percent(share: float) -> str:
    """12.5 %."""
    return f"{share * 100:.3g} %"


def tone(openness: str) -> str:
    """The colour of an openness; the word stands beside it."""
    return {"unconditional": "good", "conditional": "wait"}.get(openness, "stop")


def state_tone(state: str) -> str:
    """The colour of a state of release or application."""
    if state in ("published", "approved", "active"):
        return "good"
    if state in ("failed", "returned", "suspended", "withdrawn", "refused", "revoked", "expired"):
        return "stop"
    return "info" if state in ("submitted", "treated") else "wait"


FILTERS: dict[str, Callable[..., Any]] = {
    "number": number,
    "size": size,
    "day": day,
    "minute": minute,
    "percent": percent,
    "tone": tone,
    "state_tone": state_tone,
}
