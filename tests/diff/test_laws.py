"""Laws of the difference, over random catalogs: nothing from nothing, and every figure as `price` has it."""

from collections.abc import Iterator
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cardkit.combine.sellable import refusals
from cardkit.diff.assortment import assortment
from cardkit.diff.difference import difference
from cardkit.diff.edges import _prices_can_move
from cardkit.diff.offers import may_move
from cardkit.diff.projection import cells_with_other_products
from cardkit.diff.sides import Sides
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product, parse
from cardkit.pricing.missing import MissingFigure
from cardkit.pricing.price import price
from cardkit.pricing.setting import Day
from cardkit.solve.limits import Limits
from cardkit.source.load import from_texts
from tests.combine.random_catalogs import example, random_catalog
from tests.laws.catalogs import Tree, texts, trees
from tests.laws.examples import examples
from tests.laws.test_random_catalogs import AS_OF, loaded


def every_product(catalog: Catalog) -> Iterator[Product]:
    """Every product that anybody could assemble, whether or not it may be sold."""
    modules = sorted(catalog.modules)
    for card in catalog.cards:
        for segment in catalog.segments:
            for mask in range(1 << len(modules)):
                chosen = tuple(name for bit, name in enumerate(modules) if mask >> bit & 1)
                yield Product(card, chosen, segment)


def amounts(day: Day, product: Product) -> tuple[int, int, int] | None:
    try:
        found = price(day, product)
    except MissingFigure:
        return None
    return found.contribution, found.customer_pays, found.customer_value


@given(trees())
@examples(25)
def test_a_catalog_against_itself_is_no_difference(tree: Tree) -> None:
    one, other = (Day(from_texts(texts(tree), []), AS_OF) for _ in range(2))
    found = difference(Sides(one, other), Limits())
    assert found.is_empty
    told = (found.promises, found.money, found.fields, found.assortment.cells)
    assert not any(told)
    assert not found.wording.changes


@given(trees(), st.integers(0, 2**32))
@examples(25)
def test_what_is_not_told_did_not_move(tree: Tree, seed: int) -> None:
    """One file is another catalog's: what may not have moved has not, and what is told is what price says."""
    random = Random(seed)
    changed = dict(tree)
    names = [name for name in tree if name.startswith(("modules/", "bundles/", "cards/", "segments/"))]
    name = random.choice(names)
    changed[name] = _otherwise(tree[name], random)
    before, after = Day(loaded(tree), AS_OF), Day(from_texts(texts(changed), []), AS_OF)
    if after.catalog.findings:
        return
    sides = Sides(before, after)
    for product in every_product(before.catalog):
        if not may_move(sides, product):
            assert amounts(before, product) == amounts(after, product), (name, str(product))
        elif amounts(before, product) != amounts(after, product) and not refusals(
            after.catalog, product, AS_OF
        ):
            assert _prices_can_move(sides, (product.card, product.segment or ""))
    found = difference(sides, Limits())
    for change in found.money:
        for day, figures in ((before, change.before), (after, change.after)):
            if figures is not None:
                product = parse(day.catalog, figures.product).product
                assert figures.amounts == amounts(day, product)
                assert figures.sellable == (not refusals(day.catalog, product, AS_OF))


def _otherwise(data: dict[str, Any], random: Random) -> dict[str, Any]:
    """An entity with another number somewhere in it, or without a benefit."""
    benefits = data.get("benefits")
    if isinstance(benefits, list) and len(benefits) > 1 and random.random() < 0.4:
        return data | {"benefits": benefits[1:]}
    for key, value in (
        ("price", 17),
        ("discount", 3),
        ("annual_fee", 41),
        ("population", 12345),
        ("slots", 2),
    ):
        if key in data:
            return data | {key: value}
    return data


@given(st.integers(0, 2**32), st.integers(0, 2**32))
@examples(40)
def test_products_gained_and_lost_are_exactly_those(one: int, other: int) -> None:
    """Two random catalogs of rules: the numbers are those of looking at every product."""
    days = [Day(random_catalog(example(), Random(seed)), AS_OF) for seed in (one, other)]
    sides = Sides(days[0], days[1])
    found = assortment(sides, cells_with_other_products(sides), Limits())
    sold = [
        {product for product in every_product(day.catalog) if not refusals(day.catalog, product, AS_OF)}
        for day in days
    ]
    assert (found.gained, found.lost) == (len(sold[1] - sold[0]), len(sold[0] - sold[1]))
    told = {each.subject.id: (each.before, each.after) for each in found.cells}
    for cell in {f"{each.card}@{each.segment}" for side in sold for each in side}:
        numbers = tuple(sum(f"{each.card}@{each.segment}" == cell for each in side) for side in sold)
        differ = {each for each in sold[0] ^ sold[1] if f"{each.card}@{each.segment}" == cell}
        assert told.get(cell) == (numbers if differ else None)
    for each in found.examples:
        product = each.subject.id
        assert (product in {str(each) for each in sold[0]}) is (each.before is not None)
        assert (product in {str(each) for each in sold[1]}) is (each.after is not None)
    assert bool(found.examples) is bool(found.gained or found.lost)
