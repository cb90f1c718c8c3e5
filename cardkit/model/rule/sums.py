"""Rules that count modules or add up what they say of themselves: exclusions, numbers, budgets."""

from collections.abc import Iterator
from fractions import Fraction

from cardkit.ground.money import plain_number
from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf
from cardkit.ground.shape.leaf import Identifier, Number, Reference, Whole
from cardkit.ground.text import Text
from cardkit.model.constraint import Constraint, Within
from cardkit.model.rule.base import CARDS, MODULES, Offer, Rule


@record
class Excludes(Rule):
    """No two of `modules` go together."""

    modules: tuple[str, ...] = item(
        ListOf(Reference(("module",)), least=2),
        Text("模块", "modules"),
        Text("两两互斥的模块。", "Modules of which no two go together."),
    )

    def constraints(self, offer: Offer) -> Iterator[Constraint]:
        """At most one of them."""
        yield Within(self.refusal(), dict.fromkeys(sorted(offer.known(self.modules)), 1), most=1)

    def said(self) -> str:
        """`doctor ⊕ channel`."""
        return " ⊕ ".join(self.modules)


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
        CARDS,
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

    def bounds(self) -> tuple[int | None, int | None]:
        """The least and the most, inclusive; None for no bound."""
        raise NotImplementedError

    def counted(self, offer: Offer) -> tuple[str, ...]:
        """The modules that there are and that it counts, sorted."""
        if self.group is None:
            return tuple(sorted(offer.known(self.modules)))
        return tuple(sorted(name for name, each in offer.modules.items() if each.group == self.group))

    def constraints(self, offer: Offer) -> Iterator[Constraint]:
        """Each counts as one."""
        least, most = self.bounds()
        counted = dict.fromkeys(self.counted(offer), 1)
        yield Within(self.refusal(), counted, least, most, offer.cards_of(self.cards))

    def said(self) -> str:
        """`≤ 3: lifestyle`."""
        least, most = self.bounds()
        sign = "=" if least == most else "≤" if least is None else "≥"
        return f"{sign} {self.number}: {self.group or ', '.join(self.modules)}"


@record
class AtMost(Count):
    """At most n of the modules."""

    def bounds(self) -> tuple[int | None, int | None]:
        """No least."""
        return None, self.number


@record
class AtLeast(Count):
    """At least n of the modules."""

    def bounds(self) -> tuple[int | None, int | None]:
        """No most."""
        return self.number, None


@record
class Exactly(Count):
    """Exactly n of the modules."""

    def bounds(self) -> tuple[int | None, int | None]:
        """The same on both sides."""
        return self.number, self.number


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
        CARDS,
        Text("卡", "cards"),
        Text("只对这些卡；不写表示全部。", "Only for these cards; all when left out."),
        default=(),
    )

    def constraints(self, offer: Offer) -> Iterator[Constraint]:
        """A module without the attribute adds nothing."""
        values = {
            name: (module.attributes or {}).get(self.attribute, Fraction(0))
            for name, module in offer.modules.items()
        }
        weights = {
            name: value.numerator if value.denominator == 1 else value
            for name, value in values.items()
            if value
        }
        yield Within(self.refusal(), weights, None, self.most, offer.cards_of(self.cards))

    def said(self) -> str:
        """`Σ service-load ≤ 5`."""
        return f"Σ {self.attribute} ≤ {plain_number(self.most)}"
