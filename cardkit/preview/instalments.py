"""The instalment box: what each tenor costs, the highest annual rate first."""

from fractions import Fraction

from cardkit.ground.money import to_fen, to_yuan
from cardkit.ground.text import Text
from cardkit.mechanics.instalment import INTEREST_TIMING, Instalment
from cardkit.mechanics.wording import Wording, yuan
from cardkit.preview.held import Held, Page
from cardkit.preview.sheet import InstalmentBox, TenorLine
from cardkit.preview.wording import sentence

EVERY_RATE_IS_ANNUAL = Text(
    "年化利率由实际还款计划（精确到分）算出，并标明单利或复利。",
    "Annual rates follow from the payments as they are billed, to the fen; each says whether it is simple "
    "or compound.",
)


def box_of(held: Held, right: Instalment, page: Page) -> InstalmentBox:
    """The box of one instalment right."""
    words = page.words_for(held)
    least, most = yuan(words.value(right.minimum_amount)), yuan(words.value(right.maximum_amount))
    rates = right.annual_rates(words)
    free = all(rate.interest == 0 for rate in rates)
    return InstalmentBox(
        id=held.reference,
        name=right.name,
        purpose=right.purpose,
        amounts=Text(f"每笔 {least.zh}至 {most.zh}（含）", f"{least.en} to {most.en} a contract, inclusive"),
        timing=None if free else sentence(INTEREST_TIMING[right.fee_timing]),
        principal=to_fen(rates[0].principal),
        tenors=tuple(
            TenorLine(rate.months, rate.simple, rate.compound, rate.customer_rate, to_fen(rate.interest))
            for rate in rates
        ),
    )


def annual(rate: Fraction) -> str:
    """An annual rate in percent, always with two decimals, rounded half-even: 13.03%."""
    return f"{to_yuan(to_fen(rate * 100))}%"


def highest_rate(right: Instalment, words: Wording) -> Text:
    """13.03%（单利；复利 13.84%） / 13.03% simple (13.84% compound); for interest-free plans, 0% interest."""
    highest = max(right.annual_rates(words), key=lambda rate: rate.simple)
    if highest.simple == 0:
        return Text("0%，免息", "0%, interest-free")
    simple, compound = annual(highest.simple), annual(highest.compound)
    return Text(f"{simple}（单利；折合复利 {compound}）", f"{simple} simple interest ({compound} compound)")


def headline(box: InstalmentBox) -> Text:
    """最高年化利率 13.03%（单利），折合复利 13.84% / Highest annual rate 13.03%, simple; 13.84% compound."""
    highest = box.highest
    if highest.simple == 0:
        return Text("最高年化利率 0%：免息", "Highest annual rate 0%: interest-free")
    simple, compound = annual(highest.simple), annual(highest.compound)
    return Text(
        f"最高年化利率 {simple}（单利），折合复利 {compound}",
        f"Highest annual rate {simple} (simple), which is {compound} compound",
    )


def example(box: InstalmentBox) -> Text:
    """The principal on which the interest in the table is computed."""
    yuan = f"{box.principal / 100:,.2f}".removesuffix(".00")
    return Text(
        f"利息合计以本金 {yuan} 元为例", f"Interest in all: on a principal of CNY {yuan}, for example"
    )
