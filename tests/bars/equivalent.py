"""Mutants of the pricing core that do the same as the code, so that no test can kill them, and why."""

from typing import NamedTuple


class Survivor(NamedTuple):
    """A mutant by file, function and fault; the same fault twice in a function stands here twice."""

    file: str
    function: str
    what: str


EQUIVALENT: tuple[Survivor, ...] = ()
