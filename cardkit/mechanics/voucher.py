"""Voucher (代金券): money off a later purchase, granted in a number of pieces for each period."""

from fractions import Fraction

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Choice, Money, Number, Rate, Whole
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.exposure import Exposure, at_most
from cardkit.mechanics.period import PER_YEAR, PERIODS
from cardkit.mechanics.setting import Expected, Setting, Year
from cardkit.mechanics.wording import Wording, at_least, every, grouped, yuan


@record
class Voucher(Benefit):
    """Vouchers of one face value: count·face·cost ratio·claim·redeemed for each period.

    `claim` is the share of granted vouchers that are fetched, `redeemed` the share of those that are used
    before they lapse. The cost ratio is what the bank pays for one yuan of face value. Where the customer
    buys the voucher, the price is revenue and never a smaller cost.
    """

    face: Figure = item(
        FigureOf(Money(), by_segment=False),
        Text("面额", "face value"),
        Text("一张券抵多少元。", "What one voucher takes off, in yuan."),
        public=True,
        example=100,
    )
    count: Figure = item(
        FigureOf(Number(decimals=0, least=1), by_segment=False),
        Text("张数", "count"),
        Text("每个周期发几张。", "Vouchers granted in one period."),
        public=True,
        example=4,
    )
    period: str = item(
        Choice(PERIODS),
        Text("周期", "period"),
        Text("张数按什么周期重新计算。", "The period after which the count starts anew."),
        public=True,
        example="calendar-year",
    )
    minimum_spend: Figure | None = item(
        FigureOf(Money(), by_segment=False),
        Text("使用门槛", "minimum spend"),
        Text("单笔消费满多少元可用；不写表示无门槛。", "Purchase that it needs; none when left out."),
        default=None,
        public=True,
        example=200,
    )
    life_days: int | None = item(
        Whole(1, 3660),
        Text("有效天数", "life in days"),
        Text("领取后多少天内有效，含最后一天。", "Days from the claim to the last day, inclusive."),
        default=None,
        public=True,
        example=90,
    )
    customer_price: Figure | None = item(
        FigureOf(Money(), by_segment=False),
        Text("客户购买价", "price to the customer"),
        Text("客户每张付多少；不写表示免费。", "What the customer pays for one; free when left out."),
        default=None,
        public=True,
    )
    cost_ratio: Figure = item(
        FigureOf(Rate()),
        Text("成本比", "cost ratio"),
        Text("银行为 1 元面额付多少。", "What the bank pays for one yuan of face value."),
        example="82%",
    )
    claim: Figure = item(
        FigureOf(Rate()),
        Text("领取率", "claim rate"),
        Text("发放的券中被领取的比例。", "Share of the granted vouchers that is claimed."),
        example="60%",
    )
    redeemed: Figure = item(
        FigureOf(Rate()),
        Text("核销率", "redeemed share"),
        Text("已领取的券中被使用的比例。", "Share of the claimed vouchers that is used."),
        example="85%",
    )

    def capped(self) -> bool:
        """Always: the count is the cap."""
        return True

    def settle(self, year: Year, setting: Setting) -> Fraction:  # noqa: ARG002 - the same for every customer
        """Vouchers granted in the year."""
        return setting.read(self, "count") * PER_YEAR[self.period]

    def expect(self, setting: Setting) -> Expected:
        """Vouchers granted to one enrolled holder in a year; cost and value of those that are used."""
        granted = setting.note(
            Text("一年发放张数", "vouchers granted a year"),
            setting.read(self, "count") * PER_YEAR[self.period],
        )
        claimed = granted * setting.read(self, "claim")
        used = setting.note(
            Text("一年使用张数", "vouchers used a year"),
            claimed * setting.read(self, "redeemed"),
            "count × claim × redeemed",
        )
        face = setting.read(self, "face")
        price = setting.optional(self, "customer_price")
        paid = Fraction(0) if price is None else claimed * price
        return Expected(
            granted,
            cost=used * face * setting.read(self, "cost_ratio"),
            value=used * face,
            revenue={"voucher-sales": paid} if price is not None else {},
            pays=paid,
        )

    def exposure(self, setting: Setting) -> Exposure:
        """Every voucher claimed and used."""
        units = setting.read(self, "count") * PER_YEAR[self.period]
        return at_most(units, setting.read(self, "face") * setting.read(self, "cost_ratio"))

    def promise(self, words: Wording) -> Text:
        """每自然年 4 张 100 元代金券 / 4 vouchers of CNY 100 a calendar year."""
        count, face, period = words.value(self.count), yuan(words.value(self.face)), every(self.period)
        many = "voucher" if count == 1 else "vouchers"
        return Text(
            f"{period.zh} {grouped(count)} 张 {face.zh}代金券",
            f"{grouped(count)} {many} of {face.en} {period.en}",
        )

    def details(self, words: Wording) -> tuple[Text, ...]:
        """Caps, the purchase it needs, how long it lives and what it costs."""
        lines = list(Benefit.details(self, words))
        if self.minimum_spend is not None:
            least = at_least(">=", yuan(words.value(self.minimum_spend)))
            lines.append(Text(f"单笔消费{least.zh}可用", f"for purchases of {least.en}"))
        if self.life_days is not None:
            days = f"{self.life_days:,}"
            lines.append(
                Text(
                    f"领取后 {days} 天内有效（含末日）",
                    f"valid for {days} days from the claim, last day included",
                )
            )
        if self.customer_price is not None:
            price = yuan(words.value(self.customer_price))
            lines.append(Text(f"每张售价 {price.zh}", f"{price.en} each"))
        return tuple(lines)
