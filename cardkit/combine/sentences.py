"""The sentences that a product's JSON Schema is made of: under such conditions, such a demand."""

from collections.abc import Iterable, Sequence
from typing import Any

from cardkit.ground.frozen import frozen
from cardkit.ground.text import Text

Schema = dict[str, Any]


def either(text: Text) -> str:
    """A text in both languages, for schemas: they are read by programs of either."""
    return f"{text.zh} / {text.en}"


def card_in(cards: Iterable[str]) -> Schema:
    """The product's card is one of these."""
    return {"required": ["card"], "properties": {"card": {"enum": list(cards)}}}


def has_any(modules: Schema, least: int = 1) -> Schema:
    """The product has at least so many modules that fit a schema."""
    return {"required": ["modules"], "properties": {"modules": _at_least(modules, least)}}


def one_of_these(modules: Sequence[str]) -> Schema:
    """A module that is one of these."""
    return {"const": modules[0]} if len(modules) == 1 else {"enum": list(modules)}


def _at_least(modules: Schema, least: int) -> Schema:
    return {"contains": modules} if least == 1 else {"contains": modules, "minContains": least}


@frozen
class Sentences:
    """What one rule says. Whatever a product can fail is titled with the rule and told its reason."""

    rule: str
    reason: Text

    def when(self, conditions: Sequence[Schema], *demands: Schema) -> Schema:
        """The rule itself: the demands, under all of the conditions; always where there are none."""
        then = demands[0] if len(demands) == 1 else {"allOf": list(demands)}
        if not conditions:
            return {**self._named(), **then}
        condition = conditions[0] if len(conditions) == 1 else {"allOf": list(conditions)}
        return {**self._named(), "if": condition, "then": then}

    # demands, each at the member of the product that it is about ----------------------------------------

    def segment_in(self, segments: Iterable[str]) -> Schema:
        """The segment, once it is chosen, is one of these."""
        return self._on("segment", {"enum": [*segments, None]})

    def card_in(self, cards: Iterable[str]) -> Schema:
        """The card is one of these."""
        return self._on("card", {"enum": list(cards)})

    def card_not(self, card: str) -> Schema:
        """The card is another one."""
        return self._on("card", {"not": {"const": card}})

    def none_of(self, modules: Sequence[str]) -> Schema:
        """None of these modules is there; the error is at the module."""
        return self._on("modules", {"items": {**self._named(), "not": one_of_these(modules)}})

    def at_least(self, modules: Schema, least: int) -> Schema:
        """At least so many (1 or more) modules fit a schema."""
        return self._on("modules", _at_least(modules, least))

    def at_most(self, modules: Schema, most: int) -> Schema:
        """At most so many modules fit a schema."""
        return self._on("modules", {"contains": modules, "minContains": 0, "maxContains": most})

    def never(self) -> Schema:
        """No product at all."""
        return self._on("card", {"not": {}})

    def _named(self) -> Schema:
        return {"title": self.rule, "description": either(self.reason)}

    def _on(self, key: str, schema: Schema) -> Schema:
        return {"properties": {key: {**self._named(), **schema}}}
