"""What may be sold in one cell, as a value: where it is equal on both sides, so are the products."""

from collections.abc import Mapping
from typing import Any

from cardkit.combine.compile import constraints
from cardkit.diff.sides import Sides
from cardkit.model.constraint import Constraint, Forbidden, Needs
from cardkit.pricing.setting import Day
from cardkit.solve.choices import Cell, Choices
from cardkit.solve.combinations import Combinations
from cardkit.solve.limits import Limits

Projection = tuple[frozenset[str], frozenset[Any]]
"""The modules that may be chosen in a cell, and what they must keep there."""


def choices_of(day: Day) -> Choices:
    """What may be chosen where, on a side; remembered with the catalog."""
    key, memory = _key(day), day.catalog.memory
    if key not in memory:
        memory[key] = Combinations(day, Limits()).choices
    found: Choices = memory[key]
    return found


def _key(day: Day) -> object:
    return "choices, for differences", day.as_of


def same_rules(sides: Sides) -> bool:
    """Whether every constraint is the same on both sides, but for what it is called; remembered."""
    key = "same rules"
    if key not in sides.remembered:
        catalogs = (sides.before.catalog, sides.after.catalog)
        one, other = ([demand(each) for each in constraints(each, sides.as_of)] for each in catalogs)
        names = [(tuple(each.cards), tuple(each.segments), tuple(each.modules)) for each in catalogs]
        sides.remembered[key] = names[0] == names[1] and one == other
    found: bool = sides.remembered[key]
    return found


def demand(constraint: Constraint) -> Any:
    """What a constraint demands, without what it is called."""
    if isinstance(constraint, Forbidden):
        return constraint.modules, constraint.cards, constraint.segments
    if isinstance(constraint, Needs):
        return constraint.triggers, constraint.needs
    return frozenset(constraint.weights.items()), constraint.least, constraint.most, constraint.cards


def cells_with_other_products(sides: Sides) -> tuple[Cell, ...]:
    """The cells in which other products may be sold than before, as far as rules tell; never too few.

    Found by comparing what each cell's products must keep: nothing is counted.
    """
    if same_rules(sides):
        sides.after.catalog.memory[_key(sides.after)] = choices_of(sides.before)
        return ()
    old, new = choices_of(sides.before), choices_of(sides.after)
    olds, news = _projections(old), _projections(new)
    return tuple(cell for cell in dict.fromkeys((*old.cells, *new.cells)) if olds.get(cell) != news.get(cell))


def _projections(choices: Choices) -> Mapping[Cell, Projection]:
    return {
        cell: _projection(choices, index, frozenset(names))
        for index, (cell, names) in enumerate(choices.offers().items())
    }


def _projection(choices: Choices, cell: int, offered: frozenset[str]) -> Projection:
    problem = choices.problem
    kept: set[Any] = set()
    for total in problem.sums:
        bounds = [limit for limit in total.limits if limit.cells >> cell & 1]
        if not bounds:
            continue
        weights = frozenset(
            (problem.variables[variable], weight)
            for variable, weight in total.weights
            if problem.variables[variable] in offered
        )
        lowest = sum(weight for _, weight in weights if weight < 0)
        highest = sum(weight for _, weight in weights if weight > 0)
        for least, most, _, _ in bounds:
            # What nothing in the cell can break asks for nothing there.
            below = least is not None and least > lowest
            above = most is not None and most < highest
            if below or above:
                kept.add((weights, least if below else None, most if above else None))
    for need in problem.needs:
        triggers = frozenset(problem.variables[each] for each in need.triggers) & offered
        if triggers:
            kept.add((triggers, frozenset(problem.variables[each] for each in need.needs) & offered))
    return offered, frozenset(kept)
