"""Caps, each in its own period: exactly for concrete inputs, and in expectation.

Twelve monthly caps are not one yearly cap: a reward is capped in its shortest period first, and what is
left is capped again in every longer one.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import inf

from cardkit.ground.distribution import AmountDistribution, CountDistribution
from cardkit.ground.errors import CardkitError
from cardkit.ground.money import exact
from cardkit.ground.text import Text
from cardkit.mechanics.compound import CELLS, limited_sums
from cardkit.mechanics.nested import Cap, interpolated, nested, runs


def capped(rewards: Sequence[Fraction], caps: Sequence[Cap]) -> Fraction:
    """The year's total of equally long periods' rewards after every cap, shortest period first.

    Each cap's periods are runs of the ones below it: twelve months make four quarters of three, and 365
    days twelve months of 30 or 31.
    """
    level = list(rewards)
    for cap in sorted(caps, key=lambda cap: -cap.per_year):
        capped_level, start = [], 0
        for run in runs(len(level), cap.per_year):
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
    if first is not None and not longer:
        return interpolated(count.limited_expected_value, first.most / amount) * amount * periods
    outer = longer[0].most / amount
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
    return nested(limited, periods, _in_cells(longer, width * amount)) * width * amount


def expected_capped_amount(
    spend: AmountDistribution, periods: int, share: Fraction, caps: Sequence[Cap]
) -> Fraction:
    """E of the year's total when a period's spend X earns share·X: share·LEV(cap / share) by period."""
    if share == 0:
        return Fraction(0)
    if not caps:
        return exact(spend.mean) * periods * share
    first, longer = _levels(periods, caps)
    if first is not None and not longer:
        return exact(spend.limited_expected_value(float(first.most / share))) * share * periods
    each = float(share)
    return expected_capped_reward(
        lambda most: spend.limited_expected_value(most / each) * each, periods, caps
    )


def expected_capped_reward(
    limited_reward: Callable[[float], float], periods: int, caps: Sequence[Cap]
) -> Fraction:
    """E of the year's total when each period brings a reward of its own, R yuan.

    `limited_reward(d)` is E[min(R, d)], with an infinite d for E[R].
    """
    if not caps:
        return exact(limited_reward(inf)) * periods
    first, longer = _levels(periods, caps)
    if first is not None and not longer:
        return exact(limited_reward(float(first.most))) * periods
    inner = longer[0].most if first is None else first.most
    if inner == 0:
        return Fraction(0)
    cell = inner / CELLS
    step = float(cell)
    limited = [limited_reward(index * step) / step for index in range(CELLS + 1)]
    return nested(limited, periods, _in_cells(longer, cell)) * cell


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
    inner = longer[0].most if first is None else first.most
    if inner == 0:
        return Fraction(0)
    units = Fraction(CELLS) if unit is None else inner / unit
    cells = int(units) if units.denominator == 1 and units <= CELLS else CELLS
    cell = inner / cells
    limited = limited_sums(count, limited_each, float(cell), cells)
    if not longer:
        return min(mean, exact(limited[-1]) * cell * periods)
    return min(mean, nested(limited, periods, _in_cells(longer, cell)) * cell)


def _in_cells(caps: Sequence[Cap], cell: Fraction) -> list[Cap]:
    return [Cap(cap.per_year, cap.most / cell) for cap in caps]


def _levels(periods: int, caps: Sequence[Cap]) -> tuple[Cap | None, list[Cap]]:
    """The cap of the basis' own period, and the longer ones that can bind, from the shortest; never neither.

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
    return first, binding
