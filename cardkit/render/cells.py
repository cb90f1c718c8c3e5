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
    """The text over several lines of at most so many cells, at spaces where there are any."""
    lines, start = [], 0
    while start < len(text):
        line = head(text[start : start + cells], cells) or text[start]
        rest = start + len(line)
        if rest < len(text) and text[rest] != " " and (space := line.rfind(" ")) > 0:
            line = line[:space]
        elif rest < len(text) and text[rest] in _NEVER_FIRST and len(line) > 1:
            line = line[:-1]
        lines.append(line.rstrip())
        start += len(line)
        while start < len(text) and text[start] == " ":
            start += 1
    return lines or [""]


def longest_word(text: str) -> int:
    """Cells of the widest piece that a line break can't divide: a word, or one Chinese character."""
    return max((width(word) if word.isascii() else 2 for word in text.split()), default=0)
