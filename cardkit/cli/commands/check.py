"""`cardkit check`: may a product be sold; if not, what forbids it, and what to change."""

from collections.abc import Callable
from typing import Annotated

from cardkit.cli.options import argument, chosen, format_option
from cardkit.cli.session import Session
from cardkit.combine.agreement import Agreement
from cardkit.ground.text import Language, Text
from cardkit.model.sellable import refusals, sellable_segments
from cardkit.pricing.nearest import nearest_sellable
from cardkit.pricing.setting import Day
from cardkit.render.check import check_body, check_text
from cardkit.render.data_json import envelope

FAULT = 3
"""The exit code of a fault in cardkit itself."""


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = argument("产品：CARD+MODULE@SEGMENT", "CARD+MODULE@SEGMENT", "PRODUCT", language)

    def run(
        session: Session,
        product: Annotated[str, about],
        format_: format_option(language, ("text", "json")) = None,  # type: ignore[valid-type]  # as above
    ) -> int:
        return _run(session, product, format_)

    return run


def _run(session: Session, expression: str, word: str | None) -> int:
    catalog = session.usable()
    product = session.products(catalog, [expression])[0].product
    form = chosen(word, ("text", "json"), "text")
    # Apps decide by the compiled schema. Where it says something else, neither answer can be relied on.
    fault = Agreement(catalog, session.as_of).disagreement(product)
    if fault is not None:
        told = Text("cardkit 自身出错，请连同目录一起报告：", "cardkit itself failed, please report it: ")
        session.console.message(told + fault)
        return FAULT
    found = refusals(catalog, product, session.as_of)
    segments: tuple[str, ...] | None = None
    if product.segment is None and not found:
        segments = sellable_segments(catalog, product, session.as_of)
    suggestions = nearest_sellable(Day(catalog, session.as_of), product) if found else ()
    sellable = not found and segments != ()
    if form == "json":
        body = check_body(catalog, product, sellable, found, suggestions, session.console.language)
        session.console.document(envelope(1, session.stamp(catalog), session.as_of, **body))
    else:
        console = session.console
        shown = check_text(catalog, product, found, segments, suggestions, console.language, console.glyphs)
        console.data(shown + session.about(catalog).to(console.language) + "\n")
    return 0 if sellable else 1
