"""A sheet on a terminal, forty cells wide or more; without colour it is plain text."""

import re
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text as Styled

from cardkit.ground.safe import disarm, one_line
from cardkit.ground.text import Language, Text
from cardkit.preview import labels
from cardkit.preview.instalments import example, headline
from cardkit.preview.sheet import Fact, FeeLine, InstalmentBox, RightLine, Section, Sheet, facts
from cardkit.render import terminal
from cardkit.render.cells import head, padded, width
from cardkit.render.glyphs import UNICODE, Glyphs
from cardkit.render.sheet_tables import tenor_table
from cardkit.render.table import Table
from cardkit.render.tones import BLUE, ORANGE, final

WIDEST = 100
"""Cells beyond which lines of prose are hard to read."""

_SIDE_BY_SIDE = 56
"""Cells from which labels stand in a column of their own."""

_IN_ASCII = str.maketrans({"“": '"', "”": '"', "×": "x", "·": "-", "’": "'"})
"""Signs of our own sentences, for a stream that has only ASCII."""

_NARROWEST_NAME = 12
_LABEL = {"zh": 8, "en": 11}
_PIECE = re.compile(
    r"CNY [\d,.]*\d%?[^\s\w]*"  # an amount stays whole, with the mark behind it
    r"|[(\[“]*[^\s\u2e80-\uffff]+(?: (?=[\u4e00-\u9fff]))?[，。、；：！？）》」』】”’％,.;:!?)\]]*"
    r"|[（《「『【]*[\u2e80-\uffff][，。、；：！？）》」』】”’％]*"
    r"|\s+|."
)


def render(sheet: Sheet, language: Language, *, columns: int, glyphs: Glyphs = UNICODE) -> Group:
    """The sheet for so many cells across. Its lines are final: print it without cropping."""
    room = min(max(columns, terminal.NARROWEST), WIDEST)
    return Group(*_Writer(language, room, glyphs).page(sheet))


class _Writer:
    def __init__(self, language: Language, room: int, glyphs: Glyphs) -> None:
        self.language = language
        self.room = room
        self.glyphs = glyphs

    def page(self, sheet: Sheet) -> Iterator[RenderableType]:
        """The whole sheet, top to bottom."""
        yield self.prose(sheet.issuer, "dim")
        yield self.prose(sheet.title, f"bold {BLUE}")
        yield from self.marks(sheet)
        yield from self.facts(sheet.facts, 0)
        for section in sheet.sections:
            yield from self.section(section)
        if sheet.overlaps:
            yield from self.heading(labels.OVERLAPS)
            for overlap in sheet.overlaps:
                names = " + ".join(name.to(self.language) for name in overlap.rights)
                yield self.prose(names, "bold")
                yield self.prose(overlap.reason, indent=2)
                if overlap.cap is not None:
                    yield from self.facts((Fact(labels.TOGETHER, overlap.cap),), 2)
        yield from self.heading(labels.FEES)
        yield from self.fees(sheet.fees)
        if sheet.instalments:
            yield from self.heading(labels.INSTALMENTS)
            for box in sheet.instalments:
                yield from self.box(box)
        yield from self.heading(labels.NOTICES)
        for notice in sheet.notices:
            yield self.prose(notice, mark=self.glyphs.bullet)
        version = sheet.version
        stamp = f"{version.catalog} {version.short_hash} {version.as_of.isoformat()}"
        yield final("")
        yield self.prose(labels.VERSION + Text(f"：{stamp}", f": {stamp}"), "dim")

    def marks(self, sheet: Sheet) -> Iterator[RenderableType]:
        """What nobody may overlook: changed values, and that it may not be sold."""
        if sheet.version.assumed is not None:
            yield self.prose(sheet.version.assumed, f"bold {ORANGE}", mark=self.glyphs.warning)
        if not sheet.sellable:
            yield self.prose(labels.NOT_FOR_SALE, f"bold {ORANGE}", mark=self.glyphs.warning)
            for reason in sheet.reasons:
                yield self.prose(reason, ORANGE, indent=2, mark=self.glyphs.bullet)

    def section(self, section: Section) -> Iterator[RenderableType]:
        """What one card, module, tier or campaign grants."""
        yield from self.heading(section.label, section.name)
        if section.about is not None:
            yield self.prose(section.about)
        yield from self.facts(section.facts, 0)
        for right in section.rights:
            yield final("")
            yield from self.right(right)

    def right(self, right: RightLine) -> Iterator[RenderableType]:
        """One right: its name, its promise, and whatever limits it, beside it."""
        yield self.prose(right.name, "bold", mark=self.glyphs.bullet)
        if right.highest_rate is not None:
            rate = labels.HIGHEST_RATE + Text(" ", " ") + right.highest_rate
            yield self.prose(rate, f"bold {ORANGE}", indent=2)
        yield self.prose(right.promise, indent=2)
        yield from self.facts(facts(right), 2)

    def fees(self, lines: tuple[FeeLine, ...]) -> Iterator[RenderableType]:
        """A bill: names and amounts in two columns, what waives or changes an amount under its name."""
        names = [self.safe(line.name) for line in lines]
        amounts = [self.safe(line.amount) for line in lines]
        right = max(map(width, amounts))
        widest = max(map(width, names))
        left = min(widest, self.room - 2 - right)
        for line, name, amount in zip(lines, names, amounts, strict=True):
            style = "bold" if line.kind == "total" else ""
            if line.kind == "total":
                yield final(self.rule(left + 2 + right), "dim")
            if left < min(widest, _NARROWEST_NAME):
                yield self.prose(name, style)
                yield self.prose(amount, style, indent=2)
            else:
                first, *rest = wrapped(name, left)
                yield final(padded(first, left) + "  " + padded(amount, right, right=True), style)
                yield from (final(part, style) for part in rest)
            if line.kind == "total":
                yield final(self.rule(left + 2 + right), "dim")
            for note in line.notes:
                yield self.prose(note, "dim", indent=2)

    def box(self, box: InstalmentBox) -> Iterator[RenderableType]:
        """One instalment plan: the highest annual rate first, as strong as anything on the page."""
        yield self.prose(box.name, mark=self.glyphs.bullet)
        yield self.prose(headline(box), f"bold {ORANGE}", indent=2)
        parts = [box.amounts] if box.timing is None else [box.amounts, box.timing]
        for part in parts:
            yield self.prose(part, indent=2)
        yield self.table(tenor_table(box))
        if box.timing is not None:
            yield self.prose(example(box), "dim")

    def table(self, table: Table) -> RenderableType:
        """A table in the page's own width."""
        return terminal.render(table, self.language, columns=self.room, glyphs=self.glyphs)

    def heading(self, label: Text, name: Text | None = None) -> Iterator[RenderableType]:
        """A part's title between two rules."""
        yield final("")
        text = label if name is None else name + Text(f"（{label.zh}）", f" ({label.en})")
        yield self.prose(text, f"bold {BLUE}")
        yield final(self.rule(self.room), "dim")

    def rule(self, cells: int) -> str:
        """A line across so many cells; of some encodings' widths it takes two."""
        return self.glyphs.line * (cells // width(self.glyphs.line))

    def facts(self, shown: tuple[Fact, ...], indent: int) -> Iterator[RenderableType]:
        """Labelled lines: the labels in a column where there is room, before the text where there isn't."""
        for fact in shown:
            label, text = (self.safe(part) for part in (fact.label, fact.text))
            style = f"bold {ORANGE}" if fact.prominent else ""
            if self.room < _SIDE_BY_SIDE:
                mark = f"{label}：" if self.language == "zh" else f"{label}: "
                lines = wrapped(mark + text, self.room - indent - 2)
                begin, first = " " * indent, lines[0].removeprefix(mark.rstrip())
                line = final(begin).append(mark.rstrip(), "dim").append(first, style)
                rest = "".join(f"\n{begin}  {line}" for line in lines[1:])
                yield line.append(rest, style)
                continue
            cells = max(_LABEL[self.language], width(label)) + 2
            lines = wrapped(text, self.room - indent - cells)
            begin = "\n" + " " * (indent + cells)
            yield (final(" " * indent).append(padded(label, cells), "dim").append(begin.join(lines), style))

    def prose(self, text: Text | str, style: str = "", *, indent: int = 0, mark: str = "") -> Styled:
        """A paragraph; its later lines stand under the first, behind the mark."""
        mark = f"{mark} " if mark else ""
        inner = indent + width(mark)
        lines = wrapped(self.safe(text), self.room - inner)
        return final(" " * indent + mark + ("\n" + " " * inner).join(lines), style)

    def safe(self, text: Text | str) -> str:
        """Text of a catalog, on one line, harmless, in signs that the stream has."""
        plain = text if isinstance(text, str) else text.to(self.language)
        shown = disarm(one_line(plain), anywhere=True).replace("−", self.glyphs.minus)
        return shown.translate(_IN_ASCII) if self.glyphs.line.isascii() else shown


def wrapped(text: str, cells: int) -> list[str]:
    """The text over lines of at most so many cells: between Chinese characters, else at spaces."""
    lines, line = [], ""
    for piece in _PIECE.findall(text):
        if line and width(line + piece.rstrip()) > cells:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
        while width(line.rstrip()) > cells:  # a word longer than a line
            part = head(line, cells) or line[0]
            lines.append(part)
            line = line[len(part) :]
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines
