"""Formatting: what it does to a file, read as the file, and that it loses nothing of random ones."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from cardkit.source.formatting.formatting import format_file
from tests.bars.formatting import faults_of
from tests.bars.random_documents import random_document

ROOT = Path(__file__).parents[3]
QUICK_DOCUMENTS = 60


def formatted(text: str, file: str = "modules/x.yaml") -> str:
    made = format_file(file, text.encode()).text
    assert made is not None
    return made


SCRAMBLED = """\
# What the file is about.

owner: "card-team"   # who answers
id:   pet-care
kind: module
# Why it costs what it costs.
price:
    - {value: 66.00, from: 2026-01-01}
    # the second year
    -   value: 70
        from: 2027-01-01
name: {en: 'Pet care', zh: 宠物 }


benefits:
- mechanic: discount
  # the visit
  usage: pet-clinic-visits
  id: clinic
  scope: {places: {en: all, zh: 全部},partner: paws}
  name: {zh: 门诊, en: Clinic}
  rate: 20%
  exclusions:
  - {zh: 食品, en: Food}
  # nothing else
# Told by marketing.
description:
    zh: |
        两行
          的说明

    en: >-
        folded
        text
prise: 1   # a slip of the pen stays where it was
"""


def test_a_scrambled_file_comes_into_order(golden: Callable[[str, str], None]) -> None:
    golden("scrambled.yaml", formatted(SCRAMBLED))


def test_every_file_that_was_formatted_is_stable() -> None:
    once = formatted(SCRAMBLED)
    assert formatted(once) == once


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("kind: card\r\nid: a\r\n", "kind: card\nid: a\n", id="carriage returns go"),
        pytest.param("\ufeffkind: card\n", "kind: card\n", id="a byte order mark goes"),
        pytest.param("kind: card\nid: a", "kind: card\nid: a\n", id="the last line ends"),
        pytest.param(
            "\n\nkind: card\n\n\n\nid: a\n\n\n", "kind: card\n\nid: a\n", id="one empty line is enough"
        ),
        pytest.param("id: a\t \nkind: card\n", "kind: card\nid: a\n", id="nothing trails"),
        pytest.param(
            "id: 全角　\nkind: card\n", "kind: card\nid: 全角　\n", id="but an ideographic space is text"
        ),
        pytest.param("x: [ a,b ]\n", "x: [a, b]\n", id="a comma is followed by a space"),
        pytest.param("x: {a: 1,   b: 2}\n", "x: {a: 1,   b: 2}\n", id="columns stay columns"),
        pytest.param("x:    1\n", "x:    1\n", id="columns of values stay, too"),
        pytest.param(
            "x:\n- a\n-   b: 1\n    c: 2\n",
            "x:\n  - a\n  - b: 1\n    c: 2\n",
            id="two columns for each level",
        ),
        pytest.param("x:\n  -\n    b: 1\n", "x:\n  - b: 1\n", id="a lonely dash is joined"),
        pytest.param(
            "x:\n# c\n  z: 1\n  # d\n", "x:\n  # c\n  z: 1\n  # d\n", id="comments follow their level"
        ),
        pytest.param(
            "x: |+\n  a\n\n\nz: 1\n", "x: |+\n  a\n\n\nz: 1\n", id="empty lines that a text keeps are its own"
        ),
        pytest.param(
            "x:\n    z: |2\n        a\n       b\n",
            "x:\n  z: |2\n      a\n     b\n",
            id="a text with its own indentation moves as one",
        ),
        pytest.param(
            'x:\n    z: "a\n      b"\n',
            'x:\n  z: "a\n    b"\n',
            id="a quoted text over two lines moves as one",
        ),
        pytest.param("a: 10.50\nb: 0.10\n", "a: 10.50\nb: 0.10\n", id="numbers keep their digits"),
    ],
)
def test_form(before: str, after: str) -> None:
    assert formatted(before) == after


def test_what_stands_above_the_first_key_is_about_the_whole_and_stays_on_top() -> None:
    before = "# about the file\nid: a\n# the kind\nkind: card\n"
    assert formatted(before) == "# about the file\n# the kind\nkind: card\nid: a\n"


def test_a_suppression_goes_with_its_line() -> None:
    ignore = '# cardkit: ignore[CK603] reason="agreed"'
    before = f"kind: module\nid: a\n{ignore}\nprice: 1\ngroup: b   # why\n"
    assert formatted(before) == f"kind: module\nid: a\ngroup: b   # why\n{ignore}\nprice: 1\n"


def test_a_suppression_that_would_come_to_cover_the_whole_file_keeps_it_as_it_is() -> None:
    left = format_file("cards/a.yaml", b'id: a\n# cardkit: ignore[CK603] reason="agreed"\nkind: card\n')
    assert left.text is None
    assert left.reason is not None
    assert "# cardkit:" in left.reason.en


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("kind: card\nid: a\nid: b\n", "written twice", id="a key twice"),
        pytest.param("kind: card\nid: no\n", "without quotes", id="an ambiguous scalar"),
        pytest.param("kind: [\n", "expected", id="no YAML"),
    ],
)
def test_a_file_with_faults_is_left_alone_and_they_are_told(text: str, why: str) -> None:
    left = format_file("cards/a.yaml", text.encode())
    assert left.text is None
    assert why in left.findings[0].message.en


@pytest.mark.parametrize("text", ["? a\n: 1\n", "x: 1\nz: |\n  last"])
def test_a_form_that_could_lose_something_is_left_alone_with_its_reason(text: str) -> None:
    left = format_file("cards/a.yaml", text.encode())
    assert left.text is None
    assert left.reason is not None


def test_expectations_beside_the_catalog_have_an_order_too() -> None:
    before = "expectations:\n  - product: a@b\n    name: {zh: 甲, en: A}\n    expect: sold\nowner: me\n"
    after = "owner: me\nexpectations:\n  - expect: sold\n    name: {zh: 甲, en: A}\n    product: a@b\n"
    assert formatted(before, "tests/a.yaml") == after


@pytest.mark.parametrize("file", sorted((ROOT / "catalog").rglob("*.yaml")), ids=lambda path: path.stem)
def test_no_shipped_file_is_left_alone(file: Path) -> None:
    name = file.relative_to(ROOT / "catalog").as_posix()
    assert format_file(name, file.read_bytes()).text is not None


def test_random_documents_keep_values_and_comments_and_are_stable() -> None:
    chance, seen = Random(7), Counter[str]()
    assert [fault for _ in range(QUICK_DOCUMENTS) for fault in faults_of(random_document(chance), seen)] == []
    assert seen["changed"] > QUICK_DOCUMENTS / 2
