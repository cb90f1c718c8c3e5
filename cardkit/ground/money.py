"""Money and rates: exact fractions while computing, whole fen once computed."""

from decimal import Decimal
from fractions import Fraction
from typing import NewType

Fen = NewType("Fen", int)
"""A hundredth of the currency unit. Every printed amount is a sum of these."""

ZERO = Fen(0)


def to_fen(yuan: Fraction) -> Fen:
    """Round an exact amount in yuan to fen, half to even. The only rounding of money there is."""
    return Fen(round(yuan * 100))


def to_yuan(fen: int) -> Decimal:
    """Fen as yuan with exactly two decimals, for output."""
    whole, part = divmod(abs(fen), 100)
    return Decimal(f"{'-' if fen < 0 else ''}{whole}.{part:02d}")


def exact(value: float | Decimal | str) -> Fraction:
    """The exact fraction of a number: what a closed form returned, or what a catalog's text says."""
    return Fraction(value)


def plain_number(value: Fraction, most_decimals: int = 8) -> str:
    """A fraction as people write it: no exponent, no trailing zeros, at most so many decimals.

    Raises nothing: a fraction without an end (1/3) is rounded half-even to `most_decimals`.
    """
    scaled = round(value * 10**most_decimals)
    whole, part = divmod(abs(scaled), 10**most_decimals)
    decimals = f"{part:0{most_decimals}d}".rstrip("0")
    return ("-" if scaled < 0 else "") + str(whole) + ("." + decimals if decimals else "")


def percent(rate: Fraction, most_decimals: int = 6) -> str:
    """A rate as a percentage: 9/2000 is `0.45%`."""
    return plain_number(rate * 100, most_decimals) + "%"
