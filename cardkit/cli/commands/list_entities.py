"""`cardkit list`: what there is of a kind."""

from collections.abc import Callable
from typing import Annotated

from cardkit.cli.options import DATA_FORMATS, argument, chosen, format_option, table_format
from cardkit.cli.session import Session
from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Language, Text, same
from cardkit.model.catalog import Catalog
from cardkit.model.expression import nearest
from cardkit.model.kinds import KINDS, Kind
from cardkit.render.data_json import envelope
from cardkit.render.entity_tables import kinds_table, list_table
from cardkit.render.table_json import table_objects


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = argument(
        "种类，如 modules；不写则列出各种类的数目",
        "A kind, such as modules; without one, how many of each",
        "[KIND]",
        language,
    )

    def run(
        session: Session,
        kind: Annotated[str | None, about] = None,
        format_: format_option(language) = None,  # type: ignore[valid-type]  # the help's language decides it
    ) -> int:
        return _run(session, kind, format_)

    return run


def _run(session: Session, word: str | None, form: str | None) -> int:
    catalog = session.catalog()
    _ = catalog.settings
    console = session.console
    chosen_form = chosen(form, DATA_FORMATS, console.default_format)
    notes = (session.about(catalog), *_broken(catalog))
    table = (
        kinds_table(catalog, notes)
        if word is None
        else list_table(catalog, _kind(word), session.as_of, notes)
    )
    if chosen_form == "json":
        items = table_objects(table, console.language)
        console.document(envelope(1, session.stamp(catalog), session.as_of, items=items))
    else:
        console.table(table, table_format(chosen_form, console))
    return 0


def _kind(word: str) -> Kind:
    for kind in KINDS:
        if word in (kind.word, kind.folder, f"{kind.word}s"):
            return kind
    known = [kind.word for kind in KINDS]
    close = nearest(word.rstrip("s"), known)
    raise CardkitError(
        Text(f"没有 {word} 这一类", f"There is no kind {word}"),
        Text("可写：", "write one of: ") + same(", ".join(close or known)),
    )


def _broken(catalog: Catalog) -> tuple[Text, ...]:
    if not catalog.broken:
        return ()
    names = ", ".join(sorted(catalog.broken)[:8])
    return (
        Text(f"有错未列出：{names}（见 validate）", f"left out because of faults: {names} (see validate)"),
    )
