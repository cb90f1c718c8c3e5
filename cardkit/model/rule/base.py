"""What all rules have: the word that says which kind of rule, the reason, and the constraints it makes."""

from collections.abc import Iterable, Iterator, Mapping

from cardkit.ground.frozen import frozen
from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf
from cardkit.ground.shape.leaf import Line, Reference, Words
from cardkit.ground.text import Text
from cardkit.model.card import Card
from cardkit.model.constraint import Constraint
from cardkit.model.entity import Entity
from cardkit.model.module import Module
from cardkit.model.refusal import Refusal
from cardkit.model.segment import Segment

MODULES = ListOf(Reference(("module",)), least=1)
CARDS = ListOf(Reference(("card",)), least=1)


@frozen
class Offer:
    """What there is to combine. Rules may name what doesn't exist, or is broken: no product has that."""

    cards: Mapping[str, Card]
    modules: Mapping[str, Module]
    segments: Mapping[str, Segment]

    def known(self, modules: Iterable[str]) -> frozenset[str]:
        """Those of the modules that there are."""
        return frozenset(name for name in modules if name in self.modules)

    def cards_of(self, named: Iterable[str]) -> frozenset[str] | None:
        """The cards that a rule is for, as constraints have it: None for every card where it names none."""
        names = tuple(named)
        return frozenset(name for name in names if name in self.cards) if names else None


@record
class Rule(Entity):
    """What all rules have: the word that says which kind of rule, and the reason that messages quote."""

    rule: str = item(Line(), Text("规则类型", "rule"), Text("决定其余的键。", "Decides the other keys."))
    reason: Text = item(
        Words(), Text("原因", "reason"), Text("为什么；消息会引用。", "Why; messages quote it."), public=True
    )

    def constraints(self, offer: Offer) -> Iterator[Constraint]:
        """What the rule demands of every product, whatever the day."""
        raise NotImplementedError

    def said(self) -> str:
        """What the rule demands, in one line of ids and signs, for `show` and `list`."""
        raise NotImplementedError

    def refusal(self) -> Refusal:
        """What a product that breaks the rule is told."""
        return Refusal(self.id, self.reason, self.id, ("reason",))
