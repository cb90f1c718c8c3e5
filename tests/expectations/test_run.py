"""Expectations against the small example catalog: what holds, and what a reader is told of what doesn't."""

from collections.abc import Callable
from datetime import date

import pytest

from cardkit.expectations.outcome import Outcome

Hold = Callable[[str], list[Outcome]]
HEAD = "owner: card-team\nexpectations:\n  - name: {zh: 甲, en: First}\n    "

HOLDING = {
    "a product that may be sold": "expect: sold\n    product: city-card+pet-care@gen-z",
    "a module alone is put on the reference card": "expect: sold\n    product: pet-care@gen-z",
    "without a segment one that may have it is enough": "expect: sold\n    product: city-card",
    "a rule that forbids a product": """expect: not-sold
    product: city-card+lounge-pass@gen-z
    as_of: 2025-06-01
    rules: [dates:lounge-pass]""",
    "a figure to the fen": """expect: price
    product: city-card@gen-z
    totals: {contribution: {is: 62.22}}""",
    "a figure within its margin, ends included": """expect: price
    product: city-card@gen-z
    totals: {contribution: {is: 62.72, within: 0.50}, revenue: {is: 300, within: 10%}}""",
    "bounds, ends included": """expect: price
    product: city-card@gen-z
    totals: {contribution: {at_least: 62.22, at_most: 62.22}}""",
    "bounds in every segment that may have it": """expect: price
    product: city-card
    totals: {revenue: {at_least: 0}}""",
    "lines of both sides, what is paid below zero": """expect: price
    product: city-card+pet-care@gen-z
    lines: {pet-care/clinic-discount: {is: -17.61}}
    customer_lines: {pet-care/fee: {is: -58.20}, pet-care/clinic-discount: {is: 25.15}}""",
    "the first year": """expect: price
    product: city-card@gen-z
    view: first-year
    totals: {contribution: {at_most: 62.21}}""",
    "texts of both pages, white space and colons aside": """expect: sheet
    product: city-card+pet-care@gen-z
    zh: {contains: ["最多减 100 元", 宠物门诊 优惠], lacks: [成本]}
    en: {contains: ["at  most\\nCNY 100"], lacks: [MARGIN]}""",
    "a policy that the engine proves": "expect: policy\n    policy: bank-earns",
}


@pytest.mark.parametrize("text", HOLDING.values(), ids=HOLDING)
def test_an_expectation_holds(hold: Hold, text: str) -> None:
    (outcome,) = hold(HEAD + text + "\n")
    assert outcome.holds, outcome.misses


FAILING = {
    "a product that may not be sold": (
        "expect: sold\n    product: gold-card+lounge-pass@gen-z\n    as_of: 2025-06-01",
        [("sale", "may be sold", "may not be sold")],
    ),
    "a product that may be sold": (
        "expect: not-sold\n    product: city-card@gen-z\n    rules: [care-budget]",
        [("sale", "may not be sold", "may be sold")],
    ),
    "another rule forbids it": (
        """expect: not-sold
    product: city-card+lounge-pass@gen-z
    as_of: 2025-06-01
    rules: [dates:lounge-pass, care-budget]""",
        [("rule care-budget", "forbids it", "forbidden by dates:city-card, dates:lounge-pass")],
    ),
    "a figure beyond its margin": (
        """expect: price
    product: city-card@gen-z
    totals: {contribution: {is: 60, within: 0.50}, customer_net: {at_least: 5}}""",
        [("contribution", "60.00 ± 0.50", "62.22"), ("customer net", "at least 5.00", "4.17")],
    ),
    "a line that isn't there": (
        "expect: price\n    product: city-card+pet-care@gen-z\n    lines: {pet-care/clinic: {at_most: 0}}",
        [("pet-care/clinic", "at most 0.00", "no such line")],
    ),
    "a text that isn't on the page": (
        """expect: sheet
    product: city-card+pet-care@gen-z
    en: {contains: [at most CNY 200 each time]}""",
        [("the English page", "contains “at most CNY 200 each time”", "it doesn't")],
    ),
    "a text that shouldn't be on the page": (
        "expect: sheet\n    product: city-card+pet-care@gen-z\n    en: {lacks: [CNY 100]}",
        [("the English page", "doesn't contain “CNY 100”", "it does")],
    ),
    "a product that doesn't exist": (
        "expect: sold\n    product: city-card+pet-cara@gen-z",
        [("answer", "there is one", "There is no pet-cara in the catalog")],
    ),
    "a campaign that doesn't exist": (
        """expect: price
    product: city-card@gen-z
    campaigns: [welcom]
    totals: {cost: {at_least: 0}}""",
        [("answer", "there is one", "There is no welcom in the catalog")],
    ),
    "a scenario that doesn't exist": (
        "expect: price\n    product: city-card@gen-z\n    scenario: crash\n    totals: {cost: {at_least: 0}}",
        [("answer", "there is one", "There is no scenario crash")],
    ),
    "one figure for several segments": (
        "expect: price\n    product: city-card\n    totals: {cost: {is: 1}}",
        [("answer", "there is one", "city-card names no segment, so no single figure can be expected")],
    ),
    "a policy that doesn't exist": (
        "expect: policy\n    policy: bank-burns",
        [("answer", "there is one", "There is no policy bank-burns")],
    ),
    "a counterexample that is gone": (
        "expect: policy\n    policy: bank-earns\n    status: refuted",
        [("policy bank-earns", "refuted", "proved")],
    ),
}


@pytest.mark.parametrize(("text", "misses"), FAILING.values(), ids=FAILING)
def test_an_expectation_fails_and_says_what_came(
    hold: Hold, text: str, misses: list[tuple[str, str, str]]
) -> None:
    (outcome,) = hold(HEAD + text + "\n")
    assert [(miss.what.en, miss.expected.en, miss.got.en) for miss in outcome.misses] == misses
    assert all(miss.why.zh and miss.why.en for miss in outcome.misses)


def test_the_reason_says_what_to_look_at(hold: Hold) -> None:
    def why(text: str) -> str:
        return hold(HEAD + text + "\n")[0].misses[0].why.en

    page = "expect: sheet\n    product: pet-care@gen-z\n    en: {contains: [at most CNY 200 each time]}"
    assert "the nearest is “Conditions: at most CNY 100 each time" in why(page)
    line = "expect: price\n    product: pet-care@gen-z\n    lines: {pet-care/clinic: {at_most: 0}}"
    assert "pet-care/clinic-discount" in why(line)
    amount = "expect: price\n    product: city-card@gen-z\n    totals: {contribution: {is: 60, within: 2%}}"
    assert why(amount) == "2.22 higher; the margin is 1.20"


def test_a_miss_stands_where_it_is_expected(hold: Hold) -> None:
    (outcome,) = hold(
        HEAD + "expect: price\n    product: city-card@gen-z\n    totals:\n      contribution: {is: 60}\n"
    )
    assert (outcome.site.file, outcome.site.span.line, outcome.site.span.column) == ("tests/some.yaml", 7, 26)
    assert outcome.site.pointer == "/expectations/0/totals/contribution/is"


def test_its_own_day_goes_before_the_files_and_the_files_before_the_runs(hold: Hold) -> None:
    case = "  - name: {{zh: {0}, en: {0}}}\n    expect: sold\n    product: city-card@gen-z\n{1}"
    own, none = case.format("a", "    as_of: 2026-03-01\n"), case.format("b", "")
    with_day = hold("owner: me\nas_of: 2026-05-01\nexpectations:\n" + own + none)
    without = hold("owner: me\nexpectations:\n" + none)
    assert [outcome.as_of for outcome in with_day] == [date(2026, 3, 1), date(2026, 5, 1)]
    assert without[0].as_of == date(2026, 7, 1)
