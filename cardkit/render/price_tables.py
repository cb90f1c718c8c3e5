"""Prices as tables: a waterfall for one, rows for many, all lines for a spreadsheet."""

from collections.abc import Sequence

from cardkit.ground.money import Fen
from cardkit.ground.text import Text, joined, same
from cardkit.model.catalog import Catalog
from cardkit.pricing.lines import CustomerLine, Line
from cardkit.pricing.price import Price
from cardkit.render.table import Bar, Cell, Column, Row, Table

YUAN = Text("元", "CNY")


def amount_column(
    key: str, zh: str, en: str, *, signed: bool = True, droppable: int = 0, per_customer: bool = False
) -> Column:
    """A column of amounts, signed unless told otherwise."""
    name = Text(zh, en)
    return Column(
        key, name, "amount", unit=YUAN, signed=signed, droppable=droppable, per_customer=per_customer
    )


def waterfall(price: Price, title: Text, notes: tuple[Text, ...]) -> Table:
    """The bank's side from revenue to contribution, total last; VAT lines are shown as one."""
    columns = (
        Column("line", Text("银行", "bank")),
        amount_column("amount", "金额", "amount"),
        amount_column("running", "累计", "running total", droppable=2),
        Column("bar", same(""), "bar", droppable=1),
    )
    rows: list[Row] = []
    running = 0
    for name, amount in ordered(price.lines):
        rows.append(Row((name, amount, running + amount, Bar(Fen(running), Fen(running + amount)))))
        running += amount
    total = price.contribution
    rows.append(Row((Text("贡献", "contribution"), total, total, Bar(Fen(0), total)), "total"))
    return Table(title, columns, tuple(rows), notes)


def ordered(lines: Sequence[Line]) -> list[tuple[Text, Fen]]:
    """Revenue first, largest first; then costs; VAT terms added up at the end."""
    vat = [line for line in lines if line.id.endswith("/vat")]
    rest = [line for line in lines if not line.id.endswith("/vat")]
    revenue = sorted((line for line in rest if line.side == "revenue"), key=lambda line: -line.amount)
    benefit = sorted((line for line in rest if line.benefit), key=lambda line: line.amount)
    other = sorted(
        (line for line in rest if line.side == "cost" and not line.benefit), key=lambda line: line.amount
    )
    shown = [(line.name, line.amount) for line in (*revenue, *benefit, *other)]
    if vat:
        count = len(vat)
        shown.append(
            (Text(f"增值税（{count} 项）", f"VAT ({count} lines)"), Fen(sum(line.amount for line in vat)))
        )
    return shown


def customer_table(price: Price) -> Table:
    """The customer's side: what they pay, what their rights are worth to them, the difference."""
    columns = (
        Column("line", Text("客户", "customer")),
        amount_column("value", "价值", "value", signed=False),
        amount_column("pays", "支付", "pays", signed=False),
    )
    rows = [Row(_customer_cells(line)) for line in price.customer if line.kind == "value"]
    rows += [Row(_customer_cells(line)) for line in price.customer if line.kind == "pays"]
    rows.append(Row((Text("合计", "total"), price.customer_value, price.customer_pays), "total"))
    net = columns[0], amount_column("value", "价值", "value"), columns[2]
    rows.append(
        Row((Text("净值（价值减支付）", "net (value less pays)"), price.customer_net, same("")), "total")
    )
    return Table(None, net, tuple(rows))


def _customer_cells(line: CustomerLine) -> tuple[Text, Fen | Text, Fen | Text]:
    if line.kind == "value":
        return line.name, line.amount, same("")
    return line.name, same(""), line.amount


def rows_table(
    prices: Sequence[Price], catalog: Catalog, title: Text | None, notes: tuple[Text, ...]
) -> Table:
    """A row for each price: sellable or why not, and the totals."""
    several = len({(price.product.card, price.product.modules) for price in prices}) > 1
    columns = [
        Column("product", Text("产品", "product"), whole=True),
        Column("segment", Text("客群", "segment")),
        Column("sellable", Text("可售", "may be sold")),
        Column("refusals", Text("不可售的原因", "what forbids it"), droppable=1),
        amount_column("revenue", "收入", "revenue", droppable=5),
        amount_column("benefit_cost", "权益成本", "benefit cost", signed=False, droppable=3),
        amount_column("cost", "全部成本", "cost", signed=False, droppable=4),
        amount_column("contribution", "贡献", "contribution"),
        amount_column("customer_pays", "客户支付", "customer pays", signed=False, droppable=2),
        amount_column("customer_value", "客户价值", "customer value", signed=False, droppable=2),
        amount_column("customer_net", "客户净值", "customer net"),
    ]
    rows = []
    for price in prices:
        segment = catalog.segments[price.product.segment or ""]
        cells: list[Cell] = [
            same(str(price.product.to(None))),
            segment.name,
            Text("可售", "yes") if price.sellable else Text("否", "no"),
            same(", ".join(refusal.rule for refusal in price.refusals)),
            price.revenue,
            price.benefit_cost,
            price.cost,
            price.contribution,
            price.customer_pays,
            price.customer_value,
            price.customer_net,
        ]
        rows.append(Row(tuple(cells if several else cells[1:]), "plain" if price.sellable else "muted"))
    return Table(title, tuple(columns if several else columns[1:]), tuple(rows), notes)


def data_table(prices: Sequence[Price]) -> Table:
    """Every line of every price, for programs and spreadsheets; totals are lines of their own."""
    columns = (
        Column("product", Text("产品", "product"), whole=True),
        Column("sellable", Text("可售", "may be sold")),
        Column("side", Text("方向", "side")),
        Column("line", Text("行", "line"), whole=True),
        Column("source", Text("来源", "source"), whole=True),
        Column("name", Text("名称", "name")),
        amount_column("amount", "金额", "amount"),
    )
    rows = []
    for price in prices:
        head = (same(str(price.product)), Text("是", "yes") if price.sellable else Text("否", "no"))
        for line in price.lines:
            cells = (*head, same(line.side), same(line.id), same(line.source), line.name, line.amount)
            rows.append(Row(cells))
        for said in price.customer:
            cells = (*head, same(said.kind), same(said.id), same(said.source), said.name, said.amount)
            rows.append(Row(cells))
        for key, name, amount in totals(price):
            rows.append(Row((*head, same("total"), same(key), same(""), name, amount), "total"))
    return Table(None, columns, tuple(rows))


def totals(price: Price) -> tuple[tuple[str, Text, Fen], ...]:
    """The totals of a price by the names that JSON gives them; `cost` and `benefit_cost` are positive."""
    return (
        ("revenue", Text("收入", "revenue"), price.revenue),
        ("benefit_cost", Text("权益成本", "benefit cost"), price.benefit_cost),
        ("cost", Text("全部成本", "cost"), price.cost),
        ("contribution", Text("贡献", "contribution"), price.contribution),
        ("customer_pays", Text("客户支付", "customer pays"), price.customer_pays),
        ("customer_value", Text("客户价值", "customer value"), price.customer_value),
        ("customer_net", Text("客户净值", "customer net"), price.customer_net),
    )


def verdict(price: Price) -> Text:
    """Whether a price's product may be sold, and what forbids it if not."""
    if price.sellable:
        return Text("可售", "yes")
    rules = joined([same(refusal.rule) for refusal in price.refusals])
    return Text(f"不可售：{rules.zh}", f"no: {rules.en}")
