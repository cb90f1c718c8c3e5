"""May a product be sold: every kind of rule, and the limits that have no rule of their own."""

from collections.abc import Callable
from datetime import date

import pytest

from cardkit.combine.sellable import refusals, sellable_segments
from cardkit.model.catalog import Catalog
from cardkit.model.expression import parse

AS_OF = date(2026, 7, 1)
HEAD = "kind: rule\nid: r\nname: {zh: 规则, en: Rule}\nowner: me\nreason: {zh: 因为, en: because}\n"

# rule, product, may it be sold
RULES = [
    ("rule: requires\nmodules: [lounge-pass]\nneeds_all: [pet-care]", "gold-card+lounge-pass", False),
    ("rule: requires\nmodules: [lounge-pass]\nneeds_all: [pet-care]", "gold-card+lounge-pass+pet-care", True),
    ("rule: requires\nmodules: [lounge-pass]\nneeds_all: [pet-care]", "gold-card", True),
    (
        "rule: requires\nmodules: [lounge-pass]\nneeds_any: [pet-care, card-security]",
        "gold-card+lounge-pass",
        False,
    ),
    (
        "rule: requires\nmodules: [lounge-pass]\nneeds_any: [pet-care, card-security]",
        "gold-card+lounge-pass+card-security",
        True,
    ),
    ("rule: excludes\nmodules: [lounge-pass, pet-care]", "gold-card+lounge-pass+pet-care", False),
    ("rule: excludes\nmodules: [lounge-pass, pet-care]", "gold-card+lounge-pass", True),
    ("rule: at-most\nnumber: 1\nmodules: [lounge-pass, pet-care]", "gold-card+lounge-pass+pet-care", False),
    ("rule: at-least\nnumber: 1\nmodules: [lounge-pass, pet-care]", "gold-card", False),
    ("rule: at-least\nnumber: 1\nmodules: [lounge-pass, pet-care]", "gold-card+pet-care", True),
    ("rule: at-least\nnumber: 1\nmodules: [pet-care]\ncards: [city-card]", "gold-card", True),
    ("rule: exactly\nnumber: 1\nmodules: [lounge-pass, pet-care]", "gold-card+lounge-pass+pet-care", False),
    ("rule: exactly\nnumber: 1\ngroup: travel", "gold-card+lounge-pass", True),
    ("rule: exactly\nnumber: 1\ngroup: travel", "gold-card+pet-care", False),
    ("rule: allowed-cards\nmodules: [pet-care]\ncards: [city-card]", "gold-card+pet-care", False),
    ("rule: allowed-cards\nmodules: [pet-care]\ntiers: [gold]", "gold-card+pet-care", True),
    ("rule: allowed-segments\nmodules: [pet-care]\nsegments: [senior]", "gold-card+pet-care@gen-z", False),
    ("rule: allowed-segments\ncards: [gold-card]\nsegments: [gen-z]", "gold-card@gen-z", True),
    ("rule: budget\nattribute: points-of-care\nmost: 0", "gold-card+pet-care", False),
    ("rule: budget\nattribute: points-of-care\nmost: 100", "gold-card+pet-care", True),
    # Dates of a rule are inclusive on both ends; outside of them it says nothing.
    ("rule: at-least\nnumber: 1\ngroup: travel\nvalid: {from: 2026-07-01}", "gold-card", False),
    ("rule: at-least\nnumber: 1\ngroup: travel\nvalid: {from: 2026-07-02}", "gold-card", True),
    ("rule: at-least\nnumber: 1\ngroup: travel\nvalid: {until: 2026-06-30}", "gold-card", True),
    ("rule: at-least\nnumber: 1\ngroup: travel\nstatus: retired", "gold-card", True),
]


@pytest.mark.parametrize(("rule", "product", "sellable"), RULES)
def test_a_rule_decides(with_files: Callable[..., Catalog], rule: str, product: str, sellable: bool) -> None:
    catalog = with_files(rules__r=HEAD + rule + "\n")
    found = refusals(catalog, parse(catalog, product).product, AS_OF)
    assert [refusal.rule for refusal in found] == ([] if sellable else ["r"])
    assert all(refusal.reason.en == "because" for refusal in found)


def test_slots_lifecycle_dates_and_eligibility_are_named_by_where_they_come_from(
    with_files: Callable[..., Catalog],
) -> None:
    catalog = with_files()
    text = (
        "kind: module\nid: {id}\nname: {{zh: 模块, en: Module}}\nowner: me\ngroup: travel\nprice: 1\n{more}\n"
        "benefits:\n  - id: b\n    mechanic: feature\n    name: {{zh: 功能, en: Feature}}\n"
        "    about: {{zh: 有, en: there}}\n"
        "    fixed_cost: 1\n"
    )
    files = {
        "modules__draft-one": text.format(id="draft-one", more="status: draft"),
        "modules__late-one": text.format(id="late-one", more="valid: {from: 2026-07-02}"),
        "modules__big-one": text.format(id="big-one", more="slots: 9"),
        "modules__senior-one": text.format(id="senior-one", more="eligible_segments: [senior]"),
        "modules__pilot-one": text.format(id="pilot-one", more="status: pilot\npilot_segments: [senior]"),
    }
    catalog = with_files(**files)
    for name, rule in (
        ("draft-one", "lifecycle:draft-one"),
        ("late-one", "dates:late-one"),
        ("big-one", "slots:gold-card"),
        ("senior-one", "eligibility:senior-one"),
        ("pilot-one", "lifecycle:pilot-one"),
    ):
        product = parse(catalog, f"gold-card+{name}@gen-z").product
        assert [refusal.rule for refusal in refusals(catalog, product, AS_OF)] == [rule]
    product = parse(catalog, "gold-card+pilot-one").product
    assert sellable_segments(catalog, product, AS_OF) == ("senior",)
