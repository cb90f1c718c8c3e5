"""What a check is: a code, a function that yields findings, and the page that its docstring is."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from cardkit.checks.checking import Checking
from cardkit.ground.finding import Code, Finding
from cardkit.ground.frozen import frozen

if TYPE_CHECKING:  # pages are for readers of the documentation: a run reads none
    from cardkit.checks.page import Page

Function = Callable[[Checking], Iterable[Finding]]


@frozen
class Check:
    """One check. Made by `@check(CODE)` above its function."""

    code: Code
    function: Function

    @cached_property
    def page(self) -> "Page":
        """The docstring, read as a page. Raises ValueError where it lacks a part."""
        from cardkit.checks.page import parse

        return parse(self.code, self.function.__doc__ or "")

    def __call__(self, checking: Checking) -> Iterable[Finding]:
        """The findings of one catalog on one day."""
        return self.function(checking)


def check(code: Code) -> Callable[[Function], Check]:
    """Make a function that yields findings the check of a code; its docstring is the check's page."""

    def make(function: Function) -> Check:
        return Check(code, function)

    return make
