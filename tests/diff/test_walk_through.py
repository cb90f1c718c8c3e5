"""A pull request on the shipped catalog, as its reviewer reads it; the comment is kept as an example."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from cardkit.diff.difference import Difference, difference
from cardkit.diff.sides import Sides
from cardkit.ground.text import Text
from cardkit.pricing.price import price
from cardkit.pricing.setting import Day
from cardkit.render.diff_markdown import render
from cardkit.solve.limits import Limits
from cardkit.source.load import load

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "docs" / "example-comment.md"
AS_OF = date(2026, 11, 22)
NOTE = (
    "<!-- made by tests/diff/test_walk_through.py: the comment under a pull request that raises a fee, "
    "cuts a cap, retires a module and adds a bundle; pytest --update-golden writes it anew -->\n\n"
)
NEW_BUNDLE = """kind: bundle
id: city-pets
name: {zh: 城市萌宠卡, en: City-pets bundle}
owner: partner-home
status: live
valid: {from: 2026-12-01, until: 2028-05-31}
source: illustrative
card: city-card
modules: [pet-care, same-city-social]
segments: [new-resident, early-career]
discount: 18
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Difference:
    folder = Path(shutil.copytree(ROOT / "catalog", tmp_path_factory.mktemp("walk") / "catalog"))
    for file, old, new in (
        ("cards/sports-card.yaml", r"annual_fee: \d+", "annual_fee: 260"),
        ("modules/pet-care.yaml", "cap_per_use: 200", "cap_per_use: 120"),
        ("modules/vocational-training.yaml", "status: live", "status: retired"),
    ):
        text = (folder / file).read_text(encoding="utf-8")
        changed = re.sub(old, new, text, count=1)
        assert changed != text
        (folder / file).write_text(changed, encoding="utf-8")
    bundle = NEW_BUNDLE.replace("2026-12-01", "2026-11-01")
    (folder / "bundles" / "city-pets.yaml").write_text(bundle, encoding="utf-8")
    before, after = (Day(load(each), AS_OF) for each in (ROOT / "catalog", folder))
    return difference(Sides(before, after), Limits())


def test_the_comment_stands_in_the_documentation(found: Difference, request: pytest.FixtureRequest) -> None:
    comment = NOTE + render(found, "en", Text("main 对 pets", "main (1a2b3c4d) against pets (5e6f7a8b)"))
    if request.config.getoption("--update-golden"):
        EXAMPLE.write_text(comment, encoding="utf-8")
    assert EXAMPLE.read_text(encoding="utf-8") == comment


def test_the_reviewer_reads_what_there_is_to_decide(found: Difference) -> None:
    promises = {each.finding.code.name: each.change.subject.id for each in found.promises}
    assert promises == {
        "fee-raised": "sports-card",
        "cap-reduced": "pet-care",
        "retired-while-sold": "vocational-training",
    }
    assert {each.subject.id for each in found.unsellable} == {
        "city-roots@new-resident",
        "city-roots-with-pet@new-resident",
    }
    assert found.assortment.gained == 0
    assert found.assortment.lost > 0
    assert "city-pets" in {each.subject.id for each in found.fields}


def test_every_figure_is_what_price_says_on_its_side(found: Difference) -> None:
    from cardkit.model.expression import parse

    for change in found.money:
        for day, figures in ((found.sides.before, change.before), (found.sides.after, change.after)):
            if figures is not None:
                priced = price(day, parse(day.catalog, figures.product).product)
                assert figures.amounts == (priced.contribution, priced.customer_pays, priced.customer_value)
