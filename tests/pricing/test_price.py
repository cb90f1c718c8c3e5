"""Laws of the price, over the shipped catalog: integer terms that only add, and nothing counted twice."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from cardkit.combine.sellable import refusals
from cardkit.model.expression import Product, parse
from cardkit.pricing.interaction_terms import interacting
from cardkit.pricing.price import Price, price
from cardkit.pricing.setting import Day
from cardkit.source.load import load

AS_OF = date(2026, 11, 22)
CATALOG = load(Path(__file__).parent.parent.parent / "catalog")
DAY = Day(CATALOG, AS_OF)
NAMED = [*CATALOG.bundles, *CATALOG.products]


def priced(expression: str, segment: str | None = None) -> Price:
    product = parse(CATALOG, expression).product
    return price(DAY, product.to(segment) if segment else product)


@pytest.mark.parametrize("segment", CATALOG.segments)
@pytest.mark.parametrize("name", NAMED)
def test_lines_add_up_to_the_totals_to_the_fen(name: str, segment: str) -> None:
    one = priced(name, segment)
    assert one.contribution == sum(line.amount for line in one.lines)
    assert one.contribution == one.revenue - one.cost
    assert one.benefit_cost <= one.cost
    assert one.customer_net == one.customer_value - one.customer_pays
    assert all(isinstance(line.amount, int) for line in one.lines)
    assert len({line.id for line in one.lines}) == len(one.lines), "two lines with one id"


@pytest.mark.parametrize("name", NAMED)
def test_the_order_of_typing_changes_nothing(name: str) -> None:
    product = parse(CATALOG, name).product
    forwards = "+".join((product.card, *product.modules))
    backwards = "+".join((product.card, *reversed(product.modules)))
    segment = next(iter(CATALOG.segments))
    assert priced(forwards, segment).lines == priced(backwards, segment).lines == priced(name, segment).lines


@pytest.mark.parametrize("segment", CATALOG.segments)
def test_adding_a_module_never_changes_another_modules_own_lines(segment: str) -> None:
    card = CATALOG.segments[segment].reference_card
    modules = list(CATALOG.modules)
    for first, second in pairwise(modules):
        alone = price(DAY, Product(card, (first,), segment))
        together = price(DAY, Product(card, tuple(sorted((first, second))), segment))
        grouped = {
            member.reference
            for _, members in interacting(CATALOG, together.product, AS_OF)
            for member in members
        }
        own = {line.id: line.amount for line in alone.lines if line.source == first}
        then = {line.id: line.amount for line in together.lines if line.source == first}
        for line, amount in own.items():
            if not any(line.startswith(reference) for reference in grouped):
                assert then[line] == amount, f"{line} of {first} changed when {second} was added in {segment}"


def test_a_bundle_costs_what_its_set_costs_however_it_was_typed() -> None:
    bundle = next(iter(CATALOG.bundles.values()))
    typed = "+".join((bundle.card, *bundle.modules))
    assert priced(bundle.id, bundle.segments[0]).lines == priced(typed, bundle.segments[0]).lines
    assert any(line.id == f"{bundle.id}/discount" for line in priced(typed, bundle.segments[0]).lines)


def test_a_waiver_is_negative_revenue_and_bears_its_own_vat() -> None:
    lines = {line.id: line for line in priced("base-card@gen-z").lines}
    waiver = next(line for name, line in lines.items() if name.endswith("/waiver"))
    assert waiver.side == "revenue"
    assert waiver.amount < 0
    assert lines[f"{waiver.id}/vat"].amount > 0


def test_an_unsellable_product_is_priced_all_the_same_and_says_so() -> None:
    one = priced("black-gold-card@gen-z")
    assert one.refusals == refusals(CATALOG, one.product, AS_OF)
    assert not one.sellable
    assert one.lines


def test_every_module_can_be_priced_on_the_reference_card_of_every_segment_it_is_sold_to() -> None:
    for module in CATALOG.modules.values():
        for name, segment in CATALOG.segments.items():
            if not module.eligible_segments or name in module.eligible_segments:
                assert price(DAY, Product(segment.reference_card, (module.id,), name)).lines
