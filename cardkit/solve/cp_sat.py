"""A second prover: the lowest amount over some cells by CP-SAT, an optional extra (`cardkit[solver]`).

It knows nothing of diagrams, so where both prove an amount, the tests hold them to be the same; and it stays
level where rules are so dense that a diagram grows too large. One small model for each cell, which must beat
the cells before it: where amounts differ much from card to card that took 0.3 s for the 20 cards of a segment
and one model with the card as a variable 2 to 60 s; where they differ little the one model is faster, but
then no second prover is needed. CP-SAT calculates in whole numbers, and what it finds is evaluated once more
by the plain evaluation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from math import ceil
from typing import TYPE_CHECKING

from cardkit.solve.limits import Limits, TooLarge
from cardkit.solve.problem import Amounts, Objective, Problem, Sum, amount_of, chosen_in

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar, LinearExprT

LARGEST = 2**52
"""Sums beyond this are not given to CP-SAT: it tells bounds as floats."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of the lowest (or highest) amount over some cells."""

    proved: bool
    """Whether `amount` is the lowest; without an amount, that nothing may be sold."""
    amount: int | None
    """The lowest amount found; None where no product was found."""
    cell: int | None
    choice: frozenset[int] | None
    """A product of that amount, in the first of the cells that have one."""
    bound: int | None
    """Where not proved: no product is below (above) this."""


def available() -> bool:
    """Whether ortools is installed."""
    return find_spec("ortools") is not None


def lowest(
    problem: Problem, objective: Objective, cells: Sequence[int], limits: Limits, *, highest: bool = False
) -> Proof:
    """The lowest (or highest) amount over the cells, as far as it can be proved in the time that is left.

    Raises TooLarge for sums that can't be told exactly. ortools must be installed.
    """
    sign = -1 if highest else 1
    best: _Found | None = None
    open_bounds: list[int] = []
    for cell in cells:
        model = _Model(problem, objective, cell, sign)
        found = model.solved(limits, None if best is None else best.amount)
        best = found.better or best
        if found.bound is not None:
            open_bounds.append(found.bound)
    if best is None:
        return Proof(not open_bounds, None, None, None, sign * min(open_bounds) if open_bounds else None)
    # What is still open in a cell matters only where it may lie below the best.
    bound = min([best.amount, *open_bounds])
    if bound == best.amount:
        return Proof(True, sign * best.amount, best.cell, best.choice, None)
    return Proof(False, sign * best.amount, best.cell, best.choice, sign * bound)


@dataclass(frozen=True, slots=True)
class _Found:
    """A product, with its amount; negated for the highest."""

    amount: int
    cell: int
    choice: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Solved:
    """What came of one cell."""

    better: _Found | None
    bound: int | None
    """Nothing in the cell is lower; None where `better` is the lowest, or nothing is better."""


class _Model:
    """One cell in CP-SAT's terms; amounts are negated for the highest."""

    def __init__(self, problem: Problem, objective: Objective, cell: int, sign: int) -> None:
        from ortools.sat.python import cp_model

        self._model: CpModel = cp_model.CpModel()
        self._problem = problem
        self._objective = objective
        self._cell = cell
        self._sign = sign
        self._possible = True
        self._terms: list[LinearExprT] = []
        self._least = self._most = 0
        self._chosen = [self._model.new_bool_var(name) for name in problem.variables]
        self._state_rules()
        self._state_amounts()

    def solved(self, limits: Limits, below: int | None) -> _Solved:
        """The lowest amount, if it is below some other."""
        from ortools.sat.python import cp_model

        least = self._least
        if not self._possible or (below is not None and below <= least):
            return _Solved(None, None)
        if limits.left <= 0:
            return _Solved(None, least)
        if below is not None:
            self._model.add(sum(self._terms) <= below - 1)
        self._model.minimize(sum(self._terms))
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = limits.left
        solver.parameters.max_memory_in_mb = max(1, limits.bytes // 1_000_000)
        # One thread gives the same product every time, and such models are too small to gain from more.
        solver.parameters.num_workers = 1
        status = solver.solve(self._model)
        if status == cp_model.INFEASIBLE:
            return _Solved(None, None)
        better = self._read(solver) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
        if status == cp_model.OPTIMAL:
            return _Solved(better, None)
        # Without any bound of its own CP-SAT tells a very low one.
        known = solver.best_objective_bound
        return _Solved(better, ceil(known - 0.5) if known > least else least)

    def _read(self, solver: "CpSolver") -> _Found:
        choice = frozenset(index for index, each in enumerate(self._chosen) if solver.boolean_value(each))
        assert chosen_in(self._problem, choice, self._cell), "CP-SAT found what may not be sold"
        amount = amount_of(self._problem, self._objective, choice, self._cell)
        return _Found(self._sign * amount, self._cell, choice)

    # rules -------------------------------------------------------------------------------------------

    def _state_rules(self) -> None:
        for chosen, allowed in zip(self._chosen, self._problem.allowed, strict=True):
            if not allowed >> self._cell & 1:
                self._model.add(chosen == 0)
        for total in self._problem.sums:
            self._state_sum(total)
        for need in self._problem.needs:
            needs = [self._chosen[variable] for variable in need.needs]
            for trigger in need.triggers:
                self._model.add_bool_or([*needs, ~self._chosen[trigger]])

    def _state_sum(self, total: Sum) -> None:
        low = sum(min(weight, 0) for _, weight in total.weights)
        high = sum(max(weight, 0) for _, weight in total.weights)
        here = [limit for limit in total.limits if limit.cells >> self._cell & 1]
        least = max([low, *(limit.least for limit in here if limit.least is not None)])
        most = min([high, *(limit.most for limit in here if limit.most is not None)])
        if (least, most) == (low, high):
            return
        if least > high or most < low or least > most:
            self._possible = False
            return
        _check(low, high)
        summed = sum(weight * self._chosen[variable] for variable, weight in total.weights)
        self._model.add_linear_constraint(summed, least, most)

    # amounts -----------------------------------------------------------------------------------------

    def _state_amounts(self) -> None:
        problem, objective = self._problem, self._objective
        base = self._sign * objective.base[self._cell]
        self._terms.append(base)
        self._least = self._most = base
        for chosen, amounts in zip(self._chosen, objective.variables, strict=True):
            self._add(chosen, amounts)
        for cluster, table in zip(problem.clusters, objective.clusters, strict=True):
            subsets = [self._model.new_bool_var("") for _ in table]
            self._model.add_exactly_one(subsets)
            for place, variable in enumerate(cluster.variables):
                having = [each for subset, each in enumerate(subsets) if subset >> place & 1]
                self._model.add(sum(having) == self._chosen[variable])
            for subset, amounts in zip(subsets, table, strict=True):
                self._add(subset, amounts)
        for together, amounts in zip(problem.together, objective.together, strict=True):
            self._add(self._reached(together.variables, len(together.variables)), amounts)
        for tiers, table in zip(problem.tiers, objective.tiers, strict=True):
            before: Amounts = [0] * len(problem.cells)
            for number, amounts in zip(tiers.numbers, table, strict=True):
                more = [now - then for now, then in zip(amounts, before, strict=True)]
                self._add(self._reached(tiers.variables, number), more)
                before = amounts

    def _reached(self, variables: Sequence[int], number: int) -> "IntVar":
        """Whether at least so many of the variables are chosen."""
        reached = self._model.new_bool_var("")
        count = sum(self._chosen[variable] for variable in variables)
        self._model.add(count >= number * reached)
        self._model.add(count <= number - 1 + max(len(variables) - number + 1, 0) * reached)
        return reached

    def _add(self, chosen: "IntVar", amounts: Amounts) -> None:
        amount = self._sign * amounts[self._cell]
        self._least += min(amount, 0)
        self._most += max(amount, 0)
        _check(self._least, self._most)
        if amount:
            self._terms.append(amount * chosen)


def _check(least: int, most: int) -> None:
    if most - least > LARGEST or max(-least, most) > LARGEST:
        raise TooLarge("amounts")
