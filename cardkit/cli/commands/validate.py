"""`cardkit validate`: checks a whole catalog."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from cardkit.checks.run import run as run_checks
from cardkit.cli.options import chosen, format_option
from cardkit.cli.session import Session
from cardkit.ground.finding import Severity
from cardkit.ground.text import Language, Text
from cardkit.model.catalog import Catalog
from cardkit.model.kinds import KINDS
from cardkit.render.findings.registry import FORMATS
from cardkit.render.findings.report import Report

WORDS = tuple(form.name for form in FORMATS)


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = Text("目录文件夹；默认 ./catalog", "Catalog folder; ./catalog when left out").to(language)
    level = Text("从哪一级起算不通过：error 或 warning", "What fails the run: error or warning").to(language)

    def run(
        session: Session,
        path: Annotated[Path | None, typer.Argument(metavar="[PATH]", help=about, show_default=False)] = None,
        format_: format_option(language, WORDS) = None,  # type: ignore[valid-type]  # the help's language decides it
        fail_on: Annotated[str, typer.Option(metavar="error|warning", help=level)] = "error",
    ) -> int:
        here = session if path is None else replace(session, folder=path)
        return _run(here, format_, chosen(fail_on, ("error", "warning"), "error"))

    return run


def _run(session: Session, word: str | None, fail_on: str) -> int:
    form = chosen(word, WORDS, "full")
    began = monotonic()
    catalog = session.catalog()
    findings = run_checks(catalog, session.as_of)
    failing = {Severity.ERROR} if fail_on == "error" else {Severity.ERROR, Severity.WARNING}
    passed = not any(finding.code.severity in failing for finding in findings)
    console = session.console
    report = Report(
        findings=tuple(findings),
        sources=catalog.texts.get,
        language=console.language,
        catalog=session.stamp(catalog),
        as_of=session.as_of,
        ok=passed,
        summary=_summary(session, catalog, monotonic() - began),
        columns=console.columns,
        glyphs=console.glyphs,
        ascii_only=not console.is_unicode,
    )
    console.data(next(each for each in FORMATS if each.name == form).render(report))
    return 0 if passed else 1


def _summary(session: Session, catalog: Catalog, seconds: float) -> Text:
    files = len(catalog.texts)
    counts = [(kind.name, sum(e.kind == kind.word for e in catalog.entities.values())) for kind in KINDS]
    zh = "、".join(f"{name.zh} {count}" for name, count in counts if count)
    en = ", ".join(f"{count} × {name.en}" for name, count in counts if count)
    about = session.about(catalog)
    return Text(
        f"检查了 {files} 个文件（{zh}），用时 {seconds:.2f} 秒；{about.zh}",
        f"{files} files checked ({en}) in {seconds:.2f} s; {about.en}",
    )
