"""The figures that move a contribution most: each is made a tenth more and a tenth less, and priced anew."""

from dataclasses import dataclass, replace
from fractions import Fraction

from cardkit.ground.errors import CardkitError
from cardkit.ground.money import Fen
from cardkit.ground.text import Text
from cardkit.pricing.candidates import Candidate, candidates
from cardkit.pricing.what_if import WhatIf

MOST = 5
"""Assumptions that are reported."""

_SCREENED = 8
"""Of so many, those that matter most when they are a tenth less, a tenth more is priced too."""

STEEPEST = 3
"""A line's amount is at least so many times what a tenth of one figure can move it by."""


@dataclass(frozen=True, slots=True)
class Change:
    """One direction: what was set, and what that does to the contribution."""

    set: str
    contribution_change: Fen


@dataclass(frozen=True, slots=True)
class Assumption:
    """A figure, or those of all categories together, and what a tenth less and a tenth more of it do."""

    path: str
    """As `--set` takes it, with `*` for all categories."""
    title: Text
    value: Fraction | None
    """Its present value; None for several that differ."""
    unit: str
    """`number` or `rate`."""
    source: str
    """Where it comes from and how sure it is, as the catalog says."""
    less: Change | None
    more: Change | None
    """None where a tenth more, or the most that the figure may be, can't be set."""

    @property
    def weight(self) -> int:
        """The larger of the two effects, in fen."""
        return max((abs(each.contribution_change) for each in (self.less, self.more) if each), default=0)


def assumptions(what_if: WhatIf, most: int = MOST) -> tuple[Assumption, ...]:
    """The assumptions with the largest effects, the largest first; those without any are left out.

    A tenth of one figure is taken to move a line by no more than a third of it, so that figures which only
    small lines read need no pricing.
    """
    read = sorted(candidates(what_if), key=lambda each: (-each.reach, each.path))
    found: list[Assumption] = []
    for each in read:
        weights = sorted((one.weight for one in found), reverse=True)
        if len(weights) < _SCREENED or each.reach > STEEPEST * weights[_SCREENED - 1]:
            found.append(_assumption(each, _changed(what_if, each.path, each.unit, "0.9")))
    found.sort(key=lambda one: (-one.weight, one.path))
    both = [
        replace(one, more=_changed(what_if, one.path, one.unit, "1.1"))
        for one in found[:_SCREENED]
        if one.weight
    ]
    both.sort(key=lambda one: (-one.weight, one.path))
    return tuple(both[:most])


def _changed(what_if: WhatIf, path: str, unit: str, factor: str) -> Change | None:
    """The effect of a factor, or of 100 % where a rate can't be a tenth more. None where neither can be."""
    tries = [f"{path}=*{factor}"]
    if unit == "rate" and factor > "1":
        tries.append(f"{path}=100%")
    for change in tries:
        try:
            after = what_if.contribution((change,))
        except CardkitError:
            continue  # a count that would no longer be whole, a rate above 100 %
        return Change(change, Fen(after - what_if.contribution()))
    return None


def _assumption(candidate: Candidate, less: Change | None) -> Assumption:
    return Assumption(
        candidate.path, candidate.title, candidate.value, candidate.unit, candidate.source, less, None
    )
