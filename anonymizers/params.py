"""Parameters of treatments and hierarchy builders, declared once: checked by name, filled in, listed in the docs.

An unknown key is refused by name: a parameter misspelt in a job file must never be silently ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from anonymizers.errors import AnonymizerError

REQUIRED: Any = object()

Value = Any
Rule = Callable[[Mapping[str, Value]], str]


def _is_integer(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Value) -> bool:
    return (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and value == value
        and abs(value) != float("inf")
    )


def _is_texts(value: Value) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)


def _is_integers(value: Value) -> bool:
    return isinstance(value, (list, tuple)) and all(_is_integer(item) for item in value)


def _is_numbers(value: Value) -> bool:
    return isinstance(value, (list, tuple)) and all(_is_number(item) for item in value)


def _is_rows(value: Value) -> bool:
    return isinstance(value, (list, tuple)) and all(_is_texts(item) for item in value)


KINDS: Mapping[str, tuple[Callable[[Value], bool], str]] = {
    "text": (lambda value: isinstance(value, str), "a text"),
    "integer": (_is_integer, "a whole number"),
    "number": (_is_number, "a finite number"),
    "flag": (lambda value: isinstance(value, bool), "true or false"),
    "texts": (_is_texts, "a list of texts"),
    "integers": (_is_integers, "a list of whole numbers"),
    "numbers": (_is_numbers, "a list of numbers"),
    "rows": (_is_rows, "a list of lists of texts"),
    "table": (lambda value: isinstance(value, Mapping), "a table of settings"),
    "tables": (
        lambda value: isinstance(value, (list, tuple)) and all(isinstance(item, Mapping) for item in value),
        "a list of tables of settings",
    ),
}


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter: its kind (a key of ``KINDS``), bounds (both inclusive), choices, default and what it means."""

    name: str
    kind: str
    meaning: str
    default: Value = REQUIRED
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()

    def refuse(self, value: Value) -> str:
        """Why ``value`` cannot be used, as the end of a sentence; empty when it can."""
        fits, wanted = KINDS[self.kind]
        if not fits(value):
            return f"must be {wanted}"
        if self.choices and value not in self.choices:
            return f"must be one of {', '.join(self.choices)}"
        if self.least is not None and value < self.least:
            return f"must be at least {self.least:g}"
        if self.most is not None and value > self.most:
            return f"must be at most {self.most:g}"
        return ""


@dataclass(frozen=True, slots=True)
class Spec:
    """All parameters of one plug-in.  ``rule`` sees the filled-in parameters and returns what is wrong, or ''."""

    params: tuple[Param, ...] = ()
    rule: Rule | None = None

    def read(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """``given`` with defaults filled in.  Raises AnonymizerError naming the parameter, never its value."""
        known = {param.name: param for param in self.params}
        for name in given:
            if name not in known:
                allowed = ", ".join(known) or "none"
                raise AnonymizerError(f"Parameter {name!r} is unknown; known parameters: {allowed}.")
        full: dict[str, Value] = {}
        for name, param in known.items():
            if name not in given:
                if param.default is REQUIRED:
                    raise AnonymizerError(f"Parameter {name!r} is missing: it is {KINDS[param.kind][1]}.")
                full[name] = param.default
                continue
            wrong = param.refuse(given[name])
            if wrong:
                raise AnonymizerError(f"Parameter {name!r} {wrong}.")
            full[name] = given[name]
        wrong = self.rule(full) if self.rule else ""
        if wrong:
            raise AnonymizerError(wrong)
        return full

    def check(self, given: Mapping[str, Value]) -> None:
        """Raise AnonymizerError when ``given`` cannot be used."""
        self.read(given)


NONE = Spec()


def strictly(values: Sequence[float], *, rising: bool) -> bool:
    """Whether ``values`` rise (or fall) strictly."""
    return all(a < b if rising else a > b for a, b in pairwise(values))


def steps(name: str, allowed: Sequence[str]) -> Rule:
    """The rule that parameter ``name`` lists some of ``allowed``, in their order; None where it was left out."""

    def rule(params: Mapping[str, Value]) -> str:
        given = params[name]
        if given is None:
            return ""
        if not given or any(step not in allowed for step in given):
            return f"Parameter {name!r} must list some of {', '.join(allowed)}."
        places = [allowed.index(step) for step in given]
        if places != sorted(set(places)):
            return f"Parameter {name!r} must keep the order {', '.join(allowed)}."
        return ""

    return rule
