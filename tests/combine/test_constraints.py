"""What the compiled constraints say of a product is what the rules say in words."""

from random import Random

import pytest

from cardkit.combine.compile import constraints
from cardkit.combine.sellable import refusals, sellable_segments
from cardkit.model.catalog import Catalog
from cardkit.model.rule.registry import RULES
from tests.combine.plain_rules import broken_rules
from tests.combine.random_catalogs import AS_OF, example, products, random_catalog


@pytest.fixture(scope="module")
def base() -> Catalog:
    return example()


def test_every_product_of_small_random_catalogs_is_refused_by_the_same_rules_in_the_same_order(
    base: Catalog,
) -> None:
    chance = Random(7)
    kinds: set[str] = set()
    for _ in range(1_000):
        catalog = random_catalog(base, chance)
        for product in products(catalog):
            broken = list(broken_rules(catalog, product))
            assert [refusal.rule for refusal in refusals(catalog, product, AS_OF)] == broken
            kinds |= {catalog.rules[name].rule for name in broken if name in catalog.rules}
    assert kinds == set(RULES)


def test_a_segment_that_is_not_chosen_yet_refuses_nothing(base: Catalog) -> None:
    chance = Random(8)
    for _ in range(200):
        catalog = random_catalog(base, chance)
        for product in products(catalog):
            if product.segment is None:
                open_ = {refusal.rule for refusal in refusals(catalog, product, AS_OF)}
                for segment in catalog.segments:
                    assert open_ <= {each.rule for each in refusals(catalog, product.to(segment), AS_OF)}
                if open_:
                    assert sellable_segments(catalog, product, AS_OF) == ()


def test_constraints_are_compiled_once_for_each_day(base: Catalog) -> None:
    assert constraints(base, AS_OF) is constraints(base, AS_OF)
    assert constraints(base, AS_OF) is not constraints(base, AS_OF.replace(year=2027))
