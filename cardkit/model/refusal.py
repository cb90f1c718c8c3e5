"""Why a product may not be sold: which rule says so, what is missing, how much of a sum was used."""

from fractions import Fraction
from typing import NamedTuple, TypeAlias

from cardkit.ground.finding import Path
from cardkit.ground.money import plain_number
from cardkit.ground.text import Text, joined, same

Weight: TypeAlias = int | Fraction

MOST_NAMED = 8
"""So many modules are named; the rest are counted."""


class Used(NamedTuple):
    """How much of a bounded sum a product uses."""

    parts: tuple[tuple[str, Weight], ...]
    """The product's modules that count, each with what it adds."""
    least: Weight | None
    """The least that is allowed, inclusive; None for no bound."""
    most: Weight | None
    """The most that is allowed, inclusive; None for no bound."""
    in_reason: bool = False
    """Whether the refusal's reason says how much was used; then only by what remains to be told."""

    @property
    def total(self) -> Weight:
        """What the parts add up to."""
        return sum(weight for _, weight in self.parts)

    def told(self) -> Text:
        """How much was used, by which modules, and how much is allowed."""
        plain = all(weight == 1 for _, weight in self.parts)
        which = _named([same(name if plain else f"{name} {_number(weight)}") for name, weight in self.parts])
        if self.in_reason:
            return which
        if self.least is not None and self.least == self.most:
            allowed = Text(f"须正好 {_number(self.least)}", f"exactly {_number(self.least)} needed")
        elif self.most is not None and self.total > self.most:
            allowed = Text(f"最多 {_number(self.most)}", f"at most {_number(self.most)} allowed")
        else:
            assert self.least is not None
            allowed = Text(f"至少 {_number(self.least)}", f"at least {_number(self.least)} needed")
        by = Text(f"：{which.zh}", f": {which.en}") if self.parts else same("")
        return allowed + Text("，现为 ", ", now ") + same(_number(self.total)) + by


class Refusal(NamedTuple):
    """Why a product may not be sold: the rule (or limit, named by where it comes from) and its reason."""

    rule: str
    """A rule's id, or `slots:CARD`, `lifecycle:ID`, `dates:ID`, `eligibility:ID`, `age:CARD`."""
    reason: Text
    entity: str
    """The entity whose file says so."""
    path: Path = ()
    """Where in that file."""
    used: Used | None = None
    """For a sum beyond its bounds, how much of it the product uses."""
    missing: tuple[tuple[str, ...], ...] = ()
    """For needs that aren't met, modules of which one is missing; one more each for every further need."""

    @property
    def told(self) -> Text:
        """The reason with what is missing, and for a sum with what was used and what is allowed."""
        more = []
        if self.missing:
            needs = [_named([same(name) for name in each], " 或 ", " or ") for each in self.missing]
            more.append(Text("缺 ", "missing: ") + joined(needs, "，以及 ", "; and "))
        if self.used is not None and (used := self.used.told()).en:
            more.append(used)
        told = joined(more, "；", "; ")
        return self.reason + Text(f"（{told.zh}）", f" ({told.en})") if more else self.reason


def _named(names: list[Text], zh: str = "、", en: str = ", ") -> Text:
    more = len(names) - MOST_NAMED
    return joined(
        [*names[:MOST_NAMED], *([Text(f"另 {more} 项", f"{more} more")] if more > 0 else [])], zh, en
    )


def _number(weight: Weight) -> str:
    return plain_number(Fraction(weight))
