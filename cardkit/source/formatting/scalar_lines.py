"""Which lines a scalar takes, and how they are moved to the left or right without changing its value."""

import re
from typing import Any

_HEADER = re.compile(r"[|>]([-+0-9]*)")


def last_line(text: str, lines: list[str], event: Any) -> int:
    """The last line, from 0, of a scalar's text.

    Below a block text (`|` or `>`) empty lines are its own only where `+` keeps them, or where they hold
    more spaces than its indentation.
    """
    start, end = event.start_mark, event.end_mark
    if event.style not in ("|", ">"):
        return int(end.line)
    header = _HEADER.match(text, start.index)
    last = int(end.line) if end.column else int(end.line) - 1
    if header is None or "+" in header[1]:
        return max(last, int(start.line))
    inside = block_indentation(lines, start.line + 1, last)
    while last > start.line and not lines[last].strip(" ") and len(lines[last]) <= inside:
        last -= 1
    return last


def block_indentation(lines: list[str], first: int, last: int) -> int:
    """How far in a block text's first line that isn't empty begins; 0 where there is none."""
    for number in range(first, last + 1):
        line = lines[number]
        if line.strip(" "):
            return len(line) - len(line.lstrip(" "))
    return 0


def moved(lines: list[str], by: int, *, is_block_text: bool) -> list[str]:
    """The lines below a leaf's first, `by` columns further in (negative: further out).

    Lines of spaces in a block text are empty unless they hold more than its indentation: moving must not
    make content of them.
    """
    if not by:
        return list(lines)
    inside = block_indentation(lines, 0, len(lines) - 1) if is_block_text else 0
    found = []
    for line in lines:
        content = line.lstrip(" ")
        spaces = len(line) - len(content)
        if not content and spaces <= inside:
            found.append("")
        else:
            found.append(" " * max(0, spaces + by) + content)
    return found
