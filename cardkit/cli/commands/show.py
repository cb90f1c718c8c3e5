"""`cardkit show`: one entity, and what it requires, excludes and is part of."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from cardkit.cli.options import (
    DATA_FORMATS,
    argument,
    chosen,
    chosen_unit,
    format_option,
    table_format,
    unit_option,
)
from cardkit.cli.session import Session
from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Language, Text
from cardkit.model.campaign import Campaign
from cardkit.model.catalog import Catalog
from cardkit.model.expression import unknown
from cardkit.model.kinds import KIND_OF_WORD
from cardkit.model.relations import relations
from cardkit.pricing.campaign_cost import CampaignCost, campaign_cost
from cardkit.pricing.setting import Day
from cardkit.render.campaign_json import campaign_object
from cardkit.render.campaign_tables import campaign_rows, campaign_tables
from cardkit.render.data_json import envelope
from cardkit.render.entity_tables import entity_table
from cardkit.render.table import Table, Unit


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = argument("实体的 id", "The id of an entity", "ID", language)

    def run(
        session: Session,
        entity: Annotated[str, about],
        unit: unit_option(language) = None,  # type: ignore[valid-type]  # the help's language decides it
        format_: format_option(language) = None,  # type: ignore[valid-type]  # as above
    ) -> int:
        return _run(session, entity, chosen_unit(unit, "yuan"), format_)

    return run


def _run(session: Session, name: str, unit: Unit, form: str | None) -> int:
    catalog = session.catalog()
    _ = catalog.settings
    if name in catalog.broken:
        file = catalog.source_of[name].file
        raise CardkitError(
            Text(f"{name} 的文件有错：{file}", f"{name} can't be shown: its file {file} has faults"),
            Text("先运行 cardkit validate", "run: cardkit validate"),
        )
    if name not in catalog.entities:
        raise unknown(catalog, name)
    entity = catalog.entities[name]
    console = session.console
    word = chosen(form, DATA_FORMATS, console.default_format)
    cost = _cost(session, catalog, entity) if isinstance(entity, Campaign) else None
    if word == "json":
        source = catalog.source_of[name]
        body: dict[str, Any] = {
            "file": source.file,
            "entity": source.data,
            "relations": relations(catalog, name),
        }
        if isinstance(entity, Campaign):
            body["campaign_cost"] = None if cost is None else campaign_object(cost)
        console.document(envelope(1, session.stamp(catalog), session.as_of, **body))
        return 0
    notes = (KIND_OF_WORD[entity.kind].name + Text(" · ", " · ") + session.about(catalog),)
    table = entity_table(catalog, entity, console.language, notes)
    below: tuple[Table, ...] = ()
    if cost is not None and word in ("tsv", "csv"):
        table = replace(table, rows=(*table.rows, *campaign_rows(cost)))
    elif cost is not None:
        table, below = replace(table, notes=()), campaign_tables(cost, catalog)
        below = (*below[:-1], replace(below[-1], notes=(*below[-1].notes, *notes)))
    console.table(table, table_format(word, console))
    for each in below:
        console.data("\n")
        console.table(each, table_format(word, console), unit=unit)
    return 0


def _cost(session: Session, catalog: Catalog, campaign: Campaign) -> CampaignCost | None:
    """What a campaign costs; None, and the reason on the error stream, where it can't be told."""
    try:
        return campaign_cost(Day(catalog, session.as_of), campaign)
    except CardkitError as error:
        session.console.message(Text("警告：成本算不出：", "warning: not costed: ") + error.message)
        return None
