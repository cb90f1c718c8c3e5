"""What is sold by name on both sides: saved products and bundles, each in the segments that it is for."""

from collections.abc import Iterator
from dataclasses import dataclass

from cardkit.combine.sellable import refusals, sellable_segments
from cardkit.diff.change import Change, Figures, Kind, MoneyChange, Moves, Subject
from cardkit.diff.sides import Dependence, Sides
from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Text
from cardkit.model.bundle import Bundle
from cardkit.model.card import Card
from cardkit.model.catalog import Catalog
from cardkit.model.entity import active
from cardkit.model.expression import Product, parse
from cardkit.model.module import Module
from cardkit.model.saved_product import SavedProduct
from cardkit.pricing.missing import MissingFigure
from cardkit.pricing.price import Price, price
from cardkit.pricing.setting import Day

MOST_LINES = 3
"""Lines that are named for a price that moves."""
_VAT = Text("增值税", "VAT")


Named = dict[tuple[str, str], Product]
"""Products by the entity that they are known by, and their segment."""


@dataclass(frozen=True, slots=True)
class Offers:
    """How the offers of a catalog move."""

    changes: tuple[MoneyChange, ...]
    same: int
    """So many offers, each in one segment, are exactly what they were."""
    unpriced: tuple[Text, ...] = ()
    """Why offers that may have moved can't be priced."""
    cancelling: tuple[tuple[Text, tuple[tuple[Text, int], ...]], ...] = ()
    """Among the same, by name: the lines that move and cancel out, as a fee that everybody gets waived."""


def offers(sides: Sides) -> Offers:
    """Every saved product and bundle, in each of its segments, that is not what it was.

    Prices are computed only where something changed that they can depend on.
    """
    return _moves(sides, dict(_named(sides.before)), dict(_named(sides.after)))


def touched(sides: Sides) -> Offers:
    """Every changed module alone on the reference card of each of its segments; every changed card alone."""
    return _moves(sides, dict(_alone(sides, sides.before)), dict(_alone(sides, sides.after)))


def _moves(sides: Sides, olds: Named, news: Named) -> Offers:
    found: list[MoneyChange] = []
    unpriced: dict[Text, None] = {}
    cancelling: dict[Text, tuple[tuple[Text, int], ...]] = {}
    same = 0
    for key in dict.fromkeys((*olds, *news)):
        old, new = olds.get(key), news.get(key)
        was, now = _sellable(sides.before, old), _sellable(sides.after, new)
        if old == new and was == now and not may_move(sides, new):
            same += 1
            continue
        try:
            before, after = priced(sides.before, old), priced(sides.after, new)
        except MissingFigure as missing:
            unpriced[missing.message] = None
            continue
        change = moved(_kind(old, new, was, now), _subject(sides, key), before, after)
        if change.before != change.after:
            found.append(change)
            continue
        same += 1
        if change.impact is not None and change.impact.lines:
            cancelling.setdefault(sides.name_of(key[0]), change.impact.lines)
    found.sort(key=_by_impact)
    return Offers(tuple(found), same, tuple(unpriced), tuple(cancelling.items()))


def moved(kind: Kind, subject: Subject, before: Price | None, after: Price | None) -> MoneyChange:
    """The change from one price to another; its impact where there are both."""
    sides = (_figures(before), _figures(after))
    impact = None
    if before is not None and after is not None:
        impact = Moves(
            after.contribution - before.contribution,
            after.customer_pays - before.customer_pays,
            after.customer_value - before.customer_value,
            _lines(before, after) if before.product == after.product else (),
        )
    return Change(kind, subject, *sides, impact)


def priced(day: Day, product: Product | None) -> Price | None:
    """What a product comes to, exactly as `cardkit price` says. Raises MissingFigure."""
    return None if product is None else price(day, product)


def _figures(found: Price | None) -> Figures | None:
    if found is None:
        return None
    return Figures(
        str(found.product), found.contribution, found.customer_pays, found.customer_value, found.sellable
    )


def _lines(before: Price, after: Price) -> tuple[tuple[Text, int], ...]:
    """The bank's lines that move, or, where none does, the customer's; VAT as one."""
    for sides in (("lines", before.lines, after.lines), ("customer", before.customer, after.customer)):
        moves: dict[str, tuple[Text, int]] = {}
        for sign, lines in ((-1, sides[1]), (1, sides[2])):
            for line in lines:
                is_vat = line.id.endswith("/vat")
                key, name = ("vat", _VAT) if is_vat else (line.id, line.name)
                moves[key] = (name, moves.get(key, (name, 0))[1] + sign * line.amount)
        found = sorted(
            (each for each in moves.values() if each[1]), key=lambda each: (-abs(each[1]), each[0])
        )
        if found:
            return tuple(found[:MOST_LINES])
    return ()


def may_move(sides: Sides, product: Product | None) -> bool:
    """Whether a change can have moved the price of a product that is on both sides."""
    return product is None or _depends(sides, sides.pricing, product)


def _depends(sides: Sides, on: Dependence, product: Product) -> bool:
    if on.everything or not on.modules.isdisjoint(product.modules):
        return True
    for name in on.bundles:
        for day in (sides.before, sides.after):
            bundle = day.catalog.bundles.get(name)
            if (
                bundle is not None
                and bundle.card == product.card
                and set(bundle.modules) <= set(product.modules)
            ):
                return True
    return False


def _named(day: Day) -> Iterator[tuple[tuple[str, str], Product]]:
    """Every offer in force, by its id and segment."""
    catalog = day.catalog
    every: list[Bundle | SavedProduct] = [*catalog.bundles.values(), *catalog.products.values()]
    for offer in every:
        if not active(offer, day.as_of):
            continue
        for product in _products(day, offer):
            yield (offer.id, product.segment or ""), product


def _alone(sides: Sides, day: Day) -> Iterator[tuple[tuple[str, str], Product]]:
    """The changed modules and cards of a side, alone, in the segments to which they are offered."""
    catalog = day.catalog
    for name in sides.changed:
        entity = catalog.entities.get(name)
        if not isinstance(entity, Card | Module) or entity.status == "draft":
            continue
        for segment in entity.eligible_segments or tuple(catalog.segments):
            if segment not in catalog.segments:
                continue
            card = name if isinstance(entity, Card) else catalog.segments[segment].reference_card
            if card in catalog.cards:
                modules = () if isinstance(entity, Card) else (name,)
                yield (name, segment), Product(card, modules, segment)


def _products(day: Day, offer: Bundle | SavedProduct) -> Iterator[Product]:
    """The offer in each of its segments. One that names what isn't there is a finding of its own."""
    catalog = day.catalog
    try:
        product = parse(catalog, offer.id if isinstance(offer, Bundle) else offer.product).product
    except CardkitError:
        return
    if not is_known(catalog, product):
        return
    if isinstance(offer, Bundle):
        segments: tuple[str, ...] = offer.segments
    elif product.segment is not None:
        segments = (product.segment,)
    else:
        segments = sellable_segments(catalog, product, day.as_of)
    for segment in segments:
        if segment in catalog.segments:
            yield product.to(segment)


def is_known(catalog: Catalog, product: Product) -> bool:
    """Whether everything is there that a product is made of: a bundle may name what was deleted."""
    return product.card in catalog.cards and all(name in catalog.modules for name in product.modules)


def _sellable(day: Day, product: Product | None) -> bool:
    return product is not None and not refusals(day.catalog, product, day.as_of)


def _kind(old: Product | None, new: Product | None, was: bool, now: bool) -> Kind:
    if old is None:
        return Kind.OFFER_ADDED
    if new is None:
        return Kind.OFFER_REMOVED
    if was != now:
        return Kind.SOLD if now else Kind.NO_LONGER_SOLD
    return Kind.MONEY_MOVED


def _subject(sides: Sides, key: tuple[str, str]) -> Subject:
    name, segment = key
    return Subject(f"{name}@{segment}", at_segment(sides, sides.name_of(name), segment))


def at_segment(sides: Sides, name: Text, segment: str) -> Text:
    """城市扎根卡（新市民） / City-roots bundle at New residents."""
    where = sides.name_of(segment)
    return Text(f"{name.zh}（{where.zh}）", f"{name.en} at {where.en}")


def _by_impact(change: MoneyChange) -> tuple[int, int, str]:
    """What can no longer be sold first, then what costs the bank most."""
    rank = (Kind.NO_LONGER_SOLD, Kind.OFFER_REMOVED, Kind.MONEY_MOVED, Kind.SOLD, Kind.OFFER_ADDED)
    return rank.index(change.kind), change.impact.contribution if change.impact else 0, change.subject.id
