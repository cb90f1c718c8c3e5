"""`cardkit rule`: the page of a check."""

from collections.abc import Callable
from typing import Annotated

from cardkit.checks.page import render
from cardkit.checks.registry import BY_CODE, BY_NAME, page_of
from cardkit.cli.options import argument
from cardkit.cli.session import Session
from cardkit.diff.registry import PROMISES, promise_page_of
from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Language, Text, same
from cardkit.model.expression import nearest


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = argument("检查的代码或名称，如 CK201", "Code or name of a check, such as CK201", "CODE", language)

    def run(session: Session, code: Annotated[str, about]) -> int:
        page = page_of(code) or promise_page_of(code)
        if page is None:
            codes = (*BY_CODE, *(each.code.id for each in PROMISES))
            names = (*BY_NAME, *(each.code.name for each in PROMISES))
            close = nearest(code.upper(), codes) or nearest(code, names)
            raise CardkitError(
                Text(f"没有 {code} 这项检查", f"There is no check {code}"),
                Text("相近的有：", "did you mean: ") + same(", ".join(close))
                if close
                else Text("全部检查见 docs/checks.md", "all checks stand in docs/checks.md"),
            )
        session.console.data("\n".join(render(page, session.console.language)) + "\n")
        return 0

    return run
