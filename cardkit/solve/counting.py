"""How many products there are, in how many of them each module is: exactly, for many cells at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cardkit.solve.programme import Array, Programme, Step

EXACT = 2**62
"""Counts below this fit into 64 bits."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Exact numbers for each cell of a programme."""

    products: tuple[int, ...]
    with_variable: tuple[tuple[int, ...], ...]
    """For each variable, the number of products that have it."""


def count(programme: Programme) -> tuple[int, ...]:
    """The number of products of each cell. Raises OutOfTime when the time is up."""
    found: list[int] = []
    for part in programme.slices(programme.widest):
        found += [int(each) for each in _endings(part, _type(part), keep=False)[-1][0]]
    return tuple(found)


def count_with(programme: Programme) -> Counted:
    """The number of products of each cell, and of those with each variable. Raises OutOfTime, TooLarge."""
    products: list[int] = []
    with_variable: list[list[int]] = [[] for _ in programme.diagram.problem.variables]
    for part in programme.slices(sum(step.width for step in programme.steps), 2):
        endings = _endings(part, _type(part), keep=True)[::-1]
        products += [int(each) for each in endings[0][0]]
        beginnings = np.ones((1, len(part.cells)), dtype=endings[0].dtype)
        for step, after in zip(part.steps, endings[1:], strict=True):
            part.limits.check_time()
            without, with_ = beginnings.copy(), beginnings * part.allowed[step.variable]
            _drop(part, step, without, with_)
            taken = (with_ * after[step.with_]).sum(axis=0)
            with_variable[step.variable] += [int(each) for each in taken]
            beginnings = _arrived(step, without, with_, len(after))
        if not part.steps:
            with_variable = [[*numbers, *[0] * len(part.cells)] for numbers in with_variable]
    return Counted(tuple(products), tuple(tuple(each) for each in with_variable))


def _endings(programme: Programme, dtype: Any, *, keep: bool) -> list[Array]:
    """The number of ways from each node to the end, the end first; with `keep` for every layer."""
    after = np.zeros((2, len(programme.cells)), dtype=dtype)
    after[0] = programme.open
    found = [after]
    for step in reversed(programme.steps):
        programme.limits.check_time()
        without, with_ = after[step.without], after[step.with_]
        with_ *= programme.allowed[step.variable]
        _drop(programme, step, without, with_)
        after = np.zeros((step.width + 1, len(programme.cells)), dtype=dtype)
        np.add(without, with_, out=after[:-1])
        found.append(after)
        if not keep:
            del found[0]
    return found


def _drop(programme: Programme, step: Step, without: Array, with_: Array) -> None:
    """Set to 0 what the edges rule out."""
    marked, marked_with = step.labelled
    without[marked] *= ~programme.ruled_out[step.without_label[marked]]
    with_[marked_with] *= ~programme.ruled_out[step.with_label[marked_with]]


def _arrived(step: Step, without: Array, with_: Array, rows: int) -> Array:
    """The sums over the edges that lead to each node of the next layer; its last row takes what is lost."""
    children = np.concatenate((step.without, step.with_))
    arriving = np.concatenate((without, with_))
    sorted_ = np.argsort(children, kind="stable")
    reached, starts = np.unique(children[sorted_], return_index=True)
    found = np.zeros((rows, without.shape[1]), dtype=without.dtype)
    found[reached] = np.add.reduceat(arriving[sorted_], starts, axis=0)
    return found[:-1]


def _type(programme: Programme) -> Any:
    """64 bits where no count can be too large for them."""
    if len(programme.steps) < EXACT.bit_length() - 1:
        return np.int64
    about = _endings(programme, np.float64, keep=False)[-1][0]
    return np.int64 if _most(about) < EXACT else object


def _most(counts: Sequence[float] | Array) -> float:
    return float(max(counts, default=0))
