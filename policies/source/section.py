"""Typed reading of a TOML table that refuses what nobody asked for.

Every accessor ticks off the key it read; ``close`` refuses the rest by name and line.  A key that is absent and has
no default is refused as well: a file half understood is not understood.
"""

from __future__ import annotations

import datetime
import difflib
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, NoReturn

from policies.source.lines import DEEPEST, Path, locate

_NEEDED: Any = object()


@dataclass(frozen=True, slots=True)
class Source:
    """A TOML file, where its keys stand and which exception a complaint about it raises."""

    name: str
    data: Mapping[str, Any]
    lines: Mapping[Path, int]
    error: type[Exception]

    def line(self, path: Path) -> int:
        """The line of ``path``, or of the nearest table around it."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]


def read_source(path: FilePath, error: type[Exception]) -> Source:
    """The file at ``path``.  Raises ``error`` when it cannot be read or is not TOML (duplicate keys included)."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise error(f"{path.name} is not UTF-8 text: save it as UTF-8 and try again.") from None
    except OSError as problem:
        raise error(f"{path.name} cannot be read: {problem.strerror or 'unknown reason'}.") from None
    return parse_source(path.name, text, error)


def parse_source(name: str, text: str, error: type[Exception]) -> Source:
    """The same from text already in hand."""
    text = text.replace("\r\n", "\n")
    try:
        data = tomllib.loads(text)
        source = Source(name, data, locate(text), error)
    except RecursionError:
        raise error(f"{name} is nested too deeply to be read: write it with at most {DEEPEST} levels.") from None
    except ValueError as problem:  # a number of thousands of digits is one that is no TOMLDecodeError
        raise error(f"{name} is not valid TOML: {str(problem).rstrip('.')}.") from None
    deep = _too_deep(data)
    if deep:
        line, shown = source.line(deep), ".".join(str(part) for part in deep[:3])
        raise error(f"{name}, line {line}: {shown} is nested deeper than {DEEPEST} levels: write it flatter.")
    return source


def _too_deep(data: Mapping[str, Any]) -> Path:
    """The first path that is longer than it may be; empty when there is none.  A loop: no depth can break it."""
    waiting: list[tuple[Path, Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if len(path) > DEEPEST:
            return path
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        waiting += [((*path, key), item) for key, item in inner]
    return ()


class Section:
    """One table of a source.  ``path`` is where it stands; errors read ``FILE, line N: KEY …``."""

    def __init__(self, source: Source, data: Mapping[str, Any], path: Path = ()) -> None:
        self.source = source
        self.data = data
        self.path = path
        self._read: set[str] = set()

    def fail(self, message: str, key: str | int | None = None) -> NoReturn:
        """Raises the source's error for ``key`` of this table, or for the table itself."""
        path = self.path if key is None else (*self.path, key)
        shown = ".".join(str(part) for part in path) or "the file"
        raise self.source.error(f"{self.source.name}, line {self.source.line(path)}: {shown} {message}.")

    def has(self, key: str) -> bool:
        """Whether the key stands in the table."""
        return key in self.data

    def keys(self) -> Iterator[str]:
        """Every key, in the order of the file."""
        return iter(self.data)

    def take(self, key: str, default: Any = _NEEDED) -> Any:
        """The value as it stands; ticks the key off."""
        self._read.add(key)
        if key in self.data:
            return self.data[key]
        if default is _NEEDED:
            self.fail(f"lacks the key '{key}'")
        return default

    def text(self, key: str, default: Any = _NEEDED) -> str:
        """A string that is not empty."""
        value = self.take(key, default)
        if key not in self.data:
            return str(value)
        if not isinstance(value, str) or not value.strip():
            self.fail("must be a text that is not empty", key)
        return value

    def choice(self, key: str, allowed: Iterable[str], default: Any = _NEEDED) -> str:
        """One of ``allowed``."""
        value = self.text(key, default)
        if key in self.data:
            self.member(value, allowed, key)
        return value

    def member(self, value: str, allowed: Iterable[str], key: str | int | None = None) -> str:
        """``value``, which must be one of ``allowed``; the complaint suggests the nearest."""
        names = sorted(allowed)
        if value not in names:
            near = difflib.get_close_matches(str(value), names, 1)
            hint = f", did you mean '{near[0]}'" if near else f" (known: {', '.join(names)})" if len(names) < 30 else ""
            self.fail(f"names the unknown '{value}'{hint}", key)
        return value

    def integer(self, key: str, default: Any = _NEEDED, least: int | None = None) -> int:
        """A whole number; never a boolean."""
        value = self.take(key, default)
        if key in self.data:
            if not isinstance(value, int) or isinstance(value, bool):
                self.fail("must be a whole number", key)
            if least is not None and value < least:
                self.fail(f"must be at least {least}", key)
        return int(value)

    def number(self, key: str, default: Any = _NEEDED, low: float | None = None, high: float | None = None) -> float:
        """A finite number inside [low, high]."""
        value = self.take(key, default)
        if key in self.data:
            if not isinstance(value, (int, float)) or isinstance(value, bool) or not abs(value) <= sys.float_info.max:
                self.fail("must be a finite number", key)
            if (low is not None and value < low) or (high is not None and value > high):
                self.fail(f"must lie between {low} and {high}" if high is not None else f"must be at least {low}", key)
        return float(value)

    def flag(self, key: str, default: Any = _NEEDED) -> bool:
        """true or false."""
        value = self.take(key, default)
        if not isinstance(value, bool):
            self.fail("must be true or false", key)
        return value

    def date(self, key: str, default: Any = _NEEDED) -> datetime.date:
        """A TOML local date such as 2024-10-01."""
        value = self.take(key, default)
        if key in self.data and type(value) is not datetime.date:
            self.fail("must be a date such as 2024-10-01", key)
        return value  # type: ignore[no-any-return]

    def texts(self, key: str, default: Any = _NEEDED) -> tuple[str, ...]:
        """A list of distinct texts; a single text stands for a list of one."""
        value = self.take(key, default)
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, (list, tuple)) or not all(isinstance(item, str) and item for item in items):
            self.fail("must be a text or a list of texts", key)
        if key in self.data and not items:
            self.fail("must not be empty", key)
        if len(set(items)) != len(items):
            self.fail("lists a text twice", key)
        return tuple(items)

    def section(self, key: str) -> Section:
        """A table below this one; an empty one when the key is absent."""
        value = self.take(key, {})
        if not isinstance(value, dict):
            self.fail("must be a table", key)
        return Section(self.source, value, (*self.path, key))

    def sections(self, key: str) -> tuple[Section, ...]:
        """A list of tables below this one; empty when the key is absent."""
        value = self.take(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fail("must be a list of tables", key)
        return tuple(Section(self.source, item, (*self.path, key, i)) for i, item in enumerate(value))

    def named(self, key: str) -> Iterator[tuple[str, Section]]:
        """The tables of a table of tables, with their names."""
        parent = self.section(key)
        for name in parent.keys():  # noqa: SIM118 - a Section is not a mapping
            yield name, parent.section(name)

    def close(self) -> None:
        """Refuses the first key nobody read, by name and line."""
        for key in self.data:
            if key not in self._read:
                near = difflib.get_close_matches(key, sorted(self._read), 1)
                hint = f": did you mean '{near[0]}'" if near else ""
                self.fail(f"is an unknown key{hint}", key)
