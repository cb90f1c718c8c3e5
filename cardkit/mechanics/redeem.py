"""Redeem (积分兑换): one thing that points can be exchanged for; together they give the cost of a point."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from cardkit.ground.errors import CardkitError
from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Money, Number, Rate, Reference, UnitCost, Words
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.exposure import Exposure, once
from cardkit.mechanics.setting import Expected, Setting, Year
from cardkit.mechanics.wording import Wording, grouped

RedemptionOption = tuple[Fraction, Fraction, Fraction]
"""Share of the redeemed points, points for one unit, and yuan for one unit (its cost or retail value)."""


def cost_per_point(options: Sequence[RedemptionOption]) -> Fraction:
    """Σ share·unit cost ÷ points, in yuan for one redeemed point; shares are normalised to sum to 1.

    With retail values in place of unit costs it is the value of a point to the customer. Raises
    CardkitError when the shares sum to 0: a currency that nobody redeems has no cost per point.
    """
    total = sum((share for share, _, _ in options), Fraction(0))
    if total == 0:
        raise CardkitError(
            Text("兑换占比之和为 0，算不出每分成本", "The redemption shares sum to 0: no cost per point"),
            Text("给兑换方式写上 mix_share", "give the redemption options a mix_share"),
        )
    return sum((share * unit / points for share, points, unit in options), Fraction(0)) / total


@record
class Redeem(Benefit):
    """One way to redeem points. It has no cost of its own: it enters the cost per point.

    Cost per point = Σ share·unit cost ÷ points over all options of the currency, shares normalised; what
    is earned carries it. `unit` names what one exchange gives, and `points` is the price of one exchange.
    """

    currency: str = item(
        Reference(("points-currency",)),
        Text("积分种类", "points currency"),
        Text("用哪种积分兑换。", "Which points it is exchanged for."),
        public=True,
        example="points",
    )
    points: Figure = item(
        FigureOf(Number(above=0), by_segment=False),
        Text("所需积分", "points"),
        Text("兑换一份需要多少积分。", "Points for one unit."),
        public=True,
        example=18,
    )
    unit: Text = item(
        Words(),
        Text("兑换物", "unit"),
        Text("一份是什么，连量词写，如“20 里航空里程”。", "What one unit is, e.g. 20 airline miles."),
        public=True,
        example={"zh": "20 里航空里程", "en": "20 airline miles"},
    )
    unit_cost: Figure = item(
        FigureOf(UnitCost()),
        Text("单位成本", "unit cost"),
        Text("一份的成本。", "What one unit costs the bank."),
        example=1.2,
    )
    retail_value: Figure = item(
        FigureOf(Money()),
        Text("零售价值", "retail value"),
        Text("一份对客户的零售价。", "What one unit costs at retail."),
        example=2,
    )
    mix_share: Figure = item(
        FigureOf(Rate()),
        Text("兑换占比", "share of the mix"),
        Text(
            "已兑换的积分中用于这一方式的比例；同一积分的各方式之和为 100%。",
            "Share of the redeemed points that goes here; all options of a currency sum to 100%.",
        ),
        example="40%",
    )

    def capped(self) -> bool:
        """Always: nobody redeems more points than were granted."""
        return True

    def settle(self, year: Year, setting: Setting) -> Fraction:
        """Units that each period's redeemed points buy; what is left of the points stays in the account."""
        price = setting.read(self, "points")
        return Fraction(sum(floor(sum(period, Fraction(0)) / price) for period in year))

    def expect(self, setting: Setting) -> Expected:  # noqa: ARG002 - no cost of its own, in any setting
        """Nothing: the points that are redeemed here were priced where they were earned."""
        return Expected(Fraction(0))

    def exposure(self, setting: Setting) -> Exposure:  # noqa: ARG002 - no cost of its own, in any setting
        """Nothing: the points were priced, and are bounded, where they are earned."""
        return once(Fraction(0))

    def promise(self, words: Wording) -> Text:
        """18 积分兑换 20 里航空里程 / 20 airline miles for 18 points."""
        price, name = grouped(words.value(self.points)), words.name(self.currency)
        return Text(f"{price} {name.zh}兑换{_spaced(self.unit.zh)}", f"{self.unit.en} for {price} {name.en}")


def _spaced(text: str) -> str:
    """A Chinese text to be written after another: a leading figure keeps a space before it."""
    return f" {text}" if text[:1].isascii() else text
