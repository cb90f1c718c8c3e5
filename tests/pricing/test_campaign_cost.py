"""What a campaign costs: a small one reckoned by hand, and the shipped ones against their prices."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from cardkit.mechanics.common import Window
from cardkit.model.expression import Product
from cardkit.pricing.campaign_cost import CampaignCost, campaign_cost
from cardkit.pricing.campaign_window import window_years
from cardkit.pricing.interaction_terms import interacting
from cardkit.pricing.price import price
from cardkit.pricing.setting import Day
from cardkit.source.load import load
from tests.pricing.example import small_bank

AS_OF = date(2026, 7, 1)
SHIPPED = load(Path(__file__).parent.parent.parent / "catalog")
OF_ONE_YEAR = [name for name, one in SHIPPED.campaigns.items() if window_years(one.window) == 1]

CAMPAIGN = """kind: campaign
id: summer
name: {zh: 夏日, en: Summer}
owner: me
objective: activate
stage: activation
indicator: spend
target: {segments: [gen-z, senior], share: {default: 10%, by_segment: {gen-z: 40%}}}
window: {from: 2026-06-01, until: UNTIL}
quota: 20000
budget: 300000
organiser: {zh: 小银行, en: Small Bank}
benefits:
  - id: voucher
    mechanic: voucher
    name: {zh: 券, en: Voucher}
    enrolment: claim
    take_up: 50%
    face: 20
    count: 1
    period: calendar-year
    cost_ratio: 90%
    claim: 80%
    redeemed: 50%
    funding:
      shares:
        - {payer: bank, share: 70%}
        - {payer: paws-clinics, share: 30%, cap: 30000}
      shortfall: bank
  - id: membership
    mechanic: entitlement
    name: {zh: 会员, en: Membership}
    enrolment: claim
    take_up: 30%
    count: 1
    period: anniversary-year
    unit: {zh: 年卡, en: year}
    cost_basis: per-issue
    claim: 60%
    unit_cost: 50
    retail_value: 90
    pool: {units: 500, periods: 6, period: calendar-month}
  - id: gift
    mechanic: milestone
    name: {zh: 礼品, en: Gift}
    metric: event
    steps:
      - reward: {zh: 礼品, en: a gift}
        condition: {zh: 参加, en: take part}
        probability: 2%
        unit_cost: 10
        retail_value: 10
"""


def cost_of_summer(until: str = "2026-11-30", as_of: date = AS_OF) -> CampaignCost:
    catalog = small_bank({"campaigns/summer.yaml": CAMPAIGN.replace("UNTIL", until)})
    return campaign_cost(Day(catalog, as_of), catalog.campaigns["summer"])


def test_by_hand() -> None:
    """100,000 customers in each segment: 40,000 and 10,000 are addressed.

    Voucher: 50,000 × 50 % × 20 × 90 % × 80 % × 50 % = 180,000; of its 54,000 the partner pays 30,000.
    Membership: 50,000 × 30 % × 60 % = 9,000 a year, 750 a month; 500 in six of twelve months are 3,000 × 50.
    Gift: 50,000 × 2 % × 10 = 10,000.
    """
    found = cost_of_summer()
    assert [(one.segment, one.targeted) for one in found.segments] == [("gen-z", 40_000), ("senior", 10_000)]
    assert found.cost == 340_000_00
    assert [right.cost for right in found.rights] == [180_000_00, 150_000_00, 10_000_00]
    assert [one.cost for one in found.segments] == [272_000_00, 68_000_00]
    assert found.per_targeted == 6_80
    assert [one.per_targeted for one in found.segments] == [6_80, 6_80]
    assert found.payers == (("bank", 310_000_00), ("paws-clinics", 30_000_00))
    assert found.bank == 310_000_00
    assert found.budget == 300_000_00
    pool = found.rights[1].pool
    assert pool is not None
    assert [pool.units, pool.demand, pool.full, pool.granted] == [500, 750, 1, Fraction(1, 3)]
    # A voucher is a piece once it is claimed and used; 20,000 are the campaign's quota.
    assert [right.of_quota for right in found.rights] == [
        None if right.units is None else right.units / 20_000 for right in found.rights
    ]
    assert found.rights[1].units == 3_000
    assert found.rights[2].of_quota == Fraction(1_000, 20_000)


def test_over_two_years_what_comes_every_year_comes_twice_and_a_gift_once() -> None:
    found = cost_of_summer("2028-05-31")
    assert [right.cost for right in found.rights] == [360_000_00, 300_000_00, 10_000_00]
    assert dict(found.payers)["paws-clinics"] == 60_000_00, "its cap is a year's"


def test_a_campaign_that_is_yet_to_begin_is_costed_on_its_first_day() -> None:
    found = cost_of_summer(as_of=date(2026, 1, 1))
    assert found.days == (date(2026, 6, 1),)
    assert found.cost == cost_of_summer().cost


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [
        (date(2026, 11, 1), date(2027, 1, 31), 1),
        (date(2028, 1, 1), date(2028, 12, 31), 1),
        (date(2026, 1, 1), date(2027, 12, 31), 2),
        (date(2026, 1, 1), date(2027, 3, 14), Fraction(438, 365)),
        (date(2024, 2, 29), date(2026, 2, 28), 2),
        (None, date(2027, 3, 14), 1),
    ],
)
def test_years_of_a_window(since: date | None, until: date, years: Fraction) -> None:
    assert window_years(Window(since=since, until=until)) == years


@pytest.mark.parametrize("name", OF_ONE_YEAR)
def test_the_banks_part_is_what_the_prices_of_all_segments_say(name: str) -> None:
    """Population × the campaign's lines in each segment's price, without the rights that a group prices."""
    campaign = SHIPPED.campaigns[name]
    found = campaign_cost(Day(SHIPPED, AS_OF), campaign)
    day = Day(SHIPPED, found.days[0])
    total, rounding, grouped = 0, 0, False
    for segment in campaign.target.segments:
        product = Product(SHIPPED.segments[segment].reference_card, (), segment)
        grouped = grouped or any(
            member.holder.id == name
            for _, members in interacting(SHIPPED, product, day.as_of, (name,))
            for member in members
        )
        population = SHIPPED.segments[segment].population.on(day.as_of)
        assert population is not None
        for line in price(day, product, (name,)).lines:
            if line.source == name and (line.benefit or line.id.endswith("/waiver")):
                total -= line.amount * int(population.value)
                rounding += int(population.value)
    if not grouped:
        assert abs(found.bank - total) <= rounding / 2 + 1
