"""What the customer reads, before and after: the lines of the sheet that are no longer the same."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from cardkit.diff.change import Change, FieldChange, Kind, Subject
from cardkit.diff.offers import is_known
from cardkit.diff.sides import SETTINGS, Sides
from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Text
from cardkit.model.bundle import Bundle
from cardkit.model.campaign import Campaign
from cardkit.model.card import Card
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product, parse
from cardkit.model.module import Module
from cardkit.model.saved_product import SavedProduct
from cardkit.model.service import ServiceTier
from cardkit.preview.project import sheet_of
from cardkit.preview.spoken import pieces
from cardkit.pricing.setting import Day

Lines = tuple[Text, ...]
WordingChange = Change[Lines, int]
"""Of a page; lines that are gone and lines that are new; the impact is how many lines stay the same."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The pages that read differently."""

    changes: tuple[WordingChange, ...]
    same: int
    """So many pages of what was touched read exactly as they did."""
    unshown: tuple[Text, ...] = ()
    """Why pages can't be made."""
    stale: tuple[Text, ...] = ()
    """Texts that still state a number which was changed beside them."""


def wording(sides: Sides, fields: Sequence[FieldChange]) -> Wording:
    """The page of everything that was touched, each line that changed told once, where it belongs first."""
    found: list[WordingChange] = []
    told: set[tuple[Kind | None, Text]] = set()
    unshown: dict[Text, None] = {}
    same = 0
    for subject, products in _pages(sides):
        try:
            before = _lines(sides.before, products[0])
            after = _lines(sides.after, products[1])
        except CardkitError as error:
            unshown[error.message] = None
            continue
        gone, new = _differing(before, after)
        known = _of_parts(sides, products) if not before or not after else frozenset()
        gone = tuple(line for line in gone if line not in known)
        new = tuple(line for line in new if line not in known)
        gone = tuple(line for line in gone if (Kind.VALUE_REMOVED, line) not in told)
        new = tuple(line for line in new if (Kind.VALUE_ADDED, line) not in told)
        if not gone and not new:
            same += 1
            continue
        told |= {(Kind.VALUE_REMOVED, line) for line in gone} | {(Kind.VALUE_ADDED, line) for line in new}
        found.append(Change(Kind.WORDING_CHANGED, subject, gone, new, len(after) - len(new)))
    return Wording(tuple(found), same, tuple(unshown), tuple(_stale(sides, fields)))


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?%?")

Page = tuple[Product, tuple[str, ...]] | None
"""A product and the campaigns on its page; None where there is no such page."""


def _pages(sides: Sides) -> Iterator[tuple[Subject, tuple[Page, Page]]]:
    """What a customer may read of each entity that was touched: cards and modules before what holds them."""
    ranks = (Card, Module, Campaign, ServiceTier, Bundle, SavedProduct)
    touched = []
    for name in sides.changed:
        entity = sides.entity(name, after=True) or sides.entity(name, after=False)
        if name == SETTINGS or not isinstance(entity, ranks) or entity.status == "draft":
            continue
        touched.append((next(at for at, kind in enumerate(ranks) if isinstance(entity, kind)), name))
    for _, name in sorted(touched):
        pages = tuple(_page(day, name) for day in (sides.before, sides.after))
        if any(pages):
            product = next(page[0] for page in reversed(pages) if page)
            yield Subject(name, sides.name_of(name), Text(str(product), str(product))), (pages[0], pages[1])


def _page(day: Day, name: str) -> Page:  # noqa: PLR0911 - one for each kind
    """The page that shows an entity best: a module on its card, a bundle as it is sold."""
    catalog = day.catalog
    entity = catalog.entities.get(name)
    if entity is None or entity.status == "draft":
        return None
    if isinstance(entity, Card):
        return Product(name, ()), ()
    if isinstance(entity, Module):
        segments = entity.eligible_segments or tuple(catalog.segments)
        card = _reference(catalog, segments)
        return None if card is None else (Product(card, (name,)), ())
    if isinstance(entity, Campaign | ServiceTier):
        segments = entity.target.segments if isinstance(entity, Campaign) else entity.segments
        segment = next((each for each in segments or catalog.segments if each in catalog.segments), None)
        card = _reference(catalog, segments)
        if segment is None or card is None:
            return None
        return Product(card, (), segment), ((name,) if isinstance(entity, Campaign) else ())
    try:
        product = parse(catalog, name).product
    except CardkitError:
        return None
    return (product, ()) if is_known(catalog, product) else None


def _stale(sides: Sides, fields: Sequence[FieldChange]) -> Iterator[Text]:
    """A description that says 200 where the cap was 200 and isn't any more."""
    for change in fields:
        entity = sides.entity(change.subject.id, after=True)
        if change.kind is not Kind.VALUE_CHANGED or entity is None or entity.description is None:
            continue
        old, new = (each.en if each else "" for each in (change.before, change.after))
        if not _NUMBER.fullmatch(old) or not _NUMBER.fullmatch(new):
            continue
        said = _NUMBER.findall(entity.description.en.replace(",", ""))
        if old in said and new not in said:
            name, label = entity.name, change.subject.label
            yield Text(
                f"{name.zh}的说明还写着 {old}，而{label.zh}已改为 {new}",
                f"the description of {name.en} still says {old}, and {label.en} is {new} now",
            )


def _reference(catalog: Catalog, segments: tuple[str, ...]) -> str | None:
    """The card on which a module is shown: the reference card of its first segment."""
    for name in segments or tuple(catalog.segments):
        segment = catalog.segments.get(name)
        if segment is not None and segment.reference_card in catalog.cards:
            return segment.reference_card
    return next(iter(catalog.cards), None)


def _lines(day: Day, page: Page) -> Lines:
    if page is None:
        return ()
    product, campaigns = page
    return tuple(piece.text for piece in pieces(sheet_of(day.catalog, product, day.as_of, campaigns)))


def _of_parts(sides: Sides, pages: tuple[Page, Page]) -> frozenset[Text]:
    """What the pages of a product's card and modules say by themselves: a bundle's adds little to them."""
    found: set[Text] = set()
    for day, page in zip((sides.before, sides.after), pages, strict=True):
        if page is None or not page[0].modules:
            continue
        card, modules = page[0].card, page[0].modules
        for own in ((), *((name,) for name in modules if len(modules) > 1)):
            found.update(_lines(day, (Product(card, own), ())))
    return frozenset(found)


def _differing(before: Lines, after: Lines) -> tuple[Lines, Lines]:
    """The lines that are gone, and those that are new."""
    gone: list[Text] = []
    new: list[Text] = []
    for tag, low, high, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += before[low:high]
            new += after[start:end]
    return tuple(gone), tuple(new)
