"""Public feature models: the engine counts what independent counters count, beyond 64 bits too."""

import csv
from pathlib import Path

import pytest

from benchmarks.uvl import CELL, Model, NotBoolean, figures, read
from cardkit.solve.limits import Limits
from cardkit.solve.problem import chosen_in

MODELS = Path(__file__).parent.parent / "models"
with (MODELS / "ORACLE.csv").open(encoding="utf-8", newline="") as rows:
    ORACLE = {row["model"]: row for row in csv.DictReader(rows)}


def configurations(text: str) -> set[str]:
    """Every configuration, as the features chosen besides the root."""
    model = read(text)
    problem = model.problem()
    number = len(model.features)
    choices = [frozenset(at for at in range(number) if mask >> at & 1) for mask in range(2**number)]
    return {
        "".join(sorted(model.features[at] for at in choice if at))
        for choice in choices
        if chosen_in(problem, choice, 0)
    }


def with_group(group: str, *constraints: str) -> str:
    return "\n".join(
        ["features", "\troot", f"\t\t{group}", *(f"\t\t\t{each}" for each in "abc"), "constraints"]
        + [f"\t{each}" for each in constraints]
    )


def test_the_oracle_and_the_models_are_the_same() -> None:
    assert {path.stem for path in MODELS.glob("*.uvl")} == set(ORACLE)


@pytest.mark.parametrize("name", sorted(ORACLE))
def test_configurations_core_and_dead_features_are_the_oracle_s(name: str) -> None:
    expected = ORACLE[name]
    model = read((MODELS / f"{name}.uvl").read_text(encoding="utf-8"))
    assert len(model.features) == int(expected["features"])
    found = figures(model, Limits(nodes=50_000))
    assert found.configurations == int(expected["count_ganak"])
    assert found.core == int(expected["core"])
    assert found.dead == int(expected["dead"])


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("mandatory", "abc"),
        ("optional", ", a, b, c, ab, ac, bc, abc"),
        ("or", "a, b, c, ab, ac, bc, abc"),
        ("alternative", "a, b, c"),
        ("[2]", "ab, ac, bc"),
        ("[1..2]", "a, b, c, ab, ac, bc"),
        ("[0..1]", ", a, b, c"),
        ("[2..*]", "ab, ac, bc, abc"),
        ("[*]", ", a, b, c, ab, ac, bc, abc"),
    ],
)
def test_a_group_allows_so_many_of_its_children(group: str, expected: str) -> None:
    assert configurations(with_group(group)) == {each.strip() for each in expected.split(",")}


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        ("a => b", ", b, c, ab, bc, abc"),
        ("a <=> b", ", c, ab, abc"),
        ("!(a | b)", ", c"),
        ("a & !b | c", "a, c, ac, bc, abc"),
        ("a => b => c", "a, c, ac, bc, abc"),
        ("!!a & (root => !c)", "a, ab"),
    ],
)
def test_a_constraint_is_read_as_uvl_says(constraint: str, expected: str) -> None:
    found = configurations(with_group("optional", constraint))
    assert found == {each.strip() for each in expected.split(",")}


def test_children_need_their_parent_at_any_depth() -> None:
    text = """\
namespace shop

features
    shop {abstract true}
        optional
            "a"  // quoted, with an attribute below
                alternative
                    b {price 3}
                    c
"""
    assert configurations(text) == {"", "ab", "ac"}


@pytest.mark.parametrize(
    "text",
    [
        "imports\n\tother",
        "features\n\troot\n\t\toptional\n\t\t\tInteger a",
        "features\n\troot\n\t\tsome\n\t\t\ta",
        "features\n\troot\n\t\toptional\n\t\t\ta\n\t\t\ta",
        "features\n\troot\n\tsecond",
        with_group("optional", "a > b"),
        with_group("optional", "a &"),
        with_group("optional", "(a"),
        with_group("optional", "d"),
    ],
)
def test_what_is_no_boolean_model_is_refused(text: str) -> None:
    with pytest.raises(NotBoolean):
        read(text)


def test_a_model_is_one_cell() -> None:
    assert Model(["root"]).problem().cells == (CELL,)
