"""Law as data, on files and on generated pages: what the checks' own pages don't show."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from cardkit.checks.checking import Checking
from cardkit.checks.law import LAW_CODES
from cardkit.checks.law_pages import FORBIDDING
from cardkit.checks.law_rates import states_only_a_periods_rate
from cardkit.checks.law_rows import LAW_ROWS
from cardkit.checks.mistakes import MISTAKES
from cardkit.checks.page import Example
from cardkit.checks.profile import under
from cardkit.checks.registry import CHECKS
from cardkit.checks.run import examine, run
from cardkit.checks.shown import shown
from cardkit.ground.finding import Finding, Severity
from cardkit.source.load import from_texts, load

SHIPPED = Path(__file__).parent.parent.parent / "catalog"
AS_OF = date(2026, 7, 1)
Texts = dict[str, str]
Findings = Callable[..., list[Finding]]
Change = Callable[[Texts, Iterable[Example]], Texts]


def bad(file: str, text: str, place: str = "") -> Example:
    return Example("bad", text, file, place)


def said(findings: Iterable[Finding]) -> list[tuple[str, str, int]]:
    return [(one.code.name, one.site.file, one.site.span.line) for one in findings]


# nothing is missing ------------------------------------------------------------------------------------


def test_every_law_that_cardkit_knows_is_in_the_reviewers_table_and_in_the_shipped_catalog() -> None:
    known = {code.name for code in LAW_CODES}
    assert {row.on_files[0].code.name for row in LAW_ROWS} == known
    shipped = load(SHIPPED).laws.values()
    assert {law.check for law in shipped} == known
    assert all(law.citation and law.source for law in shipped)


def test_the_tables_name_registered_checks_and_every_check_of_law_is_in_one() -> None:
    named = {check for row in LAW_ROWS for check in (*row.on_files, *row.on_pages)}
    named |= {check for mistake in MISTAKES for check in mistake.checks}
    assert named <= set(CHECKS)
    family = {check.code.name for check in CHECKS if check.code.id.startswith("CK7")}
    assert family - {check.code.name for check in named} == {"missing-law"}


def test_every_law_with_forbidden_words_is_read_on_pages_too() -> None:
    on_pages = {
        row.on_files[0].code for row in LAW_ROWS if "page-wording" in {c.code.name for c in row.on_pages}
    }
    assert set(FORBIDDING) <= on_pages


# pages -------------------------------------------------------------------------------------------------


def test_the_pages_show_every_card_module_campaign_and_tier_of_the_shipped_catalog() -> None:
    catalog = load(SHIPPED)
    pages = shown(Checking(catalog, date(2026, 11, 22)))
    about = {piece.about for page in pages for piece in page.pieces}
    instalments = {
        f"{name}/{right.id}"
        for name, holder in catalog.holders()
        for right in holder.rights
        if right.mechanic in ("instalment", "insurance")
    }
    assert instalments <= about


def test_a_word_that_a_compliance_officer_adds_is_found_in_our_own_sentences(
    example: Texts, findings: Findings, changed: Change
) -> None:
    texts = changed(example, [bad("law/absolute-claims.yaml", "words: [自动享有]\n")])
    found = [one for one in findings(texts) if one.code.name == "page-wording"]
    assert found
    assert all("自动享有" in one.message.zh and "广告法" in one.message.zh for one in found)
    assert {one.site.file.partition("/")[0] for one in found} <= {"cards", "modules", "services", "campaigns"}


def test_a_word_in_a_files_own_text_is_told_once(example: Texts, findings: Findings, changed: Change) -> None:
    texts = changed(example, [bad("modules/pet-care.yaml", "name: {zh: 最佳宠物包, en: Pet care pack}\n")])
    assert said(findings(texts)) == [("absolute-claims", "modules/pet-care.yaml", 3)]


def test_without_its_law_no_check_of_pages_runs(example: Texts, findings: Findings, changed: Change) -> None:
    worse = "exclusions:\n  - {zh: 不含义务教育阶段学科类培训, en: some courses are excluded}\n"
    texts = changed(example, [bad("modules/study-instalments.yaml", worse, "benefits/0")])
    assert [name for name, *_ in said(findings(texts))] == ["page-lacks"]
    del texts["law/no-school-tutoring.yaml"]
    assert [name for name, *_ in said(findings(texts))] == ["missing-law"]


def test_a_page_that_can_not_be_made_hides_no_other(
    example: Texts, findings: Findings, changed: Change
) -> None:
    texts = changed(
        example,
        [
            bad("modules/lounge-pass.yaml", "price: [{from: 2027-01-01, value: 90}]\n"),
            bad(
                "modules/study-instalments.yaml",
                "exclusions:\n  - {zh: 不含义务教育阶段学科类培训, en: some courses are excluded}\n",
                "benefits/0",
            ),
        ],
    )
    assert "page-lacks" in [name for name, *_ in said(findings(texts))]


# annual rates ------------------------------------------------------------------------------------------

STATED = {
    "simple, as computed": ("年化利率（单利）最高 6.58%", None),
    "compound, as computed": ("年化利率（复利）最高 6.78%", None),
    "both": ("年化利率最高 6.58%（单利），折合 6.78%（复利）", None),
    "rounded as coarsely as it is written": ("年化利率（单利）最高 6.6%", None),
    "interest-free": ("年化利率 0%", None),
    "another tenor's": ("6 期年化利率（单利）0%", None),
    "wrong": ("年化利率（单利）最高 6.50%", "No tenor has an annual rate of 6.50%"),
    "the wrong kind": ("年化利率（单利）最高 6.78%", "No tenor has an annual rate of 6.78%"),
    "no kind": ("年化利率最高 6.58%", "It doesn't say whether the rate is simple or compound"),
    "a discount is no rate": ("课程八折，最多优惠 20%。年化利率（单利）最高 6.58%", None),
}


@pytest.mark.parametrize(("text", "message"), STATED.values(), ids=STATED)
def test_a_stated_annual_rate_is_held_against_the_computed_ones(
    example: Texts, findings: Findings, changed: Change, text: str, message: str | None
) -> None:
    written = f'description: {{zh: "{text}", en: Instalments for courses}}\n'
    found = findings(changed(example, [bad("modules/study-instalments.yaml", written)]))
    if message is None:
        assert said(found) == []
    else:
        assert [one.code.name for one in found] == ["annual-rate-disagrees"]
        assert found[0].message.en.startswith(message)


def test_an_english_rate_is_held_against_them_too(
    example: Texts, findings: Findings, changed: Change
) -> None:
    written = 'description: {zh: 技能分期, en: "An annual rate of 3.6% (simple)."}\n'
    found = findings(changed(example, [bad("modules/study-instalments.yaml", written)]))
    assert [one.code.name for one in found] == ["annual-rate-disagrees"]
    assert "6.58%" in str(found[0].hint)


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("每期利息 0.3%", True),
        ("月利率 0.5%", True),
        ("0.3% of the principal a month", True),
        ("a monthly rate of 0.3%", True),
        ("年化利率（单利）6.58%，每期 0.3%", False),
        ("每期 0.3%，年化利率（单利）6.58%", True),
        ("月费率仅 0.25%", True),
        ("利息 0.05%/天", True),
        ("每月返现 3%", False),
        ("3% cashback a month", False),
        ("每月最多 5 次，满减 20%", False),
        ("20% off, twice a month", False),
        ("每次最多优惠 30%", False),
    ],
)
def test_a_months_rate_needs_an_annual_one_before_it(text: str, alone: bool) -> None:
    assert states_only_a_periods_rate(text) is alone


def test_a_rate_that_vanishes_in_the_future_is_found_today(
    example: Texts, findings: Findings, changed: Change
) -> None:
    written = """fee_timing: deducted
tenors:
  - months: 24
    customer_rate:
      - {from: 2026-01-01, value: 0.3%}
      - {from: 2027-01-01, value: 4.5%}
"""
    found = findings(changed(example, [bad("modules/study-instalments.yaml", written, "benefits/0")]))
    assert [(one.code.name, "From 2027-01-01 on" in one.message.en) for one in found] == [
        ("no-annual-rate", True)
    ]


# how strictly ------------------------------------------------------------------------------------------


def test_profiles_change_law_and_wording_and_nothing_else(example: Texts, changed: Change) -> None:
    texts = changed(
        example,
        [
            bad("modules/pet-care.yaml", "name: {zh: 最佳宠物包, en: Pet care pack}\npartner: paw-clinic\n"),
            bad("modules/lounge-pass.yaml", "description: {zh: 最终解释权归本行, en: A lounge}\n"),
        ],
    )
    outcome = examine(from_texts({file: text.encode() for file, text in texts.items()}, []), AS_OF)

    def severities(profile: str) -> dict[str, Severity]:
        return {one.code.name: one.code.severity for one in under(profile, outcome).findings}

    wanted = ("absolute-claims", "final-interpretation", "unknown-id")
    levels = {
        profile: [severities(profile)[name] for name in wanted] for profile in ("standard", "strict", "draft")
    }
    assert levels == {
        "standard": [Severity.ERROR, Severity.WARNING, Severity.ERROR],
        "strict": [Severity.ERROR, Severity.ERROR, Severity.ERROR],
        "draft": [Severity.WARNING, Severity.NOTE, Severity.ERROR],
    }


def test_the_shipped_catalog_breaks_no_law_even_strictly() -> None:
    found = under("strict", examine(load(SHIPPED), date(2026, 11, 22))).findings
    assert [one for one in found if one.code.id.startswith("CK7")] == []


def test_a_dead_module_says_which_rules_kill_it(example: Texts, changed: Change) -> None:
    rule = """kind: rule
id: cover-needs-pets
name: {zh: 搭配, en: Together}
owner: me
rule: requires
modules: [card-security]
needs_all: [pet-care]
reason: {zh: 搭配, en: together}
"""
    texts = changed(
        example,
        [
            bad("modules/card-security.yaml", "attributes: {points-of-care: 3}\n"),
            bad("rules/cover-needs-pets.yaml", rule),
        ],
    )
    found = run(from_texts({file: text.encode() for file, text in texts.items()}, []), AS_OF)
    (dead,) = [one for one in found if one.code.name == "dead-module"]
    assert "care-budget" in str(dead.hint)
