"""CP-SAT's way with a whole segment: one model, in which the card is a variable like the modules are."""

from collections.abc import Iterator, Sequence
from typing import Any

from ortools.sat.python import cp_model

from cardkit.solve.problem import Amounts, Objective, Problem, Sum

WORKERS = 1
"""Threads; more took longer on two cores."""


class SegmentModel:
    """Each card's amount is a linear expression that holds where that card is chosen; so do its limits."""

    def __init__(self, problem: Problem, objective: Objective, cells: Sequence[int]) -> None:
        self._model = cp_model.CpModel()
        self._problem = problem
        self._chosen = [self._model.new_bool_var(name) for name in problem.variables]
        self._at = {cell: self._model.new_bool_var(problem.cells[cell]) for cell in cells}
        self._model.add_exactly_one(self._at.values())
        self._state_rules()
        terms = [*self._terms(objective)]
        bound = sum(max(map(abs, amounts), default=0) for _, amounts in terms)
        total = self._model.new_int_var(-bound, bound, "amount")
        for cell, at in self._at.items():
            amount = sum(amounts[cell] * each for each, amounts in terms if amounts[cell])
            self._model.add(total == amount).only_enforce_if(at)
        self._model.minimize(total)

    def lowest(self) -> int | None:
        """The lowest amount; None where nothing may be sold."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = WORKERS
        status = solver.solve(self._model)
        assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        return None if status == cp_model.INFEASIBLE else round(solver.objective_value)

    def _state_rules(self) -> None:
        for variable, allowed in enumerate(self._problem.allowed):
            somewhere = [at for cell, at in self._at.items() if allowed >> cell & 1]
            if len(somewhere) < len(self._at):
                self._model.add_bool_or([*somewhere, ~self._chosen[variable]])
        for total in self._problem.sums:
            self._state_sum(total)
        for need in self._problem.needs:
            needs = [self._chosen[variable] for variable in need.needs]
            for trigger in need.triggers:
                self._model.add_bool_or([*needs, ~self._chosen[trigger]])

    def _state_sum(self, total: Sum) -> None:
        summed: Any = sum(weight * self._chosen[variable] for variable, weight in total.weights)
        for limit in total.limits:
            where = [at for cell, at in self._at.items() if limit.cells >> cell & 1]
            for bound, sign in ((limit.most, 1), (limit.least, -1)):
                if bound is not None and len(where) == len(self._at):
                    self._model.add(sign * summed <= sign * bound)
                elif bound is not None:
                    for at in where:
                        self._model.add(sign * summed <= sign * bound).only_enforce_if(at)

    def _terms(self, objective: Objective) -> Iterator[tuple[Any, Amounts]]:
        problem = self._problem
        yield 1, objective.base
        yield from zip(self._chosen, objective.variables, strict=True)
        for cluster, table in zip(problem.clusters, objective.clusters, strict=True):
            subsets = [self._model.new_bool_var("") for _ in table]
            self._model.add_exactly_one(subsets)
            for place, variable in enumerate(cluster.variables):
                having = [each for subset, each in enumerate(subsets) if subset >> place & 1]
                self._model.add(sum(having) == self._chosen[variable])
            yield from zip(subsets, table, strict=True)
        for together, amounts in zip(problem.together, objective.together, strict=True):
            yield self._reached(together.variables, len(together.variables)), amounts
        for tiers, table in zip(problem.tiers, objective.tiers, strict=True):
            before: Amounts = [0] * len(problem.cells)
            for number, amounts in zip(tiers.numbers, table, strict=True):
                more = [now - then for now, then in zip(amounts, before, strict=True)]
                yield self._reached(tiers.variables, number), more
                before = amounts

    def _reached(self, variables: Sequence[int], number: int) -> Any:
        reached = self._model.new_bool_var("")
        count = sum(self._chosen[variable] for variable in variables)
        self._model.add(count >= number).only_enforce_if(reached)
        self._model.add(count <= number - 1).only_enforce_if(~reached)
        return reached
