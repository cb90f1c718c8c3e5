"""The worked example of docs/engine.md is what the engine makes of it."""

from pathlib import Path

from cardkit.solve.compiled import compile_problem
from cardkit.solve.counting import count, count_with, endings
from cardkit.solve.diagram import NOWHERE, Diagram
from cardkit.solve.limits import Limits
from cardkit.solve.problem import Limit, Need, Objective, Problem, Sum, Together, amount_of, chosen_in
from cardkit.solve.programme import Programme, amounted, lowest, to_go
from cardkit.solve.spread import spread

PAGE = (Path(__file__).parents[2] / "docs" / "engine.md").read_text(encoding="utf-8")
COFFEE, LOUNGE, MILES, PETS = range(4)


def example() -> tuple[Problem, Objective]:
    """One card with two slots, four modules, two rules and a bundle."""
    problem = Problem(
        variables=("coffee", "lounge", "miles", "pets"),
        cells=("gold@families",),
        allowed=(1, 1, 1, 1),
        sums=(
            Sum(((COFFEE, 1), (PETS, 1)), (Limit(None, 1, 1, "coffee-or-pets"),)),
            Sum(tuple((each, 1) for each in range(4)), (Limit(None, 2, 1, "slots:gold"),)),
        ),
        needs=(Need(frozenset([LOUNGE]), frozenset([MILES]), "lounge-needs-miles"),),
        together=(Together((LOUNGE, MILES)),),
    )
    return problem, Objective([60], [[-5], [-45], [-12], [20]], together=[[-6]])


def table(diagram: Diagram, programme: Programme, objective: Objective) -> str:
    """The diagram as the page shows it: a row for each node, endings and lowest amount included."""
    names = diagram.problem.variables
    lowest_left = to_go(programme, amounted(programme, objective, ties=False))
    ways = endings(programme)
    rows = []
    for at, layer in enumerate(diagram.layers):
        last = at + 1 == len(diagram.layers)
        amount = objective.variables[layer.variable][0]
        for node in range(len(layer.without)):
            without, with_ = (
                "–"
                if child == NOWHERE
                else ("end" if last else f"{names[diagram.layers[at + 1].variable]} {child}")
                for child in (layer.without[node], layer.with_[node])
            )
            due = [objective.together[which][0] for _, which, _ in diagram.labels[layer.with_label[node]][1]]
            gets = "–" if with_ == "–" else f"{amount:+d}" + "".join(f" {each:+d}" for each in due)
            rows.append(
                f"| {names[layer.variable]} {node} | {without} | {with_} | {gets} "
                f"| {lowest_left[at][node][0]:+d} | {ways[at][node][0]} |"
            )
    return "\n".join(rows)


def test_the_page_shows_the_diagram_and_what_is_read_off_it() -> None:
    problem, objective = example()
    compiled = compile_problem(problem, Limits())
    programme = Programme(compiled.diagram, (0,), Limits())
    assert table(compiled.diagram, programme, objective) in PAGE
    worst = lowest(programme, objective)
    assert worst.choices[0] == frozenset((LOUNGE, MILES))
    assert worst.amounts[0] == amount_of(problem, objective, frozenset((LOUNGE, MILES)), 0)
    assert chosen_in(problem, frozenset((LOUNGE, MILES)), 0)
    assert f"`gold+lounge+miles`: {worst.amounts[0]:+d}" in PAGE
    assert f"{count(programme)[0]} products" in PAGE
    counted = count_with(programme)
    numbers = ", ".join(
        f"{name} in {row[0]}" for name, row in zip(problem.variables, counted.with_variable, strict=True)
    )
    assert numbers in PAGE
    below, above = spread(programme, objective, [50])[0]
    assert f"{below} of them contribute less than 50, {above} do not" in PAGE
