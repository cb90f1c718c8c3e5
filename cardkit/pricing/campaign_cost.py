"""What a whole campaign is expected to cost over its window: per targeted customer, by right, and who pays.

Every right is taken alone, on the reference card of each segment that the campaign addresses.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from cardkit.ground.apportion import apportioned
from cardkit.ground.errors import CardkitError
from cardkit.ground.money import Fen, to_fen
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.funding import split
from cardkit.mechanics.period import PER_YEAR
from cardkit.model.campaign import Campaign
from cardkit.model.catalog import Catalog
from cardkit.pricing.campaign_window import recurs, running_day, window_years
from cardkit.pricing.setting import Day, RealSetting
from cardkit.pricing.shares import enrolled_share, pool_scale, taken_of_pool

COUNTED = ("milestone", "entitlement", "voucher", "discount", "draw")
"""Mechanics whose units are pieces, of which there can be a quota; other units are points or yuan."""


@dataclass(frozen=True, slots=True)
class PoolUse:
    """How a pool is used. All customers together; units and demand are those of one period."""

    units: Fraction
    demand: Fraction
    granted: Fraction
    """Share of a year's demand that the pool can give, periods without an offer included."""

    @property
    def full(self) -> Fraction:
        """How full the pool gets in a period in which it is offered, at most 1."""
        return Fraction(1) if self.demand >= self.units else self.demand / self.units


@dataclass(frozen=True, slots=True)
class RightCost:
    """One right of the campaign, over its window."""

    benefit: Benefit
    cost: Fen
    """What it costs whoever pays, and the fees that the bank doesn't charge."""
    units: Fraction | None
    """Pieces granted; None where the right isn't granted in pieces."""
    of_quota: Fraction | None
    """Pieces ÷ the campaign's quota; above 1 more are expected to be granted than there are."""
    pool: PoolUse | None


@dataclass(frozen=True, slots=True)
class SegmentCost:
    """One segment that is addressed, over the campaign's window."""

    segment: str
    targeted: int
    """Population × targeted share, in whole customers."""
    cost: Fen
    per_targeted: Fen | None
    """Yuan for one targeted customer; None where nobody is targeted."""


@dataclass(frozen=True, slots=True)
class CampaignCost:
    """A campaign's expected cost over its window, before partners pay their part."""

    campaign: Campaign
    days: tuple[date, ...]
    """Whose values were used: the day asked for, or the nearest on which a right is granted."""
    open_ended: bool
    """Whether the window has an open end: then the cost is that of one year."""
    rights: tuple[RightCost, ...]
    segments: tuple[SegmentCost, ...]
    payers: tuple[tuple[str, Fen], ...]
    """Who bears how much: `bank`, `network` or a partner's id; sums to the cost."""
    income: Fen
    """Instalment interest and the like that the campaign brings; not taken off the cost."""
    budget: Fen | None

    @property
    def cost(self) -> Fen:
        """All rights together."""
        return Fen(sum(right.cost for right in self.rights))

    @property
    def targeted(self) -> int:
        """Targeted customers of all segments."""
        return sum(segment.targeted for segment in self.segments)

    @property
    def per_targeted(self) -> Fen | None:
        """Yuan for one targeted customer of any segment."""
        return _per(Fraction(self.cost, 100), self.targeted)

    @property
    def bank(self) -> Fen:
        """The part that the bank bears."""
        return dict(self.payers).get("bank", Fen(0))


@dataclass(frozen=True, slots=True)
class _Part:
    """One right in one segment: yuan over the window, exactly."""

    cost: Fraction
    waived: Fraction
    income: Fraction
    units: Fraction


def campaign_cost(day: Day, campaign: Campaign) -> CampaignCost:
    """The expected cost of a campaign over its window, at the values of a day on which it runs.

    Raises MissingFigure where a figure is missing, CardkitError where a segment or card has faults.
    """
    settings = tuple(_settings(day.catalog, campaign, day))
    parts: list[list[_Part]] = []
    payers: dict[str, Fraction] = {}
    pools: list[PoolUse | None] = []
    days: list[date] = []
    for benefit in campaign.rights:
        on = running_day(benefit, campaign, day.as_of)
        days.append(on)
        there = day if on == day.as_of else Day(day.catalog, on, view=day.view)
        at = tuple(
            RealSetting(there, one.card, one.segment, campaign, f"{campaign.id}/{benefit.id}")
            for one in settings
        )
        years = window_years(campaign.window) if recurs(benefit) else Fraction(1)
        row = [_part(benefit, one) for one in at]
        for payer, amount in _paid(benefit, at[0], row).items():
            payers[payer] = payers.get(payer, Fraction(0)) + amount * years
        parts.append(
            [_Part(p.cost * years, p.waived * years, p.income * years, p.units * years) for p in row]
        )
        pools.append(None if benefit.pool is None else _pool_use(benefit, at))
    return _result(campaign, settings, parts, payers, pools, days)


def _result(
    campaign: Campaign,
    settings: tuple[RealSetting, ...],
    parts: list[list[_Part]],
    payers: dict[str, Fraction],
    pools: list[PoolUse | None],
    days: list[date],
) -> CampaignCost:
    first = settings[0]
    quota = first.optional(campaign, "quota")
    budget = first.optional(campaign, "budget")
    by_right = apportioned([_sum(part.cost + part.waived for part in row) for row in parts])
    by_segment = apportioned(
        [_sum(row[at].cost + row[at].waived for row in parts) for at in range(len(settings))]
    )
    rights = []
    for benefit, row, cost, pool in zip(campaign.rights, parts, by_right, pools, strict=True):
        units = _sum(part.units for part in row) if benefit.mechanic in COUNTED else None
        of_quota = None if units is None or not quota else units / quota
        rights.append(RightCost(benefit, cost, units, of_quota, pool))
    segments = []
    for one, cost in zip(settings, by_segment, strict=True):
        targeted = round(one.read(one.segment, "population") * one.read(campaign.target, "share"))
        segments.append(SegmentCost(one.segment.id, targeted, cost, _per(Fraction(cost, 100), targeted)))
    order = sorted(payers, key=lambda payer: (payer != "bank", -payers[payer], payer))
    return CampaignCost(
        campaign,
        tuple(sorted(set(days))),
        None in (campaign.window.since, campaign.window.until),
        tuple(rights),
        tuple(segments),
        tuple(zip(order, apportioned([payers[payer] for payer in order]), strict=True)),
        to_fen(_sum(part.income for row in parts for part in row)),
        None if budget is None else to_fen(budget),
    )


def _settings(catalog: Catalog, campaign: Campaign, day: Day) -> Iterator[RealSetting]:
    for name in campaign.target.segments:
        segment = catalog.segments.get(name)
        card = None if segment is None else catalog.cards.get(segment.reference_card)
        if segment is None or card is None:
            raise CardkitError(
                Text(
                    f"{campaign.id} 的成本算不出：客群 {name} 或它的参考卡有错",
                    f"{campaign.id} can't be costed: the segment {name} or its reference card has faults",
                ),
                Text("先运行 cardkit validate", "run: cardkit validate"),
            )
        yield RealSetting(day, card, segment, campaign, campaign.id)


def _part(benefit: Benefit, at: RealSetting) -> _Part:
    share = enrolled_share(benefit, at)
    if share == 0:
        return _Part(Fraction(0), Fraction(0), Fraction(0), Fraction(0))
    expected = benefit.expect(at)
    scale = at.holders() * share * pool_scale(benefit, at)
    revenue = [amount * scale for amount in expected.revenue.values()]
    return _Part(
        cost=expected.cost * scale,
        waived=-_sum(amount for amount in revenue if amount < 0),
        income=_sum(amount for amount in revenue if amount > 0),
        units=expected.units * scale,
    )


def _paid(benefit: Benefit, at: RealSetting, row: list[_Part]) -> dict[str, Fraction]:
    """Who bears a right's cost in a year, after every payer's cap; a fee not charged is the bank's alone."""
    waived = _sum(part.waived for part in row)
    total = _sum(part.cost for part in row)
    if benefit.funding is None or total == 0:
        return {"bank": total + waived}
    paid = split(
        total,
        [(one.payer, at.read(one, "share"), at.optional(one, "cap")) for one in benefit.funding.shares],
        benefit.funding.shortfall,
    )
    return paid | {"bank": paid.get("bank", Fraction(0)) + waived}


def _pool_use(benefit: Benefit, at: tuple[RealSetting, ...]) -> PoolUse:
    assert benefit.pool is not None
    asked = Fraction(0)
    for one in at:
        share = enrolled_share(benefit, one)
        if share:
            asked += one.holders() * share * taken_of_pool(benefit, one)
    units = at[0].read(benefit.pool, "units")
    return PoolUse(units, asked / PER_YEAR[benefit.pool.period], pool_scale(benefit, at[0]))


def _per(yuan: Fraction, customers: int) -> Fen | None:
    return to_fen(yuan / customers) if customers else None


def _sum(amounts: Iterator[Fraction]) -> Fraction:
    return sum(amounts, Fraction(0))
