"""The best and the worst product of each card and segment, before and after; found by the engine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cardkit.diff.change import Figures, Kind, MoneyChange, Subject
from cardkit.diff.offers import at_segment, moved, priced
from cardkit.diff.projection import choices_of, same_rules
from cardkit.diff.sides import Sides
from cardkit.model.expression import Product
from cardkit.pricing.setting import Day
from cardkit.solve.analysis import Analysis, Edge
from cardkit.solve.choices import Cell
from cardkit.solve.combinations import Combinations
from cardkit.solve.limits import Limits, NotFinished
from cardkit.solve.problem import Problem


class Sharing(Combinations):
    """Combinations of one side, whose diagram serves the other one where only amounts differ."""

    @property
    def structure(self) -> Problem:
        """The rules, and what amounts depend on."""
        return self._priced_structure()

    def share(self, other: "Sharing", *, same_rules: bool) -> None:
        """Take the other side's diagram, if it is the one that would be made. Raises TooLarge, OutOfTime."""
        if same_rules:
            self.__dict__["choices"] = other.choices
        compiled = other.compiled
        if compiled.problem == self.structure and not self._unpriced(compiled):
            self.__dict__["compiled"] = compiled  # where a cached property keeps its value


@dataclass(frozen=True, slots=True)
class Edges:
    """How the edges of cells move."""

    changes: tuple[MoneyChange, ...]
    same: int
    """So many best and worst products are exactly what they were, computed or known from what changed."""
    unknown: tuple[Cell, ...] = ()
    """The cells whose edges weren't proved in time, on one side or both."""


def edges(
    sides: Sides, other_products: Sequence[Cell], limits: Limits, most_modules: int | None = None
) -> Edges:
    """The worst and the best contribution of every cell, where it is not what it was.

    A cell of which neither the products nor the parts of their prices changed isn't computed at all.
    """
    every = tuple(dict.fromkeys((*choices_of(sides.before).cells, *choices_of(sides.after).cells)))
    touched = [cell for cell in every if cell in set(other_products) or _prices_can_move(sides, cell)]
    if not touched:
        return Edges((), 2 * len(every))
    if too_many(sides, touched, most_modules):
        return Edges((), 2 * (len(every) - len(touched)), tuple(touched))
    try:
        _compile(sides, touched, limits)
    except NotFinished:  # asking on would only begin the same work again
        return Edges((), 2 * (len(every) - len(touched)), tuple(touched))
    found: list[MoneyChange] = []
    unknown: list[Cell] = []
    same = 2 * (len(every) - len(touched))
    for kind, highest in ((Kind.WORST_MOVED, False), (Kind.BEST_MOVED, True)):
        olds = _edges(sides.before, touched, limits, highest=highest)
        news = _edges(sides.after, touched, limits, highest=highest)
        for cell in touched:
            old, new = olds.get(cell), news.get(cell)
            if any(each is not None and (not each.proved or each.product is None) for each in (old, new)):
                unknown.append(cell)
                continue
            subject = Subject("@".join(cell), at_segment(sides, sides.name_of(cell[0]), cell[1]))
            pair = priced(sides.before, _product(old)), priced(sides.after, _product(new))
            change = moved(kind, subject, *pair)
            if _amounts(change.before) == _amounts(change.after):
                same += 1
            else:
                found.append(change)
    found.sort(key=lambda change: (change.impact.contribution if change.impact else 0, change.subject.id))
    return Edges(tuple(found), same, tuple(dict.fromkeys(unknown)))


def too_many(sides: Sides, cells: Sequence[Cell], most_modules: int | None) -> bool:
    """Whether a cell offers more modules than the engine should be asked about; None asks always."""
    if most_modules is None:
        return False
    for day in (sides.before, sides.after):
        choices = choices_of(day)
        wanted = sum(1 << at for at, cell in enumerate(choices.cells) if cell in set(cells))
        if sum(1 for mask in choices.problem.allowed if mask & wanted) > most_modules:
            return True
    return False


def _prices_can_move(sides: Sides, cell: Cell) -> bool:
    on = sides.pricing
    if on.everything:
        return True
    for day in (sides.before, sides.after):
        if any(bundle.card == cell[0] for name, bundle in day.catalog.bundles.items() if name in on.bundles):
            return True
    return any(not on.modules.isdisjoint(each) for each in _offered(sides, cell))


def _offered(sides: Sides, cell: Cell) -> Iterator[frozenset[str]]:
    """The changed modules that a cell offers, on each side."""
    for day in (sides.before, sides.after):
        choices = choices_of(day)
        if cell in choices.cells:
            bit = choices.cells.index(cell)
            place = {
                name: at for at, name in enumerate(choices.problem.variables) if name in sides.pricing.modules
            }
            yield frozenset(name for name, at in place.items() if choices.problem.allowed[at] >> bit & 1)


def _edges(day: Day, cells: Sequence[Cell], limits: Limits, *, highest: bool) -> dict[Cell, Edge | None]:
    """The edge of each cell; a cell that isn't here has no products."""
    known = set(choices_of(day).cells)
    wanted = [cell for cell in cells if cell in known]
    if not wanted:
        return {}
    combinations = combined(day, wanted, limits)
    analysis = Analysis(combinations)
    found = analysis.edges("contribution", highest=highest)
    return {combinations.cells[index]: edge for index, edge in found.items()}


def _compile(sides: Sides, cells: Sequence[Cell], limits: Limits) -> None:
    """Make the diagram of each side, one for both where rules and structure are the same: most of the work.

    Raises TooLarge, OutOfTime.
    """
    made = []
    for day in (sides.before, sides.after):
        known = set(choices_of(day).cells)
        wanted = [cell for cell in cells if cell in known]
        if wanted:
            made.append(combined(day, wanted, limits))
    if len(made) > 1 and _cells_in_common(sides, cells):
        made[1].share(made[0], same_rules=same_rules(sides))
    for each in made:
        _ = each.compiled


def _cells_in_common(sides: Sides, cells: Sequence[Cell]) -> bool:
    return all(set(choices_of(day).cells).issuperset(cells) for day in (sides.before, sides.after))


def combined(day: Day, cells: Sequence[Cell], limits: Limits) -> Sharing:
    """All products of some cells (and those that share card or segment with them); compiled once a side.

    Cells that a side doesn't have are left out; there must be one that it has.
    """
    known = set(choices_of(day).cells)
    cards = tuple(dict.fromkeys(cell[0] for cell in cells if cell in known))
    segments = tuple(dict.fromkeys(cell[1] for cell in cells if cell in known))
    key = ("combinations, for differences", day.as_of, cards, segments)
    memory = day.catalog.memory
    if key not in memory:
        memory[key] = Sharing(day, limits, cards, segments)
    found: Sharing = memory[key]
    return found


def _product(edge: Edge | None) -> Product | None:
    return None if edge is None else edge.product


def _amounts(figures: Figures | None) -> tuple[int, ...] | None:
    # Of products that come to the same, either may be named: that is no change.
    return None if figures is None else figures.amounts
