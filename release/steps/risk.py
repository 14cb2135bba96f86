"""Measure a table as it is: every model of the job, the attackers' risks, the classes.  Nothing is changed."""

from __future__ import annotations

from typing import Any

from anonymizers.errors import AnonymizerError
from anonymizers.measure import Around
from anonymizers.measures import average_class_size, classes, records_at_risk
from anonymizers.measures.sample import open_sample
from anonymizers.safepub import SAFEPUB
from release.job.job import Job
from release.nouns.dataset import Table
from release.nouns.errors import BadInput
from release.steps.exposed import exposed
from release.steps.measured import take
from release.steps.reading import count_values
from release.steps.roles import roles_of, tree_of

THRESHOLDS = (0.05, 0.1, 0.2, 0.33)


def risk(table: Table, job: Job) -> dict[str, Any]:
    """``rows``, ``quasi_identifiers``, ``models`` (name, params, value, holds), ``risk``, ``classes`` with a histogram
    of sizes, and ``records_at_risk`` by threshold, as JSON types.

    A job without models is measured for its risks alone.  Raises BadInput on a job that does not fit the table."""
    roles = roles_of(table, job, needs_models=False)
    counts = count_values(table.path, roles.spoken)
    trees = {}
    for spec in job.models:
        if spec.name == SAFEPUB:
            raise BadInput(
                "Differential privacy is a promise of how a table was made; no table shows it.",
                "Measure its class sizes with k-anonymity.",
            )
        if "field" in spec.params:
            tree = tree_of(spec, job, counts[str(spec.params["field"])])
            if tree is not None:
                trees[str(spec.params["field"])] = tree.rows
        if "subset" in spec.params:
            raise BadInput(
                f"Model {spec.name} names a research subset; a table as it is has none.", "Measure it with anonymize."
            )
    try:
        with open_sample(table.path) as sample:
            measured = take(sample, roles.quasi, job.models, Around(hierarchies=trees))
            shape = classes.measure(sample, roles.quasi)
            at_risk = {str(limit): records_at_risk.measure(sample, roles.quasi, limit) for limit in THRESHOLDS}
            average = average_class_size.measure(sample, roles.quasi)
        beyond = exposed(table, job, roles.quasi)
    except AnonymizerError as error:
        raise BadInput(str(error)) from None
    document = measured.document()
    document["classes"]["histogram"] = [
        {"low": low, "high": high, "classes": number, "rows": rows} for low, high, number, rows in shape.histogram
    ]
    return {
        "rows": table.dataset.rows,
        "quasi_identifiers": list(roles.quasi),
        **document,
        "records_at_risk": {name: value if value == value else None for name, value in at_risk.items()},
        "average_class_size": average if average == average else None,
        **beyond,
    }
