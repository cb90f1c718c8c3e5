"""`cardkit preview`: the page that the customer will read."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from cardkit.cli.options import argument, chosen, format_option
from cardkit.cli.session import Session
from cardkit.combine.sellable import refusals, sellable_segments
from cardkit.ground.errors import CardkitError
from cardkit.ground.safe import one_line
from cardkit.ground.text import Language, Text, same
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Named, unknown
from cardkit.preview.project import sheet_of
from cardkit.preview.sheet import Sheet
from cardkit.render import sheet_json, sheet_markdown, sheet_terminal
from cardkit.render.data_json import dumps
from cardkit.source.write import write_text

FORMATS = ("table", "md", "html", "json")
_BY_ENDING = {".html": "html", ".htm": "html", ".md": "md", ".json": "json"}


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = argument("产品：CARD+MODULE@SEGMENT", "CARD+MODULE@SEGMENT", "PRODUCT", language)
    added = Text("同时展示这个活动，可重复", "Show a campaign too; may be repeated").to(language)
    file = Text(
        "写到这个文件；格式不写则看后缀：.html、.md、.json",
        "Write to this file; its ending says the format: .html, .md, .json",
    ).to(language)

    def run(
        session: Session,
        product: Annotated[str, about],
        with_: Annotated[list[str] | None, typer.Option("--with", metavar="CAMPAIGN", help=added)] = None,
        format_: format_option(language, FORMATS) = None,  # type: ignore[valid-type]  # the help's language decides
        output: Annotated[Path | None, typer.Option(metavar="FILE", help=file)] = None,
    ) -> int:
        form = _form(format_, output)
        catalog = session.usable()
        for campaign in with_ or ():
            if campaign not in catalog.campaigns:
                raise unknown(catalog, campaign, ("campaign",))
        named = session.products(catalog, [product])[0]
        sheet = _sheet(session, catalog, named, tuple(with_ or ()))
        if output is None:
            _show(session, catalog, sheet, form, language)
        else:
            write_text(output, _page(session, catalog, sheet, form, language))
            session.console.message(Text(f"已写 {output}", f"wrote {output}"))
        return _code(session, catalog, named)

    return run


def _form(word: str | None, output: Path | None) -> str:
    """The format: as asked for, else by the file's ending; raises CardkitError where a file can't have it."""
    if output is None:
        return chosen(word, FORMATS, "table")
    form = chosen(word, FORMATS, _BY_ENDING.get(output.suffix.lower(), "table"))
    if form == "table":
        name = one_line(str(output))
        raise CardkitError(
            Text(f"不知道 {name} 该用什么格式", f"No format says what {name} should hold"),
            Text("可写：--format ", "write one of: --format ") + same("html|md|json"),
        )
    return form


def _sheet(session: Session, catalog: Catalog, named: Named, added: tuple[str, ...]) -> Sheet:
    campaigns = tuple(dict.fromkeys((*named.campaigns, *added)))
    sheet = sheet_of(catalog, named.product, session.as_of, campaigns)
    if not session.overlay:
        return sheet
    return replace(sheet, version=replace(sheet.version, assumed=session.what_if))


def _show(session: Session, catalog: Catalog, sheet: Sheet, form: str, language: Language) -> None:
    console = session.console
    if form == "table":
        page = sheet_terminal.render(sheet, console.language, columns=console.columns, glyphs=console.glyphs)
        console.data(page)
    elif form == "json":
        console.document(sheet_json.document(sheet, console.language, session.stamp(catalog).overlay))
    elif form == "html":
        from cardkit.render.sheet_html import in_ascii

        # A page carries its own encoding, so it keeps its language whatever the stream can show.
        html = _page(session, catalog, sheet, form, language)
        console.data(html if console.is_unicode else in_ascii(html))
    else:
        console.data(_page(session, catalog, sheet, form, console.language))


def _page(session: Session, catalog: Catalog, sheet: Sheet, form: str, language: Language) -> str:
    """The page as a file holds it."""
    if form == "html":
        from cardkit.render import sheet_html  # with Jinja2, which only this format needs

        return sheet_html.render(sheet, language)
    if form == "json":
        return dumps(sheet_json.document(sheet, language, session.stamp(catalog).overlay))
    return sheet_markdown.render(sheet, language)


def _code(session: Session, catalog: Catalog, named: Named) -> int:
    """1 where the product may not be sold: without a segment, where no segment may have it."""
    product = named.product
    if product.segment is None:
        return 0 if sellable_segments(catalog, product, session.as_of) else 1
    return 1 if refusals(catalog, product, session.as_of) else 0
