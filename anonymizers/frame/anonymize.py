"""``anonymize(df, quasi=[…], models=[k_anonymity(5)])``: the engine of ``sluice anonymize`` on a DataFrame."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from anonymizers.attained import attained
from anonymizers.collapse import Codes, labelled, split
from anonymizers.errors import AnonymizerError
from anonymizers.frame.columns import series_of, texts
from anonymizers.frame.models import Asked
from anonymizers.frame.question import Given, Question, ask
from anonymizers.hierarchy import TOP
from anonymizers.measure import Around
from anonymizers.measures import classes, k_anonymity, risk
from anonymizers.measures.sample import open_sample
from anonymizers.recoder import Recoder
from anonymizers.recoder_discovery import recoder
from anonymizers.sample import Sample
from anonymizers.search.problem import NoSolution, Settings
from anonymizers.search.solve import solve
from anonymizers.wildcards import least_match

STAR, DROP = "star", "drop"
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Anonymized:
    """``frame`` has the index of what came in (without suppressed rows where they are dropped).  ``levels`` by field,
    empty for recodings that have none; ``loss`` 0 to 1; ``report`` is measured on the frame: models, risk, classes."""

    frame: pd.DataFrame
    levels: dict[str, int]
    loss: float
    report: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Made:
    """What each row reads in each quasi-identifier: texts and codes; ``keep`` and codes are one a row."""

    columns: tuple[tuple[pa.Array, Codes], ...]
    keep: Flags
    levels: dict[str, int]
    loss: float
    told: dict[str, Any]


def anonymize(
    frame: pd.DataFrame,
    *,
    quasi: Sequence[str],
    models: Sequence[Asked],
    sensitive: Sequence[str] = (),
    insensitive: Sequence[str] = (),
    hierarchies: Mapping[str, Given] | None = None,
    categories: Mapping[str, str] | None = None,
    suppression_limit: float = 0.0,
    recoding: str = "global",
    options: Mapping[str, Any] | None = None,
    suppressed: str = STAR,
    **search: Any,
) -> Anonymized:
    """Generalise ``quasi`` as little as the models allow; fields that are not named are left out.

    ``search`` are further members of ``[search]``: metric, aggregate, gs_factor, weights, min_levels, max_levels,
    time_limit_s.  ``recoding`` and ``options`` as there (``"local"``, ``"microaggregation"``, …).  Raises
    AnonymizerError where nothing satisfies the models within the limit, or anything does not fit the frame."""
    if suppressed not in (STAR, DROP):
        raise AnonymizerError("Suppressed rows are kept as a row of stars ('star') or dropped ('drop').")
    try:
        settings = Settings(suppression_limit=suppression_limit, **search)
    except TypeError:
        raise AnonymizerError(f"The search knows {', '.join(Settings.__dataclass_fields__)}, nothing else.") from None
    question = ask(frame, quasi, sensitive, models, hierarchies or {}, categories or {}, settings)
    others = {name: texts(frame[name]) for name in insensitive}
    made, how = _recoded(question, recoding, options or {}) if recoding != "global" else (_searched(question), None)
    written = {
        name: codes_texts[0].take(pa.array(codes_texts[1]))
        for name, codes_texts in zip(question.quasi, made.columns, strict=True)
    }
    rows = made.keep if suppressed == DROP else np.ones(len(frame), bool)
    whole = pa.table({**written, **{name: question.columns[name] for name in question.sensitive}, **others})
    report = _measured(question, whole.filter(pa.array(rows)), models, made, suppressed, how)
    if not all(one["holds"] for one in report["models"]):
        raise AnonymizerError("The result does not satisfy the models it was made for: please report this.")
    order = [name for name in frame.columns if name in whole.column_names]
    columns = {name: _column(frame, name, written.get(name), made) for name in order}
    shown = pd.DataFrame(columns, index=frame.index)[rows]
    dropped = [name for name in frame.columns if name not in order]
    told = {"rows": len(frame), "suppressed_rows": int((~made.keep).sum()), **made.told, **report, "dropped": dropped}
    return Anonymized(shown, made.levels, made.loss, told | {"hierarchies": question.specs})


def _searched(question: Question) -> _Made:
    found = solve(question.problem)
    if isinstance(found, NoSolution):
        raise AnonymizerError(found.reason)
    tuples = question.collapsed.tuple_of
    columns = []
    for place, (one, level) in enumerate(zip(question.problem.hierarchies, found.levels, strict=True)):
        labels, codes = labelled([row[level] for row in one.rows], question.collapsed.keys[:, place], found.keep)
        columns.append((labels, codes[tuples]))
    told = {"loss": found.loss, "optimal": found.optimal, "bound": found.bound}
    levels = dict(zip(question.quasi, found.levels, strict=True))
    return _Made(tuple(columns), found.keep[tuples], levels, found.loss, {"levels": levels, **told})


def _recoded(question: Question, name: str, options: Mapping[str, Any]) -> tuple[_Made, tuple[Recoder, dict[str, Any]]]:
    how = recoder(name)
    params = how.read(options)
    problem, tuples = question.problem, question.collapsed.tuple_of
    units = np.arange(tuples.size) if how.splits(params) else tuples
    if how.splits(params):
        problem = split(problem, tuples, question.codes)
    found = how.run(problem, options)
    if isinstance(found, NoSolution):
        raise AnonymizerError(found.reason)
    columns = []
    for one in found.columns:
        labels, codes = labelled(one.labels, one.codes, found.keep)
        columns.append((labels, codes[units]))
    told = {"recoding": name, "metric": how.measure, "loss": found.loss, "notes": dict(found.notes)}
    return _Made(tuple(columns), found.keep[units], {}, found.loss, told), (how, params)


def _column(frame: pd.DataFrame, name: str, written: pa.Array | None, made: _Made) -> pd.Series[Any]:
    """The column as it came where nothing changed (its dtype too), else text."""
    if written is None or (made.levels.get(name) == 0 and bool(made.keep.all()) and written.equals(texts(frame[name]))):
        return frame[name]
    return series_of(written, frame.index, name)


def _measured(
    question: Question,
    whole: pa.Table,
    models: Sequence[Asked],
    made: _Made,
    suppressed: str,
    how: tuple[Recoder, dict[str, Any]] | None,
) -> dict[str, Any]:
    """Of the written table, by the code that shares nothing with the search.  Kept rows that read ``*`` throughout tell
    nobody apart and stand outside like suppressed ones, unless no row is told apart from them."""
    bare = all(
        set(labels.take(pa.array(np.unique(codes[made.keep]))).to_pylist()) <= {TOP} for labels, codes in made.columns
    )
    star = TOP if suppressed == STAR and not made.keep.all() and not bare else None
    trees = {name: tree.rows for name, tree in question.trees.items()}
    with tempfile.TemporaryDirectory(prefix="anonymizers-") as folder, ExitStack() as opened:
        path, raw = Path(folder, "made.parquet"), Path(folder, "raw.parquet")
        pq.write_table(whole, path)
        reference = None
        if suppressed == DROP:
            pq.write_table(pa.table(question.columns), raw)
            reference = opened.enter_context(open_sample(raw))
        sample = opened.enter_context(open_sample(path, suppressed=star))
        around = Around(reference, None, trees)
        told = [_told(sample, question, one, around, how, nobody=not made.keep.any()) for one in models]
        shape = asdict(classes.measure(sample, question.quasi))
        shape.pop("histogram")
        return {"models": told, "risk": asdict(risk.measure(sample, question.quasi)), "classes": shape}


def _told(
    sample: Sample,
    question: Question,
    one: Asked,
    around: Around,
    how: tuple[Recoder, dict[str, Any]] | None,
    *,
    nobody: bool,
) -> dict[str, Any]:
    """One model: its name, parameters, measured value, and whether it holds."""
    value, holds = attained(sample, question.quasi, one.name, one.params, around, nobody=nobody)
    if one.name == "k-anonymity" and how is not None:
        made, params = how
        groups = made.together(params)
        if groups or made.wildcards(params):
            counted = (
                min(k_anonymity.measure(sample, group) for group in groups)
                if groups
                else least_match(sample, question.quasi)
            )
            value, holds = float(counted) if counted else None, nobody or not counted or counted >= one.params["k"]
    return {"name": one.name, "params": dict(one.params), "value": value, "holds": holds}
