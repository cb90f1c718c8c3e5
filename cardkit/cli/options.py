"""Options that several commands share."""

from typing import Annotated, Any, cast

import typer

from cardkit.cli.console import Console, TableFormat
from cardkit.ground.errors import CardkitError
from cardkit.ground.safe import one_line
from cardkit.ground.text import Language, Text, same
from cardkit.render.table import Unit

DATA_FORMATS = ("table", "tsv", "csv", "json", "md")


def format_option(language: Language, words: tuple[str, ...] = DATA_FORMATS) -> Any:
    """`--format`, for the words given; the default depends on where the output goes."""
    said = Text("输出格式：", "Output format: ") + same("|".join(words))
    return Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=said.to(language))]


def argument(zh: str, en: str, metavar: str, language: Language) -> Any:
    """What an argument is, in the language of the help."""
    return typer.Argument(metavar=metavar, help=Text(zh, en).to(language), show_default=False)


def unit_option(language: Language) -> Any:
    """`--unit`: how people read large amounts; programs always get yuan."""
    said = Text("合计金额的单位：元或万元", "Unit of totals: yuan, or ten thousands of it")
    return Annotated[str | None, typer.Option("--unit", metavar="yuan|wan", help=said.to(language))]


def chosen_unit(word: str | None, default: Unit) -> Unit:
    """The unit that was asked for, or the default; raises CardkitError for one that doesn't exist."""
    return cast("Unit", chosen(word, ("yuan", "wan"), default, "--unit"))


def chosen(word: str | None, words: tuple[str, ...], default: str, option: str = "--format") -> str:
    """The word that was asked for, or the default; raises CardkitError for one that doesn't exist."""
    if word is None:
        return default
    if word not in words:
        raise CardkitError(
            Text(f"{option} 没有 {one_line(word)}", f"{option} has no {one_line(word)}"),
            Text("可写：", "write one of: ") + same(", ".join(words)),
        )
    return word


def table_format(word: str, console: Console) -> TableFormat:
    """A data format as the console knows it."""
    match word:
        case "table" | "tsv" | "csv" | "md":
            return word
    return console.default_format
