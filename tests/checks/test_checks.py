"""What checks do beyond their pages."""

import time
from collections.abc import Callable, Iterable
from datetime import date

import pytest

from cardkit.checks.base import Check
from cardkit.checks.checking import Checking
from cardkit.checks.page import Example, parse
from cardkit.checks.registry import CHECKS
from cardkit.checks.run import run
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Code, Finding, Severity
from cardkit.ground.text import Text
from cardkit.source.load import from_texts

Texts = dict[str, str]
Findings = Callable[..., list[Finding]]
Change = Callable[[Texts, Iterable[Example]], Texts]
AS_OF = date(2026, 7, 1)


def bad(file: str, text: str, place: str = "") -> Example:
    return Example("bad", text, file, place)


def names(found: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(finding.code.name, finding.site.file) for finding in found]


# one fault never hides the next ------------------------------------------------------------------------


def test_a_broken_file_still_gets_its_references_checked(
    example: Texts, findings: Findings, changed: Change
) -> None:
    texts = changed(example, [bad("modules/pet-care.yaml", 'price: "60"\npartner: paw-clinic\n')])
    found = findings(texts)
    assert ("wrong-type", "modules/pet-care.yaml") in names(found)
    assert ("unknown-id", "modules/pet-care.yaml") in names(found)


def test_what_refers_to_a_broken_file_is_not_called_unknown(example: Texts, findings: Findings) -> None:
    for text in ("id: [pet-care\n", "kind: module\nid: pet-care\n"):
        found = findings(example | {"modules/pet-care.yaml": text})
        assert not {finding.code.name for finding in found} & {
            "unknown-id",
            "unknown-benefit",
            "check-crashed",
        }


def test_a_broken_catalog_yaml_hides_no_fault_of_the_other_files(
    example: Texts, findings: Findings, changed: Change
) -> None:
    texts = changed(example, [bad("modules/pet-care.yaml", "partner: paw-clinic\n")])
    for text in ("currency: [\n", "id: small-bank\n"):
        found = names(findings(texts | {"catalog.yaml": text}))
        assert ("unknown-id", "modules/pet-care.yaml") in found
        assert not [name for name, _ in found if name == "check-crashed"]


def test_two_missing_figures_of_two_benefits_are_two_findings(
    example: Texts, findings: Findings, changed: Change
) -> None:
    texts = changed(example, [bad("segments/senior.yaml", "usage: {}\n")])
    pointers = {finding.site.pointer for finding in findings(texts) if finding.code.name == "missing-figure"}
    assert pointers == {"/usage/clinic-visits", "/usage/lounge-visits"}


def test_a_dangling_reference_crashes_no_check(example: Texts, findings: Findings, changed: Change) -> None:
    places = [
        ("bundles/pet-start.yaml", "card: cty-card\n", ""),
        ("bundles/pet-start.yaml", "segments: [gen-y]\n", ""),
        ("segments/senior.yaml", "reference_card: none-such\n", ""),
        ("campaigns/welcome.yaml", "target: {segments: [gen-y], share: 40%}\n", ""),
        ("cards/gold-card.yaml", "currency: miles\n", "core/1"),
        ("modules/pet-care.yaml", "usage: clinics\n", "benefits/0"),
        ("rules/dining-best.yaml", "members: [card/nothing, nobody/nothing]\n", ""),
        ("modules/card-security.yaml", "insurer: nobody\n", "benefits/0"),
        ("modules/pet-care.yaml", "group: pets\n", ""),
    ]
    for file, text, place in places:
        found = findings(changed(example, [bad(file, text, place)]))
        assert {finding.code.name for finding in found} & {"unknown-id", "unknown-benefit"}, text
        assert "check-crashed" not in {finding.code.name for finding in found}, (text, found)


# a crash is a finding --------------------------------------------------------------------------------------


def test_a_crashing_check_is_a_finding_and_hides_no_other(example: Texts) -> None:
    def crashes(checking: Checking) -> Iterable[Finding]:
        yield Finding(Code("CK998", "before"), checking.catalog.setting_site("id"), Text("一", "one"))
        raise ZeroDivisionError("made up")

    def refuses(checking: Checking) -> Iterable[Finding]:
        raise CardkitError(Text("做不到", f"can't, for {checking.as_of}"))

    texts = {file: text.encode() for file, text in example.items()}
    texts["partners/tea-house.yaml"] = texts["partners/paws-clinics.yaml"].replace(
        b"id: paws-clinics", b"id: tea-house"
    )
    checks = (Check(Code("CK998", "before"), crashes), Check(Code("CK997", "refuses"), refuses), *CHECKS)
    found = run(from_texts(texts, []), AS_OF, checks)
    crashed = [finding.message.en for finding in found if finding.code.name == "check-crashed"]
    assert any("ZeroDivisionError: made up" in message for message in crashed)
    assert any("can't, for 2026-07-01" in message for message in crashed)
    assert {"before", "unused"} <= {finding.code.name for finding in found}


def test_findings_are_in_order(example: Texts, findings: Findings, changed: Change) -> None:
    texts = changed(
        example,
        [
            bad("modules/pet-care.yaml", "slots: 9\npartner: paw-clinic\n"),
            bad("cards/city-card.yaml", "minimum_age: 10\n"),
        ],
    )
    found = findings(texts)
    assert [finding.order for finding in found] == sorted(finding.order for finding in found)
    assert len(set(found)) == len(found)


# tricky cases, named as sentences ---------------------------------------------------------------------------


def test_an_unknown_id_comes_with_the_nearest(example: Texts, findings: Findings, changed: Change) -> None:
    (found,) = findings(changed(example, [bad("modules/pet-care.yaml", "partner: paw-clinic\n")]))[:1]
    assert found.hint is not None
    assert "paws-clinics" in found.hint.en
    assert found.site.pointer == "/partner"


def test_an_unknown_segment_on_a_key_points_at_the_key(
    example: Texts, findings: Findings, changed: Change
) -> None:
    texts = changed(example, [bad("modules/card-security.yaml", "segments:\n  gen-y: {choose: 5%}\n")])
    (found,) = [finding for finding in findings(texts) if finding.code.name == "unknown-id"]
    line = texts["modules/card-security.yaml"].split("\n")[found.site.span.line - 1]
    assert line[found.site.span.column - 1 : found.site.span.end_column - 1] == "gen-y"


GROUPED = """\
kind: interaction
id: clinic-and-lounge
name: {zh: 组, en: Group}
owner: team
how: %s
members: [%s]
reason: {zh: 原因, en: a reason}
"""


@pytest.mark.parametrize(
    ("how", "members", "expected"),
    [
        ("waive", "card/annual-fee-waiver, pet-care/clinic-discount", "group-of-unequals"),
        ("redeem", "card/core-points, pet-care/clinic-discount", "group-of-unequals"),
        ("share", "card/core-points, lounge-pass/lounge", "group-of-unequals"),
        ("best", "card/core-points, lounge-pass/lounge", "group-of-unequals"),
        ("accumulate", "card/core-points, lounge-pass/lounge", None),
        ("accumulate", "card/core-points, card/redeem-bill", None),
    ],
)
def test_a_group_is_refused_where_its_members_cannot_be_priced_so(
    how: str, members: str, expected: str | None, example: Texts, findings: Findings
) -> None:
    found = findings(example | {"rules/clinic-and-lounge.yaml": GROUPED % (how, members)})
    assert {finding.code.name for finding in found} == ({expected} if expected else set())


EXCLUDES = """\
kind: rule
id: not-together
name: {zh: 规则, en: Rule}
owner: team
rule: excludes
modules: [pet-care, lounge-pass]
reason: {zh: 原因, en: a reason}
"""
TWIN = """\
kind: module
id: pet-plus
name: {zh: 宠物加强包, en: Pet plus}
owner: team
valid: {from: 2026-01-01, until: 2028-12-31}
group: family
price: 10
benefits:
  - id: second-discount
    mechanic: discount
    name: {zh: 门诊优惠, en: Money off}
    rate: 10%
    cap_per_use: 50
    uses: 2
    period: calendar-year
    usage: clinic-visits
segments: {gen-z: {choose: 1%}, senior: {choose: 1%}}
"""


def test_two_discounts_on_one_visit_overlap_unless_a_rule_keeps_them_apart(
    example: Texts, findings: Findings
) -> None:
    texts = example | {"modules/pet-plus.yaml": TWIN}
    assert [(f.code.name, f.entity) for f in findings(texts)] == [("undeclared-overlap", "pet-plus")]
    apart = EXCLUDES.replace("lounge-pass", "pet-plus")
    assert findings(texts | {"rules/not-together.yaml": apart}) == []
    other_segment = TWIN.replace("group: family", "group: family\neligible_segments: [senior]").replace(
        "gen-z: {choose: 1%}, ", ""
    )
    mine = example["modules/pet-care.yaml"].replace(
        "group: family", "group: family\neligible_segments: [gen-z]"
    )
    assert findings(example | {"modules/pet-plus.yaml": other_segment, "modules/pet-care.yaml": mine}) == []


def test_a_rule_that_excludes_what_a_bundle_contains_is_quoted(example: Texts, findings: Findings) -> None:
    (found,) = findings(example | {"rules/not-together.yaml": EXCLUDES})
    assert found.code.name == "unsellable-bundle"
    assert "a reason (not-together)" in found.message.en
    assert [related.site.file for related in found.related] == ["rules/not-together.yaml"]


def test_a_module_that_requires_what_another_rule_excludes_contradicts_it(
    example: Texts, findings: Findings
) -> None:
    apart = EXCLUDES.replace("lounge-pass", "study-instalments")
    needs = (
        EXCLUDES.replace("not-together", "needs-it")
        .replace("rule: excludes", "rule: requires")
        .replace("modules: [pet-care, lounge-pass]", "modules: [study-instalments]\nneeds_all: [pet-care]")
    )
    found = findings(example | {"rules/not-together.yaml": apart, "rules/needs-it.yaml": needs})
    assert names(found) == [("contradictory-rule", "rules/needs-it.yaml")]


def test_a_module_without_a_last_day_outlives_its_contract(
    example: Texts, findings: Findings, changed: Change
) -> None:
    texts = changed(example, [bad("modules/lounge-pass.yaml", "valid: {from: 2026-01-01}\n")])
    (found,) = findings(texts)
    assert (found.code.name, found.site.pointer) == ("outlives-contract", "/partner")
    assert "no last day" in found.message.en


def test_a_multiplied_cap_is_the_multiple_of_the_spend(
    example: Texts, findings: Findings, changed: Change
) -> None:
    made = """\
multiplier: 3
multiplier_counts: incremental
limits:
  - {metric: points, most: 3000, period: calendar-month}
  - {metric: spend, most: 20000, period: calendar-month}
"""
    assert findings(changed(example, [bad("cards/gold-card.yaml", made, "core/1")])) == []
    wrong = made.replace("3000,", "2000,", 1)
    (found,) = findings(changed(example, [bad("cards/gold-card.yaml", wrong, "core/1")]))
    assert (found.code.name, found.site.pointer) == ("caps-disagree", "/core/1/limits/0/most")


def test_what_is_not_confirmed_gives_warnings_only(
    example: Texts, findings: Findings, changed: Change
) -> None:
    change = bad("cards/city-card.yaml", "minimum_age: 16\n")
    (found,) = findings(changed(example, [change]))
    assert found.code.severity is Severity.ERROR
    assert "银监会令2011年第2号" in found.message.zh
    unsure = changed(example, [change, bad("law/holder-age.yaml", "certainty: draft\n")])
    (found,) = findings(unsure)
    assert found.code.severity is Severity.WARNING
    assert "not confirmed" in found.message.en


def test_a_law_that_is_not_yet_in_force_is_silent(
    example: Texts, findings: Findings, changed: Change
) -> None:
    change = [
        bad("cards/city-card.yaml", "minimum_age: 16\n"),
        bad("law/holder-age.yaml", "valid: {from: 2027-01-01}\n"),
    ]
    texts = changed(example, change)
    assert findings(texts) == []
    assert "holder-age" in {f.code.name for f in findings(texts, date(2027, 1, 1))}


def test_a_catalog_without_law_has_no_legal_findings_and_no_note(
    example: Texts, findings: Findings, changed: Change
) -> None:
    texts = changed(example, [bad("cards/city-card.yaml", "minimum_age: 16\n")])
    bare = {file: text for file, text in texts.items() if not file.startswith("law/")}
    assert findings(bare) == []


def test_law_follows_its_own_figures(example: Texts, findings: Findings, changed: Change) -> None:
    texts = changed(example, [bad("law/holder-age.yaml", "parameters: {minimum-age: 20}\n")])
    assert {finding.code.name for finding in findings(texts)} == {"holder-age"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("secure in every season", set()),
        ("will CURE your cat", {"no-cure-promise"}),
        ("a safe, RISK-FREE choice", {"no-guaranteed-returns"}),
    ],
)
def test_english_words_are_found_as_whole_words(
    text: str, expected: set[str], example: Texts, findings: Findings, changed: Change
) -> None:
    texts = changed(example, [bad("modules/pet-care.yaml", f'description: {{zh: 说明, en: "{text}"}}\n')])
    assert {finding.code.name for finding in findings(texts)} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每月 10 日上午 10 点开抢", set()),
        ("每月限一次", {"period-not-named"}),
        ("每自然月限一次", set()),
        ("每年限一次", {"period-not-named"}),
    ],
)
def test_a_day_of_the_month_is_no_period(
    text: str, expected: set[str], example: Texts, findings: Findings, changed: Change
) -> None:
    change = bad(
        "modules/lounge-pass.yaml",
        f"eligibility: {{condition: {{zh: {text}, en: as stated}}}}\n",
        "benefits/0",
    )
    assert {finding.code.name for finding in findings(changed(example, [change]))} == expected


@pytest.mark.parametrize(
    ("zh", "comparison", "expected"),
    [
        ("满 10 元", ">=", set()),
        ("超过 10 元", ">=", {"comparison-wording"}),
        ("超过 10 元", ">", set()),
        ("满 10 元", ">", {"comparison-wording"}),
        ("超过 99 元", ">=", set()),
    ],
)
def test_reaching_and_exceeding_are_two_contracts(
    zh: str, comparison: str, expected: set[str], *, example: Texts, findings: Findings, changed: Change
) -> None:
    changes = [
        bad("campaigns/welcome.yaml", f'comparison: "{comparison}"\n', "benefits/0/steps/0"),
        bad("campaigns/welcome.yaml", f"name: {{zh: 首笔{zh}有礼, en: First purchase}}\n"),
    ]
    assert {finding.code.name for finding in findings(changed(example, changes))} == expected


def test_a_voucher_without_an_end_has_no_period(example: Texts, findings: Findings) -> None:
    voucher = """\
  - id: dining-voucher
    mechanic: voucher
    name: {zh: 餐券, en: Dining voucher}
    face: 50
    count: 1
    period: calendar-year
    cost_ratio: 80%
    claim: 60%
    redeemed: 80%
"""
    pet_care = example["modules/pet-care.yaml"]
    texts = example | {"modules/pet-care.yaml": pet_care.replace("attributes:", voucher + "attributes:")}
    (found,) = findings(texts)
    assert (found.code.name, found.site.pointer) == ("gifts-stated", "/benefits/2/name")
    ended = pet_care.replace("attributes:", voucher + "    life_days: 30\nattributes:")
    assert findings(example | {"modules/pet-care.yaml": ended}) == []


# pages ---------------------------------------------------------------------------------------------------


def test_a_page_without_a_part_is_refused() -> None:
    with pytest.raises(ValueError, match="CK000"):
        parse(Code("CK000", "none"), "A summary.\n\n摘要。\n\nWhy: because\n")


# scale ----------------------------------------------------------------------------------------------------


def many(example: Texts, modules: int) -> Texts:
    """The example with many more modules, none of which goes with another."""
    texts = dict(example)
    for number in range(modules):
        text = TWIN.replace("pet-plus", f"pet-{number}").replace(
            "usage: clinic-visits", f"usage: visits-{number}"
        )
        texts[f"modules/pet-{number}.yaml"] = text
    usages = "".join(f"  visits-{n}: {{name: {{zh: 项目, en: a use}}}}\n" for n in range(modules))
    texts["catalog.yaml"] = texts["catalog.yaml"].replace("usages:\n", "usages:\n" + usages)
    used = "".join(f"  visits-{n}: {{mean: 1, ticket_mean: 100, ticket_cv: 1}}\n" for n in range(modules))
    for segment in ("gen-z", "senior"):
        file = f"segments/{segment}.yaml"
        texts[file] = texts[file].replace("usage:\n", "usage:\n" + used)
    return texts


def test_four_times_the_files_take_about_four_times_as_long(example: Texts) -> None:
    seconds = []
    for modules in (60, 240):
        catalog = from_texts({file: text.encode() for file, text in many(example, modules).items()}, [])
        least = float("inf")
        for _ in range(3):
            before = time.perf_counter()
            assert run(catalog, AS_OF) == []
            least = min(least, time.perf_counter() - before)
        seconds.append(least)
    assert seconds[1] < 10 * seconds[0], seconds
