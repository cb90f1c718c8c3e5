"""`cardkit check`: may a product be sold; if not, what forbids it, and what to change."""

from collections.abc import Callable
from typing import Annotated, cast

import typer

from cardkit.cli.options import argument, chosen, format_option
from cardkit.cli.session import Session
from cardkit.combine.agreement import Agreement
from cardkit.ground.text import Language, Text
from cardkit.render.check import Page
from cardkit.render.check_json import check_body
from cardkit.render.data_json import envelope
from cardkit.solve.suggestions import AIMS, Aim
from cardkit.solve.verdict import verdict

FAULT = 3
"""The exit code of a fault in cardkit itself."""


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = argument("产品：CARD+MODULE@SEGMENT", "CARD+MODULE@SEGMENT", "PRODUCT", language)
    every = Text(
        "也列出更大的规则组合，不只最小的",
        "Also the larger sets of rules that forbid it, not only the smallest",
    )
    whose = Text("修改建议按谁的利益排序，默认 bank", "Whose interest suggestions are ranked by; bank")

    def run(
        session: Session,
        product: Annotated[str, about],
        format_: format_option(language, ("text", "json")) = None,  # type: ignore[valid-type]  # as above
        aim: Annotated[str | None, typer.Option(metavar="|".join(AIMS), help=whose.to(language))] = None,
        every_set: Annotated[bool, typer.Option("--all", help=every.to(language))] = False,
    ) -> int:
        return _run(session, product, format_, aim, every_set)

    return run


def _run(session: Session, expression: str, word: str | None, aim: str | None, every: bool) -> int:
    catalog, console = session.usable(), session.console
    form = chosen(word, ("text", "json"), "text")
    after = cast("Aim", chosen(aim, AIMS, "bank", "--aim"))
    product = session.products(catalog, [expression])[0].product
    # Apps decide by the compiled schema. Where it says something else, neither answer can be relied on.
    fault = Agreement(catalog, session.as_of).disagreement(product)
    if fault is not None:
        told = Text("cardkit 自身出错，请连同目录一起报告：", "cardkit itself failed, please report it: ")
        console.message(told + fault)
        return FAULT
    found = verdict(catalog, product, session.as_of, after, every=every)
    if form == "json":
        body = check_body(catalog, found, console.language)
        console.document(envelope(1, session.stamp(catalog), session.as_of, **body))
    else:
        page = Page(
            catalog, console.language, console.glyphs, console.columns if console.is_terminal else None
        )
        console.data("\n".join([*page.lines(found, session.about(catalog)), ""]))
    return 0 if found.sellable else 1
