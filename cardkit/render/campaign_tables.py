"""What a campaign costs over its window: by segment, by right, against its budget, and who pays."""

from fractions import Fraction

from cardkit.ground.money import Fen, plain_number, to_yuan
from cardkit.ground.text import Text, same
from cardkit.model.catalog import Catalog
from cardkit.pricing.campaign_cost import CampaignCost, RightCost
from cardkit.render.price_tables import amount_column
from cardkit.render.table import Cell, Column, Row, Table

PAYERS = {"bank": Text("银行", "bank"), "network": Text("卡组织", "network")}
"""The payers that are no partners of the catalog."""


def campaign_tables(found: CampaignCost, catalog: Catalog) -> tuple[Table, ...]:
    """Three tables: who is addressed, what is granted, who pays."""
    return _segments_table(found, catalog), _rights_table(found), _payers_table(found, catalog)


def _segments_table(found: CampaignCost, catalog: Catalog) -> Table:
    window = found.campaign.window
    since, until = (str(day) if day else "-" for day in (window.since, window.until))
    columns = (
        Column("segment", Text("客群", "segment")),
        Column("targeted", Text("目标客户", "targeted customers"), "count"),
        amount_column(
            "per_targeted", "每目标客户成本", "cost per targeted customer", signed=False, per_customer=True
        ),
        amount_column("cost", "预计成本", "expected cost", signed=False),
    )
    rows = [
        Row((catalog.segments[one.segment].name, one.targeted, one.per_targeted, one.cost))
        for one in found.segments
    ]
    rows.append(Row((Text("合计", "in all"), found.targeted, found.per_targeted, found.cost), "total"))
    title = Text(
        f"整个活动的预计成本（{since} 至 {until}）",
        f"Expected cost of the whole campaign ({since} to {until})",
    )
    return Table(title, columns, tuple(rows))


def _rights_table(found: CampaignCost) -> Table:
    columns = (
        Column("right", Text("权益", "right")),
        amount_column("cost", "预计成本", "expected cost", signed=False),
        Column("units", Text("预计发放", "expected units"), "count"),
        Column("of_quota", Text("占总名额", "of the quota"), "percent", decimals=1),
        Column("pool_full", Text("名额池用满", "pool full to"), "percent", decimals=1),
        Column("granted", Text("需求满足", "demand granted"), "percent", decimals=1),
    )
    quota = any(right.of_quota is not None for right in found.rights)
    pooled = any(right.pool is not None for right in found.rights)
    shown = [at for at in range(len(columns)) if at < 3 or (quota if at == 3 else pooled)]
    rows = tuple(Row(tuple(_right(right)[at] for at in shown)) for right in found.rights)
    notes = (_quota_note(),) if quota else ()
    return Table(None, tuple(columns[at] for at in shown), rows, notes)


def _right(right: RightCost) -> tuple[Cell, ...]:
    pool = right.pool
    return (
        right.benefit.name,
        right.cost,
        None if right.units is None else round(right.units),
        right.of_quota,
        None if pool is None else pool.full,
        None if pool is None else pool.granted,
    )


def _quota_note() -> Text:
    return Text(
        "总名额不分权益：每项权益的预计发放各自与它相比",
        "the quota isn't tied to a right: each right's expected units are held against it",
    )


def _payers_table(found: CampaignCost, catalog: Catalog) -> Table:
    budget = found.budget
    columns = [
        Column("payer", Text("谁承担", "who pays")),
        amount_column("amount", "金额", "amount", signed=False),
        Column("share", Text("占比", "share"), "percent", decimals=1),
    ]
    if budget is not None:
        columns.append(Column("of_budget", Text("占预算", "of the budget"), "percent", decimals=1))
    rows = [Row(_paid(payer_name(payer, catalog), amount, found)) for payer, amount in found.payers]
    rows.append(Row(_paid(Text("合计", "in all"), found.cost, found), "total"))
    if budget is not None:
        rows.append(Row(_paid(Text("预算", "budget"), budget, found, share=False)))
    return Table(None, tuple(columns), tuple(rows), _notes(found))


def _paid(name: Text, amount: Fen, found: CampaignCost, *, share: bool = True) -> tuple[Cell, ...]:
    part = Fraction(amount, found.cost) if share and found.cost else None if share else same("")
    cells: tuple[Cell, ...] = (name, amount, part)
    if found.budget is None:
        return cells
    return (*cells, Fraction(amount, found.budget) if found.budget else None)


def _notes(found: CampaignCost) -> tuple[Text, ...]:
    notes = [
        Text(
            "每项权益单独计算，放在各客群的参考卡上；不计与其他权益的相互作用",
            "each right alone, on the reference card of each segment; without what other rights change",
        )
    ]
    if found.income:
        income = f"{to_yuan(found.income):,}"
        notes.append(
            Text(
                f"活动另带来收入 {income} 元，未从成本中扣除",
                f"it also brings revenue of CNY {income}, not taken off the cost",
            )
        )
    if found.open_ended:
        notes.append(
            Text("活动期没有起止日：按一年计", "the window has an open end: the cost is that of one year")
        )
    days = "、".join(map(str, found.days))
    notes.append(Text(f"按 {days} 的数值", f"at the values of {days.replace('、', ' and ')}"))
    return tuple(notes)


def payer_name(payer: str, catalog: Catalog) -> Text:
    """What a payer is called: a partner by its name."""
    partner = catalog.partners.get(payer)
    return PAYERS.get(payer, same(payer)) if partner is None else partner.name


def campaign_rows(found: CampaignCost) -> tuple[Row, ...]:
    """The same as keys and values, for the table of an entity's keys that programs get."""
    pairs: list[tuple[str, str]] = [
        ("cost.total", _yuan(found.cost)),
        ("cost.targeted", str(found.targeted)),
        ("cost.per_targeted", _yuan(found.per_targeted)),
        ("cost.budget", _yuan(found.budget)),
        ("cost.income", _yuan(found.income)),
    ]
    for one in found.segments:
        head = f"cost.segments.{one.segment}"
        pairs += [
            (f"{head}.targeted", str(one.targeted)),
            (f"{head}.per_targeted", _yuan(one.per_targeted)),
            (f"{head}.total", _yuan(one.cost)),
        ]
    for right in found.rights:
        head = f"cost.rights.{right.benefit.id}"
        pairs.append((f"{head}.total", _yuan(right.cost)))
        pairs += [(f"{head}.{key}", value) for key, value in right_figures(right).items()]
    pairs += [(f"cost.payers.{payer}", _yuan(amount)) for payer, amount in found.payers]
    return tuple(Row((same(key), same(value))) for key, value in pairs if value)


def right_figures(right: RightCost) -> dict[str, str]:
    """A right's units, quota and pool as decimal numbers, those that it has."""
    pool = right.pool
    figures = {
        "units": right.units,
        "of_quota": right.of_quota,
        "pool_units": None if pool is None else pool.units,
        "pool_demand": None if pool is None else pool.demand,
        "pool_full": None if pool is None else pool.full,
        "demand_granted": None if pool is None else pool.granted,
    }
    return {key: plain_number(value, 6) for key, value in figures.items() if value is not None}


def _yuan(amount: Fen | None) -> str:
    return "" if amount is None else str(to_yuan(amount))
