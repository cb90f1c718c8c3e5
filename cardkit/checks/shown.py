"""The customer's pages that checks of law read: generated as `preview` does, few enough for any catalog.

What a page says of a right is its mechanic's sentence around the catalog's own texts, which are checked where
they stand. So a right is laid out only if the law asks something of its page, or if no other right before it
was made of the same keys: of two thousand discounts that differ in their figures one is enough.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from cardkit.checks.checking import Checking, Holder
from cardkit.ground.errors import CardkitError
from cardkit.ground.frozen import frozen
from cardkit.ground.shape.base import declared
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.draw import Draw
from cardkit.mechanics.instalment import Instalment
from cardkit.mechanics.insurance import Insurance
from cardkit.model.campaign import Campaign
from cardkit.model.card import Card
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product
from cardkit.model.module import Module
from cardkit.preview.project import sheet_of
from cardkit.preview.spoken import Piece, pieces

_LAW_ASKS = (Draw, Instalment, Insurance)
_MEMORY = "pages that customers read"


@frozen
class Shown:
    """A page, piece by piece, of a product with some campaigns."""

    product: Product
    campaigns: tuple[str, ...]
    pieces: tuple[Piece, ...]


def shown(checking: Checking) -> tuple[Shown, ...]:
    """The pages of the day, made once for all checks; what can't be laid out is said by other checks."""
    if _MEMORY not in checking.memory:
        checking.memory[_MEMORY] = () if checking.settings is None else tuple(_pages(checking))
    pages: tuple[Shown, ...] = checking.memory[_MEMORY]
    return pages


def _pages(checking: Checking) -> Iterator[Shown]:
    """A page for each card, and one for each segment with the modules and campaigns that are first for it."""
    catalog, seen = checking.catalog, set[object]()
    modules: dict[str, list[str]] = {}
    campaigns: dict[str, list[str]] = {}
    for holder in _holders(checking):
        if not _is_new(holder, seen):
            continue
        if isinstance(holder, Card):
            product = Product(holder.id, (), _segment(catalog, holder.eligible_segments))
            yield from _laid_out(catalog, product, (), checking.as_of)
        elif isinstance(holder, Module):
            modules.setdefault(_segment(catalog, holder.eligible_segments), []).append(holder.id)
        elif isinstance(holder, Campaign):
            campaigns.setdefault(_segment(catalog, holder.target.segments), []).append(holder.id)
    for segment in dict.fromkeys((*modules, *campaigns)):
        card = catalog.segments[segment].reference_card
        if card in catalog.cards:
            product = Product(card, tuple(sorted(modules.get(segment, ()))), segment)
            yield from _laid_out(catalog, product, tuple(campaigns.get(segment, ())), checking.as_of)


def _holders(checking: Checking) -> Iterator[Holder]:
    if checking.catalog.segments:
        for _, holder in checking.catalog.holders():
            if holder.status != "retired":
                yield holder


def _segment(catalog: Catalog, eligible: Sequence[str]) -> str:
    return next((name for name in eligible if name in catalog.segments), next(iter(catalog.segments)))


def _is_new(holder: Holder, seen: set[object]) -> bool:
    """Whether a holder's page says something in a way that no page before it does."""
    forms = {_form(right) for right in holder.rights}
    new = forms - seen or any(isinstance(right, _LAW_ASKS) for right in holder.rights)
    seen |= forms
    return bool(new)


def _form(right: Benefit) -> object:
    """The keys that a right is made of, and the words it chooses: what its sentences are made by."""
    made = type(right)
    keys = []
    for name, _, said, default in declared(made):
        value = getattr(right, name)
        if said.public and value is not default:
            keys.append((name, value) if isinstance(value, str) and name != "id" else name)
    return (made, *keys)


def _laid_out(catalog: Catalog, product: Product, campaigns: tuple[str, ...], as_of: date) -> Iterator[Shown]:
    """A page; where a figure is missing, a page for each module and campaign that can be laid out alone."""
    try:
        yield Shown(product, campaigns, tuple(pieces(sheet_of(catalog, product, as_of, campaigns))))
    except CardkitError:
        if len(product.modules) + len(campaigns) > 1:
            for name in product.modules:
                alone = Product(product.card, (name,), product.segment)
                yield from _laid_out(catalog, alone, (), as_of)
            for name in campaigns:
                bare = Product(product.card, (), product.segment)
                yield from _laid_out(catalog, bare, (name,), as_of)
