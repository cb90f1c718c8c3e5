"""The comment under a pull request: within its limit, no promise left out, no text that is markup."""

import re

import pytest

from cardkit.diff.difference import Difference
from cardkit.ground.text import Language, Text
from cardkit.render.diff_html import render as html
from cardkit.render.diff_markdown import LIMIT, render
from tests.checks.conftest import Texts
from tests.diff.conftest import Compare

ABOUT = Text("甲对乙", "one against the other")
PETS = "modules/pet-care.yaml"


def many(example: Texts, number: int, price: int) -> Texts:
    """The example with so many more modules of a price."""
    made = dict(example)
    for at in range(number):
        text = example["modules/lounge-pass.yaml"].replace("id: lounge-pass", f"id: pass-{at}")
        made[f"modules/pass-{at}.yaml"] = text.replace("price: 90", f"price: {price}")
    return made


@pytest.mark.parametrize("number", [3, 150, 900])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_comment_has_every_promise_within_its_limit(
    number: int, language: Language, example: Texts, compare: Compare
) -> None:
    found = compare_without_engine(compare, many(example, number, 90), many(example, number, 95))
    assert len(found.promises) == number
    comment = render(found, language, ABOUT)
    assert len(comment) <= LIMIT
    assert comment.count("<details>") == comment.count("</details>")
    assert len(re.findall(r"^- ", comment, re.MULTILINE)) == number


def compare_without_engine(compare: Compare, before: Texts, after: Texts) -> Difference:
    """What differs, without asking about all products: there are too many."""
    return compare(before, after, most_modules=10)


def test_catalog_text_is_never_markup(example: Texts, compare: Compare) -> None:
    hostile = "<script>alert(1)</script> | `x` ##[error]a ::error::b @name #12 [c](d)"
    after = dict(example)
    after[PETS] = (
        after[PETS].replace("en: Pet care pack", f"en: '{hostile}'").replace("price: 60", "price: 70")
    )
    found = compare(example, after)
    comment, page = render(found, "en", ABOUT), html(found, "en", ABOUT)
    for text in (comment, page):
        assert "<script" not in text
        assert "##[" not in text
        assert "::error" not in text
    assert "@name" not in comment
    assert "script-src" not in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
