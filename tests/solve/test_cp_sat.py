"""CP-SAT, a second prover that shares nothing with the diagram, proves the same amounts."""

from random import Random

import pytest

from cardkit.solve.compiled import compile_problem
from cardkit.solve.cp_sat import LARGEST, Proof, available, lowest
from cardkit.solve.limits import Limits, TooLarge
from cardkit.solve.problem import Limit, Objective, Problem, Sum, amount_of, chosen_in
from cardkit.solve.programme import Programme
from cardkit.solve.programme import lowest as by_diagram
from cardkit.solve.ranking import ranked
from tests.solve.local_problems import local_problem
from tests.solve.random_problems import in_order, random_objective, random_problem
from tests.solve.test_limits import dense, worth


def test_it_is_installed_wherever_the_tests_run() -> None:
    assert available()


@pytest.mark.parametrize("highest", [False, True])
def test_on_small_problems_it_proves_what_looking_at_every_product_says(highest: bool) -> None:
    random = Random(21)
    for _ in range(150):
        problem = random_problem(random, random.randint(0, 7), random.randint(1, 4))
        objective = random_objective(random, problem)
        cells = random.sample(range(len(problem.cells)), random.randint(1, len(problem.cells)))
        proof = lowest(problem, objective, cells, Limits(), highest=highest)
        every = in_order(problem, objective, cells, highest=highest, conditions=[])
        assert proof.proved
        assert proof.amount == (every[0][0] if every else None)


@pytest.mark.parametrize(("modules", "segments"), [(30, 6), (60, 4), (100, 3)])
@pytest.mark.parametrize("highest", [False, True])
def test_on_catalogs_of_twenty_cards_both_provers_agree_in_every_segment(
    modules: int, segments: int, highest: bool
) -> None:
    problem, objective = local_problem(modules, cards=20, segments=segments)
    compiled = compile_problem(problem, Limits())
    assert compiled.exact
    found = by_diagram(
        Programme(compiled.diagram, tuple(range(len(problem.cells))), Limits()), objective, highest=highest
    )
    pick = max if highest else min
    for segment in range(segments):
        cells = range(segment, len(problem.cells), segments)
        proof = lowest(problem, objective, cells, Limits(seconds=300), highest=highest)
        expected = pick(
            (amount for cell in cells if (amount := found.amounts[cell]) is not None), default=None
        )
        assert proof.proved
        assert proof.amount == expected
        if proof.choice is not None and proof.cell is not None:
            assert proof.cell in cells
            assert chosen_in(problem, proof.choice, proof.cell)
            assert amount_of(problem, objective, proof.choice, proof.cell) == expected


def test_where_rules_are_set_aside_the_search_and_the_second_prover_agree() -> None:
    """Money budgets and count limits over far-away modules: no diagram of them stays small."""
    problem = dense(24, 3, cells=4)
    objective = worth(problem)
    compiled = compile_problem(problem, Limits(nodes=2000))
    assert not compiled.exact
    for highest in (False, True):
        ranking = ranked(compiled, objective, range(4), 1, Limits(seconds=300), highest=highest)
        proof = lowest(problem, objective, range(4), Limits(seconds=300), highest=highest)
        assert ranking.finished
        assert proof.proved
        assert [each.amount for each in ranking.found] == ([] if proof.amount is None else [proof.amount])


def test_without_time_nothing_is_proved_and_the_parts_give_a_bound() -> None:
    problem = dense(12, 1, cells=2)
    objective = worth(problem)
    proof = lowest(problem, objective, [0, 1], Limits(seconds=-1))
    assert not proof.proved
    assert proof.amount is None
    assert proof.bound == min(
        sum(min(0, amounts[cell]) for amounts in objective.variables) for cell in (0, 1)
    )


@pytest.mark.parametrize("highest", [False, True])
def test_what_it_could_not_prove_in_time_is_not_proved_and_has_a_bound(highest: bool) -> None:
    """Knapsacks that must be filled to the unit; whatever was found by then keeps the bound."""
    problem = market_split(8, 60)
    objective = worth(problem)
    proof = lowest(problem, objective, [0], Limits(seconds=0.3), highest=highest)
    assert not proof.proved
    assert proof.bound is not None
    assert abs(proof.bound) <= sum(abs(amounts[0]) for amounts in objective.variables)
    if proof.amount is not None:
        assert proof.bound >= proof.amount if highest else proof.bound <= proof.amount


def market_split(rules: int, variables: int) -> Problem:
    """Sums that must meet their half exactly (Cornuéjols and Dawande 1998): small, and hard for solvers."""
    random = Random(1)
    sums = []
    for _ in range(rules):
        weights = tuple((variable, random.randint(1, 99)) for variable in range(variables))
        half = sum(weight for _, weight in weights) // 2
        sums.append(Sum(weights, (Limit(half, half, 1, "half"),)))
    return Problem(tuple(f"m{at}" for at in range(variables)), ("cell",), (1,) * variables, tuple(sums))


def test_sums_beyond_what_it_tells_exactly_are_refused() -> None:
    problem = Problem(("a",), ("cell",), (1,))
    assert lowest(problem, Objective([0], [[-LARGEST]]), [0], Limits()) == Proof(
        True, -LARGEST, 0, frozenset({0}), None
    )
    with pytest.raises(TooLarge, match="amounts"):
        lowest(problem, Objective([0], [[-LARGEST - 1]]), [0], Limits())
    heavy = Sum(((0, LARGEST + 1),), (Limit(None, 5, 1, "budget"),))
    with pytest.raises(TooLarge, match="amounts"):
        lowest(Problem(("a",), ("cell",), (1,), (heavy,)), Objective([0], [[1]]), [0], Limits())
