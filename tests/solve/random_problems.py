"""Small random problems, every product of which can be looked at, and what looking at each one gives."""

from itertools import combinations
from random import Random

from cardkit.solve.problem import (
    Cluster,
    Limit,
    Mask,
    Need,
    Objective,
    Problem,
    Sum,
    Tiers,
    Together,
    amount_of,
    chosen_in,
)
from cardkit.solve.ranking import Condition

Choice = frozenset[int]


def random_problem(random: Random, variables: int, cells: int) -> Problem:
    """Rules of every kind over any of the variables, tight and loose ones, some for a few cells only."""
    everywhere = (1 << cells) - 1

    def some_cells() -> Mask:
        return random.choice([everywhere, everywhere, random.getrandbits(cells)])

    def some(most: int, least: int = 1) -> tuple[int, ...]:
        return tuple(sorted(random.sample(range(variables), min(variables, random.randint(least, most)))))

    def a_sum() -> Sum:
        weights = tuple((variable, random.choice([1, 1, 1, 2, 3, -1, -2])) for variable in some(variables))
        limits = tuple(
            Limit(
                random.choice([None, None, 0, 1, 2]), random.choice([None, 0, 1, 2, 3]), some_cells(), "sum"
            )
            for _ in range(random.randint(1, 2))
        )
        return Sum(weights, limits)

    def any_number(most: int) -> range:
        return range(random.randint(0, most) if variables else 0)

    return Problem(
        variables=tuple(f"m{at}" for at in range(variables)),
        cells=tuple(f"c{at}" for at in range(cells)),
        allowed=tuple(some_cells() for _ in range(variables)),
        sums=tuple(a_sum() for _ in any_number(3)),
        needs=tuple(Need(frozenset(some(2)), frozenset(some(2, 0)), "need") for _ in any_number(2)),
        clusters=tuple(Cluster(some(3)) for _ in any_number(2)),
        together=tuple(Together(some(variables)) for _ in any_number(1)),
        tiers=tuple(
            Tiers(some(variables), tuple(sorted(random.sample(range(1, 5), random.randint(1, 3)))))
            for _ in any_number(1)
        ),
    )


def random_objective(random: Random, problem: Problem, largest: int = 50) -> Objective:
    """An amount for everything that amounts may depend on; with a small `largest` there are many ties."""
    cells = range(len(problem.cells))

    def amounts() -> list[int]:
        return [random.randint(-largest, largest) for _ in cells]

    return Objective(
        amounts(),
        [amounts() for _ in problem.variables],
        [
            [[0 for _ in cells], *(amounts() for _ in range(2 ** len(cluster.variables) - 1))]
            for cluster in problem.clusters
        ],
        [amounts() for _ in problem.together],
        [[amounts() for _ in tiers.numbers] for tiers in problem.tiers],
    )


def every_product(problem: Problem, cell: int) -> list[Choice]:
    """Every choice that may be sold in a cell, found by looking at each."""
    number = len(problem.variables)
    choices = (
        frozenset(chosen) for size in range(number + 1) for chosen in combinations(range(number), size)
    )
    return [choice for choice in choices if chosen_in(problem, choice, cell)]


def in_order(
    problem: Problem,
    objective: Objective,
    cells: list[int],
    *,
    highest: bool,
    conditions: list[Condition],
) -> list[tuple[int, int, Choice]]:
    """Every product that keeps the conditions, as (amount, cell, choice), the best first."""

    def place(product: tuple[int, int, Choice]) -> tuple[int, int, str, list[str]]:
        amount, cell, choice = product
        names = sorted(problem.variables[variable] for variable in choice)
        return -amount if highest else amount, len(choice), problem.cells[cell], names

    found = [
        (amount_of(problem, objective, choice, cell), cell, choice)
        for cell in cells
        for choice in every_product(problem, cell)
        if all(
            amount_of(problem, condition.objective, choice, cell) <= condition.most
            for condition in conditions
        )
    ]
    return sorted(found, key=place)
