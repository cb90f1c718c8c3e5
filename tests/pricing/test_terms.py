"""Terms that random catalogs seldom meet: first and last days, windows, widths, caps, and what can't be priced."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from cardkit.ground.errors import CardkitError
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product, parse
from cardkit.pricing.missing import MissingFigure
from cardkit.pricing.price import Price, price
from cardkit.pricing.setting import ASKED, Day
from tests.pricing.example import PLAIN, changed, small_bank

AS_OF = date(2026, 7, 1)

MODULE = """kind: module
id: {id}
name: {{zh: 模块, en: Module}}
owner: me
group: travel
price: {price}
benefits:
  - id: right
    name: {{zh: 权益, en: Right}}
    {right}
segments:
  gen-z: {{choose: 10%}}
  senior: {{choose: 5%}}
"""
CAMPAIGN = """kind: campaign
id: spring
name: {{zh: 春, en: Spring}}
owner: me
objective: activate
stage: activation
indicator: spend
target: {{segments: [{segments}], share: {share}}}
window: {{{window}}}
organiser: {{zh: 银行, en: Bank}}
benefits:
  - id: gift
    name: {{zh: 礼, en: Gift}}
    {right}
"""
GROUP = """kind: interaction
id: group
name: {{zh: 组, en: Group}}
owner: me
how: {how}
members: [{members}]
reason: {{zh: 因为, en: because}}
{more}
"""
FEATURE = "{mechanic: feature, about: {zh: 一, en: one}, fixed_cost: 10}"
CASHBACK = "{mechanic: cashback, amount: 3, scope: {categories: [dining]}}"


def keys(flow: str, *more: str) -> str:
    """The keys of a benefit written as a flow mapping, one on each line, and some more."""
    import yaml

    found = yaml.safe_load(flow)
    lines = [
        f"{key}: {yaml.safe_dump(value, default_flow_style=True).strip()}" for key, value in found.items()
    ]
    return "\n    ".join([*(line.removesuffix("...").strip() for line in lines), *more])


def module(identifier: str, right: str, *more: str, listed: str = "0") -> dict[str, str]:
    text = MODULE.format(id=identifier, right=keys(right, *more), price=listed)
    return {f"modules/{identifier}.yaml": text}


def campaign(
    right: str, *more: str, segments: str = "gen-z", share: str = "50%", window: str = ""
) -> dict[str, str]:
    window = window or "from: 2026-01-01, until: 2026-12-31"
    text = CAMPAIGN.format(right=keys(right, *more), segments=segments, share=share, window=window)
    return {"campaigns/spring.yaml": text}


def group(how: str, members: str, more: str = "") -> dict[str, str]:
    return {"rules/group.yaml": GROUP.format(how=how, members=members, more=more)}


def priced(catalog: Catalog, expression: str, as_of: date = AS_OF, *campaigns: str) -> Price:
    return price(Day(catalog, as_of), parse(catalog, expression).product, campaigns)


def cost(one: Price, line: str) -> int:
    return -sum(each.amount for each in one.lines if each.id == line)


def amount(one: Price, line: str) -> int:
    return next((each.amount for each in one.lines if each.id == line), 0)


# who has it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "granted"),
    [((2026, 2, 28), 0), ((2026, 3, 1), 1000), ((2026, 3, 31), 1000), ((2026, 4, 1), 0)],
)
def test_a_benefit_holds_on_its_first_and_on_its_last_day(day: tuple[int, int, int], granted: int) -> None:
    catalog = small_bank(module("m", FEATURE, "validity: {from: 2026-03-01, until: 2026-03-31}"))
    assert cost(priced(catalog, "gold-card+m@gen-z", date(*day)), "m/right") == granted


@pytest.mark.parametrize("ends", ["from: 2026-08-01", "until: 2026-06-30"])
def test_one_end_of_a_validity_is_enough_to_be_out_of_it(ends: str) -> None:
    catalog = small_bank(module("m", FEATURE, f"validity: {{{ends}}}"))
    assert cost(priced(catalog, "gold-card+m@gen-z"), "m/right") == 0


@pytest.mark.parametrize(
    ("keys_of_enrolment", "granted"),
    [("", 1000), ("take_up: 40%", 400), ("enrolment: register\n    take_up: 40%", 400)],
)
def test_a_take_up_counts_however_the_benefit_is_enrolled_in(keys_of_enrolment: str, granted: int) -> None:
    catalog = small_bank(module("m", FEATURE, keys_of_enrolment))
    assert cost(priced(catalog, "gold-card+m@gen-z"), "m/right") == granted


def test_a_take_up_that_is_needed_is_never_taken_for_everybody() -> None:
    catalog = small_bank(module("m", FEATURE, "enrolment: register"))
    with pytest.raises(MissingFigure) as found:
        priced(catalog, "gold-card+m@gen-z")
    assert "m/right @gen-z" in found.value.message.en
    assert found.value.path == ("benefits", 0, "take_up")


def test_a_benefit_for_other_segments_costs_nothing_here() -> None:
    catalog = small_bank(module("m", FEATURE, "eligibility: {segments: [senior], share: 50%}"))
    assert cost(priced(catalog, "gold-card+m@gen-z"), "m/right") == 0
    assert cost(priced(catalog, "gold-card+m@senior"), "m/right") == 500


def test_whether_a_benefit_is_for_a_segment_is_noted_where_somebody_asks() -> None:
    catalog = small_bank(module("m", FEATURE, "eligibility: {segments: [senior], share: 50%}"))
    asked: dict[Any, Any] = {}
    price(Day(catalog, AS_OF, memory={ASKED: asked}), parse(catalog, "gold-card+m@gen-z").product)
    assert asked["eligible", "right"] == ("senior",)
    assert [key for key in asked if key[0] == "eligible"] == [("eligible", "right")]


# campaigns -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("window", "twelfths"),
    [
        ("from: 2026-01-01, until: 2026-07-17", 7),  # 198 days are 6.51 months
        ("from: 2026-01-01, until: 2026-07-16", 6),  # 197 days are 6.48
        ("from: 2026-07-01, until: 2026-07-01", 0),
        ("from: 2025-01-01, until: 2027-12-31", 12),
        ("from: 2026-01-01", 12),
        ("until: 2026-12-31", 12),
    ],
)
def test_a_campaign_grants_what_is_new_each_month_in_its_own_months_only(window: str, twelfths: int) -> None:
    catalog = small_bank(campaign(CASHBACK, window=window))
    day = date(2026, 7, 1)
    # 12 purchases a month at 3 yuan, for half of the segment
    assert cost(priced(catalog, "gold-card@gen-z", day, "spring"), "spring/gift") == 12 * 300 * twelfths // 2


def test_what_a_campaign_grants_once_is_not_spread_over_its_months() -> None:
    window = "from: 2026-07-01, until: 2026-07-31"
    plain = small_bank(campaign(FEATURE, window=window))
    once = "{mechanic: cashback, amount: 3, limits: [{metric: times, most: 1000, period: calendar-year}]}"
    yearly = small_bank(campaign(once, window=window))
    assert cost(priced(plain, "gold-card@gen-z", AS_OF, "spring"), "spring/gift") == 500
    assert cost(priced(yearly, "gold-card@gen-z", AS_OF, "spring"), "spring/gift") == 21 * 12 * 300 // 2


def test_a_pool_that_names_its_own_periods_is_not_reduced_by_the_window() -> None:
    pool = "pool: {units: 1000000000, periods: 3, period: calendar-month}"
    catalog = small_bank(campaign(CASHBACK, pool, window="from: 2026-07-01, until: 2026-07-31"))
    assert cost(priced(catalog, "gold-card@gen-z", AS_OF, "spring"), "spring/gift") == 12 * 300 * 3 // 2


@pytest.mark.parametrize(
    ("segment", "day", "granted"),
    [
        ("gen-z", (2026, 1, 1), 500),
        ("gen-z", (2026, 12, 31), 500),
        ("gen-z", (2027, 1, 1), 0),
        ("senior", (2026, 7, 1), 0),
    ],
)
def test_a_campaign_is_part_of_a_price_for_its_segments_while_it_runs(
    segment: str, day: tuple[int, int, int], granted: int
) -> None:
    catalog = small_bank(campaign(FEATURE))
    one = priced(catalog, f"gold-card@{segment}", date(*day), "spring")
    assert cost(one, "spring/gift") == granted
    assert any(line.source == "spring" for line in one.lines) == bool(granted)


def test_a_campaign_for_others_changes_nothing_through_a_group_either() -> None:
    catalog = small_bank(campaign(FEATURE) | group("accumulate", "card/core-cashback, spring/gift"))
    for segment, day in (("senior", AS_OF), ("gen-z", date(2027, 1, 1))):
        with_it = priced(catalog, f"gold-card@{segment}", day, "spring")
        assert with_it.lines == priced(catalog, f"gold-card@{segment}", day).lines
    addressed = priced(catalog, "gold-card@gen-z", AS_OF, "spring")
    alone = priced(catalog, "gold-card@gen-z")
    assert cost(addressed, "group") == cost(alone, "gold-card/core-cashback") + 500
    assert cost(addressed, "spring/gift") == cost(addressed, "gold-card/core-cashback") == 0


# pools and payers ------------------------------------------------------------------------------------


def test_a_pool_is_shared_by_all_segments_to_which_its_holder_is_sold() -> None:
    # 100,000 customers in each segment, of whom 10 % and 5 % choose it: 15,000 units asked for
    for units, granted in ((15_000, 1000), (30_000, 1000), (5_000, 333)):
        pool = f"pool: {{units: {units}, periods: 1, period: calendar-year}}"
        catalog = small_bank(module("m", FEATURE, pool))
        for segment in ("gen-z", "senior"):
            assert cost(priced(catalog, f"gold-card+m@{segment}"), "m/right") == granted


@pytest.mark.parametrize(("periods", "granted"), [(1, 83), (12, 1000), (13, 1000)])
def test_a_pool_is_offered_in_so_many_periods_and_never_in_more_than_a_year_has(
    periods: int, granted: int
) -> None:
    pool = f"pool: {{units: 100000, periods: {periods}, period: calendar-month}}"
    catalog = small_bank(module("m", FEATURE, pool))
    assert cost(priced(catalog, "gold-card+m@gen-z"), "m/right") == granted


FUNDED = "funding: {{shares: [{{payer: bank, share: 25%{bank}}}, {{payer: sky-lounges, share: 75%{partner}}}]{more}}}"


@pytest.mark.parametrize(
    ("bank", "partner", "more", "borne"),
    [
        ("", "", "", 250),
        ("", ", cap: 150000", "", 250),  # 15,000 holders × 10 yuan: the partner's 112,500 fit
        ("", ", cap: 75000", "", 500),
        ("", ", cap: 0", "", 1000),
        ("", ", cap: 75000", ", shortfall: sky-lounges", 250),
        (", cap: 15000", "", ", shortfall: sky-lounges", 100),
        (", cap: 15000", "", "", 250),
    ],
)
def test_who_is_left_with_what_a_cap_leaves_over_pays_it(
    bank: str, partner: str, more: str, borne: int
) -> None:
    catalog = small_bank(module("m", FEATURE, FUNDED.format(bank=bank, partner=partner, more=more)))
    assert cost(priced(catalog, "gold-card+m@gen-z"), "m/right") == borne


def test_a_payers_cap_is_held_against_what_the_pool_lets_through() -> None:
    # Half of the 150,000 yuan are granted, so that a cap of 56,250 on three quarters of it just fits.
    pool = "pool: {units: 7500, periods: 1, period: calendar-year}"
    for cap, borne in ((56_250, 125), (28_125, 312)):
        funding = FUNDED.format(bank="", partner=f", cap: {cap}", more="")
        catalog = small_bank(module("m", FEATURE, pool, funding))
        assert cost(priced(catalog, "gold-card+m@gen-z"), "m/right") == borne


# fees, discounts, tiers ------------------------------------------------------------------------------


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
    assert not any(line.id.startswith("a/fee") for line in (*two.lines, *two.customer))
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


def test_a_product_without_a_segment_has_no_price() -> None:
    catalog = small_bank()
    with pytest.raises(CardkitError) as found:
        price(Day(catalog, AS_OF), Product("gold-card", ()))
    assert "no segment" in found.value.message.en


# interaction groups ----------------------------------------------------------------------------------

RATE = "{{mechanic: cashback, rate: {rate}, scope: {{categories: [{categories}]}}}}"
CAP = "limits: [{{metric: reward, most: {most}, period: {period}}}]"


def two(first: str, second: str, how: str, more: str = "", cap: str = "", other: str = "") -> Catalog:
    """Two modules with one cashback each, in one group."""
    files = module("one", first, *([cap] if cap else [])) | module("two", second, *([other] if other else []))
    return small_bank(files | group(how, "one/right, two/right", more))


DINING = RATE.format(rate="'2%'", categories="dining")
EVERYWHERE = RATE.format(rate="'1%'", categories="dining, grocery")


def test_a_wider_member_without_a_cap_pays_on_the_rest_of_its_purchases_too() -> None:
    # 900 yuan of dining at the better 2 %, 700 of groceries at 1 %, by month
    for how, dining in (("best", 1800), ("exclusive", 1800)):
        one = priced(two(DINING, EVERYWHERE, how), "gold-card+one+two@gen-z")
        assert cost(one, "group") == (dining + 700) * 12
    first = priced(two(EVERYWHERE, DINING, "exclusive"), "gold-card+one+two@gen-z")
    assert cost(first, "group") == (900 + 700) * 12


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
            "limits: [{metric: reward, most: 5, period: calendar-month}, {metric: reward, most: 9, period: calendar-year}]",
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


def test_a_group_that_is_not_in_force_changes_nothing() -> None:
    files = module("one", DINING) | module("two", DINING)
    for more in ("status: draft", "valid: {from: 2027-01-01}"):
        catalog = small_bank(files | group("best", "one/right, two/right", more))
        one = priced(catalog, "gold-card+one+two@gen-z")
        assert cost(one, "one/right") == cost(one, "two/right") == 1800 * 12
        assert cost(one, "group") == 0


def test_sharing_needs_the_pack_to_be_there() -> None:
    visits = (
        "{mechanic: entitlement, count: 4, period: calendar-year, unit: {zh: 次, en: visit}, usage: lounge-visits,"
        " unit_cost: 10, retail_value: 20, sharing: {people: 2, demand_factor: 2}}"
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
