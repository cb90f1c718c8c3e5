"""A matrix as a table of numbers for people, as rows for programs."""

from collections.abc import Iterable
from typing import Any, Literal

from cardkit.ground.text import Text, joined, same
from cardkit.model.catalog import Catalog
from cardkit.pricing.matrix import Matrix, MatrixCell
from cardkit.render.data_json import money
from cardkit.render.price_tables import amount_column
from cardkit.render.table import NOT_APPLICABLE, Cell, Column, Row, Table

Measure = Literal["contribution", "customer-net", "price"]

MEASURES: dict[Measure, Text] = {
    "contribution": Text(
        "模块给参考卡增加的贡献", "contribution that each module adds to the reference card"
    ),
    "customer-net": Text(
        "模块给参考卡增加的客户净值", "customer net that each module adds to the reference card"
    ),
    "price": Text("模块标价", "list price of each module"),
}

MOST_NAMED = 6
"""Modules that a reason names; of more it says how many."""

SHARED = 1
"""Columns that every part of a split matrix begins with."""

BY_ENTITY: dict[str, Text] = {
    "eligibility": Text("不面向该客群", "not offered to the segment"),
    "lifecycle": Text("草稿、停售或不在试点客群", "a draft, retired, or in pilot for other segments"),
    "dates": Text("当日不在销售期", "not sold on the day"),
    "slots": Text("卡片槽位不够", "more slots than the card has"),
    "age": Text("低于主卡年龄", "below the main holder's age"),
}
"""Limits without a rule, whose ids end in the entity that sets them: one note for each kind of limit."""


def matrix_table(matrix: Matrix, catalog: Catalog, measure: Measure, notes: tuple[Text, ...]) -> Table:
    """A row for each module, a column for each segment, n.a. where it may not be sold or can't be priced."""
    title = MEASURES[measure] + Text("（元，每持有人每年）", " (CNY per holder and year)")
    columns = (
        Column("module", Text("模块", "module")),
        *(
            Column(name, _short(catalog, name), "amount", signed=measure != "price")
            for name in matrix.segments
        ),
    )
    rows = tuple(
        Row(
            (
                catalog.modules[module].name,
                *(shown(matrix.cells[module, segment], measure) for segment in matrix.segments),
            )
        )
        for module in matrix.modules
    )
    about = (*_cards(matrix, catalog), *_reasons(matrix), *notes)
    return Table(title, columns, rows, about)


def _short(catalog: Catalog, segment: str) -> Text:
    entity = catalog.segments[segment]
    return entity.short_name or entity.name


def shown(cell: MatrixCell, measure: Measure) -> Cell:
    """The cell's number; None where there is none."""
    match measure:
        case "contribution":
            return cell.contribution
        case "customer-net":
            return cell.customer_net
        case "price":
            return cell.price


def _cards(matrix: Matrix, catalog: Catalog) -> tuple[Text, ...]:
    """Which card stands for which segments."""
    said = []
    for card in dict.fromkeys(matrix.cards.values()):
        names = [_short(catalog, segment) for segment, own in matrix.cards.items() if own == card]
        said.append(same(card) + Text("（", " (") + joined(names) + Text("）", ")"))
    return (Text("参考卡：", "reference cards: ") + joined(said, "；", "; "),)


def _reasons(matrix: Matrix) -> tuple[Text, ...]:
    """Why cells are n.a.: each rule once with its modules, limits of a kind together, what is missing."""
    rules: dict[str, tuple[Text, list[str]]] = {}
    for cell in matrix.cells.values():
        for refusal in cell.refusals:
            limit, _, _ = refusal.rule.partition(":")
            key, reason = (
                (f"{limit}:", BY_ENTITY[limit]) if limit in BY_ENTITY else (refusal.rule, refusal.reason)
            )
            modules = rules.setdefault(key, (reason, []))[1]
            if cell.module not in modules:
                modules.append(cell.module)
    said = [
        same(key.removesuffix(":")) + Text("（", " (") + _named(modules) + Text("）：", "): ") + reason
        for key, (reason, modules) in sorted(rules.items())
    ]
    missing = dict.fromkeys(cell.missing for cell in matrix.cells.values() if cell.missing is not None)
    head = (NOT_APPLICABLE + Text("的原因：", " because of:"),) if said or missing else ()
    return (*head, *said, *missing)


def _named(modules: list[str]) -> Text:
    """The modules by id; their number where a list would only hide the other reasons."""
    if len(modules) > MOST_NAMED:
        return Text(f"{len(modules)} 个模块", f"{len(modules)} modules")
    return same(", ".join(sorted(modules)))


def matrix_rows(matrix: Matrix) -> Table:
    """One row for each module and segment, for programs and spreadsheets."""
    columns = (
        Column("module", Text("模块", "module"), whole=True),
        Column("segment", Text("客群", "segment"), whole=True),
        Column("card", Text("参考卡", "reference card"), whole=True),
        Column("sellable", Text("可售", "may be sold")),
        Column("why", Text("原因", "why"), wrapped=True),
        amount_column("price", "标价", "price", signed=False),
        amount_column("contribution", "贡献", "contribution"),
        amount_column("customer_net", "客户净值", "customer net"),
    )
    rows = tuple(
        Row(
            (
                same(cell.module),
                same(cell.segment),
                same(cell.product.card),
                Text("是", "yes") if cell.sellable else Text("否", "no"),
                joined([same(refusal.rule) for refusal in cell.refusals])
                if cell.missing is None
                else cell.missing,
                cell.price,
                cell.contribution,
                cell.customer_net,
            )
        )
        for cell in _ordered(matrix)
    )
    return Table(None, columns, rows)


def matrix_objects(matrix: Matrix, language: str) -> list[dict[str, Any]]:
    """The same for JSON; amounts are null where the module may not be sold, or `missing` says what is."""
    return [
        {
            "module": cell.module,
            "segment": cell.segment,
            "product": str(cell.product),
            "sellable": cell.sellable,
            "why": [refusal.rule for refusal in cell.refusals],
            "missing": None if cell.missing is None else cell.missing.to("zh" if language == "zh" else "en"),
            "price": None if cell.price is None else money(cell.price),
            "contribution": None if cell.contribution is None else money(cell.contribution),
            "customer_net": None if cell.customer_net is None else money(cell.customer_net),
        }
        for cell in _ordered(matrix)
    ]


def _ordered(matrix: Matrix) -> Iterable[MatrixCell]:
    return (matrix.cells[module, segment] for module in matrix.modules for segment in matrix.segments)
