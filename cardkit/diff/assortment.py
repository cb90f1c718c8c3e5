"""How many products may be sold, before and after, and which are gained and lost: exact, from the engine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import lcm

from cardkit.combine.compile import constraints
from cardkit.combine.sellable import refusals
from cardkit.diff.change import Change, CountChange, Kind, Subject, Turnover
from cardkit.diff.edges import combined, too_many
from cardkit.diff.offers import at_segment
from cardkit.diff.projection import choices_of, demand
from cardkit.diff.sides import Sides
from cardkit.ground.text import Text, joined
from cardkit.model.constraint import Constraint, Forbidden, Needs, Within
from cardkit.model.expression import Product
from cardkit.model.refusal import Refusal
from cardkit.pricing.setting import Day
from cardkit.solve.choices import Cell
from cardkit.solve.combinations import Combinations
from cardkit.solve.limits import Limits, NotFinished
from cardkit.solve.problem import Objective
from cardkit.solve.programme import Programme, lowest

MOST_EXAMPLES = 6
"""Of products gained, and of products lost."""
MOST_QUESTIONS = 12
"""Rules that are asked, one after another, for a product that only they kept apart."""

ExampleChange = Change[str, Text]
"""A product that may be sold on one side only; the impact is why not on the other."""


@dataclass(frozen=True, slots=True)
class Assortment:
    """How the products that may be sold change."""

    cells: tuple[CountChange, ...]
    gained: int
    lost: int
    """Products that may be sold after and not before, and the other way round, over all cells."""
    examples: tuple[ExampleChange, ...] = ()
    same: int = 0
    """Cells in which exactly the same products may be sold."""
    uncounted: tuple[Cell, ...] = ()
    """Cells that weren't counted in time."""


def assortment(
    sides: Sides, cells: Sequence[Cell], limits: Limits, most_modules: int | None = None
) -> Assortment:
    """The products of the cells in which they can differ, counted on both sides."""
    every = dict.fromkeys((*choices_of(sides.before).cells, *choices_of(sides.after).cells))
    if not cells:
        return Assortment((), 0, 0, (), len(every))
    if too_many(sides, cells, most_modules):
        return Assortment((), 0, 0, (), len(every) - len(cells), tuple(cells))
    try:
        counted = {cell: _turnover(sides, cells, limits, cell) for cell in cells}
    except NotFinished:
        return Assortment((), 0, 0, (), len(every) - len(cells), tuple(cells))
    changes = []
    for cell, (before, after, turnover) in counted.items():
        if turnover.gained or turnover.lost:
            subject = Subject("@".join(cell), at_segment(sides, sides.name_of(cell[0]), cell[1]))
            changes.append(Change(Kind.COUNT_MOVED, subject, before, after, turnover))
    changes.sort(
        key=lambda each: (
            (-each.impact.lost, -each.impact.gained, each.subject.id) if each.impact else (0, 0, "")
        )
    )
    gaining = [cell for cell in cells if counted[cell][2].gained]
    losing = [cell for cell in cells if counted[cell][2].lost]
    examples = [
        *_examples(sides, gaining, limits, gained=True),
        *_examples(sides, losing, limits, gained=False),
    ]
    return Assortment(
        tuple(changes),
        sum(each[2].gained for each in counted.values()),
        sum(each[2].lost for each in counted.values()),
        tuple(examples),
        len(every) - len(changes),
    )


def _turnover(sides: Sides, cells: Sequence[Cell], limits: Limits, cell: Cell) -> tuple[int, int, Turnover]:
    before = _number(sides.before, cells, limits, cell)
    after = _number(sides.after, cells, limits, cell)
    both = 0
    if before and after:
        combinations = _on_both(sides, cells, limits)
        if cell in combinations.cells:
            both = combinations.numbers.products[combinations.cells.index(cell)]
    return before, after, Turnover(after - both, before - both)


def _number(day: Day, cells: Sequence[Cell], limits: Limits, cell: Cell) -> int:
    """The products of a cell; 0 where nothing is sold at all. Raises NotFinished."""
    if cell not in choices_of(day).cells:
        return 0
    combinations = combined(day, cells, limits)
    return combinations.numbers.products[combinations.cells.index(cell)]


def _on_both(sides: Sides, cells: Sequence[Cell], limits: Limits) -> Combinations:
    """The products that keep the rules of both sides."""
    key = "combinations on both sides"
    if key not in sides.remembered:
        old = combined(sides.before, cells, limits)
        new = combined(sides.after, cells, limits)
        besides = (*constraints(sides.before.catalog, sides.as_of), *_unknown_to(sides.before, sides.after))
        cards = tuple(card for card in new.all_cards if card in old.all_cards)
        segments = tuple(segment for segment in new.all_segments if segment in old.all_segments)
        sides.remembered[key] = Combinations(sides.after, limits, cards, segments, besides)
    found: Combinations = sides.remembered[key]
    return found


def _unknown_to(day: Day, other: Day) -> tuple[Constraint, ...]:
    """That nothing has a module which one side doesn't know: one constraint for each."""
    return tuple(
        Forbidden(_NOBODY, frozenset((name,)))
        for name in other.catalog.modules
        if name not in day.catalog.modules
    )


_NOBODY = Refusal("no such module", Text("还没有这个模块", "there was no such module"), "", ())


def _examples(
    sides: Sides, cells: Sequence[Cell], limits: Limits, *, gained: bool
) -> Iterator[ExampleChange]:
    """The smallest products that may be sold on one side only, from as many cells as there is room for."""
    there, missing = (sides.after, sides.before) if gained else (sides.before, sides.after)
    found: dict[Cell, Product] = {}
    try:
        for besides in islice(_questions(there, missing), MOST_QUESTIONS):
            left = [cell for cell in cells if cell not in found]
            if len(found) >= MOST_EXAMPLES or not left:
                break
            # What the engine found is held against the plain evaluation of both sides.
            found |= {
                cell: product
                for cell, product in _smallest(there, left, besides, limits)
                if not refusals(there.catalog, product, there.as_of)
                and _refused(missing, product) is not None
            }
    except NotFinished:
        pass  # what was found so far is true; the numbers say how many there are
    for product in sorted(found.values(), key=lambda each: (len(each.modules), str(each)))[:MOST_EXAMPLES]:
        kind = Kind.SOLD if gained else Kind.NO_LONGER_SOLD
        one, other = (None, str(product)) if gained else (str(product), None)
        yield Change(
            kind,
            Subject(str(product), Text(str(product), str(product))),
            one,
            other,
            _refused(missing, product),
        )


def _refused(day: Day, product: Product) -> Text | None:
    """Why a product may not be sold on a side; None where it may."""
    catalog = day.catalog
    unknown = [
        name
        for name, known in ((product.card, catalog.cards), (product.segment or "", catalog.segments))
        if name not in known
    ] + [name for name in product.modules if name not in catalog.modules]
    if unknown:
        names = ", ".join(unknown)
        return Text(f"没有 {names}", f"there is no {names}")
    found = refusals(catalog, product, day.as_of)
    return joined([each.reason for each in found], "；", "; ") if found else None


def _questions(there: Day, missing: Day) -> Iterator[tuple[Constraint, ...]]:
    """What a product keeps that breaks one of the rules that only the other side has: one after another."""
    yield ()  # a cell in which nothing was sold at all
    known = {demand(each) for each in constraints(there.catalog, there.as_of)}
    only = [each for each in constraints(missing.catalog, missing.as_of) if demand(each) not in known]
    for each in (*_unknown_to(missing, there), *only):
        yield from _broken(each)


def _broken(constraint: Constraint) -> Iterator[tuple[Constraint, ...]]:
    """Constraints that exactly the products keep which break this one, in the cells that it is for."""
    if isinstance(constraint, Forbidden):
        if constraint.modules is not None:
            yield (Within(_NOBODY, dict.fromkeys(constraint.modules, 1), least=1),)
    elif isinstance(constraint, Needs):
        one = Within(_NOBODY, dict.fromkeys(constraint.triggers, 1), least=1)
        yield (one, Forbidden(_NOBODY, constraint.needs)) if constraint.needs else (one,)
    else:
        unit = Fraction(1, lcm(*(Fraction(weight).denominator for weight in constraint.weights.values())))
        if constraint.most is not None:
            yield (Within(_NOBODY, constraint.weights, least=constraint.most + unit),)
        if constraint.least is not None:
            yield (Within(_NOBODY, constraint.weights, most=constraint.least - unit),)


def _smallest(
    day: Day, cells: Sequence[Cell], besides: tuple[Constraint, ...], limits: Limits
) -> Iterator[tuple[Cell, Product]]:
    """For each cell a product with the fewest modules that keeps the rules and what is asked besides."""
    known = [cell for cell in cells if cell in choices_of(day).cells]
    if not known:
        return
    shared = combined(day, known, limits)
    asked = Combinations(day, limits, shared.all_cards, shared.all_segments, besides)
    wanted = [index for index, cell in enumerate(asked.cells) if cell in set(known)]
    if not wanted:
        return
    one = [1] * len(asked.cells)
    objective = Objective([0] * len(asked.cells), [one] * len(asked.choices.problem.variables))
    best = lowest(Programme(asked.rules, tuple(wanted), limits), objective)
    for cell, choice in zip(wanted, best.choices, strict=True):
        if choice is not None:
            yield asked.cells[cell], asked.product(cell, choice)
