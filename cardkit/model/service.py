"""Service tiers (分层服务): what every holder gets, and what grows with spend."""

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf
from cardkit.ground.shape.leaf import Choice, Reference
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.registry import BENEFIT
from cardkit.model.entity import Entity


@record
class ServiceTier(Entity):
    """A service tier: it comes with every product of its segments and cards, and is a cost of the card."""

    level: str = item(
        Choice(("basic", "value-added", "bespoke")),
        Text("层级", "level"),
        Text("基础、增值或定制。", "Basic, value-added or bespoke."),
        public=True,
    )
    segments: tuple[str, ...] = item(
        ListOf(Reference(("segment",)), least=1),
        Text("客群", "segments"),
        Text("只给这些客群；不写表示全部。", "Only these segments; all when left out."),
        default=(),
    )
    cards: tuple[str, ...] = item(
        ListOf(Reference(("card",)), least=1),
        Text("卡", "cards"),
        Text("只给这些卡；不写表示全部。", "Only these cards; all when left out."),
        default=(),
    )
    benefits: tuple[Benefit, ...] = item(
        ListOf(BENEFIT, least=1),
        Text("服务", "benefits"),
        Text("包含的服务。", "The services in it."),
        public=True,
    )

    @property
    def rights(self) -> tuple[Benefit, ...]:
        """The benefits, under the name that cards, modules, services and campaigns share."""
        return self.benefits

    def serves(self, card: str, segment: str) -> bool:
        """Whether holders of the card in the segment get this tier."""
        return (not self.cards or card in self.cards) and (not self.segments or segment in self.segments)
