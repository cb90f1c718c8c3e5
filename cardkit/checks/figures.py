"""CK4: missing is not zero. Every figure that a price needs is there, in every segment that needs it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from operator import methodcaller
from typing import NamedTuple

from cardkit.checks.alike import fee_likeness, likeness
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


class Part(NamedTuple):
    """One part of the price of whatever an entity is in."""

    path: Path
    """Where to point in the entity when nothing better is known."""
    formula: Callable[[RealSetting], object]
    name: int | None = None
    """What asks for the same figures as all of that name; None where each has to be computed."""


Piece = tuple[Module | Held, int]
"""A module's fee or a benefit, and the name that its part gets: a part is made only where it is needed."""

Attempt = tuple[Part, RealSetting]
"""A part to compute, and in which setting."""

Failure = tuple[Site, str, CardkitError]
"""Where, whose, and why."""


class _Tried:
    """What succeeded, by name: a segment that gives all that was asked for then needs no attempt."""

    def __init__(self, checking: Checking) -> None:
        self._checking = checking
        self._succeeded: dict[int, tuple[Segment, Asked]] = {}
        self._needless: set[tuple[int, str]] = set()

    def needless(self, name: int, segment: Segment) -> bool:
        """Whether it is known that all of a name have their figures in a segment."""
        if (name, segment.id) in self._needless:
            return True
        first = self._succeeded.get(name)
        if first is None or not given(self._checking, segment, *first):
            return False
        self._needless.add((name, segment.id))
        return True

    def succeeded(self, part: Part, segment: Segment, asked: Asked) -> None:
        """Note what a part asked for that found it all."""
        if part.name is not None:
            self._succeeded[part.name] = segment, asked


def _attempts(checking: Checking, tried: _Tried) -> Iterator[Attempt]:
    """Every part of every price: cards in their segments, modules and campaigns on the reference card."""
    catalog = checking.catalog
    named = _named(checking)
    of_card = _of_cards(checking)
    for segment in catalog.segments.values():
        if segment.status == "retired":
            continue
        for card in catalog.cards.values():
            if card.status != "retired" and segment.id in checking.together.segments(card):
                at = RealSetting(checking.day, card, segment, card, f"{card.id}@{segment.id}")
                yield from ((part, at) for part in of_card[card.id])
        reference = catalog.cards.get(segment.reference_card)
        if reference is None:
            continue
        for holder in (*catalog.modules.values(), *catalog.services.values(), *catalog.campaigns.values()):
            if holder.status != "retired" and segment.id in checking.together.segments(holder):
                needed = [piece for piece in named[holder.id] if not tried.needless(piece[1], segment)]
                if needed:  # rarely: nearly all of a large catalog is like what was tried before
                    at = RealSetting(checking.day, reference, segment, holder, segment.id)
                    yield from ((_part(piece), at) for piece in needed)


def _of_cards(checking: Checking) -> dict[str, list[Part]]:
    """What each card brings into a price, by its id: its lines and benefits, computed in every segment."""
    lines = [Part(("id",), formula) for _, _, _, formula in LINES]
    lines.append(Part(("id",), methodcaller("market", "vat")))
    found = {name: [*lines] for name in checking.catalog.cards}
    for held in checking.held:
        if isinstance(held.holder, Card):
            found[held.holder.id].append(_of_held(held, None))
    return found


def _named(checking: Checking) -> dict[str, list[Piece]]:
    """What each module, service tier and campaign brings into a price, by its id."""
    numbers: dict[object, int] = {}  # quicker to look up than a likeness
    found: dict[str, list[Piece]] = {}
    for name, holder in checking.catalog.holders():
        found[name] = []
        if isinstance(holder, Module):
            alike = fee_likeness(holder) or f"{name} price"
            found[name].append((holder, numbers.setdefault(alike, len(numbers))))
    for held in checking.held:
        if not isinstance(held.holder, Card):
            alike = likeness(held.holder, held.benefit) or held.reference
            found[held.holder.id].append((held, numbers.setdefault(alike, len(numbers))))
    return found


def _part(piece: Piece) -> Part:
    what, name = piece
    if isinstance(what, Module):
        return Part(("price",), partial(module_fee_terms, what), name)
    return _of_held(what, name)


def _of_held(held: Held, name: int | None) -> Part:
    return Part((*held.path, "id"), partial(_of_benefit, held.benefit), name)


def _of_benefit(benefit: Benefit, at: RealSetting) -> None:
    """Everything of a benefit's price that needs figures: its amounts, and what a balance costs."""
    granted = amounts(
        benefit, replace(at, needed_by=f"{at.holder.id}/{benefit.id} @{at.segment.id}", steps=None)
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
    tried = _Tried(checking)
    for part, at in _attempts(checking, tried):
        asked: Asked = {}
        checking.day.memory[ASKED] = asked
        try:
            # Nobody reads a worksheet here.
            part.formula(replace(at, steps=None))
            tried.succeeded(part, at.segment, asked)
        except CardkitError as error:
            yield checking.catalog.site(at.holder.id, *part.path), at.holder.id, error
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
