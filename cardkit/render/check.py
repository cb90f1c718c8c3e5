"""The verdict on a product for people: the answer first, then the reasons, then what to do."""

from collections.abc import Iterator, Mapping, Sequence

from cardkit.ground.frozen import frozen
from cardkit.ground.safe import disarm, one_line
from cardkit.ground.text import Language, Text, joined, same
from cardkit.model.catalog import Catalog
from cardkit.model.refusal import Refusal
from cardkit.render.glyphs import Glyphs
from cardkit.render.numbers import amount
from cardkit.solve.conflicts import Conflicts
from cardkit.solve.suggestions import Nearest, Suggestion
from cardkit.solve.verdict import Verdict

MOST_SHOWN = 20
"""Rules, and sets of rules, that people are shown; JSON has all of them."""

BEST_FOR = {
    "bank": Text("按对银行的贡献排", "best for the bank first"),
    "customer": Text("按客户净值排", "best for the customer first"),
}


@frozen
class Page:
    """How the verdict is written."""

    catalog: Catalog
    language: Language
    glyphs: Glyphs
    columns: int | None
    """Lines are folded to so many cells; None where lines stay whole, as in a pipe."""

    def lines(self, verdict: Verdict, about: Text) -> Iterator[str]:
        """The lines of the verdict, without line ends, and what catalog and day it is about."""
        yield from self._verdict(verdict)
        if not verdict.sellable:
            yield from self._reasons(verdict)
            yield from self._to_do(verdict)
        yield from self._folded(about, "", "  ")

    def _verdict(self, verdict: Verdict) -> Iterator[str]:
        product, count = verdict.product, len(verdict.segments)
        names = joined([self.catalog.segments[name].name for name in verdict.segments])
        sign = self.glyphs.tick if verdict.sellable else self.glyphs.cross
        if product.segment is None and count:
            of = f"{count}/{len(self.catalog.segments)}"
            said = Text(f"可售于 {of} 个客群：", f"may be sold in {of} segments: ") + names
        elif product.segment is None:
            said = Text("没有任何客群可以购买", "no segment may have it")
        elif verdict.sellable:
            said = Text("可售", "may be sold")
        else:
            said = Text("不可售", "may not be sold")
        yield from self._folded(same(f"{sign} {product}") + Text("：", ": ") + said, "", "  ")
        if not verdict.sellable and count:
            others = Text("不作改动，可售于：", "as it is, these segments may have it: ")
            yield from self._folded(others + names, "  ", "    ")

    def _reasons(self, verdict: Verdict) -> Iterator[str]:
        why, extended = verdict.conflicts, verdict.extended
        yield from self._sets(why, Text("", ""))
        if extended.sets and set(extended.sets) <= set(why.sets):
            never = Text("再加模块也解决不了", "adding modules won't mend it")
            if len(extended.sets) < len(why.sets):
                rules = joined([same(" + ".join(each.rule for each in some)) for some in extended.sets])
                never += Text(f"，因为 {rules.zh}", f", because of {rules.en}")
            yield from self._folded(never, "  ", "    ")
        elif extended.sets:
            never = Text("再加模块也解决不了，因为", "adding modules won't mend it, because ")
            yield from self._sets(extended, never)
        elif not extended.complete:
            unknown = Text(
                "没有来得及查清：再加模块能否解决", "it wasn't found out in time whether adding modules helps"
            )
            yield from self._folded(unknown, "  ", "    ")

    def _sets(self, conflicts: Conflicts, head: Text) -> Iterator[str]:
        """Every rule once; where several are needed, which of them belong together comes first."""
        sets = conflicts.sets
        if any(len(rules) > 1 for rules in sets):
            several = Text("以下每一组规则合在一起都不允许：", "each of these sets of rules forbids it:")
            one = Text("这些规则合在一起不允许：", "these rules together forbid it:")
            yield from self._folded(head + (one if len(sets) == 1 else several), "  ", "    ")
            for rules in sets[:MOST_SHOWN] if len(sets) > 1 else ():
                yield from self._folded(same(" + ".join(each.rule for each in rules)), "    ", "      ")
            yield from self._more(len(sets), Text("组", "sets"), "    ")
        elif head.en:
            yield from self._folded(head + Text("下列规则不允许：", "these rules forbid it:"), "  ", "    ")
        refusals = tuple(dict.fromkeys(each for rules in sets for each in rules))
        for refusal in refusals[:MOST_SHOWN]:
            yield from self._folded(self._rule(refusal, conflicts.refusing), "  ", "    ")
        yield from self._more(len(refusals), Text("条规则", "rules"), "  ")
        if sets and not conflicts.complete:
            more = Text("没有找遍：可能还有别的规则组合", "the search was cut short: there may be other sets")
            yield from self._folded(more, "  ", "    ")

    def _more(self, number: int, what: Text, indent: str) -> Iterator[str]:
        left = number - MOST_SHOWN
        if left > 0:
            said = Text(
                f"另有 {left} {what.zh}，见 --format json", f"{left} more {what.en}: see --format json"
            )
            yield from self._folded(said, indent, indent + "  ")

    def _rule(self, refusal: Refusal, refusing: Mapping[str, Sequence[str]]) -> Text:
        site = self.catalog.site(refusal.entity, *refusal.path)
        said = same(refusal.rule) + Text("：", ": ") + refusal.told
        refused = refusing.get(refusal.rule, tuple(self.catalog.segments))
        others = [name for name in self.catalog.segments if name not in refused]
        if others and len(refused) <= len(others):
            said += _among(Text("只对", "for"), refused)
        elif others:
            said += _among(Text("不含", "for all but"), others)
        return said + same(f"  {site.file}:{site.span.line}")

    def _to_do(self, verdict: Verdict) -> Iterator[str]:
        near = verdict.nearest
        if near.suggestions:
            head = Text("可以这样改", "what to do")
            if len(near.suggestions) > 1 and verdict.product.segment is not None:
                head += Text("（", " (") + BEST_FOR[verdict.aim] + Text("）", ")")
            yield from self._folded(head + Text("：", ":"), "", "  ")
        elif near.complete:
            none = Text("换卡、增减模块都没有可售的产品", "no change of card or modules makes it sellable")
            yield from self._folded(none, "", "  ")
        for suggestion in near.suggestions:
            yield from self._folded(self._suggestion(suggestion), "  ", "    ")
        yield from self._rest(near)

    def _rest(self, near: Nearest) -> Iterator[str]:
        if near.others:
            more = Text(f"同样近的还有 {near.others} 个", f"and {near.others} more that are as near")
            yield from self._folded(more, "  ", "    ")
        if not near.complete and near.suggestions:
            cut = Text(
                "没有找遍：可能还有更近或更好的产品",
                "the search was cut short: there may be nearer or better products",
            )
            yield from self._folded(cut, "  ", "    ")
        elif not near.complete:
            none = Text(
                "没有来得及找到可售的产品，可能有", "no sellable product was found in time; there may be one"
            )
            yield from self._folded(none, "", "  ")

    def _suggestion(self, suggestion: Suggestion) -> Text:
        said = _said(suggestion.changes)
        bank, customer = suggestion.contribution_change, suggestion.customer_net_change
        if bank is not None and customer is not None:
            for_bank = amount(bank, signed=True, glyphs=self.glyphs)
            for_customer = amount(customer, signed=True, glyphs=self.glyphs)
            said += Text(
                f"（贡献 {for_bank}，客户净值 {for_customer}）",
                f" (contribution {for_bank}, customer net {for_customer})",
            )
        return said + same(f"  {suggestion.product}")

    def _folded(self, text: Text, first: str, rest: str) -> Iterator[str]:
        """A paragraph whose lines after the first are indented further."""
        line = disarm(one_line(text.to(self.language)), anywhere=True)
        if self.columns is None:
            yield first + line
            return
        from cardkit.render.cells import folded

        for index, piece in enumerate(folded(line, max(20, self.columns - len(rest)))):
            yield (rest if index else first) + piece


def _said(changes: Sequence[str]) -> Text:
    """What to change: `remove a, b, add c, change to d`."""
    parts = []
    for sign, verb in (
        ("-", Text("去掉 ", "remove ")),
        ("+", Text("加上 ", "add ")),
        ("card ", Text("改用 ", "change to ")),
    ):
        names = [same(change.removeprefix(sign)) for change in changes if change.startswith(sign)]
        if names:
            parts.append(verb + joined(names))
    return joined(parts, "，", "; ")


def _among(which: Text, segments: Sequence[str]) -> Text:
    names = joined([same(name) for name in segments])
    return Text(f" [{which.zh} {names.zh}]", f" [{which.en} {names.en}]")
