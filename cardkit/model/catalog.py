"""A loaded catalog and its indexes: what every command works on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Finding, Path, Site
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.model.bundle import Bundle
from cardkit.model.campaign import Campaign
from cardkit.model.card import Card
from cardkit.model.entity import Entity
from cardkit.model.interaction import Interaction
from cardkit.model.law import Law
from cardkit.model.module import Module
from cardkit.model.partner import Partner
from cardkit.model.rule.base import Rule
from cardkit.model.saved_product import SavedProduct
from cardkit.model.segment import Segment
from cardkit.model.service import ServiceTier
from cardkit.model.settings import Settings

Locate = Callable[[str, Path, bool], Site]
"""Where a value (or, with True, its key) of a file stands: file, path in its data, key."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file that could be read: where it is, what kind it says it is, and its plain data."""

    file: str
    kind: str | None
    id: str | None
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Catalog:
    """A catalog as far as it could be read. Entities with faults are not in the maps but in `broken`."""

    known_settings: Settings | None
    """catalog.yaml, None where it has faults; `settings` is what most callers want."""
    entities: Mapping[str, Entity]
    sources: tuple[Source, ...]
    """Every file that is YAML, broken entities included, sorted by file; catalog.yaml is one of them."""
    findings: tuple[Finding, ...]
    """What reading, schema and building found."""
    hash: str
    """Content hash of all files, hexadecimal."""
    locate: Locate = field(repr=False)
    texts: Mapping[str, str] = field(repr=False)
    """The text of each file, to show lines of it."""
    expectations: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """The files of `tests/`, unread: no part of the catalog, only `validate` and `test` look at them."""
    waivers: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """The files of `waivers/`, unread: no part of the catalog either, only `validate` and `diff` look."""

    @property
    def settings(self) -> Settings:
        """What holds for the whole catalog. Raises CardkitError where catalog.yaml has faults."""
        if self.known_settings is None:
            raise CardkitError(
                Text(
                    "catalog.yaml 有错，无法使用这个目录",
                    "catalog.yaml has faults, so the catalog can't be used",
                ),
                Text("先运行 cardkit validate", "run: cardkit validate"),
            )
        return self.known_settings

    @cached_property
    def memory(self) -> dict[Any, Any]:
        """What floors above have worked out of this catalog, each by a key of its own."""
        return {}

    def _of(self, kind: type) -> dict[str, Any]:
        return {name: entity for name, entity in self.entities.items() if isinstance(entity, kind)}

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """Base cards by id."""
        return self._of(Card)

    @cached_property
    def modules(self) -> Mapping[str, Module]:
        """Rights modules by id."""
        return self._of(Module)

    @cached_property
    def bundles(self) -> Mapping[str, Bundle]:
        """Bundles by id."""
        return self._of(Bundle)

    @cached_property
    def segments(self) -> Mapping[str, Segment]:
        """Segments by id."""
        return self._of(Segment)

    @cached_property
    def partners(self) -> Mapping[str, Partner]:
        """Partners by id."""
        return self._of(Partner)

    @cached_property
    def campaigns(self) -> Mapping[str, Campaign]:
        """Campaigns by id."""
        return self._of(Campaign)

    @cached_property
    def services(self) -> Mapping[str, ServiceTier]:
        """Service tiers by id."""
        return self._of(ServiceTier)

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Rules of combination by id."""
        return self._of(Rule)

    @cached_property
    def interactions(self) -> Mapping[str, Interaction]:
        """Interaction groups by id."""
        return self._of(Interaction)

    @cached_property
    def products(self) -> Mapping[str, SavedProduct]:
        """Saved products by id."""
        return self._of(SavedProduct)

    @cached_property
    def laws(self) -> Mapping[str, Law]:
        """Requirements of law by id."""
        return self._of(Law)

    @cached_property
    def source_of(self) -> Mapping[str, Source]:
        """The file of each id, the first where an id is doubled."""
        found: dict[str, Source] = {}
        for source in self.sources:
            if source.id is not None:
                found.setdefault(source.id, source)
        return found

    @cached_property
    def broken(self) -> frozenset[str]:
        """Ids that have a file but could not be built."""
        return frozenset(self.source_of) - frozenset(self.entities)

    def site(self, entity: str, *path: str | int, key: bool = False) -> Site:
        """The place of a value in an entity's file; its deepest existing parent where it is missing."""
        return self.locate(self.source_of[entity].file, path, key)

    def setting_site(self, *path: str | int, key: bool = False) -> Site:
        """The place of a value in catalog.yaml."""
        return self.locate("catalog.yaml", path, key)

    def holders(self) -> Iterator[tuple[str, "Card | Module | ServiceTier | Campaign"]]:
        """Everything that grants rights, by id."""
        for name, entity in self.entities.items():
            if isinstance(entity, Card | Module | ServiceTier | Campaign):
                yield name, entity

    def benefit(self, reference: str, card: str | None = None) -> Benefit | None:
        """The benefit of a reference `ENTITY/BENEFIT`; `card/…` is looked up on the card given."""
        holder, _, name = reference.partition("/")
        entity = self.entities.get(card if holder == "card" and card is not None else holder)
        if isinstance(entity, Card | Module | ServiceTier | Campaign):
            for benefit in entity.rights:
                if benefit.id == name:
                    return benefit
        return None


def benefit_path(entity: "Card | Module | ServiceTier | Campaign", benefit: str) -> Path:
    """Where a benefit stands in its entity's file."""
    if isinstance(entity, Card):
        for index, right in enumerate(entity.core):
            if right.id == benefit:
                return ("core", index)
    for index, right in enumerate(entity.benefits):
        if right.id == benefit:
            return ("benefits", index)
    return ()
