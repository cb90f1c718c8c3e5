"""Every product of a catalog on a day, with its price: compiled once, for all questions about all of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from cardkit.combine.compile import constraints
from cardkit.ground.text import Text
from cardkit.model.constraint import Constraint
from cardkit.model.expression import Product
from cardkit.pricing.price_table import PriceTable, price_table
from cardkit.pricing.setting import Day
from cardkit.pricing.table_terms import PerCell
from cardkit.pricing.totals import Totals
from cardkit.solve.choices import Cell, Choices, choices
from cardkit.solve.compiled import Compiled, compile_problem
from cardkit.solve.counting import Counted, count_with
from cardkit.solve.diagram import Diagram, compile_diagram
from cardkit.solve.extremes import Extreme, Question, extremes
from cardkit.solve.limits import Limits, NotFinished, Once
from cardkit.solve.problem import Amounts, Cluster, Limit, Mask, Objective, Problem, Sum, Tiers, Together
from cardkit.solve.programme import Programme

Measure = Callable[[Totals], int]
"""What of a price counts; linear: the measure of a sum is the sum of the measures."""

COUNTING = 0.2
"""The share of the time left that a diagram of dense rules may take, only to count."""

MEASURES: dict[str, Measure] = {
    "contribution": lambda totals: totals.contribution,
    "customer-net": lambda totals: totals.customer_net,
    "customer-pays": lambda totals: totals.pays,
    "customer-value": lambda totals: totals.value,
}
"""The measures by their names in catalogs and commands."""


@dataclass(frozen=True)
class Combinations:
    """All products of some cards in some segments, and what they amount to.

    Figures that are missing are no zeros: what can't be priced is in the counts, and in no statement about
    amounts; `missing` tells.
    """

    day: Day
    limits: Limits
    cards: tuple[str, ...] = ()
    """Of these cards only; of all when empty."""
    segments: tuple[str, ...] = ()
    besides: tuple[Constraint, ...] = ()
    """What products must keep besides the catalog's rules."""
    _objectives: dict[str, Objective] = field(default_factory=dict, repr=False)
    _extremes: dict[tuple[str, bool], tuple[Extreme, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def choices(self) -> Choices:
        """What may be chosen where."""
        catalog = self.day.catalog
        found = (*constraints(catalog, self.day.as_of), *self.besides)
        return choices(found, self.all_cards, self.all_segments, tuple(catalog.modules))

    @property
    def all_cards(self) -> tuple[str, ...]:
        """The cards that are asked about."""
        return self.cards or tuple(self.day.catalog.cards)

    @property
    def all_segments(self) -> tuple[str, ...]:
        """The segments that are asked about."""
        return self.segments or tuple(self.day.catalog.segments)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cards and segments in which anything may be sold."""
        return self.choices.cells

    def of_segment(self, segment: str) -> tuple[int, ...]:
        """The cells of a segment."""
        return tuple(index for index, cell in enumerate(self.cells) if cell[1] == segment)

    def product(self, cell: int, choice: frozenset[int]) -> Product:
        """The product behind a choice."""
        card, segment = self.cells[cell]
        names = self.choices.problem.variables
        return Product(card, tuple(sorted(names[variable] for variable in choice)), segment)

    # what may be sold --------------------------------------------------------------------------------

    @Once
    def rules(self) -> Diagram:
        """The diagram of the rules alone, all of them. Raises TooLarge, OutOfTime."""
        compiled = compile_problem(self.choices.problem, self.limits)
        if compiled.exact:
            return compiled.diagram
        # A count needs every rule; where that takes too long, what is left to ask must not wait for it.
        return compile_diagram(self.choices.problem, self.limits.share(COUNTING))

    @Once
    def numbers(self) -> Counted:
        """The exact number of products in each cell, and of those with each module. Raises as `rules`."""
        return count_with(Programme(self.rules, self.everywhere, self.limits))

    @property
    def everywhere(self) -> tuple[int, ...]:
        """All cells."""
        return tuple(range(len(self.cells)))

    # what it amounts to ------------------------------------------------------------------------------

    @Once
    def table(self) -> PriceTable:
        """What all prices add up from. Raises OutOfTime."""
        return price_table(self.day, self.choices.offers(), self.limits.check_time)

    @Once
    def compiled(self) -> Compiled:
        """The rules and the structure of the prices, compiled; products that can't be priced are out.

        Raises TooLarge, OutOfTime.
        """
        compiled = compile_problem(self._priced_structure(), self.limits)
        unpriced = self._unpriced(compiled)
        if not unpriced:
            return compiled
        closed = Sum((), (Limit(1, None, unpriced, "missing"),))
        return compile_problem(replace(compiled.problem, sums=(*compiled.problem.sums, closed)), self.limits)

    @property
    def missing(self) -> dict[str, Text]:
        """Why something can't be priced, by cell and part; complete once an objective was made."""
        try:
            found = self.table.missing.items()
        except NotFinished:
            return {}
        return {f"{card}@{segment} {part}": why for ((card, segment), part), why in found}

    def objective(self, name: str) -> Objective:
        """A measure of all products, remembered by its name in `MEASURES`."""
        if name not in self._objectives:
            self._objectives[name] = self.objective_of(MEASURES[name])
        return self._objectives[name]

    def extremes(self, name: str, *, highest: bool) -> tuple[Extreme, ...]:
        """The extreme of a measure in each cell, remembered. Raises TooLarge, OutOfTime."""
        key = (name, highest)
        if key not in self._extremes:
            question = Question(self.compiled, self.objective(name), self.limits, highest)
            self._extremes[key] = extremes(question, self.everywhere)
        return self._extremes[key]

    def objective_of(self, measure: Measure) -> Objective:
        """A measure of all products."""
        table, problem = self.table, self.compiled.problem
        base = _amounts(table.base, measure)
        nothing = [0] * len(base)
        clusters: list[list[Amounts]] = []
        for index, terms in enumerate(table.clusters):
            empty = _amounts(terms.table[0], measure)
            base = [amount + more for amount, more in zip(base, empty, strict=True)]
            rows: list[Amounts] = [nothing] * (1 << len(terms.modules))
            for subset in self._subsets(self.compiled, index):
                full = _amounts(terms.table[subset], measure)
                rows[subset] = [amount - less for amount, less in zip(full, empty, strict=True)]
            clusters.append(rows)
        bundles = {each.id: each for each in table.bundles}
        return Objective(
            base,
            [_amounts(table.modules[name], measure) for name in problem.variables],
            clusters,
            [_amounts(bundles[name].totals, measure) for name in self._bundles],
            [
                [
                    [amount * (mask >> cell & 1) for cell, amount in enumerate(_amounts(totals, measure))]
                    for _, totals in table.several.tiers
                ]
                for _, mask in self._paid
            ],
        )

    def _priced_structure(self) -> Problem:
        """The rules, and what amounts depend on besides single modules."""
        problem, table = self.choices.problem, self.table
        place = {name: index for index, name in enumerate(problem.variables)}
        together = {each.id: each.modules for each in table.bundles}
        numbers = tuple(number for number, _ in table.several.tiers)
        return replace(
            problem,
            allowed=tuple(
                mask & _priced(table.modules[name])
                for name, mask in zip(problem.variables, problem.allowed, strict=True)
            ),
            clusters=tuple(Cluster(tuple(place[name] for name in terms.modules)) for terms in table.clusters),
            together=tuple(
                Together(tuple(sorted(place[name] for name in together[bundle]))) for bundle in self._bundles
            ),
            tiers=tuple(
                Tiers(tuple(sorted(place[name] for name in paid)), numbers) for paid, _ in self._paid
            ),
        )

    @cached_property
    def _bundles(self) -> tuple[str, ...]:
        """The bundles whose modules can be chosen at all."""
        known = set(self.choices.problem.variables)
        return tuple(each.id for each in self.table.bundles if each.modules and each.modules <= known)

    @cached_property
    def _paid(self) -> tuple[tuple[frozenset[str], Mask], ...]:
        """The sets of paid modules that there are, each with its cells."""
        if not self.table.several.tiers:
            return ()
        # What a cell doesn't offer is neither paid nor free there: few sets, mostly one, fit all cells.
        found: list[tuple[set[str], set[str], Mask]] = []
        for cell, (paid, names) in enumerate(
            zip(self.table.several.paid, self.choices.offers().values(), strict=True)
        ):
            free = set(names) - paid
            for index, (others, others_free, mask) in enumerate(found):
                if paid.isdisjoint(others_free) and free.isdisjoint(others):
                    found[index] = (others | paid, others_free | free, mask | 1 << cell)
                    break
            else:
                found.append((set(paid), free, 1 << cell))
        return tuple((frozenset(paid), mask) for paid, _, mask in found)

    def _subsets(self, compiled: Compiled, index: int) -> Iterable[int]:
        """The subsets of a cluster that occur in a product, but the empty one."""
        if index in compiled.clusters:
            return range(1, 1 << len(self.table.clusters[index].modules))
        known = sum(1 for aside in compiled.clusters if aside < index)
        due = {term for _, terms in compiled.diagram.labels for term in terms}
        return sorted(subset for kind, which, subset in due if (kind, which) == ("cluster", index - known))

    def _unpriced(self, compiled: Compiled) -> Mask:
        """The cells in which a card, or something that modules have together, can't be priced."""
        table, offers = self.table, [frozenset(names) for names in self.choices.offers().values()]
        found = (1 << len(self.cells)) - 1 & ~_priced(table.base)
        for index, terms in enumerate(table.clusters):
            for subset in (0, *self._subsets(compiled, index)):
                has = {name for bit, name in enumerate(terms.modules) if subset >> bit & 1}
                found |= _lacking(terms.table[subset], has, offers)
        for bundle in table.bundles:
            found |= _lacking(bundle.totals, set(bundle.modules), offers)
        for _, totals in table.several.tiers:
            found |= _lacking(totals, set(), offers)
        return found


def _amounts(totals: PerCell, measure: Measure) -> list[int]:
    """The measure in each cell; 0 where there is no amount, because no product there has the part."""
    return [0 if each is None else measure(each) for each in totals]


def _priced(totals: PerCell) -> Mask:
    return sum(1 << cell for cell, each in enumerate(totals) if each is not None)


def _lacking(totals: PerCell, has: set[str], offers: Sequence[frozenset[str]]) -> Mask:
    """The cells that offer all these modules and have no amount."""
    return sum(1 << cell for cell, each in enumerate(totals) if each is None and has <= offers[cell])
