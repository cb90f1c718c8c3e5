"""A table of changes: what a catalog said, what it says now, and the kinds of change that are told."""

from collections.abc import Iterable
from datetime import date

import pytest

from cardkit.diff.change import Kind
from cardkit.diff.difference import Difference
from tests.checks.conftest import Texts
from tests.diff.conftest import Compare

Edit = tuple[str, str, str]
"""A file, what stands in it, and what takes its place."""

CARD, PETS, LOUNGE = "cards/city-card.yaml", "modules/pet-care.yaml", "modules/lounge-pass.yaml"
STUDY, SECURITY = "modules/study-instalments.yaml", "modules/card-security.yaml"
BUNDLE, SETTINGS = "bundles/pet-start.yaml", "catalog.yaml"
CAMPAIGN, RULE = "campaigns/welcome.yaml", "rules/two-family-modules.yaml"

PROMISES: dict[str, tuple[Edit, set[Kind]]] = {
    "a fee goes up": ((CARD, "annual_fee: 100", "annual_fee: 120"), {Kind.FEE_RAISED}),
    "a markup goes up": ((CARD, "fx_markup: 1.5%", "fx_markup: 1.6%"), {Kind.FEE_RAISED}),
    "a module costs more": ((PETS, "price: 60", "price: 61"), {Kind.FEE_RAISED}),
    "a bundle's discount shrinks": ((BUNDLE, "discount: 20", "discount: 10"), {Kind.FEE_RAISED}),
    "insurance costs more": ((SECURITY, "customer_price: 1", "customer_price: 2"), {Kind.FEE_RAISED}),
    "an instalment costs more": ((STUDY, "0.3%, share", "0.4%, share"), {Kind.FEE_RAISED}),
    "a discount tier is gone": ((SETTINGS, "  - {modules: 4, amount: 15}\n", ""), {Kind.FEE_RAISED}),
    "money off shrinks": ((PETS, "rate: 20%", "rate: 15%"), {Kind.BENEFIT_REDUCED}),
    "a cover shrinks": ((SECURITY, "sum_insured: 50000", "sum_insured: 40000"), {Kind.BENEFIT_REDUCED}),
    "points get dearer": ((CARD, "points: 1000\n    unit", "points: 1100\n    unit"), {Kind.BENEFIT_REDUCED}),
    "a right is gone": (
        (
            STUDY,
            "{months: 6, customer_rate: 0%, share: 40%}",
            "{months: 18, customer_rate: 0.3%, share: 40%}",
        ),
        {Kind.BENEFIT_REDUCED},
    ),
    "a bundle loses a module": ((BUNDLE, "[pet-care, lounge-pass]", "[pet-care]"), {Kind.BENEFIT_REDUCED}),
    "a cap is lowered": ((PETS, "most: 15", "most: 14"), {Kind.CAP_REDUCED}),
    "a cap appears": (
        (
            PETS,
            "    uses: 4\n",
            "    uses: 4\n    limits: [{metric: reward, most: 300, period: calendar-year}]\n",
        ),
        {Kind.CAP_REDUCED},
    ),
    "a highest amount is lowered": (
        (STUDY, "maximum_amount: 30000", "maximum_amount: 20000"),
        {Kind.CAP_REDUCED},
    ),
    "fewer uses": ((PETS, "uses: 4", "uses: 3"), {Kind.COUNT_REDUCED}),
    "fewer visits": ((LOUNGE, "count: 4", "count: 3"), {Kind.COUNT_REDUCED}),
    "fewer people share": ((LOUNGE, "people: 2", "people: 1"), {Kind.COUNT_REDUCED}),
    "the sharing ends": (
        (LOUNGE, "    sharing: {people: 2, demand_factor: 1.5}\n", ""),
        {Kind.BENEFIT_REDUCED},
    ),
    "fewer slots": ((CARD, "slots: 3", "slots: 2"), {Kind.COUNT_REDUCED}),
    "a threshold goes up": ((CARD, "threshold: 20000", "threshold: 30000"), {Kind.CONDITION_TIGHTENED}),
    "reaching becomes exceeding": (
        (CARD, "threshold: 20000", "threshold: 20000\n    comparison: '>'"),
        {Kind.CONDITION_TIGHTENED},
    ),
    "an older holder is asked for": (
        (CARD, "minimum_age: 18", "minimum_age: 20"),
        {Kind.CONDITION_TIGHTENED},
    ),
    "fewer segments": ((PETS, "slots: 1", "eligible_segments: [gen-z]"), {Kind.CONDITION_TIGHTENED}),
    "registration is asked for": (
        (LOUNGE, "    count: 4", "    enrolment: register\n    take_up: 50%\n    count: 4"),
        {Kind.CONDITION_TIGHTENED},
    ),
    "an exclusion is new": (
        (LOUNGE, "    count: 4", "    exclusions: [{zh: 节假日, en: holidays}]\n    count: 4"),
        {Kind.CONDITION_TIGHTENED},
    ),
    "points expire sooner": (
        (SETTINGS, "expiry_months: 36", "expiry_months: 24"),
        {Kind.CONDITION_TIGHTENED},
    ),
    "the notice itself gets shorter": (
        (SETTINGS, "notice_days: 45", "notice_days: 30"),
        {Kind.CONDITION_TIGHTENED},
    ),
    "a module is retired in a bundle": (
        (LOUNGE, "group: travel", "status: retired\ngroup: travel"),
        {Kind.RETIRED_WHILE_SOLD},
    ),
    "a module ends too soon": ((LOUNGE, "until: 2028-12-31", "until: 2026-07-15"), {Kind.DATE_MOVED}),
    "a module begins later": ((LOUNGE, "from: 2026-01-01", "from: 2026-09-01"), {Kind.DATE_MOVED}),
    "a fee goes up too soon": (
        (
            CARD,
            "annual_fee: 100",
            "annual_fee: [{from: 2026-01-01, value: 100}, {from: 2026-08-14, value: 120}]",
        ),
        {Kind.NOTICE_TOO_SHORT},
    ),
    "a fee goes up today, dated": (
        (
            CARD,
            "annual_fee: 100",
            "annual_fee: [{from: 2026-01-01, value: 100}, {from: 2026-07-01, value: 120}]",
        ),
        {Kind.NOTICE_TOO_SHORT},
    ),
    "a fee goes down in place": ((CARD, "annual_fee: 100", "annual_fee: 90"), {Kind.EDITED_IN_PLACE}),
    "a fee went up in the past": (
        (
            CARD,
            "annual_fee: 100",
            "annual_fee: [{from: 2026-01-01, value: 100}, {from: 2026-06-01, value: 120}]",
        ),
        {Kind.FEE_RAISED},
    ),
}

SILENT: dict[str, Edit] = {
    "a comment": (CARD, "annual_fee: 100", "annual_fee: 100  # told in the app"),
    "another owner": (CARD, "owner: card-team", "owner: other-team"),
    "a source": (CARD, "annual_fee: 100", "annual_fee: {value: 100, source: price list}"),
    "the same number, written longer": (CARD, "annual_fee: 100", "annual_fee: 100.00"),
    "the same number, dated": (CARD, "annual_fee: 100", "annual_fee: [{from: 2026-01-01, value: 100}]"),
    "a fee that rises in time": (
        CARD,
        "annual_fee: 100",
        "annual_fee: [{from: 2026-01-01, value: 100}, {from: 2026-08-15, value: 120}]",
    ),
    "a fee that falls one day": (
        CARD,
        "annual_fee: 100",
        "annual_fee: [{from: 2026-01-01, value: 100}, {from: 2026-07-02, value: 90}]",
    ),
    "a cost of the bank": (LOUNGE, "unit_cost: 80", "unit_cost: 85"),
    "an assumption": (PETS, "take_up: 60%", "take_up: 50%"),
    "a right that is new": (
        CARD,
        "operating:",
        (
            "  - {id: help, mechanic: feature, name: {zh: 专线, en: Helpline}, "
            "about: {zh: 专人接听, en: a person answers}, fixed_cost: 1}\noperating:"
        ),
    ),
    "more segments for a bundle": (BUNDLE, "segments: [gen-z]", "segments: [gen-z, senior]"),
    "more visits a period": (LOUNGE, "period: calendar-year", "period: calendar-quarter"),
    "a module that ends in time": (LOUNGE, "until: 2028-12-31", "until: 2027-06-30"),
    "a module of no bundle that is retired": (STUDY, "group: family", "status: retired\ngroup: family"),
    "a rule": (RULE, "number: 2", "number: 1"),
}


def edited(texts: Texts, edits: Iterable[Edit]) -> Texts:
    made = dict(texts)
    for file, old, new in edits:
        assert old in made[file], (file, old)
        made[file] = made[file].replace(old, new, 1)
    return made


def told(found: Difference) -> set[Kind]:
    return {each.change.kind for each in found.promises}


@pytest.mark.parametrize("name", PROMISES)
def test_a_change_breaks_exactly_this_promise(name: str, example: Texts, compare: Compare) -> None:
    edit, kinds = PROMISES[name]
    found = compare(example, edited(example, [edit]))
    assert told(found) == kinds, [each.finding.message.en for each in found.promises]
    assert found.fields


@pytest.mark.parametrize("name", SILENT)
def test_a_change_breaks_no_promise(name: str, example: Texts, compare: Compare) -> None:
    found = compare(example, edited(example, [SILENT[name]]))
    assert [each.finding.message.en for each in found.promises] == []


def test_what_is_announced_may_not_move_against_the_customer(example: Texts, compare: Compare) -> None:
    def dated(*entries: tuple[str, int]) -> Texts:
        said = ", ".join(f"{{from: {day}, value: {value}}}" for day, value in entries)
        return edited(example, [(LOUNGE, "count: 4", f"count: [{said}]")])

    better = dated(("2026-01-01", 4), ("2027-01-01", 6))
    later = dated(("2026-01-01", 4), ("2027-06-01", 6))
    never = dated(("2026-01-01", 4))
    worse = dated(("2026-01-01", 4), ("2027-06-01", 2))
    sooner = dated(("2026-01-01", 4), ("2027-01-01", 2))
    assert told(compare(better, later)) == {Kind.DATE_MOVED}
    assert told(compare(better, never)) == {Kind.DATE_MOVED}
    assert told(compare(worse, sooner)) == {Kind.DATE_MOVED}
    assert (
        told(compare(later, better)) == told(compare(sooner, worse)) == told(compare(never, worse)) == set()
    )


def test_what_holds_in_one_segment_is_told_with_it(example: Texts, compare: Compare) -> None:
    by_segment = "rate: {{default: 2%, by_segment: {{senior: {}%}}}}"
    old = edited(example, [(PETS, "rate: 2%", by_segment.format(4))])
    new = edited(example, [(PETS, "rate: 2%", by_segment.format(3))])
    (broken,) = compare(old, new).promises
    assert broken.change.kind is Kind.BENEFIT_REDUCED
    assert broken.change.impact is not None
    assert broken.change.impact.segments == ("senior",)
    assert broken.change.impact.population == 100_000


def test_a_deleted_file_breaks_a_promise_and_a_new_one_doesn_t(example: Texts, compare: Compare) -> None:
    less = {file: text for file, text in example.items() if file != STUDY}
    gone, new = compare(example, less), compare(less, example)
    assert told(gone) == {Kind.RETIRED_WHILE_SOLD}
    assert {each.kind for each in gone.fields} == {Kind.ENTITY_REMOVED}
    assert {each.kind for each in gone.touched.changes} == {Kind.OFFER_REMOVED}
    assert told(new) == set()
    assert {each.kind for each in new.fields} == {Kind.ENTITY_ADDED}
    assert {each.kind for each in new.touched.changes} == {Kind.OFFER_ADDED}


def test_a_bundle_of_something_that_is_gone_can_t_be_sold(example: Texts, compare: Compare) -> None:
    found = compare(example, {file: text for file, text in example.items() if file != LOUNGE})
    assert told(found) == {Kind.RETIRED_WHILE_SOLD}
    assert [each.subject.id for each in found.unsellable] == ["pet-start@gen-z"]


def test_drafts_and_what_is_over_promise_nothing(example: Texts, compare: Compare) -> None:
    draft = edited(example, [(STUDY, "group: family", "status: draft\ngroup: family")])
    assert (
        told(compare(draft, edited(draft, [(STUDY, "maximum_amount: 30000", "maximum_amount: 1000")])))
        == set()
    )
    dearer = edited(example, [(CARD, "annual_fee: 100", "annual_fee: 120")])
    assert told(compare(example, dearer, date(2029, 1, 1))) == set()


FIELDS: dict[str, tuple[Edit, list[tuple[Kind, str, str, str]]]] = {
    "a value": (
        (CARD, "annual_fee: 100", "annual_fee: 120"),
        [(Kind.VALUE_CHANGED, "annual fee", "100", "120")],
    ),
    "a value that is new": (
        (PETS, "slots: 1\n", "slots: 1\ndescription: {zh: 好, en: good}\n"),
        [(Kind.VALUE_ADDED, "description", "", "good")],
    ),
    "a value that is gone": (
        (PETS, "attributes: {points-of-care: 2}\n", ""),
        [(Kind.VALUE_REMOVED, "attributes", "points-of-care: 2", "")],
    ),
    "a value from a day on": (
        (
            CARD,
            "annual_fee: 100",
            "annual_fee: [{from: 2026-01-01, value: 100}, {from: 2026-08-15, value: 120}]",
        ),
        [(Kind.VALUE_DATED, "annual fee", "", "120")],
    ),
    "a source": (
        (CARD, "annual_fee: 100", "annual_fee: {value: 100, source: list}"),
        [(Kind.VALUE_ADDED, "annual fee · source", "", "list")],
    ),
    "inside a benefit, by its name": (
        (PETS, "uses: 4", "uses: 5"),
        [(Kind.VALUE_CHANGED, "benefits · Money off at pet clinics · uses", "4", "5")],
    ),
}


@pytest.mark.parametrize("name", FIELDS)
def test_fields_are_told_by_their_titles(name: str, example: Texts, compare: Compare) -> None:
    edit, expected = FIELDS[name]
    found = compare(example, edited(example, [edit])).fields
    assert [
        (
            each.kind,
            each.subject.label.en,
            each.before.en if each.before else "",
            each.after.en if each.after else "",
        )
        for each in found
    ] == expected


def test_benefits_in_another_order_are_no_other_benefits(example: Texts, compare: Compare) -> None:
    first, second = example[PETS].index("  - id: clinic"), example[PETS].index("  - id: dining")
    end = example[PETS].index("attributes:")
    text = example[PETS]
    swapped = text[:first] + text[second:end] + text[first:second] + text[end:]
    found = compare(example, example | {PETS: swapped})
    assert [each.kind for each in found.fields] == [Kind.ORDER_CHANGED]
    assert told(found) == set()


EFFECTS: dict[str, tuple[Edit, set[Kind]]] = {
    "a price": ((PETS, "price: 60", "price: 65"), {Kind.MONEY_MOVED, Kind.WORST_MOVED, Kind.WORDING_CHANGED}),
    "a cost": ((SECURITY, "premium: 0.8", "premium: 30"), {Kind.MONEY_MOVED, Kind.WORST_MOVED}),
    "a fee of the card": ((CARD, "annual_fee: 100", "annual_fee: 400"), {Kind.BEST_MOVED}),
    "a rule": ((RULE, "number: 2", "number: 1"), {Kind.COUNT_MOVED, Kind.NO_LONGER_SOLD}),
    "a rule that allows more": ((RULE, "number: 2", "number: 3"), {Kind.COUNT_MOVED, Kind.SOLD}),
    "a comment": ((CARD, "tier: standard", "tier: standard  # the first"), set()),
    "an owner": ((CARD, "owner: card-team", "owner: other-team"), set()),
}


@pytest.mark.parametrize("name", EFFECTS)
def test_a_change_has_its_effects(name: str, example: Texts, compare: Compare) -> None:
    edit, kinds = EFFECTS[name]
    found = compare(example, edited(example, [edit]))
    told = {
        each.kind
        for part in (found.money, found.assortment.cells, found.assortment.examples, found.wording.changes)
        for each in part
    }
    assert kinds <= told, told
    assert bool(told) is bool(kinds), told
