"""The nearest products that may be sold: one change away, then two, each with its effect on the price."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from cardkit.ground.errors import CardkitError
from cardkit.ground.money import Fen
from cardkit.model.expression import Product
from cardkit.model.sellable import refusals
from cardkit.pricing.price import Price, price
from cardkit.pricing.setting import Day

MOST_CHANGES = 2
MOST_PRICED = 80
"""Candidates that are priced to rank them; removals come first, so that what is left out adds more."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product that may be sold, how it differs, and what that changes; None without a segment."""

    product: Product
    changes: tuple[str, ...]
    """`-module` and `+module`, `card CARD`."""
    contribution_change: Fen | None
    customer_net_change: Fen | None


def nearest_sellable(day: Day, product: Product, most: int = 5) -> tuple[Suggestion, ...]:
    """Up to `most` sellable products with the fewest changes, the best contribution first among equals.

    Beyond two changes only modules are taken out and cards changed: what could be added is too much to try.
    """
    for size in range(1, len(product.modules) + 2):
        found = [
            (changes, candidate)
            for changes, candidate in _changed(day, product, size)
            if not refusals(day.catalog, candidate, day.as_of)
        ]
        if found:
            return _ranked(day, product, found[:MOST_PRICED])[:most]
    return ()


def _changed(day: Day, product: Product, size: int) -> Iterator[tuple[tuple[str, ...], Product]]:
    single = [f"-{name}" for name in product.modules]
    if size <= MOST_CHANGES:
        single += [f"+{name}" for name in day.catalog.modules if name not in product.modules]
    single += [f"card {name}" for name in day.catalog.cards if name != product.card]
    for changes in combinations(single, size):
        cards = [change[5:] for change in changes if change.startswith("card ")]
        if len(cards) > 1:
            continue
        modules = {name for name in product.modules if f"-{name}" not in changes}
        modules |= {change[1:] for change in changes if change.startswith("+")}
        card = cards[0] if cards else product.card
        yield changes, Product(card, tuple(sorted(modules)), product.segment)


def _ranked(
    day: Day, product: Product, found: list[tuple[tuple[str, ...], Product]]
) -> tuple[Suggestion, ...]:
    before = _price(day, product)
    suggestions = []
    for changes, candidate in found:
        after = _price(day, candidate)
        if before is None or after is None:
            suggestions.append(Suggestion(candidate, changes, None, None))
            continue
        suggestions.append(
            Suggestion(
                candidate,
                changes,
                Fen(after.contribution - before.contribution),
                Fen(after.customer_net - before.customer_net),
            )
        )
    suggestions.sort(key=lambda each: (-(each.contribution_change or 0), each.product))
    return tuple(suggestions)


def _price(day: Day, product: Product) -> Price | None:
    """The price, None without a segment or where the catalog lacks a figure: the verdict doesn't need it."""
    if product.segment is None:
        return None
    try:
        return price(day, product)
    except CardkitError:
        return None
