"""Laws of the comparison, over the shipped catalog; groups against the benefits that they price."""

from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from cardkit.model.catalog import Catalog
from cardkit.model.expression import Named, parse
from cardkit.pricing.compare import Comparison, compare
from cardkit.pricing.setting import Day
from cardkit.source.load import load
from tests.pricing.example import small_bank

AS_OF = date(2026, 11, 22)
SHIPPED = load(Path(__file__).parent.parent.parent / "catalog")
NAMED = [*SHIPPED.bundles, *SHIPPED.products]
SEGMENT = next(iter(SHIPPED.segments))


def compared(catalog: Catalog, *expressions: str) -> Comparison:
    return compare(Day(catalog, AS_OF), [parse(catalog, expression) for expression in expressions])


def offered(name: str) -> Named:
    return parse(SHIPPED, f"{name}@{SEGMENT}")


@pytest.mark.parametrize("name", NAMED)
def test_a_product_differs_nowhere_from_itself(name: str) -> None:
    found = compare(Day(SHIPPED, AS_OF), [offered(name), offered(name)])
    assert not any(line.moves for line in (*found.bank, *found.customer))
    assert found.modules() == ()


@pytest.mark.parametrize("names", [*list(combinations(NAMED, 2))[::5], *list(combinations(NAMED, 4))[::90]])
def test_differences_sum_to_the_difference_of_the_results(names: tuple[str, ...]) -> None:
    found = compare(Day(SHIPPED, AS_OF), [offered(name) for name in names])
    for at, one in enumerate(found.prices):
        assert sum(line.amounts[at] for line in found.bank) == one.contribution
        assert (
            sum(line.differences[at] for line in found.bank)
            == one.contribution - found.prices[0].contribution
        )
        signed = [line.amounts[at] * (1 if line.side == "value" else -1) for line in found.customer]
        assert sum(signed) == one.customer_net


def test_what_only_one_has_and_what_not_all_have() -> None:
    found = compared(
        small_bank(),
        "city-card+pet-care@gen-z",
        "city-card+card-security@gen-z",
        "city-card+card-security+pet-care@gen-z",
    )
    assert found.modules() == ("card-security", "pet-care")
    assert [found.only_in(at) for at in range(3)] == [(), (), ()]
    two = compared(small_bank(), "city-card+pet-care@gen-z", "city-card+card-security@gen-z")
    assert [two.only_in(at) for at in range(2)] == [("pet-care",), ("card-security",)]
    assert two.common() == frozenset()


def test_the_same_right_of_two_cards_is_one_line() -> None:
    found = compared(small_bank(), "city-card@gen-z", "gold-card@gen-z")
    lines = {line.id: line for line in found.bank}
    shared = {line for line in lines if line.startswith("card/")}
    assert shared
    assert not any(line.startswith(("city-card/", "gold-card/")) for line in lines)


CASHBACK = """kind: module
id: dining
name: {zh: 餐饮返现, en: Dining}
owner: me
group: travel
price: 0
benefits:
  - id: back
    mechanic: cashback
    name: {zh: 返现, en: Cashback}
    rate: 2%
    scope: {categories: [dining]}
    limits:
      - {metric: reward, most: 30, period: calendar-month}
segments:
  gen-z: {choose: 10%}
"""
GROUP = """kind: interaction
id: dining-best
name: {zh: 餐饮取优, en: Best of dining}
owner: me
how: best
members: [card/core-cashback, dining/back]
reason: {zh: 因为, en: because}
"""


def test_a_right_that_a_group_prices_in_another_product_stands_in_the_groups_line() -> None:
    catalog = small_bank({"modules/dining.yaml": CASHBACK, "rules/dining-best.yaml": GROUP})
    found = compared(catalog, "city-card@gen-z", "city-card+dining@gen-z")
    moving = {line.id for line in found.bank if line.moves}
    assert moving == {"dining-best"}
    line = next(line for line in found.bank if line.id == "dining-best")
    assert line.name.en == "Best of dining"
    alone = {each.id: each.amount for each in found.prices[0].lines}
    assert line.amounts[0] == alone["city-card/core-cashback"]
