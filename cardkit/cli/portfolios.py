"""How `cardkit price --portfolio` answers: one product in full, several or several segments in rows."""

from collections.abc import Sequence

from cardkit.cli.options import table_format
from cardkit.cli.session import Session
from cardkit.ground.text import Text, same
from cardkit.model.expression import Named
from cardkit.pricing.portfolio import Portfolio, portfolio
from cardkit.pricing.price import Price
from cardkit.pricing.setting import Day
from cardkit.render.data_json import envelope
from cardkit.render.portfolio_json import portfolio_body
from cardkit.render.portfolio_tables import bank_table, customer_table, data_table, rows_table
from cardkit.render.price_tables import verdict
from cardkit.render.table import Unit

Held = tuple[Price, Portfolio | None]


def held(day: Day, named: Named, prices: Sequence[Price]) -> list[Held]:
    """Each price with its portfolio.

    A product that was typed with its segment has one, sellable or not; where all segments are listed, those
    that may not have it have none. Raises MissingFigure where nothing says how many choose a module.
    """
    typed = named.product.segment is not None
    return [(one, portfolio(day, one) if typed or one.sellable else None) for one in prices]


def show_portfolios(
    session: Session,
    day: Day,
    named: Sequence[Named],
    found: Sequence[Held],
    form: str,
    unit: Unit,
    notes: tuple[Text, ...],
) -> None:
    """The answer: a document, or tables with totals in the unit."""
    console = session.console
    catalog = day.catalog
    if form == "json":
        body = portfolio_body(catalog.settings.currency, day.view, found)
        console.document(envelope(1, session.stamp(catalog), session.as_of, **body))
        return
    single = found[0][1] if len(found) == 1 and named[0].product.segment is not None else None
    if single is None:
        title = same(str(named[0].product.to(None))) if len(named) == 1 else None
        about = (*notes, session.about(catalog))
        console.table(rows_table(found, catalog, title, about), table_format(form, console), unit=unit)
    elif form in ("tsv", "csv"):
        console.table(data_table([single]), table_format(form, console))
    else:
        segment = catalog.segments[single.price.product.segment or ""]
        title = same(str(single.price.product)) + Text(
            f"（{segment.name.zh}，每年）", f" ({segment.name.en}, a year)"
        )
        if not single.price.sellable:
            title = title + Text("　", "  ") + verdict(single.price)
        forbidden = tuple(same(f"{r.rule}: ") + r.told for r in single.price.refusals)
        console.table(bank_table(single, title), table_format(form, console), unit=unit)
        console.data("\n")
        below = customer_table(single, (*forbidden, *notes, session.about(catalog)))
        console.table(below, table_format(form, console), unit=unit)
