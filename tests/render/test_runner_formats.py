"""Findings as continuous integration reads them."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from cardkit import __version__
from cardkit.ground.finding import Code, Finding, Severity, Site, Span
from cardkit.ground.text import LANGUAGES, Language, same
from cardkit.render.findings.registry import FORMATS
from cardkit.render.findings.report import Report
from tests.render.example_findings import FINDINGS, report
from tests.render.finding_structure import commands, structure_faults

Golden = Callable[[str, str], None]
ENDINGS = {
    "github": "txt",
    "gitlab": "json",
    "sarif": "json",
    "junit": "xml",
    "markdown": "md",
    "jsonl": "jsonl",
}


def rendered(form: str, shown: Report) -> str:
    return str(next(each for each in FORMATS if each.name == form).render(shown))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ENDINGS)
def test_each_format_reads_as_its_golden_and_as_its_readers_do(
    form: str, language: Language, golden: Golden
) -> None:
    output = rendered(form, report(language))
    golden(f"findings-{form}.{language}.{ENDINGS[form]}", output.replace(__version__, "VERSION"))
    assert structure_faults(form, output, len(FINDINGS)) == []


@pytest.mark.parametrize("form", ENDINGS)
def test_without_findings_each_format_is_still_whole(form: str) -> None:
    output = rendered(form, report("en", ()))
    if form == "markdown":
        assert output == "No findings&#46;\n\nChecked 3 files in 0&#46;1 s&#46;\n"
    else:
        assert structure_faults(form, output, 0) == []


def many(number: int, severity: Severity) -> tuple[Finding, ...]:
    code = Code("CK203", "unknown-id", severity)
    return tuple(Finding(code, Site(f"cards/{n:02}.yaml"), same(f"fault {n}")) for n in range(number))


def test_github_marks_ten_of_a_kind_and_says_how_many_more_there_are() -> None:
    found = (*many(10, Severity.ERROR), *many(24, Severity.WARNING), *many(1, Severity.NOTE))
    output = rendered("github", report("en", found))
    marks = commands(output)
    kinds = [mark["kind"] for mark in marks]
    assert (kinds.count("error"), kinds.count("warning"), kinds.count("notice")) == (10, 10, 1)
    assert marks[19] == {
        "kind": "warning",
        "title": "cardkit",
        "message": "15 warnings more without a mark (GitHub shows 10 of a kind for each step): see its log",
    }
    log = [line for line in output.splitlines() if not line.startswith("::")]
    assert log == [f"cards/{n:02}.yaml:1:1: CK203 unknown-id warning: fault {n}" for n in range(9, 24)]


def test_github_gets_columns_only_within_one_line() -> None:
    spread = Finding(Code("CK203", "unknown-id"), Site("a.yaml", Span(2, 5, 4, 1)), same("fault"))
    (mark,) = commands(rendered("github", report("en", (spread,))))
    assert (mark["line"], mark["endLine"]) == ("2", "4")
    assert "col" not in mark


def test_what_ends_a_property_or_a_message_is_read_back_as_it_was() -> None:
    odd = "a,b=c:d%0A::error::x\n::warning::y"
    finding = Finding(Code("CK203", "unknown-id"), Site(odd), same(odd))
    (mark,) = commands(rendered("github", report("en", (finding,))))
    assert mark["file"] == "bank/catalog/a,b=c:d%0A::error::x ::warning::y"
    assert mark["message"] == "a,b=c:d%0A::error::x ::warning::y"


def prints(form: str, shown: Report) -> list[Any]:
    document = json.loads(rendered(form, shown))
    if form == "gitlab":
        return [each["fingerprint"] for each in document]
    return [each["partialFingerprints"]["cardkitFinding/v1"] for each in document["runs"][0]["results"]]


@pytest.mark.parametrize("form", ["gitlab", "sarif"])
def test_a_fingerprint_survives_moved_lines_grown_lists_and_other_amounts(form: str) -> None:
    there = Finding(
        Code("CK203", "unknown-id"),
        Site("a.yaml", Span(8, 1, 8, 4), ("benefits", 0, "uses")),
        same("3 is odd"),
    )
    moved = replace(
        there, site=Site("a.yaml", Span(11, 1, 11, 4), ("benefits", 1, "uses")), message=same("5 is odd")
    )
    before = {"a.yaml": {"benefits": [{"id": "swims"}]}}
    after = {"a.yaml": {"benefits": [{"id": "new"}, {"id": "swims"}]}}
    first = prints(form, replace(report("en", (there,)), data=before.get))
    assert first == prints(form, replace(report("zh", (moved,)), data=after.get))
    others = (
        replace(there, code=Code("CK204", "other")),
        replace(there, site=replace(there.site, file="b.yaml")),
        replace(there, site=replace(there.site, path=("benefits", 0, "count"))),
        replace(there, message=same("3 is even")),
    )
    for other in others:
        assert first != prints(form, replace(report("en", (other,)), data=before.get))
    assert first != prints(form, replace(report("en", (there,)), data=before.get, prefix="other/"))
    twice = prints(form, replace(report("en", (there, moved)), data=before.get))
    assert twice[0] == first[0] != twice[1]


def test_junit_fails_what_fails_the_run_and_leaves_out_files_that_were_not_told_whole() -> None:
    shown = report("en")
    strict = replace(shown, failing=frozenset({Severity.ERROR, Severity.WARNING}))
    assert rendered("junit", shown).count("<failure") == 2
    assert rendered("junit", strict).count("<failure") == 3
    known = Finding(Code("CK203", "unknown-id"), Site("partners/air.yaml"), same("known"))
    assert "partners.air" in rendered("junit", shown)
    assert "partners.air" not in rendered("junit", replace(shown, untouched=(known,)))
