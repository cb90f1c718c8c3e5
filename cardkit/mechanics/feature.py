"""Feature (功能): what an account can do at a fixed cost; also a pack that shares rights with a family."""

from fractions import Fraction

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf
from cardkit.ground.shape.figure import Figure, FigureOf, fixed
from cardkit.ground.shape.leaf import BenefitReference, Money, UnitCost, Words
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.exposure import Exposure, once
from cardkit.mechanics.setting import Expected, Setting, Year
from cardkit.mechanics.wording import Wording


@record
class Feature(Benefit):
    """A feature of the account with a fixed cost for each account and year.

    A supplementary-card pack is a feature too: `shares` names the benefits that it opens to family members;
    what that costs follows from those benefits' own `sharing`.
    """

    about: Text = item(
        Words(),
        Text("功能说明", "what it does"),
        Text("写给客户看的一句话。", "One sentence in the customer's words."),
        public=True,
        example={"zh": "公司账户与个人账户一处查看", "en": "company and personal account in one view"},
    )
    shares: tuple[str, ...] = item(
        ListOf(BenefitReference(), most=6),
        Text("共享的权益", "benefits it shares"),
        Text("附属卡权益包与家人共享哪些权益。", "Which benefits a pack opens to the family."),
        default=(),
        public=True,
        example=["airline-mileage-pack/lounge"],
    )
    fixed_cost: Figure = item(
        FigureOf(UnitCost()),
        Text("固定成本", "fixed cost"),
        Text("每户每年的成本。", "Cost of one account and year."),
        example=12,
    )
    retail_value: Figure = item(
        FigureOf(Money()),
        Text("零售价值", "retail value"),
        Text("一年对客户的零售价；默认 0。", "What a year of it costs at retail; 0 when left out."),
        default=fixed(0, "no retail price"),
    )

    def capped(self) -> bool:
        """Always: the cost is fixed."""
        return True

    def settle(self, year: Year, setting: Setting) -> Fraction:  # noqa: ARG002 - the same for every customer
        """One account with the feature."""
        return Fraction(1)

    def expect(self, setting: Setting) -> Expected:
        """One account with the feature, its fixed cost and its retail value."""
        cost = setting.read(self, "fixed_cost")
        setting.note(Text("每户固定成本", "fixed cost of an account"), cost)
        return Expected(Fraction(1), cost=cost, value=setting.read(self, "retail_value"))

    def exposure(self, setting: Setting) -> Exposure:
        """The fixed cost of one account."""
        return once(setting.read(self, "fixed_cost"))

    def promise(self, words: Wording) -> Text:  # noqa: ARG002 - the catalog's own sentence
        """The catalog's own sentence."""
        return self.about
