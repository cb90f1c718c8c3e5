"""Who has a benefit, how much of it a pool gives, and who pays: first and last days, windows, caps."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from cardkit.mechanics.funding import split
from cardkit.model.expression import parse
from cardkit.pricing.missing import MissingFigure
from cardkit.pricing.price import price
from cardkit.pricing.setting import ASKED, Day, RealSetting
from cardkit.pricing.shares import all_holders
from tests.pricing.example import changed, small_bank
from tests.pricing.pieces import AS_OF, CASHBACK, FEATURE, campaign, cost, group, module, priced


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
    assert asked["eligible", "m/right"] == ("senior",)
    assert [key for key in asked if key[0] == "eligible"] == [("eligible", "m/right")]


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


FUNDED = (
    "funding: {{shares: [{{payer: bank, share: 25%{bank}}},"
    " {{payer: sky-lounges, share: 75%{partner}}}]{more}}}"
)


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


SMALL = tuple(
    (f"segments/{name}.yaml", changed(f"segments/{name}.yaml", ("population: 100000", "population: 100")))
    for name in ("gen-z", "senior")
)


@pytest.mark.parametrize(("units", "granted"), [(15, 1000), (14, 933)])
def test_a_pool_that_just_suffices_is_not_short_by_a_single_unit(units: int, granted: int) -> None:
    pool = f"pool: {{units: {units}, periods: 1, period: calendar-year}}"
    catalog = small_bank(dict(SMALL) | module("m", FEATURE, pool))
    assert cost(priced(catalog, "gold-card+m@gen-z"), "m/right") == granted


def test_places_are_for_customers_and_units_for_what_they_take() -> None:
    visits = (
        "{mechanic: entitlement, count: 4, period: calendar-year, unit: {zh: 次, en: visit}, unit_cost: 10,"
        " cost_basis: per-eligible, retail_value: 20}"
    )
    for counted, granted in (("customers", 2000), ("units", 500)):
        pool = f"pool: {{units: 7500, periods: 1, period: calendar-year, counts: {counted}}}"
        catalog = small_bank(module("m", visits, pool))
        assert cost(priced(catalog, "gold-card+m@gen-z"), "m/right") == granted
    monthly = "pool: {units: 7500, periods: 12, period: calendar-month, counts: customers}"
    assert cost(priced(small_bank(module("m", visits, monthly)), "gold-card+m@gen-z"), "m/right") == 2000


def test_an_empty_pool_leaves_nothing_for_anybody_to_pay() -> None:
    funding = FUNDED.format(bank="", partner=", cap: 100", more="")
    pool = "pool: {units: 0, periods: 1, period: calendar-year}"
    one = priced(small_bank(module("m", FEATURE, pool, funding)), "gold-card+m@gen-z")
    assert not any(line.id == "m/right" for line in one.lines)


def test_a_pool_is_for_those_segments_alone_that_its_holder_is_sold_to() -> None:
    pool = "pool: {units: 5000, periods: 1, period: calendar-year}"
    text = module("m", FEATURE, pool)["modules/m.yaml"].replace("  senior: {choose: 5%}\n", "")
    assert cost(priced(small_bank({"modules/m.yaml": text}), "gold-card+m@gen-z"), "m/right") == 500
    right = (
        "  - {id: right, mechanic: feature, name: {zh: 一, en: one}, about: {zh: 一, en: one},"
        " fixed_cost: 10, pool: {units: 50000, periods: 1, period: calendar-year}}\n"
    )
    for sold, granted in (("", 250), ("eligible_segments: [gen-z]\n", 500)):
        card = changed("cards/gold-card.yaml", ("benefits:\n", f"{sold}benefits:\n{right}"))
        one = priced(small_bank({"cards/gold-card.yaml": card}), "gold-card@gen-z")
        assert cost(one, "gold-card/right") == granted


def test_a_service_tiers_pool_is_for_its_own_segments() -> None:
    tier = changed(
        "services/basic-service.yaml",
        (
            "    contacts: 0.5",
            "    pool: {units: 50000, periods: 1, period: calendar-year}\n    contacts: 0.5",
        ),
    )
    for sold, granted in (("", 75), ("segments: [gen-z]\n", 150)):
        catalog = small_bank({"services/basic-service.yaml": tier + sold})
        assert cost(priced(catalog, "gold-card@gen-z"), "basic-service/hotline") == granted


def test_all_holders_are_those_who_choose_it_where_it_is_offered_and_at_least_one() -> None:
    for more, holders in (
        ("", 15_000),
        ("eligibility: {segments: [senior]}", 5_000),
        ("eligibility: {share: 0%}", 1),
    ):
        catalog = small_bank(module("m", FEATURE, more))
        card, segment = catalog.cards["gold-card"], catalog.segments["senior"]
        setting = RealSetting(Day(catalog, AS_OF), card, segment, catalog.modules["m"], "")
        assert all_holders(catalog.modules["m"].benefits[0], setting) == holders


def test_a_bank_that_is_left_with_nothing_pays_nothing() -> None:
    # 15 holders' 150 yuan: the partner pays 100 within its cap, and owns the rest too
    funding = "funding: {shares: [{payer: sky-lounges, share: 100%, cap: 100}], shortfall: sky-lounges}"
    one = priced(small_bank(dict(SMALL) | module("m", FEATURE, funding)), "gold-card+m@gen-z")
    assert cost(one, "m/right") == 0


def test_what_all_payers_bear_is_the_cost_to_the_last_yuan() -> None:
    quarter, rest = Fraction(1, 4), Fraction(3, 4)
    shares = [("bank", quarter, None), ("shop", rest, Fraction(50))]
    assert split(Fraction(100), shares, "bank") == {"bank": 50, "shop": 50}
    assert split(Fraction(100), shares, "shop") == {"bank": 25, "shop": 75}
    assert split(Fraction(100), shares, None) == {"bank": 25, "shop": 50}
    assert split(Fraction(100), [("shop", quarter, None), ("shop", rest, None)], "bank") == {
        "shop": 100,
        "bank": 0,
    }


def test_a_payers_cap_is_held_against_what_all_holders_cost_on_their_segments_own_cards() -> None:
    # A point costs twice as much on the card that both segments are reckoned with.
    files = {
        "cards/gold-card.yaml": changed(
            "cards/gold-card.yaml", ("unit_cost: 20", "unit_cost: 40"), ("unit_cost: 15", "unit_cost: 30")
        )
    }
    for name in ("gen-z", "senior"):
        file = f"segments/{name}.yaml"
        files[file] = changed(file, ("reference_card: city-card", "reference_card: gold-card"))
    points = "{mechanic: earn, currency: points, yuan_per_point: 20, scope: {categories: [dining]}}"
    plain = small_bank(files | module("m", points))
    each = {name: cost(priced(plain, f"gold-card+m@{name}"), "m/right") for name in ("gen-z", "senior")}
    half = (each["gen-z"] * 10_000 + each["senior"] * 5_000) * 3 // 800  # of three quarters, in yuan
    funding = FUNDED.format(bank="", partner=f", cap: {half}", more="")
    capped = small_bank(files | module("m", points, funding))
    for card in ("gold-card", "city-card"):
        whole = cost(priced(plain, f"{card}+m@gen-z"), "m/right")
        assert cost(priced(capped, f"{card}+m@gen-z"), "m/right") == pytest.approx(whole * 5 / 8, abs=1)
