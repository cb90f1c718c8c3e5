"""Which entities somebody looks for: by text, by owner, by partner, by the day on which they end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cardkit.ground.text import Text
from cardkit.mechanics.common import Window
from cardkit.model.campaign import Campaign
from cardkit.model.catalog import Catalog
from cardkit.model.entity import Entity
from cardkit.model.partner import Partner
from cardkit.model.relations import mentions


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; each condition that is given has to hold."""

    text: str | None = None
    """Somewhere in id, names or description, in either language, whatever the case of its letters."""
    owner: str | None = None
    """The whole owner, whatever the case of its letters."""
    partner: str | None = None
    """A partner's id that the entity's file names anywhere."""
    expiring_days: int | None = None
    """Ends within so many days after the day, both inclusive."""

    def __bool__(self) -> bool:
        return self != Wanted()


@dataclass(frozen=True, slots=True, order=True)
class End:
    """The last day of an entity, inclusive, and of what in it."""

    until: date
    what: Text


def selected(catalog: Catalog, wanted: Wanted, as_of: date, kind: str | None = None) -> tuple[Entity, ...]:
    """The entities of a kind (None: of all) that are wanted; those that are to end soon, soonest first."""
    naming = None if wanted.partner is None else _naming(catalog, wanted.partner)
    found = [
        entity
        for entity in catalog.entities.values()
        if (kind is None or entity.kind == kind)
        and (wanted.text is None or _says(entity, wanted.text))
        and (wanted.owner is None or entity.owner.casefold() == wanted.owner.casefold())
        and (naming is None or entity.id in naming)
    ]
    if wanted.expiring_days is None:
        return tuple(found)
    ends = [(end, entity) for entity in found if (end := next_end(entity, as_of)) is not None]
    soon = [(end, one) for end, one in ends if (end.until - as_of).days <= wanted.expiring_days]
    return tuple(entity for _, entity in sorted(soon, key=lambda pair: (pair[0].until, pair[1].id)))


def next_end(entity: Entity, as_of: date) -> End | None:
    """The first of an entity's last days that isn't over yet; None where nothing of it ends."""
    return min((end for end in _ends(entity) if end.until >= as_of), default=None)


def _ends(entity: Entity) -> Iterator[End]:
    spans: list[tuple[Window | None, Text]] = [(entity.valid, Text("有效期", "validity"))]
    if isinstance(entity, Partner):
        spans.append((entity.contract, Text("合同", "contract")))
    if isinstance(entity, Campaign):
        spans.append((entity.window, Text("活动期", "campaign")))
    for span, what in spans:
        if span is not None and span.until is not None:
            yield End(span.until, what)


def _says(entity: Entity, text: str) -> bool:
    texts = [entity.name, *(said for said in (entity.short_name, entity.description) if said is not None)]
    words = [entity.id, *(word for said in texts for word in (said.zh, said.en))]
    return any(text.casefold() in word.casefold() for word in words)


def _naming(catalog: Catalog, partner: str) -> frozenset[str]:
    """The ids of the files that name a partner."""
    return frozenset(
        source.id
        for source in catalog.sources
        if source.id is not None
        and any(name == partner and "partner" in kinds for _, name, kinds in mentions(source))
    )
