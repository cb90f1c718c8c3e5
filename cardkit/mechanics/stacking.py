"""What several payouts on the same spend come to: the best of them, all of them, or the first alone.

“Best” is the expectation of the maximum, not the larger expectation: of two cashbacks one wins in months
with little spend and the other in months with much. All functions are for one period; the result names
what each member pays, because costs, partner shares and explanations go by member.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise
from math import inf

from cardkit.ground.distribution import AmountDistribution, expected_piecewise
from cardkit.ground.frozen import frozen
from cardkit.ground.money import exact


@frozen
class Payout:
    """min(rate·X, cap) yuan on a period's spend X; no cap where that is None."""

    rate: Fraction
    cap: Fraction | None = None

    def of(self, spend: Fraction) -> Fraction:
        """Yuan paid on a concrete spend."""
        full = self.rate * spend
        return full if self.cap is None else min(full, self.cap)

    @property
    def lines(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """The slope and the value at 0 of each straight piece."""
        rising = (self.rate, Fraction(0))
        return (rising,) if self.cap is None else (rising, (Fraction(0), self.cap))


def winner(members: Sequence[Payout], spend: Fraction) -> int:
    """The member that pays most on a spend; of equals the one listed first."""
    payouts = [member.of(spend) for member in members]
    return payouts.index(max(payouts))


def best(members: Sequence[Payout], spend: Fraction) -> tuple[Fraction, ...]:
    """What each member pays when only the best one does."""
    wins = winner(members, spend)
    return tuple(member.of(spend) if index == wins else Fraction(0) for index, member in enumerate(members))


def accumulate(
    members: Sequence[Payout], spend: Fraction, shared_cap: Fraction | None = None
) -> tuple[Fraction, ...]:
    """What each member pays when all do; a cap that they share is used up in the order listed."""
    paid, left = [], shared_cap
    for member in members:
        amount = member.of(spend)
        if left is not None:
            amount = min(amount, left)
            left -= amount
        paid.append(amount)
    return tuple(paid)


def exclusive(members: Sequence[Payout], spend: Fraction) -> tuple[Fraction, ...]:
    """What each member pays when the first one listed rules out the others."""
    return tuple(member.of(spend) if index == 0 else Fraction(0) for index, member in enumerate(members))


def expected_best(members: Sequence[Payout], amount: AmountDistribution) -> tuple[Fraction, ...]:
    """E of what each member pays when only the best one does; their sum is E[max].

    Between two points where payouts cross or reach their cap one member wins throughout, and its payout is
    a straight line there: slope·E[X; low ≤ X < high] + intercept·P(low ≤ X < high).
    """
    points = _crossings(members)
    ends: list[Fraction | None] = [*points[1:], None]
    totals = [0.0] * len(members)
    for low, high in zip(points, ends, strict=True):
        inside = low + 1 if high is None else (low + high) / 2
        wins = winner(members, inside)
        slope, intercept = _line(members[wins].of, low, inside)
        top = inf if high is None else float(high)
        chance = amount.at_least(float(low)) - (0.0 if high is None else amount.at_least(top))
        totals[wins] += float(slope) * amount.partial_expectation(float(low), top) + float(intercept) * chance
    return tuple(exact(total) for total in totals)


def expected_accumulate(
    members: Sequence[Payout], amount: AmountDistribution, shared_cap: Fraction | None = None
) -> tuple[Fraction, ...]:
    """E of what each member pays when all do, a shared cap used up in the order listed."""
    points = _crossings(members)
    if shared_cap is not None:
        points = sorted({*points, *_reaches(members, points, shared_cap)})
    return tuple(
        _expectation(partial(_accumulated, members, shared_cap, place), points, amount)
        for place in range(len(members))
    )


def expected_exclusive(members: Sequence[Payout], amount: AmountDistribution) -> tuple[Fraction, ...]:
    """E of what each member pays when the first one listed rules out the others."""
    first = expected_accumulate(members[:1], amount)
    return first + (Fraction(0),) * (len(members) - len(first))


def _crossings(members: Sequence[Payout]) -> list[Fraction]:
    """0 and every spend at which a payout reaches its cap or two payouts can cross, rising."""
    points = {Fraction(0)}
    lines = [line for member in members for line in member.lines]
    for place, (slope, value) in enumerate(lines):
        for other_slope, other_value in lines[place + 1 :]:
            if slope != other_slope:
                points.add((other_value - value) / (slope - other_slope))
    return sorted(points)


def _reaches(members: Sequence[Payout], points: Sequence[Fraction], cap: Fraction) -> set[Fraction]:
    """Where the payouts of the first members together reach a shared cap, for every number of members."""
    found = set()
    for number in range(1, len(members) + 1):
        for low, high in pairwise([*points, points[-1] + 1]):
            slope, value = _line(partial(_total, members[:number]), low, high)
            if slope > 0:
                reach = (cap - value) / slope
                if reach >= low and (reach <= high or low == points[-1]):
                    found.add(reach)
    return found


def _total(members: Sequence[Payout], spend: Fraction) -> Fraction:
    """What all members pay together, without a shared cap."""
    return sum((member.of(spend) for member in members), Fraction(0))


def _accumulated(
    members: Sequence[Payout], shared_cap: Fraction | None, place: int, spend: Fraction
) -> Fraction:
    """What one member pays when all do."""
    return accumulate(members, spend, shared_cap)[place]


def _line(
    function: Callable[[Fraction], Fraction], low: Fraction, inside: Fraction
) -> tuple[Fraction, Fraction]:
    """Slope and value at 0 of the straight line that a function is between two points."""
    slope = (function(inside) - function(low)) / (inside - low)
    return slope, function(low) - slope * low


def _expectation(
    function: Callable[[Fraction], Fraction], points: Sequence[Fraction], amount: AmountDistribution
) -> Fraction:
    """E of a function that is straight between the points and beyond the last."""
    last = points[-1]
    final_slope = function(last + 1) - function(last)
    knots = [(float(point), float(function(point))) for point in points]
    return exact(expected_piecewise(amount, knots, float(final_slope)))
