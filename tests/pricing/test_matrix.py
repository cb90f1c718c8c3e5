"""Each cell of the matrix against two prices, and what is in a cell that has no number."""

from datetime import date
from pathlib import Path

import pytest

from cardkit.combine.sellable import refusals
from cardkit.model.expression import Product
from cardkit.pricing.matrix import matrix
from cardkit.pricing.price import price
from cardkit.pricing.setting import Day
from cardkit.source.load import load
from tests.pricing.example import changed, small_bank

AS_OF = date(2026, 11, 22)
SHIPPED = load(Path(__file__).parent.parent.parent / "catalog")


@pytest.mark.parametrize("segment", SHIPPED.segments)
def test_a_cell_is_the_price_with_the_module_less_the_price_without(segment: str) -> None:
    day = Day(SHIPPED, AS_OF)
    found = matrix(day, tuple(SHIPPED.modules), (segment,))
    card = SHIPPED.segments[segment].reference_card
    base = price(Day(SHIPPED, AS_OF), Product(card, (), segment))
    assert found.complete
    for module in SHIPPED.modules:
        cell = found.cells[module, segment]
        product = Product(card, (module,), segment)
        assert cell.refusals == refusals(SHIPPED, product, AS_OF)
        if cell.sellable:
            with_it = price(Day(SHIPPED, AS_OF), product)
            assert cell.contribution == with_it.contribution - base.contribution
            assert cell.customer_net == with_it.customer_net - base.customer_net
        else:
            assert cell.price is cell.contribution is cell.customer_net is None


def test_a_missing_figure_is_said_in_its_cell_and_leaves_the_others_alone() -> None:
    segment = changed("segments/senior.yaml", ("  clinic-visits: {mean: 0.6", "  calls: {mean: 0.6"))
    names = changed("catalog.yaml", ("usages:", "usages:\n  calls: {name: {zh: 电话, en: calls}}"))
    catalog = small_bank({"segments/senior.yaml": segment, "catalog.yaml": names})
    found = matrix(Day(catalog, AS_OF), ("pet-care",), ("gen-z", "senior"))
    assert found.cells["pet-care", "gen-z"].contribution is not None
    cell = found.cells["pet-care", "senior"]
    assert cell.contribution is None
    assert cell.missing is not None
    assert "usage.clinic-visits" in cell.missing.en
    assert not found.complete
