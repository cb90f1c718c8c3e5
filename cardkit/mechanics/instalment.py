"""Instalment (分期): a purchase or cash paid back in months, at interest that may be subsidised away."""

from collections.abc import Iterator
from fractions import Fraction

from cardkit.ground.annual_rate import FeeTiming, Schedule, average_balance
from cardkit.ground.errors import CardkitError
from cardkit.ground.frozen import frozen
from cardkit.ground.money import exact, to_fen
from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf, Record
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Choice, Money, Number, Rate, Whole, Words
from cardkit.ground.text import Text, joined
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.exposure import Exposure, at_most
from cardkit.mechanics.setting import Expected, Setting, Year
from cardkit.mechanics.wording import Wording, rate, yuan

EXAMPLE_PRINCIPAL = Fraction(10_000)
"""Yuan on which annual rates are shown, moved into the amount range where that excludes it."""

BOOKS = ("consumption", "bill", "cash", "tuition", "rent", "renovation", "vehicle")
"""Books of instalment balances, each with its own credit loss and its own rules in law."""

INTEREST_TIMING = {
    "each_payment": Text("利息每期随本金支付", "interest is paid with each payment"),
    "first_payment": Text("利息在首期一次付清", "all interest is paid with the first payment"),
    "deducted": Text("利息在放款时扣除", "interest is deducted from the amount paid out"),
}


@record
class Tenor:
    """One length of an instalment plan and its price."""

    months: int = item(
        Whole(1, 360),
        Text("期数", "months"),
        Text("分几个月还。", "Number of monthly payments."),
        public=True,
        example=12,
    )
    customer_rate: Figure = item(
        FigureOf(Rate(), by_segment=False),
        Text("客户每期利率", "customer's rate per period"),
        Text("每期利息占本金的比例；免息写 0%。", "A period's interest, of the principal; 0% is free."),
        public=True,
        example="0%",
    )
    share: Figure | None = item(
        FigureOf(Rate()),
        Text("合同占比", "share of contracts"),
        Text(
            "各期数之和为 100%；只有一种期数时可不写。", "All tenors sum to 100%; only one may leave it out."
        ),
        default=None,
        example="60%",
    )


@frozen
class AnnualRate:
    """What one tenor costs as an annual rate, computed on the schedule that is billed, to the fen."""

    months: int
    principal: Fraction
    customer_rate: Fraction
    interest: Fraction
    """Interest of the whole plan, in yuan."""
    simple: Fraction
    """Twelve monthly rates (单利)."""
    compound: Fraction
    """(1 + monthly rate)^12 − 1 (复利)."""


@record
class Instalment(Benefit):
    """Instalments for a purpose: contracts·(reference − customer interest), before partner shares.

    The interest of a contract is Σ share·months·rate per period·mean principal over the tenors. Reference
    interest, less prepayment loss, is booked as revenue and the subsidy as benefit cost, so that nothing
    is counted twice; the customer pays the customer rate. The balance is what all contracts of a year
    leave outstanding on average, to be funded and to bear losses.
    """

    purpose: Text = item(
        Words(),
        Text("用途", "purpose"),
        Text("分期用来做什么。", "What is paid in instalments."),
        public=True,
        example={"zh": "母婴用品", "en": "baby goods"},
    )
    book: str = item(
        Choice(BOOKS),
        Text("账簿", "book"),
        Text("属于哪类分期余额；决定信用损失和法规要求。", "Kind of balance; decides losses and law."),
        public=True,
    )
    tenors: tuple[Tenor, ...] = item(
        ListOf(Record(Tenor), least=1, most=24),
        Text("期数", "tenors"),
        Text("可选的期数及各自的利率。", "The lengths on offer, each with its rate."),
        public=True,
    )
    minimum_amount: Figure = item(
        FigureOf(Money(), by_segment=False),
        Text("最低金额", "minimum amount"),
        Text("单笔分期本金下限，含。", "The least principal of one contract, inclusive."),
        public=True,
        example=600,
    )
    maximum_amount: Figure = item(
        FigureOf(Money(), by_segment=False),
        Text("最高金额", "maximum amount"),
        Text("单笔分期本金上限，含。", "The most principal of one contract, inclusive."),
        public=True,
        example=50000,
    )
    fee_timing: str = item(
        Choice(tuple(INTEREST_TIMING)),
        Text("利息支付方式", "when interest is paid"),
        Text(
            "每期、首期一次，或放款时扣除。", "With each payment, all in the first, or deducted at the start."
        ),
        default="each_payment",
        public=True,
    )
    reference_rate: Figure = item(
        FigureOf(Rate()),
        Text("参考每期利率", "reference rate per period"),
        Text("没有补贴时每期利息占本金的比例。", "Interest of a period without any subsidy."),
        example="0.6%",
    )
    contracts: Figure = item(
        FigureOf(Number()),
        Text("年合同数", "contracts a year"),
        Text("每位参与者一年办几笔。", "Contracts of one enrolled holder in a year."),
        example=0.096,
    )
    mean_principal: Figure = item(
        FigureOf(Money()),
        Text("平均本金", "mean principal"),
        Text("单笔分期的平均本金。", "Mean principal of one contract."),
        example=12000,
    )

    def contradictions(self) -> Iterator[tuple[str, Text, Text | None]]:
        """Keys that don't go together."""
        yield from Benefit.contradictions(self)
        months = [tenor.months for tenor in self.tenors]
        if len(set(months)) < len(months):
            yield (
                "tenors",
                Text("同一期数写了两次", "The same number of months is given twice"),
                Text("每种期数只写一次", "give each tenor once"),
            )
        if len(months) > 1 and any(tenor.share is None for tenor in self.tenors):
            yield (
                "tenors",
                Text("多种期数时每种都要写 share", "With several tenors, each needs its share"),
                Text("各期数的 share 之和为 100%", "shares of all tenors sum to 100%"),
            )

    def capped(self) -> bool:
        """Always: the maximum amount bounds a contract."""
        return True

    def tenor_shares(self, setting: Setting) -> tuple[Fraction, ...]:
        """The share of contracts by tenor, normalised; 1 for the only tenor there is."""
        if len(self.tenors) == 1:
            return (Fraction(1),)
        shares = [setting.read(tenor, "share") for tenor in self.tenors]
        total = sum(shares, Fraction(0))
        if total == 0:
            raise CardkitError(
                Text("各期数占比之和为 0", "The shares of the tenors sum to 0"),
                Text("各期数的 share 之和应为 100%", "shares of all tenors should sum to 100%"),
            )
        return tuple(share / total for share in shares)

    def settle(self, year: Year, setting: Setting) -> Fraction:
        """Contracts granted in a year: those whose principal (yuan) is within the amount range."""
        least, most = setting.read(self, "minimum_amount"), setting.read(self, "maximum_amount")
        return Fraction(sum(least <= principal <= most for period in year for principal in period))

    def expect(self, setting: Setting) -> Expected:
        """Contracts of one enrolled holder in a year, their interest, its subsidy, and the balance."""
        contracts, principal = setting.read(self, "contracts"), setting.read(self, "mean_principal")
        reference_rate = setting.read(self, "reference_rate")
        reference = customer = balance = Fraction(0)
        for tenor, share in zip(self.tenors, self.tenor_shares(setting), strict=True):
            reference += share * principal * reference_rate * tenor.months
            customer += share * principal * setting.read(tenor, "customer_rate") * tenor.months
            balance += share * average_balance(contracts * principal, tenor.months)
        setting.note(Text("单笔参考利息", "reference interest of a contract"), reference)
        setting.note(Text("单笔客户利息", "customer's interest of a contract"), customer)
        kept = 1 - setting.note(Text("提前还款损失", "prepayment loss"), setting.market("prepayment_loss"))
        subsidy = contracts * (reference - customer)
        return Expected(
            contracts,
            cost=subsidy,
            # At retail the customer would pay the reference interest; what they do pay stands in `pays`.
            value=contracts * reference,
            revenue={"instalment-interest": contracts * reference * kept},
            pays=contracts * customer,
            balance=balance,
        )

    def exposure(self, setting: Setting) -> Exposure:
        """The contracts planned for, at least one, each of the maximum amount in the dearest tenor."""
        contracts = max(Fraction(1), setting.read(self, "contracts"))
        principal, reference = setting.read(self, "maximum_amount"), setting.read(self, "reference_rate")
        subsidies = [
            principal * max(Fraction(0), reference - setting.read(tenor, "customer_rate")) * tenor.months
            for tenor in self.tenors
        ]
        return at_most(contracts, max(subsidies))

    def annual_rates(self, words: Wording) -> tuple[AnnualRate, ...]:
        """What each tenor costs a year, from public figures alone, on 10,000 yuan if that may be borrowed."""
        least, most = words.value(self.minimum_amount), words.value(self.maximum_amount)
        principal = max(least, min(EXAMPLE_PRINCIPAL, most))
        return tuple(self._annual_rate(tenor, principal, words) for tenor in self.tenors)

    def _annual_rate(self, tenor: Tenor, principal: Fraction, words: Wording) -> AnnualRate:
        flat = words.value(tenor.customer_rate)
        try:
            timing = FeeTiming(self.fee_timing)
            schedule = Schedule.from_flat_fee(to_fen(principal), tenor.months, flat, timing)
        except ValueError:
            raise CardkitError(
                Text(
                    f"{tenor.months} 期的利息算不出年化利率",
                    f"The interest of {tenor.months} months has no annual rate",
                ),
                Text(
                    "本金须大于利息和 0", "the principal must be above 0 and above interest that is deducted"
                ),
            ) from None
        simple, compound = exact(schedule.simple_annual), exact(schedule.compound_annual)
        return AnnualRate(tenor.months, principal, flat, Fraction(schedule.cost, 100), simple, compound)

    def promise(self, words: Wording) -> Text:
        """母婴用品可分 3、6、12 期，免息 / baby goods in 3, 6 or 12 monthly payments, interest-free."""
        parts = []
        free = [tenor.months for tenor in self.tenors if words.value(tenor.customer_rate) == 0]
        if free:
            months = _listed(free)
            parts.append(Text(f"{months.zh} 期免息", f"{months.en} monthly payments interest-free"))
        for tenor in self.tenors:
            flat = words.value(tenor.customer_rate)
            if flat != 0:
                share = rate(flat)
                parts.append(
                    Text(
                        f"{tenor.months} 期每期利息为本金的 {share.zh}",
                        f"{tenor.months} monthly payments at interest of {share.en} of the principal a month",
                    )
                )
        return Text(f"{self.purpose.zh}分期：", f"Instalments for {self.purpose.en}: ") + joined(
            parts, "；", "; "
        )

    def details(self, words: Wording) -> tuple[Text, ...]:
        """Caps, the amount range, and when interest is paid where there is any."""
        least, most = yuan(words.value(self.minimum_amount)), yuan(words.value(self.maximum_amount))
        lines = [
            *Benefit.details(self, words),
            Text(f"单笔金额 {least.zh}至 {most.zh}", f"{least.en} to {most.en} for one contract"),
        ]
        if any(words.value(tenor.customer_rate) != 0 for tenor in self.tenors):
            lines.append(INTEREST_TIMING[self.fee_timing])
        return tuple(lines)


def _listed(months: list[int]) -> Text:
    """Numbers as a list: 3、6、12 / 3, 6 or 12."""
    shown = [str(number) for number in months]
    if len(shown) == 1:
        return Text(shown[0], shown[0])
    return Text("、".join(shown), ", ".join(shown[:-1]) + " or " + shown[-1])
