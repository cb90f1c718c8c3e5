"""Who pays how much of a cost, and how much of the demand a quota can serve."""

from collections.abc import Sequence
from fractions import Fraction

FundingShare = tuple[str, Fraction, Fraction | None]
"""A payer, the share of the cost that it pays, and the most that it gives (yuan; None: no cap)."""


def split(total: Fraction, shares: Sequence[FundingShare], shortfall: str | None) -> dict[str, Fraction]:
    """What each payer bears of a cost, in yuan: its share within its cap, and the shortfall's owner the rest.

    The owner pays the rest above its own cap too: the cap limits its share, not what it is left with. With
    no owner the rest is in nobody's amount, and `unfunded` says how much it is.
    """
    paid: dict[str, Fraction] = {}
    for payer, share, cap in shares:
        amount = total * share
        paid[payer] = paid.get(payer, Fraction(0)) + (amount if cap is None else min(amount, cap))
    if shortfall is not None:
        paid[shortfall] = paid.get(shortfall, Fraction(0)) + total - sum(paid.values(), Fraction(0))
    return paid


def unfunded(total: Fraction, shares: Sequence[FundingShare]) -> Fraction:
    """What the payers' caps leave of a cost, and their shares where those sum to less than 1; in yuan."""
    return total - sum(split(total, shares, None).values(), Fraction(0))


def pool_fill(quota_per_period: Fraction, demand_per_period: Fraction) -> Fraction:
    """Share of the demand that a quota serves, at most 1; 1 where nobody asks.

    Both are units of all customers together in one period. The populations are large enough for the
    demand to be taken at its mean.
    """
    if demand_per_period <= quota_per_period:
        return Fraction(1)
    return quota_per_period / demand_per_period


def pool_units(quota_per_period: Fraction, periods: int, demand_per_period: Fraction) -> Fraction:
    """Units that a pool grants in a year, over all customers and the periods in which it is offered."""
    return pool_fill(quota_per_period, demand_per_period) * demand_per_period * periods
