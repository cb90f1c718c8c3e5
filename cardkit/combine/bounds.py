"""Sums of weights within bounds, as sentences; what takes too many of them is set aside."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil

from cardkit.combine import sums
from cardkit.combine.sentences import Schema, Sentences, has_any, one_of_these
from cardkit.combine.sums import Excess, by_weight
from cardkit.ground.text import Text
from cardkit.model.constraint import Within
from cardkit.model.refusal import Weight

INLINE = 6
"""So many modules are written out where they are meant; more become a definition that is referred to."""

Groups = Mapping[Weight, tuple[str, ...]]
"""The modules of each weight, heaviest first."""


def too_many() -> Text:
    """Why a sum wasn't said that takes more combinations than are worth writing out."""
    return Text(
        f"要写成 JSON Schema，得列出 {sums.MOST_EXCESSES} 种以上的组合",
        f"as a JSON Schema it would have to list more than {sums.MOST_EXCESSES} combinations",
    )


MIXED = Text(
    "JSON Schema 不能相加，而这里有下限或负数",
    "a JSON Schema can't add up, and this sum has a least or something negative in it",
)


Sizes = tuple[tuple[Weight, int], ...]
"""How many modules there are of each weight, heaviest first."""


class Bounds:
    """The sums of one schema: the sets of modules that they refer to, and the rules that weren't said."""

    def __init__(self) -> None:
        self.sets: dict[str, Schema] = {}
        """The schema's `$defs`."""
        self.not_expressed: dict[str, Text] = {}
        """Why, by rule."""
        self._names: dict[tuple[str, ...], str] = {}
        self._known: dict[tuple[Sizes, Weight], tuple[Excess, ...] | None] = {}

    def said(self, says: Sentences, conditions: Sequence[Schema], bounded: Within) -> Iterator[Schema]:
        """Under the conditions the sum lies within its bounds."""
        groups = by_weight(bounded.weights)
        lowest = sum(weight * len(modules) for weight, modules in groups.items() if weight < 0)
        highest = sum(weight * len(modules) for weight, modules in groups.items() if weight > 0)
        least, most = bounded.least, bounded.most
        if (most is not None and lowest > most) or (least is not None and highest < least):
            yield says.when(conditions, says.never())
        elif len(groups) == 1 and lowest == 0:
            ((weight, modules),) = groups.items()
            yield says.when(conditions, *self._counted(says, self.set_of(modules), weight, bounded))
        elif least is None and most is not None and lowest == 0:
            yield from self._below(says, conditions, groups, most)
        else:
            self.not_expressed[says.rule] = MIXED

    @staticmethod
    def _counted(says: Sentences, modules: Schema, weight: Weight, bounded: Within) -> Iterator[Schema]:
        """Modules of the same weight are counted."""
        if bounded.most is not None and not bounded.within(weight * len(bounded.weights)):
            yield says.at_most(modules, int(Fraction(bounded.most) // weight))
        if bounded.least is not None and bounded.least > 0:
            yield says.at_least(modules, ceil(Fraction(bounded.least) / weight))

    def _below(
        self, says: Sentences, conditions: Sequence[Schema], groups: Groups, most: Weight
    ) -> Iterator[Schema]:
        found = self._excesses(groups, most)
        if found is None:
            self.not_expressed[says.rule] = too_many()
            return
        for excess in found:
            *others, (lightest, count) = excess.least
            having = [has_any(self.set_of(groups[weight]), least) for weight, least in others]
            yield says.when([*conditions, *having], says.at_most(self.set_of(groups[lightest]), count - 1))

    def _excesses(self, groups: Groups, most: Weight) -> tuple[Excess, ...] | None:
        """The excesses over a bound; many cards have as many slots, and searching takes time."""
        sizes = {weight: len(modules) for weight, modules in groups.items()}
        key = (tuple(sizes.items()), most)
        if key not in self._known:
            self._known[key] = sums.excesses(sizes, most)
        return self._known[key]

    def set_of(self, modules: tuple[str, ...]) -> Schema:
        """A module that is one of these; many are written out once and referred to."""
        if len(modules) <= INLINE:
            return one_of_these(modules)
        name = self._names.setdefault(modules, f"modules-{len(self._names) + 1}")
        self.sets.setdefault(name, {"title": name, "enum": list(modules)})
        return {"$ref": f"#/$defs/{name}"}
