"""Tables as GitHub-flavoured markdown, for pull requests: catalog text is never markup.

Comments there hold 65,536 characters, so what is longer ends at a row and says how much is missing.
"""

import re

from cardkit.ground.safe import one_line
from cardkit.ground.text import Language, Text
from cardkit.render.glyphs import UNICODE, Glyphs
from cardkit.render.numbers import cell_text
from cardkit.render.table import Row, Table, Unit

LIMIT = 60_000
"""Characters of one document, the line about missing rows included."""

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
# An entity doesn't keep `@` from calling a person or `#` from linking an issue: review sites look for them in
# the text as it is shown. An empty comment between the mark and the name does.
_CALL = re.compile(r"(?<=@)(?=[A-Za-z0-9_.-])|(?<=[#!&])(?=[0-9])")
_NOTHING = "<!-- -->"
_TITLE_CHARACTERS = 300
_NOTES_CHARACTERS = 10_000


def escape(text: str) -> str:
    """The text on one line, with each ASCII punctuation mark as an entity: it shows as it is, anywhere.

    `@name` and `#12` call nobody and link nothing.
    """
    parts = _CALL.split(one_line(text))
    return _NOTHING.join(_PUNCTUATION.sub(lambda match: f"&#{ord(match[0])};", part) for part in parts)


def render(
    table: Table,
    language: Language,
    *,
    unit: Unit = "yuan",
    glyphs: Glyphs = UNICODE,
    limit: int = LIMIT,
) -> str:
    """The table with its title and notes, at most `limit` characters."""
    shown = tuple(table.lasting())
    columns = [table.columns[at] for at in shown]
    head = [] if table.title is None else [f"**{escape(table.title.to(language)[:_TITLE_CHARACTERS])}**", ""]
    head.append(_line([escape(column.heading(unit).to(language)) for column in columns]))
    head.append(_line(["---:" if column.numeric else "---" for column in columns]))
    tail = _notes(table, language)
    room = limit - _length(head) - _length(tail) - _length(_missing(len(table.rows), language))
    body: list[str] = []
    for row in table.rows:
        words = [
            escape(value.to(language) if isinstance(value, Text) else value).strip()
            if isinstance(value, Text | str)
            else cell_text(value, column, language, unit=unit, glyphs=glyphs)
            for value, column in ((row.cells[at], table.columns[at]) for at in shown)
        ]
        line = _line([_emphasised(text, row) for text in words])
        room -= len(line) + 1
        if room < 0:
            break
        body.append(line)
    missing = len(table.rows) - len(body)
    return "\n".join([*head, *body, *tail, *(_missing(missing, language) if missing else [])]) + "\n"


def _emphasised(text: str, row: Row) -> str:
    return f"**{text}**" if text and row.emphasis in ("total", "highlight") else text


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _length(lines: list[str]) -> int:
    return sum(len(line) + 1 for line in lines)


def _notes(table: Table, language: Language) -> list[str]:
    lines: list[str] = []
    for note in table.notes:
        lines += ["", escape(note.to(language))]
        if _length(lines) > _NOTES_CHARACTERS:
            return [*lines[:-2], "", "…"]
    return lines


def _missing(rows: int, language: Language) -> list[str]:
    return ["", Text(f"另有 {rows} 行未列出。", f"{rows} more rows are left out.").to(language)]
