"""Comments that suppress findings: where they count, what they must say, and that none goes unnoticed."""

from collections.abc import Callable, Iterable
from datetime import date

import pytest

from cardkit.checks.base import Check
from cardkit.checks.checking import Checking
from cardkit.checks.page import Example
from cardkit.checks.registry import CHECKS
from cardkit.checks.run import Outcome, examine
from cardkit.checks.style import NO_SHORT_NAME, long_name
from cardkit.checks.suppressions import MOST_IN_A_FILE
from cardkit.ground.finding import Finding
from cardkit.source.load import from_texts

Texts = dict[str, str]
Change = Callable[[Texts, Iterable[Example]], Texts]
AS_OF = date(2026, 7, 1)
FILE = "modules/pet-care.yaml"
NAME = "name: {zh: 宠物医疗包, en: Pack of rights for people and their pets}"
"""Has a finding: CK902 long-name, a note."""
IGNORE = '# cardkit: ignore[CK902] reason="the partner chose it"'


def outcome(texts: Texts, as_of: date = AS_OF, checks: tuple[Check, ...] = CHECKS) -> Outcome:
    return examine(from_texts({file: text.encode() for file, text in texts.items()}, []), as_of, checks)


def told(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    return [(finding.code.name, finding.site.span.line) for finding in findings]


@pytest.fixture
def named(example: Texts) -> Callable[[str], Texts]:
    """The example whose module begins with some lines, its id and kind after them."""

    def make(head: str) -> Texts:
        _, _, rest = example[FILE].partition("\nowner:")
        return example | {FILE: f"{head}\nkind: module\nid: pet-care\nowner:{rest}"}

    return make


# where ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        f"{NAME} {IGNORE}",
        f"{IGNORE}\n{NAME}",
        f"{IGNORE}\n\n# a remark\n{NAME}",
        f"description: {{zh: 说明, en: said}}\n{IGNORE}\n{NAME}",
        f"description: {{zh: 说明, en: said}}\n{IGNORE}\n# another remark\n{NAME}",
        f"description: {{zh: 说明, en: said}}\n{NAME} # a remark {IGNORE}",
        f"{NAME} {IGNORE}".replace("CK902", "long-name"),
        f"{NAME} {IGNORE}".replace("[CK902]", "[ ck902 ]"),
        f"{NAME} {IGNORE} until=2026-07-01",
        f"{NAME} {IGNORE}".replace("[CK902]", "[CK902，CK902]").replace("，CK902", "，"),
        f"{NAME}\t{IGNORE}".replace("# cardkit: ignore", "#cardkit:ignore"),
    ],
)
def test_a_suppression_counts_on_its_line_alone_above_it_and_at_the_top(
    named: Callable[[str], Texts], head: str
) -> None:
    found = outcome(named(head))
    assert told(found.findings) == []
    assert [finding.code for finding in found.suppressed] == [NO_SHORT_NAME]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            f"description: {{zh: 说明, en: said}}\n{IGNORE}\n\n{NAME}",
            [("unused-suppression", 2), ("long-name", 4)],
        ),
        (
            f"{NAME}\ndescription: {{zh: 说明, en: said}} {IGNORE}",
            [("long-name", 1), ("unused-suppression", 2)],
        ),
        (f"{NAME}\n{IGNORE}", [("long-name", 1), ("unused-suppression", 2)]),
        # The nearest is used; the one for the whole file has nothing left to do.
        (f"{IGNORE}\n{NAME} {IGNORE}", [("unused-suppression", 1)]),
        (f"{NAME} {IGNORE} {IGNORE}", [("unused-suppression", 1)]),
        # One of two codes does nothing, and only that one is told.
        (f"{NAME} {IGNORE}".replace("CK902", "CK902, CK903"), [("unused-suppression", 1)]),
    ],
)
def test_elsewhere_it_suppresses_nothing_and_is_a_finding(
    named: Callable[[str], Texts], head: str, expected: list[tuple[str, int]]
) -> None:
    assert told(outcome(named(head)).findings) == expected


# what ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("comment", "column", "said"),
    [
        ("# cardkit: ignore[CK902]", 12, "gives no reason"),
        ('# cardkit: ignore[CK902] reason=" "', 12, "gives no reason"),
        ("# cardkit: ignore[CK902] reason=chosen", 12, "straight quotes"),
        ("# cardkit: ignore[CK902] reason=“chosen”", 12, "straight quotes"),
        ('# cardkit: ignore[CK902] reason="chosen', 12, "from here on: reason="),
        ('# cardkit: ignore reason="x"', 12, "can't be read"),
        ('# cardkit: ignore[] reason="x"', 12, "which check"),
        ('# cardkit: disable[CK902] reason="x"', 12, "can't be read"),
        ('# cardkit：ignore[CK902] reason="x" then', 12, "from here on: then"),
        ('# cardkit ignore[CK902] reason="x" reason="y"', 12, "reason stands twice"),
        ('# cardkit: ignore[CK902] till=2027-01-31 reason="x"', 12, "has no till"),
        ('# cardkit: ignore[CK902] until=2027-02-30 reason="x"', 12, "no day of the calendar"),
        ('# cardkit: ignore[CK902] until=20270131 reason="x"', 12, "no day of the calendar"),
        ('# cardkit: ignore[CK999] reason="x"', 30, "There is no check CK999"),
        ('# cardkit: ignore[long-nam] reason="x"', 30, "There is no check long-nam"),
        ('# cardkit: ignore[CK9] reason="x"', 30, "There is no check CK9"),
        ('# cardkit: ignore[CK912] reason="x"', 30, "CK912 can't be suppressed"),
        ('# cardkit: ignore[CK099] reason="x"', 30, "CK099 can't be suppressed"),
        ('# cardkit: ignore[CK007] reason="x"', 30, "CK007 can't be suppressed"),
        (f'# cardkit: ignore[{",".join(["CK902"] * 21)}] reason="x"', 12, "at most 20"),
    ],
)
def test_what_cant_be_used_is_a_finding_and_suppresses_nothing(
    example: Texts, comment: str, column: int, said: str
) -> None:
    texts = example | {FILE: example[FILE].replace("price: 60\n", f"price: 60  {comment}\n")}
    found = outcome(texts)
    assert [finding.code.name for finding in found.findings] == ["malformed-suppression"]
    (finding,) = found.findings
    assert said in finding.message.en
    assert finding.hint is not None
    assert finding.site.span.column == column
    assert found.suppressed == ()


def test_until_is_the_last_day_on_which_it_holds(named: Callable[[str], Texts]) -> None:
    texts = named(f"{NAME} {IGNORE} until=2026-07-31")
    assert told(outcome(texts, date(2026, 7, 31)).findings) == []
    assert told(outcome(texts, date(2026, 8, 1)).findings) == [
        ("long-name", 1),
        ("expired-suppression", 1),
    ]


def test_errors_about_confirmed_law_may_be_suppressed_and_are_counted(
    example: Texts, changed: Change
) -> None:
    comment = '# cardkit: ignore[absolute-claims] reason="x"'
    words = f"description: {{zh: 国家级宠物医疗, en: Money off at clinics}} {comment}"
    found = outcome(changed(example, [Example("bad", words, FILE)]))
    assert told(found.findings) == []
    assert [(each.code.name, each.code.severity.value) for each in found.suppressed] == [
        ("absolute-claims", "error")
    ]


def test_faults_of_reading_are_suppressed_only_in_a_file_that_is_yaml(example: Texts) -> None:
    comment = '# cardkit: ignore[ambiguous-scalar, syntax] reason="old tools"'
    doubtful = example[FILE].replace("owner: family-team", f"owner: no {comment}")
    found = outcome(example | {FILE: doubtful})
    assert [finding.code.name for finding in found.suppressed] == ["ambiguous-scalar"]
    assert [finding.code.name for finding in found.findings] == ["unused-suppression"]
    broken = outcome(example | {FILE: example[FILE].replace("price: 60", f"price: [60 {comment}")})
    assert [finding.code.name for finding in broken.findings] == ["syntax"]
    assert broken.suppressed == ()


# one fault never hides or breeds another ---------------------------------------------------------------


def test_no_suppression_is_called_unused_where_checks_could_not_look(
    named: Callable[[str], Texts], changed: Change
) -> None:
    texts = named(f"{NAME} {IGNORE} {IGNORE}".replace("CK902", "CK401"))
    names = [finding.code.name for finding in outcome(texts).findings]
    assert "unused-suppression" in names
    for file, text in (
        ("cards/gold-card.yaml", "slot: 3\n"),
        ("catalog.yaml", "currency: [x]\n"),
        ("modules/card-security.yaml", "partner: nobody\n"),
    ):
        changed_texts = changed(texts, [Example("bad", text, file)])
        names = [finding.code.name for finding in outcome(changed_texts).findings]
        assert "unused-suppression" not in names, file


def test_the_suppression_of_a_check_that_crashed_is_not_called_unused(named: Callable[[str], Texts]) -> None:
    def crashes(checking: Checking) -> Iterable[Finding]:
        raise ZeroDivisionError(str(checking.as_of))

    checks = tuple(Check(each.code, crashes) if each is long_name else each for each in CHECKS)
    found = outcome(named(f"{NAME} {IGNORE}"), checks=checks)
    assert [finding.code.name for finding in found.findings] == ["check-crashed"]


def test_a_file_of_nothing_but_suppressions_is_read_up_to_a_bound(named: Callable[[str], Texts]) -> None:
    for line in (IGNORE, '# cardkit: ignore[x] reason="y"', "# cardkit:" * 90_000):
        found = outcome(named("\n".join([line] * (900_000 // len(line)) + [NAME])))
        assert 1 <= len(found.findings) <= MOST_IN_A_FILE + 1
