"""The nearest products that may be sold, ranked by the user's aim, each with its effect on the price."""

from cardkit.combine.compile import constraints
from cardkit.ground.errors import CardkitError
from cardkit.ground.money import Fen
from cardkit.model.expression import Product
from cardkit.pricing.price import Price, price
from cardkit.pricing.setting import Day
from cardkit.solve.repair import Repair, Repaired
from cardkit.solve.suggestions import Aim, Nearest, Suggestion

MOST = 5
ENOUGH = 3
"""With fewer than so many nearest products some are shown that are farther off."""
MOST_PRICED = 200
"""Of so many products the effect on the price is computed, and they are compared by it."""


def nearest(day: Day, product: Product, aim: Aim = "bank", most: int = MOST) -> Nearest:
    """The sellable products with the fewest changes: modules added or taken out, the card changed, one each.

    With fewer than ENOUGH of them, some with more changes follow. Among equals the one comes first whose
    contribution, or for the aim `customer` the customer's net, changes most for the better, then the one
    whose canonical name does. A product without a segment counts as sellable where some segment may have it;
    its price isn't known.
    """
    catalog = day.catalog
    known, segments = constraints(catalog, day.as_of), tuple(catalog.segments)
    near = Repair(known, segments, tuple(catalog.cards)).nearest(product, ENOUGH)
    added = Repair(known, segments, remove=False).nearest(product)
    suggestions = _ranked(day, product, near, aim)
    shown = suggestions[:most]
    if added.found and not any(each.product in added.found for each in shown):
        shown = (*shown, *_ranked(day, product, added, aim)[:1])
    fewest = len(suggestions[0].changes) if suggestions else 0
    others = sum(len(each.changes) == fewest for each in suggestions[most:])
    return Nearest(shown, others, near.complete and len(near.found) <= MOST_PRICED, bool(added.found))


def _ranked(day: Day, product: Product, repaired: Repaired, aim: Aim) -> tuple[Suggestion, ...]:
    before = _price(day, product)
    found = sorted(repaired.found)
    suggestions = [
        Suggestion(each, _in_order(repaired.found[each]), *_effect(before, day, each))
        for each in found[:MOST_PRICED]
    ]
    suggestions += [
        Suggestion(each, _in_order(repaired.found[each]), None, None) for each in found[MOST_PRICED:]
    ]

    def rank(suggestion: Suggestion) -> tuple[int, bool, int, Product]:
        change = suggestion.contribution_change if aim == "bank" else suggestion.customer_net_change
        return len(suggestion.changes), change is None, -(change or 0), suggestion.product

    return tuple(sorted(suggestions, key=rank))


def _in_order(changes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(changes, key=lambda change: ("-+c".index(change[0]), change)))


def _effect(before: Price | None, day: Day, product: Product) -> tuple[Fen | None, Fen | None]:
    after = None if before is None else _price(day, product)
    if before is None or after is None:
        return None, None
    return (
        Fen(after.contribution - before.contribution),
        Fen(after.customer_net - before.customer_net),
    )


def _price(day: Day, product: Product) -> Price | None:
    """The price, None without a segment or where the catalog lacks a figure: the verdict doesn't need it."""
    if product.segment is None:
        return None
    try:
        return price(day, product)
    except CardkitError:
        return None
