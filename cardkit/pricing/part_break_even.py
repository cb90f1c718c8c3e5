"""The break-evens of one part of a product: what is varied, between which ends, and what it is set to."""

from dataclasses import replace
from fractions import Fraction

from cardkit.ground.money import Fen, percent, plain_number
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.redeem import Redeem
from cardkit.model.campaign import Campaign
from cardkit.model.card import Card
from cardkit.model.catalog import benefit_path
from cardkit.model.module import Module
from cardkit.pricing.break_even import FINEST, NEAR, BreakEven, Tried, break_even
from cardkit.pricing.price import Price
from cardkit.pricing.setting import RealSetting
from cardkit.pricing.what_if import WhatIf

Part = Card | Module | Campaign

LEAST_SPEND, MOST_SPEND = Fraction(-99, 100), Fraction(3)
"""How far spend is varied: from a hundredth of it to four times as much."""

DEAREST = Fraction(1_000_000)
"""Yuan up to which a break-even price is looked for."""


def setting_of(what_if: WhatIf, part: Part) -> RealSetting:
    """A setting to read the part's figures in, as the product has them."""
    catalog = what_if.day.catalog
    card, segment = catalog.cards[what_if.product.card], catalog.segments[what_if.segment]
    return RealSetting(replace(what_if.day, memory={}), card, segment, part, f"{part.id} @{segment.id}")


def take_up(what_if: WhatIf, part: Part, price: Price, goal: Fen) -> BreakEven:
    """The take-up of the main benefit at which the contribution is `goal`, the part's others in proportion.

    Only take-ups that are assumed are varied; what everyone has automatically stays.
    """
    setting = setting_of(what_if, part)
    rated = [
        (_take_up_path(part, benefit, what_if.segment), setting.read(benefit, "take_up"), benefit)
        for benefit in part.rights
        if benefit.take_up is not None and not isinstance(benefit, Redeem)
    ]
    if not rated:
        return BreakEven(None, why="nothing-to-vary")
    costs = {line.id: -line.amount for line in price.lines if line.benefit}
    _, now, _ = max(rated, key=lambda each: costs.get(f"{part.id}/{each[2].id}", 0))
    highest = max(rate for _, rate, _ in rated)

    def said(value: Fraction) -> tuple[str, ...]:
        # Take-ups that are all nothing have no proportions: they rise together.
        scaled = [(path, rate * value / now if now else value) for path, rate, _ in rated]
        return tuple(f"{path}={percent(min(rate, Fraction(1)), FINEST)}" for path, rate in scaled)

    def left(value: Fraction) -> Fen:
        return Fen(what_if.contribution(said(value)) - goal)

    return break_even(now, left, Fraction(0), now / highest if highest else Fraction(1), said)


def _take_up_path(part: Part, benefit: Benefit, segment: str) -> str:
    where = benefit_path(part, benefit.id)[0]
    path = f"{part.id}.{where}.{benefit.id}.take_up"
    by_segment = () if benefit.take_up is None else benefit.take_up.by_segment
    if not by_segment:
        return path
    return f"{path}.by_segment.{segment}" if segment in by_segment else f"{path}.default"


def list_price(what_if: WhatIf, part: Part, goal: Fen) -> BreakEven:
    """The module's price, or the card's annual fee, in yuan at which the contribution is `goal`."""
    if isinstance(part, Campaign):
        return BreakEven(None, why="nothing-to-vary")
    key = "annual_fee" if isinstance(part, Card) else "price"
    now = setting_of(what_if, part).read(part, key)

    def said(value: Fraction) -> tuple[str, ...]:
        return (f"{part.id}.{key}={plain_number(value, 2)}",)

    def left(value: Fraction) -> Fen:
        return Fen(what_if.contribution(said(value)) - goal)

    high = max(now, Fraction(100))
    while left(high) < 0 and high < DEAREST:
        if left(high) <= left(Fraction(0)):
            break  # a fee that is always waived, say: more of it changes nothing
        high = min(high * 8, DEAREST)
    return break_even(now, left, Fraction(0), high, said, decimals=2)


def spend(what_if: WhatIf, bare: Fen | None) -> BreakEven:
    """The change of spend at which the product earns what it earns without a part; for the card, nothing."""
    nothing = Fraction(0)
    goal = Fen(0) if bare is None else bare
    missing = what_if.contribution() - goal
    if bare is not None and missing >= -NEAR:
        return BreakEven(nothing, why="not-needed", ends=(Tried(nothing, Fen(missing)),) * 2)

    def said(value: Fraction) -> tuple[str, ...]:
        factor = plain_number(1 + value, FINEST)
        return (f"{what_if.segment}.spend.categories.*.month_mean=*{factor}",)

    def left(value: Fraction) -> Fen:
        return Fen(what_if.contribution(said(value)) - goal)

    low, high = (LEAST_SPEND, nothing) if missing > 0 else (nothing, MOST_SPEND)
    return break_even(nothing, left, low, high, said)
