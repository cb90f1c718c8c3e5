"""Signs that a stream can show: each from a ladder of stand-ins, the last of which is always ASCII."""

from typing import Self

from cardkit.ground.frozen import frozen


def encodes(encoding: str | None, text: str) -> bool:
    """Whether an encoding (None: unknown, taken for ASCII) has every character of the text."""
    try:
        text.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


_LADDERS = {
    "yuan": ("¥", "￥", "CNY"),
    "tick": ("✓", "√", "OK"),
    "cross": ("✗", "×", "x"),
    "warning": ("⚠", "!"),
    "bullet": ("•", "●", "*"),
    "arrow": ("→", "->"),
    "minus": ("−", "-"),
    "ellipsis": ("…", ".."),
    "block": ("█", "#"),
    "line": ("─", "-"),
}


@frozen
class Glyphs:
    """One set of signs. Widths differ between sets: measure in cells, never in characters."""

    yuan: str
    tick: str
    cross: str
    warning: str
    bullet: str
    arrow: str
    minus: str
    ellipsis: str
    block: str
    line: str

    @classmethod
    def for_encoding(cls, encoding: str | None) -> Self:
        """The best sign of each ladder that an encoding has: GBK has no ¥ and no ✓, but ￥ and √."""
        best = {
            name: next(sign for sign in ladder if sign.isascii() or encodes(encoding, sign))
            for name, ladder in _LADDERS.items()
        }
        return cls(**best)


UNICODE = Glyphs.for_encoding("utf-8")
ASCII = Glyphs.for_encoding("ascii")
