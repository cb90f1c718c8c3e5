"""The kinds of rule there are. Add one here."""

from collections.abc import Mapping

from cardkit.ground.shape.composite import Record, Tagged
from cardkit.model.rule.allowed import AllowedCards, AllowedSegments
from cardkit.model.rule.base import Rule
from cardkit.model.rule.requires import Requires
from cardkit.model.rule.sums import AtLeast, AtMost, Budget, Exactly, Excludes

RULES: Mapping[str, type[Rule]] = {
    "requires": Requires,
    "excludes": Excludes,
    "at-most": AtMost,
    "at-least": AtLeast,
    "exactly": Exactly,
    "allowed-cards": AllowedCards,
    "allowed-segments": AllowedSegments,
    "budget": Budget,
}

RULE = Tagged("rule", {word: Record(made) for word, made in RULES.items()}, "rule")
