"""A catalog's constraints on a day as choices in cells: what may be chosen where, and what it must keep."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, lcm

from cardkit.model.constraint import Constraint, Forbidden, Needs, Within
from cardkit.solve.problem import Limit, Mask, Need, Problem, Sum

Cell = tuple[str, str]
"""A card and a segment."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The cells in which anything may be sold at all, and the problem of what may be chosen there."""

    cells: tuple[Cell, ...]
    problem: Problem

    def offers(self) -> dict[Cell, list[str]]:
        """For each cell the modules that rules about single modules leave there."""
        names, allowed = self.problem.variables, self.problem.allowed
        return {
            cell: [name for name, mask in zip(names, allowed, strict=True) if mask >> index & 1]
            for index, cell in enumerate(self.cells)
        }


def choices(
    constraints: Iterable[Constraint],
    cards: Sequence[str],
    segments: Sequence[str],
    modules: Sequence[str],
) -> Choices:
    """The choices among cards, segments and modules under some constraints.

    Modules that no cell may have are left out, and cells that nothing may be sold in.
    """
    found = list(constraints)
    everything = [(card, segment) for card in cards for segment in segments]
    closed = _closed(
        [each for each in found if isinstance(each, Forbidden) and each.modules is None], everything
    )
    cells = tuple(cell for cell in everything if cell not in closed)
    allowed = _allowed(found, modules, cells)
    variables = tuple(sorted(name for name, mask in allowed.items() if mask))
    place = {name: index for index, name in enumerate(variables)}
    problem = Problem(
        variables,
        tuple(f"{card}@{segment}" for card, segment in cells),
        tuple(allowed[name] for name in variables),
        _sums([each for each in found if isinstance(each, Within)], place, cells),
        tuple(_needs([each for each in found if isinstance(each, Needs)], place)),
    )
    return Choices(cells, problem)


def _closed(constraints: Iterable[Forbidden], cells: Iterable[Cell]) -> set[Cell]:
    """The cells in which no product at all is sold."""
    found = list(constraints)
    nothing: frozenset[str] = frozenset()
    return {cell for cell in cells if not all(each.holds(cell[0], nothing, cell[1]) for each in found)}


def _allowed(
    constraints: Iterable[Constraint], modules: Iterable[str], cells: Sequence[Cell]
) -> dict[str, Mask]:
    """For each module the cells in which it is not forbidden by itself."""
    everywhere = (1 << len(cells)) - 1
    allowed = dict.fromkeys(modules, everywhere)
    for each in constraints:
        if isinstance(each, Forbidden) and each.modules is not None:
            where = mask_of(cells, each.cards, each.segments)
            for name in each.modules:
                if name in allowed:
                    allowed[name] &= ~where
    return allowed


def mask_of(cells: Sequence[Cell], cards: frozenset[str] | None, segments: frozenset[str] | None) -> Mask:
    """The cells of some cards (None for all) and segments (None for all)."""
    return sum(
        1 << index
        for index, (card, segment) in enumerate(cells)
        if (cards is None or card in cards) and (segments is None or segment in segments)
    )


def _needs(constraints: Iterable[Needs], place: Mapping[str, int]) -> Iterable[Need]:
    for each in constraints:
        needs = frozenset(place[name] for name in each.needs if name in place)
        # Whoever is among what it needs has it.
        triggers = frozenset(place[name] for name in each.triggers if name in place) - needs
        if triggers:
            yield Need(triggers, needs, each.refusal.rule)


def _sums(constraints: Iterable[Within], place: Mapping[str, int], cells: Sequence[Cell]) -> tuple[Sum, ...]:
    """One sum for all bounds of the same weights, as the slots of the cards are."""
    found: dict[tuple[tuple[int, int], ...], list[Limit]] = {}
    for each in constraints:
        where = mask_of(cells, each.cards, None)
        if not where:
            continue
        weights = {place[name]: Fraction(weight) for name, weight in each.weights.items() if name in place}
        unit = lcm(*(weight.denominator for weight in weights.values()))
        whole = tuple(sorted((variable, int(weight * unit)) for variable, weight in weights.items()))
        least = None if each.least is None else ceil(each.least * unit)
        most = None if each.most is None else floor(each.most * unit)
        found.setdefault(whole, []).append(Limit(least, most, where, each.refusal.rule))
    return tuple(Sum(weights, tuple(limits)) for weights, limits in found.items())
