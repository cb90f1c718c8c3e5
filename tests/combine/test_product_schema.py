"""The schema of products and the engine say the same, whoever applies the schema."""

import json
from datetime import date
from fractions import Fraction
from itertools import product as every
from pathlib import Path
from random import Random

import jsonschema
import pytest
from referencing import Registry

from cardkit.combine import sums
from cardkit.combine.agreement import Agreement
from cardkit.combine.product_schema import NOT_EXPRESSED, document, product_schema
from cardkit.combine.sellable import refusals
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product
from cardkit.source.load import load
from tests.combine.random_catalogs import AS_OF, example, products, random_catalog

SHIPPED = Path(__file__).parent.parent.parent / "catalog"


@pytest.fixture(scope="module")
def base() -> Catalog:
    return example()


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    return load(SHIPPED)


def named_by(schema: dict[str, object], product: Product) -> set[str]:
    """The rules that the errors of the reference validator name."""
    validator = jsonschema.Draft202012Validator(schema, registry=Registry())
    return {str(error.schema["title"]) for error in validator.iter_errors(document(product))}


@pytest.mark.parametrize(("seed", "catalogs", "most"), [(1, 2_000, sums.MOST_EXCESSES), (2, 500, 1)])
def test_engine_and_schema_agree_on_every_product_of_small_random_catalogs(
    base: Catalog, monkeypatch: pytest.MonkeyPatch, seed: int, catalogs: int, most: int
) -> None:
    """With a bound of one excess many sums aren't expressed: then the schema may only be more lenient."""
    monkeypatch.setattr(sums, "MOST_EXCESSES", most)
    chance = Random(seed)
    seen = {True: 0, False: 0}
    not_expressed: set[str] = set()
    for _ in range(catalogs):
        catalog = random_catalog(base, chance)
        both = Agreement(catalog, AS_OF)
        not_expressed |= {rule.partition(":")[0] for rule in both.not_expressed}
        for product in products(catalog):
            found = {refusal.rule for refusal in refusals(catalog, product, AS_OF)} - both.not_expressed
            accepted = both.accepts(product)
            assert accepted == (not found), (product, found, catalog.rules)
            seen[accepted] += 1
            if chance.random() < 0.004:
                assert named_by(both.schema, product) == found
    assert min(seen.values()) > 5_000 * catalogs / 1_000
    assert ("slots" in not_expressed) == (most == 1)


@pytest.mark.parametrize("as_of", [date(2025, 6, 1), AS_OF, date(2027, 6, 1)])
def test_engine_and_schema_agree_on_random_products_of_the_shipped_catalog(
    shipped: Catalog, as_of: date
) -> None:
    chance = Random(as_of.year)
    both = Agreement(shipped, as_of)
    assert both.not_expressed == frozenset()
    jsonschema.Draft202012Validator.check_schema(both.schema)
    cards, modules = list(shipped.cards), list(shipped.modules)
    segments = [*shipped.segments, None]
    for number in range(2_000):
        product = Product(chance.choice(cards), (), chance.choice(segments))
        for name in chance.sample(modules, chance.randint(0, 12)):
            more = Product(product.card, tuple(sorted({*product.modules, name})), product.segment)
            # Mostly what may still be sold, so that the products that may and the rest are both many.
            if chance.random() < 0.1 or not refusals(shipped, more, as_of):
                product = more
        assert both.disagreement(product) is None
        if number % 40 == 0:
            assert named_by(both.schema, product) == {
                refusal.rule for refusal in refusals(shipped, product, as_of)
            }


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"card": "gold-card"},
        {"modules": []},
        {"card": "gold", "modules": []},
        {"card": "gold-card", "modules": ["pet-care", "pet-care"]},
        {"card": "gold-card", "modules": ["pet-car"]},
        {"card": "gold-card", "modules": "pet-care"},
        {"card": "gold-card", "modules": [], "segment": "gen-y"},
        {"card": "gold-card", "modules": [], "segments": "gen-z"},
        {"card": None, "modules": None},
        [],
    ],
)
def test_what_is_no_product_is_refused(base: Catalog, written: object) -> None:
    schema = product_schema(base, AS_OF)
    assert jsonschema.Draft202012Validator(schema, registry=Registry()).is_valid(
        {"card": "gold-card", "modules": ["pet-care"], "segment": "gen-z"}
    )
    errors = list(jsonschema.Draft202012Validator(schema, registry=Registry()).iter_errors(written))
    assert errors
    assert all(error.schema["title"] and " / " in error.schema["description"] for error in errors)


def test_a_product_that_is_half_filled_in_breaks_no_rule_yet(shipped: Catalog) -> None:
    schema = product_schema(shipped, AS_OF)
    validator = jsonschema.Draft202012Validator(schema, registry=Registry())
    assert [error.validator for error in validator.iter_errors({})] == ["required", "required"]


def test_nothing_is_said_by_one_of() -> None:
    assert '"oneOf"' not in json.dumps(product_schema(load(SHIPPED), AS_OF))


def test_the_same_catalog_and_day_give_the_same_schema(shipped: Catalog) -> None:
    first, second = product_schema(shipped, AS_OF), product_schema(load(SHIPPED), AS_OF)
    assert json.dumps(first) == json.dumps(second)
    assert first["x-cardkit"]["as_of"] == "2026-07-01"
    assert first[NOT_EXPRESSED] == []


def test_excesses_are_the_smallest_ways_beyond_a_bound() -> None:
    chance = Random(3)
    for _ in range(300):
        weights = {f"m{number}": Fraction(chance.randint(0, 8), 2) for number in range(6)}
        sizes = {weight: len(names) for weight, names in sums.by_weight(weights).items()}
        most = Fraction(chance.randint(0, 24), 2)
        found = sums.excesses(sizes, most)
        assert found is not None
        for counts in every(*(range(size + 1) for size in sizes.values())):
            had = dict(zip(sizes, counts, strict=True))
            beyond = sum(weight * count for weight, count in had.items()) > most
            reached = [excess for excess in found if all(had[w] >= n for w, n in excess.least)]
            assert bool(reached) == beyond
        for excess in found:
            total = sum(weight * count for weight, count in excess.least)
            assert all(total - weight <= most for weight, _ in excess.least)
