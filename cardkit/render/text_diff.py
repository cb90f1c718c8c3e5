"""Two texts of one file as a unified difference, harmless to print."""

from collections.abc import Iterator
from difflib import unified_diff

from cardkit.ground.safe import clean, disarm


def text_diff(file: str, before: str, after: str) -> str:
    """The lines that differ, with three around them, as `diff -u` shows them; empty where none does.

    Characters that hide or steer are written out, so the result is for reading and not for `patch`.
    """
    return "".join(f"{line}\n" for line in _lines(file, before, after))


def _lines(file: str, before: str, after: str) -> Iterator[str]:
    old, new = before.split("\n"), after.split("\n")
    for line in unified_diff(old, new, f"a/{file}", f"b/{file}", lineterm=""):
        yield disarm(clean(line))
