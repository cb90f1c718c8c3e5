"""What is proved of all products is about the numbers of `price`, to the fen: against looking at each one."""

from bisect import bisect_right
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations as subsets
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from cardkit.combine.sellable import refusals
from cardkit.ground.errors import CardkitError
from cardkit.ground.money import Fen
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Product
from cardkit.pricing.price import Price, price
from cardkit.pricing.setting import Day
from cardkit.solve.analysis import Analysis
from cardkit.solve.best import Wish, best
from cardkit.solve.combinations import Combinations
from cardkit.solve.limits import Limits
from cardkit.solve.policies import prove
from tests.laws.catalogs import Tree, trees
from tests.laws.examples import examples
from tests.laws.test_random_catalogs import AS_OF, loaded

AMOUNTS: dict[str, Callable[[Price], int]] = {
    "contribution": lambda one: one.contribution,
    "customer-net": lambda one: one.customer_net,
    "customer-pays": lambda one: one.customer_pays,
    "customer-value": lambda one: one.customer_value,
}


def priced(catalog: Catalog) -> list[Price]:
    """The price of every product that may be sold; a catalog that lacks a figure for one is not used."""
    day = Day(catalog, AS_OF)
    names = sorted(catalog.modules)
    every = [
        Product(card, modules, segment)
        for card in catalog.cards
        for segment in catalog.segments
        for size in range(len(names) + 1)
        for modules in subsets(names, size)
    ]
    try:
        return [price(day, product) for product in every if not refusals(catalog, product, AS_OF)]
    except CardkitError:
        assume(False)
        raise


def of(prices: list[Price], cell: tuple[str, str]) -> list[Price]:
    return [one for one in prices if (one.product.card, one.product.segment) == cell]


def analysed(catalog: Catalog) -> Analysis:
    return Analysis(Combinations(Day(catalog, AS_OF), Limits()))


@given(tree=trees())
@examples(20)
def test_the_edges_of_every_cell_are_those_of_the_prices(tree: Tree) -> None:
    catalog = loaded(tree)
    prices, analysis = priced(catalog), analysed(catalog)
    for cell in analysis.cells:
        here = of(prices, (cell.card, cell.segment))
        assert cell.products == len(here)
        for edge, pick, measure in (
            (cell.worst, min, "contribution"),
            (cell.best, max, "contribution"),
            (cell.worst_customer, min, "customer-net"),
        ):
            if not here:
                assert edge is None
                continue
            assert edge is not None
            assert edge.product is not None
            amount = AMOUNTS[measure]
            assert edge.amount == pick(amount(one) for one in here)
            assert edge.amount == amount(price(Day(catalog, AS_OF), edge.product))
            assert not refusals(catalog, edge.product, AS_OF)
    assert not analysis.unfinished


@given(tree=trees(), bounds=st.sets(st.integers(-60_000, 60_000), min_size=1, max_size=6))
@examples(10)
def test_the_distribution_counts_every_product_between_its_bounds(tree: Tree, bounds: set[int]) -> None:
    catalog = loaded(tree)
    prices, analysis, edges = priced(catalog), analysed(catalog), sorted(bounds)
    for measure, amount in AMOUNTS.items():
        found = analysis.spread(measure, edges)
        assert found is not None
        for cell, numbers in zip(analysis.combinations.cells, found, strict=True):
            expected = [0] * (len(edges) + 1)
            for one in of(prices, cell):
                expected[bisect_right(edges, amount(one))] += 1
            assert list(numbers) == expected


@given(tree=trees())
@examples(10)
def test_the_front_is_what_no_other_product_beats_for_bank_and_customer(tree: Tree) -> None:
    catalog = loaded(tree)
    prices, analysis = priced(catalog), analysed(catalog)
    for segment in catalog.segments:
        points = {(one.contribution, one.customer_net) for one in prices if one.product.segment == segment}
        unbeaten = {
            (bank, customer)
            for bank, customer in points
            if not any(
                other != (bank, customer) and other[0] >= bank and other[1] >= customer for other in points
            )
        }
        front = analysis.front(segment)
        assert sorted((each.contribution, each.customer_net) for each in front) == sorted(unbeaten)
        for each in front:
            one = price(Day(catalog, AS_OF), each.product)
            assert (each.contribution, each.customer_net) == (one.contribution, one.customer_net)


@given(tree=trees(), seed=st.integers(0, 10**6))
@examples(20)
def test_the_best_products_are_the_first_of_all_that_meet_the_wish(tree: Tree, seed: int) -> None:
    catalog = loaded(tree)
    prices = priced(catalog)
    segment = sorted(catalog.segments)[seed % len(catalog.segments)]
    here = [one for one in prices if one.product.segment == segment]
    assume(here)
    middle = sorted(here, key=lambda one: one.contribution)[len(here) // 2]
    wanted = [name for name in middle.product.modules if seed % 3 == 0][:1]
    unwanted = [name for name in sorted(catalog.modules) if name not in middle.product.modules][: seed % 2]
    weights = [
        {"contribution": Fraction(1)},
        {"customer-net": Fraction(1)},
        {"contribution": Fraction(7, 10), "customer-net": Fraction(3, 10)},
    ][seed % 3]
    wish = Wish(
        segment,
        weights,
        5,
        tuple(wanted),
        tuple(unwanted),
        (middle.product.card,) if seed % 5 == 0 else (),
        Fen(middle.customer_pays) if seed % 2 else None,
        Fen(middle.contribution) if seed % 7 else None,
    )

    def meets(one: Price) -> bool:
        return (
            set(wanted) <= set(one.product.modules)
            and not set(unwanted) & set(one.product.modules)
            and (not wish.cards or one.product.card in wish.cards)
            and (wish.highest_price is None or one.customer_pays <= wish.highest_price)
            and (wish.lowest_contribution is None or one.contribution >= wish.lowest_contribution)
        )

    def rank(one: Price) -> tuple[Fraction, int, str, list[str]]:
        total = sum((weight * AMOUNTS[name](one) for name, weight in weights.items()), Fraction(0))
        product = one.product
        return -total, len(product.modules), f"{product.card}@{segment}", sorted(product.modules)

    found = best(Day(catalog, AS_OF), wish, Limits())
    assert found.finished
    expected = sorted(filter(meets, here), key=rank)[:5]
    assert [each.product for each in found.found] == [one.product for one in expected]
    assert [each.totals.contribution for each in found.found] == [one.contribution for one in expected]


@given(tree=trees(), bound=st.integers(-400, 400), ratio=st.integers(0, 300))
@examples(20)
def test_a_policy_is_proved_exactly_when_no_product_breaks_it(tree: Tree, bound: int, ratio: int) -> None:
    policies: list[dict[str, Any]] = [
        {"id": "earns", "measure": "contribution", "least": bound},
        {"id": "gains", "measure": "customer-net", "least": bound},
        {"id": "fees", "measure": "customer-pays", "most": bound},
        {"id": "budget", "measure": "benefit-cost-ratio", "most": ratio / 100},
        {"id": "choice", "measure": "products", "least": abs(bound) // 10},
    ]
    for policy in policies:
        policy["reason"] = {"zh": "因为", "en": "because"}
    catalog = loaded({**tree, "catalog.yaml": {**tree["catalog.yaml"], "policies": policies}})
    prices = priced(catalog)
    breaks: dict[str, Callable[[Price], bool]] = {
        "earns": lambda one: one.contribution < bound * 100,
        "gains": lambda one: one.customer_net < bound * 100,
        "fees": lambda one: one.customer_pays > bound * 100,
        "budget": lambda one: one.benefit_cost * 100 > one.revenue * ratio,
    }
    proofs = list(prove(Combinations(Day(catalog, AS_OF), Limits()), catalog.settings.policies))
    assert len(proofs) == len(policies) * len(catalog.segments)
    for proof in proofs:
        here = [one for one in prices if one.product.segment == proof.segment]
        if proof.policy == "choice":
            assert proof.amount == len(here)
            assert (proof.status == "proved") == (len(here) >= abs(bound) // 10)
            continue
        breaking = [one for one in here if breaks[proof.policy](one)]
        assert proof.status == ("refuted" if breaking else "proved")
        assert proof.breaking == len(breaking)
        if breaking:
            assert proof.worst in {one.product for one in breaking}
            assert proof.worst is not None
            assert proof.totals is not None
            assert proof.totals.contribution == price(Day(catalog, AS_OF), proof.worst).contribution
