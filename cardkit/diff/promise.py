"""What a broken promise is, and how a check of CK8 is declared: as every check, but about two catalogs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cardkit.diff.affected import Affected
from cardkit.diff.change import Change, Kind
from cardkit.diff.sides import Sides
from cardkit.ground.finding import Code, Finding
from cardkit.ground.frozen import frozen
from cardkit.ground.text import Text
from cardkit.model.waiver import Waiver

if TYPE_CHECKING:  # pages are for readers of the documentation: a run reads none
    from cardkit.checks.page import Page

PromiseChange = Change[Text, Affected]
"""Of a promise; the impact is who had it."""


@dataclass(frozen=True, slots=True)
class BrokenPromise:
    """A finding about a change, the change itself, and the waiver that approves it."""

    finding: Finding
    change: PromiseChange
    waiver: Waiver | None = None


Function = Callable[[Sides], Iterable[BrokenPromise]]


@frozen
class PromiseCheck:
    """One check of a change. Made by `@promise(CODE, KIND)` above its function."""

    code: Code
    kind: Kind
    function: Function

    @cached_property
    def page(self) -> "Page":
        """The docstring, read as a page. Raises ValueError where it lacks a part."""
        from cardkit.checks.page import parse

        return parse(self.code, self.function.__doc__ or "")

    def __call__(self, sides: Sides) -> Iterable[BrokenPromise]:
        """The promises of its kind that a change breaks."""
        return self.function(sides)


def promise(code: Code, kind: Kind) -> Callable[[Function], PromiseCheck]:
    """Make a function the check of a code; its docstring is the check's page."""

    def make(function: Function) -> PromiseCheck:
        return PromiseCheck(code, kind, function)

    return make
