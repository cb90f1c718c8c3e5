"""What the checks of one run share: the catalog, the day, and what several of them need to look up."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from cardkit.checks.together import Together
from cardkit.checks.walk import FileWalk, Named, walk
from cardkit.ground.finding import Code, Finding, Path, Site
from cardkit.mechanics.base import Benefit
from cardkit.model.campaign import Campaign
from cardkit.model.card import Card
from cardkit.model.catalog import Catalog, Source
from cardkit.model.entity import Entity
from cardkit.model.kinds import FOLDERS, KINDS
from cardkit.model.module import Module
from cardkit.model.service import ServiceTier
from cardkit.model.settings import Settings
from cardkit.pricing.setting import Day
from cardkit.solve.limits import Limits
from cardkit.source.expectations import faults_of_expectations
from cardkit.source.schema import SETTINGS, SHAPES
from cardkit.source.waivers import faults_of_waivers

Kind = TypeVar("Kind", bound=Entity)
Holder = Card | Module | ServiceTier | Campaign
"""What grants benefits."""

_ONLY_KIND = {
    folder: kinds[0]
    for folder in FOLDERS
    if len(kinds := [kind.word for kind in KINDS if kind.folder == folder]) == 1
}
VOCABULARY = {
    "category": "categories",
    "usage": "usages",
    "module-group": "module_groups",
    "points-currency": "points_currencies",
}
"""Words that catalog.yaml defines, by the kind that references give them."""

PAYERS = ("bank", "network")
"""Who may pay for a benefit besides partners."""


class Held(NamedTuple):
    """A benefit together with the entity that grants it and its place in that entity's file."""

    holder: Holder
    benefit: Benefit
    path: Path

    @property
    def reference(self) -> str:
        """`ENTITY/BENEFIT`."""
        return f"{self.holder.id}/{self.benefit.id}"


class Checking:
    """One run over one catalog on one day."""

    def __init__(self, catalog: Catalog, as_of: date, limits: Limits | None = None) -> None:
        self.catalog = catalog
        self.as_of = as_of
        self.limits = limits or Limits()
        """How long proofs about all products may take."""
        self.memory: dict[str, Any] = {}
        """What a check computed that others need too."""

    @property
    def settings(self) -> Settings | None:
        """catalog.yaml, None where it has faults."""
        return self.catalog.known_settings

    @cached_property
    def day(self) -> Day:
        """The catalog on the day, for prices."""
        return Day(self.catalog, self.as_of)

    # places ------------------------------------------------------------------------------------------

    def at(self, entity: Entity, *path: str | int, key: bool = False) -> Site:
        """The place of a value (or its key) in an entity's file."""
        return self.catalog.site(entity.id, *path, key=key)

    def at_held(self, held: Held, *path: str | int, key: bool = False) -> Site:
        """The place of a value in a benefit."""
        return self.catalog.site(held.holder.id, *held.path, *path, key=key)

    # what was found while reading ----------------------------------------------------------------------

    @cached_property
    def _read(self) -> Mapping[str, list[Finding]]:
        found: dict[str, list[Finding]] = {}
        beside = (
            *faults_of_expectations(self.catalog.expectations),
            *faults_of_waivers(self.catalog.waivers),
        )
        for finding in (*self.catalog.findings, *beside):
            found.setdefault(finding.code.id, []).append(finding)
        return found

    def found(self, code: Code) -> list[Finding]:
        """What reading, schema or building found of a code."""
        return self._read.get(code.id, [])

    # files, as plain data ------------------------------------------------------------------------------

    @cached_property
    def walks(self) -> tuple[FileWalk, ...]:
        """The references and texts of every file whose kind can be told, broken files included."""
        found = []
        paths: dict[Path, Path] = {}
        for source in self.catalog.sources:
            word = kind_of(source)
            if word is not None and source.data:
                found.append(walk(SHAPES[word], source, paths))
        return tuple(found)

    @cached_property
    def ids_of_kind(self) -> Mapping[str, frozenset[str] | None]:
        """The ids that there are, by kind and vocabulary; None for a vocabulary that can't be read."""
        found: dict[str, set[str]] = {kind.word: set() for kind in KINDS}
        settings: Mapping[str, Any] = {}
        for source in self.catalog.sources:
            word = kind_of(source)
            if word == SETTINGS:
                settings = source.data
            elif word is not None and source.id is not None:
                found[word].add(source.id)
        known: dict[str, frozenset[str] | None] = {word: frozenset(ids) for word, ids in found.items()}
        for word, key in VOCABULARY.items():
            names = settings.get(key)
            known[word] = frozenset(names) if isinstance(names, dict) else None
        known["payer"] = frozenset(PAYERS)
        return known

    @cached_property
    def dangling(self) -> tuple[tuple[FileWalk, Named], ...]:
        """References that don't hold, as far as can be told: what can't be read is not called missing.

        Those to benefits aren't among them.
        """
        known: dict[tuple[str, ...], frozenset[str] | None] = {}
        found = []
        for walked in self.walks:
            for named in walked.named:
                if named.kinds not in known:
                    known[named.kinds] = self._ids_of(named.kinds)
                ids = known[named.kinds]
                if ids is not None and named.value not in ids:
                    found.append((walked, named))
        return tuple(found)

    def _ids_of(self, kinds: tuple[str, ...]) -> frozenset[str] | None:
        """What a reference of some kinds may name; None where anything may be right."""
        known = [self.ids_of_kind[kind] for kind in kinds]
        read = [ids for ids in known if ids is not None]
        return self.unreadable.union(*read) if kinds and len(read) == len(known) else None

    @cached_property
    def has_unknown_ids(self) -> bool:
        """Whether something refers to what isn't there, or can't be used: prices may stumble over it."""
        return bool(self.catalog.broken or self.dangling)

    @cached_property
    def unreadable(self) -> frozenset[str]:
        """Ids (by file name) of files that can't be read at all: they exist, whatever they are."""
        return frozenset(
            source.id for source in self.catalog.sources if source.id is not None and not source.data
        )

    def live(self, kind: type[Kind]) -> Iterator[Kind]:
        """The entities of a kind that are live or in pilot, whatever their dates."""
        for entity in self.catalog.entities.values():
            if isinstance(entity, kind) and entity.status in ("live", "pilot"):
                yield entity

    @cached_property
    def together(self) -> Together:
        """Which entities may stand in one product."""
        return Together(self.catalog)

    # benefits ------------------------------------------------------------------------------------------

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """Every benefit of the catalog with its holder and place."""
        return tuple(_held(self.catalog))

    @cached_property
    def on_sale(self) -> tuple[Held, ...]:
        """Benefits of entities that are or may still go on sale: not retired."""
        return tuple(held for held in self.held if held.holder.status != "retired")


def _held(catalog: Catalog) -> Iterator[Held]:
    for _, holder in catalog.holders():
        lists: list[tuple[str, tuple[Benefit, ...]]] = [("benefits", holder.benefits)]
        if isinstance(holder, Card):
            lists.insert(0, ("core", holder.core))
        for key, benefits in lists:
            for index, benefit in enumerate(benefits):
                yield Held(holder, benefit, (key, index))


def kind_of(source: Source) -> str | None:
    """The kind of a file: what it says, else what its folder holds; None where neither tells."""
    if source.file == "catalog.yaml":
        return SETTINGS
    if source.kind in SHAPES and source.kind != SETTINGS:
        return source.kind
    return _ONLY_KIND.get(source.file.partition("/")[0])
