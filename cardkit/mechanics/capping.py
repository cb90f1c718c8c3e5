"""Caps, each in its own period: exactly for concrete inputs, and in expectation.

Twelve monthly caps are not one yearly cap: a reward is capped in its shortest period first, and what is
left is capped again in every longer one.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import floor, fsum, inf

from cardkit.ground.distribution import AmountDistribution, CountDistribution, capped_total
from cardkit.ground.errors import CardkitError
from cardkit.ground.money import exact
from cardkit.ground.text import Text
from cardkit.mechanics.compound import CELLS, limited_sums, on_cells


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `most` yuan in each of `per_year` equal periods of a year."""

    per_year: int
    most: Fraction


def capped(rewards: Sequence[Fraction], caps: Sequence[Cap]) -> Fraction:
    """The year's total of equally long periods' rewards after every cap, shortest period first.

    Each cap's periods are runs of the ones below it: twelve months make four quarters of three, and 365
    days twelve months of 30 or 31.
    """
    level = list(rewards)
    for cap in sorted(caps, key=lambda cap: -cap.per_year):
        capped_level, start = [], 0
        for run in _runs(len(level), cap.per_year):
            capped_level.append(min(sum(level[start : start + run], Fraction(0)), cap.most))
            start += run
        level = capped_level
    return sum(level, Fraction(0))


def expected_capped_count(
    count: CountDistribution, periods: int, amount: Fraction, caps: Sequence[Cap]
) -> Fraction:
    """E of the year's total when each event is worth `amount` yuan; exact up to the count's own formulas."""
    if not caps:
        return exact(count.mean) * periods * amount
    if amount == 0:
        return Fraction(0)
    first, longer = _levels(periods, caps)
    if first is not None and longer is None:
        return interpolated(count.limited_expected_value, first.most / amount) * amount * periods
    assert longer is not None
    outer = longer.most / amount
    inner = -(-outer // 1) if first is None else first.most / amount
    if inner != int(inner):
        raise CardkitError(
            Text("嵌套上限须为每笔金额的整数倍", "Nested caps must be multiples of the amount of one event"),
            Text("改用整数倍的上限", "write caps that are whole multiples"),
        )
    width = max(1, -(-int(inner) // CELLS))
    cells = -(-int(inner) // width)
    limited = [
        count.limited_expected_value(min(cell * width, int(inner))) / width for cell in range(cells + 1)
    ]
    return _nested(limited, periods, longer, outer / width) * width * amount


def expected_capped_amount(
    spend: AmountDistribution, periods: int, share: Fraction, caps: Sequence[Cap]
) -> Fraction:
    """E of the year's total when a period's spend X earns share·X: share·LEV(cap / share) by period."""
    if share == 0:
        return Fraction(0)
    if not caps:
        return exact(spend.mean) * periods * share
    first, longer = _levels(periods, caps)
    if first is not None and longer is None:
        return exact(spend.limited_expected_value(float(first.most / share))) * share * periods
    assert longer is not None
    inner = longer.most if first is None else first.most
    if inner == 0:
        return Fraction(0)
    cell = inner / CELLS
    step = float(cell / share)
    limited = [spend.limited_expected_value(index * step) / step for index in range(CELLS + 1)]
    return _nested(limited, periods, longer, longer.most / cell) * cell


def expected_capped_sum(
    count: CountDistribution,
    limited_each: Callable[[float], float],
    periods: int,
    caps: Sequence[Cap],
    unit: Fraction | None = None,
) -> Fraction:
    """E of the year's total when each event of a period brings an amount of its own, R yuan.

    `limited_each(d)` is E[min(R, d)], with an infinite d for E[R]. Under a cap the sum of a period's events
    is taken on a lattice that keeps every mean. Where R comes in whole `unit`s and the cap is not too many
    of them, they are the lattice and the result is exact.
    """
    mean = exact(count.mean) * exact(limited_each(inf)) * periods
    if not caps or mean == 0:
        return mean
    first, longer = _levels(periods, caps)
    inner = longer.most if first is None and longer is not None else _most(first)
    if inner == 0:
        return Fraction(0)
    units = Fraction(CELLS) if unit is None else inner / unit
    cells = int(units) if units.denominator == 1 and units <= CELLS else CELLS
    cell = inner / cells
    limited = limited_sums(count, limited_each, float(cell), cells)
    if longer is None:
        return min(mean, exact(limited[-1]) * cell * periods)
    return min(mean, _nested(limited, periods, longer, longer.most / cell) * cell)


def _most(cap: Cap | None) -> Fraction:
    assert cap is not None, "there is a cap, of the basis' own period or a longer one"
    return cap.most


def _levels(periods: int, caps: Sequence[Cap]) -> tuple[Cap | None, Cap | None]:
    """The cap of the basis' own period, and the one longer cap that can bind; either may be missing.

    A cap can't bind if the shorter periods' caps already add up to no more.
    """
    first: Cap | None = None
    binding: list[Cap] = []
    yearly: list[Fraction] = []
    for cap in sorted(caps, key=lambda cap: -cap.per_year):
        if cap.per_year > periods:
            raise CardkitError(
                Text("上限的周期短于定价周期", "The cap's period is shorter than the period that is priced"),
            )
        if cap.per_year == periods:
            if first is None or cap.most < first.most:
                first = cap
        elif all(cap.most * cap.per_year < other for other in yearly):
            binding.append(cap)
        else:
            continue
        yearly.append(cap.most * cap.per_year)
    if len(binding) > 1:
        raise CardkitError(
            Text("最多支持两层嵌套上限", "At most two nested caps can be priced"),
            Text("去掉不会起作用的上限", "leave out the cap that can't bind"),
        )
    return first, binding[0] if binding else None


def _runs(periods: int, per_year: int) -> list[int]:
    """How many periods make each of a cap's: 12 months make quarters of 3, 365 days months of 30 or 31."""
    parts = min(periods, per_year)
    return [(part + 1) * periods // parts - part * periods // parts for part in range(parts)]


def interpolated(limited: Callable[[int], float], most: Fraction) -> Fraction:
    """E[min(K, most)] of a whole count K and a cap that need not be whole."""
    whole = floor(most)
    below = exact(limited(whole))
    return below if most == whole else below + (most - whole) * (exact(limited(whole + 1)) - below)


def _nested(limited: Sequence[float], periods: int, longer: Cap, most: Fraction) -> Fraction:
    """E in cells of a year's total under the longer cap of `most` cells.

    `limited[k]` is E[min(R, k)] in cells of one period's reward R, its own cap taken. Put on whole cells so
    that every such expectation stays what it is, the probabilities are its second differences.
    """
    below = on_cells(limited)
    chances = [*below, max(0.0, 1 - fsum(below))]
    total = Fraction(0)
    for run, times in Counter(_runs(periods, longer.per_year)).items():
        total += interpolated(partial(capped_total, chances, run), most) * times
    return total
