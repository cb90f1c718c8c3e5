"""Sums of weights within a bound, as sentences; what takes too many of them is set aside."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from cardkit.combine.sentences import Schema, Sentences, has_any
from cardkit.combine.sums import MOST_EXCESSES, Excess, by_weight, excesses
from cardkit.ground.money import plain_number
from cardkit.ground.text import Text

TOO_MANY = Text(
    f"要写成 JSON Schema，得列出 {MOST_EXCESSES} 种以上的组合",
    f"as a JSON Schema it would have to list more than {MOST_EXCESSES} combinations",
)


@dataclass(frozen=True, slots=True)
class Weights:
    """What is added up: a word for it that no other sum of the schema has, and the modules of each weight."""

    name: str
    groups: Mapping[Fraction, tuple[str, ...]]


def weights(name: str, by_module: Mapping[str, Fraction]) -> Weights:
    """The weights of modules, for as many bounds as there are."""
    return Weights(name, by_weight(by_module))


@dataclass(slots=True)
class Bounds:
    """The sums of one schema: the sets of modules that they refer to, and the rules that weren't said."""

    sets: dict[str, Schema] = field(default_factory=dict)
    """The schema's `$defs`."""
    not_expressed: dict[str, Text] = field(default_factory=dict)
    """Why, by rule."""
    _known: dict[tuple[str, Fraction], tuple[Excess, ...] | None] = field(default_factory=dict)

    def within(
        self, says: Sentences, conditions: Sequence[Schema], summed: Weights, most: Fraction
    ) -> Iterator[Schema]:
        """Under the conditions the weights of a product's modules sum to at most `most`, inclusive."""
        found = self._excesses(summed, most)
        if found is None:
            self.not_expressed[says.rule] = TOO_MANY
            return
        for excess in found:
            *others, (lightest, count) = excess.least
            having = [has_any(self._set(summed, weight), least) for weight, least in others]
            yield says.when([*conditions, *having], says.at_most(self._set(summed, lightest), count - 1))

    def _excesses(self, summed: Weights, most: Fraction) -> tuple[Excess, ...] | None:
        """The excesses over a bound; many cards have as many slots, and searching takes time."""
        key = (summed.name, most)
        if key not in self._known:
            sizes = {weight: len(modules) for weight, modules in summed.groups.items()}
            self._known[key] = excesses(sizes, most)
        return self._known[key]

    def _set(self, summed: Weights, weight: Fraction) -> Schema:
        """The modules of a weight, written out once: cards and excesses refer to them again and again."""
        key = f"{summed.name}-{plain_number(weight)}"
        self.sets.setdefault(key, {"title": key, "enum": list(summed.groups[weight])})
        return {"$ref": f"#/$defs/{key}"}
