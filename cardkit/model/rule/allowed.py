"""Rules that say where modules and cards may be: on which cards, in which segments."""

from collections.abc import Iterator

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf
from cardkit.ground.shape.leaf import Choice, Reference
from cardkit.ground.text import Text
from cardkit.model.card import TIERS
from cardkit.model.constraint import Constraint, Forbidden
from cardkit.model.rule.base import CARDS, MODULES, Offer, Rule


@record
class AllowedCards(Rule):
    """Each of `modules` goes with these cards or tiers only."""

    modules: tuple[str, ...] = item(
        MODULES, Text("模块", "modules"), Text("受限的模块。", "The modules meant.")
    )
    cards: tuple[str, ...] = item(
        CARDS,
        Text("卡", "cards"),
        Text("允许的卡。", "Cards that are allowed."),
        default=(),
    )
    tiers: tuple[str, ...] = item(
        ListOf(Choice(TIERS), least=1),
        Text("等级", "tiers"),
        Text("允许的等级。", "Tiers that are allowed."),
        default=(),
    )

    def contradictions(self) -> Iterator[tuple[str, Text, Text | None]]:
        """Something must be allowed."""
        if not self.cards and not self.tiers:
            yield (
                "modules",
                Text("没有写允许哪些卡", "This rule doesn't say which cards are allowed"),
                Text("写 cards 或 tiers", "write cards or tiers"),
            )

    def constraints(self, offer: Offer) -> Iterator[Constraint]:
        """Forbidden on every other card."""
        others = frozenset(
            card.id
            for card in offer.cards.values()
            if card.id not in self.cards and card.tier not in self.tiers
        )
        yield Forbidden(self.refusal(), offer.known(self.modules), others)

    def said(self) -> str:
        """`business-travel @ gold, platinum`."""
        return f"{', '.join(self.modules)} @ {', '.join((*self.cards, *self.tiers))}"


@record
class AllowedSegments(Rule):
    """Each of `modules` and `cards` is sold to these segments only."""

    segments: tuple[str, ...] = item(
        ListOf(Reference(("segment",)), least=1),
        Text("客群", "segments"),
        Text("允许的客群。", "Segments that are allowed."),
    )
    modules: tuple[str, ...] = item(
        MODULES, Text("模块", "modules"), Text("受限的模块。", "The modules meant."), default=()
    )
    cards: tuple[str, ...] = item(
        CARDS,
        Text("卡", "cards"),
        Text("受限的卡。", "The cards meant."),
        default=(),
    )

    def constraints(self, offer: Offer) -> Iterator[Constraint]:
        """Forbidden in every other segment."""
        others = frozenset(offer.segments).difference(self.segments)
        yield Forbidden(self.refusal(), offer.known(self.modules), None, others)
        yield Forbidden(self.refusal(), None, frozenset(self.cards).intersection(offer.cards), others)

    def said(self) -> str:
        """`rent-instalments @ new-resident, early-career`."""
        return f"{', '.join((*self.cards, *self.modules))} @ {', '.join(self.segments)}"
