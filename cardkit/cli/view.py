"""`--view`: which year of a holder's life is priced, and how the output names it."""

from typing import Annotated, Any, cast

import typer

from cardkit.cli.options import chosen
from cardkit.cli.session import Session
from cardkit.ground.text import Language, Text
from cardkit.pricing.setting import VIEWS, View


def view_option(language: Language) -> Any:
    """The option, for the commands that price."""
    said = Text(
        "平均年（默认），或首年：获客成本全额计入，首年减免必然发生",
        "An average year (the default), or the first: acquisition in full, first-year waivers certain",
    )
    return Annotated[str, typer.Option("--view", metavar="steady|first-year", help=said.to(language))]


def chosen_view(word: str) -> View:
    """The view that was asked for; raises CardkitError for one that doesn't exist."""
    return cast("View", chosen(word, tuple(VIEWS), "steady", "--view"))


def view_notes(session: Session, view: View) -> tuple[Text, ...]:
    """The note that names a view other than the steady one.

    Where a pipe gets plain TSV, which has no room for notes, it is said on the error stream too.
    """
    if view == "steady":
        return ()
    note = Text("口径：", "view: ") + VIEWS[view]
    if not session.console.is_terminal:
        session.console.message(Text("说明：", "note: ") + note)
    return (note,)
