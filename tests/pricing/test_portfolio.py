"""A product over the population: holders by hand, totals as lines times holders."""

from datetime import date
from pathlib import Path

import pytest

from cardkit.combine.sellable import refusals
from cardkit.model.expression import parse
from cardkit.pricing.missing import MissingFigure
from cardkit.pricing.portfolio import Portfolio, portfolio
from cardkit.pricing.price import price
from cardkit.pricing.setting import Day
from cardkit.source.load import load
from tests.pricing.example import PLAIN, small_bank

AS_OF = date(2026, 11, 22)
SHIPPED = load(Path(__file__).parent.parent.parent / "catalog")
NAMED = [*SHIPPED.bundles, *SHIPPED.products]


def held(expression: str, **demand: str) -> Portfolio:
    """The portfolio of a product whose modules are chosen as said here, by module (`_` for `-`)."""
    files = {}
    for name, segments in demand.items():
        file = f"modules/{name.replace('_', '-')}.yaml"
        files[file] = PLAIN[file].partition("segments:\n")[0] + segments
    catalog = small_bank(files)
    day = Day(catalog, AS_OF)
    return portfolio(day, price(day, parse(catalog, expression).product))


def test_the_card_alone_is_held_by_the_whole_segment() -> None:
    assert held("city-card@gen-z").holders == 100_000


def test_modules_are_chosen_independently_of_each_other() -> None:
    cover = """segments:
  gen-z:
    types:
      - {share: 25%, choose: 40%, usage: {}}
      - {share: 75%, choose: 4%, usage: {}}
"""
    pets = "segments:\n  gen-z: {choose: 12%}\n"
    found = held("city-card+card-security+pet-care@gen-z", pet_care=pets, card_security=cover)
    assert found.holders == 100_000 * 12 // 100 * 13 // 100


@pytest.mark.parametrize("name", NAMED)
def test_the_totals_are_the_lines_times_the_holders(name: str) -> None:
    product = parse(SHIPPED, name).product
    day = Day(SHIPPED, AS_OF)
    offered = [product.to(segment) for segment in SHIPPED.segments]
    sold = [one for one in offered if not refusals(SHIPPED, one, AS_OF)]
    for one in sold:
        found = portfolio(day, price(day, one))
        assert found.total(found.price.contribution) == sum(
            found.total(line.amount) for line in found.price.lines
        )
        assert found.total(found.price.contribution) == found.price.contribution * found.holders
        assert 0 <= found.holders <= found.population


def test_a_module_that_nobody_says_how_many_choose_is_an_error_and_not_zero_holders() -> None:
    with pytest.raises(MissingFigure, match="choose"):
        held("city-card+pet-care@gen-z", pet_care="")
