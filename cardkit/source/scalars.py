"""Unquoted scalars: which value each one has, and which ones YAML versions read differently."""

import re
from decimal import Decimal
from itertools import product
from typing import TypeAlias

from cardkit.ground.text import Text
from cardkit.source.characters import quoted

Scalar: TypeAlias = str | int | bool | Decimal | None

MOST_INTEGER_DIGITS = 18
MOST_DECIMAL_DIGITS = 15
MOST_DECIMAL_PLACES = 18

_PLAIN_WORDS: dict[str, bool | None] = {"": None, "null": None, "true": True, "false": False}


def _spellings(word: str) -> set[str]:
    return {"".join(letters) for letters in product(*((letter, letter.upper()) for letter in word))}


_TRUE_WORDS = frozenset().union(*map(_spellings, ("y", "yes", "on", "true"))) - {"true"}
_FALSE_WORDS = frozenset().union(*map(_spellings, ("n", "no", "off", "false"))) - {"false"}
_NULL_WORDS = frozenset(_spellings("null") | {"~"}) - {"null"}

SPECIAL_WORDS = frozenset(_PLAIN_WORDS) | _TRUE_WORDS | _FALSE_WORDS | _NULL_WORDS | {"=", "<<"}
NUMBER_STARTS = frozenset("0123456789+-.")
"""A plain scalar that is no special word and starts with none of these is simply a text."""

# The last group takes what YAML 1.1, YAML 1.2 or a common reader of either would make a number of. Dates and
# rates stand before it only because they are frequent.
_NUMBER = re.compile(
    rf"""(?P<integer>0|-?[1-9][0-9]{{0,{MOST_INTEGER_DIGITS - 1}}})
    |(?P<decimal>-?(?:0|[1-9][0-9]{{0,{MOST_DECIMAL_DIGITS - 1}}})\.[0-9]{{1,{MOST_DECIMAL_PLACES}}})
    |(?P<text>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9.]+%)
    |(?P<ambiguous>[-+]?(?:
        0[xX][0-9a-fA-F_]+ | 0[oO][0-7_]+ | 0[bB][01_]+
        |[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
        |(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?
        |\.[iI][nN][fF]|\.[nN][aA][nN]))""",
    re.VERBOSE,
)


class Ambiguous(Exception):
    """A plain scalar that has to be quoted or spelled differently; `why` and `hint` say how."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    @property
    def why(self) -> Text:
        """What readers make of it."""
        return _explained(self.text)[0]

    @property
    def hint(self) -> Text:
        """What to write instead."""
        shown, plain = quoted(self.text), _explained(self.text)[1]
        if not plain:
            return Text(f'加上引号："{shown}"。', f'Write "{shown}" in quotes.')
        return Text(f'写成带引号的 "{shown}"，或者 {plain}。', f'Write "{shown}" in quotes, or {plain}.')


# A catalog repeats its words, dates, rates and amounts: each is read once, and kept once for all files.
# Only short texts, and so many of them: no stranger's file can fill the memory.
KNOWN: dict[str, Scalar] = {}
_MOST_KNOWN = 20_000
_LONGEST_KNOWN = 40


def plain_value(text: str) -> Scalar:
    """The value of an unquoted scalar. Raises Ambiguous where YAML versions disagree about it.

    What was read before stands in `KNOWN`, for those who can't wait for a call.
    """
    if text in KNOWN:
        return KNOWN[text]
    value = _value(text)
    if len(text) <= _LONGEST_KNOWN and len(KNOWN) < _MOST_KNOWN:
        KNOWN[text] = value
    return value


def _value(text: str) -> Scalar:
    if text in SPECIAL_WORDS:
        if text in _PLAIN_WORDS:
            return _PLAIN_WORDS[text]
        raise Ambiguous(text)
    if text[0] not in NUMBER_STARTS:
        return text
    found = _NUMBER.fullmatch(text)
    form = None if found is None else found.lastgroup
    if form is None or form == "text":
        return text
    if form == "integer":
        return int(text)
    if form == "ambiguous":
        raise Ambiguous(text)
    value = Decimal(text)
    if (not value and text[0] == "-") or len(text.replace(".", "").lstrip("-0")) > MOST_DECIMAL_DIGITS:
        raise Ambiguous(text)
    return value


def _explained(text: str) -> tuple[Text, str]:
    """Why a scalar is ambiguous, and the plain spelling to suggest (empty when there is none)."""
    for words, value in ((_TRUE_WORDS, "true"), (_FALSE_WORDS, "false"), (_NULL_WORDS, "null")):
        if text in words:
            why = Text(
                f"有的 YAML 版本把它读作 {value}，有的读作文本",
                f"some YAML versions read it as {value}, others as text",
            )
            return why, value
    lower = text.lower()
    why = next(why for pattern, why in _REASONS if pattern.search(lower))
    return why, _spelled_out(text)


_REASONS: tuple[tuple[re.Pattern[str], Text], ...] = (
    (
        re.compile("^(?:=|<<)$"),
        Text("YAML 1.1 给它特殊含义", "YAML 1.1 gives it a meaning of its own"),
    ),
    (
        re.compile("inf|nan"),
        Text("它会被读作无穷大或非数", "it would be read as infinity or as not a number"),
    ),
    (
        re.compile(":"),
        Text("YAML 1.1 会把它读作六十进制数", "YAML 1.1 takes it for a number to base 60"),
    ),
    (
        re.compile("^[-+]?0[xob]"),
        Text(
            "有的 YAML 版本把它读作十六、八或二进制数，有的读作文本",
            "some YAML versions read it as a hexadecimal, octal or binary number, others as text",
        ),
    ),
    (
        re.compile("_"),
        Text(
            "YAML 1.1 忽略下划线读成数字，YAML 1.2 读作文本",
            "YAML 1.1 skips the underscores and reads a number, YAML 1.2 reads a text",
        ),
    ),
    (
        re.compile("e"),
        Text(
            "带指数的写法有的版本读作数字，有的读作文本",
            "with an exponent it is a number for some YAML versions and a text for others",
        ),
    ),
    (
        re.compile("^[-+]?0[0-9]"),
        Text(
            "开头的 0 让有的 YAML 版本按八进制读，有的按十进制读",
            "the leading 0 makes some YAML versions read it to base 8, others to base 10",
        ),
    ),
    (
        re.compile("^-[0.]+$"),
        Text(
            "负零有的程序保留符号，有的写作 0",
            "some programs keep the sign of a negative zero, others drop it",
        ),
    ),
    (
        re.compile("^[0-9]|^-?[0-9]+[.]?[0-9]{15}"),
        Text(
            "YAML 版本和别的程序不一定读出同样的数："
            f"整数最多 {MOST_INTEGER_DIGITS} 位，小数最多 {MOST_DECIMAL_DIGITS} 位有效数字，"
            "小数点两边都要有数字",
            "not every program reads the same number: an integer has at most "
            f"{MOST_INTEGER_DIGITS} digits, a decimal {MOST_DECIMAL_DIGITS}, some on each side of the point",
        ),
    ),
    (
        re.compile(""),
        Text("这种数字写法各 YAML 版本读法不同", "YAML versions differ on this way to write a number"),
    ),
)


def _spelled_out(text: str) -> str:
    """The same number as digits alone; empty when there is none, or none worth a suggestion."""
    bare = text.replace("_", "")
    if len(bare) > MOST_INTEGER_DIGITS + 2:
        return ""
    try:
        based = bare.lstrip("+-")[1:2] in set("xXoObB")
        value = Decimal(int(bare, 0) if based else bare)
        # Asked before formatting: 1e999999999 would take a gigabyte to write out.
        if value and not -MOST_DECIMAL_PLACES < value.adjusted() < MOST_INTEGER_DIGITS:
            return ""
        plain = format(value or abs(value), "f")
        plain_value(plain)
    except (ArithmeticError, ValueError, Ambiguous):  # text such as 1:30, .inf or 0x_
        return ""
    return plain
