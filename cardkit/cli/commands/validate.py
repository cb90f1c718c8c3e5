"""`cardkit validate`: checks a whole catalog."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from cardkit.checks.run import examine
from cardkit.checks.selection import Selection, selection
from cardkit.cli.options import chosen, format_option
from cardkit.cli.session import Session
from cardkit.ground.finding import Severity
from cardkit.ground.text import Language, Text
from cardkit.model.catalog import Catalog, Source
from cardkit.model.kinds import KINDS
from cardkit.render.findings.registry import FORMATS
from cardkit.render.findings.report import Report

WORDS = tuple(form.name for form in FORMATS)


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = Text("目录文件夹；默认 ./catalog", "Catalog folder; ./catalog when left out").to(language)
    level = Text("从哪一级起算不通过", "The least severe finding that fails the run").to(language)
    only = Text(
        "只看这些检查：代码、名称或代码开头，逗号分隔（读不了的文件总会列出）",
        "Only these checks: codes, names or the beginning of a code, with commas between "
        "(files that can't be read are always told)",
    ).to(language)
    without = Text("不看这些检查，写法同上；优先于 --select", "Without these checks; wins over --select").to(
        language
    )

    def run(
        session: Session,
        path: Annotated[Path | None, typer.Argument(metavar="[PATH]", help=about, show_default=False)] = None,
        format_: format_option(language, WORDS) = None,  # type: ignore[valid-type]  # the help's language decides it
        select: Annotated[list[str] | None, typer.Option(metavar="CODES", help=only)] = None,
        ignore: Annotated[list[str] | None, typer.Option(metavar="CODES", help=without)] = None,
        fail_on: Annotated[str, typer.Option(metavar="error|warning|note", help=level)] = "error",
    ) -> int:
        here = session if path is None else replace(session, folder=path)
        least = Severity(chosen(fail_on, tuple(Severity), Severity.ERROR, "--fail-on"))
        return _run(here, format_, selection(select or (), ignore or ()), least)

    return run


def _run(session: Session, word: str | None, wanted: Selection, least: Severity) -> int:
    form = chosen(word, WORDS, "full")
    began = monotonic()
    catalog = session.catalog()
    # In this order: every check, then suppressions (of all of them, so that none is called unused because it
    # wasn't selected), then what was selected, then what is ignored, and only then what fails the run.
    outcome = examine(catalog, session.as_of)
    findings = wanted.of(outcome.findings)
    severities = list(Severity)
    failing = severities[: severities.index(least) + 1]
    passed = not any(finding.code.severity in failing for finding in findings)
    console = session.console
    report = Report(
        findings=findings,
        sources=catalog.texts.get,
        language=console.language,
        catalog=session.stamp(catalog),
        as_of=session.as_of,
        ok=passed,
        summary=_summary(session, catalog, monotonic() - began),
        columns=console.columns,
        glyphs=console.glyphs,
        ascii_only=not console.is_unicode,
        color=console.color,
        suppressed=wanted.of(outcome.suppressed),
    )
    console.data(next(each for each in FORMATS if each.name == form).render(report))
    _warn_of_the_unchecked(session, catalog, wanted)
    return 0 if passed else 1


def _warn_of_the_unchecked(session: Session, catalog: Catalog, wanted: Selection) -> None:
    """A file that doesn't fit its schema is left out of most checks: a selection mustn't hide that."""
    faulty = {finding.site.file for finding in catalog.findings if not wanted.keeps(finding.code)}
    broken = sorted(faulty & {source.file for source in catalog.sources if _is_broken(catalog, source)})
    if broken:
        names = ", ".join(broken[:5])
        session.console.message(
            Text(
                f"警告：{len(broken)} 个文件有错，多数检查没有看它们：{names}"
                f"{' 等' if len(broken) > 5 else ''}（见 cardkit validate）",
                f"warning: most checks left out {len(broken)} file{'' if len(broken) == 1 else 's'} "
                f"because of faults: {names}{' and more' if len(broken) > 5 else ''} (see: cardkit validate)",
            )
        )


def _is_broken(catalog: Catalog, source: Source) -> bool:
    return source.id in catalog.broken or (source.id is None and catalog.known_settings is None)


def _summary(session: Session, catalog: Catalog, seconds: float) -> Text:
    files = len(catalog.texts)
    counts = [(kind.name, sum(e.kind == kind.word for e in catalog.entities.values())) for kind in KINDS]
    zh = "、".join(f"{name.zh} {count}" for name, count in counts if count) or "没有实体"
    en = ", ".join(f"{count} × {name.en}" for name, count in counts if count) or "no entities"
    about = session.about(catalog)
    return Text(
        f"检查了 {files} 个文件（{zh}），用时 {seconds:.2f} 秒；{about.zh}",
        f"{files} file{'' if files == 1 else 's'} checked ({en}) in {seconds:.2f} s; {about.en}",
    )
