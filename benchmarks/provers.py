"""One prover on one problem file, as a process of its own: `python benchmarks/provers.py PROVER FILE.json`.

Prints the lowest contribution of each segment, in fen, or the number of products. The provers:

diagram    cardkit's engine: one diagram, one programme over all cells
cells      CP-SAT as cardkit calls it: a model for each cell, which must beat the segment's cells before it
segments   CP-SAT, one model for each segment with the card as a variable
count      cardkit's engine: the number of products of all cells
uvl        cardkit's engine: the number of configurations of a UVL file
"""

import gc
import json
import sys
from collections.abc import Iterator
from pathlib import Path

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
    from cardkit.solve.extremes import Question, extreme

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
    from segment_model import SegmentModel

    for segment, some in by_segment(problem).items():
        yield segment, SegmentModel(problem, objective, some).lowest()


def count(problem: Problem) -> int:
    from cardkit.solve.counting import count as count_products
    from cardkit.solve.diagram import compile_diagram
    from cardkit.solve.limits import Limits
    from cardkit.solve.programme import Programme

    limits = Limits(300)
    diagram_ = compile_diagram(problem.without_amounts(), limits)
    return sum(count_products(Programme(diagram_, tuple(range(len(problem.cells))), limits)))


def main(prover: str, file: str) -> None:
    gc.disable()  # as cardkit's own process does, for all provers alike
    if prover == "uvl":
        from uvl import figures, read

        from cardkit.solve.limits import Limits

        print(figures(read(Path(file).read_text(encoding="utf-8")), Limits()).configurations)
        return
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
