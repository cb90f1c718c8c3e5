"""Why a product may not be sold: the sets that are named are the smallest that brute force finds."""

from itertools import combinations
from random import Random

from cardkit.combine.compile import indexed
from cardkit.ground.text import Text
from cardkit.model.constraint import Forbidden, Needs, Within
from cardkit.model.expression import Product
from cardkit.model.refusal import Refusal
from cardkit.solve import smallest
from cardkit.solve.conflicts import Conflicts, conflicts, even_if_extended
from tests.solve.random_constraints import (
    MODULES,
    SEGMENTS,
    broken_by,
    every_product,
    random_constraints,
)


def smallest_hitting(families: list[frozenset[str]], *, every: bool) -> set[frozenset[str]]:
    """The smallest sets that have an element of each family; with `every` the larger ones too."""
    found: set[frozenset[str]] = set()
    names = sorted(frozenset[str]().union(*families))
    for size in range(len(names) + 1):
        for some in map(frozenset, combinations(names, size)):
            if all(some & each for each in families) and not any(known <= some for known in found):
                found.add(some)
        if found and not every:
            break
    return found


def named(found: Conflicts) -> list[frozenset[str]]:
    assert found.complete
    sizes = [len(some) for some in found.sets]
    assert sizes == sorted(sizes)
    return [frozenset(refusal.rule for refusal in some) for some in found.sets]


def test_conflict_sets_are_those_of_brute_force() -> None:
    chance = Random(4)
    seen: set[tuple[str, int]] = set()
    for _ in range(1_200):
        constraints = random_constraints(chance)
        product = chance.choice(list(every_product(*SEGMENTS, None)))
        every = chance.random() < 0.5
        offered = [product] if product.segment else [product.to(segment) for segment in SEGMENTS]
        broken = [broken_by(constraints, each) for each in offered]
        expected = smallest_hitting(broken, every=every) if all(broken) else set()
        found = named(conflicts(constraints, product, SEGMENTS, every=every))
        assert set(found) == expected
        assert len(found) == len(expected)
        seen |= {("whole" if product.segment else "open", len(each)) for each in expected}

        longer = [
            each
            for each in every_product(*(offer.segment for offer in offered))
            if each.card == product.card and set(product.modules) <= set(each.modules)
        ]
        broken = [broken_by(constraints, each) for each in longer]
        expected = smallest_hitting(broken, every=every) if all(broken) else set()
        found = named(even_if_extended(constraints, product, SEGMENTS, frozenset(MODULES), every=every))
        assert set(found) == expected
        assert len(found) == len(expected)
        seen |= {("extended", len(each)) for each in expected}
    assert seen >= {("whole", 1), ("open", 1), ("open", 2), ("extended", 1), ("extended", 2)}


def refusal(rule: str) -> Refusal:
    return Refusal(rule, Text("因为", "because"), rule)


def test_a_need_that_what_was_chosen_excludes_names_both_rules_and_what_is_missing() -> None:
    needs = Needs(refusal("a-needs-c"), frozenset({"a"}), frozenset({"c"}))
    excludes = Within(refusal("b-excludes-c"), {"b": 1, "c": 1}, None, 1)
    product, modules = Product("card", ("a", "b"), "s"), frozenset({"a", "b", "c"})
    constraints = indexed([needs, excludes])
    (broken,) = conflicts(constraints, product, ("s",)).sets
    assert [each.rule for each in broken] == ["a-needs-c"]
    assert broken[0].told.en == "because (missing: c)"
    assert named(even_if_extended(constraints, product, ("s",), modules)) == [
        frozenset({"a-needs-c", "b-excludes-c"})
    ]
    alone = Product("card", ("a",), "s")
    assert even_if_extended(constraints, alone, ("s",), modules).sets == ()


def test_a_sum_says_how_much_was_used_by_what_and_how_much_is_allowed() -> None:
    heavy = Within(refusal("load"), {"a": 2, "b": 3, "c": 1}, None, 4)
    ((told,),) = conflicts(indexed([heavy]), Product("card", ("a", "b"), "s"), ("s",)).sets
    assert told.told.en == "because (at most 4 allowed, now 5: a 2, b 3)"
    assert told.told.zh == "因为（最多 4，现为 5：a 2、b 3）"


def test_too_many_sets_are_cut_and_said_to_be() -> None:
    """Eight segments, each refused by three rules of its own: 3⁸ sets of eight."""
    segments = tuple(f"s{number}" for number in range(8))
    refusing = [
        Forbidden(refusal(f"{segment}-{number}"), None, None, frozenset({segment}))
        for segment in segments
        for number in range(3)
    ]
    found = conflicts(indexed(refusing), Product("card", ()), segments)
    assert not found.complete
    assert len(found.sets) == smallest.MOST_SETS
    assert all(len(some) == 8 for some in found.sets)
