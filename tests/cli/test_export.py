"""`cardkit export` on the shipped catalog: other programs find the engine's products and prices in it."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pyganak import Counter  # type: ignore[import-not-found]  # compiled, without annotations

from benchmarks.problem_file import objective_of, problem_of
from benchmarks.uvl import Model, read
from cardkit.cli.app import run
from cardkit.model.expression import Product
from cardkit.pricing.price import price
from cardkit.pricing.setting import Day
from cardkit.solve.problem import amount_of, chosen_in
from cardkit.source.load import load

CATALOG = Path(__file__).parent.parent.parent / "catalog"
AS_OF = "2026-07-01"
ENVIRONMENT = {"CARDKIT_LANG": "en"}
SHIPPED = ["--catalog", str(CATALOG), "--as-of", AS_OF]


def exported(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["export", *SHIPPED, *arguments], ENVIRONMENT) == 0
    return capsys.readouterr().out


def counted_by_ganak(text: str) -> int:
    lines = [line.split() for line in text.splitlines() if not line.startswith("c")]
    return ganak(int(lines[0][2]), [[int(each) for each in line[:-1]] for line in lines[1:]])


def ganak(variables: int, clauses: Iterable[Iterable[int]]) -> int:
    counter = Counter()
    counter.new_vars(variables)
    counter.add_clauses([list(clause) for clause in clauses])
    return int(counter.count())


def tree(model: Model) -> Iterator[list[int]]:
    """The feature tree as clauses; the groups that an export has."""
    for group in model.groups:
        parent, children = group.parent + 1, [child + 1 for child in group.children]
        yield from ([-child, parent] for child in children)
        if group.least == len(children):
            yield from ([-parent, child] for child in children)
        elif (group.least, group.most) == (1, 1):
            yield [-parent, *children]
            yield from ([-one, -other] for other in children for one in children if one < other)
        else:
            assert (group.least, group.most) == (0, len(children))


def analyzed(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    run(["analyze", *SHIPPED, "--format", "json"], ENVIRONMENT)
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def test_an_independent_counter_finds_as_many_products_as_analyze(capsys: pytest.CaptureFixture[str]) -> None:
    assert counted_by_ganak(exported(capsys, "--format", "dimacs")) == int(analyzed(capsys)["products_total"])


def test_every_cell_of_analyze_is_the_model_of_that_card_and_segment(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cells = [cell for cell in analyzed(capsys)["cells"] if int(cell["products"])]
    for cell in Random(1).sample(cells, 4):
        asked = ("--card", cell["card"], "--segment", cell["segment"])
        assert counted_by_ganak(exported(capsys, "--format", "dimacs", *asked)) == int(cell["products"])
        model = read(exported(capsys, "--format", "uvl", *asked))
        assert ganak(len(model.features), [[1], *tree(model), *model.clauses]) == int(cell["products"])


def test_the_problem_adds_up_to_the_prices_that_price_prints(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(exported(capsys, "--format", "json"))
    problem = problem_of(document)
    contribution, net = (objective_of(document, name) for name in ("contribution", "customer-net"))
    day = Day(load(CATALOG), date.fromisoformat(AS_OF))
    random, sellable = Random(2), 0
    while sellable < 40:
        cell = random.randrange(len(problem.cells))
        offered = [at for at, mask in enumerate(problem.allowed) if mask >> cell & 1]
        choice = frozenset(random.sample(offered, min(len(offered), random.randint(0, 4))))
        if not chosen_in(problem, choice, cell):
            continue
        sellable += 1
        card, segment = problem.cells[cell].split("@")
        names = tuple(sorted(problem.variables[at] for at in choice))
        expected = price(day, Product(card, names, segment))
        assert amount_of(problem, contribution, choice, cell) == expected.contribution
        assert amount_of(problem, net, choice, cell) == expected.customer_net


def test_rules_are_quoted_in_the_reader_s_language_and_the_what_if_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = exported(capsys, "--lang", "zh")
    assert "// slots:base-card：" not in text
    assert "// slots:base-card: 基础卡有 4 个槽位" in text
    fewer = exported(capsys, "--set", "base-card.slots=1", "--card", "base-card", "--format", "dimacs")
    assert "base-card.slots=1" in fewer
    file = tmp_path / "rules.uvl"
    assert exported(capsys, "--output", str(file), "--lang", "zh") == ""
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "xml"), "uvl, dimacs, json"),
        (("--card", "base-crd"), "did you mean base-card"),
        (("--segment", "gen-y"), "did you mean gen-z"),
    ],
)
def test_what_cannot_be_exported_is_said(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", *SHIPPED, *arguments], ENVIRONMENT) == 2
    assert said in capsys.readouterr().err


def test_a_catalog_with_faults_is_not_exported_by_half(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for file in CATALOG.rglob("*.yaml"):
        target = tmp_path / file.relative_to(CATALOG)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    rule = next(iter(sorted((tmp_path / "rules").glob("*.yaml"))))
    rule.write_text("kind: rule\nid: [", encoding="utf-8")
    assert run(["export", "--catalog", str(tmp_path)], ENVIRONMENT) == 2
    assert rule.name in capsys.readouterr().err
