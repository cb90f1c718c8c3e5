"""What a what-if puts in a value's place: a value read as strictly as a file's, or a multiple of it."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from cardkit.ground.errors import CardkitError
from cardkit.ground.money import plain_number
from cardkit.ground.shape.base import Shape
from cardkit.ground.shape.figure import FigureOf
from cardkit.ground.shape.leaf import Number, Rate, Whole
from cardkit.ground.text import Text
from cardkit.source.nodes import read
from cardkit.source.scalars import Ambiguous, plain_value

TIMES = "*"
"""A value that begins so multiplies what is there: `*1.2`."""

_RATE_DECIMALS = 8
_MOST_SOURCE = 400


def typed_value(text: str) -> Any:
    """The value of a text typed after `=`, by the rules of the files. Raises CardkitError."""
    stripped = text.strip()
    if not stripped or "\n" in text or "\r" in text:
        raise CardkitError(
            Text("等号后面要有一个值，只占一行", "a value must stand after =, on one line"),
            Text("如 PATH=88", "such as PATH=88"),
        )
    document, findings = read("--set", f"value: {stripped}\n".encode("utf-8", "surrogateescape"))
    if findings:
        raise CardkitError(findings[0].message, findings[0].hint)
    value = None if document is None or list(document.data) != ["value"] else document.data["value"]
    if value is None:
        raise CardkitError(
            Text("等号后面不是一个值", "what stands after = is no value"),
            Text("如 88、45% 或 *1.2", "write such as 88, 45% or *1.2"),
        )
    return value


def factor_of(value: Any) -> Fraction | None:
    """The factor of a multiplier, None for any other value. Raises CardkitError for `*` without a number."""
    if not isinstance(value, str) or not value.startswith(TIMES):
        return None
    try:
        number = plain_value(value[len(TIMES) :].strip())
    except Ambiguous as ambiguous:
        raise CardkitError(ambiguous.why, ambiguous.hint) from None
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        raise CardkitError(
            Text("* 后面要有一个数", "a number must stand after *"), Text("如 *1.2", "such as *1.2")
        )
    return Fraction(number)


def replaced(shape: Shape, value: Any, mark: str) -> Any:
    """What a file would say: a figure is replaced whole, and its source says who did it."""
    if isinstance(shape, FigureOf) and not isinstance(value, dict | list):
        return {"value": value, "source": mark, "status": "assumed"}
    return value


def multiplied(shape: Shape, data: Any, factor: Fraction, mark: str) -> Any:
    """The data with every value of it times a factor: all dates and segments of a figure.

    Rates keep eight decimals, amounts as many as they may have, half to even. Raises CardkitError for
    what is no number, and where a whole number would no longer be one.
    """
    if isinstance(shape, FigureOf):
        return _figure(shape, data, factor, mark)
    if isinstance(shape, Rate):
        return f"{plain_number(Fraction(data[:-1]) * factor, _RATE_DECIMALS)}%"
    if isinstance(shape, Number | Whole):
        decimals = shape.decimals if isinstance(shape, Number) else 0
        return _number(Fraction(data) * factor, decimals)
    raise CardkitError(
        Text("这里不是数，不能乘", "what stands there is no number, so it can't be multiplied"),
        Text("直接写新的值", "write the new value instead"),
    )


def _figure(shape: FigureOf, data: Any, factor: Fraction, mark: str) -> Any:
    if isinstance(data, list):
        return [_entry(shape, entry, factor, mark) for entry in data]
    if not isinstance(data, dict):
        return {"value": multiplied(shape.inner, data, factor, mark), "source": mark, "status": "assumed"}
    if "value" in data:
        return _entry(shape, data, factor, mark)
    made = dict(data)
    if data.get("default") is not None:
        made["default"] = _figure(shape, data["default"], factor, mark)
    made["by_segment"] = {
        segment: _figure(shape, value, factor, mark) for segment, value in data["by_segment"].items()
    }
    return made


def _entry(shape: FigureOf, entry: dict[str, Any], factor: Fraction, mark: str) -> dict[str, Any]:
    source = entry.get("source")
    said = mark if source is None else f"{source[:_MOST_SOURCE]}; {mark}"
    value = multiplied(shape.inner, entry["value"], factor, mark)
    return {**entry, "value": value, "source": said, "status": "assumed"}


def _number(value: Fraction, decimals: int) -> int | Decimal:
    if decimals == 0:
        if value.denominator != 1:
            shown = plain_number(value, 4)
            raise CardkitError(
                Text(f"得 {shown}，而这里要整数", f"that is {shown}, and a whole number is needed"),
                Text("直接写整数", "write the whole number instead"),
            )
        return int(value)
    written = plain_number(value, decimals)
    return Decimal(written) if "." in written else int(written)
