"""What can be said of all products: how many there are, and which are at the edges, for bank and customer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from cardkit.model.expression import Product
from cardkit.solve import structure
from cardkit.solve.combinations import Combinations
from cardkit.solve.extremes import Extreme
from cardkit.solve.front import front
from cardkit.solve.limits import NotFinished
from cardkit.solve.programme import Programme
from cardkit.solve.spread import spread

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Edge:
    """A product at the edge of its cell, and its amount in fen."""

    product: Product | None
    """None where it was not found in time."""
    amount: int | None
    proved: bool = True
    bound: int | None = None
    """Where not proved: nothing lies beyond this; None where not even that is known."""


@dataclass(frozen=True, slots=True)
class CellAnalysis:
    """A card in a segment."""

    card: str
    segment: str
    products: int | None
    """Exactly so many may be sold; None where that was not counted in time."""
    worst: Edge | None = None
    """The lowest contribution; None where nothing may be sold, or nothing can be priced."""
    best: Edge | None = None
    """The highest contribution."""
    worst_customer: Edge | None = None
    """The lowest net value for the customer."""
    always: tuple[str, ...] = ()
    """Modules that every product of the cell has."""
    never: tuple[str, ...] = ()
    """Modules that no product of the cell has."""


@dataclass(frozen=True, slots=True)
class FrontProduct:
    """A product of which no other of its segment is better for bank and customer at once; fen."""

    product: Product
    contribution: int
    customer_net: int


@dataclass(frozen=True)
class Analysis:
    """All products of some cards in some segments; each question is answered when it is asked."""

    combinations: Combinations
    unfinished: dict[str, str] = field(default_factory=dict)
    """The questions that were not answered in time, each with the limit that was reached."""

    @cached_property
    def cells(self) -> tuple[CellAnalysis, ...]:
        """Every card in every segment, those where nothing may be sold included."""
        combinations = self.combinations
        place = {cell: index for index, cell in enumerate(combinations.cells)}
        worst = self.edges("contribution", highest=False)
        best = self.edges("contribution", highest=True)
        worst_customer = self.edges("customer-net", highest=False)
        found = []
        for card in combinations.all_cards:
            for segment in combinations.all_segments:
                index = place.get((card, segment))
                if index is None:
                    found.append(CellAnalysis(card, segment, 0))
                else:
                    products, always, never = self._counted(index)
                    edges = worst[index], best[index], worst_customer[index]
                    found.append(CellAnalysis(card, segment, products, *edges, always, never))
        return tuple(found)

    @property
    def total(self) -> int | None:
        """How many products there are, a card with its modules once for each segment; None if not counted."""
        total = 0
        for cell in self.cells:
            if cell.products is None:
                return None
            total += cell.products
        return total

    @property
    def empty_segments(self) -> tuple[str, ...]:
        """Segments that nothing may be sold to."""
        sold = {cell.segment for cell in self.cells if cell.products != 0}
        return tuple(segment for segment in self.combinations.all_segments if segment not in sold)

    @cached_property
    def dead_modules(self) -> tuple[str, ...]:
        """Modules on sale that no product has."""
        return self._answered("dead_modules", lambda: structure.dead_modules(self.combinations), ())

    @cached_property
    def only_together(self) -> tuple[tuple[str, ...], ...]:
        """Modules of which each product has all or none."""
        return self._answered("only_together", lambda: structure.only_together(self.combinations), ())

    @cached_property
    def idle_rules(self) -> tuple[str, ...]:
        """Rules without which exactly the same products could be sold."""
        return self._answered("idle_rules", lambda: structure.idle_rules(self.combinations), ())

    @cached_property
    def unreachable(self) -> tuple[structure.Unreachable, ...]:
        """Bundles and saved products that no customer can buy as they stand."""
        return self._answered("unreachable", lambda: structure.unreachable(self.combinations), ())

    def front(self, segment: str) -> tuple[FrontProduct, ...]:
        """A segment's products that are best for bank and customer at once, the best for the bank first."""
        return self._answered(f"front @{segment}", lambda: self._front(segment), ())

    def spread(self, measure: str, bounds: Sequence[int]) -> tuple[tuple[int, ...], ...] | None:
        """For each cell of the combinations, how many products lie between the bounds, see `spread`."""

        def compute() -> tuple[tuple[int, ...], ...]:
            combinations = self.combinations
            if not combinations.compiled.exact:
                raise NotFinished("nodes")
            return spread(self._programme(combinations.everywhere), combinations.objective(measure), bounds)

        return self._answered(f"histogram {measure}", compute, None)

    def _front(self, segment: str) -> tuple[FrontProduct, ...]:
        combinations = self.combinations
        if not combinations.compiled.exact:
            raise NotFinished("nodes")
        programme = self._programme(combinations.of_segment(segment))
        found = front(
            programme, combinations.objective("contribution"), combinations.objective("customer-net")
        )
        return tuple(
            FrontProduct(combinations.product(each.cell, each.choice), each.first, each.second)
            for each in found
        )

    def _programme(self, cells: Sequence[int]) -> Programme:
        combinations = self.combinations
        return Programme(combinations.compiled.diagram, tuple(cells), combinations.limits)

    def _counted(self, cell: int) -> tuple[int | None, tuple[str, ...], tuple[str, ...]]:
        """How many products a cell has, which modules are in all of them, and which in none."""
        combinations = self.combinations
        numbers = self._answered("products", lambda: combinations.numbers, None)
        if numbers is None:
            return None, (), ()
        products = numbers.products[cell]
        if not products:
            return 0, (), ()
        names = combinations.choices.problem.variables
        having = {name: row[cell] for name, row in zip(names, numbers.with_variable, strict=True)}
        always = tuple(name for name, number in having.items() if number == products)
        return (
            products,
            always,
            tuple(name for name in combinations.day.catalog.modules if not having.get(name)),
        )

    def edges(self, measure: str, *, highest: bool) -> dict[int, Edge | None]:
        """The lowest (or highest) amount of each cell by its index; None where nothing is sold or priced."""
        combinations = self.combinations
        which = f"{'highest' if highest else 'lowest'} {measure}"

        def compute() -> tuple[Extreme, ...]:
            return combinations.extremes(measure, highest=highest)

        nothing = tuple(Extreme(cell, None, None, False) for cell in combinations.everywhere)
        edges: dict[int, Edge | None] = {}
        for each in self._answered(which, compute, nothing):
            if each.proved and each.choice is None:
                edges[each.cell] = None
                continue
            if not each.proved:
                self.unfinished.setdefault(which, each.limit)
            product = None if each.choice is None else combinations.product(each.cell, each.choice)
            edges[each.cell] = Edge(product, each.amount, each.proved, each.bound)
        return edges

    def _answered(self, question: str, compute: Callable[[], Answer], otherwise: Answer) -> Answer:
        """The answer, or `otherwise` and a note of the limit that was reached."""
        try:
            return compute()
        except NotFinished as stopped:
            self.unfinished[question] = str(stopped)
            return otherwise
