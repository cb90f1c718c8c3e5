"""`cardkit compare`: what differs between two to four products, for the bank and for the customer."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

import typer

from cardkit.cli.console import Console
from cardkit.cli.offered import in_one_segment, tell_uncounted
from cardkit.cli.options import (
    DATA_FORMATS,
    argument,
    chosen,
    format_option,
    table_format,
)
from cardkit.cli.session import Session
from cardkit.cli.view import chosen_view, view_notes, view_option
from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Language, Text
from cardkit.model.catalog import Catalog
from cardkit.pricing.compare import Comparison, compare
from cardkit.pricing.setting import Day, View
from cardkit.render.compare_data import comparison_data
from cardkit.render.compare_json import comparison_body
from cardkit.render.compare_tables import (
    bank_table,
    customer_table,
    legend_table,
    modules_table,
)
from cardkit.render.data_json import envelope
from cardkit.render.table import Table

LEAST, MOST = 2, 4


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = argument(
        "两到四个产品：CARD+MODULE@SEGMENT；差额都对第一个",
        "Two to four of CARD+MODULE@SEGMENT; differences are against the first",
        "PRODUCT…",
        language,
    )
    rest = Text("相同的行也列出", "Show the lines that are the same too").to(language)

    def run(
        session: Session,
        products: Annotated[list[str], about],
        everything: Annotated[bool, typer.Option("--all", help=rest)] = False,
        view: view_option(language) = "steady",  # type: ignore[valid-type]  # the help's language decides it
        format_: format_option(language) = None,  # type: ignore[valid-type]  # as above
    ) -> int:
        return _run(session, products, everything, chosen_view(view), format_)

    return run


def _run(session: Session, expressions: list[str], everything: bool, view: View, word: str | None) -> int:
    console = session.console
    form = chosen(word, DATA_FORMATS, console.default_format)
    if not LEAST <= len(expressions) <= MOST:
        raise CardkitError(
            Text(
                f"要比较两到四个产品，这里有 {len(expressions)} 个",
                f"{len(expressions)} given; two to four can be compared",
            ),
            Text("写成 cardkit compare A@SEGMENT B@SEGMENT", "write: cardkit compare A@SEGMENT B@SEGMENT"),
        )
    catalog = session.usable()
    day = Day(catalog, session.as_of, view=view)
    offered = in_one_segment(session, catalog, expressions)
    for named in offered:
        tell_uncounted(session, day, named.campaigns, (named.product.segment or "",))
    found = compare(day, offered)
    notes = view_notes(session, view)
    if form == "json":
        body = comparison_body(catalog.settings.currency, found, everything=everything)
        console.document(envelope(1, session.stamp(catalog), session.as_of, **body))
    elif form in ("tsv", "csv"):
        console.table(comparison_data(found, everything=everything), table_format(form, console))
    else:
        _shown(session, catalog, found, form, everything=everything, notes=notes)
    return 0 if all(price.sellable for price in found.prices) else 1


def _shown(
    session: Session,
    catalog: Catalog,
    found: Comparison,
    form: str,
    *,
    everything: bool,
    notes: tuple[Text, ...],
) -> None:
    console = session.console
    title = Text("比较，每活跃持有人每年", "Comparison, per active holder and year")
    tables = [legend_table(found, title)]
    if (modules := modules_table(found)) is not None:
        tables.append(modules)
    sides = [make(found, everything=everything) for make in (bank_table, customer_table)]
    if form == "table" and not _all_fit(console, sides):
        sides = [make(found, everything=everything, amounts=False) for make in (bank_table, customer_table)]
    tables += sides
    tables[-1] = replace(tables[-1], notes=(*tables[-1].notes, *notes, session.about(catalog)))
    for at, table in enumerate(tables):
        if at:
            console.data("\n")
        console.table(table, table_format(form, console))


def _all_fit(console: Console, tables: list[Table]) -> bool:
    from cardkit.render.split import fits  # brings rich, which only a terminal waits for

    width, signs = console.columns, console.glyphs
    return all(fits(table, console.language, columns=width, glyphs=signs) for table in tables)
