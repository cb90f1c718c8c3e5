"""A product over its segment's population: one holder beside all of them."""

from collections.abc import Sequence
from fractions import Fraction

from cardkit.ground.money import Fen, percent
from cardkit.ground.text import Text, joined, same
from cardkit.model.catalog import Catalog
from cardkit.pricing.portfolio import Portfolio
from cardkit.pricing.price import Price
from cardkit.render.price_tables import amount_column, ordered, totals
from cardkit.render.table import Cell, Column, Row, Table

YES, NO = Text("可售", "yes"), Text("否", "no")


def bank_table(found: Portfolio, title: Text) -> Table:
    """The bank's lines of one holder, and over all holders; the contribution last."""
    rows = [Row((name, amount, found.total(amount))) for name, amount in ordered(found.price.lines)]
    contribution = found.price.contribution
    rows.append(Row((Text("贡献", "contribution"), contribution, found.total(contribution)), "total"))
    return Table(title, _columns(Text("银行", "bank")), tuple(rows), (reckoned(found),))


def customer_table(found: Portfolio, notes: tuple[Text, ...]) -> Table:
    """What the customers pay and what it is worth to them; the net value last."""
    price = found.price
    sides = (
        (Text("价值", "value"), price.customer_value),
        (Text("支付", "pays"), Fen(-price.customer_pays)),
    )
    rows = [Row((name, amount, found.total(amount))) for name, amount in sides]
    net = price.customer_net
    rows.append(Row((Text("净值（价值减支付）", "net (value less pays)"), net, found.total(net)), "total"))
    return Table(None, _columns(Text("客户", "customer")), tuple(rows), notes)


def _columns(heading: Text) -> tuple[Column, ...]:
    return (
        Column("line", heading),
        amount_column("amount", "每持有人", "per holder", per_customer=True),
        amount_column("total", "全部持有人", "all holders"),
    )


def reckoned(found: Portfolio) -> Text:
    """How the number of holders came about."""
    chances = "".join(f" × {percent(one.probability)} {one.module}" for one in found.choices)
    independent = Text("，各模块的选择视为独立", ", choices taken as independent")
    return Text(
        f"预计持有人 {found.holders:,} = 客群 {found.population:,}{chances}",
        f"{found.holders:,} expected holders = {found.population:,} customers{chances}",
    ) + (independent if len(found.choices) > 1 else Text("", ""))


def rows_table(
    found: Sequence[tuple[Price, Portfolio | None]],
    catalog: Catalog,
    title: Text | None,
    notes: tuple[Text, ...],
) -> Table:
    """A row for each price; n.a. over all holders where a segment may not have the product.

    One product's segments end in their sum, which counts what may be sold.
    """
    several = len({(price.product.card, price.product.modules) for price, _ in found}) > 1
    columns = [
        Column("product", Text("产品", "product"), whole=True),
        Column("segment", Text("客群", "segment")),
        Column("sellable", Text("可售", "may be sold")),
        Column("refusals", Text("不可售的原因", "what forbids it"), droppable=1),
        Column("holders", Text("预计持有人", "expected holders"), "count"),
        amount_column("contribution", "每持有人贡献", "contribution per holder", per_customer=True),
        amount_column("total_revenue", "总收入", "total revenue", droppable=3),
        amount_column("total_cost", "总成本", "total cost", signed=False, droppable=3),
        amount_column("total_contribution", "总贡献", "total contribution"),
        amount_column("total_customer_net", "客户总净值", "total customer net", droppable=2),
    ]
    rows = []
    for price, held in found:
        cells: list[Cell] = [
            same(str(price.product.to(None))),
            catalog.segments[price.product.segment or ""].name,
            YES if price.sellable else NO,
            joined([same(refusal.rule) for refusal in price.refusals]),
            None if held is None else held.holders,
            price.contribution,
            *_over_all(price, held),
        ]
        rows.append(Row(tuple(cells if several else cells[1:]), "plain" if price.sellable else "muted"))
    if len(found) > 1 and not several:
        rows.append(_sum([held for _, held in found if held is not None and held.price.sellable]))
    return Table(title, tuple(columns if several else columns[1:]), tuple(rows), notes)


def _over_all(price: Price, held: Portfolio | None) -> list[Cell]:
    amounts = (price.revenue, price.cost, price.contribution, price.customer_net)
    return [None if held is None else held.total(amount) for amount in amounts]


def _sum(sold: Sequence[Portfolio]) -> Row:
    holders = sum(held.holders for held in sold)
    sums = [
        sum(column)
        for column in zip(
            *([one.total(getattr(one.price, key)) for key in _SUMMED] for one in sold), strict=True
        )
    ] or [0] * len(_SUMMED)
    average = None if not holders else Fen(round(Fraction(sums[_SUMMED.index("contribution")], holders)))
    return Row(
        (Text("可售客群合计", "segments that may have it"), same(""), same(""), holders, average, *sums),
        "total",
    )


_SUMMED = ("revenue", "cost", "contribution", "customer_net")


def data_table(found: Sequence[Portfolio]) -> Table:
    """Every line of one holder and of all, for programs and spreadsheets; totals are lines of their own."""
    columns = (
        Column("product", Text("产品", "product"), whole=True),
        Column("sellable", Text("可售", "may be sold")),
        Column("holders", Text("预计持有人", "expected holders"), "count"),
        Column("side", Text("方向", "side")),
        Column("line", Text("行", "line"), whole=True),
        Column("source", Text("来源", "source"), whole=True),
        Column("name", Text("名称", "name")),
        amount_column("amount", "每持有人", "per holder", per_customer=True),
        amount_column("total", "全部持有人", "all holders"),
    )
    rows = []
    for held in found:
        price = held.price
        head = (
            same(str(price.product)),
            Text("是", "yes") if price.sellable else Text("否", "no"),
            held.holders,
        )
        lines: list[tuple[str, str, str, Text, Fen]]
        lines = [(one.side, one.id, one.source, one.name, one.amount) for one in price.lines]
        lines += [(said.kind, said.id, said.source, said.name, said.amount) for said in price.customer]
        for side, line, source, name, amount in lines:
            rows.append(Row((*head, same(side), same(line), same(source), name, amount, held.total(amount))))
        for key, name, amount in totals(price):
            cells = (*head, same("total"), same(key), same(""), name, amount, held.total(amount))
            rows.append(Row(cells, "total"))
    return Table(None, columns, tuple(rows))
