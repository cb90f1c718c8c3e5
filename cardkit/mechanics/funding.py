"""Who pays how much of a cost, and how much of the demand a quota can serve."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

FundingShare = tuple[str, Fraction, Fraction | None]
"""A payer, the share of the cost that it pays, and the most that it gives (yuan; None: no cap)."""


@dataclass(frozen=True, slots=True)
class Split:
    """A cost split between its payers, in yuan."""

    paid: tuple[tuple[str, Fraction], ...]
    """What each payer gives by its share and within its cap, in the order of the contract."""
    unfunded: Fraction
    """What the caps leave, and what the shares leave if they sum to less than 1."""
    owner: str | None
    """Who pays what is unfunded; None if the contract doesn't say, which is a fault of the contract."""

    def borne_by(self, payer: str) -> Fraction:
        """Everything that a payer bears in the end, the shortfall included if it owns that."""
        own = sum((amount for name, amount in self.paid if name == payer), Fraction(0))
        return own + (self.unfunded if payer == self.owner else 0)


def split(total: Fraction, shares: Sequence[FundingShare], shortfall: str | None) -> Split:
    """Split a cost by shares, each within its own cap. Caps are absolute: the owner pays above its own."""
    paid = []
    for payer, share, cap in shares:
        amount = total * share
        paid.append((payer, amount if cap is None else min(amount, cap)))
    return Split(tuple(paid), total - sum((amount for _, amount in paid), Fraction(0)), shortfall)


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
    return min(quota_per_period, demand_per_period) * periods
