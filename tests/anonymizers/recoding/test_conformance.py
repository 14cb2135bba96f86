"""Every recoding that is found keeps what was asked of it, whatever the table; recomputed from its texts."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from anonymizers.errors import AnonymizerError
from anonymizers.hierarchy import MISSING
from anonymizers.recoder import Recoded
from anonymizers.recoder_discovery import recoder, recoders
from anonymizers.search.problem import NoSolution, Settings
from tests.anonymizers.recoding.made import holds, matches, problem, tables, texts, written

K3: tuple[str, dict[str, Any]] = ("k-anonymity", {"k": 3})
MODELS = (
    (K3,),
    (K3, ("distinct-l-diversity", {"l": 2, "field": "sick"})),
    (("k-anonymity", {"k": 2}), ("t-closeness", {"t": 0.4, "field": "sick"})),
)


def ways() -> list[tuple[str, dict[str, Any], int]]:
    """Every recoding with every combination of its choices and every set of models that it can keep."""
    found = []
    for name, made in recoders().items():
        chosen = [param for param in made.spec.params if param.choices]
        for values in product(*(param.choices for param in chosen)):
            params = dict(zip((param.name for param in chosen), values, strict=True))
            for number, models in enumerate(MODELS):
                if all(not made.only or model in made.only for model, _ in models) and not (
                    made.wildcards(made.read(params)) and number
                ):
                    found.append((name, params, number))
    return found


@pytest.mark.parametrize(("name", "params", "models"), ways(), ids=str)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables())
def test_the_output_satisfies_every_model(name: str, params: dict[str, Any], models: int, table: Any) -> None:
    rows, sick = table
    made = recoder(name)
    for limit in (0.0, 0.3):
        asked = problem(
            rows,
            sick,
            MODELS[models],
            by_row=made.splits(made.read(params)),
            settings=Settings(suppression_limit=limit),
        )
        found = made.run(asked, params)
        if isinstance(found, NoSolution):
            assert found.reason.endswith(".")
            continue
        assert found.suppressed_rows == int(asked.counts[~found.keep].sum()) <= limit * len(rows)
        assert 0.0 <= found.loss <= 1.0 + 1e-9
        assert all(one.codes.shape == found.keep.shape for one in found.columns)
        shown = written(found, asked)
        if made.wildcards(made.read(params)):
            k = MODELS[models][0][1]["k"]
            assert all(matches([row for row, _ in shown], row) >= k for row, _ in shown)
        else:
            assert all(holds(model, letters, shown, sick) for model, letters in MODELS[models])
        again = made.run(asked, params)
        assert isinstance(again, Recoded)
        assert texts(again) == texts(found)


@pytest.mark.parametrize("name", recoders())
@pytest.mark.parametrize(
    "rows",
    [[], [("aa", "1")], [("aa", "1")] * 5, [("", "")] * 4, [(f"v{i}", str(i)) for i in range(9)]],
    ids=["empty", "one-row", "one-value", "all-missing", "all-unique"],
)
def test_edges(name: str, rows: list[tuple[str, ...]]) -> None:
    made = recoder(name)
    for limit in (0.0, 1.0):
        asked = problem(
            rows,
            ["x"] * len(rows),
            (K3,),
            by_row=made.splits(made.read({})),
            settings=Settings(suppression_limit=limit),
        )
        found = made.run(asked, {})
        if isinstance(found, NoSolution):
            assert len(rows) == 1
        else:
            assert holds(*K3, written(found, asked), [])
            assert found.suppressed_rows <= limit * len(rows)


@pytest.mark.parametrize("name", recoders())
def test_what_it_cannot_promise_is_refused(name: str) -> None:
    rows, sick = [("aa", "1")] * 4, ["x"] * 4
    made = recoder(name)
    asked = problem(rows, sick, (("average-risk", {"risk": 0.2}),))
    with pytest.raises(AnonymizerError, match=r"global|local"):
        made.run(asked, {})
    asked = problem(rows, sick, (("k-map", {"k": 2}),))
    with pytest.raises(AnonymizerError, match=r"global|local"):
        made.run(asked.__class__(**{**_members(asked), "subset": np.ones(1, dtype=np.int64)}), {})
    with pytest.raises(AnonymizerError, match=f"Recoding {name}: Parameter 'stepz' is unknown"):
        made.run(problem(rows, sick, (K3,)), {"stepz": 1})
    with pytest.raises(AnonymizerError, match="at least one privacy model"):
        made.run(problem(rows, sick, ()), {})


def _members(asked: Any) -> dict[str, Any]:
    return {name: getattr(asked, name) for name in asked.__slots__}


def test_names_and_sources() -> None:
    for name, made in recoders().items():
        assert name == made.name
        assert "doi:" in made.source
        assert made.title_zh
        assert made.title_en
        for param in made.spec.params:
            assert param.meaning


def test_a_missing_cell_is_never_said_to_be_a_number() -> None:
    rows = [("1", "aa")] * 3 + [(MISSING, "aa")] * 3
    found = recoder("multidimensional").run(problem(rows, ["x"] * 6, (K3,)), {})
    assert isinstance(found, Recoded)
    assert {text[0] for text in texts(found)} == {"1", MISSING}
