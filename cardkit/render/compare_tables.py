"""A comparison as tables: what is compared, what is in it, and the lines that differ, biggest first."""

from collections.abc import Sequence

from cardkit.ground.money import Fen
from cardkit.ground.safe import one_line
from cardkit.ground.text import Text, joined, same
from cardkit.model.expression import Named
from cardkit.pricing.compare import AcrossLine, Comparison
from cardkit.render.price_tables import amount_column
from cardkit.render.table import Cell, Column, Row, Table

LETTERS = "ABCD"
WHOLE_PRODUCT = 36
"""Cells up to which a product stands on one line; a longer one folds."""


def legend_table(comparison: Comparison, title: Text) -> Table:
    """Which product each letter means, whether it may be sold, and the two results."""
    offered = [_offered(named) for named in comparison.products]
    short = max(map(len, offered)) <= WHOLE_PRODUCT  # ids are ASCII: a character is a cell
    columns = (
        Column("letter", same("#"), whole=True),
        Column("product", Text("产品", "product"), whole=short, wrapped=not short),
        Column("card", Text("卡", "card"), whole=True, droppable=1),
        Column("sellable", Text("可售", "may be sold")),
        amount_column("contribution", "贡献", "contribution"),
        amount_column("customer_net", "客户净值", "customer net"),
    )
    rows = []
    for letter, typed, price in zip(LETTERS, offered, comparison.prices, strict=False):
        rows.append(
            Row(
                (
                    same(letter),
                    same(typed),
                    same(price.product.card),
                    Text("可售", "yes") if price.sellable else Text("不可售", "no"),
                    price.contribution,
                    price.customer_net,
                ),
                "plain" if price.sellable else "muted",
            )
        )
    return Table(title, columns, tuple(rows), _why_not(comparison))


def _offered(named: Named) -> str:
    """What was typed, with the segment that it is offered to."""
    typed = one_line(named.typed)
    return typed if "@" in typed else f"{typed}@{named.product.segment}"


def _why_not(comparison: Comparison) -> tuple[Text, ...]:
    """What forbids the products that may not be sold, each reason once, behind the letters it is about."""
    reasons: dict[tuple[str, Text], str] = {}
    for letter, price in zip(LETTERS, comparison.prices, strict=False):
        for refusal in price.refusals:
            key = (refusal.rule, refusal.reason)
            reasons[key] = reasons.get(key, "") + letter
    return tuple(same(f"{letters}: {rule}: ") + reason for (rule, reason), letters in reasons.items())


def modules_table(comparison: Comparison) -> Table | None:
    """The modules that some have and others don't; None where all have the same."""
    names = comparison.modules()
    if not names:
        return None
    columns = (
        Column("module", Text("不同的模块", "modules that differ"), whole=True),
        *(Column(letter.lower(), same(letter)) for letter in LETTERS[: len(comparison.products)]),
    )
    rows = tuple(
        Row(
            (
                same(name),
                *(
                    Text("有", "yes") if name in one.product.modules else Text("无", "no")
                    for one in comparison.products
                ),
            )
        )
        for name in names
    )
    common = comparison.common()
    notes = (Text("共有的模块：", "in all of them: ") + joined([same(name) for name in sorted(common)]),)
    return Table(None, columns, rows, notes if common else ())


def bank_table(comparison: Comparison, *, everything: bool, amounts: bool = True) -> Table:
    """The bank's lines that differ, VAT as one, the contribution last.

    Without `amounts` only the first product's stand beside the differences.
    """
    lines = [*_plain(comparison.bank), *_vat(comparison.bank)]
    totals = ((Text("贡献", "contribution"), [price.contribution for price in comparison.prices]),)
    return _lines_table(Text("银行", "bank"), lines, totals, everything=everything, amounts=amounts)


def customer_table(comparison: Comparison, *, everything: bool, amounts: bool = True) -> Table:
    """The customer's lines that differ, with what they pay negative, so that all add up to the net value."""
    lines = [
        line
        if line.side == "value"
        else AcrossLine(
            line.id,
            line.side,
            Text("支付：", "pays: ") + line.name,
            tuple(Fen(-amount) for amount in line.amounts),
        )
        for line in comparison.customer
    ]
    totals = (
        (
            Text("净值（价值减支付）", "net (value less pays)"),
            [one.customer_net for one in comparison.prices],
        ),
    )
    return _lines_table(Text("客户", "customer"), lines, totals, everything=everything, amounts=amounts)


def _plain(lines: Sequence[AcrossLine]) -> list[AcrossLine]:
    return [line for line in lines if not line.id.endswith("/vat")]


def _vat(lines: Sequence[AcrossLine]) -> list[AcrossLine]:
    vat = [line for line in lines if line.id.endswith("/vat")]
    if not vat:
        return []
    amounts = tuple(Fen(sum(column)) for column in zip(*(line.amounts for line in vat), strict=True))
    return [AcrossLine("vat", "cost", Text("增值税", "VAT"), amounts)]


def _lines_table(
    heading: Text,
    lines: Sequence[AcrossLine],
    totals: Sequence[tuple[Text, Sequence[Fen]]],
    *,
    everything: bool,
    amounts: bool,
) -> Table:
    count = len(totals[0][1])
    columns = [Column("line", heading), *letter_columns(count, amounts=amounts)]
    moving = sorted((line for line in lines if line.moves), key=lambda line: (-line.moves, line.id))
    still = [line for line in lines if not line.moves]
    rows = [Row(cells_across(line.name, line.amounts, own=amounts)) for line in moving]
    if everything:
        rows += [Row(cells_across(line.name, line.amounts, own=amounts), "muted") for line in still]
    rows += [Row(cells_across(name, sums, own=amounts), "total") for name, sums in totals]
    notes = () if everything or not still else (_hidden(len(still), bool(moving)),)
    return Table(None, tuple(columns), tuple(rows), notes)


def _hidden(count: int, moved: bool) -> Text:
    if not moved:
        return Text(
            f"没有一行不同（--all 列出全部 {count} 行）", f"no line differs (--all shows all {count} of them)"
        )
    return Text(f"另有 {count} 行相同（--all 全部列出）", f"{count} lines are the same (--all shows them)")


def letter_columns(count: int, *, amounts: bool = True) -> list[Column]:
    """A; then, for each other product, its amounts (unless told otherwise) and its differences from A."""
    columns = [amount_column("a", "A", "A")]
    for letter in LETTERS[1:count]:
        own = [amount_column(letter.lower(), letter, letter)] if amounts else []
        columns += [*own, amount_column(f"{letter.lower()}_less_a", f"{letter} 比 A", f"{letter} vs A")]
    return columns


def cells_across(name: Text, amounts: Sequence[Fen], *, own: bool = True) -> tuple[Cell, ...]:
    """A name and the cells of `letter_columns`."""
    cells: list[Cell] = [name, amounts[0]]
    for amount in amounts[1:]:
        cells += [amount, amount - amounts[0]] if own else [amount - amounts[0]]
    return tuple(cells)
