"""One benefit, priced: its expectation, times who enrols, less what partners and pools take away."""

from dataclasses import dataclass
from fractions import Fraction

from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.setting import Expected
from cardkit.pricing.lines import Terms
from cardkit.pricing.setting import RealSetting
from cardkit.pricing.shares import bank_share, enrolled_share, pool_scale

REVENUE_NAMES = {
    "waiver": Text("减免", "waiver"),
    "points-taken": Text("收下的积分（按成本）", "points taken for it, at cost"),
    "instalment-interest": Text("分期利息", "instalment interest"),
    "insurance-fee": Text("保险费收入", "insurance fee"),
    "voucher-sales": Text("售券收入", "voucher sales"),
}


@dataclass(frozen=True, slots=True)
class Amounts:
    """What one holder of the product is expected to be granted in a year, in yuan, exactly."""

    cost: Fraction = Fraction(0)
    """Borne by the bank."""
    value: Fraction = Fraction(0)
    revenue: tuple[tuple[str, Fraction], ...] = ()
    pays: Fraction = Fraction(0)
    balance: Fraction = Fraction(0)


NOTHING = Amounts()


def amounts(benefit: Benefit, setting: RealSetting) -> Amounts:
    """C = e·t·E[units | limits]·unit cost·(1−π), bounded by the pool; value before partner shares."""
    share = enrolled_share(benefit, setting)
    if share == 0:
        return NOTHING
    expected = benefit.expect(setting)
    return after_shares(benefit, setting, expected, share * pool_scale(benefit, setting))


def after_shares(benefit: Benefit, setting: RealSetting, expected: Expected, scale: Fraction) -> Amounts:
    """An expectation times `scale`, for one holder of the product, as the bank bears it."""
    cost, value, pays, balance = expected.cost, expected.value, expected.pays, expected.balance
    return Amounts(
        cost=cost and cost * (scale * bank_share(benefit, setting)),
        value=value and value * (scale * setting.read(benefit, "valuation")),
        revenue=tuple((name, amount * scale) for name, amount in expected.revenue.items()),
        pays=pays and pays * scale,
        balance=balance and balance * scale,
    )


def benefit_terms(benefit: Benefit, setting: RealSetting) -> Terms:
    """The lines of one benefit that stands alone."""
    at = setting.line(setting.holder, f"{setting.holder.id}/{benefit.id} @{setting.segment.id}")
    return lines_of(f"{setting.holder.id}/{benefit.id}", benefit.name, amounts(benefit, at), at)


def lines_of(line: str, name: Text, granted: Amounts, setting: RealSetting) -> Terms:
    """Amounts as rounded lines; empty ones are left out."""
    terms = Terms()
    source = line.partition("/")[0]
    steps = tuple(setting.steps or ())
    vat = setting.aside().market("vat")
    for part, amount in granted.revenue:
        if amount:
            title = name + Text("·", " · ") + REVENUE_NAMES[part]
            terms.revenue(f"{line}/{part}", source, title, amount, vat, steps)
    if granted.cost:
        terms.cost(line, source, name, granted.cost, benefit=True, steps=steps)
    if granted.balance:
        terms.add(balance_terms(line, source, name, granted.balance, setting))
    if granted.pays:
        terms.pays(line, source, name, granted.pays)
    if granted.value:
        terms.value(line, source, name, granted.value)
    return terms


def balance_terms(line: str, source: str, name: Text, balance: Fraction, setting: RealSetting) -> Terms:
    """What an instalment balance costs to fund and loses: average balance × rate, by book."""
    terms = Terms()
    for part, title, owner, key in (
        ("funding", Text("资金成本", "funding"), setting.catalog.settings.market, "funding"),
        ("loss", Text("信用损失", "credit loss"), setting.segment.credit, "instalment_loss"),
    ):
        at = setting.line(setting.holder, setting.needed_by)
        at.note(Text("平均分期余额", "average instalment balance"), balance, "P·(n+1)/(2n)·n/12 · contracts")
        amount = balance * at.read(owner, key)
        terms.cost(f"{line}/{part}", source, name + Text("·", " · ") + title, amount, steps=at.steps or ())
    return terms
