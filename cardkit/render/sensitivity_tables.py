"""Sensitivity as tables: break-evens, worst cases and the strongest assumptions; one table for programs."""

from collections.abc import Iterator
from fractions import Fraction

from cardkit.ground.money import Fen, percent, plain_number
from cardkit.ground.text import Text, joined, same
from cardkit.pricing.assumptions import Assumption, Change
from cardkit.pricing.break_even import BreakEven
from cardkit.pricing.sensitivity import PartSensitivity, Sensitivity
from cardkit.render.break_even_table import break_even_table
from cardkit.render.glyphs import UNICODE, Glyphs
from cardkit.render.table import Cell, Column, Row, Table

YUAN = Text("元", "CNY")
UNBOUNDED = Text("无上限", "unbounded")


def sensitivity_tables(found: Sensitivity, glyphs: Glyphs = UNICODE) -> tuple[Table, ...]:
    """The section after a waterfall: three tables."""
    return break_even_table(found, glyphs), worst_case_table(found), assumption_table(found, glyphs)


def worst_case_table(found: Sensitivity) -> Table:
    """What each right costs as expected, and with every holder enrolled and every cap used."""
    columns = (
        Column("part", Text("部分", "part")),
        Column("right", Text("权益", "right")),
        Column("expected", Text("预期", "expected"), "amount", unit=YUAN, droppable=1),
        Column("worst", Text("最坏", "at worst"), "amount", unit=YUAN),
        Column("borne", Text("银行承担", "borne by the bank"), "amount", unit=YUAN),
    )
    rows = []
    for part in found.parts:
        for index, each in enumerate(part.worst):
            name = part.name if index == 0 else same("")
            rows.append(Row((name, each.name, each.expected, _bounded(each.cost), _bounded(each.borne))))
        if len(part.worst) > 1:
            total: tuple[Cell, ...] = (
                same(""),
                Text("合计", "together"),
                None,
                _bounded(part.worst_cost),
                _bounded(part.worst_borne),
            )
            rows.append(Row(total, "highlight"))
    title = Text(
        "最坏情况：每位持有人都参与并用满上限，每年",
        "Worst case: every holder enrolled, every cap used, per holder and year",
    )
    return Table(title, columns, tuple(rows))


def _bounded(cost: Fen | None) -> Cell:
    return UNBOUNDED if cost is None else cost


def assumption_table(found: Sensitivity, glyphs: Glyphs = UNICODE) -> Table:
    """The strongest assumptions, and what a tenth less and a tenth more of each does to the contribution."""
    columns = (
        Column("name", Text("假设", "assumption"), wrapped=True),
        Column("path", Text("路径", "path"), whole=True),
        Column("now", Text("现值", "now"), "amount"),
        Column("less", same(f"{glyphs.minus}10%"), "amount", unit=YUAN, signed=True),
        Column("more", same("+10%"), "amount", unit=YUAN, signed=True),
        Column("source", Text("来源", "source"), wrapped=True, droppable=1),
    )
    rows = [
        Row(
            (
                each.title,
                same(each.path),
                _now(each),
                _effect(each.less),
                _effect(each.more),
                same(each.source),
            )
        )
        for each in found.assumptions
    ]
    title = Text("贡献最敏感的假设", "The assumptions that move the contribution most")
    return Table(title, columns, tuple(rows), _stops(found))


def _now(each: Assumption) -> Cell:
    if each.value is None:
        return Text("多个", "several")
    if each.unit == "rate":
        return same(percent(each.value, 6))
    whole, point, decimals = plain_number(each.value, 6).partition(".")
    return same(f"{int(whole):,}{point}{decimals}")


def _effect(change: Change | None) -> Cell:
    return None if change is None else change.contribution_change


def _stops(found: Sensitivity) -> tuple[Text, ...]:
    """Rates that can't be a tenth more."""
    stopped = [each.title for each in found.assumptions if each.more and each.more.set.endswith("=100%")]
    if not stopped:
        return ()
    names = joined(stopped)
    return (Text(f"{names.zh}最多到 100%", f"{names.en}: 100% in place of a tenth more"),)


def data_table(product: str, found: Sensitivity) -> Table:
    """All of it in one table, for programs and spreadsheets."""
    columns = (
        Column("product", Text("产品", "product"), whole=True),
        Column("kind", Text("类别", "kind")),
        Column("subject", Text("对象", "subject"), whole=True),
        Column("measure", Text("变量", "figure")),
        Column("unit", Text("单位", "unit")),
        Column("now", Text("现值", "now"), "percent"),
        Column("value", Text("盈亏平衡或最坏", "break-even or worst"), "percent"),
        Column("borne", Text("银行承担", "borne by the bank"), "amount", unit=YUAN),
        Column("less", same("-10%"), "amount", unit=YUAN),
        Column("more", same("+10%"), "amount", unit=YUAN),
        Column("set", Text("设置", "set"), whole=True),
        Column("note", Text("说明", "note")),
    )
    head = (same(product),)
    rows = [Row((*head, *cells)) for cells in _data_rows(found)]
    return Table(None, columns, tuple(rows))


def _data_rows(found: Sensitivity) -> Iterator[tuple[Cell, ...]]:
    none = (None, None, None)
    for part in found.parts:
        for measure, unit, answer in _measures(part):
            value = None if answer.found is None else answer.found.value
            head = (same("break-even"), same(part.id), same(measure), same(unit), answer.now, value)
            yield *head, *none, same(" ".join(answer.set)), same(answer.why or "")
        for each in part.worst:
            amounts = (None if fen is None else Fraction(fen, 100) for fen in (each.expected, each.cost))
            why = same("unbounded" if each.cost is None else "")
            subject = (same("worst-case"), same(each.benefit), same("cost"), same("CNY"), *amounts)
            yield *subject, each.borne, None, None, same(""), why
    for one in found.assumptions:
        more = same("" if one.more is None else one.more.set)
        cells = (same("assumption"), same(one.path), one.title, same(one.unit), one.value, None, None)
        yield *cells, _effect(one.less), _effect(one.more), more, same(one.source)


def _measures(part: PartSensitivity) -> Iterator[tuple[str, str, BreakEven]]:
    card = part.kind == "card"
    yield "take-up", "rate", part.take_up
    if part.own_take_up is not None:
        yield "own-take-up", "rate", part.own_take_up
    if part.kind != "campaign":
        yield "annual-fee" if card else "price", "CNY", part.price
        if part.own_price is not None:
            yield "own-price", "CNY", part.own_price
    yield "spend-change" if card else "spend-uplift", "rate", part.spend
