"""Which columns a width has room for, and how wide each is. Numbers are never narrower than they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from cardkit.render.cells import longest_word, width
from cardkit.render.table import Column

GAP = 2
"""Cells between two columns."""

NARROWEST_NAME = 8
NARROWEST_WRAPPED = 16
_NARROWEST_CHINESE_HEADING = 6
_BAR = 20
_NARROWEST_BAR = 8


@dataclass(frozen=True, slots=True)
class Measure:
    """One column's needs in cells: with its heading on one line, and at the least."""

    column: Column
    wanted: int
    least: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that fit, by position in the table, and their widths in cells."""

    shown: tuple[int, ...]
    widths: tuple[int, ...]


def measured(column: Column, heading: str, numbers: Sequence[str], texts: Sequence[str]) -> Measure:
    """What a column needs. Headings fold between words, names and other texts shrink, numbers never."""
    if column.kind == "bar":
        return Measure(column, max(_BAR, width(heading)), max(_NARROWEST_BAR, _folded(heading)))
    rigid, soft = (max(map(width, cells), default=0) for cells in (numbers, texts))
    floor = soft if column.whole else NARROWEST_WRAPPED if column.wrapped else NARROWEST_NAME
    least = max(rigid, min(soft, floor), _folded(heading) if column.numeric else min(width(heading), floor))
    return Measure(column, max(rigid, soft, width(heading)), least)


def _folded(heading: str) -> int:
    narrowest = longest_word(heading) if heading.isascii() else _NARROWEST_CHINESE_HEADING
    return min(width(heading), max(narrowest, longest_word(heading)))


def fitted(measures: Sequence[Measure], room: int) -> Layout | None:
    """The layout for so many cells, or None when rows must be stacked.

    Columns that may go leave in the order of their rank, the rightmost of a rank first, as long as the
    others don't fit with names at their full width; only then names shrink.
    """
    shown = list(range(len(measures)))
    leaving = sorted(
        (at for at in shown if measures[at].column.droppable),
        key=lambda at: (measures[at].column.droppable, -at),
    )
    while leaving and _total([_easy(measures[at]) for at in shown]) > room:
        shown.remove(leaving.pop(0))
    if _total([measures[at].least for at in shown]) > room:
        return None
    return Layout(tuple(shown), tuple(_shares([measures[at] for at in shown], room)))


def _easy(measure: Measure) -> int:
    """Cells that cost nothing of the content: numbers with a folded heading, names in full."""
    column = measure.column
    return measure.least if column.numeric or column.kind == "bar" or column.wrapped else measure.wanted


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _shares(measures: Sequence[Measure], room: int) -> list[int]:
    """The room dealt out: every column its least, then names, then headings and wrapped text."""
    widths = [measure.least for measure in measures]
    spare = room - _total(widths)
    for group in (lambda c: not c.numeric and not c.wrapped and c.kind != "bar", lambda _: True):
        wanting = [at for at, measure in enumerate(measures) if group(measure.column)]
        while spare and wanting:
            # The one that is furthest from its wish gets the next cell, so the widest shrink first.
            at = max(wanting, key=lambda at: measures[at].wanted - widths[at])
            if measures[at].wanted <= widths[at]:
                break
            widths[at] += 1
            spare -= 1
    return widths
