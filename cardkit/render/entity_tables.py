"""What there is, as tables: kinds, the entities of a kind, one entity whole."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from cardkit.ground.money import Fen, to_fen
from cardkit.ground.shape.figure import Figure
from cardkit.ground.text import Language, Text, joined, same
from cardkit.mechanics.common import Window
from cardkit.model.catalog import Catalog
from cardkit.model.entity import Entity
from cardkit.model.kinds import KINDS, Kind
from cardkit.model.relations import RELATIONS, relations
from cardkit.render.price_tables import amount_column
from cardkit.render.table import Cell, Column, Row, Table

STATUS = {
    "draft": Text("草稿", "draft"),
    "pilot": Text("试点", "pilot"),
    "live": Text("生效", "live"),
    "retired": Text("停用", "retired"),
}

STAGES = {
    "activation": Text("激活", "activation"),
    "retention": Text("留存", "retention"),
    "upgrade": Text("升值", "upgrade"),
    "win-back": Text("挽回", "win-back"),
}

Extra = tuple[Column, Callable[[Any, Catalog, date], Cell]]


def _column(key: str, zh: str, en: str, *, droppable: int = 0, whole: bool = False) -> Column:
    return Column(key, Text(zh, en), droppable=droppable, whole=whole)


def _fen(figure: Figure, as_of: date) -> Fen | None:
    entry = figure.on(as_of)
    return None if entry is None else to_fen(entry.value)


def _count(figure: Figure, as_of: date) -> int | None:
    entry = figure.on(as_of)
    return None if entry is None else int(entry.value)


def _ids(names: tuple[str, ...]) -> Text:
    return joined([same(name) for name in names])


def _until(window: Window | None) -> Cell:
    return same(str(window.until)) if window is not None and window.until is not None else same("")


EXTRA: Mapping[str, tuple[Extra, ...]] = {
    "card": (
        (_column("tier", "等级", "tier"), lambda card, _c, _d: same(card.tier)),
        (
            amount_column("annual_fee", "年费", "annual fee", signed=False),
            lambda card, _c, day: _fen(card.annual_fee, day),
        ),
        (Column("slots", Text("槽位", "slots"), "count"), lambda card, _c, _d: card.slots),
    ),
    "module": (
        (
            _column("group", "分组", "group", droppable=1),
            lambda module, catalog, _d: (
                catalog.settings.module_groups[module.group].name
                if module.group in catalog.settings.module_groups
                else same(module.group)
            ),
        ),
        (
            amount_column("price", "标价", "price", signed=False),
            lambda module, _c, day: _fen(module.price, day),
        ),
        (Column("slots", Text("槽位", "slots"), "count", droppable=2), lambda module, _c, _d: module.slots),
    ),
    "bundle": (
        (_column("card", "卡", "card", droppable=1, whole=True), lambda bundle, _c, _d: same(bundle.card)),
        (_column("modules", "模块", "modules"), lambda bundle, _c, _d: _ids(bundle.modules)),
        (
            amount_column("discount", "优惠", "discount", signed=False),
            lambda bundle, _c, day: _fen(bundle.discount, day),
        ),
    ),
    "segment": (
        (
            Column("population", Text("客户数", "population"), "count"),
            lambda one, _c, day: _count(one.population, day),
        ),
        (
            _column("reference_card", "参考卡", "reference card", whole=True),
            lambda one, _c, _d: same(one.reference_card),
        ),
    ),
    "partner": (
        (_column("type", "类别", "type"), lambda partner, _c, _d: same(partner.type)),
        (
            _column("contract_until", "合同末日", "contract until"),
            lambda partner, _c, _d: _until(partner.contract),
        ),
    ),
    "campaign": (
        (_column("stage", "阶段", "stage"), lambda campaign, _c, _d: STAGES[campaign.stage]),
        (_column("segments", "客群", "segments", droppable=1), lambda one, _c, _d: _ids(one.target.segments)),
        (_column("until", "末日", "until"), lambda campaign, _c, _d: _until(campaign.window)),
    ),
    "service": ((_column("level", "层级", "level"), lambda service, _c, _d: same(service.level)),),
    "rule": (
        (_column("rule", "类型", "rule"), lambda rule, _c, _d: same(rule.rule)),
        (Column("says", Text("内容", "says"), wrapped=True), lambda rule, _c, _d: same(rule.said())),
    ),
    "interaction": (
        (_column("how", "方式", "how"), lambda group, _c, _d: same(group.how)),
        (_column("members", "成员", "members"), lambda group, _c, _d: _ids(group.members)),
    ),
    "product": ((_column("product", "产品", "product", whole=True), lambda one, _c, _d: same(one.product)),),
    "law": (
        (_column("check", "检查项", "check", whole=True), lambda law, _c, _d: same(law.check)),
        (_column("certainty", "确认程度", "certainty"), lambda law, _c, _d: same(law.certainty)),
        (_column("citation", "出处", "citation", droppable=1), lambda law, _c, _d: same(law.citation)),
    ),
}
"""The columns that a kind has beside id, name and status."""


def kinds_table(catalog: Catalog, notes: tuple[Text, ...]) -> Table:
    """How many of each kind there are."""
    columns = (
        Column("kind", Text("种类", "kind"), whole=True),
        Column("name", Text("名称", "name")),
        Column("count", Text("数目", "count"), "count"),
    )
    rows = tuple(
        Row(
            (
                same(kind.word),
                kind.name,
                sum(entity.kind == kind.word for entity in catalog.entities.values()),
            )
        )
        for kind in KINDS
    )
    return Table(None, columns, rows, notes)


def list_table(
    catalog: Catalog, kind: Kind, entities: Iterable[Entity], as_of: date, notes: tuple[Text, ...]
) -> Table:
    """Entities of one kind: id, name, what matters of the kind, status."""
    extra = EXTRA[kind.word]
    columns = (
        Column("id", same("id"), whole=True),
        Column("name", Text("名称", "name"), droppable=1 if kind.word == "rule" else 0),
        *(column for column, _ in extra),
        Column("status", Text("状态", "status"), droppable=3),
    )
    rows = tuple(
        Row(
            (
                same(entity.id),
                entity.name,
                *(cell(entity, catalog, as_of) for _, cell in extra),
                STATUS[entity.status],
            ),
            "plain" if entity.status in ("live", "pilot") else "muted",
        )
        for entity in entities
    )
    return Table(kind.name, columns, rows, notes)


def entity_table(catalog: Catalog, entity: Entity, language: Language, notes: tuple[Text, ...]) -> Table:
    """Everything that an entity's file says, as it says it, then its relations."""
    columns = (
        Column("key", Text("键", "key"), whole=True),
        Column("value", Text("值", "value"), wrapped=True),
    )
    source = catalog.source_of[entity.id]
    rows = [Row((same(key), same(value))) for key, value in _flat(source.data, "", language)]
    for name, ids in relations(catalog, entity.id).items():
        rows.append(Row((RELATIONS[name], _ids(ids)), "highlight"))
    return Table(
        entity.name + Text("（", " (") + same(source.file) + Text("）", ")"), columns, tuple(rows), notes
    )


def _flat(data: Any, prefix: str, language: Language) -> list[tuple[str, str]]:
    """Nested data as rows of key and value; texts in one language, short lists on one line."""
    if isinstance(data, dict):
        if set(data) == {"zh", "en"}:
            return [(prefix, str(data[language]))]
        return [
            row
            for key, value in data.items()
            for row in _flat(value, f"{prefix}.{key}" if prefix else str(key), language)
        ]
    if isinstance(data, list):
        if all(isinstance(value, str | int) for value in data):
            return [(prefix, ", ".join(str(value) for value in data))]
        return [
            row for index, value in enumerate(data) for row in _flat(value, f"{prefix}.{index}", language)
        ]
    if isinstance(data, bool):
        return [(prefix, "true" if data else "false")]
    return [(prefix, "" if data is None else str(data))]
