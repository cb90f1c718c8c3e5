"""The table of parts: what is missing, what can occur, clusters, bundles and tiers, what is computed once."""

import re
from itertools import product
from pathlib import Path

import pytest

import cardkit.pricing
from cardkit.ground.errors import CardkitError
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product
from cardkit.pricing import asked
from cardkit.pricing.clusters import clusters
from cardkit.pricing.parts import Parts
from cardkit.pricing.price_table import PriceTable, price_table
from cardkit.pricing.reckoner import Reckoner, Spread
from cardkit.pricing.setting import ASKED, Day
from cardkit.pricing.totals import NOTHING, Totals
from cardkit.source.load import load
from tests.pricing.example import changed, small_bank
from tests.pricing.pieces import AS_OF, CASHBACK, FEATURE, group, module, priced

SHIPPED = load(Path(__file__).parents[2] / "catalog")
RATE = "{{mechanic: cashback, rate: '{}%', scope: {{categories: [dining]}}}}"
VISITS = (
    "{mechanic: entitlement, count: 4, period: calendar-year, unit: {zh: 次, en: visit},"
    " usage: lounge-visits, unit_cost: 10, retail_value: 20}"
)
BUNDLE = """kind: bundle
id: pair
name: {zh: 对, en: Pair}
owner: me
card: gold-card
modules: [one, two]
segments: [gen-z]
discount: 5
"""
LATER = "[{from: 2030-01-01, value: 20}]"
GEN_Z, SENIOR = ("gold-card", "gen-z"), ("gold-card", "senior")


def table_of(catalog: Catalog, *cells: tuple[str, str]) -> PriceTable:
    wanted = cells or tuple(product(catalog.cards, catalog.segments))
    return price_table(Day(catalog, AS_OF), dict.fromkeys(wanted, tuple(catalog.modules)))


def without(line: str) -> dict[str, str]:
    """Seniors as they are, but for one line."""
    return {"segments/senior.yaml": re.sub(rf"(?m)^ *{line}.*\n", "", changed("segments/senior.yaml"))}


# what is missing ---------------------------------------------------------------------------------------


def test_a_module_that_lacks_a_figure_has_no_amount_where_it_is_lacking_and_says_which() -> None:
    catalog = small_bank(module("one", VISITS) | without("lounge-visits"))
    table = table_of(catalog)
    lacking = {cell: amount is None for cell, amount in zip(table.cells, table.modules["one"], strict=True)}
    assert lacking == {cell: cell[1] == "senior" for cell in table.cells}
    assert {cell for cell, part in table.missing if part == "one"} == {
        cell for cell in table.cells if cell[1] == "senior"
    }
    with pytest.raises(CardkitError) as unpriced:
        priced(catalog, "gold-card+one@senior")
    assert table.missing[SENIOR, "one"] == unpriced.value.message
    assert "one/right @senior" in unpriced.value.message.en
    assert table.total(Product("gold-card", ("one",), "senior")) is None
    assert table.total(Product("gold-card", (), "senior")) is not None


def test_what_is_missing_is_said_of_each_cell_in_its_own_words() -> None:
    later = changed("cards/gold-card.yaml", ("annual_fee: ", "annual_fee: [{from: 2030-01-01, value: 1}] #"))
    table = table_of(small_bank({"cards/gold-card.yaml": later}))
    assert [amount is None for amount in table.base] == [card == "gold-card" for card, _ in table.cells]
    for segment in ("gen-z", "senior"):
        assert f"@{segment}" in table.missing[("gold-card", segment), "gold-card"].en


def test_a_set_of_a_cluster_that_cannot_be_priced_is_none_and_says_so_once_it_is_asked_for() -> None:
    # Two cashbacks with different periods can't be compared: each alone has a price.
    quarterly = "limits: [{metric: reward, most: 5, period: calendar-quarter}]"
    monthly = "limits: [{metric: reward, most: 5, period: calendar-month}]"
    files = module("one", RATE.format(2), monthly) | module("two", RATE.format(1), quarterly)
    table = table_of(small_bank(files | group("best", "one/right, two/right")), GEN_Z)
    (cluster,) = table.clusters
    assert not table.missing
    assert None not in cluster.table[0b01] + cluster.table[0b10]
    assert cluster.table[0b11] == (None,)
    assert [part for _, part in table.missing] == ["group (one + two)"]
    third = group("best", "two/right, card/core-cashback")["rules/group.yaml"].replace(
        "id: group", "id: third"
    )
    files |= group("best", "one/right, two/right") | {"rules/third.yaml": third}
    table = table_of(small_bank(files), GEN_Z)
    assert table.clusters[0].table[0b11] == (None,)
    assert [part for _, part in table.missing] == ["group+third (one + two)"]


def test_a_price_that_is_yet_to_come_is_missing_and_counts_for_no_discount() -> None:
    table = price_table(Day(small_bank(module("one", FEATURE, listed=LATER)), AS_OF), {GEN_Z: ("one",)})
    assert table.modules["one"] == (None,)
    assert "one @gen-z" in table.missing[GEN_Z, "one"].en
    assert table.several.paid == (frozenset(),)


def test_a_discount_that_is_yet_to_come_is_missing_where_it_could_be_had() -> None:
    files = module("one", FEATURE) | module("two", FEATURE)
    bundle = {"bundles/pair.yaml": BUNDLE.replace("discount: 5", f"discount: {LATER}")}
    table = table_of(small_bank(files | bundle), GEN_Z, ("city-card", "gen-z"))
    assert table.bundles[0].totals == (None, NOTHING)
    assert set(table.missing) == {(GEN_Z, "pair")}
    several = changed("catalog.yaml", ("amount: 15", f"amount: {LATER}"))
    table = table_of(small_bank({"catalog.yaml": several}), GEN_Z)
    assert (None,) in [totals for _, totals in table.several.tiers]
    assert "price multi_module_discounts:" in table.missing[GEN_Z, "multi-module-discount"].en


# what can occur ----------------------------------------------------------------------------------------


def test_nothing_is_computed_for_a_module_where_it_is_not_offered() -> None:
    catalog = small_bank(module("one", VISITS) | module("two", VISITS) | without("lounge-visits"))
    table = price_table(Day(catalog, AS_OF), {GEN_Z: ("one", "two"), SENIOR: ()})
    assert set(table.modules) == {"one", "two"}
    assert [amount is None for amount in table.modules["one"]] == [False, True]
    assert not table.missing
    with pytest.raises(KeyError):
        table.total(Product("city-card", (), "gen-z"))


def test_a_table_of_no_cells_is_empty() -> None:
    table = price_table(Day(small_bank(module("one", FEATURE)), AS_OF), {})
    assert (table.cells, table.base, dict(table.modules), table.clusters) == ((), (), {}, ())


def test_work_can_be_stopped_at_any_time() -> None:
    class Stop(Exception):
        pass

    def stop() -> None:
        raise Stop

    with pytest.raises(Stop):
        price_table(Day(small_bank(module("one", FEATURE)), AS_OF), {GEN_Z: ("one",)}, stop)
    going_on = [True]
    table = price_table(
        Day(small_bank(_two_that_interact()), AS_OF),
        {GEN_Z: ("one", "two")},
        lambda: None if going_on else stop(),
    )
    going_on.clear()
    with pytest.raises(Stop):
        table.clusters[0].table[0b11]


def _two_that_interact() -> dict[str, str]:
    files = module("one", RATE.format(2)) | module("two", RATE.format(1))
    return files | group("best", "one/right, two/right")


# clusters, bundles, tiers ------------------------------------------------------------------------------


def test_a_cluster_has_a_term_for_every_set_of_its_modules_plain_where_nothing_interacts() -> None:
    table = table_of(small_bank(_two_that_interact()), GEN_Z)
    (cluster,) = table.clusters
    assert (cluster.groups, cluster.modules) == (("group",), ("one", "two"))
    # 900 yuan of dining a month, the better of 2 % and 1 %
    costs = [amount.cost for (amount,) in cluster.table.values() if amount is not None]
    assert costs == [0, 1800 * 12, 900 * 12, 1800 * 12]
    assert len(cluster.table) == len(list(cluster.table)) == 4
    assert cluster.mask(["two", "three"]) == 0b10
    with pytest.raises(KeyError):
        cluster.table[0b100]


def test_the_cards_own_members_are_the_term_of_no_modules() -> None:
    back = RATE.format(1).replace("'1%'", "'9%'")
    catalog = small_bank(module("one", back) | group("best", "card/core-cashback, one/right"))
    table = table_of(catalog, GEN_Z)
    (cluster,) = table.clusters
    (alone,) = cluster.table[0]
    assert alone is not None
    own = [
        line.amount
        for line in priced(catalog, "gold-card@gen-z").lines
        if line.id == "gold-card/core-cashback"
    ]
    assert [-alone.cost] == own


def test_groups_that_share_a_benefit_are_one_cluster_whichever_card_shares_it() -> None:
    files = module("one", RATE.format(2)) | module("two", RATE.format(1)) | module("three", RATE.format(3))
    first = group("best", "card/core-cashback, one/right")
    second = {
        "rules/second.yaml": group("best", "gold-card/core-cashback, two/right")["rules/group.yaml"].replace(
            "id: group", "id: second"
        )
    }
    third = {
        "rules/third.yaml": group("best", "three/right, three/right")["rules/group.yaml"].replace(
            "id: group", "id: third"
        )
    }
    found = clusters(Day(small_bank(files | first | second | third), AS_OF))
    assert [([each.id for each in cluster.groups], cluster.modules) for cluster in found] == [
        (["group", "second"], ("one", "two")),
        (["third"], ("three",)),
    ]


def test_a_cluster_of_many_modules_answers_for_the_sets_that_are_asked_for() -> None:
    files: dict[str, str] = {}
    for number in range(70):
        files |= module(f"m{number}", RATE.format(1))
        if number:
            text = group("best", f"m{number - 1}/right, m{number}/right")["rules/group.yaml"]
            files[f"rules/g{number}.yaml"] = text.replace("id: group", f"id: g{number}")
    (cluster,) = table_of(small_bank(files), GEN_Z).clusters
    last = 1 << 69
    assert cluster.table[last] == cluster.table[1]
    assert next(iter(cluster.table)) == 0


def test_groups_and_bundles_that_are_over_are_no_part_of_a_table() -> None:
    over = "valid: {until: 2026-06-30}\n"
    files = _two_that_interact() | {"bundles/pair.yaml": BUNDLE + over}
    files["rules/group.yaml"] += over
    table = table_of(small_bank(files), GEN_Z)
    assert (table.clusters, table.bundles) == ((), ())


def test_of_a_cluster_only_the_modules_that_are_offered_count() -> None:
    files = _two_that_interact()
    files["rules/group.yaml"] = files["rules/group.yaml"].replace(
        "one/right", "card/core-cashback, one/right"
    )
    day = Day(small_bank(files), AS_OF)
    table = price_table(day, {GEN_Z: ("one",)})
    assert [cluster.modules for cluster in table.clusters] == [("one",)]
    table = price_table(day, {GEN_Z: ()})
    assert table.clusters == ()
    bare = Product("gold-card", (), "gen-z")
    assert table.total(bare) == table_of(day.catalog, GEN_Z).total(bare)


def test_a_bundle_is_worth_nothing_on_other_cards_and_in_parts() -> None:
    catalog = small_bank(
        module("one", FEATURE, listed="9") | module("two", FEATURE) | {"bundles/pair.yaml": BUNDLE}
    )
    table = table_of(catalog, GEN_Z, ("city-card", "gen-z"))
    (bundle,) = table.bundles
    own, other = bundle.totals
    assert own is not None
    assert own.pays == -485  # 5 yuan at 97 % collection
    assert other == NOTHING
    parts = [table.total(Product("gold-card", chosen, "gen-z")) for chosen in ((), ("one",), ("two",))]
    nothing, one, two = [Totals() if part is None else part for part in parts]
    both = table.total(Product("gold-card", ("one", "two"), "gen-z"))
    assert both is not None
    assert both.pays == one.pays + two.pays - nothing.pays - 485


def test_the_highest_tier_counts_alone_and_free_modules_do_not() -> None:
    files: dict[str, str] = {}
    names = [f"m{number}" for number in range(6)]
    for name in names:
        files |= module(name, FEATURE, listed="0" if name == "m5" else "20")
    table = price_table(Day(small_bank(files), AS_OF), {GEN_Z: names})
    assert table.several.paid == (frozenset(names[:5]),)
    for count, off in ((2, 0), (3, 970), (4, 1455), (5, 1455)):
        single = [table.total(Product("gold-card", (name,), "gen-z")) for name in names[:count]]
        bare = table.total(Product("gold-card", (), "gen-z"))
        several = table.total(Product("gold-card", tuple(names[:count]), "gen-z"))
        assert bare is not None
        assert several is not None
        assert several.pays == bare.pays + sum(each.pays - bare.pays for each in single if each) - off
    assert table.several.reached(0, ["m0", "m1", "m5"]) is None


# what is computed once ---------------------------------------------------------------------------------


def computations(catalog: Catalog, *modules: str) -> int:
    """How often something is computed for all cells."""
    calls: list[int] = []
    cells = product(catalog.cards, catalog.segments)
    price_table(Day(catalog, AS_OF), dict.fromkeys(cells, modules), lambda: calls.append(1))
    return len(calls)


def test_a_term_is_computed_once_for_all_cells_that_answer_alike() -> None:
    catalog = small_bank(module("one", CASHBACK) | module("two", FEATURE) | module("three", VISITS))
    without_modules = computations(catalog)
    # Each module's fee once; dining in both segments, what costs the same and is used as much in each, once.
    for name, number in (("one", 1 + 2), ("two", 1 + 1), ("three", 1 + 1)):
        assert computations(catalog, name) - without_modules == number, name


def test_a_piece_in_no_cell_is_never_computed() -> None:
    catalog = small_bank()
    day, place = Day(catalog, AS_OF), (catalog.cards["gold-card"], catalog.segments["gen-z"])
    calls: list[int] = []
    found = Reckoner(day, [place], lambda: calls.append(1)).spread(next(Parts(day, *place).base()), [])
    assert (found, calls) == (Spread([], {}), [])


def test_what_a_day_knows_stays_known_and_who_listens_to_it_keeps_listening() -> None:
    heard: dict[object, object] = {}
    day = Day(small_bank(_two_that_interact()), AS_OF, {ASKED: heard})
    price_table(day, {GEN_Z: ("one", "two")})
    assert day.memory[ASKED] is heard
    assert clusters(day) is clusters(day)


def test_every_question_that_a_setting_asks_can_be_answered_for_others() -> None:
    folder = Path(cardkit.pricing.__file__).parent
    texts = [file.read_text(encoding="utf-8") for file in folder.glob("*.py")]
    kinds = {kind for text in texts for kind in re.findall(r'asks\(\s*"([a-z]+)"', text)}
    answered = set(
        re.findall(r'"([a-z]+)"', "".join(re.findall(r"case (.*):", Path(asked.__file__).read_text())))
    )
    assert kinds == answered
    card, segment = SHIPPED.cards["base-card"], SHIPPED.segments["gen-z"]
    with pytest.raises(ValueError, match="weather"):
        asked.answer(("weather", ""), None, card, segment, AS_OF)
