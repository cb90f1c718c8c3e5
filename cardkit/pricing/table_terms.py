"""What a table of prices is made of: for every cell the amount of a module, a cluster, a bundle, a tier."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from cardkit.pricing.totals import Totals

Cell = tuple[str, str]
"""A card and a segment."""

PerCell = tuple[Totals | None, ...]
"""One amount for each cell of the table, in its order.

None where there is none: because the part isn't offered in the cell, or because it can't be priced there;
then `PriceTable.missing` says why.
"""


class SubsetTerms(Mapping[int, PerCell]):
    """A cluster's term for every set of its modules, by bit mask; computed when it is first asked for.

    A cluster of many modules has more sets than there are products: ask for those that can be sold, and
    iterate over small clusters only.
    """

    def __init__(self, count: int, compute: Callable[[int], PerCell]) -> None:
        self._count = count
        self._compute = compute
        self._known: dict[int, PerCell] = {}

    def __getitem__(self, mask: int) -> PerCell:
        if mask not in self._known:
            if not 0 <= mask < 1 << self._count:
                raise KeyError(mask)
            self._known[mask] = self._compute(mask)
        return self._known[mask]

    def __iter__(self) -> Iterator[int]:
        return iter(range(1 << self._count))

    def __len__(self) -> int:
        return 1 << self._count


@dataclass(frozen=True, slots=True)
class ClusterTerms:
    """Interaction groups that share benefits, priced as one term for each set of their modules."""

    groups: tuple[str, ...]
    modules: tuple[str, ...]
    """Sorted; bit i of a mask stands for the i-th. At least one."""
    table: SubsetTerms
    """By mask; that of no modules is what the card's own members come to."""

    def mask(self, modules: Iterable[str]) -> int:
        """The mask of those of some modules that are in the cluster."""
        has = frozenset(modules)
        return sum(1 << bit for bit, name in enumerate(self.modules) if name in has)


@dataclass(frozen=True, slots=True)
class BundleTerm:
    """The discount of one bundle in force, which every product that contains it gets."""

    id: str
    card: str
    modules: frozenset[str]
    totals: PerCell
    """Zero in cells of other cards."""


@dataclass(frozen=True, slots=True)
class SeveralModules:
    """The discount for a number of paid modules; the highest tier that is reached counts, alone."""

    paid: tuple[frozenset[str], ...]
    """For each cell the modules that count, those with a list price above zero."""
    tiers: tuple[tuple[int, PerCell], ...]
    """The least number of paid modules, rising, and the amount."""

    def reached(self, cell: int, modules: Iterable[str]) -> PerCell | None:
        """The amounts of the tier that modules reach in a cell; None below the first."""
        count = len(self.paid[cell].intersection(modules))
        return next((totals for least, totals in reversed(self.tiers) if least <= count), None)
