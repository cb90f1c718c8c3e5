"""May a product be sold? The plain evaluation of every constraint that it can break."""

from datetime import date

from cardkit.combine.compile import constraints
from cardkit.model.catalog import Catalog
from cardkit.model.constraint import Constraint, refused
from cardkit.model.expression import Product
from cardkit.model.refusal import Refusal


def refusals(catalog: Catalog, product: Product, as_of: date) -> tuple[Refusal, ...]:
    """Everything that forbids a product on a day, each rule once; empty when it may be sold.

    Without a segment only what holds for every segment counts; see `sellable_segments`.
    """
    found: dict[str, list[Constraint]] = {}
    for broken in constraints(catalog, as_of).broken(product):
        found.setdefault(broken.refusal.rule, []).append(broken)
    modules = frozenset(product.modules)
    return tuple(refused(each, modules) for each in found.values())


def sellable_segments(catalog: Catalog, product: Product, as_of: date) -> tuple[str, ...]:
    """The segments that may be offered a product, in the catalog's order."""
    return tuple(segment for segment in catalog.segments if not refusals(catalog, product.to(segment), as_of))
