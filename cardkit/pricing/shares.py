"""Who pays for a benefit and how much of it there is: partner shares under caps, and shared pools.

Both follow from the catalog's populations, never from the product at hand.
"""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.common import Pool
from cardkit.mechanics.funding import pool_fill, split
from cardkit.mechanics.period import PER_YEAR
from cardkit.model.campaign import Campaign
from cardkit.model.card import Card
from cardkit.model.module import Module
from cardkit.model.service import ServiceTier
from cardkit.pricing.setting import ASKED, RealSetting

DAYS = 365


def enrolled_share(benefit: Benefit, setting: RealSetting) -> Fraction:
    """Share of the product's holders who are eligible and enrol or use it: e·t; 0 where it isn't offered."""
    eligibility = benefit.eligibility
    if eligibility.segments:
        setting.asks("eligible", f"{setting.holder.id}/{benefit.id}", eligibility.segments)
    if eligibility.segments and setting.segment.id not in eligibility.segments:
        return Fraction(0)
    validity = benefit.validity
    if validity is not None:
        day = setting.day.as_of
        if (validity.since and day < validity.since) or (validity.until and day > validity.until):
            return Fraction(0)
    eligible = setting.read(eligibility, "share")
    if isinstance(setting.holder, Campaign):
        eligible *= setting.read(setting.holder.target, "share") * window_share(benefit, setting)
    if benefit.take_up is None and benefit.enrolment == "automatic":
        return eligible
    return eligible * setting.read(benefit, "take_up")


def window_share(benefit: Benefit, setting: RealSetting) -> Fraction:
    """Share of a year's periods that lie in a campaign's window.

    What starts anew in each period is granted in the campaign's periods only; what is granted once, or
    comes out of a pool that names its own periods, is not reduced.
    """
    assert isinstance(setting.holder, Campaign)
    window = setting.holder.window
    basis = benefit.basis(setting.aside())
    if benefit.pool is not None or basis is None or basis.periods == 1:
        return Fraction(1)
    if window.since is None or window.until is None:
        return Fraction(1)
    days = (window.until - window.since).days + 1
    periods = min(basis.periods, round(Fraction(days * basis.periods, DAYS)))
    return setting.note(
        Text("活动期占全年", "the campaign's share of the year"),
        Fraction(periods, basis.periods),
        "periods ÷ year",
    )


def pool_scale(benefit: Benefit, setting: RealSetting) -> Fraction:
    """Share of what holders would take that the pool can give; 1 where there is no pool.

    The pool is offered in some periods of the year only, and in each of them up to its units:
    min(1, units ÷ demand of all holders in a period)·periods ÷ periods in a year. Of a pool of places it is
    the share of those who want a place that get one, and have the benefit in full.
    """
    pool = benefit.pool
    if pool is None:
        return Fraction(1)
    units = setting.read(pool, "units")
    key = ("pool", setting.holder.id, benefit.id)
    if key not in setting.day.memory:
        setting.day.memory[key] = _total(
            benefit, setting, lambda inner, enrolled: taken_of_pool(benefit, inner) * enrolled
        )
    demand: Fraction = setting.day.memory[key] / PER_YEAR[pool.period]
    fill = pool_fill(units, demand)
    setting.note(Text("每周期总需求", "demand of all holders in a period"), demand, "Σ population·e·t·units")
    return setting.note(
        Text("名额满足率", "share that the pool can give"),
        fill * _offered(pool),
        "min(1, units ÷ demand)·periods offered",
    )


def taken_of_pool(benefit: Benefit, setting: RealSetting) -> Fraction:
    """What one enrolled holder would take of the benefit's pool in a year: its units, or a place a period."""
    assert benefit.pool is not None
    if benefit.pool.counts == "customers":
        return Fraction(PER_YEAR[benefit.pool.period])
    return benefit.expect(setting).units


def _offered(pool: Pool) -> Fraction:
    return min(Fraction(1), Fraction(pool.periods, PER_YEAR[pool.period]))


def bank_share(benefit: Benefit, setting: RealSetting) -> Fraction:
    """1 − π: the part of a benefit's cost that the bank bears, after partners' caps."""
    funding = benefit.funding
    if funding is None:
        return Fraction(1)
    shares = [(funder.payer, setting.read(funder, "share"), funder.cap) for funder in funding.shares]
    if all(cap is None for _, _, cap in shares):
        partners = sum((share for payer, share, _ in shares if payer != "bank"), Fraction(0))
        return setting.note(Text("银行承担", "borne by the bank"), 1 - partners, "1 − π")
    key = ("cost", setting.holder.id, benefit.id)
    if key not in setting.day.memory:
        setting.day.memory[key] = _total(
            benefit,
            setting,
            lambda inner, enrolled: benefit.expect(inner).cost * enrolled * pool_scale(benefit, inner),
        )
    total: Fraction = setting.day.memory[key]
    if total == 0:
        return Fraction(1)
    paid = split(
        total,
        [
            (funder.payer, setting.read(funder, "share"), setting.optional(funder, "cap"))
            for funder in funding.shares
        ],
        funding.shortfall,
    )
    setting.note(Text("全部客户的成本", "cost over all customers"), total, "Σ population·cost")
    return setting.note(
        Text("银行承担", "borne by the bank"),
        paid.get("bank", Fraction(0)) / total,
        "after every payer's cap",
    )


def _total(
    benefit: Benefit, setting: RealSetting, of_one: Callable[[RealSetting, Fraction], Fraction]
) -> Fraction:
    """A sum over everybody who may hold it: every segment that it is sold to, on its reference card.

    A card's holders are taken as the whole population of its segments, so a pool is never thought too full.
    """
    catalog = setting.catalog
    memory = setting.day.memory
    asked = memory.pop(ASKED, None)  # a sum over all segments is the same in each
    total = Fraction(0)
    try:
        for name in _segments(setting):
            segment = catalog.segments[name]
            card = setting.card
            if not isinstance(setting.holder, Card):
                card = catalog.cards.get(segment.reference_card) or next(iter(catalog.cards.values()))
            inner = RealSetting(setting.day, card, segment, setting.holder, setting.needed_by, steps=None)
            enrolled = enrolled_share(benefit, inner)
            if enrolled:
                total += inner.holders() * of_one(inner, enrolled)
    finally:
        if asked is not None:
            memory[ASKED] = asked
    return total


def all_holders(benefit: Benefit, setting: RealSetting) -> Fraction:
    """Everybody who is expected to hold a benefit, in every segment in which it is offered; at least one."""
    total = Fraction(0)
    for name in _segments(setting):
        inner = replace(setting, segment=setting.catalog.segments[name], steps=[])
        if enrolled_share(benefit, inner):
            total += inner.holders()
    return max(total, Fraction(1))


def _segments(setting: RealSetting) -> tuple[str, ...]:
    holder, segments = setting.holder, setting.catalog.segments
    if isinstance(holder, Campaign):
        wanted = holder.target.segments
    elif isinstance(holder, Module):
        wanted = tuple(holder.segments or ())
    elif isinstance(holder, ServiceTier):
        wanted = holder.segments
    else:
        wanted = holder.eligible_segments if isinstance(holder, Card) else ()
    return tuple(name for name in segments if not wanted or name in wanted)
