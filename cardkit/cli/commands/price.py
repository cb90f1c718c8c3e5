"""`cardkit price`: what products earn and cost, for the bank and for the customer."""

from collections.abc import Callable
from typing import Annotated

import typer

from cardkit.cli.options import DATA_FORMATS, argument, chosen, format_option, table_format
from cardkit.cli.session import Session
from cardkit.ground.errors import CardkitError
from cardkit.ground.safe import one_line
from cardkit.ground.text import Language, Text, same
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Named, unknown
from cardkit.pricing.price import Price, addressed, price
from cardkit.pricing.setting import Day
from cardkit.render.data_json import envelope
from cardkit.render.price_explain import explain
from cardkit.render.price_json import price_body
from cardkit.render.price_tables import customer_table, data_table, rows_table, verdict, waterfall


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = argument(
        "产品：CARD+MODULE+MODULE@SEGMENT，可写多个",
        "CARD+MODULE+MODULE@SEGMENT, one or more",
        "PRODUCT…",
        language,
    )
    detail = Text("逐行写出算式、输入和来源", "Show the arithmetic of each line, with inputs and sources").to(
        language
    )
    added = Text("同时计入这个活动，可重复", "Count a campaign in; may be repeated").to(language)

    def run(
        session: Session,
        products: Annotated[list[str], about],
        explain: Annotated[bool, typer.Option("--explain", help=detail)] = False,
        with_: Annotated[list[str] | None, typer.Option("--with", metavar="CAMPAIGN", help=added)] = None,
        format_: format_option(language) = None,  # type: ignore[valid-type]  # the help's language decides it
    ) -> int:
        return _run(session, products, explain, with_ or [], format_)

    return run


def _run(
    session: Session, expressions: list[str], arithmetic: bool, added: list[str], word: str | None
) -> int:
    catalog = session.usable()
    for campaign in added:
        if campaign not in catalog.campaigns:
            raise unknown(catalog, campaign, ("campaign",))
    named = session.products(catalog, expressions)
    day = Day(catalog, session.as_of)
    prices: list[Price] = []
    passed = True
    for one in named:
        found = _prices(session, day, one, tuple(added))
        passed = passed and any(each.sellable for each in found)
        prices += found
    console = session.console
    single = len(named) == 1 and named[0].product.segment is not None
    form = chosen(word, DATA_FORMATS, console.default_format)
    if form == "json":
        body = price_body(catalog.settings.currency, prices)
        console.document(envelope(1, session.stamp(catalog), session.as_of, **body))
    elif arithmetic:
        if not single:
            raise CardkitError(
                Text("--explain 一次解释一个产品", "--explain explains one product at a time"),
                Text("写一个带 @SEGMENT 的产品", "give one product with @SEGMENT"),
            )
        console.data(explain(prices[0], console.language, console.glyphs))
    elif form in ("tsv", "csv") and single:
        console.table(data_table(prices), table_format(form, console))
    elif single:
        _one(session, catalog, prices[0], named[0], form)
    else:
        title = same(str(named[0].product)) if len(named) == 1 else None
        notes = (session.about(catalog),)
        console.table(rows_table(prices, catalog, title, notes), table_format(form, console))
    return 0 if passed else 1


def _prices(session: Session, day: Day, named: Named, added: tuple[str, ...]) -> list[Price]:
    campaigns = tuple(dict.fromkeys((*named.campaigns, *added)))
    for name in campaigns:
        segments = (named.product.segment,) if named.product.segment else tuple(day.catalog.segments)
        if not any(addressed(day.catalog.campaigns[name], segment, day) for segment in segments):
            session.console.message(
                Text(
                    f"说明：活动 {name} 当日不进行，或不面向该客群，未计入",
                    f"note: {name} isn't counted: not running on the day, or not for the segment",
                )
            )
    if named.product.segment is not None:
        return [price(day, named.product, campaigns)]
    return [price(day, named.product.to(segment), campaigns) for segment in day.catalog.segments]


def _one(session: Session, catalog: Catalog, priced: Price, named: Named, form: str) -> None:
    console = session.console
    segment = catalog.segments[priced.product.segment or ""]
    who = Text(f"{segment.name.zh}，每活跃持有人每年", f"{segment.name.en}, per active holder and year")
    typed = "" if named.typed == str(priced.product) else f"{one_line(named.typed)} = "
    title = same(f"{typed}{priced.product}") + Text(f"（{who.zh}）", f" ({who.en})")
    if named.campaigns:
        title = title + same(" + " + " + ".join(named.campaigns))
    if not priced.sellable:
        title = title + Text("　", "  ") + verdict(priced)
    console.table(waterfall(priced, title, ()), table_format(form, console))
    console.data("\n")
    bottom = customer_table(priced)
    notes = (session.about(catalog), *(same(f"{r.rule}: ") + r.reason for r in priced.refusals))
    console.table(type(bottom)(bottom.title, bottom.columns, bottom.rows, notes), table_format(form, console))
