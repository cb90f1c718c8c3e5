"""Runs expectations in the order of their files; one that can't be answered has failed, and says why."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from cardkit.expectations.amounts import priced
from cardkit.expectations.outcome import Miss, Outcome
from cardkit.expectations.policies import held
from cardkit.expectations.sale import not_sold, sold
from cardkit.expectations.words import worded
from cardkit.expectations.world import World
from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Text
from cardkit.model.expectation import Expectation
from cardkit.source.expectations import ExpectationFile

Answer = Callable[[World, Any, date], Iterable[Miss]]

ANSWERS: dict[str, Answer] = {
    "sold": sold,
    "not-sold": not_sold,
    "price": priced,
    "sheet": worded,
    "policy": held,
}
"""Who holds which kind of expectation against the catalog, by the word under `expect`."""

_ANSWER = Text("结果", "answer")


def run(
    world: World, files: Iterable[ExpectationFile], as_of: date, wanted: Callable[[Expectation], bool]
) -> Iterator[Outcome]:
    """The outcome of each expectation that is wanted, of the files that have no faults.

    A date of its own, or of its file, goes before `as_of`.
    """
    for file in files:
        if file.made is None or file.document is None:
            continue
        for index, expectation in enumerate(file.made.expectations):
            if wanted(expectation):
                day = expectation.as_of or file.made.as_of or as_of
                misses = tuple(_answered(world, expectation, day))
                path = ("expectations", index, *(misses[0].path if misses else ("name",)))
                yield Outcome(expectation, file.document.site(path), day, misses)


def _answered(world: World, expectation: Expectation, as_of: date) -> Iterator[Miss]:
    try:
        yield from ANSWERS[expectation.expect](world, expectation, as_of)
    except CardkitError as error:
        hint = error.hint or Text("", "")
        yield Miss(_ANSWER, Text("能回答", "there is one"), error.message, hint, _blamed(expectation))


def _blamed(expectation: Expectation) -> tuple[str]:
    return ("policy",) if expectation.expect == "policy" else ("product",)
