"""`cardkit fmt`: writes files of a catalog in canonical form, or says which aren't."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cardkit.cli.session import Session
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Finding
from cardkit.ground.text import Language, Text, same
from cardkit.render.text_diff import text_diff
from cardkit.source.catalog_files import CatalogFile, catalog_files
from cardkit.source.formatting.formatting import Formatted, format_file
from cardkit.source.rewrite import rewrite


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = Text(
        "文件或文件夹，可写几个；默认整个目录",
        "Files or folders of a catalog, one or more; the whole catalog when left out",
    ).to(language)
    only = Text(
        "不写文件，只列出不合格式的；有则退出码为 1",
        "Write nothing; list what isn't canonical, and exit 1 where anything isn't",
    ).to(language)
    show = Text("不写文件，显示会怎样改", "Write nothing; show what would change").to(language)

    def run(
        session: Session,
        path: Annotated[
            list[Path] | None, typer.Argument(metavar="[PATH]…", help=about, show_default=False)
        ] = None,
        check: Annotated[bool, typer.Option("--check", help=only)] = False,
        diff: Annotated[bool, typer.Option("--diff", help=show)] = False,
    ) -> int:
        files, unread = catalog_files(path or [session.folder])
        for finding in unread:
            _tell(session, finding, finding.site.file)
        return _run(session, files, check=check, diff=diff) or (1 if unread else 0)

    return run


def _run(session: Session, files: list[CatalogFile], *, check: bool, diff: bool) -> int:
    changed = left = 0
    for file in files:
        formatted = format_file(file.name, file.raw)
        if formatted.text is None:
            left += 1
            _tell_left_alone(session, file, formatted)
            continue
        if formatted.text.encode() == file.raw:
            continue
        if not (check or diff):
            try:
                rewrite(file.path, file.raw, formatted.text)
            except CardkitError as error:
                left += 1
                session.console.message(error.message)
                continue
        changed += 1
        shown = file.path.as_posix()
        if diff:
            # Lines alone are compared: a byte order mark or carriage returns show as the file's name.
            before = file.raw.decode("utf-8-sig").replace("\r\n", "\n")
            session.console.data(text_diff(shown, before, formatted.text))
        if not diff or before == formatted.text:
            session.console.data(shown + "\n")
    session.console.message(_summary(len(files), changed, left, written=not (check or diff)))
    return 1 if left or (check and changed) else 0


def _tell_left_alone(session: Session, file: CatalogFile, formatted: Formatted) -> None:
    shown = file.path.as_posix()
    for finding in formatted.findings[:3]:
        _tell(session, finding, shown)
    if formatted.reason is not None:
        session.console.message(Text(f"{shown}：没有改动：", f"{shown}: left alone: ") + formatted.reason)


def _tell(session: Session, finding: Finding, shown: str) -> None:
    place = f"{shown}:{finding.site.span.line}:{finding.site.span.column}"
    session.console.message(
        same(f"{place} {finding.code.id} ") + finding.message + Text("（没有改动）", " (left alone)")
    )


def _summary(files: int, changed: int, left: int, *, written: bool) -> Text:
    if not files:
        return Text("没有文件", "there are no files")
    said = Text(f"{files} 个文件", f"{files} file{'' if files == 1 else 's'}")
    if changed:
        said += (
            Text(f"，整理了 {changed} 个", f", {changed} formatted")
            if written
            else Text(f"，{changed} 个不合格式", f", {changed} not canonical")
        )
    if left:
        said += Text(f"，{left} 个没有改动（见上）", f", {left} left alone (see above)")
    if not changed and not left:
        said += Text("，都合格式", ", all canonical")
    return said
