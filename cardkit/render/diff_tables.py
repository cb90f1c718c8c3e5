"""A difference as tables, one for each part of the report; empty parts have none."""

from collections.abc import Iterator, Sequence

from cardkit.diff.change import FieldChange, Kind, MoneyChange
from cardkit.diff.difference import Difference
from cardkit.diff.offers import Offers
from cardkit.ground.finding import Finding, Severity
from cardkit.ground.frozen import frozen
from cardkit.ground.text import Text, joined, same
from cardkit.render import diff_words as words
from cardkit.render.glyphs import ASCII
from cardkit.render.numbers import amount
from cardkit.render.table import Cell, Column, Emphasis, Row, Table

YUAN = Text("元", "CNY")
UNCHANGED = Text("不变", "same")
_BEFORE, _AFTER = Text("之前", "before"), Text("之后", "after")

MOST_LINES = 12
"""Of one page that is gone or new; the rest are counted."""


def tables(found: Difference) -> Iterator[Table]:
    """The parts of the report in their order, those that are empty left out."""
    for made in (promises, money, touched, edges, counts, examples, wording, fields):
        table = made(found)
        if table is not None:
            yield table


NOBODY = Text("", "")


@frozen
class Told:
    """One broken promise, or one fault in a file of waivers, as the report tells it."""

    check: str
    message: Text
    place: str
    who: Text
    lawful: Text
    waived: Text
    """Who approved it; empty where nobody did."""


def told(found: Difference) -> tuple[Told, ...]:
    """The broken promises that nobody approved first, then warnings, then those that are waived."""
    rows = [
        Told(
            each.finding.code.name,
            each.finding.message,
            _place(each.finding),
            words.people(each.change.impact, found.sides),
            each.finding.hint or Text("", ""),
            words.waived(each),
        )
        for each in sorted(
            found.promises,
            key=lambda each: (each.waiver is not None, list(Severity).index(each.finding.code.severity)),
        )
    ]
    rows += [
        Told(each.code.name, each.message, _place(each), NOBODY, each.hint or NOBODY, NOBODY)
        for each in found.faults
    ]
    return tuple(rows)


def _place(finding: Finding) -> str:
    return f"{finding.site.file}:{finding.site.span.line}"


PROMISES = Text("打破的承诺（CK8）", "Broken promises (CK8)")
WHO, LAWFUL, WAIVED, PLACE = (
    Text("影响谁", "who"),
    Text("合规的做法", "lawful way"),
    Text("放行", "waived"),
    Text("位置", "place"),
)


def promises(found: Difference) -> Table | None:
    """Broken promises, each with who had it and what would be lawful below it."""
    columns = (
        Column("part", Text("检查", "check"), whole=True),
        Column("said", Text("承诺", "promise"), wrapped=True),
    )
    rows: list[Row] = []
    for each in told(found):
        emphasis: Emphasis = "muted" if each.waived.en else "plain"
        rows.append(Row((each.check, each.message + same(f" ({each.place})")), emphasis))
        below = (
            (WAIVED, each.waived),
            (WHO, each.who),
            (LAWFUL, each.lawful if not each.waived.en else same("")),
        )
        rows += [Row((Text("· ", "· ") + label, said), "muted") for label, said in below if said.en]
    return Table(PROMISES, columns, tuple(rows)) if rows else None


_MONEY = (
    Column("what", Text("什么", "what"), wrapped=True),
    Column("before", Text("之前贡献", "contribution before"), "amount", YUAN),
    Column("after", Text("之后", "after"), "amount", YUAN),
    Column("change", Text("变化", "change"), "amount", YUAN, signed=True),
    Column("pays", Text("客户付", "customer pays"), "amount", YUAN, signed=True, droppable=2),
    Column("value", Text("客户得", "customer value"), "amount", YUAN, signed=True, droppable=1),
    Column("why", Text("主要因为", "mostly because of"), wrapped=True, droppable=3),
)


def money(found: Difference) -> Table | None:
    """Saved products and bundles: contribution before and after, how the other amounts change, and why."""
    offers = found.offers
    if not offers.changes and not offers.unpriced and not offers.cancelling:
        return None
    notes = (
        []
        if not offers.same
        else [Text(f"{offers.same} 个不变，未列出", f"{offers.same} are unchanged and hidden")]
    )
    title = Text(
        "金额：组合与保存的产品，每活跃持有人每年",
        "Money: bundles and saved products, per active holder and year",
    )
    rows = tuple(_money_row(each) for each in offers.changes)
    return Table(title, _MONEY, rows, (*notes, *_cancelling(offers), *offers.unpriced))


def _cancelling(offers: Offers) -> Iterator[Text]:
    """What moves and comes to nothing: a fee that goes up, and is waived for everybody."""
    for name, lines in offers.cancelling:
        said = _lines(lines)
        yield Text(f"{name.zh}：变动相互抵消（{said.zh}）", f"{name.en}: what moves cancels out ({said.en})")


def _lines(lines: Sequence[tuple[Text, int]]) -> Text:
    parts = [name + same(f" {amount(fen, signed=True, glyphs=ASCII)}") for name, fen in lines]
    return joined(parts, "，", ", ")


def touched(found: Difference) -> Table | None:
    """What was changed, alone: a module on the reference card of each of its segments, a card by itself."""
    alone = found.touched
    if not alone.changes and not alone.unpriced and not alone.cancelling:
        return None
    notes = (
        []
        if not alone.same
        else [Text(f"{alone.same} 个不变，未列出", f"{alone.same} are unchanged and hidden")]
    )
    title = Text(
        "金额：改动的卡和模块单独看（模块放在客群的参考卡上）",
        "Money: changed cards and modules alone (modules on the segment's reference card)",
    )
    return Table(
        title,
        _MONEY,
        tuple(_money_row(each) for each in alone.changes),
        (*notes, *_cancelling(alone), *alone.unpriced),
    )


def edges(found: Difference) -> Table | None:
    """The worst and the best product of each card and segment."""
    moved = found.edges
    if not moved.changes and not moved.unknown:
        return None
    notes = (
        []
        if not moved.same
        else [Text(f"{moved.same} 个不变，未列出", f"{moved.same} are unchanged and hidden")]
    )
    if moved.unknown:
        cells = len(moved.unknown)
        notes.append(
            Text(
                f"{cells} 个卡与客群的最高和最低没有算完：请给出 --time-limit，如 60",
                f"best and worst of {cells} pairs of card and segment not found: give a --time-limit, as 60",
            )
        )
    title = Text(
        "金额：各卡各客群贡献最低和最高的产品",
        "Money: the worst and the best product of each card and segment",
    )
    return Table(title, _MONEY, tuple(_money_row(each) for each in moved.changes), tuple(notes))


def _money_row(change: MoneyChange) -> Row:
    before, after, moves = change.before, change.after, change.impact
    amounts: tuple[Cell, ...] = (
        None if before is None else before.contribution,
        None if after is None else after.contribution,
    )
    if moves is not None:
        amounts += (moves.contribution, moves.customer_pays, moves.customer_value)
    elif after is not None:  # new: what it comes to is what there is to know
        amounts += (None, after.customer_pays, after.customer_value)
    else:
        amounts += (None, None, None)
    worse = after is not None and after.contribution < 0 and after.sellable
    return Row((money_subject(change), *amounts, _why(change)), "highlight" if worse else "plain")


def _why(change: MoneyChange) -> Text:
    """The lines that move most; for another product, in which modules it differs."""
    if change.impact is not None and change.impact.lines:
        return _lines(change.impact.lines)
    if change.before is None or change.after is None or change.before.product == change.after.product:
        return Text("", "")
    sides = [each.product.partition("@")[0].split("+") for each in (change.before, change.after)]
    new = [f"+{name}" for name in sides[1] if name not in sides[0]]
    gone = [f"-{name}" for name in sides[0] if name not in sides[1]]
    which = " ".join([*new, *gone])
    return Text(f"换了产品：{which}", f"another product: {which}")


def money_subject(change: MoneyChange) -> Text:
    """What moves, and what became of it."""
    name, kind = change.subject.name, words.money_kind(change)
    state = {
        Kind.OFFER_ADDED: Text("新增", "new"),
        Kind.OFFER_REMOVED: Text("不再有", "gone"),
        Kind.NO_LONGER_SOLD: Text("不能再卖", "may no longer be sold"),
        Kind.SOLD: Text("现在可以卖", "may be sold now"),
    }.get(change.kind, kind)
    if change.kind is Kind.OFFER_ADDED and change.after is not None and not change.after.sellable:
        state = Text("新增，但不能卖", "new, and may not be sold")
    return Text(f"{name.zh}：{state.zh}", f"{name.en}: {state.en}") if state.en else name


def counts(found: Difference) -> Table | None:
    """How many products may be sold, exactly, in each card and segment where that changes."""
    products = found.assortment
    columns = (
        Column("cell", Text("卡与客群", "card and segment"), wrapped=True),
        Column("before", _BEFORE, "count"),
        Column("after", _AFTER, "count"),
        Column("gained", Text("增加", "gained"), "count"),
        Column("lost", Text("减少", "lost"), "count"),
    )
    rows = [
        Row((each.subject.name, each.before or 0, each.after or 0, each.impact.gained, each.impact.lost))
        for each in products.cells
        if each.impact is not None
    ]
    notes = [
        Text(
            f"其余 {products.same} 个卡与客群的可售产品完全相同",
            f"in the other {products.same} pairs of card and segment exactly the same products may be sold",
        )
    ]
    if products.uncounted:
        number = len(products.uncounted)
        notes.append(
            Text(
                f"{number} 个没有数完：请给出 --time-limit，如 60",
                f"{number} were not counted: give a --time-limit, as 60",
            )
        )
    title = Text("可售产品数", "Products that may be sold")
    return Table(title, columns, tuple(rows), tuple(notes)) if rows or products.uncounted else None


def examples(found: Difference) -> Table | None:
    """Some of the products gained and lost, the smallest of each cell, and why not on the other side."""
    columns = (
        Column("change", Text("变化", "change")),
        Column("product", Text("产品", "product"), wrapped=True),
        Column("reason", Text("原因", "why"), wrapped=True),
    )
    gained, lost = Text("增加", "gained"), Text("减少", "lost")
    because = Text("之前：", "before: ")
    rows = [
        Row(
            (
                gained if each.kind is Kind.SOLD else lost,
                same(each.subject.id),
                (because if each.kind is Kind.SOLD else Text("", "")) + (each.impact or Text("", "")),
            )
        )
        for each in found.assortment.examples
    ]
    return Table(Text("例如", "For example"), columns, tuple(rows)) if rows else None


def wording(found: Difference) -> Table | None:
    """The customer's page: the lines that are gone, and those that are new."""
    columns = (
        Column("page", Text("页面", "page"), wrapped=True),
        Column("sign", Text("", ""), whole=True),
        Column("line", Text("客户读到的", "what the customer reads"), wrapped=True),
    )
    rows: list[Row] = []
    for each in found.wording.changes:
        name = each.subject.name
        for sign, lines in (("-", each.before or ()), ("+", each.after or ())):
            for line in cut(lines):
                rows.append(Row((name, sign, line)))
                name = Text("", "")
    notes = (
        [
            Text(
                f"其余 {found.wording.same} 个相关页面不变",
                f"{found.wording.same} other pages of what changed read the same",
            )
        ]
        if found.wording.same
        else []
    )
    notes = [*found.wording.stale, *notes, *found.wording.unshown]
    title = Text("客户页面的文字", "Wording of the customer's page")
    is_silent = not rows and not found.wording.unshown and not found.wording.stale
    return None if is_silent else Table(title, columns, tuple(rows), tuple(notes))


def cut(lines: Sequence[Text]) -> Iterator[Text]:
    """The lines of a page as far as they tell the most; of a whole new page only the beginning."""
    yield from lines[:MOST_LINES]
    more = len(lines) - MOST_LINES
    if more > 0:
        yield Text(f"… 另有 {more} 行，见 cardkit preview", f"… and {more} more lines, see cardkit preview")


def fields(found: Difference) -> Table | None:
    """Every field that differs, entity by entity."""
    columns = (
        Column("entity", Text("实体", "entity"), wrapped=True),
        Column("field", Text("字段", "field"), wrapped=True),
        Column("before", _BEFORE, wrapped=True),
        Column("after", _AFTER, wrapped=True),
    )
    rows = []
    last = ""
    for each in found.fields:
        name = same("") if each.subject.id == last else _entity(each)
        last = each.subject.id
        rows.append(Row((name, *field_cells(each))))
    return Table(Text("改动的字段", "Fields changed"), columns, tuple(rows)) if rows else None


def _entity(change: FieldChange) -> Text:
    name, own = change.subject.name, change.subject.id
    return (
        name
        if name == same(own) or own == "catalog.yaml"
        else Text(f"{name.zh}（{own}）", f"{name.en} ({own})")
    )


def field_cells(change: FieldChange) -> tuple[Text, Text, Text]:
    """The field, what it said, what it says."""
    whole = {
        Kind.ENTITY_ADDED: Text("新文件", "new file"),
        Kind.ENTITY_REMOVED: Text("文件已删除", "file deleted"),
        Kind.ORDER_CHANGED: Text("顺序", "order"),
    }.get(change.kind)
    label = change.subject.label if change.subject.label.en else whole or Text("", "")
    if change.kind is Kind.ORDER_CHANGED:
        label = Text(f"{label.zh}（顺序）", f"{label.en} (order)")
    nothing = Text("（无）", "none")
    before, after = change.before or nothing, change.after or nothing
    if change.kind is Kind.VALUE_DATED:
        after += Text(f"（{change.impact} 起）", f" (from {change.impact})")
        before = UNCHANGED
    if change.kind is Kind.ORDER_CHANGED:
        before, after = Text("", ""), Text("变了", "changed")
    return label, before, after
