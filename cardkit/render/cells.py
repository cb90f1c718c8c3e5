"""Text measured in terminal cells: a Chinese character takes two."""

from rich.cells import cell_len

from cardkit.render.glyphs import UNICODE, Glyphs

_NEVER_FIRST = "，。、；：！？）》」』】”’％"
"""Marks that don't begin a line in Chinese."""


def width(text: str) -> int:
    """How many cells a text takes."""
    return cell_len(text)


def head(text: str, cells: int) -> str:
    """A beginning of the text that takes at most so many cells, and as many as it can."""
    end = min(len(text), max(cells, 0))
    while (over := width(text[:end]) - cells) > 0 < end:
        # No character takes more than two cells, so this never goes back further than needed.
        end -= max(1, over // 2)
    return text[:end]


def tail(text: str, cells: int) -> str:
    """An end of the text that takes at most so many cells, and as many as it can."""
    return head(text[::-1], cells)[::-1]


def cut(text: str, cells: int, glyphs: Glyphs = UNICODE) -> str:
    """The text, or its beginning and an ellipsis, in at most so many cells."""
    if width(text) <= cells:
        return text
    return head(text, cells - width(glyphs.ellipsis)).rstrip() + glyphs.ellipsis


def padded(text: str, cells: int, *, right: bool = False) -> str:
    """The text with spaces up to so many cells; `right` puts them before it."""
    spaces = " " * max(0, cells - width(text))
    return spaces + text if right else text + spaces


def folded(text: str, cells: int) -> list[str]:
    """The text over several lines of at most so many cells; words and ids stay whole where they can."""
    lines, start = [], 0
    while start < len(text):
        line = head(text[start : start + cells], cells) or text[start]
        rest = start + len(line)
        end = len(line)
        while end > 0 and rest < len(text) and not _may_break(text, start + end):
            end -= 1
        line = line[: end or len(line)]
        lines.append(line.rstrip())
        start += len(line)
        while start < len(text) and text[start] == " ":
            start += 1
    return lines or [""]


def _may_break(text: str, at: int) -> bool:
    """Whether a line may end before a character: at a space or `+`, or beside a Chinese one."""
    before, after = text[at - 1], text[at]
    if after in _NEVER_FIRST:
        return False
    return after in " +" or before == " " or not (before.isascii() and after.isascii())


def longest_word(text: str) -> int:
    """Cells of the widest piece that a line break can't divide: a word, or one Chinese character."""
    return max((width(word) if word.isascii() else 2 for word in text.split()), default=0)
