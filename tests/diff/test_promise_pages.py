"""Every check of a change has its page, and the page is true: Bad breaks its promise, Good doesn't."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

import cardkit.diff
from cardkit.checks.page import Example, render
from cardkit.checks.registry import CHECKS
from cardkit.diff.change import Kind
from cardkit.diff.promise import PromiseCheck
from cardkit.diff.registry import PROMISES, promise_of, promise_page_of
from tests.checks.conftest import Texts
from tests.diff.conftest import Compare

Change = Callable[[Texts, Iterable[Example]], Texts]
Meant = Callable[[Texts], set[tuple[str, int]]]
HAN = re.compile("[\u4e00-\u9fff]")

by_name = pytest.mark.parametrize("check", PROMISES, ids=[check.code.name for check in PROMISES])


def of(check: PromiseCheck, side: str) -> list[Example]:
    return [snippet for snippet in check.page.examples if snippet.side == side]


@by_name
def test_a_page_speaks_both_languages(check: PromiseCheck) -> None:
    page = check.page
    for text in (page.summary, page.why):
        assert HAN.search(text.zh)
        assert not HAN.search(text.en)
    assert page.source
    assert page.summary.zh.endswith("。")
    assert page.summary.en.endswith(".")


@by_name
def test_before_is_the_example_and_breaks_nothing(
    check: PromiseCheck, example: Texts, changed: Change, compare: Compare
) -> None:
    before = changed(example, of(check, "before"))
    assert compare(example, before).promises == ()


@by_name
def test_bad_breaks_the_promise_and_no_other(
    check: PromiseCheck, example: Texts, changed: Change, compare: Compare, lines_meant: Meant
) -> None:
    after = changed(example, of(check, "bad"))
    found = compare(changed(example, of(check, "before")), after).promises
    told = [(each.finding.code.name, each.finding.message.en) for each in found]
    assert {each.finding.code for each in found} == {check.code}, told
    assert {each.change.kind for each in found} == {check.kind}
    assert {(each.finding.site.file, each.finding.site.span.line) for each in found} == lines_meant(after), (
        told
    )
    for each in found:
        assert HAN.search(each.finding.message.zh)
        assert each.finding.hint is not None


@by_name
def test_good_breaks_nothing(check: PromiseCheck, example: Texts, changed: Change, compare: Compare) -> None:
    found = compare(changed(example, of(check, "before")), changed(example, of(check, "good"))).promises
    assert [(each.finding.code.name, each.finding.message.en) for each in found] == []


def test_codes_and_names_rise_and_are_given_once() -> None:
    codes = [check.code.id for check in PROMISES]
    names = [*(check.code.name for check in PROMISES), *(check.code.name for check in CHECKS)]
    assert codes == sorted(set(codes))
    assert all(code.startswith("CK8") for code in codes)
    assert len(set(names)) == len(names)
    assert len({check.kind for check in PROMISES}) == len(PROMISES)


def test_every_check_that_is_written_is_in_the_registry() -> None:
    files = Path(cardkit.diff.__path__[0]).glob("*.py")
    written = sum(len(re.findall(r"^@promise\(", file.read_text("utf-8"), re.MULTILINE)) for file in files)
    assert len(PROMISES) == written


def test_a_page_is_found_by_code_and_by_name() -> None:
    assert promise_page_of("ck801") is promise_page_of("fee-raised") is not None
    assert promise_of("no-such-check") is None
    page = promise_page_of("CK803")
    assert page is not None
    lines = render(page, "en")
    assert "Before (modules/pet-care.yaml, benefits/0):" in lines
    assert Kind.CAP_REDUCED.value.en.startswith("{subject}")
