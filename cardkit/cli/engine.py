"""Options of the commands that ask about every product: how long they may take."""

from typing import Annotated, Any

import typer

from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Language, Text
from cardkit.solve.limits import DEFAULT_SECONDS, Limits

MOST_SECONDS = 86_400.0


def time_limit_option(language: Language) -> Any:
    """`--time-limit`: seconds until an unfinished proof is reported as not proved."""
    said = Text(
        f"最多算多少秒，默认 {DEFAULT_SECONDS:g}；未算完的写“未证明”",
        f"Seconds to work at most, {DEFAULT_SECONDS:g} when left out; what isn't finished is 'not proved'",
    )
    return Annotated[float | None, typer.Option("--time-limit", metavar="SECONDS", help=said.to(language))]


def limits_of(seconds: float | None) -> Limits:
    """The engine's limits, its clock started; raises CardkitError for a time that can't be meant."""
    if seconds is None:
        return Limits()
    if not 0 < seconds <= MOST_SECONDS:
        raise CardkitError(
            Text("--time-limit 是大于 0 的秒数", "--time-limit is a number of seconds above 0"),
            Text("例如 --time-limit 30", "for example --time-limit 30"),
        )
    return Limits(seconds)
