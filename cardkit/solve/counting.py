"""How many products there are, in how many of them each module is: exactly, for many cells at once."""

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
    """The number of products of each cell. Raises OutOfTime, TooLarge."""
    found: list[int] = []
    for part in programme.slices(programme.widest):
        found += [int(each) for each in _ways(part, _type(part), keep=False)[-1][0]]
    return tuple(found)


def count_with(programme: Programme) -> Counted:
    """The number of products of each cell, and of those with each variable. Raises OutOfTime, TooLarge."""
    products: list[int] = []
    with_variable: list[list[int]] = [[] for _ in programme.diagram.problem.variables]
    for part in programme.slices(sum(step.width for step in programme.steps), 2):
        ways = endings(part)
        products += [int(each) for each in ways[0][0]]
        beginnings = np.ones((1, len(part.cells)), dtype=ways[0].dtype)
        for step, after in zip(part.steps, ways[1:], strict=True):
            part.limits.check_time()
            without, with_ = beginnings.copy(), beginnings * part.allowed[step.variable]
            _drop(part, step, without, with_)
            taken = (with_ * after[step.with_]).sum(axis=0)
            with_variable[step.variable] += [int(each) for each in taken]
            beginnings = _arrived(step, without, with_, len(after))
        if not part.steps:
            with_variable = [[*numbers, *[0] * len(part.cells)] for numbers in with_variable]
    return Counted(tuple(products), tuple(tuple(each) for each in with_variable))


def endings(programme: Programme) -> list[Array]:
    """For each layer from the root, the number of ways from its nodes to the end; the end's own 1 last.

    The last row of each is for edges that lead nowhere, and 0.
    """
    return _ways(programme, _type(programme), keep=True)[::-1]


def _ways(programme: Programme, dtype: Any, *, keep: bool) -> list[Array]:
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
    # Beyond 2**1024 floats are infinite, and infinite times none is no number: not below anything.
    with np.errstate(over="ignore", invalid="ignore"):
        about = _ways(programme, np.float64, keep=False)[-1][0]
    return np.int64 if bool((about < EXACT).all()) else object
