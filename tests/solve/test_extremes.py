"""Extremes over many cells: with all rules in the diagram, with rules set aside, and in haste."""

from random import Random

import pytest

from cardkit.solve import compiled as compiling
from cardkit.solve import cp_sat
from cardkit.solve import extremes as proving
from cardkit.solve.compiled import Compiled, compile_problem
from cardkit.solve.extremes import Extreme, Question, extreme, extremes
from cardkit.solve.limits import Limits, TooLarge
from cardkit.solve.problem import Objective, Problem, amount_of
from cardkit.solve.ranking import Ranking
from tests.solve.random_problems import every_product, random_objective, random_problem

EXAMPLES = 600


def compiled_small(problem: Problem, chance: Random, patched: pytest.MonkeyPatch) -> Compiled:
    """The problem with as many rules set aside as a diagram of a few nodes makes necessary."""
    patched.setattr(compiling, "FIRST_NODES", chance.choice((10, 14, 30, 150_000)))
    try:
        return compile_problem(problem, Limits())
    except TooLarge:
        patched.setattr(compiling, "FIRST_NODES", 150_000)
        return compile_problem(problem, Limits())


def amounts(problem: Problem, objective: Objective, cell: int) -> list[int]:
    return [amount_of(problem, objective, choice, cell) for choice in every_product(problem, cell)]


def never_ends(*_given: object, **_options: object) -> Ranking:
    return Ranking((), False, None, "time")


@pytest.mark.parametrize("second_prover", [False, True])
def test_extremes_are_those_of_looking_at_every_product(
    second_prover: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cp_sat, "available", lambda: second_prover)
    if second_prover:
        monkeypatch.setattr(proving, "ranked", never_ends)
    aside = 0
    for seed in range(EXAMPLES if not second_prover else EXAMPLES // 4):
        chance = Random(seed)
        problem = random_problem(chance, chance.randint(1, 7), chance.randint(1, 4))
        objective = random_objective(chance, problem)
        compiled = compiled_small(problem, chance, monkeypatch)
        aside += not compiled.exact
        cells = range(len(problem.cells))
        for highest in (False, True):
            pick = max if highest else min
            question = Question(compiled, objective, Limits(), highest)
            every = [amounts(problem, objective, cell) for cell in cells]
            for cell, found in zip(cells, extremes(question, cells), strict=True):
                assert found.proved
                assert found.amount == pick(every[cell], default=None)
                told(problem, objective, found)
            everything = [amount for each in every for amount in each]
            over_all = extreme(question, cells)
            assert (None if over_all is None else over_all.amount) == pick(everything, default=None)
    assert aside > EXAMPLES // 60, "too few examples in which rules were set aside"


def told(problem: Problem, objective: Objective, found: Extreme) -> None:
    """A choice that is told is a product of its cell, at its amount."""
    if found.choice is not None:
        assert found.choice in every_product(problem, found.cell)
        assert amount_of(problem, objective, found.choice, found.cell) == found.amount


def test_what_is_said_in_haste_is_never_called_proved_and_its_bounds_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cp_sat, "available", lambda: False)
    unproved = 0
    for seed in range(EXAMPLES):
        chance = Random(seed)
        problem = random_problem(chance, chance.randint(1, 7), chance.randint(1, 4))
        objective = random_objective(chance, problem)
        compiled = compiled_small(problem, chance, monkeypatch)
        ticks = iter(range(10**9))
        hurried = Limits(seconds=chance.randint(1, 40), clock=lambda ticks=ticks: next(ticks))  # type: ignore[misc]
        cells = range(len(problem.cells))
        for highest in (False, True):
            found = extreme(Question(compiled, objective, hurried, highest), cells)
            every = [amount for cell in cells for amount in amounts(problem, objective, cell)]
            if found is None or found.proved:
                best = (max if highest else min)(every, default=None)
                assert (None if found is None else found.amount) == best
                continue
            unproved += 1
            if found.bound is not None and every:
                assert found.bound >= max(every) if highest else found.bound <= min(every)
    assert unproved > EXAMPLES // 20
