"""New figures in place of those that are off: what to write where, and what is left to mend by hand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cardkit.expectations.outcome import Outcome
from cardkit.ground.finding import Path
from cardkit.ground.money import to_yuan
from cardkit.ground.text import Text
from cardkit.source.expectations import ExpectationFile
from cardkit.source.new_numbers import with_numbers


@dataclass(frozen=True, slots=True)
class NewFigure:
    """One figure to write: what it is of, and where it stands."""

    expectation: Text
    what: Text
    path: Path
    before: Decimal | int
    after: Decimal


@dataclass(frozen=True, slots=True)
class NewText:
    """A file with new figures, and the figures."""

    file: ExpectationFile
    text: str
    figures: tuple[NewFigure, ...]


def new_texts(files: Iterable[ExpectationFile], outcomes: Sequence[Outcome]) -> Iterator[NewText]:
    """The files that change. Raises CardkitError where a figure can't be written without changing more."""
    for file in files:
        if file.document is None:
            continue
        figures = tuple(_figures(file, outcomes))
        if figures:
            numbers = {figure.path: figure.after for figure in figures}
            yield NewText(file, with_numbers(file.document, file.raw, numbers), figures)


def _figures(file: ExpectationFile, outcomes: Sequence[Outcome]) -> Iterator[NewFigure]:
    for outcome in outcomes:
        if outcome.site.file != file.file or file.document is None:
            continue
        for miss in outcome.misses:
            if miss.figure is not None:
                path = (*outcome.site.path[:2], *miss.path)
                before = file.document.data
                for step in path:
                    before = before[step]  # type: ignore[index]  # a path of the document's own
                name = outcome.expectation.name
                yield NewFigure(name, miss.what, path, before, to_yuan(miss.figure))  # type: ignore[arg-type]


def without_written(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """The outcomes as they are once the new figures are written."""
    return tuple(
        replace(outcome, misses=tuple(miss for miss in outcome.misses if miss.figure is None))
        for outcome in outcomes
    )
