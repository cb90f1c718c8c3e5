"""Findings as people, editors and programs read them."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from rich.cells import cell_len

from cardkit.ground.finding import Code, Finding, Related, Severity, Site, Span
from cardkit.ground.text import LANGUAGES, Language, Text
from cardkit.render.data_json import Stamp
from cardkit.render.findings import as_json, concise, full
from cardkit.render.findings.excerpt import excerpt
from cardkit.render.findings.report import Report
from cardkit.render.glyphs import UNICODE

Golden = Callable[[str, str], None]

SOURCES = {
    "cards/travel-gold.yaml": "id: travel-gold\nname: {zh: 金卡}\n",
    "modules/lounge.yaml": "id: lounge\n"
    "name: {zh: 机场贵宾厅}\n"
    "summary: 全年六次机场贵宾厅权益，可携带一位同行人，节假日通用，需提前一天预约，"
    " requires: [air-mile] 航班延误除外\n",
}
FINDINGS = (
    Finding(
        Code("CK901", "short-summary", Severity.WARNING),
        Site("cards/travel-gold.yaml", Span(2, 1, 2, 5), ("name",)),
        Text("没有英文名称", "the English name is missing"),
    ),
    Finding(
        Code("CK203", "unknown-id"),
        Site("modules/lounge.yaml", Span(3, 53, 3, 61), ("requires", 0)),
        Text("没有叫 air-mile 的模块", "there is no module air-mile"),
        Text("air-miles", "air-miles"),
        "lounge",
        (Related(Site("cards/travel-gold.yaml", Span(1, 1)), Text("这张卡含有它", "this card includes it")),),
    ),
    Finding(
        Code("CK105", "missing-key"),
        Site("modules/price.yaml", Span(7, 1, 7, 1)),
        Text("缺少 owner", "owner is missing"),
        Text("owner: 团队名", "owner: a team"),
    ),
)


def report(language: Language, findings: tuple[Finding, ...] = FINDINGS) -> Report:
    summary = Text("检查了 3 个文件，用时 0.1 秒。", "Checked 3 files in 0.1 s.")
    stamp = Stamp("demo", "3f2a9c")
    day = date(2026, 1, 1)
    return Report(findings, SOURCES.get, language, stamp, day, not findings, summary, columns=72)


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_read_the_worst_file_first_and_counts_last(language: Language, golden: Golden) -> None:
    golden(f"findings-full-{language}.txt", str(full.render(report(language))))
    golden(f"findings-concise-{language}.txt", concise.render(report(language)))


def test_when_all_is_well_one_line_says_how_much_was_checked() -> None:
    assert str(full.render(report("en", ()))) == "✓ No findings. Checked 3 files in 0.1 s.\n"
    assert concise.render(report("en", ())) == ""


def test_marks_stand_under_their_text_at_every_width() -> None:
    line = SOURCES["modules/lounge.yaml"].split("\n")[2]
    for column in range(1, len(line) + 1):
        for columns in range(40, 200, 7):
            found = excerpt([line], Span(1, column, 1, column + 2), columns, UNICODE)
            assert found is not None
            shown = found.lines[-1]
            assert cell_len(shown) <= columns
            before = found.marks.index("^")
            marked = found.marks.count("^")
            at = next(at for at in range(len(shown) + 1) if cell_len(shown[:at]) == before)
            assert shown[at:].startswith(line[column - 1 : column + 1].rstrip())
            assert marked == max(1, cell_len(line[column - 1 : column + 1]))


def test_a_span_beyond_the_file_has_no_excerpt_and_one_beyond_its_line_a_mark_at_the_end() -> None:
    assert excerpt(["a"], Span(5, 1, 5, 2), 80, UNICODE) is None
    beyond = excerpt(["航空"], Span(1, 99, 1, 99), 80, UNICODE)
    assert beyond is not None
    assert beyond.marks == "    |     ^"


def test_the_json_of_validate_is_what_was_promised() -> None:
    document = json.loads(as_json.render(report("en")))
    assert list(document) == [
        "format_version", "catalog", "as_of", "ok", "findings", "counts", "suppressed"
    ]  # fmt: skip
    assert document["catalog"] == {"id": "demo", "hash": "3f2a9c"}
    assert document["counts"] == {"error": 2, "warning": 1, "note": 0}
    assert document["findings"][1] == {
        "code": "CK203",
        "name": "unknown-id",
        "severity": "error",
        "message": "there is no module air-mile",
        "file": "modules/lounge.yaml",
        "line": 3,
        "column": 53,
        "end_line": 3,
        "end_column": 61,
        "pointer": "/requires/0",
        "entity": "lounge",
        "hint": "air-miles",
        "related": [{"file": "cards/travel-gold.yaml", "line": 1, "message": "this card includes it"}],
    }
