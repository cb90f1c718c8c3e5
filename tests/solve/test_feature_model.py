"""The exported feature model has exactly the engine's products, whoever reads it."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import product as every
from random import Random

import pytest
from pysat.solvers import Solver  # type: ignore[import-untyped]  # it has no annotations

from benchmarks.uvl import figures, read
from cardkit.combine.compile import constraints
from cardkit.combine.sellable import refusals
from cardkit.ground.text import Text
from cardkit.model.constraint import Constraint, Within
from cardkit.model.expression import Product
from cardkit.model.refusal import Refusal
from cardkit.render.export_dimacs import dimacs
from cardkit.render.export_uvl import uvl
from cardkit.solve import clauses
from cardkit.solve.choices import choices
from cardkit.solve.counting import count
from cardkit.solve.diagram import compile_diagram
from cardkit.solve.feature_model import FeatureModel, feature_model
from cardkit.solve.limits import Limits
from cardkit.solve.programme import Programme
from tests.combine.random_catalogs import AS_OF, example, random_catalog

ABOUT = [Text("某个目录", "some catalog")]


def enumerated(text: str) -> list[frozenset[int]]:
    """Every model of a DIMACS file, as the variables that are true, found by python-sat."""
    lines = [line.split() for line in text.splitlines() if not line.startswith("c")]
    kind, form, variables, number = lines[0]
    assert (kind, form) == ("p", "cnf")
    assert len(lines) - 1 == int(number)
    assert all(line[-1] == "0" for line in lines[1:])
    with Solver(
        "cadical153", bootstrap_with=[[int(each) for each in line[:-1]] for line in lines[1:]]
    ) as solver:
        # Variables that no clause has are free; naming each once lets python-sat count them.
        for variable in range(1, int(variables) + 1):
            solver.add_clause([variable, -variable])
        return [frozenset(each for each in model if each > 0) for model in solver.enum_models()]


def engine_s_number(
    found: Iterable[Constraint], cards: list[str], segments: list[str], modules: list[str]
) -> int:
    problem = choices(found, cards, segments, modules).problem
    limits = Limits()
    cells = tuple(range(len(problem.cells)))
    return sum(count(Programme(compile_diagram(problem, limits), cells, limits)))


def products(model: FeatureModel, models: Iterable[frozenset[int]]) -> set[frozenset[str]]:
    return {
        frozenset(model.named[each - 1] for each in found if each <= len(model.named)) for found in models
    }


@pytest.mark.parametrize("most_nodes", [clauses.MOST_NODES, 3])
def test_python_sat_uvl_and_the_engine_find_the_same_products(
    most_nodes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On random catalogs with every kind of rule; with three nodes every sum is added up in binary."""
    monkeypatch.setattr(clauses, "MOST_NODES", most_nodes)
    base, chance = example(), Random(31)
    helpers = 0
    for _ in range(150):
        catalog = random_catalog(base, chance)
        cards, segments, modules = list(catalog.cards), list(catalog.segments), list(catalog.modules)
        found = tuple(constraints(catalog, AS_OF))
        model = feature_model(found, cards, segments, modules)
        helpers += model.helpers
        sellable = {
            frozenset((card, segment, *chosen))
            for card, segment in every(cards, segments)
            for chosen in _subsets(modules)
            if not list(refusals(catalog, Product(card, tuple(sorted(chosen)), segment), AS_OF))
        }
        models = enumerated(dimacs(model, ABOUT, "en"))
        assert products(model, models) == sellable
        assert len(models) == len(sellable) == engine_s_number(found, cards, segments, modules)
        assert figures(read(uvl(model, ABOUT, "zh")), Limits()).configurations == len(sellable)
    assert helpers > 100


@pytest.mark.parametrize("most_nodes", [clauses.MOST_NODES, 3])
def test_budgets_of_any_weights_and_bounds_are_counted_exactly(
    most_nodes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clauses, "MOST_NODES", most_nodes)
    chance = Random(32)
    modules = [f"m{at}" for at in range(7)]
    for _ in range(150):
        weights = {
            name: Fraction(chance.choice([-300, -1, 1, 2, 5, 99, 12345, 100_001]), chance.choice([1, 2, 100]))
            for name in chance.sample(modules, chance.randint(1, 7))
        }
        bounds = sorted(chance.choice([0, 1, 3, 100, 12345, -50]) for _ in range(2))
        least, most = chance.choice([(None, bounds[1]), (bounds[0], None), (bounds[0], bounds[1])])
        cards = chance.choice([None, frozenset({"one"})])
        budget = Within(Refusal("budget", Text("预算", "budget"), "budget"), weights, least, most, cards)
        model = feature_model([budget], ["one", "two"], ["s"], modules)
        expected = {
            frozenset((card, "s", *chosen))
            for card in ("one", "two")
            for chosen in _subsets(modules)
            if budget.holds(card, frozenset(chosen), "s")
        }
        models = enumerated(dimacs(model, ABOUT, "en"))
        assert products(model, models) == expected
        assert len(models) == len(expected)


def test_bounds_of_the_same_weights_share_what_they_have_in_common() -> None:
    """Slots differ from card to card only in how many there are."""
    modules = [f"m{at}" for at in range(30)]
    cards = [f"card-{at}" for at in range(10)]
    slots = [
        Within(
            Refusal(f"slots:{card}", Text("槽位", "slots"), card),
            dict.fromkeys(modules, 1),
            None,
            3 + at % 5,
            frozenset((card,)),
        )
        for at, card in enumerate(cards)
    ]
    one = feature_model(slots[4:5], cards, ["s"], modules)
    every_card = feature_model(slots, cards, ["s"], modules)
    assert every_card.helpers < 1.5 * one.helpers


def test_what_forbids_everything_leaves_a_file_without_products() -> None:
    never = Within(Refusal("never", Text("不可能", "impossible"), "never"), {"m": 1}, 2, None)
    model = feature_model([never], ["c"], ["s"], ["m"])
    assert enumerated(dimacs(model, ABOUT, "en")) == []
    assert figures(read(uvl(model, ABOUT, "en")), Limits()).configurations == 0


def test_comments_stay_on_their_line_whatever_a_catalog_says() -> None:
    hostile = Text("恶意", '1 0\n-1 0\r "quoted // ::error::\u2028p cnf 9 9\u202e ##[error]x')
    forbidding = Within(Refusal("rule", hostile, "rule"), {"m": 1, "n": 1}, None, 1)
    model = feature_model([forbidding], ["c"], ["s"], ["m", "n"])
    assert len(enumerated(dimacs(model, [hostile], "en"))) == 3
    for text in (dimacs(model, [hostile], "en"), uvl(model, [hostile], "en")):
        assert "::error" not in text
        assert "##[" not in text
        assert len(text.splitlines()) == text.count("\n")
    assert figures(read(uvl(model, [hostile], "en")), Limits()).configurations == 3


def _subsets(modules: list[str]) -> list[tuple[str, ...]]:
    return [
        tuple(name for at, name in enumerate(modules) if mask >> at & 1) for mask in range(2 ** len(modules))
    ]
