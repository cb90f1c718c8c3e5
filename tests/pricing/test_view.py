"""The first year: acquisition in full, first-year waivers for certain, and nothing else."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from cardkit.ground.money import to_fen
from cardkit.model.catalog import Catalog
from cardkit.model.expression import parse
from cardkit.pricing.price import Price, price
from cardkit.pricing.setting import Day, View
from cardkit.source.load import load
from tests.pricing.example import changed, small_bank

TESTS = Path(__file__).parent.parent
AS_OF = date(2026, 7, 1)
SHIPPED = load(TESTS.parent / "catalog")
NAMED = [*SHIPPED.bundles, *SHIPPED.products]
CASES = yaml.safe_load((TESTS / "mechanics" / "pricing-cases.yaml").read_text(encoding="utf-8"))
G15 = next(case for case in CASES if case["id"] == "G15")


def bank_of_g15() -> Catalog:
    """The small bank with the fee, the spend and the collection of G15, first year free, 20 % new holders."""
    card = changed(
        "cards/city-card.yaml",
        ("annual_fee: 100", "annual_fee: 300"),
        ("threshold: 20000", "threshold: 50000\n    first_year_free: true\n    new_share: 20%"),
    )
    segment = changed(
        "segments/gen-z.yaml",
        ("year_cv: 0.6\n", "year_cv: 0.7\n"),
        ("year_cv: 0.5", "year_cv: 0.7"),
        ("month_mean: 900", "month_mean: 3500"),
        ("    grocery: {month_mean: 700, ", "    grocery: {month_mean: 0, "),
    )
    market = changed("catalog.yaml", ("collection: 97%", "collection: 95%"))
    return small_bank({"cards/city-card.yaml": card, "segments/gen-z.yaml": segment, "catalog.yaml": market})


def priced(catalog: Catalog, expression: str, view: View) -> Price:
    return price(Day(catalog, AS_OF, view=view), parse(catalog, expression).product)


def fee_income(one: Price) -> int:
    return sum(
        line.amount for line in one.lines if line.id in ("annual-fee", "city-card/annual-fee-waiver/waiver")
    )


def test_g15_a_fifth_of_the_holders_are_new_in_a_steady_year_and_all_of_them_in_the_first() -> None:
    catalog = bank_of_g15()
    steady, first = (priced(catalog, "city-card@gen-z", view) for view in ("steady", "first-year"))
    expected = Fraction(str(G15["expect"]["first_year_free_20pct_new"]))
    assert abs(fee_income(steady) - to_fen(expected)) <= 1
    assert fee_income(first) == 0


def test_acquisition_is_spread_over_the_life_in_a_steady_year_and_borne_in_full_in_the_first() -> None:
    catalog = small_bank()
    lines = [
        {line.id: line.amount for line in priced(catalog, "city-card@gen-z", view).lines}
        for view in ("steady", "first-year")
    ]
    assert [each["acquisition"] for each in lines] == [-24_00, -120_00]
    assert {name for name in lines[0] if lines[0][name] != lines[1][name]} == {"acquisition"}


@pytest.mark.parametrize("name", NAMED)
def test_the_steady_view_is_the_default_and_the_first_year_names_itself(name: str) -> None:
    product = parse(SHIPPED, name).product
    product = product.to(product.segment or next(iter(SHIPPED.segments)))
    plain = price(Day(SHIPPED, AS_OF), product)
    assert plain.view == "steady"
    assert plain == price(Day(SHIPPED, AS_OF, view="steady"), product)
    first = price(Day(SHIPPED, AS_OF, view="first-year"), product)
    assert first.view == "first-year"
    moved = {
        one.id for one, other in zip(plain.lines, first.lines, strict=True) if one.amount != other.amount
    }
    assert moved == {"acquisition"}, "the shipped catalog has no first-year waiver"
