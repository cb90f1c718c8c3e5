"""Interaction groups, through the real setting: each against an independent reckoning of the same thing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from cardkit.model.catalog import Catalog
from cardkit.model.expression import parse
from cardkit.pricing.price import Price, price
from cardkit.pricing.setting import Day, RealSetting
from cardkit.source.load import from_texts

AS_OF = date(2026, 7, 1)
EXAMPLE = Path(__file__).parent.parent / "checks" / "example"
TEXTS = {
    file.relative_to(EXAMPLE).as_posix(): file.read_text(encoding="utf-8")
    for file in EXAMPLE.rglob("*.yaml")
    if file.parent.name not in ("rules", "law", "campaigns", "products", "bundles")
}
Files = Mapping[str, str]

CASHBACK = """kind: module
id: {id}
name: {{zh: 返现, en: Cashback}}
owner: me
group: travel
price: 0
benefits:
  - id: back
    mechanic: cashback
    name: {{zh: 返现, en: Cashback}}
    rate: {rate}
    scope: {{categories: [dining]}}
    {more}
    limits:
      - {{metric: reward, most: {cap}, period: calendar-month}}
segments:
  gen-z: {{choose: 10%}}
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


def catalog_of(**files: str) -> Catalog:
    texts = TEXTS | {name.replace("__", "/") + ".yaml": text for name, text in files.items()}
    catalog = from_texts({file: text.encode() for file, text in texts.items()}, [])
    assert not catalog.findings, [finding.message.en for finding in catalog.findings]
    return catalog


def priced(catalog: Catalog, expression: str) -> Price:
    return price(Day(catalog, AS_OF), parse(catalog, expression).product)


def cost(one: Price, line: str) -> int:
    return -next((each.amount for each in one.lines if each.id == line), 0)


def two_cashbacks(how: str, more: str = "", first: str = "", second: str = "") -> Catalog:
    return catalog_of(
        modules__one=CASHBACK.format(id="one", rate="5%", cap=50, more=first),
        modules__two=CASHBACK.format(id="two", rate="8%", cap=40, more=second),
        rules__group=GROUP.format(how=how, members="one/back, two/back", more=more),
    )


def sampled(catalog: Catalog, rule: Callable[[float], float], years: int = 40_000) -> tuple[float, float]:
    """Mean and standard error, in fen a year, of a rule on a month's dining spend."""
    setting = RealSetting(
        Day(catalog, AS_OF),
        catalog.cards["gold-card"],
        catalog.segments["gen-z"],
        catalog.cards["gold-card"],
        "",
    )
    spend = setting.spending.amount(("dining",), Fraction(1), "calendar-month")
    generator = Random(20260701)
    values = [rule(spend.sample(generator)) * 12 * 100 for _ in range(years)]
    mean = sum(values) / years
    deviation = (sum((value - mean) ** 2 for value in values) / (years - 1)) ** 0.5
    return mean, deviation / years**0.5


RULES = {
    "best": ("", lambda x: max(min(0.05 * x, 50), min(0.08 * x, 40))),
    "exclusive": ("", lambda x: min(0.05 * x, 50)),
    "accumulate": (
        "cap: {metric: reward, most: 60, period: calendar-month}",
        lambda x: min(min(0.05 * x, 50) + min(0.08 * x, 40), 60),
    ),
}


@pytest.mark.parametrize("how", RULES)
def test_cashbacks_on_the_same_purchases_are_priced_period_by_period(how: str) -> None:
    more, rule = RULES[how]
    catalog = two_cashbacks(how, more)
    mean, error = sampled(catalog, rule)
    assert cost(priced(catalog, "gold-card+one+two@gen-z"), "group") == pytest.approx(mean, abs=3 * error)


def test_without_a_shared_cap_accumulating_is_the_plain_sum() -> None:
    catalog = two_cashbacks("accumulate")
    both = priced(catalog, "gold-card+one+two@gen-z")
    apart = cost(priced(catalog, "gold-card+one@gen-z"), "one/back")
    other = cost(priced(catalog, "gold-card+two@gen-z"), "two/back")
    assert abs(cost(both, "group") - apart - other) <= 1, "rounded once instead of twice"


@pytest.mark.parametrize("how", RULES)
def test_a_member_alone_is_priced_plainly_and_the_best_of_two_lies_between_the_larger_and_the_sum(
    how: str,
) -> None:
    catalog, bare = two_cashbacks(how, RULES[how][0]), two_cashbacks("accumulate")
    for name in ("one", "two"):
        assert (
            priced(catalog, f"gold-card+{name}@gen-z").lines == priced(bare, f"gold-card+{name}@gen-z").lines
        )
    one, two = (cost(priced(bare, f"gold-card+{name}@gen-z"), f"{name}/back") for name in ("one", "two"))
    together = cost(priced(catalog, "gold-card+one+two@gen-z"), "group")
    assert together <= one + two + 1
    if how == "best":
        assert together >= max(one, two)


def test_enrolment_decides_who_can_win() -> None:
    # Half are in the first, a third in the second, independently: E = Σ over who is enrolled in what.
    enrolled = "enrolment: register\n    take_up: {}"
    catalog = two_cashbacks("best", first=enrolled.format("50%"), second=enrolled.format("33%"))
    full = two_cashbacks("best")
    both = cost(priced(full, "gold-card+one+two@gen-z"), "group")
    one, two = (cost(priced(full, f"gold-card+{name}@gen-z"), f"{name}/back") for name in ("one", "two"))
    expected = 0.5 * 0.33 * both + 0.5 * 0.67 * one + 0.5 * 0.33 * two
    assert cost(priced(catalog, "gold-card+one+two@gen-z"), "group") == pytest.approx(expected, abs=2)


def test_a_partner_pays_its_share_of_what_its_own_member_pays() -> None:
    funding = "funding: {shares: [{payer: sky-lounges, share: 40%}, {payer: bank, share: 60%}]}"
    catalog, full = two_cashbacks("exclusive", first=funding), two_cashbacks("exclusive")
    paid = cost(priced(catalog, "gold-card+one+two@gen-z"), "group")
    assert paid == pytest.approx(0.6 * cost(priced(full, "gold-card+one+two@gen-z"), "group"), abs=1)


WAIVER = """kind: module
id: {id}
name: {{zh: 免年费, en: Waiver}}
owner: me
group: travel
price: 0
benefits:
  - id: waiver
    mechanic: fee-waiver
    name: {{zh: 免年费, en: Waiver}}
    fee: annual
    {condition}
segments:
  gen-z: {{choose: 10%}}
"""


def test_one_fee_is_waived_once_however_many_ways_there_are() -> None:
    files = {
        "modules__new": WAIVER.format(id="new", condition="condition: first-year\n    new_share: 20%"),
        "rules__group": GROUP.format(how="waive", members="card/annual-fee-waiver, new/waiver", more=""),
    }
    catalog = catalog_of(**files)
    alone = priced(catalog, "gold-card@gen-z")
    both = priced(catalog, "gold-card+new@gen-z")
    fee = next(line.amount for line in alone.lines if line.id == "annual-fee")
    spend = -next(line.amount for line in alone.lines if line.id.endswith("annual-fee-waiver/waiver")) / fee
    either = 1 - (1 - spend) * (1 - 0.2)
    waived = -next(line.amount for line in both.lines if line.id == "group/waiver")
    assert waived == pytest.approx(either * fee, abs=1)
    assert waived <= fee


REDEEM = """kind: module
id: treats
name: {zh: 兑换, en: Treats}
owner: me
group: travel
price: 0
benefits:
  - id: redeem-treat
    mechanic: redeem
    name: {zh: 换零食, en: Treats}
    currency: points
    points: 100
    unit: {zh: 一份零食, en: a treat}
    unit_cost: 4
    retail_value: 6
    mix_share: 100%
segments:
  gen-z: {choose: 10%}
"""


def test_another_redemption_option_changes_what_a_point_costs() -> None:
    members = "card/core-points, card/redeem-bill, card/redeem-coffee, treats/redeem-treat"
    catalog = catalog_of(
        modules__treats=REDEEM, rules__group=GROUP.format(how="redeem", members=members, more="")
    )
    alone = cost(priced(catalog, "gold-card@gen-z"), "gold-card/core-points")
    with_treats = cost(priced(catalog, "gold-card+treats@gen-z"), "group")
    before = (Fraction(60, 100) * 20 / 1000 + Fraction(40, 100) * 15 / 900) / 1
    after = (Fraction(60, 100) * 20 / 1000 + Fraction(40, 100) * 15 / 900 + Fraction(4, 100)) / 2
    assert with_treats == pytest.approx(float(alone * after / before), abs=1)


PACK = """kind: module
id: pack
name: {zh: 附属卡包, en: Pack}
owner: me
group: travel
price: 20
benefits:
  - id: pack
    mechanic: feature
    name: {zh: 共享, en: Sharing}
    about: {zh: 与家人共享, en: share with the family}
    fixed_cost: 3
    shares: [lounge-pass/lounge]
segments:
  gen-z: {choose: 10%}
"""


def test_a_sharing_pack_raises_demand_and_not_the_limit() -> None:
    catalog = catalog_of(
        modules__pack=PACK,
        rules__group=GROUP.format(how="share", members="pack/pack, lounge-pass/lounge", more=""),
    )
    plain = cost(priced(catalog, "gold-card+lounge-pass@gen-z"), "lounge-pass/lounge")
    shared = cost(priced(catalog, "gold-card+lounge-pass+pack@gen-z"), "group") - 300
    setting = RealSetting(
        Day(catalog, AS_OF),
        catalog.cards["gold-card"],
        catalog.segments["gen-z"],
        catalog.modules["lounge-pass"],
        "",
    )
    benefit = catalog.benefit("lounge-pass/lounge")
    assert benefit is not None
    more = benefit.expect(replace(setting, shared=True))
    assert shared == pytest.approx(float(more.cost * 100), abs=1)
    assert plain < shared <= 4 * 8000


def test_a_group_changes_nothing_for_products_without_two_of_its_members() -> None:
    catalog, bare = two_cashbacks("best"), catalog_of()
    assert (
        priced(catalog, "gold-card+lounge-pass@gen-z").lines
        == priced(bare, "gold-card+lounge-pass@gen-z").lines
    )
