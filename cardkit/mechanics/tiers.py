"""Tiered rates (分档比例): what a period's spend brings when the rate depends on how much it is."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import inf

from cardkit.ground.distribution import AmountDistribution
from cardkit.ground.frozen import frozen
from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Money, Rate
from cardkit.ground.text import Text, joined
from cardkit.mechanics.common import Limit
from cardkit.mechanics.period import PER_YEAR
from cardkit.mechanics.wording import Wording, every, rate, within, yuan


@record
class RateTier:
    """A rate, and the spend of the period from which it holds."""

    from_spend: Figure = item(
        FigureOf(Money(), by_segment=False),
        Text("起点消费额", "from spend"),
        Text(
            "周期消费达到多少元起适用，含；到下一档起点为止。",
            "Yuan of the period's spend from which it holds, inclusive, up to the next tier.",
        ),
        public=True,
        example=2000,
    )
    rate: Figure = item(
        FigureOf(Rate()),
        Text("比例", "rate"),
        Text("这一档的返还比例。", "Share of the spend that is returned in this tier."),
        public=True,
        example="2%",
    )


Piece = tuple[Fraction, Fraction, Fraction]
"""Spend from which a straight piece holds, its slope, and its value at 0."""


@frozen
class Tiers:
    """What a period's spend brings, piece by piece from the lowest; below the first piece nothing."""

    pieces: tuple[Piece, ...]

    def of(self, spend: Fraction) -> Fraction:
        """Yuan returned on one period's spend."""
        for low, slope, intercept in reversed(self.pieces):
            if spend >= low:
                return slope * spend + intercept
        return Fraction(0)

    def limited(self, spend: AmountDistribution, most: float) -> float:
        """E[min(R, most)] of the return R on a period's spend; `most` may be infinite.

        Each piece brings slope·E[X; low ≤ X < high] + intercept·P(low ≤ X < high), up to where R reaches
        `most`. R never falls as X rises.
        """
        if most <= 0:
            return 0.0
        total = 0.0
        ends = [float(low) for low, _, _ in self.pieces[1:]] + [inf]
        for piece, end in zip(self.pieces, ends, strict=True):
            low, slope, intercept = map(float, piece)
            if slope * low + intercept >= most:
                return total + most * spend.at_least(low)
            reach = (most - intercept) / slope if slope > 0 else inf
            high = min(end, reach)
            beyond = 0.0 if high == inf else spend.at_least(high)
            total += slope * spend.partial_expectation(low, high)
            total += intercept * (spend.at_least(low) - beyond)
            if reach < end:
                return total + most * beyond
        return total


def tiers_of(steps: Sequence[tuple[Fraction, Fraction]], whole: bool) -> Tiers:
    """The tiers of rising (spend from which a rate holds, rate) pairs, yuan.

    Each rate holds for the part of the spend within its tier; with `whole` for all the spend, once reached.
    """
    pieces: list[Piece] = []
    for low, slope in steps:
        intercept = Fraction(0)
        if not whole:
            _, before, value = pieces[-1] if pieces else (low, Fraction(0), Fraction(0))
            intercept = value + (before - slope) * low
        pieces.append((low, slope, intercept))
    return Tiers(tuple(pieces))


def tiers_contradictions(
    tiers: Sequence[RateTier], tier_rates: str | None, window: str | None, limits: Sequence[Limit]
) -> Iterator[tuple[str, Text, Text | None]]:
    """What tiers need beside them, and what doesn't go with them: (key, what is wrong, what to write)."""
    if len({bool(tiers), tier_rates is not None, window is not None}) > 1:
        yield (
            "tier_rates",
            Text("tiers、tier_rates 和 window 要一起写", "Tiers, tier_rates and window go together"),
            Text("写明比例对哪部分消费、按什么周期", "say what a rate holds for, and in which period"),
        )
    if not tiers or window is None:
        return
    wrong = _out_of_order(tiers, tier_rates == "whole")
    if wrong is not None:
        yield ("tiers", wrong, Text("从低到高排列", "write them from the lowest to the highest"))
    for limit in limits:
        if limit.period == "purchase" or PER_YEAR[limit.period] > PER_YEAR[window]:
            yield (
                "limits",
                Text("上限周期不能短于分档的统计周期", "A cap's period is shorter than the tiers' window"),
                Text("改用不短于 window 的周期", "take the window's period or a longer one"),
            )
        elif limit.metric == "spend" and PER_YEAR[limit.period] != PER_YEAR[window]:
            yield (
                "limits",
                Text(
                    "计入消费的上限要与 window 同周期", "With tiers a cap on spend has their window's period"
                ),
                Text("改周期，或按返还金额 reward 设上限", "change the period, or cap the reward"),
            )


def _out_of_order(tiers: Sequence[RateTier], whole: bool) -> Text | None:
    """What is wrong with the order of tiers on any day; None where they rise."""
    figures = [figure for tier in tiers for figure in (tier.from_spend, tier.rate)]
    days = {entry.since for figure in figures for entry in figure.entries if entry.since is not None}
    for day in (*days, date.max):
        for lower, higher in pairwise(tiers):
            below, above = lower.from_spend.on(day), higher.from_spend.on(day)
            if below is not None and above is not None and above.value <= below.value:
                return Text("各档的 from_spend 要从低到高", "The tiers' from_spend must rise")
            less, more = lower.rate.on(day), higher.rate.on(day)
            if whole and less is not None and more is not None and more.value <= less.value:
                return Text(
                    "按全额计算时各档比例要从低到高，否则多消费反而少返",
                    "Rates for the whole spend must rise, or spending more would bring less",
                )
    return None


def tiers_text(tiers: Sequence[RateTier], whole: bool, window: str, words: Wording) -> Text:
    """每自然月消费不满 2,000 元的部分返现 1%，… / cashback on what you spend in a calendar month: 1% … ."""
    bounds = [yuan(words.value(tier.from_spend)) for tier in tiers]
    starts_at_nothing = words.value(tiers[0].from_spend) == 0
    parts = []
    for index, tier in enumerate(tiers):
        low = None if index == 0 and starts_at_nothing else bounds[index]
        high = bounds[index + 1] if index + 1 < len(tiers) else None
        back = rate(words.value(tier.rate))
        parts.append(_whole(low, high, back) if whole else _part(low, high, back))
    head = Text(f"{every(window).zh}消费返现：", f"cashback on your spend {within(window).en}: ")
    return head + joined(parts, "；", "; ")


def _part(low: Text | None, high: Text | None, back: Text) -> Text:
    if low is None:
        if high is None:
            return back
        return Text(f"{high.zh}以内的部分 {back.zh}", f"{back.en} on the first {high.en}")
    if high is None:
        return Text(f"超过 {low.zh}的部分 {back.zh}", f"{back.en} on the part above {low.en}")
    return Text(f"{low.zh}至 {high.zh}的部分 {back.zh}", f"{back.en} on the part from {low.en} to {high.en}")


def _whole(low: Text | None, high: Text | None, back: Text) -> Text:
    if low is not None:
        return Text(f"满 {low.zh}返全部的 {back.zh}", f"{back.en} of the whole from {low.en} up")
    if high is None:
        return back
    return Text(f"不满 {high.zh}返 {back.zh}", f"{back.en} below {high.en}")
