"""Random commented documents: data of the shipped catalog, changed and written in every style of YAML.

Keys stand in any order; indentation, quotes, block texts, brackets, empty lines and comments vary. Each
comment is told from all others by its number: a lost one is noticed, whatever reads the text.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from cardkit.source.nodes import read
from cardkit.source.scalars import Ambiguous, plain_value
from tests.bars.mutation import ROOT

TEXTS = (
    "航空里程包",
    "a: b",
    "# no comment",
    "no # comment",
    "it's",
    'say "so"',
    "back\\slash",
    "45%",
    "2026-12-31",
    "010",
    "1e3",
    "yes",
    " led by a space",
    "ends in a space ",
    "全角　空格　",
    "two\nlines",
    "three\n\nlines\n",
    "  indented\nthen not\n",
    "ends\n\n\n",
    "",
    "long words that may be folded over several lines of a text because there are so many of them",
    "emoji 💳 and é",
    "{braces}",
    "[brackets], too",
    "- dash",
    "? mark",
    "*star",
    "0.10",
    "12.50",
    "a\tb",
)


@cache
def materials() -> tuple[Any, ...]:
    """The data of every shipped file."""
    found = []
    for file in sorted((ROOT / "catalog").rglob("*.yaml")):
        document, findings = read(file.name, file.read_bytes())
        if document is not None and not findings:
            found.append(document.data)
    return tuple(found)


def random_document(chance: Random) -> str:
    """One document; most, not all, are what the strict reader accepts."""
    data = _changed(chance, chance.choice(materials()), 0)
    writer = _Writer(chance)
    lines = list(writer.comments(0, 0.5))
    if chance.random() < 0.05:
        lines.append("---")
    lines += writer.mapping(data, chance.choice((0, 0, 0, 0, 2)))
    lines += writer.comments(chance.choice((0, 2, 4)), 0.2)
    text = "\n".join(lines) + chance.choice(("\n", "\n", "\n", "\n\n\n", ""))
    return text.replace("\n", "\r\n") if chance.random() < 0.05 else text


def _changed(chance: Random, data: Any, depth: int) -> Any:
    """The data with keys in another order, some left out or unknown, some values replaced."""
    if isinstance(data, dict):
        keys = list(data)
        if chance.random() < 0.6:
            chance.shuffle(keys)
        kept = [key for key in keys if key in ("kind", "mechanic", "rule") or chance.random() < 0.85]
        made = {key: _changed(chance, data[key], depth + 1) for key in kept}
        if chance.random() < 0.05:
            made[f"unknown-{chance.randrange(99)}"] = chance.choice(TEXTS)
        return made or {"only": 1}
    if isinstance(data, list):
        return [_changed(chance, value, depth + 1) for value in data if chance.random() < 0.9]
    if depth > 1 and chance.random() < 0.15:
        return chance.choice((*TEXTS, None, True, 0, 7, -3, Decimal("0.10"), Decimal("1.50")))
    return data


class _Writer:
    """Writes data as text, a new style for each value."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.number = 0

    def comment(self) -> str:
        """A comment that no other is like."""
        self.number += 1
        if self.chance.random() < 0.03:
            return f'# cardkit: ignore[CK603] reason="# c{self.number}c"'
        words = ("", " 注释", "# more", " key: value", " - item", " 'quote", ' "quote', " cardkit", "　")
        return f"# c{self.number}c{self.chance.choice(words)}"

    def comments(self, column: int, likely: float) -> Iterator[str]:
        """Comments and empty lines to stand above something at a column."""
        while self.chance.random() < likely:
            if self.chance.random() < 0.4:
                yield " " * self.chance.choice((0, 0, column))
            else:
                shift = self.chance.choice((0, 0, 0, 0, 1, 2, -2, 4))
                yield " " * max(0, column + shift) + self.comment()

    def beside(self) -> str:
        """What may stand behind a value on its line."""
        draw = self.chance.random()
        if draw < 0.1:
            return " " * self.chance.choice((1, 2, 5)) + self.comment()
        return " " * self.chance.choice((1, 3)) if draw < 0.15 else ""

    def mapping(self, data: dict[str, Any], column: int) -> Iterator[str]:
        """A block mapping."""
        for key, value in data.items():
            yield from self.comments(column, 0.12)
            head = " " * column + self.key(key) + ":"
            yield from self.value(head, value, column, in_list=False)

    def sequence(self, data: list[Any], column: int) -> Iterator[str]:
        """A block list."""
        gap = self.chance.choice((1, 1, 1, 3))
        for value in data:
            yield from self.comments(column, 0.08)
            head = " " * column + "-"
            inner = column + 1 + gap
            if isinstance(value, dict) and value and self.chance.random() < 0.6:
                lines = list(self.mapping(value, inner))
                if not lines[0].strip().startswith("#") and lines[0].strip():
                    lines[0] = head + " " * gap + lines[0][inner:]
                    yield from lines
                    continue
                yield head + self.beside()
                yield from lines
                continue
            yield from self.value(head, value, column, in_list=True)

    def value(self, head: str, value: Any, column: int, *, in_list: bool) -> Iterator[str]:
        """A key or dash with its value."""
        chance = self.chance
        if isinstance(value, dict | list) and value and chance.random() < 0.7:
            yield head + self.beside()
            least = 0 if isinstance(value, list) and not in_list else 1
            inner = column + chance.choice((2, 2, 2, 2, least, 3, 4))
            made = self.mapping(value, inner) if isinstance(value, dict) else self.sequence(value, inner)
            yield from made
            return
        gap = " " * chance.choice((1, 1, 1, 4))
        if isinstance(value, dict | list):
            flow = self.flow(value)
            if "\n" not in flow and chance.random() < 0.1:
                flow = flow.replace(", ", ",\n" + " " * (column + 4), 1)
            yield from (head + gap + flow + self.beside()).split("\n")
            return
        yield from self.scalar(head + gap, value, column)

    def scalar(self, head: str, value: Any, column: int) -> Iterator[str]:
        """A scalar behind its key or dash."""
        chance = self.chance
        if isinstance(value, str) and value and chance.random() < 0.25:
            lines = self.block_text(value, column)
            if lines is not None:
                yield head + lines[0] + (self.beside() if chance.random() < 0.5 else "")
                yield from lines[1:]
                return
        text = self.flow(value)
        words = text.split(" ")
        if isinstance(value, str) and len(words) > 4 and "\\" not in text and chance.random() < 0.5:
            at = chance.randrange(2, len(words) - 1)
            if words[at] and words[at - 1] and words[at][0] not in "#-?:":
                indent = " " * (column + chance.choice((1, 2, 6)))
                yield head + " ".join(words[:at]) + chance.choice(("", "", "  "))
                yield indent + " ".join(words[at:]) + self.beside()
                return
        if value is None and chance.random() < 0.5:
            yield head.rstrip(" ") + self.beside()
            return
        yield head + text + self.beside()

    def block_text(self, value: str, column: int) -> list[str] | None:
        """A block text that has exactly this value; None where there is none."""
        body = value.rstrip("\n")
        ends = len(value) - len(body)
        if not body or value[0] == "\n" or any(line.strip() == "" and line for line in body.split("\n")):
            return None
        chomp = "-" if not ends else "+" if ends > 1 else ""
        inner = column + self.chance.choice((1, 2, 2, 4))
        hint = str(inner - column) if value[0] == " " or self.chance.random() < 0.1 else ""
        lines = [" " * inner + line if line else "" for line in body.split("\n")]
        return ["|" + hint + chomp, *lines, *[""] * (ends - 1)]

    def key(self, key: str) -> str:
        """A key, perhaps in quotes."""
        return self.chance.choice((key,) * 9 + (f'"{key}"',))

    def flow(self, value: Any) -> str:
        """A value on one line, collections in brackets."""
        space = self.chance.choice(("", "", " "))
        if isinstance(value, dict):
            inner = ", ".join(f"{self.key(key)}: {self.flow(one)}" for key, one in value.items())
            return "{" + space + inner + space + "}"
        if isinstance(value, list):
            comma = self.chance.choice((", ", ", ", ",  ", " , "))
            return "[" + space + comma.join(self.flow(one) for one in value) + space + "]"
        if isinstance(value, bool):
            return "true" if value else "false"
        if value is None:
            return "null"
        return self.text(value) if isinstance(value, str) else str(value)

    def text(self, value: str) -> str:
        """A text in one of the styles that it may have on one line."""
        styles = [
            '"'
            + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
            + '"'
        ]
        if "\n" not in value:
            styles.append("'" + value.replace("'", "''") + "'")
            if _is_plain(value):
                styles += [value] * 4
        return self.chance.choice(styles)


def _is_plain(value: str) -> bool:
    try:
        same = plain_value(value) == value
    except Ambiguous:
        return False
    return (
        same
        and bool(value)
        and value == value.strip()
        and not set(value) & set("#:{}[],&*!|>'\"%@`?\t\\-=<~")
    )
