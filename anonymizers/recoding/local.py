"""Local recoding: every row is generalised as little as the rows that are like it allow, not as the whole table needs.

A reader would get wrong that one value may read differently in different rows ("37" here, "30-39" there): the loss is
a fraction of full-domain generalisation's, the table harder to analyse column by column.
"""

from __future__ import annotations

from anonymizers.errors import AnonymizerError
from anonymizers.params import Spec
from anonymizers.partition.peel import peel
from anonymizers.recoder import Params, Recoded, Recoder
from anonymizers.search.problem import NoSolution, Problem


def recode(problem: Problem, params: Params) -> Recoded | NoSolution:
    """Peel by Iyengar's loss; there is no other metric here, and asking for one is refused."""
    if problem.settings.metric != "loss":
        raise AnonymizerError(
            f"Recoding local is led by the metric 'loss', not {problem.settings.metric!r}: leave the metric out."
        )
    return peel(problem)


RECODING = Recoder(
    name="local",
    title_zh="局部重编码",
    title_en="local recoding",
    recode=recode,
    spec=Spec(()),
    source="after Xu, Wang, Pei, Wang, Shi, Fu 2006, Utility-based anonymization using local recoding, KDD, "
    "doi:10.1145/1150402.1150504; the lattice's order of cost as the order of peeling is our own",
    measure="loss",
)
