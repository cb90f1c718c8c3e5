"""A catalog's rules and limits on one day as constraints, compiled once for everything that asks."""

from collections.abc import Iterable, Iterator
from datetime import date

from cardkit.combine.limits import limits
from cardkit.ground.frozen import frozen
from cardkit.model.catalog import Catalog
from cardkit.model.constraint import Constraint, Forbidden, Needs
from cardkit.model.entity import active
from cardkit.model.expression import Product
from cardkit.model.rule.base import Offer


@frozen
class Constraints:
    """Every constraint of a catalog on a day, and which of them a product can break at all."""

    all: tuple[Constraint, ...]
    """Limits of cards and modules first, then the rules, in the catalog's order; none that nothing breaks."""
    _by_card: dict[str, tuple[int, ...]]
    _by_module: dict[str, tuple[int, ...]]
    _always: tuple[int, ...]

    def __iter__(self) -> Iterator[Constraint]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def broken(self, product: Product) -> Iterator[Constraint]:
        """The constraints that a product breaks, in their order.

        Without a segment only those that hold for every segment count.
        """
        touched = {*self._always, *self._by_card.get(product.card, ())}
        for name in product.modules:
            touched.update(self._by_module.get(name, ()))
        card, modules, segment = product.card, frozenset(product.modules), product.segment
        for index in sorted(touched):
            if not self.all[index].holds(card, modules, segment):
                yield self.all[index]


def constraints(catalog: Catalog, as_of: date) -> Constraints:
    """What holds for every product of a catalog on a day; remembered with the catalog."""
    key = ("constraints", as_of)
    if key not in catalog.memory:
        catalog.memory[key] = indexed(_compiled(catalog, as_of))
    found: Constraints = catalog.memory[key]
    return found


def _compiled(catalog: Catalog, as_of: date) -> Iterator[Constraint]:
    offer = Offer(catalog.cards, catalog.modules, catalog.segments)
    yield from limits(offer, as_of)
    for rule in catalog.rules.values():
        if active(rule, as_of):
            yield from rule.constraints(offer)


def indexed(found: Iterable[Constraint]) -> Constraints:
    """The constraints with their indexes; those that no product can break are left out."""
    kept = tuple(each for each in found if _can_be_broken(each))
    always: list[int] = []
    by_card: dict[str, list[int]] = {}
    by_module: dict[str, list[int]] = {}
    for index, each in enumerate(kept):
        modules, cards = _touching(each)
        if modules is not None:
            for name in modules:
                by_module.setdefault(name, []).append(index)
        elif cards is not None:
            for name in cards:
                by_card.setdefault(name, []).append(index)
        else:
            always.append(index)
    return Constraints(
        kept,
        {name: tuple(each) for name, each in by_card.items()},
        {name: tuple(each) for name, each in by_module.items()},
        tuple(always),
    )


def _can_be_broken(constraint: Constraint) -> bool:
    if isinstance(constraint, Forbidden):
        return all(
            each is None or each for each in (constraint.modules, constraint.cards, constraint.segments)
        )
    if isinstance(constraint, Needs):
        return not constraint.triggers <= constraint.needs
    weights = constraint.weights.values()
    lowest = sum(weight for weight in weights if weight < 0)
    highest = sum(weight for weight in weights if weight > 0)
    some_card = constraint.cards is None or bool(constraint.cards)
    return some_card and not (constraint.within(lowest) and constraint.within(highest))


def _touching(constraint: Constraint) -> tuple[frozenset[str] | None, frozenset[str] | None]:
    """The modules, or else the cards, of which a product must have one to break a constraint."""
    if isinstance(constraint, Forbidden):
        return constraint.modules, constraint.cards
    if isinstance(constraint, Needs):
        return constraint.triggers, None
    if constraint.cards is None and constraint.within(0):
        return constraint.modules, None
    return None, constraint.cards
