"""An analysis as tables: cells, policies, findings about the rules, distributions and fronts."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from cardkit.ground.money import Fen
from cardkit.ground.text import Text, joined, same
from cardkit.model.catalog import Catalog
from cardkit.render.best_tables import LIMITS
from cardkit.render.price_tables import amount_column
from cardkit.render.table import Bar, Cell, Column, Row, Table
from cardkit.solve.analysis import Analysis, CellAnalysis, Edge, FrontProduct
from cardkit.solve.histogram import Histogram
from cardkit.solve.policies import Proof

NONE = Text("无", "none")
UNKNOWN = Text("未证明", "not proved")


def headline(analysis: Analysis) -> Text:
    """How many products there are, in one line."""
    cells = analysis.cells
    sold = sum(cell.products != 0 for cell in cells)
    modules = len(analysis.combinations.choices.problem.variables)
    number = UNKNOWN if analysis.total is None else same(f"{analysis.total:,}")
    cards, segments = analysis.combinations.all_cards, analysis.combinations.all_segments
    return Text(
        f"可售产品 {number.zh} 个（卡 {len(cards)}，客群 {len(segments)}，"
        f"有售的卡与客群搭配 {sold}，用到的模块 {modules}）",
        f"{number.en} products may be sold (cards {len(cards)}, segments {len(segments)}, "
        f"pairs of them with anything on sale {sold}, modules {modules})",
    )


def cells_table(analysis: Analysis, title: Text | None = None) -> Table:
    """A row for each card and segment; with a title, for people, only those where something is sold."""
    catalog = analysis.combinations.day.catalog
    people = title is not None
    columns = [
        Column("segment", Text("客群", "segment"), whole=not people),
        Column("card", Text("卡", "card"), whole=not people),
        Column("products", Text("产品数", "products"), "count"),
        amount_column("worst", "最低贡献", "lowest contribution"),
        amount_column("best", "最高贡献", "highest contribution"),
        amount_column("worst_customer_net", "最低客户净值", "lowest customer net"),
    ]
    if not people:
        columns += [
            Column("worst_product", Text("贡献最低的产品", "product that contributes least"), whole=True),
            Column("best_product", Text("贡献最高的产品", "product that contributes most"), whole=True),
            Column("worst_customer_product", Text("客户净值最低的产品", "product worth least"), whole=True),
        ]
    ordered = sorted(
        analysis.cells, key=lambda cell: (analysis.combinations.all_segments.index(cell.segment), cell.card)
    )
    rows = []
    for cell in ordered:
        if people and cell.products == 0:
            continue
        edges = (cell.worst, cell.best, cell.worst_customer)
        names: tuple[Cell, ...] = (same(cell.segment), same(cell.card))
        if people:
            names = (catalog.segments[cell.segment].name, catalog.cards[cell.card].name)
        cells: tuple[Cell, ...] = (*names, UNKNOWN if cell.products is None else cell.products)
        cells += tuple(_amount(edge) for edge in edges)
        if not people:
            cells += tuple(_product(edge) for edge in edges)
        rows.append(Row(cells))
    return Table(title, tuple(columns), tuple(rows))


def _amount(edge: Edge | None) -> Cell:
    if edge is None:
        return None
    if edge.proved:
        return edge.amount
    return UNKNOWN


def _product(edge: Edge | None) -> Cell:
    return None if edge is None or edge.product is None else same(str(edge.product))


def edges_table(analysis: Analysis) -> Table:
    """The three products at the edges of everything that may be sold."""
    columns = (
        Column("edge", Text("边缘", "edge"), wrapped=True),
        amount_column("amount", "金额", "amount"),
        Column("product", Text("产品", "product"), wrapped=True),
    )
    kinds = (
        (Text("贡献最低", "lowest contribution"), "worst", False),
        (Text("贡献最高", "highest contribution"), "best", True),
        (Text("客户净值最低", "lowest customer net"), "worst_customer", False),
    )
    rows = []
    for name, attribute, highest in kinds:
        edges = [getattr(cell, attribute) for cell in analysis.cells]
        edge = _outermost([edge for edge in edges if edge is not None], highest=highest)
        if edge is not None:
            rows.append(Row((name, edge.amount, same(str(edge.product)))))
        elif any(edge is not None for edge in edges):
            rows.append(Row((name, UNKNOWN, same(""))))
    return Table(None, columns, tuple(rows))


def _outermost(edges: Sequence[Edge], *, highest: bool) -> Edge | None:
    """The edge of all cells; None where one of them isn't proved."""
    if not edges or not all(edge.proved for edge in edges):
        return None
    pick = max if highest else min
    return pick(edges, key=lambda edge: edge.amount or 0)


def structure_lines(analysis: Analysis) -> list[Text]:
    """What the rules make of the catalog, a line for each kind of thing; empty kinds are said too."""
    catalog = analysis.combinations.day.catalog
    always = _always(analysis.cells)
    unreachable = [
        same(each.id)
        + Text("（", " (")
        + joined([same(refusal.rule) for refusal in each.refusals])
        + (Text("；只有再加模块才能买", "; only with more modules") if each.within else same(""))
        + Text("）", ")")
        for each in analysis.unreachable
    ]
    told = [
        (
            "dead_modules",
            Text("没有任何产品包含的在售模块", "modules on sale that no product has"),
            [same(name) for name in analysis.dead_modules],
        ),
        ("products", Text("某张卡的产品都有的模块", "modules that all products of a card have"), always),
        (
            "only_together",
            Text("只能一起卖的模块", "modules only sold together"),
            [same(" + ".join(names)) for names in analysis.only_together],
        ),
        (
            "idle_rules",
            Text("去掉也不影响可售产品的规则", "rules that never matter"),
            [same(name) for name in analysis.idle_rules],
        ),
        (
            "unreachable",
            Text("买不到的组合和已存产品", "bundles and saved products that can't be bought"),
            unreachable,
        ),
        (
            "products",
            Text("没有产品可买的客群", "segments with nothing to buy"),
            [catalog.segments[name].name for name in analysis.empty_segments],
        ),
    ]
    return [
        name
        + Text("：", ": ")
        + (unfinished(analysis, question) if question in analysis.unfinished else _list(found))
        for question, name, found in told
    ]


def unfinished(analysis: Analysis, question: str) -> Text:
    """That a question wasn't answered, and why."""
    limit = LIMITS.get(analysis.unfinished[question], NONE)
    return Text(f"未证明（到了{limit.zh}）", f"not proved ({limit.en} was reached)")


def _list(found: Sequence[Text]) -> Text:
    return joined(list(found)) if found else NONE


def _always(cells: Iterable[CellAnalysis]) -> list[Text]:
    """Each card that always comes with modules, wherever it is sold."""
    by_card: dict[str, set[str]] = {}
    for cell in cells:
        if cell.products:
            by_card[cell.card] = by_card.get(cell.card, set(cell.always)) & set(cell.always)
    return [
        same(card) + Text("（", " (") + same(", ".join(sorted(modules))) + Text("）", ")")
        for card, modules in by_card.items()
        if modules
    ]


def policies_table(proofs: Sequence[Proof], catalog: Catalog, title: Text) -> Table:
    """For each policy the segments where it is proved in one row, with the closest product; others alone."""
    columns = (
        Column("policy", Text("政策", "policy"), whole=True),
        Column("segment", Text("客群", "segment")),
        Column("status", Text("结论", "verdict")),
        Column("bound", Text("界限", "bound")),
        Column("worst", Text("最接近", "closest")),
        Column("breaking", Text("违反的产品", "products against it"), "count", droppable=2),
        Column("product", Text("哪个产品", "which product"), wrapped=True, droppable=1),
    )
    rows = []
    for alike in _by_policy(proofs):
        proved = [proof for proof in alike if proof.status == "proved"]
        if proved:
            closest = min(proved, key=lambda proof: (proof.room is None, proof.room or 0))
            name = catalog.segments[closest.segment].name
            if len(proved) > 1:
                name = Text(
                    f"{len(proved)} 个客群，最接近：{name.zh}", f"{len(proved)} segments, closest: {name.en}"
                )
            rows.append(Row(_policy_cells(closest, name)))
        rows += [
            Row(_policy_cells(proof, catalog.segments[proof.segment].name), "highlight")
            for proof in alike
            if proof.status != "proved"
        ]
    return Table(title, columns, tuple(rows))


def _by_policy(proofs: Sequence[Proof]) -> list[list[Proof]]:
    """The proofs of each policy and side together."""
    found: dict[tuple[str, str], list[Proof]] = {}
    for proof in proofs:
        found.setdefault((proof.policy, proof.side), []).append(proof)
    return list(found.values())


def _policy_cells(proof: Proof, segment: Text) -> tuple[Cell, ...]:
    product = None if proof.worst is None else same(str(proof.worst))
    return (
        same(proof.policy),
        segment,
        STATUS[proof.status],
        bound_of(proof),
        measured(proof),
        proof.breaking,
        product,
    )


STATUS: dict[str, Text] = {
    "proved": Text("已证明", "proved"),
    "refuted": Text("被推翻", "refuted"),
    "not_proved": UNKNOWN,
}


def bound_of(proof: Proof) -> Text:
    """The bound with its sign: `≥ 0.00`, `≤ 80%`."""
    sign = "≥ " if proof.side == "least" else "≤ "
    return same(sign) + _value(proof, proof.bound)


def measured(proof: Proof) -> Text | None:
    """What the policy measures of the worst product."""
    if proof.ratio is not None and proof.amount is None:
        return _value(proof, proof.ratio)
    if proof.amount is None:
        return None
    divisor = 1 if proof.worst is None else 100
    return _value(proof, Fraction(proof.amount, divisor))


def _value(proof: Proof, value: Fraction) -> Text:
    if proof.is_ratio:
        return same(f"{float(value):.1%}")
    if proof.is_number:
        return same(f"{int(value):,}")
    return same(f"{float(value):,.2f}")


def histogram_table(found: Histogram, title: Text | None) -> Table:
    """A row for each stretch of amounts: how many products lie in it, and their share."""
    columns = (
        amount_column("from", "从", "from"),
        amount_column("to", "到（不含）", "to (exclusive)"),
        Column("products", Text("产品数", "products"), "count"),
        Column("share", Text("占比", "share"), "percent", decimals=1),
        Column("bar", same(""), "bar", droppable=1),
    )
    rows = []
    for low, high, number in found.stretches():
        share = Fraction(number, found.total) if found.total else Fraction(0)
        bar = Bar(Fen(0), Fen(int(share * 100_000))) if number else None
        rows.append(Row((low, high, number, share, bar)))
    return Table(title, columns, tuple(rows))


def front_table(found: Sequence[FrontProduct], title: Text | None) -> Table:
    """The products that are best for bank and customer at once."""
    columns = (
        Column("product", Text("产品", "product"), wrapped=True),
        amount_column("contribution", "贡献", "contribution"),
        amount_column("customer_net", "客户净值", "customer net"),
    )
    rows = tuple(Row((same(str(each.product)), each.contribution, each.customer_net)) for each in found)
    return Table(title, columns, rows)
