"""Break-evens as a table: where the product is at zero, where a part pays for itself, or why nowhere."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from cardkit.ground.money import percent
from cardkit.ground.text import Text, joined, same
from cardkit.pricing.break_even import BreakEven
from cardkit.pricing.sensitivity import PartSensitivity, Sensitivity
from cardkit.render.glyphs import UNICODE, Glyphs
from cardkit.render.numbers import amount, percentage
from cardkit.render.table import Cell, Column, Row, Table

Unit = Literal["rate", "yuan", "share"]
"""How a figure is written: a rate, yuan, or a signed share."""

_TAKE_UP = Text("参与率", "take-up")
_PRICE = Text("标价", "list price")
_FEE = Text("年费", "annual fee")
_SPEND = Text("消费", "spend")


def break_even_table(found: Sensitivity, glyphs: Glyphs = UNICODE) -> Table:
    """A row for each figure of each part: where the product is at zero, where the part pays for itself."""
    columns = (
        Column("part", Text("部分", "part")),
        Column("figure", Text("变量", "figure"), whole=True),
        Column("now", Text("现值", "now"), "amount"),
        Column("zero", Text("产品贡献为零", "product at zero"), "amount"),
        Column("own", Text("自身收支相抵", "pays for itself"), "amount"),
        Column("note", Text("没有的原因", "why there is none"), wrapped=True),
    )
    rows = []
    for part in found.parts:
        for index, (name, unit, zero, own) in enumerate(_questions(part)):
            asked = [answer for answer in (zero, own) if answer is not None]
            now = asked[0].now
            cells: tuple[Cell, ...] = (
                part.name if index == 0 else same(""),
                name,
                None if now is None else same(_written(now, unit, glyphs)),
                _answer(zero, unit, glyphs),
                _answer(own, unit, glyphs),
                _note(zero, own, unit, glyphs),
            )
            rows.append(Row(cells))
    title = Text("敏感性：盈亏平衡", "Sensitivity: break-even")
    return Table(title, columns, tuple(rows), _explained(found))


def _explained(found: Sensitivity) -> tuple[Text, ...]:
    """How the values were found, and an example of seeing one."""
    answers = [answer for part in found.parts for _, _, *both in _questions(part) for answer in both]
    changes = [" ".join(f"--set '{change}'" for change in answer.set) for answer in answers if answer]
    seen = next((change for change in changes if change), None)
    tried = Text(
        "每个值都重新定价验证过，余额不超过 1 分",
        "Each value was priced anew: at most one fen is left",
    )
    how = (
        Text("。", ".")
        if seen is None
        else Text(f"；例如 {seen}。", f"; see for yourself with such as {seen}.")
    )
    return (
        tried + how,
        Text(
            "参与率：该部分各项权益同比变动，所示为主要权益。消费：整个客群的消费金额，笔数不变。",
            "Take-up: of the part's main benefit, its others in proportion. "
            "Spend: all of the segment's, in the same number of purchases.",
        ),
    )


def _questions(
    part: PartSensitivity,
) -> Iterator[tuple[Text, Unit, BreakEven | None, BreakEven | None]]:
    """What is asked of a part: a figure, and its answers for the product and for the part itself."""
    yield _TAKE_UP, "rate", part.take_up, part.own_take_up
    if part.kind == "card":
        yield _FEE, "yuan", part.price, None
        yield _SPEND, "share", part.spend, None
    else:
        if part.kind == "module":
            yield _PRICE, "yuan", part.price, part.own_price
        yield _SPEND, "share", None, part.spend


def _answer(answer: BreakEven | None, unit: Unit, glyphs: Glyphs) -> Cell:
    """A value; n.a. where there is none, nothing where it isn't asked."""
    if answer is None:
        return same("")
    return None if answer.found is None else same(_written(answer.found.value, unit, glyphs))


def _written(value: Fraction, unit: Unit, glyphs: Glyphs) -> str:
    if unit == "yuan":
        return amount(round(value * 100), glyphs=glyphs)
    if unit == "rate":
        return percent(value, 6)
    return percentage(value, 2, signed=True, glyphs=glyphs)


def _note(zero: BreakEven | None, own: BreakEven | None, unit: Unit, glyphs: Glyphs) -> Text:
    """Why there is no answer, for the product and for the part itself."""
    if any(answer is not None and answer.why == "nothing-to-vary" for answer in (zero, own)):
        return Text("没有假设参与率", "no take-up is assumed")
    whys = []
    for subject, answer in ((Text("产品", "product"), zero), (Text("自身", "itself"), own)):
        if answer is not None and answer.found is None:
            why = _why(answer, unit, glyphs)
            whys.append(subject + Text("：", ": ") + why if zero is not None and own is not None else why)
    return joined(whys, "；", "; ")


def _why(answer: BreakEven, unit: Unit, glyphs: Glyphs) -> Text:
    if answer.why == "jumps":
        return Text("越过零而不等于零（如多模块优惠）", "zero is jumped over, as by a multi-module discount")
    assert answer.ends is not None, "what was searched in vain has ends"
    low, high = (amount(end.left, signed=True, glyphs=glyphs) for end in answer.ends)
    positive = answer.ends[0].left > 0
    if answer.why == "not-needed":
        return Text(f"不需要，已带来 {low}", f"none needed, it brings {low}")
    if answer.ends[0].left == answer.ends[1].left:
        return Text(f"怎样都是 {low}", f"{low} whatever it is")
    if unit == "rate":
        least, most = (percent(end.value, 6) for end in answer.ends)
        return Text(f"{least} 时 {low}，{most} 时 {high}", f"{low} at {least}, {high} at {most}")
    if unit == "yuan":
        dearest = amount(round(answer.ends[1].value * 100), glyphs=glyphs)
        free = Text(f"免费也有 {low}", f"{low} even free of charge")
        return free if positive else Text(f"定价 {dearest} 仍是 {high}", f"{high} even at {dearest}")
    # More than nothing even at the lowest spend, or less than nothing even at the highest.
    return (
        Text(f"几乎不消费也有 {low}", f"{low} even with hardly any spend")
        if positive
        else Text(f"四倍消费仍是 {high}", f"{high} even with four times the spend")
    )
