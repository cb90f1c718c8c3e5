"""The parts of every product's price, for programs that reason about all products at once.

The price of a product in a cell, to the fen, is the sum of: the cell's base; each module's term; each
cluster's term for the modules of the product that are in it; each bundle that the product contains; and the
discount of the highest tier that its number of paid modules reaches. `PriceTable.total` adds it up.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Text
from cardkit.model.bundle import Bundle
from cardkit.model.entity import active
from cardkit.model.expression import Product
from cardkit.pricing.clusters import Cluster, clusters
from cardkit.pricing.parts import Parts, Piece
from cardkit.pricing.reckoner import Reckoner
from cardkit.pricing.setting import Day
from cardkit.pricing.table_terms import BundleTerm, Cell, ClusterTerms, PerCell, SeveralModules, SubsetTerms
from cardkit.pricing.totals import NOTHING, Totals


@dataclass(frozen=True, slots=True)
class PriceTable:
    """What the prices of all products add up from, in whole fen."""

    cells: tuple[Cell, ...]
    base: PerCell
    modules: Mapping[str, PerCell]
    clusters: tuple[ClusterTerms, ...]
    """A module with several benefits can be in several of them."""
    bundles: tuple[BundleTerm, ...]
    several: SeveralModules
    missing: Mapping[tuple[Cell, str], Text]
    """What can't be priced, by cell and part: a card, a module, a bundle, or groups with their modules.

    Grows while clusters' tables are filled.
    """
    _place: Mapping[Cell, int] = field(default_factory=dict, repr=False)

    def total(self, product: Product) -> Totals | None:
        """A product's price; None where a part of it has none.

        Raises KeyError for a cell or a module that the table wasn't made for.
        """
        cell = self._place[product.card, product.segment or ""]
        parts = [self.base, *(self.modules[name] for name in product.modules)]
        parts += (cluster.table[cluster.mask(product.modules)] for cluster in self.clusters)
        parts += (each.totals for each in self.bundles if each.modules.issubset(product.modules))
        reached = self.several.reached(cell, product.modules)
        return _sum(part[cell] for part in (*parts, *(() if reached is None else (reached,))))


def _sum(amounts: Iterable[Totals | None]) -> Totals | None:
    total = NOTHING
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def price_table(
    day: Day, offers: Mapping[Cell, Collection[str]], may_go_on: Callable[[], None] = lambda: None
) -> PriceTable:
    """The parts of all products on a day, without campaigns.

    `offers` names the cells and, for each, the modules that can be in a product there; nothing else is
    computed. What can't be priced is None and said in `missing`, never an error. `may_go_on` is called again
    and again, also while clusters' tables are filled, and may raise to stop the work.
    """
    return _Making(day, offers, may_go_on).table()


class _Making:
    """One table being made."""

    def __init__(
        self, day: Day, offers: Mapping[Cell, Collection[str]], may_go_on: Callable[[], None]
    ) -> None:
        catalog = day.catalog
        self.day = day
        self.cells = tuple(offers)
        self.offers = [frozenset(modules) for modules in offers.values()]
        self.places = [(catalog.cards[card], catalog.segments[segment]) for card, segment in self.cells]
        self.parts = [Parts(day, card, segment) for card, segment in self.places]
        self.reckoner = Reckoner(day, self.places, may_go_on)
        self.missing: dict[tuple[Cell, str], Text] = {}

    def table(self) -> PriceTable:
        """The table."""
        catalog = self.day.catalog
        offered = frozenset[str]().union(*self.offers)
        found = clusters(self.day)
        bundles = (each for each in catalog.bundles.values() if active(each, self.day.as_of))
        return PriceTable(
            self.cells,
            self.base([each for each in found if not offered.intersection(each.modules)]),
            {name: self.module(name) for name in catalog.modules if name in offered},
            tuple(self.cluster(each, offered) for each in found if offered.intersection(each.modules)),
            tuple(map(self.bundle, bundles)),
            self.several(),
            self.missing,
            {cell: number for number, cell in enumerate(self.cells)},
        )

    def base(self, alone: Sequence[Cluster]) -> PerCell:
        """The cells' bases, with the clusters that no module offered takes part in."""
        return self.sums(
            [
                ([*parts.base(), *(piece for each in alone for piece in parts.cluster(each, ()))], [cell])
                for cell, parts in enumerate(self.parts)
            ]
        )

    def module(self, name: str) -> PerCell:
        """A module's term, where it is offered: the same pieces in every cell."""
        offered = [cell for cell, modules in enumerate(self.offers) if name in modules]
        return self.sums([(list(self.parts[offered[0]].module(name)), offered)], name)

    def cluster(self, cluster: Cluster, offered: frozenset[str]) -> ClusterTerms:
        """A cluster, with the modules that are offered anywhere."""
        modules = tuple(name for name in cluster.modules if name in offered)
        groups = tuple(group.id for group in cluster.groups)

        def compute(mask: int) -> PerCell:
            has = tuple(name for bit, name in enumerate(modules) if mask >> bit & 1)
            part = "+".join(groups) + (f" ({' + '.join(has)})" if has else "")
            cells_of: dict[str, list[int]] = {}
            for cell, offers in enumerate(self.offers):
                if offers.issuperset(has):
                    cells_of.setdefault(self.cells[cell][0], []).append(cell)
            return self.sums(
                [(list(self.parts[cells[0]].cluster(cluster, has)), cells) for cells in cells_of.values()],
                part,
            )

        return ClusterTerms(groups, modules, SubsetTerms(len(modules), compute))

    def bundle(self, bundle: Bundle) -> BundleTerm:
        """A bundle's discount on its card, nothing on others."""
        own = [cell for cell, (card, _) in enumerate(self.cells) if card == bundle.card]
        found = self.sums([([self.parts[cell].bundle(bundle)], [cell]) for cell in own], bundle.id)
        totals = tuple(
            amount if card == bundle.card else NOTHING
            for (card, _), amount in zip(self.cells, found, strict=True)
        )
        return BundleTerm(bundle.id, bundle.card, frozenset(bundle.modules), totals)

    def several(self) -> SeveralModules:
        """The multi-module discount and the modules that count for it."""
        tiers: dict[int, PerCell] = {}
        for tier in self.day.catalog.settings.multi_module_discounts:
            pieces = [([parts.tier(tier)], [cell]) for cell, parts in enumerate(self.parts)]
            tiers.setdefault(tier.modules, self.sums(pieces, "multi-module-discount"))
        # A list price is the same in every cell.
        counts = {
            name: _is_paid(parts, name)
            for parts, offered in zip(self.parts, self.offers, strict=True)
            for name in offered
        }
        paid = tuple(frozenset(name for name in offered if counts[name]) for offered in self.offers)
        return SeveralModules(paid, tuple(sorted(tiers.items(), key=lambda each: each[0])))

    def sums(self, pieces: Sequence[tuple[Sequence[Piece], Sequence[int]]], part: str = "") -> PerCell:
        """The sums of pieces in the cells given with them.

        What can't be priced is said in `missing`, under the part's name or else the card's.
        """
        cells_of: dict[tuple[str, ...], tuple[Piece, list[int]]] = {}
        for own, cells in pieces:
            for piece in own:
                cells_of.setdefault(piece.key, (piece, []))[1].extend(cells)
        spreads = {key: self.reckoner.spread(piece, cells) for key, (piece, cells) in cells_of.items()}
        found: list[Totals | None] = [None] * len(self.cells)
        for own, cells in pieces:
            addends = [spreads[piece.key] for piece in own]
            known: dict[tuple[int, ...], Totals | None] = {}
            for cell in cells:
                numbers = tuple([each.of_cell[cell] for each in addends])
                if numbers not in known:
                    outcomes = (each.outcomes[number] for each, number in zip(addends, numbers, strict=True))
                    known[numbers] = _sum(
                        None if isinstance(each, CardkitError) else each for each in outcomes
                    )
                found[cell] = known[numbers]
                if found[cell] is None:
                    self.missing[self.cells[cell], part or self.cells[cell][0]] = self.why(own, cell)
        return tuple(found)

    def why(self, pieces: Sequence[Piece], cell: int) -> Text:
        """What the first piece that can't be priced in a cell says there."""
        for piece in pieces:
            outcome = self.reckoner.spread(piece, [cell]).outcomes[0]
            if isinstance(outcome, CardkitError):
                return outcome.message
        raise AssertionError("a part that can't be priced says why")


def _is_paid(parts: Parts, name: str) -> bool:
    try:
        return parts.is_paid(name)
    except CardkitError:
        return False  # the module's term is missing in the cell anyway
