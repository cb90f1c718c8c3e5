"""The lowest and the highest amount of many cells, proved, or bounded where proving takes too long.

One programme gives the bounds of all cells. Where the diagram knows every rule they are the answer; where
rules were set aside, a bound that a real product reaches is proved as well. The cells that are left are
searched in the order of their bounds, and where that doesn't end, CP-SAT is asked if it is installed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cardkit.solve import cp_sat
from cardkit.solve.compiled import Compiled
from cardkit.solve.limits import Limits, NotFinished
from cardkit.solve.problem import Objective, amount_of, chosen_in
from cardkit.solve.programme import Programme, lowest
from cardkit.solve.ranking import ranked

SEARCHED = 0.4
"""The share of the time left that the search gets where CP-SAT may go on from there."""


@dataclass(frozen=True, slots=True)
class Extreme:
    """The lowest (or highest) amount of a cell, or over several."""

    cell: int
    """The cell of `choice`; without one, a cell that was looked at."""
    amount: int | None
    """The amount of `choice`; None where nothing can be chosen, or no product was found in time."""
    choice: frozenset[int] | None
    proved: bool = True
    """Whether nothing goes below (or above) `amount`; without a choice, that nothing can be chosen."""
    bound: int | None = None
    """Where not proved: no product goes below (or above) this; None where nothing is known."""
    limit: str = ""
    """Where not proved: which limit was reached."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which extreme is asked for."""

    compiled: Compiled
    objective: Objective
    limits: Limits
    highest: bool = False
    needed: int | None = None
    """A bound of at least (for the highest: at most) so much is enough: then no product is looked for."""

    def beyond(self, one: int | None, other: int | None) -> bool:
        """Whether one amount is further out than the other; None is further than all."""
        if one is None or other is None:
            return one is None and other is not None
        return one > other if self.highest else one < other

    def enough(self, bound: int | None) -> bool:
        """Whether a bound answers what is needed."""
        return self.needed is not None and bound is not None and not self.beyond(bound, self.needed)


def extremes(question: Question, cells: Sequence[int]) -> tuple[Extreme, ...]:
    """The extreme of each cell."""
    bounds = _bounds(question, cells)
    unknown = [at for at, each in enumerate(bounds) if not each.proved and not question.enough(each.bound)]
    for done, at in enumerate(unknown):
        # Each cell gets its share of the time, so that one hard cell doesn't keep the others waiting.
        limits = question.limits.share(1 / (len(unknown) - done))
        bounds[at] = _searched(replace(question, limits=limits), [bounds[at]])
    return tuple(bounds)


def extreme(question: Question, cells: Sequence[int]) -> Extreme | None:
    """The extreme over several cells; None where nothing can be chosen in any."""
    bounds = _bounds(question, cells)
    known = outermost(question, [each for each in bounds if each.proved])
    unknown = [
        each
        for each in bounds
        if not each.proved and (known is None or question.beyond(each.bound, known.amount))
    ]
    if not unknown:
        return known
    loosest = min(unknown, key=lambda each: _rank(question, each.bound))
    if question.enough(loosest.bound) and (known is None or question.enough(known.amount)):
        return replace(loosest, amount=None, choice=None)
    found = _searched(question, unknown)
    if found.proved:
        return outermost(question, [each for each in (known, found) if each is not None])
    if known is not None and (found.amount is None or question.beyond(known.amount, found.amount)):
        return Extreme(known.cell, known.amount, known.choice, False, found.bound, found.limit)
    return found


def _bounds(question: Question, cells: Sequence[int]) -> list[Extreme]:
    """What one programme over the diagram tells of each cell."""
    compiled, objective, highest = question.compiled, question.objective, question.highest
    programme = Programme(compiled.diagram, tuple(cells), question.limits)
    try:
        question.limits.check_time()
        found = lowest(programme, compiled.relaxed(objective, highest=highest), highest=highest)
    except NotFinished as stopped:
        return [Extreme(cell, None, None, False, None, str(stopped)) for cell in cells]
    answers = []
    for cell, bound, choice in zip(cells, found.amounts, found.choices, strict=True):
        if bound is None or choice is None:
            answers.append(Extreme(cell, None, None))
        elif compiled.exact or _reached(question, choice, cell, bound):
            answers.append(Extreme(cell, bound, choice))
        else:
            answers.append(Extreme(cell, None, None, False, bound))
    return answers


def _reached(question: Question, choice: frozenset[int], cell: int, bound: int) -> bool:
    """Whether a choice of the relaxation is a product, at the amount of the bound."""
    problem = question.compiled.problem
    return chosen_in(problem, choice, cell) and amount_of(problem, question.objective, choice, cell) == bound


def _searched(question: Question, unknown: Sequence[Extreme]) -> Extreme:
    """The extreme over cells of which only bounds are known."""
    compiled, objective, highest = question.compiled, question.objective, question.highest
    cells = [each.cell for each in unknown]
    bound = min(unknown, key=lambda each: _rank(question, each.bound)).bound
    if question.limits.left <= 0:
        return Extreme(cells[0], None, None, False, bound, "time")
    second = cp_sat.available()
    limits = question.limits.share(SEARCHED) if second else question.limits
    ranking = ranked(compiled, objective, cells, 1, limits, highest=highest)
    if ranking.finished:
        best = ranking.found[0] if ranking.found else None
        return Extreme(cells[0], None, None) if best is None else Extreme(best.cell, best.amount, best.choice)
    bound = bound if ranking.bound is None else ranking.bound
    if not second:
        return Extreme(cells[0], None, None, False, bound, ranking.limit)
    try:
        proof = cp_sat.lowest(compiled.problem, objective, cells, question.limits, highest=highest)
    except NotFinished as stopped:
        return Extreme(cells[0], None, None, False, bound, str(stopped))
    cell = cells[0] if proof.cell is None else proof.cell
    if proof.proved:
        return Extreme(cell, proof.amount, proof.choice)
    tighter = bound if question.beyond(proof.bound, bound) else proof.bound
    return Extreme(cell, proof.amount, proof.choice, False, tighter, "time")


def outermost(question: Question, found: Iterable[Extreme]) -> Extreme | None:
    """The furthest out of those of which an amount is known."""
    some = [each for each in found if each.amount is not None]
    return min(some, key=lambda each: _rank(question, each.amount)) if some else None


def _rank(question: Question, amount: int | None) -> tuple[bool, int]:
    """Sorts the furthest out first; what isn't known before all."""
    if amount is None:
        return False, 0
    return True, -amount if question.highest else amount
