"""`cardkit rule`: the page of a check."""

from collections.abc import Callable
from typing import Annotated

from cardkit.checks.page import page_of, render
from cardkit.cli.options import argument
from cardkit.cli.session import Session
from cardkit.ground.text import Language


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = argument("检查的代码或名称，如 CK201", "Code or name of a check, such as CK201", "CODE", language)

    def run(session: Session, code: Annotated[str, about]) -> int:
        session.console.data(render(page_of(code), session.console.language))
        return 0

    return run
