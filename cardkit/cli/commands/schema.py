"""`cardkit schema`: the JSON Schemas that editors and other programs use."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cardkit.cli.session import Session
from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Language, Text, same
from cardkit.source.schema import SHAPES, any_schema, schema_files, schema_of
from cardkit.source.write import write_text


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = Text(
        "文件种类，如 module；不写则为按 kind 分派的总 schema",
        "Kind of file, such as module; without one, the schema that dispatches on kind",
    ).to(language)
    folder = Text("写到这个文件夹，每类一个文件", "Write one file for each kind into this folder").to(
        language
    )

    def run(
        session: Session,
        kind: Annotated[str | None, typer.Argument(metavar="[KIND]", help=about, show_default=False)] = None,
        output: Annotated[Path | None, typer.Option(metavar="DIR", help=folder)] = None,
    ) -> int:
        return _run(session, kind, output)

    return run


def _run(session: Session, kind: str | None, output: Path | None) -> int:
    if kind is not None and kind not in SHAPES:
        raise CardkitError(
            Text(f"没有 {kind} 这一类文件", f"There is no kind of file {kind}"),
            Text("可写：", "write one of: ") + same(", ".join(SHAPES)),
        )
    if output is None:
        session.console.document(any_schema() if kind is None else schema_of(kind))
        return 0
    for name, text in schema_files().items():
        write_text(output / name, text)
        session.console.message(Text(f"已写 {output / name}", f"wrote {output / name}"))
    return 0
