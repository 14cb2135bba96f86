"""Privacy models as calls: ``k_anonymity(5)``, ``t_closeness("occupation", 0.2)``; every model that discovery finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from anonymizers.errors import AnonymizerError
from anonymizers.model import FIELD
from anonymizers.model_discovery import model, models


@dataclass(frozen=True, slots=True)
class Asked:
    """A model with its parameters, checked."""

    name: str
    params: Mapping[str, Any]


def names() -> list[str]:
    """The models as names of functions."""
    return [name.replace("-", "_") for name in models()]


def constructor(name: str) -> Callable[..., Asked]:
    """The call that asks for the model ``name``: its sensitive field first where it has one, then its parameters in the
    order of its spec, by place or by name.  Raises AnonymizerError where there is no such model."""
    made = model(name)
    letters = [param.name for param in made.spec.params if param.name != FIELD]
    order = [FIELD, *letters] if made.per_field else letters

    def ask(*given: Any, **named: Any) -> Asked:
        if len(given) > len(order) or set(order[: len(given)]) & named.keys():
            raise AnonymizerError(f"{name} takes {', '.join(order) or 'nothing'}: give each once.")
        params = dict(zip(order, given, strict=False)) | named
        made.read(params)
        return Asked(name, params)

    ask.__name__ = ask.__qualname__ = name.replace("-", "_")
    ask.__doc__ = f"Ask for {name}({', '.join(order)}).  {made.source}"
    return ask
