"""Interaction groups: benefits that don't simply add up, priced as one term for the members present."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.cashback import Cashback
from cardkit.mechanics.fee_waiver import FeeWaiver
from cardkit.mechanics.redeem import Redeem
from cardkit.mechanics.setting import Expected
from cardkit.model.catalog import Catalog
from cardkit.model.entity import Entity, active
from cardkit.model.expression import Product
from cardkit.model.interaction import Interaction
from cardkit.pricing.benefit_terms import Amounts, after_shares, amounts, lines_of
from cardkit.pricing.lines import Terms
from cardkit.pricing.setting import RealSetting
from cardkit.pricing.shares import enrolled_share, pool_scale
from cardkit.pricing.stacking_terms import stacked


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a group that a product has: the entity that grants it, and the benefit."""

    holder: Entity
    benefit: Benefit

    @property
    def reference(self) -> str:
        """`ENTITY/BENEFIT`, with the card's own id."""
        return f"{self.holder.id}/{self.benefit.id}"


def present(
    catalog: Catalog, group: Interaction, product: Product, campaigns: tuple[str, ...] = ()
) -> tuple[Member, ...]:
    """The group's members that a product has, in the order listed."""
    found = []
    for reference in group.members:
        holder = reference.partition("/")[0]
        name = product.card if holder == "card" else holder
        if name in (product.card, *product.modules, *campaigns):
            benefit = catalog.benefit(reference, product.card)
            if benefit is not None:
                found.append(Member(catalog.entities[name], benefit))
    return tuple(found)


def interacting(
    catalog: Catalog,
    product: Product,
    as_of: date,
    campaigns: tuple[str, ...] = (),
    groups: Iterable[Interaction] | None = None,
) -> list[tuple[Interaction, tuple[Member, ...]]]:
    """The groups of which a product has two members or more; one alone is priced plainly.

    Of the groups given, or of all.
    """
    found = []
    for group in catalog.interactions.values() if groups is None else groups:
        if active(group, as_of):
            members = present(catalog, group, product, campaigns)
            holders = {member.holder.id for member in members}
            # Points that are earned and redeemed on the card alone have the card's own cost per point anyway.
            if len(members) > 1 and (group.how != "redeem" or len(holders) > 1):
                found.append((group, members))
    return found


def interaction_terms(group: Interaction, members: tuple[Member, ...], setting: RealSetting) -> Terms:
    """One term for the members present, by the mechanics' own arithmetic."""
    names = " + ".join(member.reference for member in members)
    at = setting.line(members[0].holder, f"{group.id} ({names})")
    granted = PRICED[group.how](group, members, at)
    return lines_of(group.id, group.name, granted, at)


def _settings(members: tuple[Member, ...], setting: RealSetting) -> list[tuple[Benefit, RealSetting]]:
    return [(member.benefit, setting.of(member.holder)) for member in members]


def _sum(parts: list[Amounts]) -> Amounts:
    revenue: dict[str, Fraction] = {}
    for part in parts:
        for name, amount in part.revenue:
            revenue[name] = revenue.get(name, Fraction(0)) + amount
    return Amounts(
        cost=sum((part.cost for part in parts), Fraction(0)),
        value=sum((part.value for part in parts), Fraction(0)),
        revenue=tuple(revenue.items()),
        pays=sum((part.pays for part in parts), Fraction(0)),
        balance=sum((part.balance for part in parts), Fraction(0)),
    )


def _stacked(group: Interaction, members: tuple[Member, ...], setting: RealSetting) -> Amounts:
    """Best, exclusive, or a shared cap: the expectation over who is enrolled, period by period."""
    if group.how == "accumulate" and group.cap is None:
        return _sum([amounts(benefit, at) for benefit, at in _settings(members, setting)])
    cashbacks = [
        (benefit, at)
        for benefit, at in _settings(members, setting)
        if isinstance(benefit, Cashback) and benefit.rate is not None
    ]
    if len(cashbacks) < len(members):
        raise CardkitError(
            Text(
                f"{group.id}：{group.how} 只能用于按比例的消费返现",
                f"{group.id}: only cashback by rate can be priced as {group.how}",
            ),
            Text("改用 how: accumulate，不设共同上限", "use how: accumulate, without a shared cap"),
        )
    enrolled, scales = [], []
    for benefit, at in cashbacks:
        share, scale = enrolled_share(benefit, at), pool_scale(benefit, at)
        places = benefit.pool is not None and benefit.pool.counts == "customers"
        # Who gets no place has the other members' benefits in full; a pool of units is short for everyone.
        enrolled.append(share * scale if places else share)
        scales.append(Fraction(1) if places else scale)
    paid = stacked(group, cashbacks, enrolled, setting)
    parts = []
    for (benefit, at), amount, scale in zip(cashbacks, paid, scales, strict=True):
        expected = Expected(units=amount, cost=amount, value=amount)
        parts.append(after_shares(benefit, at, expected, scale))
    return _sum(parts)


def _waived(group: Interaction, members: tuple[Member, ...], setting: RealSetting) -> Amounts:
    """Several ways to waive one fee: E of the largest share waived.

    Ways of one condition are nested: the easiest decides. Ways of different conditions are taken as
    independent: P(any) = 1 − Π(1 − p). Points pay only what no other way waives to the same extent.
    """
    ways = []
    fee = Fraction(0)
    for benefit, at in _settings(members, setting):
        if not isinstance(benefit, FeeWaiver):
            raise CardkitError(
                Text(
                    f"{group.id}：waive 只能用于费用减免",
                    f"{group.id}: only fee waivers can be priced as waive",
                ),
                Text("改用 how: accumulate", "use how: accumulate"),
            )
        fee = at.fee(benefit.fee)
        chance = benefit.probability(at) * enrolled_share(benefit, at)
        ways.append(_Way(at.read(benefit, "waived"), benefit.condition, chance, benefit.points_taken(at)))
    ways.sort(key=lambda way: (-way.waived, way.condition == "points"))
    expected = before = kept = worth = Fraction(0)
    for index, way in enumerate(ways):
        any_way = _any(ways[: index + 1])
        decides = any_way - before
        expected += way.waived * decides
        kept += way.points[0] * decides
        worth += way.points[1] * decides
        before = any_way
    setting.note(Text("期望减免比例", "expected share waived"), expected, "E max(share waived)")
    revenue = (("waiver", -fee * expected), *((("points-taken", kept),) if kept else ()))
    return Amounts(revenue=revenue, pays=worth - fee * expected)


class _Way(NamedTuple):
    """One way to waive a fee."""

    waived: Fraction
    condition: str
    chance: Fraction
    points: tuple[Fraction, Fraction]
    """What redeeming the points that pay it would cost, and what they are worth, yuan."""


def _any(ways: list[_Way]) -> Fraction:
    easiest: dict[str, Fraction] = {}
    for _, condition, chance, _ in ways:
        easiest[condition] = max(easiest.get(condition, Fraction(0)), chance)
    none = Fraction(1)
    for chance in easiest.values():
        none *= 1 - chance
    return 1 - none


def _redeemed(_group: Interaction, members: tuple[Member, ...], setting: RealSetting) -> Amounts:
    """Points earned by the members × the cost of a point over the options of the members present."""
    options = tuple(member.benefit for member in members if isinstance(member.benefit, Redeem))
    return _sum(
        [
            amounts(benefit, replace(at, options=options or None))
            for benefit, at in _settings(members, setting)
            if not isinstance(benefit, Redeem)
        ]
    )


def _shared(group: Interaction, members: tuple[Member, ...], setting: RealSetting) -> Amounts:
    """What a sharing pack shares is in more demand; the pack is the member listed first."""
    pack = setting.catalog.benefit(group.members[0])
    shared = any(member.benefit is pack for member in members)
    return _sum([amounts(benefit, replace(at, shared=shared)) for benefit, at in _settings(members, setting)])


PRICED: dict[str, Callable[[Interaction, tuple[Member, ...], RealSetting], Amounts]] = {
    "best": _stacked,
    "accumulate": _stacked,
    "exclusive": _stacked,
    "waive": _waived,
    "redeem": _redeemed,
    "share": _shared,
}
"""How each kind of interaction is priced."""
