"""The lowest and the highest amount of many cells at once, proved, or bounded where proving takes too long.

One programme gives the bounds of all cells. Where the diagram knows every rule they are the answer; where
rules were set aside, a bound that a real product reaches is proved as well, and the others are searched.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cardkit.solve.compiled import Compiled
from cardkit.solve.limits import Limits, NotFinished
from cardkit.solve.problem import Objective, amount_of, chosen_in
from cardkit.solve.programme import Programme, lowest
from cardkit.solve.ranking import ranked


@dataclass(frozen=True, slots=True)
class Extreme:
    """The lowest (or highest) amount of a cell."""

    cell: int
    amount: int | None
    """The amount of `choice`, proved to be the lowest; None where nothing can be chosen, or if not proved."""
    choice: frozenset[int] | None
    proved: bool = True
    bound: int | None = None
    """Where not proved: no product of the cell goes below (or above) this; None where nothing is known."""
    limit: str = ""
    """Where not proved: which limit was reached."""


def extremes(
    compiled: Compiled,
    objective: Objective,
    cells: Sequence[int],
    limits: Limits,
    *,
    highest: bool = False,
    needed: int | None = None,
) -> tuple[Extreme, ...]:
    """The extreme of each cell.

    With `needed`, a bound that is at least (for the highest: at most) so much is enough, and no product is
    looked for there.
    """
    programme = Programme(compiled.diagram, tuple(cells), limits)
    try:
        found = lowest(programme, compiled.relaxed(objective, highest=highest), highest=highest)
    except NotFinished as stopped:
        return tuple(Extreme(cell, None, None, False, None, str(stopped)) for cell in cells)
    answers = []
    for cell, bound, choice in zip(cells, found.amounts, found.choices, strict=True):
        if bound is None or choice is None:
            answers.append(Extreme(cell, None, None))
        elif compiled.exact or _reached(compiled, objective, choice, cell, bound):
            answers.append(Extreme(cell, bound, choice))
        elif needed is not None and (bound <= needed if highest else bound >= needed):
            answers.append(Extreme(cell, None, None, False, bound))
        else:
            answers.append(_searched(compiled, objective, cell, limits, highest, bound))
    return tuple(answers)


def _reached(compiled: Compiled, objective: Objective, choice: frozenset[int], cell: int, bound: int) -> bool:
    """Whether a choice of the relaxation is a product, at the amount of the bound."""
    problem = compiled.problem
    return chosen_in(problem, choice, cell) and amount_of(problem, objective, choice, cell) == bound


def _searched(
    compiled: Compiled, objective: Objective, cell: int, limits: Limits, highest: bool, bound: int
) -> Extreme:
    ranking = ranked(compiled, objective, (cell,), 1, limits, highest=highest)
    if ranking.finished:
        best = ranking.found[0] if ranking.found else None
        return Extreme(cell, None, None) if best is None else Extreme(cell, best.amount, best.choice)
    known = bound if ranking.bound is None else ranking.bound
    return Extreme(cell, None, None, False, known, ranking.limit)


def overall(found: Iterable[Extreme], *, highest: bool = False) -> Extreme | None:
    """The extreme over several cells; None where nothing can be chosen in any.

    Not proved, with the outermost bound, where a cell that isn't proved might go beyond the best one known.
    """
    best: Extreme | None = None
    loosest: Extreme | None = None
    for each in found:
        if not each.proved:
            if loosest is None or _beyond(each.bound, loosest.bound, highest):
                loosest = each
        elif each.amount is not None and (best is None or _beyond(each.amount, best.amount, highest)):
            best = each
    if loosest is not None and (best is None or _beyond(loosest.bound, best.amount, highest)):
        known = (None, None) if best is None else (best.amount, best.choice)
        cell = loosest.cell if best is None else best.cell
        return Extreme(cell, *known, False, loosest.bound, loosest.limit)
    return best


def _beyond(one: int | None, other: int | None, highest: bool) -> bool:
    """Whether one is further out than the other; None is further than all."""
    if one is None or other is None:
        return one is None and other is not None
    return one > other if highest else one < other
