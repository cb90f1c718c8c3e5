"""The parts that all prices add up from: they add up to every price, however they were computed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product
from cardkit.pricing import reckoner
from cardkit.pricing.clusters import clusters
from cardkit.pricing.parts import Parts, terms_of
from cardkit.pricing.price import Price, price
from cardkit.pricing.price_table import PriceTable, price_table
from cardkit.pricing.setting import Day
from cardkit.pricing.table_terms import PerCell
from cardkit.pricing.totals import Totals
from cardkit.source.load import load
from tests.laws.catalogs import Tree, trees
from tests.laws.examples import examples
from tests.laws.test_random_catalogs import AS_OF, loaded

SHIPPED = load(Path(__file__).parents[2] / "catalog")


def offers(catalog: Catalog) -> dict[tuple[str, str], tuple[str, ...]]:
    """Every cell, with all modules in each."""
    return dict.fromkeys(product(catalog.cards, catalog.segments), tuple(catalog.modules))


def every_product(catalog: Catalog) -> Iterator[Product]:
    """Every set of modules on every card in every segment, whether it may be sold or not."""
    names = sorted(catalog.modules)
    sets = [chosen for number in range(len(names) + 1) for chosen in combinations(names, number)]
    for card, segment, chosen in product(catalog.cards, catalog.segments, sets):
        yield Product(card, chosen, segment)


def random_products(catalog: Catalog, number: int) -> Iterator[Product]:
    """Products of any size."""
    draw = Random(20261122)
    names = sorted(catalog.modules)
    for _ in range(number):
        size = draw.choice([0, 1, 2, 3, 5, 9, 20, len(names)])
        chosen = tuple(sorted(draw.sample(names, min(size, len(names)))))
        yield Product(draw.choice(sorted(catalog.cards)), chosen, draw.choice(sorted(catalog.segments)))


def sums(one: Price) -> Totals:
    """The measures of a price."""
    return Totals(one.revenue, one.benefit_cost, one.cost, one.customer_pays, one.customer_value)


def rows(table: PriceTable) -> dict[str, dict[tuple[str, str], Totals | None]]:
    """Everything in a table, clusters filled, by part and cell."""
    found: dict[str, PerCell] = {"base": table.base, **table.modules}
    found |= {each.id: each.totals for each in table.bundles}
    found |= {f"tier {number}": totals for number, totals in table.several.tiers}
    for cluster in table.clusters:
        found |= {f"{cluster.groups} {mask}": totals for mask, totals in cluster.table.items()}
    return {part: dict(zip(table.cells, totals, strict=True)) for part, totals in found.items()}


@given(tree=trees())
@examples(8)
def test_in_small_catalogs_the_parts_add_up_to_every_price(tree: Tree) -> None:
    catalog = loaded(tree)
    table = price_table(Day(catalog, AS_OF), offers(catalog))
    assert not table.missing
    day = Day(catalog, AS_OF)
    for each in every_product(catalog):
        one = price(day, each)
        total = table.total(each)
        assert total is not None
        assert total == sums(one), each
        assert (total.contribution, total.customer_net) == (one.contribution, one.customer_net)


def test_in_the_shipped_catalog_the_parts_add_up_to_prices_at_random() -> None:
    day = Day(SHIPPED, date(2026, 11, 22))
    for view in (day, replace(day, view="first-year", memory={})):
        table = price_table(view, offers(SHIPPED))
        for each in random_products(SHIPPED, 120):
            assert table.total(each) == sums(price(view, each)), each


@given(tree=trees())
@examples(8)
def test_the_parts_of_a_price_are_its_lines_campaigns_included(tree: Tree) -> None:
    catalog = loaded(tree)
    day = Day(catalog, AS_OF)
    for each in random_products(catalog, 20):
        segment = catalog.segments[each.segment or ""]
        campaigns = catalog.campaigns.items()
        running = tuple(name for name, one in campaigns if segment.id in one.target.segments)
        parts = Parts(day, catalog.cards[each.card], segment, running)
        found = [*parts.base(), *(piece for name in each.modules for piece in parts.module(name))]
        for cluster in clusters(day):
            found += parts.cluster(cluster, each.modules)
        found += [*parts.bundles(each.modules), *parts.several(each.modules)]
        one = price(day, each, running)
        assert sorted(map(repr, terms_of(parts, found).lines)) == sorted(map(repr, one.lines))
        assert sorted(map(repr, terms_of(parts, found).customer)) == sorted(map(repr, one.customer))


@pytest.mark.parametrize("view", ["steady", "first-year"])
def test_reuse_changes_no_amount_of_the_shipped_catalog(monkeypatch: pytest.MonkeyPatch, view: Any) -> None:
    reused = rows(price_table(Day(SHIPPED, AS_OF, view=view), offers(SHIPPED)))
    monkeypatch.setattr(reckoner, "answer", lambda *_: object())
    assert rows(price_table(Day(SHIPPED, AS_OF, view=view), offers(SHIPPED))) == reused


@given(tree=trees())
@examples(25)
def test_reuse_changes_no_amount_of_random_catalogs(tree: Tree) -> None:
    catalog = loaded(tree)
    reused = rows(price_table(Day(catalog, AS_OF), offers(catalog)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reckoner, "answer", lambda *_: object())
        assert rows(price_table(Day(catalog, AS_OF), offers(catalog))) == reused


@given(tree=trees(), order=st.randoms(use_true_random=False))
@examples(10)
def test_what_was_computed_before_and_in_what_order_changes_no_amount(tree: Tree, order: Random) -> None:
    catalog = loaded(tree)
    straight = rows(price_table(Day(catalog, AS_OF), offers(catalog)))
    cells = list(offers(catalog).items())
    order.shuffle(cells)
    used = Day(catalog, AS_OF)
    for each in random_products(catalog, 5):
        price(used, each, tuple(catalog.campaigns))
    table = price_table(used, dict(cells))
    for cluster in table.clusters:
        masks = list(cluster.table)
        order.shuffle(masks)
        for mask in masks:
            assert cluster.table[mask]
    assert rows(table) == straight


@given(tree=trees())
@examples(8)
def test_a_table_for_less_says_the_same_of_what_it_is_for(tree: Tree) -> None:
    catalog = loaded(tree)
    whole = price_table(Day(catalog, AS_OF), offers(catalog))
    cells = list(offers(catalog))
    some = {cell: sorted(catalog.modules)[number % 2 :: 2] for number, cell in enumerate(cells)}
    table = price_table(Day(catalog, AS_OF), some)
    for each in every_product(catalog):
        if set(each.modules) <= set(some[each.card, each.segment or ""]):
            assert table.total(each) == whole.total(each)
