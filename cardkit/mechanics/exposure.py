"""The worst case: what a holder who uses every cap of a benefit is granted in a year, and what that costs."""

from collections.abc import Iterable
from fractions import Fraction

from cardkit.ground.frozen import frozen
from cardkit.mechanics.nested import Cap


@frozen
class Exposure:
    """One enrolled holder who takes all that the contract allows, for a year; before partner shares.

    What the customer pays for it is not taken off: they may pay and use everything, or not pay at all.
    """

    units: Fraction | None
    """Contractual units, as `Expected.units` counts them; None where no cap bounds them."""
    cost: Fraction | None
    """Yuan that the bank spends or, for a waiver, doesn't get; None where nothing bounds it."""
    dearest: Fraction
    """The most that a single unit can cost, yuan: what each unit of a pool may cost."""


def at_most(units: Fraction | None, unit_cost: Fraction) -> Exposure:
    """So many units (None: without a bound) that cost the same each."""
    if units is None:
        return Exposure(None, None if unit_cost else Fraction(0), unit_cost)
    return Exposure(units, units * unit_cost, unit_cost)


def once(cost: Fraction) -> Exposure:
    """What is granted once a year."""
    return at_most(Fraction(1), cost)


def most_a_year(caps: Iterable[Cap]) -> Fraction | None:
    """What periodic caps leave of a year in which all are reached; None without one.

    The tightest decides: a month's cap twelve times, or the year's own.
    """
    return min((cap.most * cap.per_year for cap in caps), default=None)
