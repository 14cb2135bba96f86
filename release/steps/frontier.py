"""The risk–utility frontier of a table: every node of its lattice with k, risks and loss, the front and the knee.

Nothing is recoded: these are the choices.  Models other than k-anonymity play no part, and the document says so.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from anonymizers.errors import AnonymizerError
from anonymizers.frontier.front import KNEE, Front, front
from anonymizers.frontier.nodes import Nodes
from anonymizers.frontier.sweep import sweep
from release.job.job import Job
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.nouns.plan import SearchSpec
from release.steps.anonymize import prepare
from release.steps.stages import Clock, Progress, Stages

K_ANONYMITY = "k-anonymity"
COLUMNS = (
    "classes",
    "uniques",
    "k",
    "suppressed",
    "average_risk",
    "maximum_risk",
    "loss",
    "suppressed_at_k",
    "loss_at_k",
)


@dataclass(frozen=True, slots=True)
class Frontier:
    """``by_k``: the front of the highest risk, 1 / k; ``by_average``: that of the average risk.  ``best``: the node of
    least loss that has the k asked for within the limit, None where there is none."""

    nodes: Nodes
    by_k: Front
    by_average: Front
    best: int | None
    ignored: tuple[str, ...]
    seconds: dict[str, float]

    def node(self, number: int) -> dict[str, Any]:
        """One node as JSON types."""
        levels = dict(zip(self.nodes.fields, self.nodes.levels[number].tolist(), strict=True))
        return {"levels": levels, **{name: getattr(self.nodes, name)[number].item() for name in COLUMNS}}

    def document(self) -> dict[str, Any]:
        """The frontier without the nodes that are beaten, as JSON types."""
        return {
            "rows": self.nodes.rows,
            "nodes": len(self.nodes),
            "k": self.nodes.wanted,
            "suppression_limit_rows": self.nodes.limit,
            "not_considered": list(self.ignored),
            "best_for_k": None if self.best is None else self.node(self.best),
            "front": [self.node(number) for number in self.by_k.nodes.tolist()],
            "knee": None if self.by_k.knee is None else self.node(self.by_k.knee),
            "front_by_average_risk": [self.node(number) for number in self.by_average.nodes.tolist()],
            "knee_by_average_risk": None if self.by_average.knee is None else self.node(self.by_average.knee),
            "knee_definition": KNEE,
            "seconds": self.seconds,
        }

    def rows(self) -> tuple[Sequence[str], list[list[Any]]]:
        """A header and one line a node, for a CSV file."""
        chosen = set(self.by_k.nodes.tolist())
        columns = [self.nodes.levels[:, place].tolist() for place in range(len(self.nodes.fields))]
        columns += [getattr(self.nodes, name).tolist() for name in COLUMNS]
        columns.append([int(number in chosen) for number in range(len(self.nodes))])
        header = [f"level:{name}" for name in self.nodes.fields] + [*COLUMNS, "on_front"]
        return header, [list(line) for line in zip(*columns, strict=True)]


def frontier(table: Table, job: Job, *, progress: Progress | None = None, clock: Clock = time.perf_counter) -> Frontier:
    """Raises BadInput on a job that does not fit the table, or that names no k."""
    stages = Stages(clock, progress)
    asked = [spec for spec in job.models if spec.name == K_ANONYMITY]
    if not asked:
        raise BadInput("A frontier is drawn for a k, and the job names none.", "Add a [[models]] table k-anonymity.")
    if job.search is not None and job.search.household:
        raise BadInput("A frontier counts rows, not households.", "Remove search.household.")
    ready = prepare(table, job, job.search or SearchSpec(), stages)
    with stages.stage("sweep"):
        try:
            nodes = sweep(ready.problem, int(asked[0].params["k"]))
        except AnonymizerError as error:
            raise BadInput(str(error)) from None
        by_k, by_average = front(nodes.maximum_risk, nodes.loss), front(nodes.average_risk, nodes.loss)
    allowed = (nodes.suppressed_at_k <= nodes.limit).nonzero()[0]
    best = int(allowed[nodes.loss_at_k[allowed].argmin()]) if allowed.size else None
    ignored = tuple(spec.name for spec in job.models if spec.name != K_ANONYMITY)
    return Frontier(nodes, by_k, by_average, best, ignored, dict(stages.seconds))
