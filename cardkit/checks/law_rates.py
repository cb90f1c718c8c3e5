"""CK7: the annual rate of each instalment: that there is one, and that what is typed of it is true."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from cardkit.checks.base import check
from cardkit.checks.checking import Checking, Held
from cardkit.checks.law import HIGHEST_RATE, cited, in_force, public_texts
from cardkit.ground.annual_rate import FeeTiming, Schedule
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Code, Finding, Path
from cardkit.ground.money import to_fen
from cardkit.ground.text import Text
from cardkit.mechanics.instalment import EXAMPLE_PRINCIPAL, AnnualRate, Instalment, Tenor
from cardkit.preview.instalments import annual
from cardkit.preview.wording import NoValue, PageWording

NO_RATE = Code("CK728", "no-annual-rate")
DISAGREES = Code("CK729", "annual-rate-disagrees")

_CLAUSE = re.compile(r"[。；;！!\n]|\.(?![0-9])")
_ANNUAL = re.compile(r"年化|annual|\bAPR\b", re.IGNORECASE)
_PER_PERIOD = re.compile(
    r"(?:每期|每月|每日|每天|[月日期](?:利|费)?率|月息|日息)[^0-9%，,]{0,12}[0-9.]+ ?%"
    r"|[0-9.]+ ?% ?/ ?[期月日天]"
    r"|[0-9.]+ ?%[^0-9%,]{0,24}?\b(?:a|per|each|every) (?:month|day|period|payment)"
    r"|\b(?:monthly|daily)[^0-9%,]{0,24}[0-9.]+ ?%",
    re.IGNORECASE,
)
_OF_A_LOAN = re.compile(r"[利息费率]|本金|interest|principal|\brate|\bfee|\bcost", re.IGNORECASE)
_NEAR = 16
"""Characters around a month's percentage within which something says that it is the price of a loan."""
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?%")
_SIMPLE = re.compile(r"单利|\bsimple\b", re.IGNORECASE)
_COMPOUND = re.compile(r"复利|\bcompound\b", re.IGNORECASE)


def instalments(checking: Checking) -> Iterator[tuple[Held, Instalment]]:
    """The instalments of entities that aren't retired."""
    for held in checking.on_sale:
        if isinstance(held.benefit, Instalment):
            yield held, held.benefit


@check(NO_RATE)
def no_annual_rate(checking: Checking) -> Iterable[Finding]:
    """An instalment has no annual rate, today or from a day on which its price changes.

    分期算不出年化利率：今天，或从价格变动的某一天起。

    Why: The page must show the rate of each tenor. Interest that is deducted at the start and eats up what is
        paid out has none: there is nothing left that it would be the price of.
    为什么：页面要写出每种期数的年化利率。放款时扣除的利息若把本金扣光，就没有年化利率可言。
    Bad (modules/study-instalments.yaml benefits/0):
        fee_timing: deducted
        tenors:
          - {months: 24, customer_rate: 4.5%} # here
    Good (modules/study-instalments.yaml benefits/0):
        fee_timing: deducted
        tenors:
          - {months: 24, customer_rate: 0.5%}
    Source: 银保监规〔2022〕13号
    """
    for law in in_force(checking, HIGHEST_RATE):
        for held, right in instalments(checking):
            for index, tenor in enumerate(right.tenors):
                day = next((day for day in _days(checking, tenor) if not _has_rate(right, tenor, day)), None)
                if day is not None:
                    yield cited(
                        checking,
                        law,
                        NO_RATE,
                        checking.at_held(held, "tenors", index, "customer_rate"),
                        Text(
                            f"从 {day} 起，{tenor.months} 期的利息不少于放款额，没有年化利率",
                            f"From {day} on, the interest of {tenor.months} months is no less than what is "
                            "paid out: it has no annual rate",
                        ),
                        Text(
                            "降低利率，或不在放款时扣除",
                            "lower the rate, or don't deduct the interest at the start",
                        ),
                        held.holder.id,
                    )


def _days(checking: Checking, tenor: Tenor) -> Iterator[date]:
    """The day of the run, and each later one on which the rate changes."""
    yield checking.as_of
    for entry in tenor.customer_rate.entries:
        if entry.since is not None and entry.since > checking.as_of:
            yield entry.since


def _has_rate(right: Instalment, tenor: Tenor, day: date) -> bool:
    """Whether a tenor's schedule has a rate; true where figures are missing, which other checks tell."""
    least, most = right.minimum_amount.on(day), right.maximum_amount.on(day)
    flat = tenor.customer_rate.on(day)
    if least is None or most is None or flat is None or most.value <= 0:
        return True
    principal = max(least.value, min(EXAMPLE_PRINCIPAL, most.value))
    try:
        Schedule.from_flat_fee(to_fen(principal), tenor.months, flat.value, FeeTiming(right.fee_timing))
    except ValueError:
        return False
    return True


@check(DISAGREES)
def annual_rate_disagrees(checking: Checking) -> Iterable[Finding]:
    """A text states an annual rate that no tenor has, or doesn't say whether it is simple or compound.

    文本写的年化利率与计算结果不符，或没有写明单利还是复利。

    Why: The rate follows from the payments. Typed in by hand it is wrong from the first change of a tenor on,
        and 6.58% simple is 6.78% compound.
    为什么：年化利率由还款计划算出。手写的数，期数一改就错；单利 6.58% 折合复利 6.78%。
    Bad (modules/study-instalments.yaml):
        description: {zh: 年化利率（单利）最高 3.6%, en: Instalments for courses} # here
    Good (modules/study-instalments.yaml):
        description: {zh: 年化利率（单利）最高 6.58%, en: Instalments for courses}
    Source: 银保监规〔2022〕13号；人民银行公告〔2021〕第3号
    """
    for law in in_force(checking, HIGHEST_RATE):
        offered = _rates_offered(checking)
        for file, entity, said in public_texts(checking):
            rates = offered.get(entity or "", [])
            for language, text in (("zh", said.zh), ("en", said.en)) if rates else ():
                fault = _fault(text, _meant(rates, said.path))
                if fault is not None:
                    site = checking.catalog.locate(file, (*said.path, language), False)
                    yield cited(checking, law, DISAGREES, site, *fault, entity)


_Offered = list[tuple[Path, tuple[AnnualRate, ...]]]


def _rates_offered(checking: Checking) -> dict[str, _Offered]:
    """The annual rates of each entity's instalments, by the place of the instalment."""
    words = PageWording(checking.catalog, checking.as_of)
    found: dict[str, _Offered] = {}
    for held, right in instalments(checking):
        try:
            rates = right.annual_rates(words)
        except (CardkitError, NoValue):
            continue  # no annual rate, or a figure that isn't there: other checks say so
        found.setdefault(held.holder.id, []).append((held.path, rates))
    return found


def _meant(rates: _Offered, place: Path) -> list[AnnualRate]:
    """The rates that a text is about: those of its own instalment, else all of the entity."""
    own = [rate for path, each in rates if place[: len(path)] == path for rate in each]
    return own or [rate for _, each in rates for rate in each]


def _fault(text: str, rates: list[AnnualRate]) -> tuple[Text, Text] | None:
    """What is wrong with the annual rates that a text states, and what to write instead."""
    for clause in _CLAUSE.split(text):
        stated = _PERCENT.findall(_without_periods(clause)) if _ANNUAL.search(clause) else []
        simple, compound = bool(_SIMPLE.search(clause)), bool(_COMPOUND.search(clause))
        either = simple == compound
        known = [rate.simple for rate in rates] if simple or either else []
        known += [rate.compound for rate in rates] if compound or either else []
        for number in stated:
            if not any(_rounds_to(rate, number) for rate in known):
                right = "、".join(dict.fromkeys(annual(rate) for rate in known))
                return (
                    Text(f"没有哪种期数的年化利率是 {number}%", f"No tenor has an annual rate of {number}%"),
                    Text(
                        f"计算结果是 {right}；最好不手写，页面会自动列出",
                        f"it is {right.replace('、', ', ')}; best not typed at all: the page shows it",
                    ),
                )
        if stated and not simple and not compound and not all(Decimal(number) == 0 for number in stated):
            return (
                Text("没有写明是单利还是复利", "It doesn't say whether the rate is simple or compound"),
                Text("写成“年化利率（单利）”", "write “annual rate (simple)”"),
            )
    return None


def _rounds_to(rate: Fraction, shown: str) -> bool:
    """Whether a rate, rounded as finely as a percentage was written, is that percentage."""
    wanted = Decimal(shown)
    exact = Decimal(rate.numerator * 100) / Decimal(rate.denominator)
    return exact.quantize(wanted, ROUND_HALF_EVEN) == wanted


def states_only_a_periods_rate(text: str) -> bool:
    """Whether a text states what a month, day or payment of a loan costs and no annual rate before it."""
    found = next(_of_periods(text), None)
    if found is None:
        return False
    annual_rate = _ANNUAL.search(text)
    return annual_rate is None or annual_rate.start() > found.start()


def _of_periods(text: str) -> Iterator[re.Match[str]]:
    """The percentages that a month, day or payment costs; a cashback of 3% a month is none of them."""
    for found in _PER_PERIOD.finditer(text):
        if _OF_A_LOAN.search(text, max(0, found.start() - _NEAR), found.end() + _NEAR):
            yield found


def _without_periods(clause: str) -> str:
    """The clause without those."""
    for found in reversed(list(_of_periods(clause))):
        clause = clause[: found.start()] + clause[found.end() :]
    return clause
