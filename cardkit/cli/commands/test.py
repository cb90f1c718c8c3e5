"""`cardkit test`: holds a catalog to the expectations that are written beside it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from cardkit.cli.expectation_files import Files, chosen_files, tell_faults
from cardkit.cli.expectation_outputs import FORMATS, Results, deliver, wanted_outputs
from cardkit.cli.session import Session
from cardkit.expectations.outcome import Outcome
from cardkit.expectations.run import run as run_expectations
from cardkit.expectations.update import new_texts, without_written
from cardkit.expectations.world import World
from cardkit.ground.errors import CardkitError
from cardkit.ground.safe import one_line
from cardkit.ground.text import Language, Text, same
from cardkit.model.expectation import Expectation
from cardkit.source.rewrite import rewrite


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = Text(
        "预期文件或文件夹，或另一个目录文件夹；默认目录里的 tests/",
        "A file or folder of expectations, or another catalog folder; the catalog's tests/ when left out",
    ).to(language)
    part = Text("只看名称或产品里有这段文字的预期", "Only expectations with this text in name or product").to(
        language
    )
    everything = Text("成立的预期也列出", "List what holds, too").to(language)
    new = Text(
        "把不符的数字（is）改写成现在的，其余一字不动；上下限、可售性和文字从不改写",
        "Write the figures (is) that are off anew, leaving all else as it is; bounds, sales and texts never",
    ).to(language)
    formats = (
        Text("输出格式，可重复；加 =FILE 写到文件：", "Output format, may be repeated; =FILE writes a file: ")
        + same("|".join(FORMATS))
    ).to(language)

    def run(
        session: Session,
        path: Annotated[Path | None, typer.Argument(metavar="[PATH]", help=about, show_default=False)] = None,
        search: Annotated[str | None, typer.Option(metavar="TEXT", help=part)] = None,
        every: Annotated[bool, typer.Option("--all", help=everything)] = False,
        update: Annotated[bool, typer.Option("--update", help=new)] = False,
        format_: Annotated[
            list[str] | None, typer.Option("--format", metavar="FORMAT[=FILE]", help=formats)
        ] = None,
    ) -> int:
        outputs = wanted_outputs(format_ or (), session.console)
        if update and session.overlay:
            raise CardkitError(
                Text(
                    "--update 不能和 --set、--scenario 同用", "--update can't stand with --set or --scenario"
                ),
                Text("假设的数不该写成预期", "figures of a what-if are not what a catalog is held to"),
            )
        if path is not None and (path / "catalog.yaml").exists():
            session, path = replace(session, folder=path), None
        catalog = session.usable()
        files = chosen_files(session, catalog, path)
        outcomes = tuple(run_expectations(World(catalog), files.read, session.as_of, _wanted(search)))
        if not outcomes and not files.faults:
            raise _nothing(search)
        if update:
            outcomes = _update(session, files, outcomes)
        tell_faults(session, catalog, files)
        deliver(outputs, Results(session, catalog, outcomes, files.faults, every), language)
        if files.faults:
            return 2
        return 0 if all(outcome.holds for outcome in outcomes) else 1

    return run


def _wanted(search: str | None) -> Callable[[Expectation], bool]:
    text = (search or "").lower()

    def wanted(expectation: Expectation) -> bool:
        spoken = (expectation.name.zh, expectation.name.en, expectation.subject)
        return any(text in part.lower() for part in spoken)

    return wanted


def _update(session: Session, files: Files, outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    """Write the new figures, say which, and give the outcomes that are left."""
    for new in tuple(new_texts(files.read, outcomes)):
        rewrite(files.root / new.file.file, new.file.raw, new.text)
        for figure in new.figures:
            change = same(f": {figure.before} -> {figure.after}")
            where = same(f"{new.file.file}: ") + figure.expectation + Text("，", ", ") + figure.what
            session.console.message(Text("已写 ", "wrote ") + where + change)
    return without_written(outcomes)


def _nothing(search: str | None) -> CardkitError:
    shown = one_line(search or "")
    return CardkitError(
        Text(f"没有名称或产品里有“{shown}”的预期", f"No expectation has “{shown}” in its name or product"),
        Text("不加 --search 可见全部", "leave --search out to see them all"),
    )
