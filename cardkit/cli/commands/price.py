"""`cardkit price`: what products earn and cost, for the bank and for the customer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated

import typer

from cardkit.cli.offered import tell_uncounted
from cardkit.cli.options import (
    DATA_FORMATS,
    argument,
    chosen,
    chosen_unit,
    format_option,
    table_format,
    unit_option,
)
from cardkit.cli.portfolios import held, show_portfolios
from cardkit.cli.sensitivities import measured, show_sensitivity, with_sensitivity
from cardkit.cli.session import Session
from cardkit.cli.view import chosen_view, view_notes, view_option
from cardkit.ground.errors import CardkitError
from cardkit.ground.safe import one_line
from cardkit.ground.text import Language, Text, same
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Named, unknown
from cardkit.pricing.price import Price, price
from cardkit.pricing.setting import Day, View
from cardkit.render.data_json import envelope
from cardkit.render.price_explain import explain
from cardkit.render.price_json import price_body
from cardkit.render.price_tables import customer_table, data_table, rows_table, verdict, waterfall
from cardkit.render.table import Unit


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
    population = Text(
        "按客群人数和选择概率，算全部预计持有人", "Over everybody in the segment who is expected to choose it"
    ).to(language)

    doubts = Text(
        "盈亏平衡、最坏情况，以及影响最大的假设",
        "Break-evens, worst cases, and the assumptions that matter most",
    ).to(language)

    def run(
        session: Session,
        products: Annotated[list[str], about],
        explain: Annotated[bool, typer.Option("--explain", help=detail)] = False,
        sensitivity: Annotated[bool, typer.Option("--sensitivity", help=doubts)] = False,
        with_: Annotated[list[str] | None, typer.Option("--with", metavar="CAMPAIGN", help=added)] = None,
        view: view_option(language) = "steady",  # type: ignore[valid-type]  # the help's language decides it
        portfolio: Annotated[bool, typer.Option("--portfolio", help=population)] = False,
        unit: unit_option(language) = None,  # type: ignore[valid-type]  # as above
        format_: format_option(language) = None,  # type: ignore[valid-type]  # as above
    ) -> int:
        if explain and portfolio:
            raise CardkitError(
                Text("--explain 和 --portfolio 不能同时用", "--explain and --portfolio don't go together"),
                Text(
                    "先看一个持有人的算式，再看全部",
                    "look at one holder's arithmetic first, then at all of them",
                ),
            )
        asked = Asked(explain, tuple(with_ or ()), chosen_view(view), portfolio, unit, sensitivity)
        return _run(session, products, asked, format_)

    return run


@dataclass(frozen=True, slots=True)
class Asked:
    """The command's own options."""

    arithmetic: bool
    campaigns: tuple[str, ...]
    view: View
    portfolio: bool
    unit: str | None
    sensitivity: bool = False


def _run(session: Session, expressions: list[str], asked: Asked, word: str | None) -> int:
    console = session.console
    form = chosen(word, DATA_FORMATS, console.default_format)
    unit = chosen_unit(asked.unit, "wan" if asked.portfolio else "yuan")
    catalog = session.usable()
    for campaign in asked.campaigns:
        if campaign not in catalog.campaigns:
            raise unknown(catalog, campaign, ("campaign",))
    named = session.products(catalog, expressions)
    day = Day(catalog, session.as_of, view=asked.view)
    found = [_prices(session, day, one, asked.campaigns) for one in named]
    prices = [price for each in found for price in each]
    notes = view_notes(session, asked.view)
    doubts = None
    if asked.sensitivity:
        alone = not (asked.portfolio or asked.arithmetic)
        doubts = measured(day, named, prices[0], asked.campaigns, alone)
    if asked.portfolio:
        holdings = [one for typed, each in zip(named, found, strict=True) for one in held(day, typed, each)]
        show_portfolios(session, day, named, holdings, form, unit, notes)
    elif form == "json":
        body = price_body(catalog.settings.currency, prices)
        if doubts is not None:
            body = with_sensitivity(body, doubts, console.language)
        console.document(envelope(1, session.stamp(catalog), session.as_of, **body))
    elif asked.arithmetic:
        _explain(session, named, prices[0], notes)
    else:
        if doubts is None or form not in ("tsv", "csv"):
            _tables(session, catalog, named, prices, form, unit, notes)
        if doubts is not None:
            show_sensitivity(session, doubts, prices[0], form)
    return 0 if all(any(price.sellable for price in each) for each in found) else 1


def _explain(session: Session, named: list[Named], priced: Price, notes: tuple[Text, ...]) -> None:
    console = session.console
    if len(named) > 1 or named[0].product.segment is None:
        raise CardkitError(
            Text("--explain 一次解释一个产品", "--explain explains one product at a time"),
            Text("写一个带 @SEGMENT 的产品", "give one product with @SEGMENT"),
        )
    for note in notes:
        console.data(note.to(console.language) + "\n\n")
    console.data(explain(priced, console.language, console.glyphs))
    if session.overlay:
        console.data(session.what_if.to(console.language) + "\n")


def _tables(
    session: Session,
    catalog: Catalog,
    named: list[Named],
    prices: list[Price],
    form: str,
    unit: Unit,
    notes: tuple[Text, ...],
) -> None:
    console = session.console
    single = len(named) == 1 and named[0].product.segment is not None
    if form in ("tsv", "csv") and single:
        console.table(data_table(prices), table_format(form, console))
    elif single:
        _one(session, catalog, prices[0], named[0], form, unit, notes)
    else:
        title = same(str(named[0].product)) if len(named) == 1 else None
        about = (*notes, session.about(catalog))
        console.table(rows_table(prices, catalog, title, about), table_format(form, console), unit=unit)


def _prices(session: Session, day: Day, named: Named, added: tuple[str, ...]) -> list[Price]:
    campaigns = tuple(dict.fromkeys((*named.campaigns, *added)))
    segments = (named.product.segment,) if named.product.segment else tuple(day.catalog.segments)
    tell_uncounted(session, day, campaigns, segments)
    if named.product.segment is not None:
        return [price(day, named.product, campaigns)]
    return [price(day, named.product.to(segment), campaigns) for segment in day.catalog.segments]


def _one(
    session: Session,
    catalog: Catalog,
    priced: Price,
    named: Named,
    form: str,
    unit: Unit,
    notes: tuple[Text, ...],
) -> None:
    console = session.console
    segment = catalog.segments[priced.product.segment or ""]
    who = segment.name + Text("，每活跃持有人每年", ", per active holder and year")
    if priced.view == "first-year":
        who = segment.name + Text("，每位新持有人首年", ", per new holder in the first year")
    typed = "" if named.typed == str(priced.product) else f"{one_line(named.typed)} = "
    title = same(f"{typed}{priced.product}") + Text(f"（{who.zh}）", f" ({who.en})")
    if named.campaigns:
        title = title + same(" + " + " + ".join(named.campaigns))
    if not priced.sellable:
        title = title + Text("　", "  ") + verdict(priced)
    console.table(waterfall(priced, title, ()), table_format(form, console), unit=unit)
    console.data("\n")
    forbidden = tuple(same(f"{refusal.rule}: ") + refusal.told for refusal in priced.refusals)
    bottom = replace(customer_table(priced), notes=(*notes, session.about(catalog), *forbidden))
    console.table(bottom, table_format(form, console), unit=unit)
