"""What a right costs at worst: every holder enrolled, every cap used, as the bank would bear it."""

from dataclasses import dataclass, replace
from fractions import Fraction

from cardkit.ground.money import Fen, to_fen
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.funding import split
from cardkit.mechanics.period import PER_YEAR
from cardkit.model.campaign import Campaign
from cardkit.model.card import Card
from cardkit.model.entity import active
from cardkit.pricing.price import Price
from cardkit.pricing.setting import RealSetting
from cardkit.pricing.shares import all_holders, enrolled_share, pool_scale, window_share


@dataclass(frozen=True, slots=True)
class WorstCase:
    """One benefit, per holder and year; None stands for no bound."""

    benefit: str
    """`ENTITY/BENEFIT`."""
    name: Text
    expected: Fen | None
    """What the price expects the bank to pay or give up; None where it is priced within a group."""
    cost: Fen | None
    """At worst, before partner shares."""
    borne: Fen | None
    """At worst, what the bank bears of it."""


def worst_case(benefit: Benefit, setting: RealSetting, price: Price) -> WorstCase | None:
    """The worst case of one benefit; None for one that isn't offered in the segment, or never costs anything.

    A pool bounds what all holders together can take, in the periods in which it is offered. Payers' caps
    are a year's over all holders, so that the bank may bear more of the worst case than of the expected one.
    """
    at = replace(setting, steps=[])
    if enrolled_share(benefit, at) == 0:
        return None
    cost = _exposed(benefit, at)
    if cost == 0:
        return None
    reference = f"{setting.holder.id}/{benefit.id}"
    own = [line.amount for line in price.lines if line.id in (reference, f"{reference}/waiver")]
    return WorstCase(
        reference,
        benefit.name,
        Fen(-sum(own)) if own else None,
        None if cost is None else to_fen(cost),
        None if cost is None else to_fen(cost * _bank(benefit, cost, at)),
    )


def _exposed(benefit: Benefit, at: RealSetting) -> Fraction | None:
    """Yuan for one holder within the campaign's window, where it is a campaign's, and within the pool.

    A pool is shared out among all holders. It never makes less than is expected anyway: a segment with more
    demand than the others gets more than an even share of a pool that is full already.
    """
    exposure, pool = benefit.exposure(at), benefit.pool
    bounds = [*_shared_caps(benefit, at), *(() if exposure.cost is None else (exposure.cost,))]
    cost: Fraction | None = min(bounds, default=None)
    if cost is not None and isinstance(at.holder, Campaign):
        cost *= window_share(benefit, at)
    if pool is None:
        return cost
    periods = min(pool.periods, PER_YEAR[pool.period])
    granted = at.read(pool, "units") / all_holders(benefit, at)
    if pool.counts == "customers":
        # A place is the benefit in full for a period: it bounds how many, but not how much.
        if cost is None:
            return None
        even = cost * min(Fraction(1), granted) * periods / PER_YEAR[pool.period]
    else:
        even = granted * periods * exposure.dearest
    expected = benefit.expect(at).cost * enrolled_share(benefit, at) * pool_scale(benefit, at)
    shared_out = max(even, expected)
    return shared_out if cost is None else min(cost, shared_out)


def _shared_caps(benefit: Benefit, at: RealSetting) -> list[Fraction]:
    """Yuan a year under each cap that the benefit shares with others: at worst it uses all of it."""
    names = {f"{at.holder.id}/{benefit.id}"}
    if isinstance(at.holder, Card):
        names.add(f"card/{benefit.id}")
    return [
        at.read(group.cap, "most") * PER_YEAR[group.cap.period]
        for group in at.catalog.interactions.values()
        if group.cap is not None
        and group.cap.period in PER_YEAR
        and active(group, at.day.as_of)
        and names.intersection(group.members)
    ]


def _bank(benefit: Benefit, cost: Fraction, at: RealSetting) -> Fraction:
    """The share of the worst case that the bank bears: payers' caps are reached first."""
    funding = benefit.funding
    if funding is None:
        return Fraction(1)
    capped = any(funder.cap is not None for funder in funding.shares)
    total = cost * all_holders(benefit, at) if capped else cost
    shares = [
        (funder.payer, at.read(funder, "share"), at.optional(funder, "cap")) for funder in funding.shares
    ]
    return split(total, shares, funding.shortfall).get("bank", Fraction(0)) / total
