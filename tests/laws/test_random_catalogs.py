"""Laws of the price, over random catalogs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product, parse
from cardkit.pricing.interaction_terms import interacting
from cardkit.pricing.lines import CustomerLine, Line
from cardkit.pricing.price import Price, price
from cardkit.pricing.setting import Day
from cardkit.source.load import from_texts
from tests.laws.catalogs import Tree, texts, trees
from tests.laws.examples import examples

AS_OF = date(2026, 7, 1)


def loaded(tree: Tree) -> Catalog:
    catalog = from_texts(texts(tree), [])
    assert catalog.findings == ()
    return catalog


def products(catalog: Catalog) -> Iterator[Product]:
    """Every card with no module, with all of them, and with pairs, in one segment after the other."""
    segments = list(catalog.segments)
    modules = sorted(catalog.modules)
    sets = [(), tuple(modules), *pairwise(modules)]
    for card in catalog.cards:
        for number, chosen in enumerate(sets):
            yield Product(card, chosen, segments[number % len(segments)])


def both_sides(one: Price) -> list[Line | CustomerLine]:
    """The bank's lines and the customer's."""
    return [*one.lines, *one.customer]


def amounts(one: Price) -> list[tuple[str, int]]:
    """Both sides of a price, whatever the order in which its lines stand."""
    return sorted((f"{type(line).__name__} {line.id}", int(line.amount)) for line in both_sides(one))


def plain(catalog: Catalog, one: Price) -> list[Line | CustomerLine]:
    """The lines that belong to one entity alone: neither an interaction group's nor a discount's."""
    together = {*catalog.interactions, *catalog.bundles, "multi-module-discount"}
    return [line for line in both_sides(one) if line.id.partition("/")[0] not in together]


@given(tree=trees())
@examples(20)
def test_parts_add_up_to_the_totals_to_the_fen(tree: Tree) -> None:
    catalog = loaded(tree)
    day = Day(catalog, AS_OF)
    for product in products(catalog):
        one = price(day, product, tuple(catalog.campaigns))
        assert one.contribution == sum(line.amount for line in one.lines) == one.revenue - one.cost
        assert one.customer_net == one.customer_value - one.customer_pays
        assert one.customer_net == sum(
            line.amount if line.kind == "value" else -line.amount for line in one.customer
        )
        assert one.benefit_cost == -sum(line.amount for line in one.lines if line.benefit)
        assert all(line.side == "cost" for line in one.lines if line.benefit)
        for lines in (one.lines, [line for line in one.customer if line.kind == "pays"]):
            assert len({line.id for line in lines}) == len(lines), "two lines with one id"


@given(tree=trees())
@examples(20)
def test_a_modules_own_lines_are_the_same_in_every_product_unless_a_group_says_otherwise(tree: Tree) -> None:
    catalog = loaded(tree)
    day = Day(catalog, AS_OF)
    for product in products(catalog):
        together = price(day, product)
        grouped = {
            member.reference for _, members in interacting(catalog, product, AS_OF) for member in members
        }
        apart = both_sides(price(day, replace(product, modules=())))
        for module in product.modules:
            alone = price(day, replace(product, modules=(module,)))
            apart += [line for line in both_sides(alone) if line.source == module]
        expected = [
            line
            for line in apart
            if "/".join(line.id.split("/")[:2]) not in grouped
            and line.id.partition("/")[0] not in (*catalog.bundles, "multi-module-discount")
        ]
        found = plain(catalog, together)
        assert sorted(map(repr, found)) == sorted(map(repr, expected))


@given(tree=trees(), order=st.randoms(use_true_random=False))
@examples(15)
def test_the_order_of_typing_changes_nothing(tree: Tree, order: Random) -> None:
    catalog = loaded(tree)
    day = Day(catalog, AS_OF)
    for product in products(catalog):
        modules = list(product.modules)
        order.shuffle(modules)
        typed = f"{'+'.join((product.card, *modules))}@{product.segment}"
        assert parse(catalog, typed).product == product
        if set(modules) >= set(getattr(catalog.bundles.get("start"), "modules", {"no bundle"})):
            assert price(day, parse(catalog, typed).product) == price(day, product)


@given(tree=trees())
@examples(15)
def test_a_group_with_fewer_than_two_members_present_is_the_plain_terms(tree: Tree) -> None:
    catalog = loaded(tree)
    without = loaded({file: data for file, data in tree.items() if data.get("kind") != "interaction"})
    for product in products(catalog):
        if not interacting(catalog, product, AS_OF):
            priced = [price(Day(each, AS_OF), product) for each in (catalog, without)]
            assert amounts(priced[0]) == amounts(priced[1])


@given(tree=trees(("cashback", "voucher")), how=st.sampled_from(["best", "exclusive"]))
@examples(15)
def test_the_best_of_identical_members_is_one_of_them(tree: Tree, how: str) -> None:
    files = {file: data for file, data in tree.items() if data.get("kind") != "interaction"}
    first, second = sorted(file for file in files if file.startswith("modules/"))[:2]
    twins = [files[file]["id"] for file in (first, second)]
    shared = {"metric": "reward", "most": 40, "period": "calendar-month"}
    for file in (first, second):
        right = {"id": "twin", "mechanic": "cashback", "name": {"zh": "返现", "en": "Cashback"}}
        own = {"rate": "3%", "scope": {"categories": ["dining"]}, "limits": [shared]}
        files = files | {file: files[file] | {"benefits": [right | own]}}
    group = {
        "kind": "interaction",
        "id": "twins",
        "name": {"zh": "双生", "en": "Twins"},
        "owner": "tests",
        "how": how,
        "members": [f"{twin}/twin" for twin in twins],
        "reason": {"zh": "同一消费", "en": "same purchases"},
    }
    catalog = loaded(files | {"rules/twins.yaml": group})
    for segment in catalog.segments:
        card = next(iter(catalog.cards))
        one = price(Day(catalog, AS_OF), Product(card, (twins[0],), segment))
        both = price(Day(catalog, AS_OF), Product(card, tuple(sorted(twins)), segment))
        alone = sum(line.amount for line in one.lines if line.id == f"{twins[0]}/twin")
        best = sum(line.amount for line in both.lines if line.id == "twins")
        assert abs(best - alone) <= 1, "two closed forms may round apart in the last fen"


@given(tree=trees(), days=st.tuples(st.integers(0, 364), st.integers(0, 364)))
@examples(15)
def test_a_later_day_before_any_dated_change_changes_nothing(tree: Tree, days: tuple[int, int]) -> None:
    catalog = loaded(tree)
    new_year = date(2026, 1, 1).toordinal()
    for product in products(catalog):
        early, late = (
            price(Day(catalog, date.fromordinal(new_year + day)), product, tuple(catalog.campaigns))
            for day in days
        )
        assert early == late


@given(tree=trees(), order=st.randoms(use_true_random=False))
@examples(15)
def test_the_order_of_files_and_of_keys_in_a_file_changes_no_price(tree: Tree, order: Random) -> None:
    catalog = loaded(tree)
    again = from_texts(texts(tree, shuffled=order), [])
    assert again.findings == ()
    for product in products(catalog):
        priced = [price(Day(each, AS_OF), product, tuple(catalog.campaigns)) for each in (catalog, again)]
        assert amounts(priced[0]) == amounts(priced[1])


@given(tree=trees(), order=st.randoms(use_true_random=False))
@examples(15)
def test_the_hash_is_of_the_content_and_of_nothing_else(tree: Tree, order: Random) -> None:
    files = texts(tree)
    shuffled = list(files.items())
    order.shuffle(shuffled)
    assert from_texts(files, []).hash == from_texts(dict(shuffled), []).hash
    changed = order.choice(list(files))
    assert from_texts(files, []).hash != from_texts(files | {changed: files[changed] + b"\n"}, []).hash


@given(tree=trees())
@examples(15)
def test_a_campaign_that_is_for_others_or_over_changes_nothing(tree: Tree) -> None:
    catalog = loaded(tree)
    later = date(2028, 1, 1)
    for product in products(catalog):
        for name, campaign in catalog.campaigns.items():
            day = AS_OF if product.segment not in campaign.target.segments else later
            one, other = (price(Day(catalog, day), product, chosen) for chosen in ((), (name,)))
            assert one == other


@given(tree=trees())
@examples(15)
def test_what_a_customer_pays_is_revenue_except_where_partners_or_points_pay_for_them(tree: Tree) -> None:
    catalog = loaded(tree)
    plans = {
        f"{name}/{right.id}"
        for name, holder in catalog.holders()
        for right in holder.rights
        if right.mechanic == "instalment" or getattr(right, "condition", None) == "points"
    }
    for product in products(catalog):
        one = price(Day(catalog, AS_OF), product)
        revenue = {line.id: line.amount for line in one.lines if line.side == "revenue"}
        for line in one.customer:
            if line.kind == "pays" and line.id not in plans and line.source not in catalog.interactions:
                parts = ("", "/waiver", "/insurance-fee", "/voucher-sales")
                assert line.amount in [revenue.get(line.id + part) for part in parts]
