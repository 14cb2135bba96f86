"""The only door to HiGHS: linear and mixed-integer programs, one thread, one seed, so that answers repeat.

What a reader would get wrong: ``bound`` is the proven limit of the objective, also when time ran out; ``values`` are
None where no feasible point was found."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from anonymizers.errors import AnonymizerError
from anonymizers.tables.cells import Floats
from anonymizers.tables.dimension import Ints

INFINITE = math.inf
TOLERANCE = 1e-7


@dataclass(frozen=True, slots=True)
class Solved:
    """``status`` is optimal, infeasible, unbounded or limit.  ``duals`` has one number a row (linear programs)."""

    status: str
    objective: float
    bound: float
    values: Floats | None
    duals: Floats | None


class Program:
    """Minimise cost · x with lower ≤ x ≤ upper and rows between bounds.  Mutable: it is solved again and again."""

    def __init__(self, cost: Floats, lower: Floats, upper: Floats, *, presolve: bool = True) -> None:
        import highspy

        # The plain core: the wrapper class around it announces itself on stdout, where a JSON document may stand.
        self._core: Any = highspy._Highs()  # type: ignore[attr-defined]
        self._core.setOptionValue("output_flag", False)
        self._core.setOptionValue("threads", 1)
        self._core.setOptionValue("random_seed", 0)
        self._core.setOptionValue("mip_rel_gap", 1e-9)
        if not presolve:
            self._core.setOptionValue("presolve", "off")
        self._kinds = highspy.HighsModelStatus
        self._columns = len(cost)
        self._core.addVars(len(cost), _floats(lower), _floats(upper))
        every = np.arange(len(cost), dtype=np.int32)
        self._core.changeColsCost(len(cost), every, _floats(cost))
        self._integer = False

    def rows(self, starts: Ints, columns: Ints, factors: Floats, lower: Floats, upper: Floats) -> None:
        """Adds rows: row r has the entries ``starts[r]`` to ``starts[r + 1]``."""
        number = len(starts) - 1
        if number:
            self._core.addRows(
                number,
                _floats(lower),
                _floats(upper),
                len(columns),
                np.asarray(starts[:-1], np.int32),
                np.asarray(columns, np.int32),
                _floats(factors),
            )

    def row(self, columns: Ints, factors: Floats, lower: float, upper: float = INFINITE) -> None:
        """Adds one row."""
        self._core.addRow(lower, upper, len(columns), np.asarray(columns, np.int32), _floats(factors))

    def costs(self, columns: Ints, costs: Floats) -> None:
        """Changes costs."""
        self._core.changeColsCost(len(columns), np.asarray(columns, np.int32), _floats(costs))

    def bounds(self, columns: Ints, lower: Floats, upper: Floats) -> None:
        """Changes bounds."""
        self._core.changeColsBounds(len(columns), np.asarray(columns, np.int32), _floats(lower), _floats(upper))

    def integers(self, *, whole: bool) -> None:
        """All columns whole numbers, or none."""
        import highspy

        kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        for column in range(self._columns):
            self._core.changeColIntegrality(column, kind)
        self._integer = whole

    def solve(self, seconds: float | None = None) -> Solved:
        """The best point found.  ``seconds`` limits this call."""
        if seconds is not None:
            self._core.setOptionValue("time_limit", float(self._core.getRunTime()) + max(seconds, 0.01))
        self._core.run()
        kind = self._core.getModelStatus()
        told = self._core.getInfo()
        if kind == self._kinds.kOptimal:
            status = "optimal"
        elif kind in (self._kinds.kInfeasible,):
            status = "infeasible"
        elif kind in (self._kinds.kUnbounded, self._kinds.kUnboundedOrInfeasible):
            status = "unbounded"
        elif kind in (self._kinds.kTimeLimit, self._kinds.kIterationLimit, self._kinds.kInterrupt):
            status = "limit"
        else:
            raise AnonymizerError(f"The solver gave up ({kind.name}): use the heuristic, or coarser codes.")
        found = status == "optimal" or (status == "limit" and told.primal_solution_status == 2)
        solution = self._core.getSolution() if found else None
        return Solved(
            status,
            float(told.objective_function_value) if found else INFINITE,
            float(told.mip_dual_bound) if self._integer else float(told.objective_function_value),
            np.array(solution.col_value) if solution is not None else None,
            np.array(solution.row_dual) if solution is not None and not self._integer else None,
        )


def _floats(values: Any) -> Floats:
    return np.ascontiguousarray(values, np.float64)
