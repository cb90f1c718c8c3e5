"""A difference as one comment under a pull request: the verdict, what must be decided, the rest folded.

At most 60,000 characters. What is too long is cut at rows, the details first; broken promises are never cut:
where even they have no room, each is told in one short line.
"""

from dataclasses import replace

from cardkit.diff.difference import Difference
from cardkit.ground.text import Language, Text
from cardkit.render import diff_tables, markdown
from cardkit.render import diff_words as words
from cardkit.render.diff_tables import Told
from cardkit.render.glyphs import UNICODE
from cardkit.render.table import Table

LIMIT = markdown.LIMIT
_HEAD_ROOM = 1_500
"""Kept for the marks around the parts."""
_LEAST_ROOM = 600
"""A part that gets less than this is only named."""
_OPEN_ROWS = 12
"""Longer tables of money are folded too."""

_TOO_LONG = Text("（太长，略去：见 cardkit diff）", "(left out, too long: see cardkit diff)")


def render(found: Difference, language: Language, about: Text) -> str:
    """The comment; `about` says which catalogs were compared."""
    head = [
        f"### {_title(found).to(language)}",
        "",
        f"**{markdown.escape(words.verdict(found, UNICODE).to(language))}**",
        "",
    ]
    tail = ["", f"<sub>{markdown.escape(about.to(language))}</sub>", ""]
    room = LIMIT - sum(len(line) + 1 for line in (*head, *tail)) - _HEAD_ROOM
    parts: list[str] = []
    if found.promises or found.faults:
        shown = _promises(found, language, room)
        parts.append(shown)
        room -= len(shown)
    for table, folded in _others(found):
        if room < _LEAST_ROOM:
            parts.append(f"**{_escaped(table.title, language)}** {_TOO_LONG.to(language)}\n")
            room -= len(parts[-1])
            continue
        # The wording of new pages may be long, and the fields after it matter too.
        part = _part(table, language, min(room, LIMIT // 3), folded=folded)
        parts.append(part)
        room -= len(part)
    return "\n".join([*head, *parts, *tail])


def _title(found: Difference) -> Text:
    failing = bool(found.broken or found.losses or found.unsellable)
    if found.is_empty:
        return Text("产品目录没有变化", "The catalog is unchanged")
    return (
        Text("⚠ 产品目录的变化，需要决定", "⚠ What this change does to the catalog: please decide")
        if failing
        else Text("产品目录的变化", "What this change does to the catalog")
    )


def _others(found: Difference) -> list[tuple[Table, bool]]:
    made = [
        (diff_tables.money(found), len(found.offers.changes) > _OPEN_ROWS),
        (diff_tables.touched(found), len(found.touched.changes) > _OPEN_ROWS),
        (diff_tables.edges(found), True),
        (diff_tables.counts(found), len(found.assortment.cells) > _OPEN_ROWS),
        (diff_tables.examples(found), True),
        (diff_tables.wording(found), True),
        (diff_tables.fields(found), True),
    ]
    return [(table, folded) for table, folded in made if table is not None]


def _part(table: Table, language: Language, room: int, *, folded: bool) -> str:
    if not folded:
        return markdown.render(table, language, limit=room)
    title = _escaped(table.title, language)
    summary = f"<details><summary><b>{title}</b> ({len(table.rows)})</summary>\n\n"
    body = markdown.render(replace(table, title=None), language, limit=room - len(summary) - 14)
    return f"{summary}{body}\n</details>\n"


def _promises(found: Difference, language: Language, room: int) -> str:
    """Every broken promise: with all that is known, or shorter where there are many, but never cut."""
    every = diff_tables.told(found)
    for depth in (3, 2, 1):
        whole = _heading(language) + "".join(_promise(each, language, depth) for each in every)
        if len(whole) <= room:
            return whole
    return _heading(language) + _shortest(every, room - 200)


def _heading(language: Language) -> str:
    return f"#### {_escaped(diff_tables.PROMISES, language)}\n\n"


def _promise(each: Told, language: Language, depth: int) -> str:
    """A promise as an item of a list: its message; who had it; what would be lawful."""
    waived = f"~~`{each.check}`~~" if each.waived.en else f"**`{each.check}`**"
    lines = [f"- {waived} {_escaped(each.message, language)} <sub>{markdown.escape(each.place)}</sub>"]
    way = (diff_tables.WAIVED, each.waived) if each.waived.en else (diff_tables.LAWFUL, each.lawful)
    for label, said in ((diff_tables.WHO, each.who), way)[: depth - 1]:
        if said.en:
            lines.append(f"  - {_escaped(label, language)}: {_escaped(said, language)}")
    return "\n".join(lines) + "\n"


def _shortest(every: tuple[Told, ...], room: int) -> str:
    """One line for each promise, all lines as long as there is room for."""
    each = max(room // max(len(every), 1), 12)
    lines = []
    for one in every:
        text = f"{one.place} {one.check}"
        line = f"- {markdown.escape(text)}"
        while len(line) >= each and text:
            text = text[: max(len(text) * each // (len(line) + 4) - 1, 0)]
            line = f"- {markdown.escape(text)}…"
        lines.append(line)
    return "\n".join(lines) + "\n"


def _escaped(text: Text | None, language: Language) -> str:
    return "" if text is None else markdown.escape(text.to(language))
