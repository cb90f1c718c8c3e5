"""Rules of combination: what must, may and can't go together, each with its reason."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf, Record, Tagged
from cardkit.ground.shape.leaf import Choice, Identifier, Line, Number, Reference, Whole, Words
from cardkit.ground.text import Text
from cardkit.model.card import TIERS
from cardkit.model.entity import Entity

MODULES = ListOf(Reference(("module",)), least=1)


@record
class Rule(Entity):
    """What all rules have: the word that says which kind of rule, and the reason that messages quote."""

    rule: str = item(Line(), Text("规则类型", "rule"), Text("决定其余的键。", "Decides the other keys."))
    reason: Text = item(
        Words(), Text("原因", "reason"), Text("为什么；消息会引用。", "Why; messages quote it."), public=True
    )


@record
class Requires(Rule):
    """Each of `modules` needs all of `needs_all`, and any one of `needs_any`."""

    modules: tuple[str, ...] = item(
        MODULES, Text("模块", "modules"), Text("有要求的模块。", "The modules that need something.")
    )
    needs_all: tuple[str, ...] = item(
        MODULES,
        Text("全部需要", "needs all"),
        Text("这些都要有。", "All of these must be there."),
        default=(),
    )
    needs_any: tuple[str, ...] = item(
        MODULES,
        Text("需要其一", "needs any"),
        Text("至少有其中一个。", "At least one must be there."),
        default=(),
    )

    def contradictions(self) -> Iterator[tuple[str, Text, Text | None]]:
        """Something must be needed."""
        if not self.needs_all and not self.needs_any:
            yield (
                "modules",
                Text("requires 规则没有写需要什么", "This rule doesn't say what is needed"),
                Text("写 needs_all 或 needs_any", "write needs_all or needs_any"),
            )


@record
class Excludes(Rule):
    """No two of `modules` go together."""

    modules: tuple[str, ...] = item(
        ListOf(Reference(("module",)), least=2),
        Text("模块", "modules"),
        Text("两两互斥的模块。", "Modules of which no two go together."),
    )


@record
class Count(Rule):
    """How many of some modules a product may have: those listed, or those of a group."""

    number: int = item(Whole(0, 100), Text("个数", "number"), Text("个数，含。", "How many, inclusive."))
    modules: tuple[str, ...] = item(
        MODULES,
        Text("模块", "modules"),
        Text("从这些模块里数。", "The modules that are counted."),
        default=(),
    )
    group: str | None = item(
        Reference(("module-group",)),
        Text("分组", "group"),
        Text("数这一组的模块。", "The group whose modules are counted."),
        default=None,
    )
    cards: tuple[str, ...] = item(
        ListOf(Reference(("card",)), least=1),
        Text("卡", "cards"),
        Text("只对这些卡；不写表示全部。", "Only for these cards; all when left out."),
        default=(),
    )

    def contradictions(self) -> Iterator[tuple[str, Text, Text | None]]:
        """Modules are counted by list or by group, not by both."""
        if bool(self.modules) == (self.group is not None):
            yield (
                "group",
                Text("modules 和 group 要写一个且只写一个", "Give either modules or a group, and only one"),
                Text("删去其中一个", "keep one of them"),
            )


@record
class AtMost(Count):
    """At most n of the modules."""


@record
class AtLeast(Count):
    """At least n of the modules."""


@record
class Exactly(Count):
    """Exactly n of the modules."""


@record
class AllowedCards(Rule):
    """Each of `modules` goes with these cards or tiers only."""

    modules: tuple[str, ...] = item(
        MODULES, Text("模块", "modules"), Text("受限的模块。", "The modules meant.")
    )
    cards: tuple[str, ...] = item(
        ListOf(Reference(("card",)), least=1),
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
        ListOf(Reference(("card",)), least=1),
        Text("卡", "cards"),
        Text("受限的卡。", "The cards meant."),
        default=(),
    )


@record
class Budget(Rule):
    """The sum of an attribute over a product's modules stays within a bound, inclusive."""

    attribute: str = item(
        Identifier(),
        Text("属性", "attribute"),
        Text("模块 attributes 里的名字。", "A name in modules' attributes."),
    )
    most: Fraction = item(
        Number(), Text("上限", "most"), Text("合计最多，含。", "The most in all, inclusive.")
    )
    cards: tuple[str, ...] = item(
        ListOf(Reference(("card",)), least=1),
        Text("卡", "cards"),
        Text("只对这些卡；不写表示全部。", "Only for these cards; all when left out."),
        default=(),
    )


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
