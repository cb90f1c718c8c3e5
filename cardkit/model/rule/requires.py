"""Rules that a module makes for others: which it needs beside it."""

from collections.abc import Iterator

from cardkit.ground.shape.base import item, record
from cardkit.ground.text import Text
from cardkit.model.constraint import Constraint, Needs
from cardkit.model.rule.base import MODULES, Offer, Rule


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

    def constraints(self, offer: Offer) -> Iterator[Constraint]:
        """Each module of `needs_all` by itself, then those of `needs_any` together."""
        triggers = offer.known(self.modules)
        if triggers:
            for name in dict.fromkeys(self.needs_all):
                yield Needs(self.refusal(), triggers, offer.known((name,)))
            if self.needs_any:
                yield Needs(self.refusal(), triggers, offer.known(self.needs_any))

    def said(self) -> str:
        """`lounge → miles + visa & visits | guests`."""
        needs = " + ".join(self.needs_all) + (" & " if self.needs_all and self.needs_any else "")
        return f"{', '.join(self.modules)} → {needs}{' | '.join(self.needs_any)}"
