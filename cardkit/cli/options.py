"""Options that several commands share."""

from typing import Annotated, Any

import typer

from cardkit.cli.console import Console, TableFormat
from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Language, Text, same

DATA_FORMATS = ("table", "tsv", "csv", "json", "md")


def format_option(language: Language, words: tuple[str, ...] = DATA_FORMATS) -> Any:
    """`--format`, for the words given; the default depends on where the output goes."""
    said = Text("输出格式：", "Output format: ") + same("|".join(words))
    return Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=said.to(language))]


def argument(zh: str, en: str, metavar: str, language: Language) -> Any:
    """What an argument is, in the language of the help."""
    return typer.Argument(metavar=metavar, help=Text(zh, en).to(language), show_default=False)


def chosen(word: str | None, words: tuple[str, ...], default: str) -> str:
    """The format that was asked for, or the default; raises CardkitError for one that doesn't exist."""
    if word is None:
        return default
    if word not in words:
        raise CardkitError(
            Text(f"--format 没有 {word}", f"--format has no {word}"),
            Text("可写：", "write one of: ") + same(", ".join(words)),
        )
    return word


def table_format(word: str, console: Console) -> TableFormat:
    """A data format as the console knows it."""
    match word:
        case "table" | "tsv" | "csv" | "md":
            return word
    return console.default_format
