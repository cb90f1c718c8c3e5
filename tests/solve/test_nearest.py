"""The nearest products that may be sold are those of brute force, in the order of the user's aim."""

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from cardkit.combine.compile import indexed
from cardkit.combine.sellable import refusals
from cardkit.ground.text import Text
from cardkit.model.catalog import Catalog
from cardkit.model.constraint import Constraint, Forbidden, Within
from cardkit.model.expression import Product
from cardkit.model.refusal import Refusal
from cardkit.pricing.price import price
from cardkit.pricing.setting import Day
from cardkit.solve import repair
from cardkit.solve.nearest import nearest
from cardkit.solve.repair import Repair
from cardkit.solve.suggestions import AIMS, Aim
from cardkit.source.load import from_texts
from tests.laws.catalogs import texts, tree_of
from tests.solve.random_constraints import CARDS, SEGMENTS, broken_by, every_product, random_constraints

AS_OF = date(2026, 7, 1)


def distance(one: Product, other: Product) -> int:
    """Modules added or taken out, and the card changed: one each."""
    return len(set(one.modules) ^ set(other.modules)) + (one.card != other.card)


@pytest.mark.parametrize("only_adding", [False, True])
def test_all_products_at_the_smallest_distance_are_found(only_adding: bool) -> None:
    chance = Random(5)
    distances: set[int] = set()
    for _ in range(1_200):
        constraints = random_constraints(chance)
        sellable = {one for one in every_product(*SEGMENTS) if not broken_by(constraints, one)}
        product = chance.choice(list(every_product(*SEGMENTS, None)))
        if product.segment is None:
            sellable = {one.to(None) for one in sellable}
        among = [
            one
            for one in sellable
            if one.segment == product.segment
            and (not only_adding or (one.card == product.card and set(product.modules) <= set(one.modules)))
        ]
        least = min((distance(product, one) for one in among), default=0)
        looking = Repair(constraints, SEGMENTS, () if only_adding else CARDS, remove=not only_adding)
        found = looking.nearest(product)
        assert found.complete
        assert set(found.found) == {one for one in among if distance(product, one) == least}
        assert all(len(set(changes)) == least for changes in found.found.values())
        distances.add(least)
    assert distances >= {0, 1, 2, 3}


def test_what_is_farther_off_needs_all_of_its_changes() -> None:
    chance = Random(9)
    farther = 0
    for _ in range(600):
        constraints = random_constraints(chance)
        sellable = {one for one in every_product(*SEGMENTS) if not broken_by(constraints, one)}
        product = chance.choice(list(every_product(*SEGMENTS)))
        needed = {
            one: changes_of(product, one)
            for one in sellable
            if one.segment == product.segment
            and not any(
                other.segment == product.segment and changes_of(product, other) < changes_of(product, one)
                for other in sellable
            )
        }
        found = Repair(constraints, SEGMENTS, CARDS).nearest(product, enough=3).found
        assert {one: frozenset(changes) for one, changes in found.items()}.items() <= needed.items()
        sizes = {len(changes) for changes in found.values()}
        assert set(found) == {one for one, changes in needed.items() if len(changes) in sizes}
        farther += len(sizes) > 1
    assert farther > 30


def changes_of(product: Product, other: Product) -> frozenset[str]:
    """What is changed from one product to the other."""
    had, has = set(product.modules), set(other.modules)
    changed = {f"-{name}" for name in had - has} | {f"+{name}" for name in has - had}
    return frozenset(changed | ({f"card {other.card}"} if product.card != other.card else set()))


def products(catalog: Catalog) -> Iterator[Product]:
    for card in catalog.cards:
        for number in range(2 ** len(catalog.modules)):
            modules = tuple(name for bit, name in enumerate(sorted(catalog.modules)) if number >> bit & 1)
            for segment in catalog.segments:
                yield Product(card, modules, segment)


def effects(day: Day, before: Product, after: Product) -> tuple[int, int]:
    """What changes for the bank and for the customer."""
    old, new = price(day, before), price(day, after)
    return new.contribution - old.contribution, new.customer_net - old.customer_net


@pytest.mark.parametrize("aim", AIMS)
def test_suggestions_are_ranked_by_the_aim_with_their_effects_on_the_price(aim: Aim) -> None:
    chance = Random(6)
    ranked = 0
    for seed in range(60):
        catalog = from_texts(texts(tree_of(("cashback", "voucher", "feature"), seed)), [])
        day = Day(catalog, AS_OF)
        every = list(products(catalog))
        sellable = [one for one in every if not refusals(catalog, one, AS_OF)]
        for product in chance.sample(every, min(4, len(every))):
            among = [one for one in sellable if one.segment == product.segment]
            least = min((distance(product, one) for one in among), default=0)
            known = {one: effects(day, product, one) for one in among if 0 < distance(product, one) == least}
            expected = [
                one for _, one in sorted((-changed[AIMS.index(aim)], one) for one, changed in known.items())
            ]
            if product in sellable:
                continue
            found = nearest(day, product, aim)
            assert found.complete
            shown = [each for each in found.suggestions if len(each.changes) == least]
            assert [each.product for each in shown[:5]] == expected[:5]
            assert found.others == max(0, len(expected) - 5)
            for each in found.suggestions:
                assert (each.contribution_change, each.customer_net_change) == effects(
                    day, product, each.product
                )
            ranked += len(expected) > 1
    assert ranked > 10


def refusal(rule: str) -> Refusal:
    return Refusal(rule, Text("因为", "because"), rule)


def test_far_products_are_found_too() -> None:
    """Forty retired modules: all must go, and nothing else is looked at."""
    modules = tuple(f"m{number:02}" for number in range(60))
    retired = [Forbidden(refusal(name), frozenset({name})) for name in modules[:40]]
    found = Repair(indexed(retired), ("s",)).nearest(Product("card", modules, "s"))
    assert found.complete
    assert list(found.found) == [Product("card", modules[40:], "s")]


@pytest.mark.parametrize("steps", [50, 20_000])
def test_a_search_that_is_cut_short_says_so_and_still_suggests_something(
    monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """Of forty modules thirteen must go, whichever: twelve billion products are as near."""
    monkeypatch.setattr(repair, "MOST_STEPS", steps)
    modules = tuple(f"m{number:02}" for number in range(40))
    constraints: list[Constraint] = [Within(refusal("slots"), dict.fromkeys(modules, 1), None, 27)]
    found = Repair(indexed(constraints), ("s",)).nearest(Product("card", modules, "s"))
    assert not found.complete
    assert found.found
    assert all(len(each.modules) == 27 for each in found.found)
