"""Prices without distributions against an independent reckoning with fractions: no fen of difference."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cardkit.model.expression import Product
from cardkit.pricing.price import price
from cardkit.pricing.setting import Day
from cardkit.source.load import from_texts
from tests.laws.catalogs import Tree, texts, trees
from tests.laws.examples import examples
from tests.laws.reckoning import Reckoning

EXACT = ("voucher", "insurance", "feature", "instalment", "draw", "service", "milestone", "fee-waiver")
DRAWN = {"spend", "purchases", "team-share", "spend-year", "purchases-year", "points"}


def without_distributions(tree: Tree) -> Tree:
    """The same catalog without the rights that are priced from a distribution."""

    def exact(right: dict[str, object]) -> bool:
        return (
            right.get("metric", right.get("condition")) not in DRAWN
            and right.get("cost_basis") != "per-use"
            and "tier_threshold" not in right
        )

    return {
        file: {
            key: [right for right in value if exact(right)] if key in ("core", "benefits") else value
            for key, value in data.items()
        }
        for file, data in tree.items()
    }


@given(
    tree=trees((*EXACT, "entitlement")).map(without_distributions),
    as_of=st.sampled_from(["2024-12-31", "2025-06-01", "2026-07-01", "2027-02-28", "2027-03-01"]),
)
@examples(300)
def test_no_line_differs_from_the_exact_fractions_by_a_fen(tree: Tree, as_of: str) -> None:
    catalog = from_texts(texts(tree), [])
    reckoning = Reckoning(tree, as_of)
    day = Day(catalog, date.fromisoformat(as_of))
    segment = list(catalog.segments)[-1]
    for card in catalog.cards:
        modules = sorted(catalog.modules)
        campaigns = tuple(catalog.campaigns)
        one = price(day, Product(card, tuple(modules), segment), campaigns)
        found: dict[str, int] = {}
        for line in one.lines:
            found[f"{line.side} {line.id}"] = line.amount if line.side == "revenue" else -line.amount
        for paid in one.customer:
            found[f"{paid.kind} {paid.id}"] = paid.amount
        assert {line: fen for line, fen in found.items() if fen} == {
            line: fen for line, fen in reckoning.lines(card, modules, segment, list(campaigns)).items() if fen
        }
