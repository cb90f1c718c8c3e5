"""What the solver says agrees with looking at every product."""

from collections.abc import Iterator
from itertools import combinations
from random import Random

import pytest

from cardkit.ground.text import Text
from cardkit.model.constraint import Within
from cardkit.model.expression import Product
from cardkit.model.refusal import Refusal
from cardkit.solve import clauses, sat
from cardkit.solve.limits import OutOfTime
from cardkit.solve.sat import Sat
from tests.solve.random_constraints import (
    CARDS,
    MODULES,
    SEGMENTS,
    broken_by,
    every_product,
    random_constraints,
)


def smallest_hitting(families: list[frozenset[str]]) -> list[frozenset[str]]:
    """Every set that has an element of each family and of which none can be left out, by looking at all."""
    names = sorted(frozenset[str]().union(*families))
    found: list[frozenset[str]] = []
    for size in range(len(names) + 1):
        for some in map(frozenset, combinations(names, size)):
            if all(some & each for each in families) and not any(known <= some for known in found):
                found.append(some)
    return found


def some_of(chance: Random, names: tuple[str, ...], share: float) -> tuple[str, ...]:
    return tuple(name for name in names if chance.random() < share)


@pytest.mark.parametrize(("seed", "rounds", "most_nodes"), [(1, 1_500, clauses.MOST_NODES), (2, 500, 0)])
def test_products_and_smallest_conflicts_are_those_of_brute_force(
    monkeypatch: pytest.MonkeyPatch, seed: int, rounds: int, most_nodes: int
) -> None:
    """Without nodes for a diagram every sum is added up in binary."""
    monkeypatch.setattr(clauses, "MOST_NODES", most_nodes)
    chance = Random(seed)
    sizes: set[int] = set()
    sellable = 0
    for _ in range(rounds):
        constraints = random_constraints(chance)
        segments = chance.choice((SEGMENTS, (*SEGMENTS, None)))
        asked = Sat(constraints.all, CARDS, segments, frozenset(MODULES))
        wanted = some_of(chance, MODULES, 0.35)
        unwanted = [name for name in some_of(chance, MODULES, 0.15) if name not in wanted]
        cards = some_of(chance, CARDS, 0.6) or CARDS[:1]
        without = some_of(chance, ("r0", "r1", "r2"), 0.2)
        products = [
            product
            for product in every_product(*segments)
            if product.card in cards
            and set(wanted) <= set(product.modules)
            and not set(unwanted) & set(product.modules)
        ]
        broken = {product: broken_by(constraints, product) - set(without) for product in products}
        found = asked.solve(wanted, unwanted, without, cards)
        blame = asked.conflicts(wanted, unwanted, without, cards, every=True)
        assert blame.complete
        if found is not None:
            sellable += 1
            assert not broken[found]
            assert blame.sets == ()
            assert all(broken[less] for less in fewer(found, wanted))
        else:
            expected = smallest_hitting(list(set(broken.values())))
            assert sorted(map(sorted, blame.sets)) == sorted(map(sorted, expected))
            least = len(expected[0])
            shortest = asked.conflicts(wanted, unwanted, without, cards).sets
            assert set(shortest) == {each for each in expected if len(each) == least}
            sizes.add(least)
    assert sizes >= {1, 2}
    assert rounds / 5 < sellable < rounds


def fewer(product: Product, wanted: tuple[str, ...]) -> Iterator[Product]:
    """The product without each of the modules that weren't asked for."""
    for name in set(product.modules) - set(wanted):
        yield Product(product.card, tuple(each for each in product.modules if each != name), product.segment)


def budget(name: str, weights: dict[str, int], least: int, most: int) -> Within:
    return Within(Refusal(name, Text("预算", "budget"), name), weights, least, most)


def test_sums_too_large_for_a_diagram_are_added_up_all_the_same() -> None:
    """Which of 60 weights of up to a billion add up to exactly what 20 of them do?"""
    chance = Random(3)
    weights = {f"m{number}": chance.randint(1, 10**9) for number in range(60)}
    hidden = chance.sample(sorted(weights), 20)
    total = sum(weights[name] for name in hidden)
    modules = frozenset(weights)
    exact = Sat((budget("exact", weights, total, total),), ("c",), ("s",), modules)
    found = exact.solve(assumed_in=hidden[:17], assumed_out=modules - set(hidden) - set(sorted(modules)[:20]))
    assert found is not None
    assert sum(weights[name] for name in found.modules) == total
    missed = Sat((budget("missed", weights, total + 1, total + 1),), ("c",), ("s",), modules)
    assert missed.conflicts(assumed_out=modules - set(hidden)).sets == (frozenset({"missed"}),)


def test_what_the_solver_does_not_find_out_in_time_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty-one modules that each exclude each other can't fill thirty: hard for any solver of clauses."""
    monkeypatch.setattr(sat, "SECONDS", 0.2)
    pigeons = [[f"p{pigeon}-{hole}" for hole in range(30)] for pigeon in range(31)]
    rules = [
        Within(Refusal(f"p{n}", Text("", ""), "p"), dict.fromkeys(some, 1), 1)
        for n, some in enumerate(pigeons)
    ]
    rules += [
        Within(Refusal(f"h{n}", Text("", ""), "h"), dict.fromkeys(some, 1), None, 1)
        for n, some in enumerate(zip(*pigeons, strict=True))
    ]
    every = frozenset(name for some in pigeons for name in some)
    with pytest.raises(OutOfTime):
        Sat(tuple(rules), ("c",), ("s",), every).solve()


def test_nothing_to_look_at_has_no_product_and_nobody_to_blame() -> None:
    empty = Sat((), (), ("s",), frozenset())
    assert empty.solve() is None
    assert empty.conflicts().sets == ()
