"""Which rights a product brings on a day: of the card, its modules, its service tiers, its campaigns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.draw import Draw
from cardkit.mechanics.feature import Feature
from cardkit.mechanics.milestone import Milestone
from cardkit.model.campaign import START_EVENTS, Campaign, Clock
from cardkit.model.card import Card
from cardkit.model.catalog import Catalog
from cardkit.model.entity import active
from cardkit.model.expression import Product
from cardkit.model.module import Module
from cardkit.model.service import ServiceTier
from cardkit.preview.labels import LEVELS
from cardkit.preview.public import public_face
from cardkit.preview.wording import PageWording

Holder = Card | Module | ServiceTier | Campaign


@dataclass(frozen=True, slots=True)
class Held:
    """A right that the product's holders get: the public faces of the right and of what grants it."""

    kind: str
    """As in `Section.kind`."""
    holder: Holder
    right: Benefit
    starts_later: bool
    usable: bool
    """In force on the page's day, and its campaign open to the page's segment."""

    @property
    def reference(self) -> str:
        """`ENTITY/BENEFIT`, with the card's own id."""
        return f"{self.holder.id}/{self.right.id}"


@dataclass(frozen=True)
class Page:
    """What a sheet is made for: a product, on a day, with campaigns."""

    catalog: Catalog
    product: Product
    as_of: date
    campaigns: tuple[str, ...] = ()

    @cached_property
    def words(self) -> PageWording:
        """Names and values on the page's day, in its segment."""
        return PageWording(self.catalog, self.as_of, self.product.segment)

    @cached_property
    def card(self) -> Card:
        """The public face of the product's card."""
        return public_face(self.catalog.cards[self.product.card])

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        """The public faces of the product's modules."""
        return tuple(public_face(self.catalog.modules[name]) for name in self.product.modules)

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """The rights in force, or to come, in the order of the page."""
        return tuple(self._held())

    @property
    def holders(self) -> Iterator[tuple[str, Holder]]:
        """What grants rights: campaigns first, then the card, its modules and its service tiers."""
        for name in self.campaigns:
            yield "campaign", self.catalog.campaigns[name]
        card = self.catalog.cards[self.product.card]
        yield "core", card
        yield "card", card
        for name in self.product.modules:
            yield "module", self.catalog.modules[name]
        tiers = sorted(self.catalog.services.values(), key=lambda tier: tuple(LEVELS).index(tier.level))
        for tier in tiers:
            if active(tier, self.as_of) and self._serves(tier):
                yield "service", tier

    def _serves(self, tier: ServiceTier) -> bool:
        if self.product.segment is not None:
            return tier.serves(self.product.card, self.product.segment)
        return not tier.segments and (not tier.cards or self.product.card in tier.cards)

    def _held(self) -> Iterator[Held]:
        for kind, holder in self.holders:
            face = public_face(holder)
            is_open = (
                not isinstance(holder, Campaign)
                or campaign_state(holder, self.product.segment, self.as_of) is None
            )
            for right in rights_of(kind, holder):
                if self._is_for_segment(right) and not self._is_over(right):
                    since = None if right.validity is None else right.validity.since
                    later = since is not None and since > self.as_of
                    yield Held(kind, face, public_face(right), later, is_open and not later)

    def _is_over(self, right: Benefit) -> bool:
        return (
            right.validity is not None
            and right.validity.until is not None
            and right.validity.until < self.as_of
        )

    def _is_for_segment(self, right: Benefit) -> bool:
        return not right.eligibility.segments or self.product.segment in right.eligibility.segments

    @property
    def leaves_out(self) -> bool:
        """Whether rights or tiers of single segments are left out because the page is for none."""
        if self.product.segment is not None:
            return False
        rights = (right for kind, holder in self.holders for right in rights_of(kind, holder))
        tiers = (tier for tier in self.catalog.services.values() if active(tier, self.as_of))
        return any(right.eligibility.segments and not self._is_over(right) for right in rights) or any(
            tier.segments and (not tier.cards or self.product.card in tier.cards) for tier in tiers
        )

    @cached_property
    def shared_by(self) -> dict[str, str]:
        """Of each right that a pack in the product opens to the family: the pack's holder."""
        return {
            self.resolved(reference): held.holder.id
            for held in self.held
            if isinstance(held.right, Feature)
            for reference in held.right.shares
        }

    def resolved(self, reference: str) -> str:
        """`card/BENEFIT` with the id of the product's card."""
        holder, _, right = reference.partition("/")
        return f"{self.product.card}/{right}" if holder == "card" else reference

    def words_for(self, held: Held) -> PageWording:
        """Names and values, and the start events of a campaign's clocks where the right belongs to one."""
        if not isinstance(held.holder, Campaign):
            return self.words
        clocks = {clock.id: clock_start(clock, held.right) for clock in held.holder.clocks}
        return PageWording(self.catalog, self.as_of, self.product.segment, clocks)


def rights_of(kind: str, holder: Holder) -> tuple[Benefit, ...]:
    """The rights of one section: a card has two."""
    if isinstance(holder, Card):
        return holder.core if kind == "core" else holder.benefits
    return holder.rights


def campaign_state(campaign: Campaign, segment: str | None, as_of: date) -> Text | None:
    """What keeps a customer from joining a campaign on a day; None when nothing does."""
    if campaign.status in ("draft", "retired"):
        return Text("尚未上线", "not launched yet") if campaign.status == "draft" else Text("已结束", "over")
    window = campaign.window
    if window.since is not None and as_of < window.since:
        return Text("尚未开始", "not started yet")
    if not window.holds(as_of):
        return Text("已结束", "over")
    if segment is not None and segment not in campaign.target.segments:
        return Text("不面向该客群", "not for this group of customers")
    return None


def first_come(campaign: Campaign) -> bool:
    """Whether who comes first gets the campaign's quota; a jury or a draw hands it out otherwise."""
    chosen = all(
        isinstance(right, Draw) or (isinstance(right, Milestone) and right.metric == "event")
        for right in campaign.rights
    )
    return campaign.quota is not None and not chosen


def clock_start(clock: Clock, right: Benefit) -> Text:
    """核卡之日 / approval: what a step counts its days from; with the clock's own days if it has none."""
    start = START_EVENTS[clock.start]
    steps = right.steps if isinstance(right, Milestone) else ()
    if any(step.clock == clock.id and step.within_days is None for step in steps):
        return Text(f"{start.zh}之日起 {clock.days} 天（含最后一天）的", f"{clock.days} days from {start.en}")
    return Text(f"{start.zh}之日", start.en)
