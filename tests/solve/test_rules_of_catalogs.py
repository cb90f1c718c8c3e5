"""All that is said of a catalog's products is what looking at each of them says: counts, rules, dead ends."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations as subsets
from random import Random

import pytest

from cardkit.combine.agreement import Agreement
from cardkit.combine.sellable import refusals
from cardkit.model.catalog import Catalog
from cardkit.model.entity import active
from cardkit.model.expression import Product
from cardkit.pricing.setting import Day
from cardkit.solve.combinations import Combinations
from cardkit.solve.limits import Limits
from cardkit.solve.structure import dead_modules, idle_rules, only_together
from tests.combine.random_catalogs import AS_OF, example, products, random_catalog

CATALOGS = 400

Cell = tuple[str, str]


@pytest.fixture(scope="module")
def base() -> Catalog:
    return example()


def random_catalogs(base: Catalog, number: int) -> Iterator[Catalog]:
    for seed in range(number):
        yield random_catalog(base, Random(seed))


def combinations_of(catalog: Catalog) -> Combinations:
    return Combinations(Day(catalog, AS_OF), Limits())


def sold(catalog: Catalog) -> dict[Cell, list[frozenset[str]]]:
    """The module sets of every product that may be sold, by card and segment."""
    found: dict[Cell, list[frozenset[str]]] = {}
    for product in products(catalog):
        if product.segment is not None and not refusals(catalog, product, AS_OF):
            found.setdefault((product.card, product.segment), []).append(frozenset(product.modules))
    return found


def test_counts_are_those_of_looking_at_each_product(base: Catalog) -> None:
    for catalog in random_catalogs(base, CATALOGS):
        combinations, by_cell = combinations_of(catalog), sold(catalog)
        numbers = combinations.numbers
        assert set(by_cell) <= set(combinations.cells)
        for index, cell in enumerate(combinations.cells):
            sets = by_cell.get(cell, [])
            assert numbers.products[index] == len(sets)
            for name, row in zip(combinations.choices.problem.variables, numbers.with_variable, strict=True):
                assert row[index] == sum(name in modules for modules in sets)


def test_counts_are_those_that_the_compiled_schema_accepts(base: Catalog) -> None:
    for catalog in random_catalogs(base, CATALOGS // 4):
        agreement = Agreement(catalog, AS_OF)
        if agreement.not_expressed:
            continue
        accepted = sum(
            agreement.accepts(product) for product in products(catalog) if product.segment is not None
        )
        assert sum(combinations_of(catalog).numbers.products) == accepted


def test_a_module_is_dead_exactly_when_no_product_has_it(base: Catalog) -> None:
    for catalog in random_catalogs(base, CATALOGS):
        having = {name for sets in sold(catalog).values() for modules in sets for name in modules}
        on_sale = {name for name, module in catalog.modules.items() if active(module, AS_OF)}
        assert set(dead_modules(combinations_of(catalog))) == on_sale - having


def test_modules_are_only_sold_together_exactly_when_no_product_has_one_alone(base: Catalog) -> None:
    for catalog in random_catalogs(base, CATALOGS):
        sets = [(cell, modules) for cell, found in sold(catalog).items() for modules in found]
        having = {name: {each for each in sets if name in each[1]} for name in catalog.modules}
        pairs = {
            frozenset((one, other))
            for one, other in subsets(catalog.modules, 2)
            if having[one] and having[one] == having[other] and len(having[one]) < len(sets)
        }
        told = only_together(combinations_of(catalog))
        assert {frozenset(pair) for names in told for pair in subsets(names, 2)} == pairs


def test_a_rule_is_idle_exactly_when_the_same_products_are_sold_without_it(base: Catalog) -> None:
    for catalog in random_catalogs(base, CATALOGS):
        everything = sold(catalog)
        idle = {
            rule.id
            for rule in catalog.rules.values()
            if active(rule, AS_OF) and sold(without(catalog, rule.id)) == everything
        }
        assert set(idle_rules(combinations_of(catalog))) == idle


def without(catalog: Catalog, rule: str) -> Catalog:
    left = {name: entity for name, entity in catalog.entities.items() if name != rule}
    return replace(catalog, entities=left)


def test_only_the_cards_and_segments_that_are_asked_about_are_looked_at(base: Catalog) -> None:
    for catalog in random_catalogs(base, CATALOGS // 4):
        everything = combinations_of(catalog)
        numbers = dict(zip(everything.cells, everything.numbers.products, strict=True))
        for card in catalog.cards:
            for segment in catalog.segments:
                some = Combinations(Day(catalog, AS_OF), Limits(), (card,), (segment,))
                assert some.numbers.products == ((numbers[card, segment],) if some.cells else ())


def test_a_product_is_named_by_its_card_modules_and_segment(base: Catalog) -> None:
    catalog = next(each for each in random_catalogs(base, 50) if sold(each))
    combinations = combinations_of(catalog)
    (card, segment), sets = next(iter(sold(catalog).items()))
    names = combinations.choices.problem.variables
    choice = frozenset(names.index(name) for name in sets[0])
    cell = combinations.cells.index((card, segment))
    assert combinations.product(cell, choice) == Product(card, tuple(sorted(sets[0])), segment)
