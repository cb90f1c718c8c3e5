"""Interaction groups at their edges: widths, enrolments, nested ways, and what can't be compared."""

import re
from fractions import Fraction
from math import inf

import pytest

from cardkit.ground.distribution import Lognormal
from cardkit.ground.errors import CardkitError
from cardkit.model.catalog import Catalog
from cardkit.pricing.missing import MissingFigure
from tests.pricing.example import PLAIN, changed, small_bank
from tests.pricing.pieces import CASHBACK, FEATURE, amount, cost, group, module, priced

RATE = "{{mechanic: cashback, rate: {rate}, scope: {{categories: [{categories}]}}}}"
CAP = "limits: [{{metric: reward, most: {most}, period: {period}}}]"


def two(first: str, second: str, how: str, more: str = "", cap: str = "", other: str = "") -> Catalog:
    """Two modules with one cashback each, in one group."""
    files = module("one", first, *([cap] if cap else [])) | module("two", second, *([other] if other else []))
    return small_bank(files | group(how, "one/right, two/right", more))


NESTED = (
    "limits: [{metric: reward, most: 5, period: calendar-month},"
    " {metric: reward, most: 9, period: calendar-year}]"
)
DINING = RATE.format(rate="'2%'", categories="dining")
EVERYWHERE = RATE.format(rate="'1%'", categories="dining, grocery")


def test_a_wider_member_without_a_cap_pays_on_the_rest_of_its_purchases_too() -> None:
    # 900 yuan of dining at the better 2 %, 700 of groceries at 1 %, by month
    for how, dining in (("best", 1800), ("exclusive", 1800)):
        one = priced(two(DINING, EVERYWHERE, how), "gold-card+one+two@gen-z")
        assert cost(one, "group") == (dining + 700) * 12
    first = priced(two(EVERYWHERE, DINING, "exclusive"), "gold-card+one+two@gen-z")
    assert cost(first, "group") == (900 + 700) * 12


def test_however_little_the_rest_of_the_purchases_is_it_is_paid_on() -> None:
    segment = changed("segments/gen-z.yaml", ("month_mean: 700", "month_mean: 0.05"))
    half = RATE.format(rate="'50%'", categories="dining, grocery")
    files = module("one", DINING) | module("two", half) | group("best", "one/right, two/right")
    one = priced(small_bank(files | {"segments/gen-z.yaml": segment}), "gold-card+one+two@gen-z")
    assert cost(one, "group") == 45_000 * 12 + 30


@pytest.mark.parametrize(
    ("second", "cap", "other", "how"),
    [
        (EVERYWHERE, "", CAP.format(most=5, period="calendar-month"), "best"),
        (
            DINING,
            CAP.format(most=5, period="calendar-month"),
            CAP.format(most=5, period="calendar-year"),
            "best",
        ),
        (
            DINING,
            "",
            NESTED,
            "best",
        ),
        (CASHBACK, "", "", "best"),
        (FEATURE, "", "", "exclusive"),
        (DINING, "", "", "waive"),
    ],
)
def test_members_that_cannot_be_compared_are_an_error_with_a_way_out(
    second: str, cap: str, other: str, how: str
) -> None:
    with pytest.raises(CardkitError) as found:
        priced(two(DINING, second, how, "", cap, other), "gold-card+one+two@gen-z")
    assert found.value.hint is not None
    assert "accumulate" in found.value.hint.en


def test_a_shared_cap_of_another_period_than_its_members_is_an_error() -> None:
    cap = "cap: {metric: reward, most: 9, period: calendar-year}"
    with pytest.raises(CardkitError):
        priced(two(DINING, DINING, "accumulate", cap), "gold-card+one+two@gen-z")


def test_cashbacks_that_accumulate_without_a_cap_are_their_plain_sum_whatever_they_are() -> None:
    catalog = two(DINING, CASHBACK, "accumulate")
    assert cost(priced(catalog, "gold-card+one+two@gen-z"), "group") == 1800 * 12 + 3600 * 12


WAIVER = "{{mechanic: fee-waiver, fee: annual, condition: {condition}, waived: {waived}}}"


def waivers(first: str, second: str) -> Catalog:
    """A card with a fee of 300, collected to 97 %, and two modules that waive it."""
    card = PLAIN["cards/gold-card.yaml"]
    start = card.index("  - id: annual-fee-waiver")
    own = card[start : card.index("operating:")]
    files = module("one", first) | module("two", second)
    without = {"cards/gold-card.yaml": card.replace("benefits:\n" + own, "")}
    return small_bank(files | without | group("waive", "one/right, two/right"))


def test_ways_of_one_condition_are_nested_and_the_larger_share_goes_first() -> None:
    def way(threshold: int, waived: str) -> str:
        return WAIVER.format(condition="spend-year", waived=waived)[:-1] + f", threshold: {threshold}}}"

    hard, easy = way(30_000, "'100%'"), way(10_000, "'40%'")
    reached = []
    for each in (hard, easy):
        catalog = waivers(each, WAIVER.format(condition="none", waived="'0%'"))
        one = priced(catalog, "gold-card+one@gen-z")
        share = Fraction(100 if each is hard else 40, 100)
        reached.append(Fraction(-amount(one, "one/right/waiver"), 29_100) / share)
    expected = reached[0] + Fraction(4, 10) * (reached[1] - reached[0])
    for first, second in ((hard, easy), (easy, hard)):
        both = priced(waivers(first, second), "gold-card+one+two@gen-z")
        assert -amount(both, "group/waiver") == pytest.approx(float(expected * 29_100), abs=2)
        assert next(line.amount for line in both.customer if line.id == "group") == amount(
            both, "group/waiver"
        )


def test_a_way_without_a_condition_leaves_the_others_what_it_does_not_waive() -> None:
    half = WAIVER.format(condition="none", waived="'50%'")
    new = WAIVER.format(condition="first-year", waived="'100%'")[:-1] + ", new_share: '20%'}"
    both = priced(waivers(half, new), "gold-card+one+two@gen-z")
    assert amount(both, "group/waiver") == -round(29_100 * (0.2 + 0.8 * 0.5))
    assert cost(both, "group") == 0


def test_points_pay_only_for_what_no_other_way_waives() -> None:
    new = WAIVER.format(condition="first-year", waived="'100%'")[:-1] + ", new_share: '20%'}"
    points = (
        "{mechanic: fee-waiver, fee: annual, condition: points, currency: points, points: 9000,"
        " enrolment: claim, take_up: '50%'}"
    )
    taken = 0.8 * 0.5  # a fifth are free of the fee anyway
    of_a_point = 0.6 * 20 / 1000 + 0.4 * 15 / 900
    worth = 0.6 * 20 / 1000 + 0.4 * 25 / 900
    for first, second in ((new, points), (points, new)):
        both = priced(waivers(first, second), "gold-card+one+two@gen-z")
        assert amount(both, "group/waiver") == -round(29_100 * (0.2 + taken))
        assert amount(both, "group/points-taken") == round(of_a_point * 9000 * taken * 100)
        pays = next(line.amount for line in both.customer if line.id == "group")
        assert pays == round(worth * 9000 * taken * 100 - 29_100 * (0.2 + taken))


def test_revenue_of_a_groups_members_is_one_line_for_each_kind() -> None:
    cover = (
        "{mechanic: insurance, insurer: safe-insurance, cover: {zh: 盗刷, en: fraud},"
        " customer_price: 10, premium: 4, expected_claims: 6}"
    )
    plan = (
        "{mechanic: instalment, purpose: {zh: 课, en: course}, book: tuition, minimum_amount: 600,"
        " maximum_amount: 9000, tenors: [{months: 12, customer_rate: '0.25%'}], reference_rate: '0.5%',"
        " contracts: 1, mean_principal: 1200}"
    )
    catalog = small_bank(
        module("one", cover)
        | module("two", cover, "take_up: 50%")
        | module("three", plan)
        | group("accumulate", "one/right, two/right, three/right")
    )
    one = priced(catalog, "gold-card+one+two+three@gen-z")
    assert amount(one, "group/insurance-fee") == 1500
    assert amount(one, "group/instalment-interest") == 6840  # 1200·0.5 %·12 less 5 % prepaid
    assert cost(one, "group") == 600 + 3600
    assert {line.kind: line.amount for line in one.customer if line.id == "group"} == {
        "pays": 1500 + 3600,
        "value": 900 + 7200,
    }
    assert cost(one, "group/funding") == 1300  # 1200·13/24·12/12 at 2 %
    assert cost(one, "group/loss") == 1950


def test_points_earned_and_redeemed_on_the_card_alone_need_no_group() -> None:
    members = "card/core-points, card/redeem-bill"
    grouped, plain = small_bank(group("redeem", members)), small_bank()
    assert priced(grouped, "gold-card@gen-z").lines == priced(plain, "gold-card@gen-z").lines


def test_points_earned_together_are_redeemed_on_the_card_where_no_option_is_a_member() -> None:
    earn = "{mechanic: earn, currency: points, yuan_per_point: 20}"
    files = module("one", earn) | group("redeem", "card/core-points, one/right")
    grouped, plain = (
        priced(small_bank(each), "city-card+one@gen-z") for each in (files, module("one", earn))
    )
    assert cost(grouped, "group") == cost(plain, "city-card/core-points") + cost(plain, "one/right") > 0


def test_a_group_that_is_not_in_force_changes_nothing() -> None:
    files = module("one", DINING) | module("two", DINING)
    for more in ("status: draft", "valid: {from: 2027-01-01}"):
        catalog = small_bank(files | group("best", "one/right, two/right", more))
        one = priced(catalog, "gold-card+one+two@gen-z")
        assert cost(one, "one/right") == cost(one, "two/right") == 1800 * 12
        assert cost(one, "group") == 0


def test_sharing_needs_the_pack_to_be_there() -> None:
    visits = (
        "{mechanic: entitlement, count: 4, period: calendar-year, unit: {zh: 次, en: visit},"
        " usage: lounge-visits, unit_cost: 10, retail_value: 20, sharing: {people: 2, demand_factor: 2}}"
    )
    pack = (
        "{mechanic: feature, about: {zh: 共享, en: sharing}, fixed_cost: 1, shares: [one/right, two/right]}"
    )
    files = module("one", visits) | module("two", visits) | module("pack", pack)
    catalog = small_bank(files | group("share", "pack/right, one/right, two/right"))
    without = priced(catalog, "gold-card+one+two@gen-z")
    plain = priced(small_bank(files), "gold-card+one+two@gen-z")
    assert cost(without, "group") == pytest.approx(cost(plain, "one/right") + cost(plain, "two/right"), abs=1)
    assert cost(priced(catalog, "gold-card+one+two+pack@gen-z"), "group") > cost(without, "group") + 100


CERTAIN = changed(
    "segments/gen-z.yaml",
    ("  month_cv: 0.8\n  year_cv: 0.6", "  month_cv: 0\n  year_cv: 0"),
    ("month_cv: 0.7, year_cv: 0.5", "month_cv: 0, year_cv: 0"),
    ("month_cv: 0.6, year_cv: 0.5", "month_cv: 0, year_cv: 0"),
)
GROCERY = RATE.format(rate="'3%'", categories="grocery")


@pytest.mark.parametrize(
    ("enrolments", "most", "monthly"),
    [
        (("", ""), 50, 18 + 21),  # 2 % of 900 yuan of dining and 3 % of 700 of groceries
        (("", ""), 30, 30),
        (("", ""), 10, 10),
        (("take_up: 50%", ""), 30, 0.5 * 30 + 0.5 * 21),
        (("take_up: 50%", "take_up: 50%"), 20, 0.25 * (20 + 18 + 20)),
    ],
)
def test_a_shared_cap_over_different_scopes_is_used_up_in_the_order_listed(
    enrolments: tuple[str, str], most: int, monthly: float
) -> None:
    cap = f"cap: {{metric: reward, most: {most}, period: calendar-month}}"
    files = module("one", DINING, enrolments[0]) | module("two", GROCERY, enrolments[1])
    files |= group("accumulate", "one/right, two/right", cap) | {"segments/gen-z.yaml": CERTAIN}
    assert cost(priced(small_bank(files), "gold-card+one+two@gen-z"), "group") == round(monthly * 1200)


def test_under_a_shared_cap_only_the_tickets_that_count_count() -> None:
    ticket = Lognormal(700 / 9, 0.7)
    counted = ticket.partial_expectation(100, inf) / ticket.mean
    cap = "cap: {metric: reward, most: 1000, period: calendar-month}"
    files = module("one", DINING) | module("two", GROCERY, "minimum_ticket: 100")
    files |= group("accumulate", "one/right, two/right", cap) | {"segments/gen-z.yaml": CERTAIN}
    assert cost(priced(small_bank(files), "gold-card+one+two@gen-z"), "group") == round(
        (18 + 21 * counted) * 1200
    )


def test_a_shared_cap_holds_over_a_member_for_all_purchases_too() -> None:
    everything = "{mechanic: cashback, rate: '1%'}"
    for most, monthly in ((40, 18 + 16), (20, 20)):
        cap = f"cap: {{metric: reward, most: {most}, period: calendar-month}}"
        files = module("one", DINING) | module("two", everything) | {"segments/gen-z.yaml": CERTAIN}
        files |= group("accumulate", "one/right, two/right", cap)
        assert cost(priced(small_bank(files), "gold-card+one+two@gen-z"), "group") == monthly * 1200


def test_under_a_shared_cap_the_partner_of_the_second_member_pays_for_what_is_left_to_it() -> None:
    cap = "cap: {metric: reward, most: 30, period: calendar-month}"
    funding = "funding: {shares: [{payer: sky-lounges, share: 50%}, {payer: bank, share: 50%}]}"
    for funded, borne in (("one", 18 / 2 + 12), ("two", 18 + 12 / 2)):
        files = module("one", DINING, funding if funded == "one" else "")
        files |= module("two", GROCERY, funding if funded == "two" else "")
        files |= group("accumulate", "one/right, two/right", cap) | {"segments/gen-z.yaml": CERTAIN}
        one = priced(small_bank(files), "gold-card+one+two@gen-z")
        assert cost(one, "group") == borne * 1200
        assert [line.amount for line in one.customer if line.id == "group"] == [36_000]


@pytest.mark.parametrize(
    ("cap", "own"),
    [
        ("cap: {metric: reward, most: 9, period: purchase}", ""),
        (
            "cap: {metric: reward, most: 9, period: calendar-month}",
            CAP.format(most=5, period="calendar-month"),
        ),
    ],
)
def test_different_scopes_under_a_shared_cap_must_be_without_caps_of_their_own(cap: str, own: str) -> None:
    with pytest.raises(CardkitError):
        priced(two(DINING, GROCERY, "accumulate", cap, "", own), "gold-card+one+two@gen-z")


@pytest.mark.parametrize("how", ["best", "exclusive"])
def test_a_place_that_is_not_had_leaves_the_other_members_in_full(how: str) -> None:
    # Half of the 10,000 who chose it get one of 5,000 places for the 2 %; everybody has the 1 %.
    place = "pool: {units: 5000, periods: 12, period: calendar-month, counts: customers}"
    only = module("one", DINING, place)["modules/one.yaml"].replace("  senior: {choose: 5%}\n", "")
    files = module("two", RATE.format(rate="'1%'", categories="dining")) | {"modules/one.yaml": only}
    catalog = small_bank(files | group(how, "one/right, two/right"))
    assert cost(priced(catalog, "gold-card+one+two@gen-z"), "group") == (1800 + 900) // 2 * 12
    units = files | {"modules/one.yaml": only.replace(", counts: customers", "").replace("5000", "90000")}
    # A pool of yuan pays half of the 180,000 that are asked for each month, to everyone.
    shared = priced(small_bank(units | group(how, "one/right, two/right")), "gold-card+one+two@gen-z")
    assert cost(shared, "group") == 1800 // 2 * 12


def test_a_figure_that_a_group_lacks_is_needed_by_the_group_and_its_members() -> None:
    lacking = module("m", FEATURE, "enrolment: register")
    catalog = small_bank(lacking | group("accumulate", "card/core-cashback, m/right"))
    with pytest.raises(MissingFigure, match=re.escape("group (gold-card/core-cashback + m/right): ")):
        priced(catalog, "gold-card+m@gen-z")
