"""Two catalogs on one day, and which of their parts can make a difference to what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from cardkit.ground.text import Text, same
from cardkit.mechanics.redeem import Redeem
from cardkit.model.bundle import Bundle
from cardkit.model.card import Card
from cardkit.model.catalog import Catalog, Source
from cardkit.model.entity import Entity
from cardkit.model.interaction import Interaction
from cardkit.model.module import Module
from cardkit.model.segment import Segment
from cardkit.model.service import ServiceTier
from cardkit.pricing.setting import Day

SETTINGS = "catalog.yaml"
"""What stands for catalog.yaml among the ids of entities; no id holds a dot."""


@dataclass(frozen=True)
class Sides:
    """The catalog before and after a change, both on the same day."""

    before: Day
    after: Day
    remembered: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def as_of(self) -> date:
        """The day whose figures count on both sides."""
        return self.after.as_of

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """The ids whose data differ, in the order of their files; `catalog.yaml` included."""
        data = (_data_of(self.before.catalog), _data_of(self.after.catalog))
        # A file that moved keeps its id: what is compared is the entity.
        every = dict.fromkeys((*data[0], *data[1]))
        where = {name: (data[1].get(name) or data[0][name]).file for name in every}
        return tuple(
            name
            for name in sorted(every, key=lambda name: (where[name].count("/"), where[name]))
            if _plain(data[0].get(name)) != _plain(data[1].get(name))
        )

    def source(self, name: str, *, after: bool) -> Source | None:
        """The file of an id on a side; None where it isn't there."""
        return _data_of((self.after if after else self.before).catalog).get(name)

    def entity(self, name: str, *, after: bool) -> Entity | None:
        """The entity of an id on a side; None where it isn't there (or is catalog.yaml)."""
        return (self.after if after else self.before).catalog.entities.get(name)

    def name_of(self, name: str) -> Text:
        """What people call an id: as it is after the change, else as it was."""
        found = self.entity(name, after=True) or self.entity(name, after=False)
        if found is not None:
            return found.name
        return Text("目录设置", "catalog.yaml") if name == SETTINGS else same(name)

    @cached_property
    def pricing(self) -> "Dependence":
        """What of the change prices can depend on."""
        return _dependence(self)


@dataclass(frozen=True, slots=True)
class Dependence:
    """Which products a change can give another price. Never too few: what isn't sure is everything."""

    everything: bool = False
    modules: frozenset[str] = frozenset()
    """Products with one of these."""
    bundles: frozenset[str] = frozenset()
    """Products that hold one of these whole, by id."""

    @property
    def nothing(self) -> bool:
        """Whether no price can have changed."""
        return not (self.everything or self.modules or self.bundles)


def _dependence(sides: Sides) -> Dependence:
    modules: set[str] = set()
    bundles: set[str] = set()
    for name in sides.changed:
        pair = [each for each in (sides.entity(name, after=False), sides.entity(name, after=True)) if each]
        if not pair:
            return Dependence(everything=True)  # catalog.yaml: figures of the market, discounts, categories
        for entity in pair:
            if isinstance(entity, Card | Segment | ServiceTier | Interaction):
                # Pools and partners' caps are shared by all segments, on their reference cards.
                return Dependence(everything=True)
            rights = getattr(entity, "rights", ())
            if any(isinstance(right, Redeem) for right in rights):
                return Dependence(everything=True)  # an option may price points wherever they are earned
            if isinstance(entity, Module):
                modules.add(name)
            elif isinstance(entity, Bundle):
                bundles.add(name)
            # Saved products, campaigns, partners, laws and rules of combination are no part of a price.
    return Dependence(False, frozenset(modules), frozenset(bundles))


def _data_of(catalog: Catalog) -> Mapping[str, Source]:
    key = "sources by id, for differences"
    if key not in catalog.memory:
        found: dict[str, Source] = {}
        for source in catalog.sources:
            if source.file == "catalog.yaml":
                found[SETTINGS] = source
            elif source.id is not None:
                found.setdefault(source.id, source)
        catalog.memory[key] = found
    known: dict[str, Source] = catalog.memory[key]
    return known


def _plain(source: Source | None) -> Any:
    # Numbers compare by value, keys in any order: how a file is laid out says nothing.
    return None if source is None else source.data
