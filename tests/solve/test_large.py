"""Numbers beyond 64 bits stay exact."""

from math import comb
from random import Random

import pytest

from cardkit.solve.compiled import compile_problem
from cardkit.solve.counting import count, count_with
from cardkit.solve.diagram import compile_diagram
from cardkit.solve.limits import Limits
from cardkit.solve.problem import Limit, Need, Objective, Problem, Sum
from cardkit.solve.programme import LARGEST, LARGEST_NARROW, Programme, lowest
from cardkit.solve.ranking import Condition, ranked
from tests.solve.random_problems import in_order, random_objective, random_problem


def programme(problem: Problem) -> Programme:
    return Programme(compile_diagram(problem, Limits()), tuple(range(len(problem.cells))), Limits())


@pytest.mark.parametrize("number", [61, 62, 63, 64, 100, 300, 1023, 1100])
def test_all_subsets_are_counted_and_half_of_them_have_each_module(number: int) -> None:
    """Cells differ: in the second a module is missing, in the third nothing may be sold."""
    names = tuple(f"m{at}" for at in range(number))
    nothing = Sum((), (Limit(1, None, 0b100, "closed"),))
    problem = Problem(names, ("all", "fewer", "none"), (0b101, *(0b111,) * (number - 1)), (nothing,))
    counted = count_with(programme(problem))
    assert counted.products == count(programme(problem)) == (2**number, 2 ** (number - 1), 0)
    assert counted.with_variable[0] == (2 ** (number - 1), 0, 0)
    assert counted.with_variable[-1] == (2 ** (number - 1), 2 ** (number - 2), 0)


def test_a_cell_with_few_products_among_cells_with_very_many_is_counted_exactly() -> None:
    """In the second cell nothing but the empty choice is left, at edges that carry very much elsewhere."""
    number = 1100
    none = Sum(((0, 1), (number - 1, 1)), (Limit(2, None, 0b10, "both"),))
    problem = Problem(tuple(f"m{at}" for at in range(number)), ("many", "few"), (1,) * number, (none,))
    assert count(programme(problem)) == (2**number, 0)
    needs = tuple(Need(frozenset({at}), frozenset({at - 1}), "chain") for at in range(1, number))
    chained = Problem(problem.variables, problem.cells, (0b11,) * number, (none,), needs)
    assert count(programme(chained)) == (number + 1, 1)


@pytest.mark.parametrize(("number", "most"), [(80, 40), (300, 8), (300, 150)])
def test_choices_of_at_most_so_many_are_counted(number: int, most: int) -> None:
    total = Sum(tuple((at, 1) for at in range(number)), (Limit(None, most, 1, "slots"),))
    problem = Problem(tuple(f"m{at}" for at in range(number)), ("cell",), (1,) * number, (total,))
    counted = count_with(programme(problem))
    assert counted.products == (sum(comb(number, size) for size in range(most + 1)),)
    assert set(counted.with_variable) == {(sum(comb(number - 1, size) for size in range(most)),)}


@pytest.mark.parametrize(
    "largest", [LARGEST_NARROW // 50, LARGEST_NARROW, LARGEST // 50, LARGEST, 2**63, 10**30]
)
def test_huge_amounts_are_those_of_every_product(largest: int) -> None:
    random = Random(largest)
    for _ in range(60):
        problem = random_problem(random, random.randint(0, 6), 3)
        objective = random_objective(random, problem, largest)
        conditions = [Condition(random_objective(random, problem, largest), random.randint(0, largest))]
        compiled = compile_problem(problem, Limits())
        for highest in (False, True):
            best = lowest(programme(problem), objective, highest=highest)
            for cell, amount in enumerate(best.amounts):
                every = in_order(problem, objective, [cell], highest=highest, conditions=[])
                assert amount == (every[0][0] if every else None)
            every = in_order(problem, objective, [0, 1, 2], highest=highest, conditions=conditions)
            found = ranked(
                compiled, objective, [0, 1, 2], 5, Limits(), highest=highest, conditions=conditions
            ).found
            assert [tuple(each) for each in found] == every[:5]


def test_a_budget_in_fen_is_kept_to_the_fen() -> None:
    """Weights as large as money is: no state is lost, none is merged that differs."""
    random = Random(11)
    weights = [random.randint(1, 10**9) for _ in range(14)]
    limit = sum(weights) // 3
    problem = Problem(
        tuple(f"m{at}" for at in range(14)),
        ("cell",),
        (1,) * 14,
        (Sum(tuple(enumerate(weights)), (Limit(None, limit, 1, "budget"),)),),
    )
    within = [
        total
        for chosen in range(2**14)
        if (total := sum(weight for at, weight in enumerate(weights) if chosen >> at & 1)) <= limit
    ]
    assert count(programme(problem)) == (len(within),)
    spent = Objective([0], [[weight] for weight in weights])
    assert lowest(programme(problem), spent, highest=True).amounts == (max(within),)
