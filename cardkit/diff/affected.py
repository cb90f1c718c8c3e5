"""Who a broken promise is made to: segments, how many people, and what is sold with it in it."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from cardkit.diff.sides import SETTINGS, Sides
from cardkit.ground.errors import CardkitError
from cardkit.ground.frozen import frozen
from cardkit.model.bundle import Bundle
from cardkit.model.campaign import Campaign
from cardkit.model.card import Card
from cardkit.model.catalog import Catalog
from cardkit.model.entity import active
from cardkit.model.expression import parse
from cardkit.model.module import Demand, Module
from cardkit.model.saved_product import SavedProduct
from cardkit.model.segment import Segment
from cardkit.model.service import ServiceTier


@frozen
class Affected:
    """The people who had the promise: before the change, on the day."""

    segments: tuple[str, ...]
    population: int
    """Everybody in these segments."""
    holders: int | None
    """How many of them are expected to choose it; None where the catalog says nothing of that."""
    bundles: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    """Saved products."""


def affected(sides: Sides, name: str, only: Iterable[str] = ()) -> Affected:
    """Who holds an entity, or a part of the settings; in some segments only where those are named."""
    catalog = sides.before.catalog
    entity = catalog.entities.get(name)
    chosen = set(only)
    segments = [
        each
        for each in _segments(catalog, entity)
        if each in catalog.segments and (not chosen or each in chosen)
    ]
    people = {each: _population(catalog.segments[each], sides) for each in segments}
    holders: int | None = None
    if isinstance(entity, Module):
        shares = {each: _choose((entity.segments or {}).get(each), sides) for each in segments}
        known = [people[each] * share for each, share in shares.items() if share is not None]
        holders = round(sum(known, Fraction(0))) if known else None
    offers = list(_offers(sides, name))
    return Affected(
        tuple(segments),
        sum(people.values()),
        holders,
        tuple(each.id for each in offers if isinstance(each, Bundle)),
        tuple(each.id for each in offers if isinstance(each, SavedProduct)),
    )


def sold_with(catalog: Catalog, name: str, sides: Sides) -> tuple[str, ...]:
    """The bundles and saved products in force that hold a card or module."""
    return tuple(each.id for each in _in_force(catalog, sides) if name in _parts(catalog, each))


def _offers(sides: Sides, name: str) -> Iterator[Bundle | SavedProduct]:
    catalog = sides.before.catalog
    if name == SETTINGS or isinstance(catalog.entities.get(name), Campaign | ServiceTier):
        return
    for each in _in_force(catalog, sides):
        if each.id != name and name in _parts(catalog, each):
            yield each


def _in_force(catalog: Catalog, sides: Sides) -> Iterator[Bundle | SavedProduct]:
    every: list[Bundle | SavedProduct] = [*catalog.bundles.values(), *catalog.products.values()]
    for each in every:
        if active(each, sides.as_of):
            yield each


def _parts(catalog: Catalog, offer: Bundle | SavedProduct) -> set[str]:
    """The card, modules and bundles that an offer is made of."""
    if isinstance(offer, Bundle):
        return {offer.card, *offer.modules}
    named = set(offer.product.partition("@")[0].split("+"))
    try:
        product = parse(catalog, offer.product).product
    except CardkitError:  # it names what isn't there: a finding of its own
        return named
    return {*named, product.card, *product.modules}


def _segments(catalog: Catalog, entity: object) -> tuple[str, ...]:
    named: tuple[str, ...] = ()
    if isinstance(entity, Card | Module):
        named = entity.eligible_segments
        if entity.status == "pilot":
            named = entity.pilot_segments
    elif isinstance(entity, Bundle | ServiceTier):
        named = entity.segments
    elif isinstance(entity, Campaign):
        named = entity.target.segments
    return named or tuple(catalog.segments)


def _population(segment: Segment, sides: Sides) -> int:
    entry = segment.population.on(sides.as_of)
    return 0 if entry is None else round(entry.value)


def _choose(demand: Demand | None, sides: Sides) -> Fraction | None:
    """The share of a segment that chooses a module: of its types, or as stated."""
    if demand is None:
        return None
    if demand.types:
        return sum((each.share * each.choose for each in demand.types), Fraction(0))
    entry = None if demand.choose is None else demand.choose.on(sides.as_of)
    return None if entry is None else entry.value
