"""Fees, VAT, discounts, service tiers and the card's own lines, each worked out by hand."""

from datetime import date
from fractions import Fraction

import pytest

from cardkit.ground.errors import CardkitError
from cardkit.model.expression import Product
from cardkit.pricing import card_terms
from cardkit.pricing.missing import MissingFigure
from cardkit.pricing.price import price
from cardkit.pricing.setting import Day
from tests.pricing.example import PLAIN, changed, small_bank
from tests.pricing.pieces import AS_OF, FEATURE, amount, cost, module, priced


def test_vat_is_contained_in_what_is_charged_and_says_its_rate() -> None:
    one = priced(small_bank(module("m", FEATURE, listed="100")), "gold-card+m@gen-z")
    assert amount(one, "m/fee") == 9700
    assert amount(one, "m/fee/vat") == -549  # 97·0.06/1.06
    step = next(line for line in one.lines if line.id == "m/fee/vat").steps[0]
    assert (step.value, step.unit) == (Fraction(6, 100), "rate")


def test_a_free_module_has_no_fee_line_and_counts_for_no_discount() -> None:
    files = module("a", FEATURE) | module("b", FEATURE, listed="10") | module("c", FEATURE, listed="10")
    catalog = small_bank(files | module("d", FEATURE, listed="10"))
    two = priced(catalog, "gold-card+a+b+c@gen-z")
    ids = [line.id for line in two.lines] + [line.id for line in two.customer]
    assert not any(line.startswith("a/fee") for line in ids)
    assert amount(two, "multi-module-discount") == 0
    assert amount(priced(catalog, "gold-card+b+c+d@gen-z"), "multi-module-discount") == -970


def test_the_highest_number_of_modules_reached_decides_the_discount() -> None:
    files: dict[str, str] = {}
    for name in "abcde":
        files |= module(name, FEATURE, listed="10")
    catalog = small_bank(files)
    for number, off in ((3, -970), (4, -1455), (5, -1455)):
        one = priced(catalog, f"gold-card+{'+'.join('abcde'[:number])}@gen-z")
        assert amount(one, "multi-module-discount") == off


def test_a_tier_that_takes_nothing_off_is_no_line() -> None:
    files = {"catalog.yaml": changed("catalog.yaml", ("amount: 10", "amount: 0"))}
    for name in "abc":
        files |= module(name, FEATURE, listed="10")
    one = priced(small_bank(files), "gold-card+a+b+c@gen-z")
    names = [line.id for line in one.lines] + [line.id for line in one.customer]
    assert not any(name.startswith("multi-module-discount") for name in names)


BUNDLE = """kind: bundle
id: start
name: {zh: 组合, en: Start}
owner: me
status: live
valid: {from: 2026-03-01, until: 2026-09-30}
card: gold-card
modules: [a]
segments: [gen-z]
discount: 5
"""


@pytest.mark.parametrize(
    ("text", "card", "day", "off"),
    [
        (BUNDLE, "gold-card", (2026, 9, 30), -485),
        (BUNDLE, "gold-card", (2026, 10, 1), 0),
        (BUNDLE, "city-card", (2026, 7, 1), 0),
        (BUNDLE.replace("status: live", "status: draft"), "gold-card", (2026, 7, 1), 0),
    ],
)
def test_a_bundle_takes_its_discount_off_its_own_card_while_it_is_sold(
    text: str, card: str, day: tuple[int, int, int], off: int
) -> None:
    catalog = small_bank(module("a", FEATURE, listed="10") | {"bundles/start.yaml": text})
    assert amount(priced(catalog, f"{card}+a@gen-z", date(*day)), "start/discount") == off


def test_a_service_tier_is_a_line_of_the_cards_and_segments_it_comes_with() -> None:
    tier = PLAIN["services/basic-service.yaml"]
    catalog = small_bank(
        {
            "services/basic-service.yaml": tier
            + "cards: [gold-card]\nsegments: [senior]\nvalid: {until: 2026-12-31}\n"
        }
    )
    lines = {
        (card, segment, year): cost(
            priced(catalog, f"{card}@{segment}", date(year, 6, 1)), "basic-service/hotline"
        )
        for card in ("gold-card", "city-card")
        for segment in ("gen-z", "senior")
        for year in (2026, 2027)
    }
    assert {place for place, fen in lines.items() if fen} == {("gold-card", "senior", 2026)}
    assert lines["gold-card", "senior", 2026] == 300


def test_spend_in_a_category_that_the_catalog_lacks_cannot_be_priced() -> None:
    segment = changed("segments/gen-z.yaml", ("    grocery:", "    petrol:"))
    with pytest.raises(MissingFigure) as found:
        priced(small_bank({"segments/gen-z.yaml": segment}), "gold-card@gen-z")
    assert found.value.path == ("categories", "petrol")


def test_spend_outside_of_some_categories_is_that_in_all_others() -> None:
    right = "{mechanic: cashback, rate: '1%', scope: {excluded_categories: [dining]}}"
    assert cost(priced(small_bank(module("m", right)), "gold-card+m@gen-z"), "m/right") == 700 * 12


def test_a_price_says_whether_the_product_may_be_sold() -> None:
    catalog = small_bank()
    assert priced(catalog, "gold-card@gen-z").sellable is True
    assert priced(catalog, "gold-card@gen-z", date(2029, 1, 1)).sellable is False


def test_a_product_without_a_segment_has_no_price() -> None:
    catalog = small_bank()
    with pytest.raises(CardkitError) as found:
        price(Day(catalog, AS_OF), Product("gold-card", ()))
    assert "no segment" in found.value.message.en


def test_interchange_says_what_it_was_earned_on() -> None:
    one = priced(small_bank(), "gold-card@gen-z")
    interchange = next(line for line in one.lines if line.id == "interchange")
    assert interchange.amount == 8640
    assert any(step.title.en == "annual spend S" and step.value == 19_200 for step in interchange.steps)


def test_only_what_the_rights_themselves_cost_is_benefit_cost() -> None:
    bare, more = (priced(small_bank(module("m", FEATURE)), f"gold-card{held}@gen-z") for held in ("", "+m"))
    assert more.benefit_cost == bare.benefit_cost + 1000
    assert all("/" in line.id for line in more.lines if line.benefit)


def test_a_fee_paid_with_points_is_given_up_for_what_they_would_have_cost() -> None:
    waiver = (
        "{mechanic: fee-waiver, fee: annual, condition: points, currency: points, points: 9000,"
        " enrolment: claim, take_up: '50%'}"
    )
    one = priced(small_bank(module("m", waiver)), "gold-card+m@gen-z")
    of_a_point = Fraction(60, 100) * 20 / 1000 + Fraction(40, 100) * 15 / 900
    worth = Fraction(60, 100) * 20 / 1000 + Fraction(40, 100) * 25 / 900
    assert amount(one, "m/right/waiver") == -14_550
    assert amount(one, "m/right/points-taken") == round(of_a_point * 9000 * 50)
    assert (
        next(line.amount for line in one.customer if line.id == "m/right")
        == round(worth * 9000 * 50) - 14_550
    )


def test_what_comes_to_nothing_is_no_line() -> None:
    # Nobody in the small bank spends abroad.
    one = priced(small_bank(), "gold-card@gen-z")
    assert "fx-markup" not in {line.id for line in one.lines} | {line.id for line in one.customer}


def test_each_of_the_cards_own_lines_is_revenue_or_cost() -> None:
    sides = {name: side for name, side, _, _ in card_terms.LINES}
    earned = {"interchange", "annual-fee", "fx-markup", "revolving-interest"}
    borne = {"network-fee", "funding", "credit-loss", "operating", "acquisition"}
    assert sides == dict.fromkeys(earned, "revenue") | dict.fromkeys(borne, "cost")


def test_a_right_says_what_its_cost_was_worked_out_from() -> None:
    one = priced(small_bank(module("m", FEATURE, "eligibility: {share: 50%}")), "gold-card+m@gen-z")
    steps = next(line for line in one.lines if line.id == "m/right").steps
    assert Fraction(1, 2) in [step.value for step in steps]
    assert Fraction(10) in [step.value for step in steps]


def test_a_figure_that_is_not_given_yet_is_needed_by_the_cards_line_in_the_segment() -> None:
    later = "float_days: [{from: 2027-01-01, value: 25}]"
    text = changed("segments/gen-z.yaml", ("float_days: 25", later))
    with pytest.raises(MissingFigure, match="gold-card funding @gen-z"):
        priced(small_bank({"segments/gen-z.yaml": text}), "gold-card@gen-z")
