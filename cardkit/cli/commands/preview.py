"""`cardkit preview`: the page that the customer will read."""

from collections.abc import Callable
from typing import Annotated

import typer

from cardkit.cli.options import argument, chosen, format_option
from cardkit.cli.session import Session
from cardkit.ground.text import Language, Text
from cardkit.model.expression import unknown
from cardkit.model.sellable import refusals, sellable_segments
from cardkit.preview.project import sheet_of
from cardkit.render import sheet_json, sheet_markdown, sheet_terminal

FORMATS = ("table", "md", "json")


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = argument("产品：CARD+MODULE@SEGMENT", "CARD+MODULE@SEGMENT", "PRODUCT", language)
    added = Text("同时展示这个活动，可重复", "Show a campaign too; may be repeated").to(language)

    def run(
        session: Session,
        product: Annotated[str, about],
        with_: Annotated[list[str] | None, typer.Option("--with", metavar="CAMPAIGN", help=added)] = None,
        format_: format_option(language, FORMATS) = None,  # type: ignore[valid-type]  # the help's language decides
    ) -> int:
        return _run(session, product, with_ or [], format_)

    return run


def _run(session: Session, expression: str, added: list[str], word: str | None) -> int:
    form = chosen(word, FORMATS, "table")
    catalog = session.usable()
    for campaign in added:
        if campaign not in catalog.campaigns:
            raise unknown(catalog, campaign, ("campaign",))
    named = session.products(catalog, [expression])[0]
    product, campaigns = named.product, tuple(dict.fromkeys((*named.campaigns, *added)))
    sheet = sheet_of(catalog, product, session.as_of, campaigns)
    console = session.console
    if form == "json":
        console.document(sheet_json.document(sheet, console.language))
    elif form == "md":
        console.data(sheet_markdown.render(sheet, console.language))
    else:
        page = sheet_terminal.render(sheet, console.language, columns=console.columns, glyphs=console.glyphs)
        console.data(page)
    if product.segment is None:
        return 0 if sellable_segments(catalog, product, session.as_of) else 1
    return 1 if refusals(catalog, product, session.as_of) else 0
