"""When two segments answer alike: exactly when no computation that asks could tell them apart."""

from collections.abc import Hashable
from typing import Any

import pytest

from cardkit.model.catalog import Catalog
from cardkit.model.segment import Credit, Segment
from cardkit.pricing.asked import Question, answer
from cardkit.pricing.price_table import price_table
from cardkit.pricing.setting import Day
from tests.pricing.example import PLAIN, changed, small_bank
from tests.pricing.pieces import AS_OF, FEATURE, cost, module, priced

GEN_Z = "segments/gen-z.yaml"
LOUNGE = "lounge-visits: {mean: 0.8, dispersion: 1.2, ticket_mean: 150, ticket_cv: 0.3}"
TYPES = "types: [{share: 100%, choose: 10%, usage: {lounge-visits: 2}}]"


def twins(
    *changes: tuple[str, str], demands: tuple[str, str] = ("choose: 10%", "choose: 10%"), right: str = FEATURE
) -> Catalog:
    """The small bank with a segment like gen-z but for these changes, and a module chosen by both."""
    files = module("m", right)
    one, other = demands
    files["modules/m.yaml"] = files["modules/m.yaml"].replace(
        "gen-z: {choose: 10%}", f"gen-z: {{{one}}}\n  twin: {{{other}}}"
    )
    twin = changed(GEN_Z, ("id: gen-z", "id: twin"), *changes)
    return small_bank({**files, "segments/twin.yaml": twin})


def answers(catalog: Catalog, question: Question, what: Any = None) -> list[Hashable]:
    card = catalog.cards["city-card"]
    return [answer(question, what, card, catalog.segments[name], AS_OF) for name in ("gen-z", "twin")]


@pytest.mark.parametrize(
    ("kind", "change", "alike"),
    [
        ("usage", ("mean: 0.8", "mean: 0.9"), False),
        ("usage", ("dispersion: 1.2", "dispersion: 1.3"), False),
        ("usage", ("ticket_mean: 150", "ticket_mean: 160"), True),
        ("ticket", ("ticket_mean: 150", "ticket_mean: 160"), False),
        ("ticket", ("ticket_cv: 0.3}", "ticket_cv: 0.4}"), False),
        ("ticket", ("mean: 0.8", "mean: 0.9"), True),
    ],
)
def test_uses_are_told_apart_by_their_number_and_tickets_by_their_amount(
    kind: str, change: tuple[str, str], alike: bool
) -> None:
    before, after = change
    one, other = answers(twins((LOUNGE, LOUNGE.replace(before, after))), (kind, "lounge-visits"))
    assert (one == other) is alike


def test_a_use_that_only_one_segment_knows_tells_them_apart() -> None:
    one, other = answers(twins((LOUNGE, "")), ("usage", "lounge-visits"))
    assert one is not None
    assert other is None


def test_how_many_choose_tells_apart_where_it_is_asked_and_types_wherever_uses_are() -> None:
    other = TYPES.replace("lounge-visits: 2", "lounge-visits: 3")
    for demands, different_types in ((("choose: 10%", "choose: 20%"), False), ((TYPES, other), True)):
        catalog = twins(demands=demands)
        one, twin = answers(catalog, ("choose", "m"), catalog.modules["m"])
        assert one != twin
        one, twin = answers(catalog, ("types", "m"), catalog.modules["m"])
        assert (one != twin) is different_types


def test_of_a_module_that_says_nothing_of_segments_all_answer_alike() -> None:
    silent = {name: text.partition("segments:")[0] for name, text in module("m", FEATURE).items()}
    catalog = small_bank(silent)
    what, card = catalog.modules["m"], catalog.cards["city-card"]
    for kind in ("choose", "types"):
        given = {answer((kind, "m"), what, card, each, AS_OF) for each in catalog.segments.values()}
        assert given == {None}


def test_whom_a_benefit_is_for_and_what_is_spent_on_tell_apart() -> None:
    grocery = next(line for line in PLAIN[GEN_Z].splitlines(keepends=True) if "grocery" in line)
    catalog = twins((grocery, ""))
    assert answers(catalog, ("eligible", "m/right"), ("gen-z", "senior")) == [True, False]
    assert answers(catalog, ("category", "grocery")) == [True, False]
    assert answers(catalog, ("category", "dining")) == [True, True]


def test_a_record_is_asked_of_the_segment_or_of_its_credit() -> None:
    catalog = twins(("life_years: 5", "life_years: 6"), ("float_days: 25", "float_days: 26"))
    assert answers(catalog, ("record", "life_years"), Segment) == [5, 6]
    assert answers(catalog, ("record", "float_days"), Credit) == [25, 26]


DISCOUNT = (
    "{mechanic: discount, rate: '20%', cap_per_use: 100, uses: 4, period: calendar-year,"
    " usage: lounge-visits}"
)


PLAINLY = ("choose: 10%", "choose: 10%")
GROCERY = "{mechanic: cashback, rate: '1%', scope: {categories: [grocery]}}"
STREAK = (
    "{mechanic: milestone, metric: months-on-target, mode: highest,"
    " month_probabilities: [{default: '50%', by_segment: {twin: '80%'}}],"
    " steps: [{reward: {zh: 礼, en: gift}, unit_cost: 10, retail_value: 20, threshold: 100, streak: 1}]}"
)
NOT_DINING = "{mechanic: cashback, rate: '1%', scope: {excluded_categories: [dining]}}"


@pytest.mark.parametrize(
    ("right", "change", "demands"),
    [
        (DISCOUNT, ("visits: {mean: 0.8", "visits: {mean: 1.8"), PLAINLY),
        (DISCOUNT, ("dispersion: 1.2", "dispersion: 4"), PLAINLY),
        (DISCOUNT, ("ticket_mean: 150", "ticket_mean: 300"), PLAINLY),
        (DISCOUNT, ("id: ", "id: "), (TYPES, TYPES.replace("visits: 2", "visits: 3"))),
        (STREAK, ("id: ", "id: "), PLAINLY),
        (GROCERY, ("month_mean: 700", "month_mean: 800"), PLAINLY),
        (NOT_DINING, ("month_mean: 700", "month_mean: 800"), PLAINLY),
    ],
)
@pytest.mark.parametrize("first", ["gen-z", "twin"])
def test_whoever_uses_or_spends_otherwise_has_an_amount_of_their_own(
    right: str, change: tuple[str, str], demands: tuple[str, str], first: str
) -> None:
    catalog = twins(change, demands=demands, right=right)
    names = sorted(("gen-z", "twin"), key=lambda name: name != first)
    table = price_table(Day(catalog, AS_OF), {("city-card", name): ("m",) for name in names})
    found = [table.modules["m"][place] for place in (0, 1)]
    expected = [cost(priced(catalog, f"city-card+m@{name}"), "m/right") for name in names]
    assert [each and each.cost for each in found] == expected
    assert 0 < expected[0] != expected[1]


@pytest.mark.parametrize("first", ["gen-z", "twin"])
def test_only_who_lacks_a_category_has_no_amount_for_it(first: str) -> None:
    grocery = next(line for line in PLAIN[GEN_Z].splitlines(keepends=True) if "grocery" in line)
    names = sorted(("gen-z", "twin"), key=lambda name: name != first)
    day = Day(twins((grocery, ""), right=GROCERY), AS_OF)
    table = price_table(day, {("city-card", name): ("m",) for name in names})
    lacking = [name for name, amount in zip(names, table.modules["m"], strict=True) if amount is None]
    assert lacking == ["twin"]


@pytest.mark.parametrize("first", ["gen-z", "senior"])
def test_only_who_spends_overseas_is_spared_the_markup(first: str) -> None:
    """800 yuan a month abroad at 1.5 %, collected at 97 %: what a module that waives the markup takes off."""
    abroad = "  abroad: {name: {zh: 境外, en: abroad}, interchange: 0%, overseas: true}\nusages:"
    spend = (
        "abroad: {month_mean: 800, month_cv: 1, year_cv: 1, purchases_month: 1, ticket_cv: 1}\n    grocery:"
    )
    files = {
        "catalog.yaml": changed("catalog.yaml", ("usages:", abroad)),
        "segments/gen-z.yaml": changed(GEN_Z, ("grocery:", spend)),
    }
    waiver = "{mechanic: fee-waiver, fee: fx-markup, condition: none, waived: 100%}"
    day = Day(small_bank(files | module("m", waiver)), AS_OF)
    names = sorted(("gen-z", "senior"), key=lambda name: name != first)
    table = price_table(day, {("city-card", name): ("m",) for name in names})
    pays = {name: amount and -amount.pays for name, amount in zip(names, table.modules["m"], strict=True)}
    assert pays == {"gen-z": round(800 * 12 * 1.5 * 0.97), "senior": 0}
