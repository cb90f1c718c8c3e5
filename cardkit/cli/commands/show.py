"""`cardkit show`: one entity, and what it requires, excludes and is part of."""

from collections.abc import Callable
from typing import Annotated

from cardkit.cli.options import DATA_FORMATS, argument, chosen, format_option, table_format
from cardkit.cli.session import Session
from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Language, Text
from cardkit.model.expression import unknown
from cardkit.model.kinds import KIND_OF_WORD
from cardkit.model.relations import relations
from cardkit.render.data_json import envelope
from cardkit.render.entity_tables import entity_table


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = argument("实体的 id", "The id of an entity", "ID", language)

    def run(
        session: Session,
        entity: Annotated[str, about],
        format_: format_option(language) = None,  # type: ignore[valid-type]  # the help's language decides it
    ) -> int:
        return _run(session, entity, format_)

    return run


def _run(session: Session, name: str, form: str | None) -> int:
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
    if word == "json":
        source = catalog.source_of[name]
        body = {"file": source.file, "entity": source.data, "relations": relations(catalog, name)}
        console.document(envelope(1, session.stamp(catalog), session.as_of, **body))
    else:
        kind = KIND_OF_WORD[entity.kind].name
        notes = (kind + Text(" · ", " · ") + session.about(catalog),)
        console.table(entity_table(catalog, entity, console.language, notes), table_format(word, console))
    return 0
