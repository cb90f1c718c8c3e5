"""Every check has its page, and the page is true: Bad gives its finding, Good gives none."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

import cardkit.checks
from cardkit.checks.base import Check
from cardkit.checks.page import Example, render
from cardkit.checks.registry import CHECKS, check_of, page_of
from cardkit.ground.finding import Finding
from cardkit.source.codes import READING_CODES
from cardkit.source.schema_codes import SCHEMA_CODES

Texts = dict[str, str]
Change = Callable[[Texts, Iterable[Example]], Texts]
HAN = re.compile("[\u4e00-\u9fff]")

by_name = pytest.mark.parametrize("check", CHECKS, ids=[check.code.name for check in CHECKS])


def of(check: Check, side: str) -> list[Example]:
    return [example for example in check.page.examples if example.side == side]


def test_the_example_catalog_has_no_findings(
    example: Texts, findings: Callable[[Texts], list[Finding]]
) -> None:
    assert [(found.code.name, found.message.en, found.site.file) for found in findings(example)] == []


@by_name
def test_a_page_speaks_both_languages(check: Check) -> None:
    page = check.page
    for text in (page.summary, page.why):
        assert HAN.search(text.zh)
        assert text.en
        assert not HAN.search(re.sub("`[^`]*`|[“”（）《》]|满|超过", "", text.en))
    assert page.source
    assert page.summary.zh.endswith("。")
    assert page.summary.en.endswith(".")


@by_name
def test_bad_gives_its_finding_and_no_other(
    check: Check,
    example: Texts,
    findings: Callable[[Texts], list[Finding]],
    changed: Change,
    lines_meant: Callable[[Texts], set[tuple[str, int]]],
) -> None:
    snippets = [snippet for snippet in of(check, "bad") if snippet.file]
    if not snippets:
        pytest.skip("can't be written as YAML: see test_pages_in_words.py")
    texts = changed(example, snippets)
    found = findings(texts)
    told = [(f.code.id, f.code.name, f.site.file, f.site.span.line, f.message.en) for f in found]
    assert {finding.code.id for finding in found} == {check.code.id}, told
    assert {finding.site.file for finding in found} <= {snippet.file for snippet in snippets}, told
    meant = lines_meant(texts)
    if meant:
        assert {(finding.site.file, finding.site.span.line) for finding in found} == meant, told
    for finding in found:
        assert HAN.search(finding.message.zh)
        assert finding.hint is not None
        assert finding.message.en != finding.message.zh


@by_name
def test_good_gives_no_finding(
    check: Check, example: Texts, findings: Callable[[Texts], list[Finding]], changed: Change
) -> None:
    snippets = [snippet for snippet in of(check, "good") if snippet.file]
    if not snippets:
        pytest.skip("can't be written as YAML: see test_pages_in_words.py")
    found = findings(changed(example, snippets))
    assert [(f.code.id, f.code.name, f.site.file, f.message.en) for f in found] == []


def test_no_code_and_no_name_is_given_twice() -> None:
    codes = [check.code.id for check in CHECKS]
    names = [check.code.name for check in CHECKS]
    assert sorted(set(codes)) == codes
    assert len(set(names)) == len(names)


def test_every_check_that_is_written_is_in_the_registry() -> None:
    written = 0
    for file in Path(cardkit.checks.__path__[0]).glob("*.py"):
        written += len(re.findall(r"^@check\(", file.read_text(encoding="utf-8"), re.MULTILINE))
    assert len(CHECKS) == written


def test_every_code_of_reading_and_schema_has_its_page() -> None:
    registered = {check.code for check in CHECKS}
    assert {*READING_CODES, *SCHEMA_CODES} <= registered


def test_a_page_is_found_by_code_and_by_name() -> None:
    by_code, by_kebab = page_of("ck201"), page_of("unknown-id")
    assert by_code is not None
    assert by_code is by_kebab
    assert check_of("no-such-check") is None
    assert page_of("CK999") is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_reads_as_plain_lines(language: str) -> None:
    page = page_of("unknown-id")
    assert page is not None
    lines = render(page, "zh" if language == "zh" else "en")
    assert lines[0].startswith("CK201 unknown-id")
    assert any("paw-clinic" in line for line in lines)
    assert not any("\n" in line for line in lines)
