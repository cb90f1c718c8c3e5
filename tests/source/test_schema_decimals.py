"""The bulk validator judges exact decimals as the schema means them, so no copy with floats is needed."""

from decimal import Decimal
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardkit.ground.shape.leaf import Money, Number, Rate, UnitCost, Whole
from cardkit.source.scalars import Ambiguous, plain_value
from cardkit.source.schema import plain

SHAPES = (Money(), UnitCost(), Number(least=None), Number(above=0), Whole(0, 120), Rate())
VALIDATORS = [jsonschema_rs.Draft202012Validator(shape.schema({})) for shape in SHAPES]


@given(
    text=st.from_regex(r"-?(0|[1-9][0-9]{0,13})\.[0-9]{1,15}", fullmatch=True)
    | st.sampled_from(["0.0", "120.0", "120.5", "1000000000000.0", "999999999999.999", "1000000000000.01"])
)
def test_a_decimal_fits_where_the_nearest_float_fits(text: str) -> None:
    try:
        value = plain_value(text)
    except Ambiguous:
        return
    assert isinstance(value, Decimal)
    for validator in VALIDATORS:
        assert validator.is_valid(value) == validator.is_valid(plain(value))


@pytest.mark.parametrize("nested", [{"value": Decimal("1.5")}, [Decimal("1.5")]])
def test_decimals_inside_are_judged_too(nested: Any) -> None:
    number = {"type": "number", "maximum": 1}
    schema = {"properties": {"value": number}, "items": number}
    assert not jsonschema_rs.Draft202012Validator(schema).is_valid(nested)
