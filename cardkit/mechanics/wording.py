"""How amounts, counts, periods and comparisons are said, so that every sentence says them alike."""

from fractions import Fraction
from typing import Protocol

from cardkit.ground.money import percent, plain_number
from cardkit.ground.shape.figure import Figure
from cardkit.ground.text import Text, joined, same
from cardkit.mechanics.common import Limit, Scope
from cardkit.mechanics.period import NAMES


class Wording(Protocol):
    """What a sentence may look up: names, and the value of a public figure on the page's day."""

    def name(self, identifier: str) -> Text:
        """The name of an entity, category, usage or points currency."""

    def value(self, figure: Figure) -> Fraction:
        """The figure's value on the page's day, in the page's segment."""


def grouped(number: Fraction) -> str:
    """A number with thousands separators and no needless decimals: 12,500 or 0.5."""
    whole, _, decimals = plain_number(number).partition(".")
    return f"{int(whole):,}" + (f".{decimals}" if decimals else "")


def yuan(amount: Fraction) -> Text:
    """An amount of money in words: 5 元 / CNY 5."""
    shown = grouped(amount)
    if "." in shown:
        shown = f"{shown}0" if len(shown.partition(".")[2]) == 1 else shown
    return Text(f"{shown} 元", f"CNY {shown}")


def rate(value: Fraction) -> Text:
    """A rate as a percentage."""
    return same(percent(value))


def times(count: Fraction) -> Text:
    """A number of times: 5 次 / 5 times."""
    return Text(f"{grouped(count)} 次", "once" if count == 1 else f"{grouped(count)} times")


def at_least(comparison: str, amount: Text) -> Text:
    """A threshold as a contract says it: 满 is `>=`, 超过 is `>`."""
    if comparison == ">=":
        return Text(f"满 {amount.zh}", f"at least {amount.en}")
    return Text(f"超过 {amount.zh}", f"more than {amount.en}")


def every(period: str) -> Text:
    """A period with its name: 每自然月 / a calendar month."""
    return NAMES[period] if period in NAMES else Text("每笔", "a purchase")


def within(period: str) -> Text:
    """A period as the time in which something is counted: 自然月内 / in a calendar month."""
    return Text(f"{NAMES[period].zh.removeprefix('每')}内", f"in {NAMES[period].en}")


def limit_text(limit: Limit, words: Wording) -> Text:
    """A cap as a sentence part: 每自然月最多返 50 元 / at most CNY 50 a calendar month."""
    most = words.value(limit.most)
    amount = {
        "times": times(most),
        "reward": yuan(most),
        "points": Text(f"{grouped(most)} 分", f"{grouped(most)} points"),
        "spend": Text(f"计入消费 {yuan(most).zh}", f"{yuan(most).en} of spend counted"),
    }[limit.metric]
    level = {
        "customer": Text("", ""),
        "account": Text("每账户", " per account"),
        "card": Text("每张卡", " per card"),
    }[limit.level]
    period = every(limit.period)
    return Text(f"{level.zh}{period.zh}最多 {amount.zh}", f"at most {amount.en} {period.en}{level.en}")


def scope_text(scope: Scope | None, words: Wording) -> Text | None:
    """Where and when a benefit holds; None when everywhere."""
    if scope is None:
        return None
    parts = []
    if scope.categories:
        names = joined([words.name(category) for category in scope.categories])
        parts.append(Text(f"{names.zh}消费", f"purchases in {names.en}"))
    if scope.excluded_categories:
        names = joined([words.name(category) for category in scope.excluded_categories])
        parts.append(Text(f"除{names.zh}外的全部消费", f"all purchases except in {names.en}"))
    if scope.partner is not None:
        partner = words.name(scope.partner)
        parts.append(Text(f"限{partner.zh}", f"at {partner.en} only"))
    if scope.places is not None:
        parts.append(scope.places)
    if scope.calendar is not None:
        parts.append(scope.calendar)
    return joined(parts, "；", "; ") if parts else None
