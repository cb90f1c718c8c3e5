"""20,000 hostile strings through every renderer: structure intact, no runner command, no control character.

Twenty strings at a time stand in a table, in findings and in a customer's sheet; every format is then read
back and compared with the same thing made of harmless strings. `python -m tests.bars.renderers [--quick]`
"""

import csv
import io
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from html.parser import HTMLParser
from itertools import cycle
from random import Random
from typing import Any

from rich.console import Console, RenderableType
from rich.text import Text as Styled

from cardkit.ground.finding import Code, Finding, Related, Site, Span
from cardkit.ground.text import Language, Text, same
from cardkit.model.expression import parse
from cardkit.preview.project import sheet_of
from cardkit.preview.sheet import Fact, Sheet, Version
from cardkit.render import (
    delimited,
    markdown,
    sheet_html,
    sheet_json,
    sheet_markdown,
    sheet_terminal,
    terminal,
)
from cardkit.render.data_json import Stamp, dumps
from cardkit.render.findings.registry import FORMATS
from cardkit.render.findings.report import Report
from cardkit.render.table import Column, Row, Table
from cardkit.render.table_json import table_objects
from cardkit.source.load import load
from tests.bars.mutation import ROOT
from tests.bars.outcome import finish, quick
from tests.render.finding_structure import structure_faults

AT_ONCE = 20
AS_OF = date(2026, 11, 22)
PRODUCT = "city-roots@new-resident"
PIECES = (
    "::error::x", "::stop-commands::y", ":", "::", "##[error]", "##[group]",
    "##vso[task.setvariable variable=x]y", "#", "[/foo]", "[link=https://example.com]x[/link]", "[gold]",
    "[", "]", "\x1b[31m", "\x1b]8;;http://example.com\x07", "\x9b31m", "\x07", "\x00", "\x7f", "\u202e",
    "\u2066", "\u200b", "\ufeff", "\u2028", "\u2029", "\x85", "\r", "\n", "\t", "\U000e0041", "\ud800",
    "\uffff", "|", "`", "```", "*", "_", "~~", "<", ">", "&", "&lt;", "&#124;", "<script>alert(1)",
    "</script>", "</style>", "<!--", "-->", "<img src=x onerror=alert(1)>", '"', "'", "javascript:alert(1)",
    "![x](y)", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", ",", ";", "{{ x }}", "{% raw %}", "%s",
    "{0}", "$HOME", "\\", "\\n", "航空里程包", "e\u0301", "\u0e33", "👩\u200d👧", "a" * 90, " ", "  ", "x",
    "ordinary words", "0", "CNY 1,234.50",
)  # fmt: skip


def strings(chance: Random, number: int) -> list[str]:
    """Strings of dangerous pieces and of any characters at all."""
    made = []
    for _ in range(number):
        parts = [
            chance.choice(PIECES)
            if chance.random() < 0.8
            else chr(chance.choice((chance.randrange(0x3000), 0x1F300)))
            for _ in range(chance.randint(1, 6))
        ]
        made.append("".join(parts))
    return made


def harmful(output: str, allowed: str = "\n") -> Iterator[str]:
    """Control, format and separator characters, and what a runner obeys."""
    for character in set(output) - set(allowed):
        if (
            unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
            or character in "\u200b\u202e\u2066\ufeff"
        ):
            yield f"the character {character!a}"
    if re.search(r"##[A-Za-z]*\[", output):
        yield "a command ##["
    if any(line.lstrip().startswith("::") for line in output.split("\n")):
        yield "a command ::"


def table_of(texts: Sequence[str]) -> Table:
    """Every string as a cell, wrapped and not, and in the title and the notes."""
    columns = (
        Column("name", same("name")),
        Column("why", same("why"), wrapped=True),
        Column("amount", same("amount"), "amount", same("CNY"), signed=True),
    )
    rows = tuple(Row((text, same(text), -1240)) for text in texts)
    return Table(same(texts[0]), columns, rows, (same(texts[-1]),))


def findings_of(texts: Sequence[str]) -> tuple[Finding, ...]:
    """Every string as file, path, message, hint, entity and related place."""
    return tuple(
        Finding(Code("CK203", "unknown-id"), site, same(text), same(text), text, (Related(site, same(text)),))
        for text in texts
        for site in [Site(text, Span(2, 3, 2, 5), (text,))]
    )


def filled(value: Any, texts: Iterator[str]) -> Any:
    """A sheet whose every text is another string, but for the labels, which are cardkit's own."""
    if isinstance(value, Text):
        return Text(next(texts), next(texts))
    if isinstance(value, tuple):
        return tuple(filled(each, texts) for each in value)
    if is_dataclass(value) and not isinstance(value, type | Version):
        own = [each.name for each in fields(value) if (type(value), each.name) != (Fact, "label")]
        return replace(value, **{name: filled(getattr(value, name), texts) for name in own})
    return value


class Tags(HTMLParser):
    """The tags of a page with the names of their attributes: what text must not be able to change."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[object] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, [name for name, _ in attrs]))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(tag)

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", data))


def printed(renderable: RenderableType) -> str:
    """A renderable as a console writes it."""
    out = io.StringIO()
    console = Console(file=out, width=20, force_terminal=False, markup=False, emoji=False, highlight=False)
    console.print(renderable, end="", crop=False)
    return out.getvalue()


def table_faults(texts: Sequence[str]) -> Iterator[str]:
    """What is wrong with a table of these strings in any format."""
    table, number = table_of(texts), len(texts)
    for columns in (40, 80, 120):
        output = printed(terminal.render(table, "zh", columns=columns))
        yield from (f"terminal: {fault}" for fault in harmful(output))
        if output.count("−12.40") < number:
            yield "terminal: an amount is cut"
    tsv = delimited.tsv(table, "en")
    yield from (f"tsv: {fault}" for fault in harmful(tsv, "\n\t"))
    if [line.count("\t") for line in tsv.split("\n")] != [2] * (number + 1) + [0]:
        yield "tsv: other rows or fields"
    separated = delimited.csv(table, "en")
    yield from (f"csv: {fault}" for fault in harmful(separated[1:].replace("\r\n", "\n")))
    rows = list(csv.reader(io.StringIO(separated[1:], newline="")))
    if [len(row) for row in rows] != [3] * (number + 1) or any(row[2] != "-12.40" for row in rows[1:]):
        yield "csv: other rows or fields"
    if any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row[:2]):
        yield "csv: a formula"
    marked = markdown.render(table, "en")
    yield from (f"markdown: {fault}" for fault in harmful(marked))
    if [line.count("|") for line in marked.split("\n") if line.startswith("|")] != [4] * (number + 2):
        yield "markdown: other rows or cells"
    document = dumps(table_objects(table, "en"))
    yield from (f"json: {fault}" for fault in harmful(document))
    if len(json.loads(document)) != number:
        yield "json: other rows"


def finding_faults(texts: Sequence[str]) -> Iterator[str]:
    """What is wrong with findings made of these strings in any format."""
    report = Report(
        findings_of(texts), lambda name: f"{name}\n{name}\n", "en", Stamp(texts[0], texts[1]), AS_OF, ok=False
    )
    for form in FORMATS:
        rendered = form.render(report)
        output = rendered.plain if isinstance(rendered, Styled) else rendered
        read = output if form.name != "github" else re.sub("^::", "", output, flags=re.MULTILINE)
        yield from (f"{form.name}: {fault}" for fault in harmful(read))
        yield from structure_faults(form.name, output, len(texts))


def sheet_faults(sheet: Sheet, plain: Sheet, language: Language) -> Iterator[str]:
    """What is wrong with a customer's page, beside the same page of harmless words."""
    page, expected = (sheet_html.render(each, language) for each in (sheet, plain))
    yield from (f"html: {fault}" for fault in harmful(page))
    if Tags(page).found != Tags(expected).found:
        yield "html: other tags"
    skeletons: list[list[str]] = []
    for each in (sheet, plain):
        marked = sheet_markdown.render(each, language)
        yield from (f"sheet as markdown: {fault}" for fault in harmful(marked))
        skeletons.append([line[0] for line in marked.split("\n") if line[:1] in ("#", "|")])
    if skeletons[0] != skeletons[1]:
        yield "sheet as markdown: other headings or rows"
    shown = printed(sheet_terminal.render(sheet, language, columns=80))
    yield from (f"sheet on a terminal: {fault}" for fault in harmful(shown))
    document = dumps(sheet_json.document(sheet, language))
    yield from (f"sheet as json: {fault}" for fault in harmful(document))
    if _keys(json.loads(document)) != _keys(json.loads(dumps(sheet_json.document(plain, language)))):
        yield "sheet as json: other keys"


def _keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _keys(inner) for key, inner in value.items()}
    return [_keys(inner) for inner in value] if isinstance(value, list) else None


def main(arguments: list[str]) -> int:
    """Every string, every renderer."""
    number = 200 if quick(arguments) else 20_000
    catalog = load(ROOT / "catalog")
    sheet = sheet_of(catalog, parse(catalog, PRODUCT).product, AS_OF)
    plain = filled(sheet, cycle(["words"]))
    texts = strings(Random(20260701), number)
    faults: list[str] = []
    checks: tuple[Callable[[Sequence[str]], Iterator[str]], ...] = (table_faults, finding_faults)
    for start in range(0, number, AT_ONCE):
        batch = texts[start : start + AT_ONCE]
        for check in checks:
            faults += [f"{fault}, strings {start} and on: {batch!a}"[:600] for fault in check(batch)]
        language: Language = "zh" if start % (2 * AT_ONCE) else "en"
        wild = filled(sheet, cycle(text.strip() or "x" for text in batch))
        faults += [f"{fault}, strings {start} and on" for fault in sheet_faults(wild, plain, language)]
    formats = 5 + len(FORMATS) + 4
    reached = f"{len(faults)} faults of {number:,} strings in {formats} formats"
    return finish("hostile strings in every renderer", reached, faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
