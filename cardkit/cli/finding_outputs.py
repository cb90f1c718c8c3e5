"""Where findings go: `--format FORMAT` to the output, `--format FORMAT=FILE` to a file, several at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from cardkit.cli.console import Console
from cardkit.cli.options import chosen
from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Language, Text, same
from cardkit.render.findings.registry import FORMATS, FindingFormat
from cardkit.render.findings.report import Report
from cardkit.render.glyphs import UNICODE
from cardkit.source.characters import quoted

WORDS = tuple(form.name for form in FORMATS)
_FILE_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Output:
    """A format, and the file that it goes to; None for the standard output."""

    form: FindingFormat
    file: Path | None


def outputs_option(language: Language) -> Any:
    """`--format`, repeatable, each with or without a file."""
    said = Text(
        "输出格式，可重复；加 =FILE 写到文件：", "Output format, may be repeated; =FILE writes a file: "
    ) + same("|".join(WORDS))
    option = typer.Option("--format", metavar="FORMAT[=FILE]", help=said.to(language))
    return Annotated[list[str] | None, option]


def outputs(words: Sequence[str]) -> tuple[Output, ...]:
    """What `--format` asks for; people's format on the output where nothing was asked for.

    Raises CardkitError for an unknown format, a file named twice, and documents that would run into others.
    """
    found = []
    for word in words or ("full",):
        name, equals, file = word.partition("=")
        form = next(each for each in FORMATS if each.name == chosen(name, WORDS, "full"))
        if equals and not file:
            raise CardkitError(
                Text(f"--format {name}= 没有写文件", f"--format {name}= names no file"),
                Text(f"写成 --format {name}=FILE", f"write --format {name}=FILE"),
            )
        found.append(Output(form, Path(file) if file and file != "-" else None))
    _refuse_collisions(found)
    return tuple(found)


def deliver(wanted: Sequence[Output], report: Report, console: Console, language: Language) -> None:
    """Write every output: files first, each whole or not at all; raises OSError where the disk refuses.

    `language` is that of files, which hold every character whatever the stream can show.
    """
    in_files = replace(
        report, language=language, columns=_FILE_COLUMNS, glyphs=UNICODE, ascii_only=False, color=False
    )
    for output in wanted:
        if output.file is not None:
            from cardkit.source.write import write_text  # most runs write no file

            write_text(output.file, str(output.form.render(in_files)))
            console.message(Text(f"已写 {output.file}", f"wrote {output.file}"))
    for output in wanted:
        if output.file is None:
            console.data(output.form.render(report))


def _refuse_collisions(found: Sequence[Output]) -> None:
    streamed = [output.form for output in found if output.file is None]
    alone = next((form for form in streamed if not form.is_log), None)
    if len(streamed) > 1 and alone is not None:
        raise CardkitError(
            Text(
                f"{alone.name} 是一份完整的文档，不能和别的格式一起输出",
                f"{alone.name} is a whole document: nothing else can stand in the same output",
            ),
            Text(f"写到文件：--format {alone.name}=FILE", f"write it to a file: --format {alone.name}=FILE"),
        )
    files = [output.file.resolve() for output in found if output.file is not None]
    for file in files:
        if files.count(file) > 1:
            shown = quoted(str(file))
            raise CardkitError(
                Text(f"两种格式写到同一个文件 {shown}", f"Two formats are written to one file, {shown}"),
                Text("每种格式一个文件", "give each format a file of its own"),
            )
