"""Findings as people, editors and programs read them."""

import json
from collections.abc import Callable

import pytest
from rich.cells import cell_len

from cardkit.ground.finding import Span
from cardkit.ground.text import LANGUAGES, Language
from cardkit.render.findings import as_json, concise, full
from cardkit.render.findings.excerpt import excerpt
from cardkit.render.glyphs import UNICODE
from tests.render.example_findings import SOURCES, report

Golden = Callable[[str, str], None]


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
        "format_version", "catalog", "as_of", "ok", "findings", "counts", "suppressed", "known", "untouched"
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
