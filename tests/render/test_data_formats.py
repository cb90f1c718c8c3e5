"""What programs and pull requests get: plain numbers, exact money, one envelope."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from cardkit.render import delimited, markdown
from cardkit.render.data_json import Stamp, count, dumps, envelope, money
from cardkit.render.table import Table

Golden = Callable[[str, str], None]


def test_each_format_shows_the_waterfall_in_its_own_way(waterfall: Table, golden: Golden) -> None:
    golden("waterfall-tsv.txt", delimited.tsv(waterfall, "zh"))
    golden("waterfall-csv.txt", delimited.csv(waterfall, "en"))
    golden("waterfall-markdown.txt", markdown.render(waterfall, "zh"))


def test_a_document_says_what_it_is_about_and_keeps_money_exact() -> None:
    lines = [{"id": "lounge", "amount": money(-1240)}, {"id": "fee", "amount": Decimal("0.10")}]
    body = envelope(1, Stamp("demo", "3f2a"), date(2026, 1, 1), currency="CNY", lines=lines)
    assert json.loads(dumps(body)) == {
        "format_version": 1,
        "catalog": {"id": "demo", "hash": "3f2a"},
        "as_of": "2026-01-01",
        "currency": "CNY",
        "lines": [{"id": "lounge", "amount": "-12.40"}, {"id": "fee", "amount": "0.10"}],
    }


def test_counts_that_readers_would_round_are_strings() -> None:
    assert (count(2**53), count(2**53 + 1)) == (2**53, "9007199254740993")


def test_what_is_no_json_value_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        dumps({"share": float("nan")})
    with pytest.raises(TypeError, match="not a JSON value: object"):
        dumps(object())
