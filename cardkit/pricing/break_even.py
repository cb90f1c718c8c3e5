"""Where a contribution becomes zero: found by pricing anew, so that what is reported has been tried."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from cardkit.ground.money import Fen

NEAR = 1
"""Fen that may be left at a break-even: every line is rounded by itself."""

COARSEST, FINEST = 4, 8
"""Decimals of a break-even, as a share of one: 0.01% to 0.000001%; as many as a fen needs."""

_MOST_TRIES = 60

Why = Literal["never", "jumps", "not-needed", "nothing-to-vary"]
"""Why there is no break-even.

`never`: the contribution has one sign over the whole range. `jumps`: it changes sign without coming within a
fen of zero, such as where a discount for several modules sets in. `not-needed`: what should be paid for earns
something already. `nothing-to-vary`: there is no such figure.
"""


@dataclass(frozen=True, slots=True)
class Tried:
    """A value, and the fen that were left when it was priced."""

    value: Fraction
    left: Fen


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The value of a figure at which nothing is left, or why there is none."""

    now: Fraction | None
    """The figure's present value."""
    found: Tried | None = None
    """The break-even, re-priced: at most one fen is left."""
    set: tuple[str, ...] = ()
    """What to give `--set` to see it."""
    why: Why | None = None
    ends: tuple[Tried, Tried] | None = None
    """The ends of the range that was searched, where nothing was found in it."""


def search(left: Callable[[Fraction], Fen], low: Fraction, high: Fraction, decimals: int) -> Tried | Why:
    """A value between two others, both inclusive, at which `left` is zero within a fen.

    Only values of so many decimals are tried, and the ends. Regula falsi (Illinois), which a straight line
    satisfies at once, with a bisection where it is slow. `left` is expected to change its sign once.
    """
    ends = [Tried(low, left(low)), Tried(high, left(high))]
    for end in ends:
        if abs(end.left) <= NEAR:
            return end
    below, above = ends
    if (below.left > 0) == (above.left > 0):
        return "never"
    step = Fraction(1, 10**decimals)
    weights = [float(below.left), float(above.left)]
    for attempt in range(_MOST_TRIES):
        width = above.value - below.value
        share = Fraction(0.5 if attempt % 4 == 3 else weights[0] / (weights[0] - weights[1]))
        value = _on_grid(below.value + width * share, step)
        if not below.value < value < above.value:
            value = _on_grid(below.value + width / 2, step)
        if not below.value < value < above.value:
            return "jumps"
        tried = Tried(value, left(value))
        if abs(tried.left) <= NEAR:
            return tried
        if (tried.left > 0) == (below.left > 0):
            below, weights = tried, [float(tried.left), weights[1] / 2]
        else:
            above, weights = tried, [weights[0] / 2, float(tried.left)]
    return "jumps"


def _on_grid(value: Fraction, step: Fraction) -> Fraction:
    return round(value / step) * step


def decimals_for(low: Tried, high: Tried) -> int:
    """The decimals at which one step moves about half a fen or less."""
    width = high.value - low.value
    slope = abs(high.left - low.left) / width if width else Fraction(0)
    decimals = COARSEST
    while decimals < FINEST and slope / 10**decimals > Fraction(1, 2):
        decimals += 1
    return decimals


def break_even(
    now: Fraction | None,
    left: Callable[[Fraction], Fen],
    low: Fraction,
    high: Fraction,
    said: Callable[[Fraction], tuple[str, ...]],
    decimals: int | None = None,
) -> BreakEven:
    """The break-even between two values, with what to set for it; `decimals` where the figure fixes them."""
    ends = Tried(low, left(low)), Tried(high, left(high))
    answer = search(left, low, high, decimals_for(*ends) if decimals is None else decimals)
    if answer == "jumps" and decimals is None:
        answer = search(left, low, high, FINEST)
    if isinstance(answer, Tried):
        return BreakEven(now, answer, said(answer.value))
    return BreakEven(now, why=answer, ends=ends)
