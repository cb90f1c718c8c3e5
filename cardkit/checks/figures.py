"""CK4: missing is not zero. Every figure that a price needs is there, in every segment that needs it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from cardkit.checks.alike import likeness
from cardkit.checks.base import check
from cardkit.checks.checking import Checking, Held
from cardkit.checks.given import Asked, given
from cardkit.checks.lifecycle import future_figures
from cardkit.checks.limits import without_take_up
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Code, Finding, Path, Site
from cardkit.mechanics.base import Benefit
from cardkit.model.card import Card
from cardkit.model.module import Module
from cardkit.model.segment import Segment
from cardkit.pricing.benefit_terms import amounts, balance_terms
from cardkit.pricing.card_terms import LINES
from cardkit.pricing.discounts import module_fee_terms
from cardkit.pricing.missing import MissingFigure
from cardkit.pricing.setting import ASKED, RealSetting

MISSING_FIGURE = Code("CK401", "missing-figure")
NO_PRICE = Code("CK413", "no-price")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One part of a price to compute."""

    entity: str
    path: Path
    """Where to point in the entity when nothing better is known."""
    segment: Segment
    part: Callable[[], object]
    name: object = None
    """What asks for the same figures as all of that name; None where each part has to be computed."""


Part = tuple[Held, object]
"""A benefit, and the name of its attempts."""

Failure = tuple[Site, str, CardkitError]
"""Where, whose, and why."""


def _attempts(checking: Checking) -> Iterator[Attempt]:
    """Every part of every price: cards in their segments, modules and campaigns on the reference card."""
    catalog = checking.catalog
    held: dict[str, list[Part]] = {}
    for each in checking.held:
        held.setdefault(each.holder.id, []).append((each, _name(each)))
    for segment in catalog.segments.values():
        if segment.status == "retired":
            continue
        for card in catalog.cards.values():
            if card.status != "retired" and segment.id in checking.together.segments(card):
                yield from _of_card(checking, card, segment, held.get(card.id, []))
        reference = catalog.cards.get(segment.reference_card)
        if reference is None:
            continue
        at = RealSetting(checking.day, reference, segment, reference, segment.id)
        for holder in (*catalog.modules.values(), *catalog.services.values(), *catalog.campaigns.values()):
            if holder.status != "retired" and segment.id in checking.together.segments(holder):
                own = replace(at, holder=holder)
                if isinstance(holder, Module):
                    part = partial(module_fee_terms, holder, own)
                    yield Attempt(holder.id, ("price",), segment, part, f"{holder.id} price")
                yield from _of_benefits(held.get(holder.id, []), own)


def _of_card(checking: Checking, card: Card, segment: Segment, held: list[Part]) -> Iterator[Attempt]:
    at = RealSetting(checking.day, card, segment, card, f"{card.id}@{segment.id}")
    for _, _, _, formula in LINES:
        yield Attempt(card.id, ("id",), segment, partial(formula, replace(at, steps=[])))
    yield Attempt(card.id, ("id",), segment, partial(at.market, "vat"))
    yield from _of_benefits(held, at)


def _of_benefits(held: list[Part], at: RealSetting) -> Iterator[Attempt]:
    for each, name in held:
        part = partial(_of_benefit, each.benefit, at)
        yield Attempt(each.holder.id, (*each.path, "id"), at.segment, part, name)


def _name(held: Held) -> object:
    """What asks for the same figures as a benefit; a card's has to be computed in every segment."""
    if isinstance(held.holder, Card):
        return None
    return likeness(held.holder, held.benefit) or held.reference


def _of_benefit(benefit: Benefit, at: RealSetting) -> None:
    """Everything of a benefit's price that needs figures: its amounts, and what a balance costs."""
    granted = amounts(
        benefit, replace(at, needed_by=f"{at.holder.id}/{benefit.id} @{at.segment.id}", steps=[])
    )
    if granted.balance:
        balance_terms("", at.holder.id, benefit.name, granted.balance, at)


def _failures(checking: Checking) -> list[Failure]:
    """What kept a part of a price from being computed; computed once for both checks."""
    if "failures" not in checking.memory:
        checking.memory["failures"] = [] if checking.settings is None else list(_attempted(checking))
    found: list[Failure] = checking.memory["failures"]
    return found


def _attempted(checking: Checking) -> Iterator[Failure]:
    """Every failure. What succeeded once isn't computed again where a segment gives all that it asked for."""
    succeeded: dict[object, tuple[Segment, Asked]] = {}
    for attempt in _attempts(checking):
        first = succeeded.get(attempt.name)
        if first is not None and given(checking, attempt.segment, *first):
            continue
        asked: Asked = {}
        checking.day.memory[ASKED] = asked
        try:
            attempt.part()
            if attempt.name is not None:
                succeeded[attempt.name] = attempt.segment, asked
        except CardkitError as error:
            yield checking.catalog.site(attempt.entity, *attempt.path), attempt.entity, error
        except KeyError:
            if not checking.has_unknown_ids:
                raise
        finally:
            del checking.day.memory[ASKED]


@check(MISSING_FIGURE)
def missing_figure(checking: Checking) -> Iterable[Finding]:
    """A price needs a figure that the catalog doesn't give.

    定价需要的数字，目录里没有。

    Why: Missing is not zero. A price with a hole in it would be too high or too low, and nobody would see it.
    为什么：空缺不等于零。缺了一块的价格会偏高或偏低，而且没人看得出来。
    Bad (segments/senior.yaml):
        usage: # here
          lounge-visits: {mean: 0.8, dispersion: 1.2, ticket_mean: 150, ticket_cv: 0.3}
    Good (segments/senior.yaml):
        usage:
          clinic-visits: {mean: 0, ticket_mean: 0, ticket_cv: 0}
          lounge-visits: {mean: 0.8, dispersion: 1.2, ticket_mean: 150, ticket_cv: 0.3}
    Source: practice of card centres 信用卡中心实务
    """
    # What another check says, once and better: a missing take_up, values that begin in the future.
    said: set[tuple[str, Path]] = {
        (held.holder.id, (*held.path, "take_up")) for held in without_take_up(checking)
    }
    said |= {(entity.id if entity else "catalog", path) for entity, path, _ in future_figures(checking)}
    for near, entity, error in _failures(checking):
        if not isinstance(error, MissingFigure):
            continue
        owner = error.entity
        known = not owner or owner in checking.catalog.entities
        mark = (owner or "catalog", error.path) if known else (entity, near.path)
        if mark in said:
            continue
        said.add(mark)
        site = near
        if known:
            site = (
                checking.catalog.site(owner, *error.path)
                if owner
                else checking.catalog.setting_site(*error.path)
            )
        yield Finding(MISSING_FIGURE, site, error.message, error.hint, owner if known and owner else entity)


@check(NO_PRICE)
def no_price(checking: Checking) -> Iterable[Finding]:
    """A benefit can't be priced as it is written.

    这项权益按现在的写法无法定价。

    Why: Its figures are there and don't go together, so there is no number for what it costs.
    为什么：数字都有，但凑不到一起，算不出它的成本。
    Bad (modules/study-instalments.yaml benefits/0):
        id: course-instalments # here
        tenors:
          - {months: 6, customer_rate: 0%, share: 0%}
          - {months: 12, customer_rate: 0.3%, share: 0%}
    Good (modules/study-instalments.yaml benefits/0):
        tenors:
          - {months: 6, customer_rate: 0%, share: 50%}
          - {months: 12, customer_rate: 0.3%, share: 50%}
    Source: docs/mechanics.md
    """
    said: set[tuple[Site, str]] = set()
    for site, entity, error in _failures(checking):
        if not isinstance(error, MissingFigure) and (site, error.message.en) not in said:
            said.add((site, error.message.en))
            yield Finding(NO_PRICE, site, error.message, error.hint, entity)
