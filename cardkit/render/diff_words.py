"""A difference in sentences: the verdict, who is affected, what a kind of change is called."""

from collections import Counter

from cardkit.diff.affected import Affected
from cardkit.diff.change import FieldChange, Kind, MoneyChange
from cardkit.diff.difference import Difference
from cardkit.diff.promise import BrokenPromise, PromiseChange
from cardkit.diff.sides import Sides
from cardkit.ground.finding import Severity
from cardkit.ground.text import Text, joined
from cardkit.model.kinds import KIND_OF_WORD, KINDS
from cardkit.render.glyphs import Glyphs
from cardkit.render.numbers import amount

MOST_NAMED = 6
"""So many ids are named; the rest are counted."""

EMPTY = Text("没有任何变化", "Nothing changed")
LAYOUT_ONLY = Text(
    "只有注释或排版变了，目录说的内容没有变", "Only comments or layout differ: the catalog says what it said"
)


def verdict(found: Difference, glyphs: Glyphs) -> Text:
    """The one line that says what to think of the change."""
    if found.is_empty:
        same_files = found.sides.before.catalog.hash == found.sides.after.catalog.hash
        return EMPTY if same_files else LAYOUT_ONLY
    parts = [_entities(found), _products(found), _offers(found), _worst(found, glyphs), _promises(found)]
    return joined([part for part in parts if part is not None], "；", "; ")


def _entities(found: Difference) -> Text | None:
    sides = found.sides
    counts: Counter[tuple[str, str]] = Counter()
    for name in sides.changed:
        old, new = (sides.source(name, after=side) for side in (False, True))
        there = new or old
        kind = there.kind if there is not None and there.kind in KIND_OF_WORD else "catalog.yaml"
        counts[("added" if old is None else "removed" if new is None else "changed", kind or "")] += 1
    said = {
        "changed": Text("改动", "change"),
        "added": Text("新增", "new"),
        "removed": Text("删除", "gone"),
    }
    parts = []
    for way, verb in said.items():
        kinds = [(kind.word, kind.name) for kind in KINDS] + [
            ("catalog.yaml", Text("catalog.yaml", "catalog.yaml"))
        ]
        named = [(name, counts[way, word]) for word, name in kinds if counts[way, word]]
        if not named:
            continue
        number = sum(count for _, count in named)
        zh = "、".join(f"{count} 个{name.zh}" for name, count in named)
        en = " and ".join(_plural(name.en, count) for name, count in named)
        verb_en = verb.en + ("s" if way == "changed" and number == 1 else "")
        parts.append(Text(f"{verb.zh} {zh}", f"{en} {verb_en}"))
    return joined(parts, "，", ", ") if parts else None


def _plural(noun: str, count: int) -> str:
    if noun == "catalog.yaml":
        return noun
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{count} {noun if count == 1 else plural}"


def _products(found: Difference) -> Text | None:
    products = found.assortment
    if products.uncounted:
        number = len(products.uncounted)
        return Text(
            f"{number} 个卡与客群的可售产品没有数完",
            f"products of {number} pairs of card and segment not counted",
        )
    gained, lost = products.gained, products.lost
    if not gained and not lost:
        return Text("可售产品不变", "the same products can be sold")
    parts = []
    if gained:
        noun = "product" if gained == 1 else "products"
        parts.append(Text(f"多出 {gained:,} 个可售产品", f"{gained:,} {noun} more can be sold"))
    if lost:
        parts.append(
            Text(f"少了 {lost:,} 个", f"{lost:,} fewer")
            if gained
            else Text(f"少了 {lost:,} 个可售产品", f"{lost:,} products fewer can be sold")
        )
    return joined(parts, "，", ", ")


def _offers(found: Difference) -> Text | None:
    number, losses = len(found.unsellable), len(found.losses)
    parts = []
    if number:
        noun = "offer" if number == 1 else "offers"
        parts.append(Text(f"{number} 个组合或产品不能卖", f"{number} {noun} can't be sold"))
    if losses:
        noun = "product loses" if losses == 1 else "products lose"
        parts.append(Text(f"{losses} 个产品新亏损或亏得更多", f"{losses} {noun} money"))
    return joined(parts, "；", "; ") if parts else None


def _worst(found: Difference, glyphs: Glyphs) -> Text | None:
    fallen = [
        each
        for each in found.money
        if each.impact is not None and each.impact.contribution < 0 and each.after and each.after.sellable
    ]
    if found.edges.unknown and not fallen:
        return Text("最低贡献没有算出", "worst contribution not found")
    if not fallen:
        moving = [each for each in found.money if each.impact is not None and each.impact.contribution > 0]
        return Text("没有贡献下降", "no contribution falls") if moving else None
    worst = min(fallen, key=lambda each: (each.after.contribution if each.after else 0, each.subject.id))
    before, after = (
        amount(each.contribution if each else 0, signed=True, glyphs=glyphs)
        for each in (worst.before, worst.after)
    )
    name = worst.subject.name
    what = money_kind(worst)
    return Text(
        f"最差贡献 {before} {glyphs.arrow} {after} 元：{name.zh}{what.zh and f'（{what.zh}）'}",
        f"worst contribution {before} {glyphs.arrow} {after} yuan for {name.en}{what.en and f' ({what.en})'}",
    )


def _promises(found: Difference) -> Text:
    broken, waived = len(found.broken), sum(each.waiver is not None for each in found.promises)
    warned = sum(
        each.waiver is None and each.finding.code.severity is not Severity.ERROR for each in found.promises
    )
    if broken:
        said = Text(f"{broken} 项承诺被打破", f"{broken} broken promise{'' if broken == 1 else 's'}")
    else:
        said = Text("没有打破承诺", "no promise is broken")
    if waived:
        said += Text(
            f"（另有 {waived} 项已放行）", f" ({waived} more {'is' if waived == 1 else 'are'} waived)"
        )
    if warned:
        said += Text(f"，{warned} 项提醒", f", {warned} warning{'' if warned == 1 else 's'}")
    return said


def money_kind(change: MoneyChange) -> Text:
    """What moves: the worst, the best, or an offer that has a name of its own (then empty)."""
    return {
        Kind.WORST_MOVED: Text("贡献最低的产品", "worst product"),
        Kind.BEST_MOVED: Text("贡献最高的产品", "best product"),
    }.get(change.kind, Text("", ""))


def people(who: Affected | None, sides: Sides) -> Text:
    """Who had the promise, in a line."""
    if who is None:
        return Text("", "")
    segments = _named(who.segments, sides)
    parts = [
        Text(
            f"{segments.zh}（共 {who.population:,} 人）" if who.segments else "没有客群",
            f"{segments.en} ({who.population:,} people in all)" if who.segments else "no segment",
        )
    ]
    if who.holders is not None:
        parts.append(Text(f"预计 {who.holders:,} 人选它", f"about {who.holders:,} are expected to choose it"))
    if who.bundles:
        parts.append(Text("组合：", "bundles: ") + _named(who.bundles, sides))
    if who.products:
        parts.append(Text("产品：", "products: ") + _named(who.products, sides))
    return joined(parts, "；", "; ")


def _named(ids: tuple[str, ...], sides: Sides) -> Text:
    shown = joined([sides.name_of(each) for each in ids[:MOST_NAMED]])
    more = len(ids) - MOST_NAMED
    return shown + Text(f"等 {len(ids)} 个", f" and {more} more") if more > 0 else shown


def waived(broken: BrokenPromise) -> Text:
    """Who approved it, until when, and why; empty where nobody did."""
    waiver = broken.waiver
    if waiver is None:
        return Text("", "")
    return Text(
        f"已放行至 {waiver.until}（{waiver.owner}）：{waiver.reason}",
        f"waived until {waiver.until} by {waiver.owner}: {waiver.reason}",
    )


def sentence(change: FieldChange | PromiseChange) -> Text:
    """A change whose sides are texts, as its kind says it."""
    said, words = change.kind.value, change.subject.words
    before, after = (each or Text("", "") for each in (change.before, change.after))
    day = change.impact if isinstance(change.impact, str) else ""
    return Text(
        said.zh.format(subject=words.zh, before=before.zh, after=after.zh, impact=day),
        said.en.format(subject=words.en, before=before.en, after=after.en, impact=day),
    )
