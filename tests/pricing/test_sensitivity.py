"""Sensitivity: every break-even is one, every worst case is worst, and the ranking is the true one."""

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from cardkit.cli.app import run
from cardkit.ground.money import Fen
from cardkit.model.card import Card
from cardkit.model.catalog import Catalog, benefit_path
from cardkit.model.expression import Named, Product, parse
from cardkit.model.module import Module
from cardkit.pricing import assumptions as ranking
from cardkit.pricing.break_even import BreakEven, Tried, search
from cardkit.pricing.candidates import candidates
from cardkit.pricing.part_break_even import Part
from cardkit.pricing.price import price
from cardkit.pricing.sensitivity import PartSensitivity, Sensitivity, sensitivity
from cardkit.pricing.setting import Day, RealSetting
from cardkit.pricing.what_if import WhatIf
from cardkit.pricing.worst_case import WorstCase, worst_case
from cardkit.source.load import load
from cardkit.source.overlay import Overlay, assignment, overlaid

ROOT = Path(__file__).parent.parent.parent / "catalog"
AS_OF = date(2026, 11, 22)
CATALOG = load(ROOT)
PRODUCTS = (
    "pet-care@gen-z",
    "city-roots@new-resident",
    "silver-ease@senior",
    "base-card+family-park-pass@corporate-staff",
    "black-gold-card+airline-miles@high-net-worth",
    "base-card@gen-z+small-ticket-cashback",
)


def named(expression: str) -> Named:
    base, _, campaign = expression.partition("@gen-z+")
    found = parse(CATALOG, f"{base}@gen-z" if campaign else expression)
    return Named(found.product, found.typed, (campaign,)) if campaign else found


def contribution(product: Product, campaigns: tuple[str, ...], *changes: str) -> Fen:
    return price(Day(over(*changes), AS_OF), product, campaigns).contribution


def over(*changes: str) -> Catalog:
    return overlaid(CATALOG, map(assignment, changes))


@pytest.fixture(scope="module", params=PRODUCTS)
def case(request: pytest.FixtureRequest) -> tuple[Named, Sensitivity]:
    one = named(request.param)
    day = Day(CATALOG, AS_OF)
    return one, sensitivity(day, price(day, one.product, one.campaigns), one.campaigns)


def bare(one: Named, part: PartSensitivity) -> Fen:
    """What the product earns without a part; for the card, the nothing that it is measured against."""
    if part.kind == "card":
        return Fen(0)
    modules = tuple(name for name in one.product.modules if name != part.id)
    campaigns = tuple(name for name in one.campaigns if name != part.id)
    return contribution(Product(one.product.card, modules, one.product.segment), campaigns)


def answers(one: Named, part: PartSensitivity) -> list[tuple[BreakEven, Fen]]:
    """Every break-even of a part with what it is measured against."""
    own = bare(one, part)
    found = [(part.take_up, Fen(0)), (part.price, Fen(0)), (part.spend, own)]
    return found + [(answer, own) for answer in (part.own_take_up, part.own_price) if answer is not None]


def test_pricing_again_at_a_break_even_leaves_at_most_a_fen(case: tuple[Named, Sensitivity]) -> None:
    one, found = case
    for part in found.parts:
        for answer, goal in answers(one, part):
            assert (answer.found is None) == (answer.why is not None)
            if answer.found is not None:
                left = contribution(one.product, one.campaigns, *answer.set) - goal
                assert left == answer.found.left, answer.set
                assert abs(left) <= 1, answer.set


def test_where_there_is_none_both_ends_lie_on_one_side(case: tuple[Named, Sensitivity]) -> None:
    _, found = case
    for part in found.parts:
        for answer in (part.take_up, part.price, part.own_take_up, part.own_price):
            if answer is not None and answer.why == "never":
                assert answer.ends is not None
                low, high = answer.ends
                assert low.left * high.left > 0
                assert low.value < high.value


def test_more_spend_is_asked_for_only_where_a_part_does_not_pay_for_itself(
    case: tuple[Named, Sensitivity],
) -> None:
    one, found = case
    for part in found.parts[1:]:
        adds = contribution(one.product, one.campaigns) - bare(one, part)
        assert (part.spend.why == "not-needed") == (adds >= -1)
        assert part.spend.found is None or part.spend.found.value > 0


def test_an_effect_is_what_setting_it_does(case: tuple[Named, Sensitivity]) -> None:
    one, found = case
    before = contribution(one.product, one.campaigns)
    assert 0 < len(found.assumptions) <= 5
    for assumption in found.assumptions:
        for change in (assumption.less, assumption.more):
            if change is not None:
                after = contribution(one.product, one.campaigns, change.set)
                assert change.contribution_change == after - before, change.set
    weights = [assumption.weight for assumption in found.assumptions]
    assert weights == sorted(weights, reverse=True)


def test_the_screening_leaves_out_nothing_that_matters(
    case: tuple[Named, Sensitivity], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, found = case
    monkeypatch.setattr(ranking, "_SCREENED", 1000)
    everything = ranking.assumptions(WhatIf(Day(CATALOG, AS_OF), one.product, one.campaigns))
    assert [each.path for each in everything] == [each.path for each in found.assumptions]


def test_every_figure_that_a_price_reads_can_be_laid_over(case: tuple[Named, Sensitivity]) -> None:
    one, _ = case
    what_if = WhatIf(Day(CATALOG, AS_OF), one.product, one.campaigns)
    paths = [each.path for each in candidates(what_if)]
    assert len(paths) == len(set(paths))
    for path in paths:
        assert what_if.contribution((f"{path}=*1",)) == what_if.contribution(), path


def test_all_spend_of_a_segment_is_one_assumption() -> None:
    one = named("base-card@gen-z")
    found = {each.path: each for each in candidates(WhatIf(Day(CATALOG, AS_OF), one.product, ()))}
    spend = found["gen-z.spend.categories.*.month_mean"]
    assert spend.value == sum(
        category.month_mean.entries[0].value
        for category in CATALOG.segments["gen-z"].spend.categories.values()
    )
    assert not [path for path in found if ".dining." in path]


def test_a_rate_that_cannot_be_a_tenth_more_is_set_to_all() -> None:
    one = named("black-gold-card@high-net-worth")
    day = Day(CATALOG, AS_OF)
    (first, *_) = ranking.assumptions(WhatIf(day, one.product, ()))
    assert first.path == "catalog.market.collection"
    assert first.more is not None
    assert first.more.set == "catalog.market.collection=100%"


# worst cases ---------------------------------------------------------------------------------------------


def worst(part: Part, product: Product, catalog: Catalog = CATALOG) -> dict[str, WorstCase]:
    day = Day(catalog, AS_OF)
    segment = catalog.segments[product.segment or ""]
    setting = RealSetting(day, catalog.cards[product.card], segment, part, "test")
    priced = price(day, product, (part.id,) if part.kind == "campaign" else ())
    found = [worst_case(benefit, setting, priced) for benefit in part.rights]
    return {each.benefit.partition("/")[2]: each for each in found if each is not None}


def in_segment(name: str, module: str | None = None, catalog: Catalog = CATALOG) -> Product:
    return Product(catalog.segments[name].reference_card, (module,) if module else (), name)


@pytest.mark.parametrize("segment", CATALOG.segments)
def test_nothing_is_expected_to_cost_more_than_its_worst_case(segment: str) -> None:
    parts: list[tuple[Part, Product]] = [
        (CATALOG.cards[CATALOG.segments[segment].reference_card], in_segment(segment))
    ]
    parts += [
        (module, in_segment(segment, module.id))
        for module in CATALOG.modules.values()
        if not module.eligible_segments or segment in module.eligible_segments
    ]
    for part, product in parts:
        for benefit, each in worst(part, product).items():
            if each.expected is not None and each.borne is not None and each.cost is not None:
                assert each.expected <= each.borne + 1, (part.id, benefit)
                assert each.borne <= each.cost


def test_a_worst_case_without_a_bound_is_one_that_no_contract_caps() -> None:
    for module in CATALOG.modules.values():
        for segment in CATALOG.segments:
            if not module.eligible_segments or segment in module.eligible_segments:
                found = worst(module, in_segment(segment, module.id))
                for benefit in module.rights:
                    if benefit.id in found and benefit.pool is None:
                        assert (found[benefit.id].cost is not None) == benefit.capped()


def test_a_discount_costs_every_use_at_its_cap_less_the_partners_share() -> None:
    found = worst(CATALOG.modules["pet-care"], in_segment("gen-z", "pet-care"))["clinic-discount"]
    assert (found.cost, found.borne) == (4 * 200_00, 4 * 80_00)


def test_a_cashback_costs_its_monthly_cap_twelve_times_and_nothing_bounds_it_without() -> None:
    card, product = "base-card", Product("base-card", (), "gen-z")
    assert worst(CATALOG.cards[card], product)["core-cashback"].cost == 12 * 5_00
    uncapped = over("base-card.core.core-cashback.limits=[]")
    assert worst(uncapped.cards[card], product, uncapped)["core-cashback"].cost is None


def test_a_pool_bounds_what_nothing_else_does() -> None:
    uncapped = over(
        "base-card.core.core-cashback.limits=[]",
        "base-card.core.core-cashback.pool={units: 1200000000, periods: 12, period: calendar-month}",
    )
    found = worst(uncapped.cards["base-card"], Product("base-card", (), "gen-z"), uncapped)["core-cashback"]
    holders = sum(
        uncapped.segments[name].population.entries[0].value
        for name in uncapped.cards["base-card"].eligible_segments
    )
    assert found.cost == round(Fraction(12 * 1_200_000_000) / holders * 100)


def test_a_shared_cap_bounds_what_has_no_cap_of_its_own() -> None:
    group = next(each for each in CATALOG.interactions.values() if each.how == "best")
    member = next(one for one in group.members if CATALOG.benefit(one, "base-card") is not None)
    holder, _, name = member.partition("/")
    entity = CATALOG.entities["base-card" if holder == "card" else holder]
    assert isinstance(entity, Card | Module)
    where = ".".join(str(step) for step in benefit_path(entity, name))
    shared = over(
        f"{group.id}.cap={{metric: reward, most: 7, period: calendar-month}}",
        f"{entity.id}.{where}.limits=[]",
    )
    part = shared.entities[entity.id]
    assert isinstance(part, Card | Module)
    modules = () if isinstance(part, Card) else (part.id,)
    segment = next(iter(part.eligible_segments or CATALOG.segments))
    card = part.id if isinstance(part, Card) else CATALOG.segments[segment].reference_card
    assert worst(part, Product(card, modules, segment), shared)[name].cost == 12 * 7_00


def test_a_pool_of_places_bounds_how_many_but_not_how_much() -> None:
    places = "{units: 1000, counts: customers, periods: 12, period: calendar-month}"
    card, product = "base-card", Product("base-card", (), "gen-z")
    limited = over(f"base-card.core.core-cashback.pool={places}")
    found = worst(limited.cards[card], product, limited)["core-cashback"]
    assert found.cost is not None
    assert found.cost < 12 * 5_00
    uncapped = over("base-card.core.core-cashback.limits=[]", f"base-card.core.core-cashback.pool={places}")
    assert worst(uncapped.cards[card], product, uncapped)["core-cashback"].cost is None


def test_a_campaign_costs_its_caps_for_the_periods_of_its_window() -> None:
    campaign = CATALOG.campaigns["small-ticket-cashback"]
    segment = campaign.target.segments[0]
    found = worst(campaign, in_segment(segment))
    since, until = campaign.window.since, campaign.window.until
    assert since is not None
    assert until is not None
    months = round(((until - since).days + 1) * 12 / 365)
    assert [each.cost for each in found.values()] == [5 * 5_00 * min(12, months)]


def test_above_its_cap_a_partner_pays_no_more_of_the_worst_case() -> None:
    shares = "[{payer: bank, share: 40%}, {payer: paws-clinics, share: 60%, cap: 10000000}]"
    capped = over(f"pet-care.benefits.clinic-discount.funding.shares={shares}")
    found = worst(capped.modules["pet-care"], in_segment("gen-z", "pet-care", capped), capped)
    each = found["clinic-discount"]
    assert each.cost == 80000
    assert each.borne is not None
    assert 32_000 < each.borne < 80_000


# the search ----------------------------------------------------------------------------------------------

CURVES: list[tuple[str, Callable[[Fraction], float | Fraction], object]] = [
    ("a straight line", lambda x: 1000 - 4000 * x, Fraction(1, 4)),
    ("a falling curve", lambda x: 1000 - 4000 * float(x) ** 3, None),
    ("a line that rises from a long way down", lambda x: 1e9 * float(x) ** 9 - 10, None),
    ("a zero at an end", lambda x: 5000 * x, Fraction(0)),
    ("always more than nothing", lambda x: 5 + 10 * x, "never"),
    ("always less", lambda x: -5 - 10 * x, "never"),
    ("a jump", lambda x: -500 if x < Fraction(1, 3) else 500, "jumps"),
]


@pytest.mark.parametrize(
    ("curve", "expected"), [case[1:] for case in CURVES], ids=[case[0] for case in CURVES]
)
def test_the_search_finds_a_zero_or_says_why_not(
    curve: Callable[[Fraction], float | Fraction], expected: object
) -> None:
    tries = []

    def left(value: Fraction) -> Fen:
        tries.append(value)
        return Fen(round(curve(value)))

    found = search(left, Fraction(0), Fraction(1), 8)
    if isinstance(found, Tried):
        assert abs(found.left) <= 1
        assert expected is None or found.value == expected
    else:
        assert found == expected
    assert len(tries) <= 62


# the command ---------------------------------------------------------------------------------------------


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    environment = {"CARDKIT_LANG": "en", "CARDKIT_CATALOG": str(ROOT), "CARDKIT_AS_OF": "2026-11-22"}
    code = run(["price", *arguments], environment)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_command_says_the_same_to_people_and_programs(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = shown(capsys, "game-card+pet-care@gen-z", "--sensitivity", "--format", "json")
    assert code == 0
    (product,) = json.loads(out)["products"]
    part = next(each for each in product["sensitivity"]["parts"] if each["id"] == "pet-care")
    answer = part["break_even_price"]
    assert answer["set"] == [f"pet-care.price={answer['value']}"]
    assert part["worst_case"]["amount"] == "800.00"
    _, out, _ = shown(capsys, "game-card+pet-care@gen-z", "--sensitivity", "--format", "table")
    assert "contribution" in out
    assert answer["value"] in out
    assert "800.00" in out
    _, out, _ = shown(capsys, "game-card+pet-care@gen-z", "--sensitivity")
    assert out.startswith("product\tkind\tsubject")
    assert f"pet-care.price={answer['value']}" in out


@pytest.mark.parametrize(
    "arguments",
    [("pet-care",), ("base-card@gen-z", "game-card@gen-z"), ("base-card",), ("base-card@gen-z", "--explain")],
)
def test_only_one_product_in_one_segment_has_a_sensitivity(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = shown(capsys, *arguments, "--sensitivity")
    assert code == 2
    assert out == ""
    assert err.startswith("error: ")


def test_break_evens_build_on_an_overlay(capsys: pytest.CaptureFixture[str]) -> None:
    dearer = ("--set", "catalog.market.funding=5%")
    product = ("game-card+pet-care@gen-z", "--format", "json")
    _, out, _ = shown(capsys, *product, *dearer, "--sensitivity")
    part = json.loads(out)["products"][0]["sensitivity"]["parts"][1]
    change = part["break_even_price"]["set"][0]
    _, out, _ = shown(capsys, *product, *dearer, "--set", change)
    assert abs(Fraction(json.loads(out)["products"][0]["totals"]["contribution"])) <= Fraction(1, 100)


def test_a_scenario_moves_the_price_of_a_loaded_catalog() -> None:
    one = named("base-card@gen-z")
    worse = price(Day(load(ROOT, Overlay("downturn")), AS_OF), one.product)
    assert worse.contribution < contribution(one.product, ())
