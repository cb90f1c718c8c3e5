"""One prover on one problem file, as a process of its own: `python benchmarks/provers.py PROVER FILE.json`.

Prints the lowest contribution of each segment, in fen, or the number of products. The provers:

diagram    cardkit's engine: one diagram, one programme over all cells
cells      CP-SAT as cardkit calls it: a model for each cell, which must beat the segment's cells before it
segments   CP-SAT, one model for each segment with the card as a variable
count      cardkit's engine: the number of products of all cells
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from problem_file import objective_of, problem_of

from cardkit.solve.problem import Objective, Problem

MEASURE = "contribution"


def by_segment(problem: Problem) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, cell in enumerate(problem.cells):
        found.setdefault(cell.split("@")[1], []).append(at)
    return found


def diagram(problem: Problem, objective: Objective) -> Iterator[tuple[str, int | None]]:
    from cardkit.solve.compiled import compile_problem
    from cardkit.solve.extremes import Question, extreme
    from cardkit.solve.limits import Limits
    from cardkit.solve.programme import Programme, lowest

    limits = Limits(300)
    compiled = compile_problem(problem, limits)
    if compiled.exact:
        found = lowest(Programme(compiled.diagram, tuple(range(len(problem.cells))), limits), objective)
        for segment, some in by_segment(problem).items():
            amounts = [amount for cell in some if (amount := found.amounts[cell]) is not None]
            yield segment, min(amounts, default=None)
        return
    for segment, some in by_segment(problem).items():
        worst = extreme(Question(compiled, objective, limits), some)
        assert worst is None or worst.proved
        yield segment, None if worst is None else worst.amount


def cells(problem: Problem, objective: Objective) -> Iterator[tuple[str, int | None]]:
    from cardkit.solve.cp_sat import lowest
    from cardkit.solve.limits import Limits

    for segment, some in by_segment(problem).items():
        proof = lowest(problem, objective, some, Limits(300))
        assert proof.proved
        yield segment, proof.amount


def segments(problem: Problem, objective: Objective) -> Iterator[tuple[str, int | None]]:
    for segment, some in by_segment(problem).items():
        yield segment, _with_card_as_variable(problem, objective, some)


def _with_card_as_variable(problem: Problem, objective: Objective, some: list[int]) -> int | None:
    """Each card's amount is a linear expression that holds where the card is chosen; so are its limits."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    chosen = [model.new_bool_var(name) for name in problem.variables]
    at = {cell: model.new_bool_var(problem.cells[cell]) for cell in some}
    model.add_exactly_one(at.values())
    for variable, allowed in enumerate(problem.allowed):
        if not all(allowed >> cell & 1 for cell in some):
            model.add_bool_or([*(at[cell] for cell in some if allowed >> cell & 1), ~chosen[variable]])
    for total in problem.sums:
        summed = sum(weight * chosen[variable] for variable, weight in total.weights)
        for limit in total.limits:
            where = [at[cell] for cell in some if limit.cells >> cell & 1]
            for bound, sign in ((limit.most, 1), (limit.least, -1)):
                if bound is not None and len(where) == len(some):
                    model.add(sign * summed <= sign * bound)
                elif bound is not None:
                    for each in where:
                        model.add(sign * summed <= sign * bound).only_enforce_if(each)
    for need in problem.needs:
        for trigger in need.triggers:
            model.add_bool_or([*(chosen[each] for each in need.needs), ~chosen[trigger]])
    terms: list[tuple[Any, Any]] = [(1, objective.base), *zip(chosen, objective.variables, strict=True)]
    for cluster, table in zip(problem.clusters, objective.clusters, strict=True):
        subsets = [model.new_bool_var("") for _ in table]
        model.add_exactly_one(subsets)
        for place, variable in enumerate(cluster.variables):
            model.add(sum(one for mask, one in enumerate(subsets) if mask >> place & 1) == chosen[variable])
        terms += zip(subsets, table, strict=True)
    reached_by = [
        (each.variables, (len(each.variables),), (amounts,))
        for each, amounts in zip(problem.together, objective.together, strict=True)
    ]
    reached_by += [
        (each.variables, each.numbers, table)
        for each, table in zip(problem.tiers, objective.tiers, strict=True)
    ]
    for variables, numbers, table in reached_by:
        before = [0] * len(problem.cells)
        for number, amounts in zip(numbers, table, strict=True):
            reached = model.new_bool_var("")
            many = sum(chosen[variable] for variable in variables)
            model.add(many >= number).only_enforce_if(reached)
            model.add(many <= number - 1).only_enforce_if(~reached)
            terms.append((reached, [now - then for now, then in zip(amounts, before, strict=True)]))
            before = amounts
    bound = sum(max(map(abs, amounts)) for _, amounts in terms)
    total_ = model.new_int_var(-bound, bound, "amount")
    for cell in some:
        amount = sum(amounts[cell] * each for each, amounts in terms if amounts[cell])
        model.add(total_ == amount).only_enforce_if(at[cell])
    model.minimize(total_)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    status = solver.solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return None if status == cp_model.INFEASIBLE else round(solver.objective_value)


WORKERS = 1
"""Threads of CP-SAT; more took longer on two cores."""


def count(problem: Problem) -> int:
    from cardkit.solve.counting import count as count_products
    from cardkit.solve.diagram import compile_diagram
    from cardkit.solve.limits import Limits
    from cardkit.solve.programme import Programme

    limits = Limits(300)
    diagram_ = compile_diagram(problem.without_amounts(), limits)
    return sum(count_products(Programme(diagram_, tuple(range(len(problem.cells))), limits)))


def main(prover: str, file: str) -> None:
    document = json.loads(Path(file).read_text(encoding="utf-8"))
    problem = problem_of(document)
    if prover == "count":
        print(count(problem))
        return
    found = {"diagram": diagram, "cells": cells, "segments": segments}[prover](
        problem, objective_of(document, MEASURE)
    )
    for segment, amount in found:
        print(segment, amount, sep="\t")


if __name__ == "__main__":
    main(*sys.argv[1:])
