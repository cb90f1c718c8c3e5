"""The engine says what looking at every single product says."""

from random import Random

import pytest

from cardkit.solve import compiled as compiling
from cardkit.solve.compiled import Compiled, compile_problem
from cardkit.solve.counting import count, count_with
from cardkit.solve.diagram import Diagram, compile_diagram
from cardkit.solve.limits import Limits, TooLarge
from cardkit.solve.problem import (
    Cluster,
    Limit,
    Need,
    Objective,
    Problem,
    Sum,
    Tiers,
    Together,
    amount_of,
    chosen_in,
)
from cardkit.solve.programme import Programme, lowest
from cardkit.solve.ranking import Condition, Ranking, ranked
from tests.solve.random_problems import (
    Choice,
    every_product,
    in_order,
    random_objective,
    random_problem,
)

EXAMPLES = 1500


def programme(problem: Problem, limits: Limits | None = None) -> Programme:
    limits = limits or Limits()
    return Programme(compile_diagram(problem, limits), tuple(range(len(problem.cells))), limits)


def products(ranking: Ranking) -> list[tuple[int, int, Choice]]:
    return [(product.amount, product.cell, product.choice) for product in ranking.found]


def paths(diagram: Diagram, cell: int) -> list[Choice]:
    """The products of a cell, read off the diagram by following every path."""
    beginnings: list[tuple[int, Choice]] = [] if diagram.out >> cell & 1 else [(0, frozenset())]
    for layer in diagram.layers:
        longer: list[tuple[int, Choice]] = []
        for node, choice in beginnings:
            without, with_ = layer.without[node], layer.with_[node]
            if without >= 0 and not diagram.labels[layer.without_label[node]][0] >> cell & 1:
                longer.append((without, choice))
            allowed = diagram.problem.allowed[layer.variable] >> cell & 1
            if with_ >= 0 and allowed and not diagram.labels[layer.with_label[node]][0] >> cell & 1:
                longer.append((with_, choice | {layer.variable}))
        beginnings = longer
    return [choice for _, choice in beginnings]


def test_the_diagram_holds_exactly_the_products_that_may_be_sold() -> None:
    random = Random(1)
    for _ in range(EXAMPLES):
        problem = random_problem(random, random.randint(0, 7), random.randint(1, 4))
        diagram = compile_diagram(problem, Limits())
        for cell in range(len(problem.cells)):
            assert sorted(map(sorted, paths(diagram, cell))) == sorted(
                map(sorted, every_product(problem, cell))
            )


def test_counts_are_those_of_every_product_and_of_those_with_each_module() -> None:
    random = Random(2)
    for _ in range(EXAMPLES):
        problem = random_problem(random, random.randint(0, 7), random.randint(1, 4))
        found = [every_product(problem, cell) for cell in range(len(problem.cells))]
        with_amounts = programme(problem)
        counted = count_with(programme(problem.without_amounts()))
        assert counted.products == count(with_amounts) == tuple(map(len, found))
        assert counted == count_with(with_amounts)
        assert counted.with_variable == tuple(
            tuple(sum(variable in choice for choice in choices) for choices in found)
            for variable in range(len(problem.variables))
        )


@pytest.mark.parametrize("highest", [False, True])
def test_the_lowest_and_the_highest_are_those_of_every_product_with_the_fewest_modules(highest: bool) -> None:
    random = Random(3)
    for _ in range(EXAMPLES):
        problem = random_problem(random, random.randint(0, 7), random.randint(1, 4))
        objective = random_objective(random, problem, random.choice([2, 50]))
        best = lowest(programme(problem), objective, highest=highest)
        for cell, (amount, choice) in enumerate(zip(best.amounts, best.choices, strict=True)):
            every = in_order(problem, objective, [cell], highest=highest, conditions=[])
            if choice is None:
                assert every == []
                assert amount is None
            else:
                assert amount == every[0][0] == amount_of(problem, objective, choice, cell)
                assert chosen_in(problem, choice, cell)
                assert len(choice) == len(every[0][2])


@pytest.mark.parametrize("highest", [False, True])
def test_the_best_in_order_are_those_of_every_product_also_where_rules_are_set_aside(
    highest: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(4)
    set_aside = 0
    for _ in range(EXAMPLES):
        problem = random_problem(random, random.randint(1, 7), random.randint(1, 4))
        objective = random_objective(random, problem, random.choice([2, 50]))
        monkeypatch.setattr(compiling, "FIRST_NODES", random.choice([1000, 12, 8, 7]))
        compiled = compile_problem(problem, Limits())
        set_aside += not compiled.exact
        conditions = [
            Condition(random_objective(random, problem), random.randint(-60, 60))
            for _ in range(random.choice([0, 0, 1, 2]))
        ]
        cells = random.sample(range(len(problem.cells)), random.randint(1, len(problem.cells)))
        every = in_order(problem, objective, cells, highest=highest, conditions=conditions)
        for most in (1, 3, 200):
            ranking = ranked(
                compiled, objective, cells, most, Limits(), highest=highest, conditions=conditions
            )
            assert ranking.finished
            assert products(ranking) == every[:most]
    assert set_aside > EXAMPLES // 5


def test_a_relaxation_never_promises_too_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where rules or amounts are set aside, the diagram's lowest is a bound of the real one."""
    random = Random(5)
    monkeypatch.setattr(compiling, "FIRST_NODES", 10)
    for _ in range(EXAMPLES // 3):
        problem = random_problem(random, random.randint(5, 7), 2)
        objective = random_objective(random, problem)
        compiled: Compiled = compile_problem(problem, Limits())
        both = Programme(compiled.diagram, (0, 1), Limits())
        least = lowest(both, compiled.relaxed(objective)).amounts
        most = lowest(both, compiled.relaxed(objective, highest=True), highest=True).amounts
        for cell in (0, 1):
            for choice in every_product(problem, cell):
                low, high = least[cell], most[cell]
                assert low is not None
                assert high is not None
                assert low <= amount_of(problem, objective, choice, cell) <= high


def test_memory_for_one_cell_at_a_time_changes_no_answer() -> None:
    random = Random(6)
    for _ in range(100):
        problem = random_problem(random, 6, 4)
        objective = random_objective(random, problem)
        roomy = programme(problem)
        for bytes_ in (100_000, 10_000):
            narrow = programme(problem, Limits(bytes=bytes_))
            try:
                assert count(narrow) == count(roomy)
                assert count_with(narrow) == count_with(roomy)
                assert lowest(narrow, objective) == lowest(roomy, objective)
            except TooLarge:
                assert bytes_ == 10_000  # which a single cell of the larger ones exceeds


def test_ties_are_listed_by_number_of_modules_then_cell_then_name() -> None:
    problem = Problem(("b", "a"), ("second", "first"), (3, 3))
    nothing = Objective([0, 0], [[0, 0], [0, 0]])
    compiled = compile_problem(problem, Limits())
    listed = [
        (problem.cells[cell], sorted(problem.variables[variable] for variable in choice))
        for _, cell, choice in ranked(compiled, nothing, [0, 1], 8, Limits()).found
    ]
    assert listed == [
        ("first", []),
        ("second", []),
        ("first", ["a"]),
        ("first", ["b"]),
        ("second", ["a"]),
        ("second", ["b"]),
        ("first", ["a", "b"]),
        ("second", ["a", "b"]),
    ]


def test_without_variables_the_empty_choice_is_the_only_product() -> None:
    problem = Problem((), ("a", "b"), (), sums=(Sum((), (Limit(1, None, 0b10, "never"),)),))
    objective = Objective([7, 8], [])
    found = lowest(programme(problem), objective)
    assert found.amounts == (7, None)
    assert found.choices == (frozenset(), None)
    assert count_with(programme(problem)).products == (1, 0)
    compiled = compile_problem(problem, Limits())
    assert products(ranked(compiled, objective, [0, 1], 5, Limits())) == [(7, 0, frozenset())]


def test_without_cells_there_is_nothing() -> None:
    problem = Problem(
        ("a", "b"),
        (),
        (0, 0),
        sums=(Sum(((0, 1), (1, 1)), (Limit(None, 1, 0, "most"),)),),
        needs=(Need(frozenset({0}), frozenset({1}), "need"),),
    )
    objective = Objective([], [[], []])
    assert lowest(programme(problem), objective).amounts == ()
    assert count(programme(problem)) == ()
    assert count_with(programme(problem)).with_variable == ((), ())
    assert ranked(compile_problem(problem, Limits()), objective, [], 3, Limits()).found == ()


@pytest.mark.parametrize(
    ("sums", "needs", "left"),
    [
        # Nothing allows even the empty choice.
        ((Sum(((0, 1), (1, 1)), (Limit(3, None, 1, "least"),)),), (), 0),
        ((Sum((), (Limit(1, None, 1, "least"),)),), (), 0),
        # One is needed, and whoever has one has none.
        (
            (Sum(((0, 1), (1, 1)), (Limit(1, None, 1, "least"),)),),
            (Need(frozenset({0, 1}), frozenset(), "none"),),
            0,
        ),
        # Only the empty choice is left.
        ((), (Need(frozenset({0, 1}), frozenset(), "none"),), 1),
    ],
)
def test_where_everything_is_forbidden_nothing_is_found(
    sums: tuple[Sum, ...], needs: tuple[Need, ...], left: int
) -> None:
    problem = Problem(("a", "b"), ("cell",), (1, 1), sums, needs)
    objective = Objective([5], [[-1], [-1]])
    assert count(programme(problem)) == (left,)
    assert count_with(programme(problem)).with_variable == ((0,), (0,))
    assert lowest(programme(problem), objective).amounts == ((5,) if left else (None,))
    assert len(ranked(compile_problem(problem, Limits()), objective, [0], 3, Limits()).found) == left


def test_a_module_that_is_a_trigger_and_a_need_needs_nothing() -> None:
    problem = Problem(("a",), ("cell",), (1,), needs=(Need(frozenset({0}), frozenset({0}), "itself"),))
    assert count(programme(problem)) == (2,)


def test_tiers_beyond_reach_and_amounts_for_one_module_are_counted_once() -> None:
    problem = Problem(
        ("a", "b"),
        ("cell",),
        (1, 1),
        clusters=(Cluster((1,)),),
        together=(Together((0,)),),
        tiers=(Tiers((0, 1), (1, 2, 9)),),
    )
    objective = Objective([0], [[0], [0]], [[[0], [1]]], [[10]], [[[100], [300], [1000]]])
    best = lowest(programme(problem), objective, highest=True)
    assert best.amounts == (311,)
    assert products(ranked(compile_problem(problem, Limits()), objective, [0], 4, Limits())) == [
        (0, 0, frozenset()),
        (101, 0, frozenset({1})),
        (110, 0, frozenset({0})),
        (311, 0, frozenset({0, 1})),
    ]
