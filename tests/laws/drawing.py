"""What random catalogs are made of: numbers, texts and figures in every form that the format allows."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from random import Random
from typing import Any, TypeVar

Data = dict[str, Any]
Value = TypeVar("Value")

SINCE, EARLIER_CHANGE, LATER_CHANGE = "2024-01-01", "2025-06-01", "2027-03-01"
"""First day of dated figures, and the days on which they change: none of them in 2026."""


class Drawing:
    """One catalog under way: draws values, and knows the segments that a figure may differ by."""

    def __init__(self, random: Random, segments: Sequence[str]) -> None:
        self.random = random
        self.segments = tuple(random.sample(segments, random.randint(1, len(segments))))

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred catalogs."""
        return self.random.random() * 100 < percent

    def pick(self, *options: Value) -> Value:
        """One of the options."""
        return self.random.choice(options)

    def whole(self, low: int, high: int) -> int:
        """A whole number, both ends inclusive; the ends come more often than others."""
        return self.random.choice((low, high)) if self.chance(15) else self.random.randint(low, high)

    def some(self, options: Sequence[str], least: int = 1) -> list[str]:
        """Some of the options, at least so many, in their order."""
        number = self.whole(least, len(options))
        start = self.whole(0, len(options) - number)
        return list(options[start : start + number])

    def money(self, low: int, high: int, decimals: int = 2) -> Decimal:
        """Yuan between two whole amounts, to so many decimals."""
        return Decimal(self.whole(low * 10**decimals, high * 10**decimals)).scaleb(-decimals)

    def unit_cost(self, low: int, high: int) -> Decimal:
        """Yuan with more decimals than a fen has."""
        return self.money(low, high, self.pick(2, 4, 8))

    def rate(self, low: int = 0, high: int = 100, decimals: int = 1) -> str:
        """A rate between two whole percentages, with its sign."""
        return f"{self.money(low, high, decimals)}%"

    def figure(self, value: Callable[[], Any], *, by_segment: bool = True) -> Any:
        """A figure: plain, sourced, dated, or with values of its own for some segments."""
        form = self.pick("plain", "plain", "plain", "sourced", "dated", "by-segment")
        if form == "by-segment" and by_segment:
            own = {name: self._for_all(value) for name in self.some(self.segments)}
            return {"default": self._for_all(value), "by_segment": own}
        return self._for_all(value) if form != "plain" else value()

    def _for_all(self, value: Callable[[], Any]) -> Any:
        form = self.pick("plain", "sourced", "dated")
        if form == "plain":
            return value()
        if form == "sourced":
            return {"value": value(), "source": "a test", "status": "assumed"}
        return [
            {"from": day, "value": value()}
            for day in self.pick((SINCE,), (SINCE, LATER_CHANGE), (SINCE, EARLIER_CHANGE, LATER_CHANGE))
        ]

    def shares(self, number: int) -> list[str]:
        """So many rates of at least 1 % that sum to 100 %."""
        cuts = sorted({self.whole(1, 99) for _ in range(number - 1)})
        return [f"{high - low}%" for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]


def text(words: str) -> Data:
    """A text in both languages."""
    return {"zh": f"{words}（测试）", "en": words}
