"""Insurance (保险): cover from a named insurer, for which the customer may pay something a year."""

from fractions import Fraction

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Money, Reference, UnitCost, Words
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.exposure import Exposure, once
from cardkit.mechanics.setting import Expected, Setting, Year
from cardkit.mechanics.wording import Wording, yuan


@record
class Insurance(Benefit):
    """Insurance cover: the premium is the cost, what the customer pays is revenue.

    The cover is worth its expected claims to the customer, not its sum insured.
    """

    insurer: str = item(
        Reference(("partner",)),
        Text("承保公司", "insurer"),
        Text("由哪家保险公司承保。", "Who insures; named wherever the cover is shown."),
        public=True,
    )
    cover: Text = item(
        Words(),
        Text("保障内容", "cover"),
        Text("保什么，写给客户看。", "What is covered, in the customer's words."),
        public=True,
        example={"zh": "盗刷损失", "en": "losses from card fraud"},
    )
    sum_insured: Figure | None = item(
        FigureOf(Money(), by_segment=False),
        Text("保险金额", "sum insured"),
        Text("一年最高赔付多少元。", "The most that is paid out in a year."),
        default=None,
        public=True,
        example=50000,
    )
    customer_price: Figure = item(
        FigureOf(Money(), by_segment=False),
        Text("客户年价", "customer's price a year"),
        Text("客户每年付多少元；赠送写 0。", "What the customer pays a year; 0 if it is given."),
        public=True,
        example=1,
    )
    premium: Figure = item(
        FigureOf(UnitCost()),
        Text("保费", "premium"),
        Text("银行为每位参保客户一年付的保费。", "What the bank pays the insurer for a customer and year."),
        example=3.2,
    )
    expected_claims: Figure = item(
        FigureOf(Money()),
        Text("期望赔付", "expected claims"),
        Text("每位参保客户一年的期望赔付，即保障的价值。", "Claims expected a year: its worth."),
        example=2.1,
    )

    def capped(self) -> bool:
        """Always: the bank owes the premium, whatever happens."""
        return True

    def settle(self, year: Year, setting: Setting) -> Fraction:  # noqa: ARG002 - the same for every customer
        """One policy a year."""
        return Fraction(1)

    def expect(self, setting: Setting) -> Expected:
        """One policy: its premium, what the customer pays for it, and the claims it is expected to bring."""
        price = setting.read(self, "customer_price")
        return Expected(
            Fraction(1),
            cost=setting.note(Text("保费", "premium"), setting.read(self, "premium")),
            value=setting.read(self, "expected_claims"),
            revenue={"insurance-fee": price},
            pays=price,
        )

    def exposure(self, setting: Setting) -> Exposure:
        """One premium: claims are the insurer's."""
        return once(setting.read(self, "premium"))

    def promise(self, words: Wording) -> Text:
        """盗刷损失保障，由甲保险承保 / cover for losses from card fraud, insured by A."""
        insurer = words.name(self.insurer)
        return Text(
            f"{self.cover.zh}保障，由{insurer.zh}承保", f"Cover for {self.cover.en}, insured by {insurer.en}"
        )

    def details(self, words: Wording) -> tuple[Text, ...]:
        """Caps, the sum insured, and the price."""
        lines = list(Benefit.details(self, words))
        if self.sum_insured is not None:
            most = yuan(words.value(self.sum_insured))
            lines.append(Text(f"每年最高赔付 {most.zh}", f"pays out at most {most.en} a year"))
        price = words.value(self.customer_price)
        shown = yuan(price)
        lines.append(
            Text("保费由银行承担", "the bank pays the premium")
            if price == 0
            else Text(f"自愿投保，每年 {shown.zh}", f"{shown.en} a year, if you choose it")
        )
        return tuple(lines)
