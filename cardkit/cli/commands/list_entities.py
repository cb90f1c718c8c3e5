"""`cardkit list`: what there is of a kind."""

from collections.abc import Callable
from typing import Annotated

import typer

from cardkit.cli.options import DATA_FORMATS, argument, chosen, format_option, table_format
from cardkit.cli.session import Session
from cardkit.ground.errors import CardkitError
from cardkit.ground.safe import one_line
from cardkit.ground.text import Language, Text, joined, same
from cardkit.model.catalog import Catalog
from cardkit.model.expression import nearest, unknown
from cardkit.model.kinds import KINDS, Kind
from cardkit.model.selection import Wanted, selected
from cardkit.render.data_json import envelope
from cardkit.render.entity_tables import kinds_table, list_table
from cardkit.render.found_tables import ending_table, found_table
from cardkit.render.table_json import table_objects

MOST_DIGITS = 6
"""Digits of a number of days: no catalog looks further ahead."""


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = argument(
        "种类，如 modules；不写则列出各种类的数目",
        "A kind, such as modules; without one, how many of each",
        "[KIND]",
        language,
    )

    said = Text(
        "编号、名称或说明里有这段文字（中英文，不分大小写）", "With this text in id, names or description"
    ).to(language)
    owned = Text("由这位负责人负责", "That this owner answers for").to(language)
    naming = Text("提到这个合作方的", "That name this partner anywhere").to(language)
    ending = Text("多少天内到期（含），如 90d；按末日排序", "That end within so many days, such as 90d").to(
        language
    )

    def run(
        session: Session,
        kind: Annotated[str | None, about] = None,
        search: Annotated[str | None, typer.Option(metavar="TEXT", help=said)] = None,
        owner: Annotated[str | None, typer.Option(metavar="OWNER", help=owned)] = None,
        partner: Annotated[str | None, typer.Option(metavar="PARTNER", help=naming)] = None,
        expiring: Annotated[str | None, typer.Option(metavar="DAYS", help=ending)] = None,
        format_: format_option(language) = None,  # type: ignore[valid-type]  # the help's language decides it
    ) -> int:
        days = None if expiring is None else _days(expiring)
        return _run(session, kind, Wanted(search, owner, partner, days), format_)

    return run


def _run(session: Session, word: str | None, wanted: Wanted, form: str | None) -> int:
    catalog = session.catalog()
    _ = catalog.settings
    console = session.console
    chosen_form = chosen(form, DATA_FORMATS, console.default_format)
    kind = None if word is None else _kind(word)
    if wanted.partner is not None and wanted.partner not in (*catalog.partners, *catalog.broken):
        raise unknown(catalog, wanted.partner, ("partner",))
    found = selected(catalog, wanted, session.as_of, None if kind is None else kind.word)
    notes = (session.about(catalog), *_broken(catalog))
    if wanted.expiring_days is not None:
        table = ending_table(found, session.as_of, notes)
    elif kind is not None:
        table = list_table(catalog, kind, found, session.as_of, notes)
    else:
        table = found_table(found, notes) if wanted else kinds_table(catalog, notes)
    if wanted and not found:
        console.message(_nothing(catalog, wanted, kind))
    if chosen_form == "json":
        items = table_objects(table, console.language)
        console.document(envelope(1, session.stamp(catalog), session.as_of, items=items))
    elif found or chosen_form in ("tsv", "csv"):
        console.table(table, table_format(chosen_form, console))
    return 0


def _days(written: str) -> int:
    """`90d` or `90`; raises CardkitError for anything else."""
    digits = written.removesuffix("d")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
        raise CardkitError(
            Text(f"看不懂 --expiring {one_line(written)}", f"Can't read --expiring {one_line(written)}"),
            Text("写天数，如 --expiring 90d", "write a number of days, such as --expiring 90d"),
        )
    return int(digits)


def _nothing(catalog: Catalog, wanted: Wanted, kind: Kind | None) -> Text:
    """That nothing was found; where the owner isn't one, who is."""
    what = Text("实体", "entity") if kind is None else kind.name
    message = Text(f"没有符合条件的{what.zh}", f"no {what.en} meets the conditions")
    owners = {entity.owner for entity in catalog.entities.values()}
    if wanted.owner is None or wanted.owner.casefold() in {owner.casefold() for owner in owners}:
        return message
    close = nearest(wanted.owner, owners) or sorted(owners)
    return message + Text("；负责人有：", "; owners are: ") + joined([same(one) for one in close])


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
