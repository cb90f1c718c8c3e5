"""The lines of a source around a finding, and marks that stand right under Chinese text."""

from collections.abc import Sequence

from cardkit.ground.finding import Span
from cardkit.ground.frozen import frozen
from cardkit.ground.safe import LOGGING_COMMAND, clean
from cardkit.render.cells import cut, tail, width
from cardkit.render.glyphs import Glyphs

_NARROWEST = 16


@frozen
class Excerpt:
    """Numbered lines (`  12 | name: 航空`), the last of them the one in question, and the marks under it."""

    lines: tuple[str, ...]
    marks: str


def excerpt(source: Sequence[str], span: Span, columns: int, glyphs: Glyphs) -> Excerpt | None:
    """The span's first line, cut around the span to so many cells, and the line before it.

    `source` is the file's lines. None when it has no such line: the file may have changed meanwhile.
    """
    if not 1 <= span.line <= len(source):
        return None
    digits = len(str(span.line))
    room = max(_NARROWEST, columns - digits - 5)
    shown, before, marked = _cut_around(source[span.line - 1], span, room, glyphs)
    lines = [f"  {span.line} | {shown}"]
    if span.line > 1:
        above = cut(LOGGING_COMMAND.sub(" ", clean(source[span.line - 2][: room + 1])), room, glyphs)
        lines.insert(0, f"  {span.line - 1:>{digits}} | {above}")
    marks = f"  {' ' * digits} | {' ' * before}{'^' * max(1, marked)}"
    return Excerpt(tuple(line.rstrip() for line in lines), marks)


def _cut_around(line: str, span: Span, room: int, glyphs: Glyphs) -> tuple[str, int, int]:
    """The line in at most `room` cells, the cells before the marked stretch, and the marked cells."""
    line = line.rstrip("\r")
    start = min(max(span.column - 1, 0), len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    end = min(max(start, end), len(line))
    # A line may hold a megabyte: what is left out here is beyond the room, each character of it. Runner
    # commands are broken before the line falls into parts, without moving anything.
    first = max(0, start - room - 1)
    line = LOGGING_COMMAND.sub(" ", line[first : start + 2 * (room + 1)])
    start, end = start - first, end - first
    before, marked, after = clean(line[:start]), clean(line[start:end]), clean(line[end:])
    if width(before) + width(marked) + width(after) > room:
        marked = cut(marked, room // 2, glyphs)
        left = max(room // 3, room - width(marked) - width(after))
        if width(before) > left:
            before = glyphs.ellipsis + tail(before, left - width(glyphs.ellipsis))
        after = cut(after, max(0, room - width(before) - width(marked)), glyphs)
    return before + marked + after, width(before), width(marked)
