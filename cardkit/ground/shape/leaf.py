"""Shapes of single values: ids, texts, money, rates, counts, dates."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from cardkit.ground.finding import Path
from cardkit.ground.frozen import frozen
from cardkit.ground.shape.base import Definitions, Schema, Shape, ShapeError
from cardkit.ground.text import Text, same

IDENTIFIER = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
_IDENTIFIER = re.compile(IDENTIFIER[:-1] + r"\Z")
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "card"] + [f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10)]
)
MOST_ID_CHARACTERS = 63
_RATE = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,8})?%\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def is_identifier(text: str) -> bool:
    """Whether a text is a lower-case kebab ASCII id that is also a safe file name everywhere."""
    return len(text) <= MOST_ID_CHARACTERS and _IDENTIFIER.match(text) is not None and text not in _RESERVED


@frozen
class Identifier(Shape):
    """The id of an entity or of something inside it."""

    def schema(self, definitions: Definitions) -> Schema:
        definitions["id"] = {
            "title": "id",
            "description": "Lower-case kebab ASCII, at most 63 characters; also a safe file name. "
            "小写字母、数字和连字符，最多 63 个字符。",
            "type": "string",
            "pattern": IDENTIFIER,
            "maxLength": MOST_ID_CHARACTERS,
        }
        return {"$ref": "#/$defs/id"}

    def build(self, data: Any, path: Path) -> str:
        if not is_identifier(data):
            raise ShapeError(
                path,
                Text("这不是可用的 id", "This can't be used as an id"),
                Text(
                    "请用小写字母、数字和连字符，例如 pet-care；不要用系统保留名",
                    "write lower-case letters, digits and hyphens, such as pet-care; "
                    "names reserved by systems (con, nul, card) are refused",
                ),
            )
        return str(data)

    def label(self) -> Text:
        return same("id")


@frozen
class Reference(Shape):
    """The id of another entity, of one of the given kinds."""

    kinds: tuple[str, ...]

    def schema(self, definitions: Definitions) -> Schema:
        return Identifier().schema(definitions)

    def build(self, data: Any, path: Path) -> str:
        return str(data)

    def label(self) -> Text:
        return Text("id，类型：" + "、".join(self.kinds), "id of a " + " or ".join(self.kinds))


@frozen
class BenefitReference(Shape):
    """A benefit of an entity, as `ENTITY/BENEFIT`; `card/BENEFIT` means that of the product's card."""

    def schema(self, definitions: Definitions) -> Schema:
        return {
            "type": "string",
            "pattern": IDENTIFIER[:-1] + "/" + IDENTIFIER[1:],
            "maxLength": 2 * MOST_ID_CHARACTERS + 1,
        }

    def build(self, data: Any, path: Path) -> str:
        return str(data)

    def label(self) -> Text:
        return same("ENTITY/BENEFIT")


@frozen
class Words(Shape):
    """A text in every language of the catalog."""

    def schema(self, definitions: Definitions) -> Schema:
        definitions["text"] = {
            "title": "text in both languages",
            "description": "A language map, e.g. {zh: 航空里程包, en: Airline mileage pack}. 双语文本。",
            "type": "object",
            "required": ["zh", "en"],
            "properties": {
                language: {"type": "string", "minLength": 1, "maxLength": 2000} for language in ("zh", "en")
            },
            "additionalProperties": False,
        }
        return {"$ref": "#/$defs/text"}

    def build(self, data: Any, path: Path) -> Text:
        return Text(data["zh"], data["en"])

    def label(self) -> Text:
        return same("{zh: …, en: …}")


@frozen
class Line(Shape):
    """A short text that needs no translation: an owner, a source, a citation."""

    most: int = 500

    def schema(self, definitions: Definitions) -> Schema:
        return {"type": "string", "minLength": 1, "maxLength": self.most}

    def build(self, data: Any, path: Path) -> str:
        return str(data)

    def label(self) -> Text:
        return Text("文字", "text")


@frozen
class Choice(Shape):
    """One of a few words."""

    words: tuple[str, ...]

    def schema(self, definitions: Definitions) -> Schema:
        return {"enum": list(self.words)}

    def build(self, data: Any, path: Path) -> str:
        return str(data)

    def label(self) -> Text:
        return same(" | ".join(f"`{word}`" for word in self.words))


@frozen
class Boolean(Shape):
    """True or false."""

    def schema(self, definitions: Definitions) -> Schema:
        return {"type": "boolean"}

    def build(self, data: Any, path: Path) -> bool:
        return bool(data)

    def label(self) -> Text:
        return same("`true` | `false`")


@frozen
class Whole(Shape):
    """A whole number; both bounds are inclusive."""

    least: int = 0
    most: int = 10**12

    def schema(self, definitions: Definitions) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def build(self, data: Any, path: Path) -> int:
        if not isinstance(data, int):
            raise ShapeError(
                path,
                Text("这里要整数", "A whole number is needed here"),
                Text("去掉小数点", "drop the decimals"),
            )
        return data

    def label(self) -> Text:
        return Text("整数", "whole number")


NUMBER = Text("数", "number")


@frozen
class Number(Shape):
    """A plain number, read exactly from its text; bounds are inclusive unless `above` is given."""

    decimals: int = 8
    least: int | None = 0
    above: int | None = None
    what: Text = NUMBER

    def schema(self, definitions: Definitions) -> Schema:
        schema: Schema = {"type": "number", "maximum": 10**12}
        if self.above is not None:
            schema["exclusiveMinimum"] = self.above
        else:
            schema["minimum"] = -(10**12) if self.least is None else self.least
        return schema

    def build(self, data: Any, path: Path) -> Fraction:
        if isinstance(data, Decimal):
            exponent = data.as_tuple().exponent
            if not isinstance(exponent, int) or -exponent > self.decimals:
                raise ShapeError(
                    path,
                    Text(
                        f"小数位太多：最多 {self.decimals} 位", f"Too many decimals: at most {self.decimals}"
                    ),
                    Text(
                        "金额只算到分；单位成本最多八位小数" if self.decimals == 2 else "请四舍五入",
                        "what a customer pays or gets ends at the fen; only unit costs have more"
                        if self.decimals == 2
                        else "round it",
                    ),
                )
        return _fraction(data)

    def label(self) -> Text:
        return self.what


@lru_cache(4096)
def _fraction(number: Decimal | int) -> Fraction:
    """Catalogs repeat their numbers, and making a fraction takes longer than looking it up."""
    return Fraction(number)


@lru_cache(4096)
def _rate(text: str, least: int, most: int) -> Fraction | None:
    """The rate, None where it is out of bounds (in percent, inclusive)."""
    percents = Fraction(text[:-1])
    return percents / 100 if least <= percents <= most else None


def Money(*, least: int | None = 0) -> Number:  # noqa: N802 - reads as the shapes beside it
    """An amount that a customer pays or gets, in the catalog's currency: at most two decimals."""
    return Number(decimals=2, least=least, what=Text("金额（元，两位小数）", "amount (yuan, two decimals)"))


def UnitCost() -> Number:  # noqa: N802 - reads as the shapes beside it
    """What one unit costs the bank, in the catalog's currency: at most eight decimals."""
    return Number(decimals=8, what=Text("单位成本（元，八位小数）", "unit cost (yuan, eight decimals)"))


@frozen
class Rate(Shape):
    """A rate with its sign: `0.45%`. Bounds are inclusive, in percent."""

    least: int = 0
    most: int = 100

    def schema(self, definitions: Definitions) -> Schema:
        return {
            "type": "string",
            "pattern": r"^-?[0-9]{1,6}(\.[0-9]{1,8})?%$",
            "maxLength": 17,
        }

    def build(self, data: Any, path: Path) -> Fraction:
        if not _RATE.match(data):
            raise ShapeError(path, Text("比率要带百分号", "A rate carries its sign"), same("0.45%"))
        rate = _rate(data, self.least, self.most)
        if rate is None:
            raise ShapeError(
                path,
                Text(
                    f"比率应在 {self.least}% 到 {self.most}% 之间",
                    f"This rate must be between {self.least}% and {self.most}%",
                ),
            )
        return rate

    def label(self) -> Text:
        return Text("比率，如 `0.45%`", "rate such as `0.45%`")


@frozen
class Day(Shape):
    """An ISO date."""

    def schema(self, definitions: Definitions) -> Schema:
        definitions["date"] = {
            "title": "date",
            "description": "ISO date, e.g. 2026-12-31; `until` is the last day. 起止日期都含当天。",
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            "maxLength": 10,
        }
        return {"$ref": "#/$defs/date"}

    def build(self, data: Any, path: Path) -> date:
        if not _DATE.match(data):
            raise ShapeError(path, Text("日期要写成 2026-12-31", "Write the date as 2026-12-31"))
        try:
            return date.fromisoformat(data)
        except ValueError:
            raise ShapeError(
                path,
                Text(f"日历上没有 {data} 这一天", f"There is no {data} in the calendar"),
                Text("改成存在的日期，如当月最后一天", "write a day that exists, such as the month's last"),
            ) from None

    def label(self) -> Text:
        return same("`2026-12-31`")
