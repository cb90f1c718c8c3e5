"""What a price is made of: pieces that are computed once for a card in a segment, and only ever added.

A product's price is the card's base, plus each module, plus each cluster of interaction groups for the
modules of it that the product has, plus bundles and the multi-module discount. Each of these is some pieces.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from cardkit.mechanics.base import Benefit
from cardkit.model.bundle import Bundle
from cardkit.model.campaign import Campaign
from cardkit.model.card import Card
from cardkit.model.entity import Entity
from cardkit.model.expression import Product
from cardkit.model.interaction import Interaction
from cardkit.model.module import Module
from cardkit.model.segment import Segment
from cardkit.model.service import ServiceTier
from cardkit.model.settings import MultiModuleDiscount
from cardkit.pricing.benefit_terms import benefit_terms
from cardkit.pricing.card_terms import LINES, line_terms, serves
from cardkit.pricing.clusters import Cluster, clusters
from cardkit.pricing.discounts import (
    bundle_terms,
    bundles_in,
    is_paid,
    module_fee_terms,
    tier_reached,
    tier_terms,
)
from cardkit.pricing.interaction_terms import Member, interacting, interaction_terms, present
from cardkit.pricing.lines import Terms
from cardkit.pricing.setting import Day, RealSetting

Holder = Card | ServiceTier | Module | Campaign


class Piece(NamedTuple):
    """The smallest thing that a price remembers: a line of the card, a fee, a benefit, a group's term."""

    key: tuple[str, ...]
    """What it is a piece of; together with card and segment it tells it from all others of a day."""
    compute: Callable[[RealSetting], Terms]
    """Its terms in the setting of a card and a segment. Raises MissingFigure."""


class Parts:
    """The pieces of every product that one card can be in, in one segment, with the campaigns given.

    Raises MissingFigure, whatever is asked, where the catalog doesn't give a figure that a part needs.
    """

    def __init__(self, day: Day, card: Card, segment: Segment, campaigns: tuple[str, ...] = ()) -> None:
        self.day = day
        self.card = card
        self.segment = segment
        self.campaigns = campaigns
        """Those that address the segment and run on the day."""
        self.setting = RealSetting(day, card, segment, card, f"{card.id} @{segment.id}")

    # the parts of a price, whose terms add up to that of every product ---------------------------------

    def base(self) -> Iterator[Piece]:
        """The card's own lines, its rights and those of its service tiers and campaigns, outside clusters."""
        yield from self._of_card(self._clustered)
        yield from self._of_campaigns(self._clustered)

    def module(self, module: str) -> Iterator[Piece]:
        """A module's fee and its rights outside clusters."""
        return self._of_module(self.day.catalog.modules[module], self._clustered)

    def cluster(self, cluster: Cluster, modules: Iterable[str]) -> Iterator[Piece]:
        """What a product's benefits in a cluster are priced at; of the modules those of the cluster count.

        Benefits whose group doesn't interact in the product are priced plainly.
        """
        groups = self.interacting(modules, cluster.groups)
        grouped = _references(groups)
        for member in self._members(cluster, modules):
            if member.reference not in grouped:
                yield self._right(member.holder, member.benefit)
        for group, members in groups:
            yield self._group(group, members)

    def bundles(self, modules: Iterable[str]) -> Iterator[Piece]:
        """The discounts of the bundles that a set of modules has."""
        for bundle in bundles_in(self.card.id, modules, self.day):
            yield self.bundle(bundle)

    def bundle(self, bundle: Bundle) -> Piece:
        """The discount of one bundle, on its card."""
        return Piece((bundle.id,), partial(bundle_terms, bundle))

    def several(self, modules: Iterable[str]) -> Iterator[Piece]:
        """The multi-module discount that a set of modules reaches."""
        tier = tier_reached(self.day.catalog, sum(map(self.is_paid, modules)))
        if tier is not None:
            yield self.tier(tier)

    def tier(self, tier: MultiModuleDiscount) -> Piece:
        """One tier of the multi-module discount."""
        return Piece(("multi-module-discount", str(tier.modules)), partial(tier_terms, tier))

    def is_paid(self, module: str) -> bool:
        """Whether a module counts for the multi-module discount."""
        return is_paid(self.day.catalog.modules[module], self.setting)

    def product(self, modules: Sequence[str]) -> Iterator[Piece]:
        """The same pieces for one product, in the order in which a reader wants to see them."""
        groups = self.interacting(modules)
        grouped = _references(groups)
        yield from self._of_card(grouped)
        for name in modules:
            yield from self._of_module(self.day.catalog.modules[name], grouped)
        yield from self._of_campaigns(grouped)
        for group, members in groups:
            yield self._group(group, members)
        yield from self.bundles(modules)
        yield from self.several(modules)

    # pieces ------------------------------------------------------------------------------------------

    def interacting(
        self, modules: Iterable[str], groups: Iterable[Interaction] | None = None
    ) -> list[tuple[Interaction, tuple[Member, ...]]]:
        """The groups, of those given or of all, that price several of a product's benefits as one term."""
        product = Product(self.card.id, tuple(modules), self.segment.id)
        return interacting(self.day.catalog, product, self.day.as_of, self.campaigns, groups)

    @property
    def _clustered(self) -> frozenset[str]:
        """The benefits that are members of a group in force, by `ENTITY/BENEFIT`, on this card."""
        key = ("clustered", self.card.id)
        if key not in self.day.memory:
            groups = (group for cluster in clusters(self.day) for group in cluster.groups)
            members = (member for group in groups for member in group.members)
            self.day.memory[key] = frozenset(
                self.card.id + member.removeprefix("card") if member.startswith("card/") else member
                for member in members
            )
        known: frozenset[str] = self.day.memory[key]
        return known

    def _members(self, cluster: Cluster, modules: Iterable[str]) -> Iterator[Member]:
        """The benefits of a product in a cluster, each once, in the order listed."""
        found: dict[str, Member] = {}
        product = Product(self.card.id, tuple(modules), self.segment.id)
        for group in cluster.groups:
            for member in present(self.day.catalog, group, product, self.campaigns):
                found.setdefault(member.reference, member)
        yield from found.values()

    def _of_card(self, grouped: frozenset[str]) -> Iterator[Piece]:
        for line in LINES:
            yield Piece(("line", line[0]), partial(line_terms, line))
        yield from self._rights(self.card, grouped)
        for tier in self.day.catalog.services.values():
            if serves(tier, self.setting):
                yield from self._rights(tier, frozenset())  # a group never has members of a service tier

    def _of_module(self, module: Module, grouped: frozenset[str]) -> Iterator[Piece]:
        yield Piece((module.id, "fee"), partial(module_fee_terms, module))
        yield from self._rights(module, grouped)

    def _of_campaigns(self, grouped: frozenset[str]) -> Iterator[Piece]:
        for name in self.campaigns:
            yield from self._rights(self.day.catalog.campaigns[name], grouped)

    def _rights(self, holder: Holder, grouped: frozenset[str]) -> Iterator[Piece]:
        for benefit in holder.rights:
            if f"{holder.id}/{benefit.id}" not in grouped:
                yield self._right(holder, benefit)

    def _right(self, holder: Entity, benefit: Benefit) -> Piece:
        return Piece((holder.id, "right", benefit.id), partial(_right, holder, benefit))

    def _group(self, group: Interaction, members: tuple[Member, ...]) -> Piece:
        key = (group.id, *(member.reference for member in members))
        return Piece(key, partial(interaction_terms, group, members))


def _right(holder: Entity, benefit: Benefit, setting: RealSetting) -> Terms:
    return benefit_terms(benefit, setting.of(holder))


def _references(groups: Iterable[tuple[Interaction, tuple[Member, ...]]]) -> frozenset[str]:
    return frozenset(member.reference for _, members in groups for member in members)


def terms_of(parts: Parts, pieces: Iterable[Piece]) -> Terms:
    """The lines of some pieces, with their worksheets; remembered on the day."""
    memory = parts.day.memory
    terms = Terms()
    for piece in pieces:
        key = ("terms", parts.card.id, parts.segment.id, piece.key)
        if key not in memory:
            memory[key] = piece.compute(parts.setting)
        terms.add(memory[key])
    return terms
