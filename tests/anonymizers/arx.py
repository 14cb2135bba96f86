"""What ARX 3.9.2 answered on Adult, as job files of ours: 133 configurations, those left out with the reason."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.anonymizers.java_random import drawn_rows
from tests.real_data import table

METRICS = {
    "Loss": "loss",
    "Non-uniform entropy": "entropy",
    "Non-monotonic non-uniform entropy": "entropy",
    "Average equivalence class size": "aecs",
    "Monotonic discernability (DM*)": "discernibility",
    "Non-monotonic discernability": "discernibility",
    "Non-monotonic precision": "precision",
    "Monotonic precision": "precision",
    "Height": "height",
    "Normalized non-uniform entropy": "normalized-entropy",
    "Entropy-based information loss": "information-loss",
    "Publisher benefit": "publisher-benefit",
    "Ambiguity": "ambiguity",
    "KL-Divergence": "kl-divergence",
    "Classification accuracy": "classification",
}
AGGREGATES = {
    "SUM": "sum",
    "GEOMETRIC_MEAN": "geometric-mean",
    "ARITHMETIC_MEAN": "arithmetic-mean",
    "MAXIMUM": "max",
    "RANK": "rank",
    None: "sum",
}
# The amounts of money are not in ARX's answers.  These, with its defaults for all others, give its suppressed rows and
# its score to the last digit; they were found by looking for amounts that do.
COSTS: dict[str, dict[str, float]] = {
    "2974380.2122727702": {"adversary_cost": 0.5},
    "2095548.2581994554": {"adversary_cost": 50.0, "publisher_loss": 3000.0},
}
# Nor are the fields that a classification predicts.
TARGETS = {
    "246.40322580645162": ["salary-class"],
    "115.76612903225806": ["salary-class", "occupation"],
    "153.91935483870967": ["salary-class", "occupation"],
}
# Nor is the number of steps of a private search; it is 100 elsewhere.
STEPS = {"246.40322580645162": 10, "115.76612903225806": 1}
# How often ARX's tests draw a row for a subset of this size (java.util.Random).
INCLUDED = {12620: 20_000, 19015: 30_000}
STRICTER = "a class of the wider table without a released row contradicts delta_min > 0; ARX overlooks it here"


@dataclass(frozen=True)
class Case:
    """One configuration.  ``score`` is ARX's loss (several numbers for the rank aggregate)."""

    number: int
    spec: dict[str, Any]
    job: str
    levels: tuple[int, ...]
    score: tuple[float, ...]
    suppressed: int
    left_out: str = ""

    def __str__(self) -> str:
        models = " & ".join(self.spec["models_text"])
        return f"{self.number}: {self.spec['suppression_limit']:g} : {self.spec['metric']} : {models}"


def cases() -> list[Case]:
    """All of them, in order; skips when the data is not here."""
    found = json.loads(table("arx_expected/anonymization.json").read_text(encoding="utf-8"))["cases"]
    return [_case(number, spec) for number, spec in enumerate(found)]


def adult() -> Path:
    """Adult, 30,162 rows."""
    return table("arx_adult/adult.csv")


def _case(number: int, spec: dict[str, Any]) -> Case:
    loss = spec["measured"]["loss"]
    score = tuple(json.loads(loss)) if loss.startswith("[") else (float(loss),)
    # Where ARX's own builder made the hierarchy, level 0 is the optimum: there any hierarchy costs the same.
    reason = "" if spec["metric"] in METRICS else f"the metric {spec['metric']} is not built"
    levels = tuple(spec["measured"]["transformation"])
    return Case(number, spec, "" if reason else _job(spec), levels, score, spec["measured"]["suppressed_rows"], reason)


def _job(spec: dict[str, Any]) -> str:
    lines = roles_of(spec["quasi_identifiers"], spec["sensitive"])
    for model in spec["models"]:
        lines += [
            "[[models]]",
            *(f"{key} = {json.dumps(value)}" for key, value in model_of(model, spec["measured"]["loss"]).items()),
        ]
    lines += [
        "[search]",
        "time_limit_s = 600.0",
        f'metric = "{METRICS[spec["metric"]]}"',
        f'aggregate = "{AGGREGATES[spec["aggregate"]]}"',
        f"gs_factor = {spec['gs_factor']}",
        f"monotonic = {str(spec['metric_monotonic']).lower()}",
        f"suppression_limit = {spec['suppression_limit']}",
        *_metric_params(spec),
        "[search.weights]",
        *(f"{name} = {weight}" for name, weight in spec["weights"].items() if name in spec["quasi_identifiers"]),
    ]
    return "\n".join(lines) + "\n"


@cache
def _drawn(times: int) -> Path:
    """A file with the rows that ARX's tests draw."""
    lines = adult().read_text(encoding="utf-8").splitlines()
    made = Path(tempfile.mkdtemp(prefix="sluice-arx-")) / f"drawn-{times}.csv"
    made.write_text("\n".join([lines[0], *(lines[row + 1] for row in drawn_rows(len(lines) - 1, times))]) + "\n")
    atexit.register(shutil.rmtree, made.parent, ignore_errors=True)
    return made


def _metric_params(spec: dict[str, Any]) -> list[str]:
    if spec["metric"] == "Classification accuracy":
        return ["[search.metric_params]", f"targets = {json.dumps(TARGETS[spec['measured']['loss']])}"]
    if spec["metric"] != "Publisher benefit":
        return []
    costs = (f"{name} = {amount}" for name, amount in COSTS[spec["measured"]["loss"]].items())
    return ["[search.metric_params]", 'attacker = "prosecutor"', *costs]


def roles_of(quasi: Sequence[str], sensitive: str | None) -> list[str]:
    """The lines of a job file that give the fields their roles and ARX's hierarchies."""
    folder, lines = adult().parent / "hierarchies", []
    roles = [(name, "quasi-identifier") for name in quasi]
    for name, role in [*roles, *([(sensitive, "sensitive")] if sensitive else [])]:
        path = folder / f"adult_hierarchy_{name}.csv"
        lines += [f"[fields.{name}]", f'role = "{role}"', f'hierarchy = "{path}"']
    return lines


def model_of(model: dict[str, Any], loss: str = "") -> dict[str, Any]:
    """One model of ARX as a ``[[models]]`` table."""
    kind, field = model["class"], {"field": model.get("attribute")}
    if kind == "KAnonymity":
        return {"name": "k-anonymity", "k": model["k"]}
    if kind.endswith("TCloseness"):
        distance = kind.removesuffix("DistanceTCloseness").lower()
        return {"name": "t-closeness", "t": model["t"], "distance": distance, **field}
    if kind == "RecursiveCLDiversity":
        return {"name": "recursive-cl-diversity", "c": model["c"], "l": int(model["l"]), **field}
    if kind == "EntropyLDiversity":
        return {"name": "entropy-l-diversity", "l": model["l"], "estimator": model["estimator"].lower(), **field}
    if kind == "BasicBLikeness":
        return {"name": "beta-likeness", "beta": model["b"], **field}
    if kind == "AverageReidentificationRisk":
        return {"name": "average-risk", "risk": model["threshold"]}
    if kind == "PopulationUniqueness":
        return {
            "name": "population-uniqueness",
            "share": model["threshold"],
            "estimator": model["statisticalModel"].lower(),
            "population.size": model["populationModel"]["populationSize"],
        }
    if kind == "Inclusion":
        return {"name": "inclusion", "subset": str(_drawn(INCLUDED[model["subset"]["size"]]))}
    if kind == "EDDifferentialPrivacy":
        budget = {"epsilon": model["epsilon"], "delta": model["delta"]}
        scheme = model.get("generalization")
        if scheme is None:
            return {"name": "differential-privacy", **budget, "search": 1.0, "steps": STEPS.get(loss, 100)}
        return {"name": "differential-privacy", **budget, "degree": scheme["degree"].lower().replace("_", "-")}
    if kind.startswith("ProfitabilityProsecutor"):
        return {"name": "profitability", "attacks": "deter" if kind.endswith("NoAttack") else "reckon"}
    subset = {"subset": str(table("arx_adult/adult_subset.csv"))}
    if kind == "DPresence":
        return {"name": "delta-presence", "delta_min": model["dMin"], "delta_max": model["dMax"], **subset}
    if kind.startswith("ProfitabilityJournalist"):
        attacks = "deter" if kind.endswith("NoAttack") else "reckon"
        return {"name": "profitability", "attacks": attacks, "attacker": "journalist", **COSTS[loss], **subset}
    assert kind == "KMap", kind
    if not model.get("estimator"):
        return {"name": "k-map", "k": model["k"], **subset}
    return {
        "name": "k-map",
        "k": model["k"],
        "estimator": model["estimator"].lower().replace(" ", "-"),
        "significance": model["significanceLevel"],
        "population.size": model["populationModel"]["populationSize"],
    }
