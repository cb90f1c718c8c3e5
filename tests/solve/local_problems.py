"""Problems as large as a bank's catalog, whose rules tie modules to their neighbours, in a hidden order."""

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
)
from tests.solve.random_problems import random_objective

NEAR = 8
"""Rules are about modules that are no further apart."""


def local_problem(
    modules: int, *, cards: int = 20, segments: int = 20, seed: int = 1
) -> tuple[Problem, Objective]:
    """Exclusions, needs, groups, slots by card, prices of groups; cell = card · segments + segment."""
    random = Random(seed)
    everywhere = (1 << cards * segments) - 1
    row = random.sample(range(modules), modules)

    def of_cards(some: list[int]) -> Mask:
        return sum(((1 << segments) - 1) << card * segments for card in some)

    def of_segments(some: list[int]) -> Mask:
        return sum(1 << card * segments + segment for card in range(cards) for segment in some)

    def near(number: int) -> list[int]:
        start = random.randrange(modules)
        return [row[(start + step) % modules] for step in random.sample(range(NEAR), number)]

    def at_most(number: int, variables: list[int]) -> Sum:
        return Sum(tuple((each, 1) for each in variables), (Limit(None, number, everywhere, "at most"),))

    def allowed() -> Mask:
        where = everywhere
        if random.random() < 0.3:
            where &= of_cards(random.sample(range(cards), cards // 2))
        if random.random() < 0.3:
            where &= of_segments(random.sample(range(segments), segments // 2))
        return where

    def a_need() -> Need:
        trigger, first, second = near(3)
        return Need(frozenset({trigger}), frozenset({first, second}), "need")

    slots: dict[int, list[int]] = {}
    for card in range(cards):
        slots.setdefault(random.randint(4, 8), []).append(card)
    of_slots = tuple(Limit(None, number, of_cards(some), "slots") for number, some in slots.items())
    problem = Problem(
        variables=tuple(f"m{at}" for at in range(modules)),
        cells=tuple(f"card-{card}@segment-{segment}" for card in range(cards) for segment in range(segments)),
        allowed=tuple(allowed() for _ in range(modules)),
        sums=(
            *(at_most(1, near(2)) for _ in range(modules // 3)),
            *(at_most(2, near(5)) for _ in range(modules // 6)),
            Sum(tuple((at, random.choice([1, 1, 1, 2])) for at in range(modules)), of_slots),
        ),
        needs=tuple(a_need() for _ in range(modules // 5)),
        clusters=tuple(Cluster(tuple(near(random.randint(2, 3)))) for _ in range(modules // 10)),
        together=tuple(Together(tuple(near(3))) for _ in range(4)),
        tiers=(Tiers(tuple(range(modules)), (2, 3, 5)),),
    )
    return problem, random_objective(random, problem, 5000)
