"""A small catalog to start from: files of the package, in one language, with dates of the day."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from cardkit.ground.text import Language
from cardkit.source.editor import SCHEMAS, editor_files, modeline
from cardkit.source.schema import schema_files

FOLDER = Path(__file__).parent.parent / "starter"
_SAID = re.compile(r"(?P<gap>[ ]*)#(?P<language>zh|en) (?P<text>.*?)(?=[ ]+#(?:zh|en) |\Z)")
_YEARS = 3
"""How long what the small catalog offers holds after this year."""


def starter_files(language: Language, today: date) -> dict[str, str]:
    """A new catalog's files by path: entities with comments in one language, schemas, editor settings."""
    found = dict(sorted(_entities(language, today)))
    found["README.md"] = (FOLDER / f"README.{language}.md").read_text(encoding="utf-8")
    found[".gitattributes"] = "# The same line breaks on every machine.\n*.yaml text eol=lf\n"
    for name, text in schema_files().items():
        found[f"{SCHEMAS}/{name}"] = text
    return found | editor_files()


def _entities(language: Language, today: date) -> Iterator[tuple[str, str]]:
    for path in FOLDER.rglob("*.yaml"):
        name = path.relative_to(FOLDER).as_posix()
        text = path.read_text(encoding="utf-8")
        lines = [line for each in text.split("\n") if (line := _in(language, each)) is not None]
        yield name, modeline(name) + _dated("\n".join(lines), today)


def _in(language: Language, line: str) -> str | None:
    """The line with its comment in one language; None where the whole line is in the other.

    A comment's mark, `#zh` or `#en`, becomes `#`; one in both stands as `#zh … #en …`.
    """
    found = list(_SAID.finditer(line))
    if not found:
        return line
    before = line[: found[0].start()]
    said = [f"{found[0]['gap']}# {each['text']}" for each in found if each["language"] == language]
    if not said:
        return before if before.strip() else None
    return before + said[0]


def _dated(text: str, today: date) -> str:
    """The days that the small catalog is valid: from this year's first to the last of a later one."""
    days = {
        "@FROM@": date(today.year, 1, 1),
        "@NEXT@": date(today.year + 1, 1, 1),
        "@UNTIL@": date(today.year + _YEARS, 12, 31),
    }
    for mark, day in days.items():
        text = text.replace(mark, day.isoformat())
    return text
