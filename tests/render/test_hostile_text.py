"""Strings from a stranger's catalog leave every format's structure intact and command nothing."""

import csv
import html
import io
import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import RenderableType

from cardkit.ground.finding import Code, Finding, Related, Site, Span
from cardkit.ground.safe import clean, disarm, one_line
from cardkit.ground.text import Text, same
from cardkit.render import delimited, markdown, terminal
from cardkit.render.data_json import Stamp, dumps
from cardkit.render.findings.registry import FORMATS
from cardkit.render.findings.report import Report
from cardkit.render.table import Column, Row, Table
from tests.render.finding_structure import structure_faults

Printed = Callable[[RenderableType], str]

KNOWN = (
    "[/foo]",
    "[link=https://example.com]x[/link]",
    "::error::x",
    "\n::error::x",
    " \t::error::x\r\n::stop-commands::y",
    ":",
    "##[error]",
    "###[group]",
    "##vso[task.setvariable variable=x]y",
    "\x1b[31mred\x1b]8;;http://example.com\x07",
    "\x9b31m",
    "\u202egnp.exe",
    "a|b",
    "`code` ``",
    "<script>alert(1)</script>",
    "&lt; &#124;",
    "=1+1",
    "+cmd|' /C calc'!A0",
    "\t=1+1",
    "@SUM(A1)",
    "@someone, see #12 and !3",
    "[words](https://example.com)",
    "]]>",
    "%0A::error::x%25",
    "a,b=c:d",
    '"quoted", and so on',
    "two\n\nlines",
    "\u2028::warning::x",
    "zero\u200bwidth\ufeff",
    "\U000e0041\ud800\uffff",
    "航空里程包" * 30,
    "x" * 300,
    "e\u0301" * 90,
    "",
    " ",
)


def hostile(function: Callable[..., None]) -> Callable[..., None]:
    """Runs a test with each known string and with random ones made of dangerous pieces."""
    pieces = st.sampled_from([*KNOWN, ":", "#", "[", "\n", " ", "|", "-", "*"])
    texts = st.one_of(st.text(max_size=60), st.lists(pieces, max_size=6).map("".join))
    function = given(text=texts)(
        settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)(function)
    )
    for text in KNOWN:
        function = example(text=text)(function)
    return function


def assert_harmless(output: str) -> None:
    """No control, format or unassigned-forever character, and nothing that a runner obeys."""
    for character in set(output) - {"\n", "\t"}:
        category = unicodedata.category(character)
        assert category not in ("Cc", "Cs", "Zl", "Zp"), repr(character)
        assert (
            category != "Cf"
            or character in "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
        )
    assert not re.search(r"##[A-Za-z]*\[", output)
    assert not any(line.lstrip().startswith("::") for line in output.split("\n"))


def table_of(text: str) -> Table:
    columns = (
        Column("name", same("name")),
        Column("why", same("why"), wrapped=True),
        Column("amount", same("amount"), "amount", same("CNY"), signed=True),
    )
    rows = (
        Row((text, Text(text, text), -1240)),
        Row((Text(text, text), text, text), "highlight"),
        Row((None, text, None), "total"),
    )
    return Table(same(text), columns, rows, (same(text),))


@hostile
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    for safe in (clean, one_line, disarm, lambda text: disarm(text, anywhere=True)):
        assert safe(safe(text)) == safe(text)
    assert_harmless(disarm(clean(text, keep_newlines=True)))


@hostile
def test_a_terminal_table_keeps_its_shape(printed: Printed, text: str) -> None:
    for columns in (40, 60, 100):
        output = printed(terminal.render(table_of(text), "en", columns=columns))
        assert_harmless(output)
        bare = printed(terminal.render(replace(table_of(text), title=None, notes=()), "en", columns=columns))
        assert len({cell_len(line) for line in bare.splitlines()}) == 1
        assert "−12.40" in bare


@hostile
def test_tsv_has_its_rows_and_fields(text: str) -> None:
    output = delimited.tsv(table_of(text), "en")
    assert_harmless(output)
    lines = output.split("\n")
    assert [line.count("\t") for line in lines] == [2, 2, 2, 2, 0]
    assert lines[1].endswith("\t-12.40")


@hostile
def test_csv_reads_back_and_no_text_is_a_formula(text: str) -> None:
    output = delimited.csv(table_of(text), "en")
    assert output.startswith("\ufeffname,why,amount\r\n")
    assert_harmless(output[1:].replace("\r\n", "\n"))
    rows = list(csv.reader(io.StringIO(output[1:], newline="")))
    assert [len(row) for row in rows] == [3, 3, 3, 3]
    assert rows[1][2] == "-12.40"
    assert not any(row[0].startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows)


@hostile
def test_markdown_has_its_rows_and_only_its_own_markup(text: str) -> None:
    output = markdown.render(table_of(text), "en")
    assert_harmless(output)
    rows = [line for line in output.split("\n") if line.startswith("|")]
    assert [row.count("|") for row in rows] == [4] * 5
    escaped = markdown.escape(text).replace("<!-- -->", "")
    assert html.unescape(escaped) == one_line(text)
    assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"&#\d+;", "", escaped))
    assert not re.search(r"&#64;[A-Za-z0-9_.-]|&#(35|33|38);[0-9]", markdown.escape(text)), "a call or a link"


@hostile
def test_json_reads_back_exactly(text: str) -> None:
    for ascii_only in (False, True):
        output = dumps({text: [text]}, ascii_only=ascii_only)
        assert_harmless(output)
        assert json.loads(output) == {text: [text]}


@hostile
def test_findings_stay_on_their_lines_in_every_format(text: str) -> None:
    site = Site(text, Span(2, 3, 2, 5), (text,))
    finding = Finding(
        Code("CK203", "unknown-id"), site, same(text), same(text), text, (Related(site, same(text)),)
    )
    report = Report(
        (finding,),
        lambda _: f"{text}\n{text}\n",
        "en",
        Stamp(text, text),
        date(2026, 1, 1),
        ok=False,
        prefix=f"{text}/",
    )
    for form in FORMATS:
        output = str(form.render(report))
        assert_harmless(output if form.name != "github" else re.sub("^::", "", output, flags=re.MULTILINE))
        assert structure_faults(form.name, output, 1) == []


def test_a_hostile_column_of_spaces_takes_no_time() -> None:
    long = " " * 64_000 + "x\n" + "#" * 64_000 + ":" * 64_000 + "\n" * 64_000
    assert_harmless(delimited.tsv(table_of(long), "en"))
    assert len(markdown.render(table_of(long), "en")) <= markdown.LIMIT


def test_markdown_ends_at_a_row_and_says_how_many_are_missing() -> None:
    table = Table(None, (Column("n", same("n")),), tuple(Row(("x" * 96,)) for _ in range(1000)))
    output = markdown.render(table, "zh")
    shown = output.count("x" * 96)
    assert len(output) <= markdown.LIMIT
    assert output.endswith(f"\n\n另有 {1000 - shown} 行未列出。\n")
    assert shown > 590


@pytest.mark.parametrize("text", ["ordinary text, 中文，ＡＢＣ ¥1,234.50 — é naïve 𝒳 💳", "\u3000全角空格"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert clean(text) == text
    assert cell_len(clean(text)) == cell_len(text)
