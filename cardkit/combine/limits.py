"""Limits that have no rule of their own, as constraints: lifecycle, dates, eligibility, age, slots."""

from collections.abc import Iterable, Iterator
from datetime import date

from cardkit.ground.finding import Path
from cardkit.ground.text import Text
from cardkit.model.card import Card
from cardkit.model.constraint import Constraint, Forbidden, Within
from cardkit.model.module import Module
from cardkit.model.refusal import Refusal
from cardkit.model.rule.base import Offer

Holder = Card | Module

TAKEN = Text("，所选模块要占 {used} 个", "; these modules take {used}")
"""How much room the modules of a product take, behind how much there is."""


def limits(offer: Offer, as_of: date) -> Iterator[Constraint]:
    """What holds for each card and module on a day, each named by where it comes from."""
    holders: tuple[Holder, ...] = (*offer.cards.values(), *offer.modules.values())
    for holder in holders:
        yield from _lifecycle(holder, offer)
        yield from _dates(holder, as_of)
    for holder in holders:
        if holder.eligible_segments:
            reason = Text(
                f"{holder.name.zh}只面向部分客群", f"{holder.name.en} is offered to certain segments only"
            )
            refusal = _refusal("eligibility", holder, reason, ("eligible_segments",))
            yield _forbidden(refusal, holder, _others(offer, holder.eligible_segments))
    for card in offer.cards.values():
        yield from _age(card, offer)
    slots = {name: module.slots for name, module in offer.modules.items() if module.slots}
    for card in offer.cards.values():
        reason = Text(f"{card.name.zh}有 {card.slots} 个槽位", f"{card.name.en} has {card.slots} slots")
        refusal = _refusal("slots", card, reason, ("slots",))
        yield Within(refusal, slots, None, card.slots, frozenset((card.id,)), TAKEN)


def _lifecycle(holder: Holder, offer: Offer) -> Iterator[Forbidden]:
    name = holder.name
    if holder.status == "draft":
        reason = Text(f"{name.zh}还是草稿", f"{name.en} is a draft")
        yield _forbidden(_refusal("lifecycle", holder, reason, ("status",)), holder)
    elif holder.status == "retired":
        reason = Text(f"{name.zh}已停售", f"{name.en} is retired")
        yield _forbidden(_refusal("lifecycle", holder, reason, ("status",)), holder)
    elif holder.status == "pilot":
        reason = Text(f"{name.zh}只在试点客群销售", f"{name.en} is in pilot for certain segments only")
        refusal = _refusal("lifecycle", holder, reason, ("pilot_segments",))
        yield _forbidden(refusal, holder, _others(offer, holder.pilot_segments))


def _dates(holder: Holder, as_of: date) -> Iterator[Forbidden]:
    if holder.valid is not None and not holder.valid.holds(as_of):
        name = holder.name
        reason = Text(f"{name.zh}在 {as_of} 不在销售期", f"{name.en} isn't sold on {as_of}")
        yield _forbidden(_refusal("dates", holder, reason, ("valid",)), holder)


def _age(card: Card, offer: Offer) -> Iterator[Forbidden]:
    least = card.minimum_age
    young = frozenset(name for name, segment in offer.segments.items() if segment.minimum_age < least)
    if young:
        reason = Text(f"主卡持卡人须满 {least} 周岁", f"The main holder must be {least} or older")
        yield _forbidden(_refusal("age", card, reason, ("minimum_age",)), card, young)


def _others(offer: Offer, segments: Iterable[str]) -> frozenset[str]:
    return frozenset(offer.segments).difference(segments)


def _refusal(limit: str, holder: Holder, reason: Text, path: Path) -> Refusal:
    return Refusal(f"{limit}:{holder.id}", reason, holder.id, path)


def _forbidden(refusal: Refusal, holder: Holder, segments: frozenset[str] | None = None) -> Forbidden:
    own = frozenset((holder.id,))
    if isinstance(holder, Card):
        return Forbidden(refusal, cards=own, segments=segments)
    return Forbidden(refusal, modules=own, segments=segments)
