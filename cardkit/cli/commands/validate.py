"""`cardkit validate`: checks a whole catalog."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from cardkit.checks.profile import PROFILES, under
from cardkit.checks.run import examine
from cardkit.checks.selection import Selection, selection
from cardkit.cli.engine import limits_of, time_limit_option
from cardkit.cli.finding_outputs import Output, deliver, outputs, outputs_option
from cardkit.cli.finding_scope import Scope, data_of, prefix_of, told
from cardkit.cli.known_findings import write_known
from cardkit.cli.options import chosen
from cardkit.cli.session import Session
from cardkit.ground.finding import Finding, Severity
from cardkit.ground.text import Language, Text, joined
from cardkit.model.catalog import Catalog, Source
from cardkit.model.kinds import KINDS
from cardkit.render.findings.report import Report
from cardkit.solve.limits import Limits


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = Text("目录文件夹；默认 ./catalog", "Catalog folder; ./catalog when left out").to(language)
    level = Text("从哪一级起算不通过", "The least severe finding that fails the run").to(language)
    only = Text(
        "只看这些检查：代码、名称或代码开头，逗号分隔（读不了的文件总会列出）",
        "Only these checks: codes, names or the beginning of a code, with commas between "
        "(files that can't be read are always told)",
    ).to(language)
    change = Text(
        "只列出改动触及的问题：改动的文件里的，和别处新出现的；从与 REF 的分叉处算起",
        "Only what a change touches: findings in its files, and new ones elsewhere; "
        "counted from where the branch left REF",
    ).to(language)
    known = Text(
        "这个文件里已知的问题不算不通过，也不列出", "What this file knows is not told and fails nothing"
    ).to(language)
    write = Text("把现有问题写成已知问题的文件", "Write what there is now as known").to(language)
    cut = Text("从 --baseline 里去掉已改好的", "Take out of the --baseline what is mended").to(language)
    without = Text("不看这些检查，写法同上；优先于 --select", "Without these checks; wins over --select").to(
        language
    )

    strictness = Text(
        "法规与措辞查得多严：standard、strict（上线前）或 draft（编写时）",
        "How strictly law and wording are taken: standard, strict (before customers see it) or draft",
    ).to(language)

    def run(
        session: Session,
        path: Annotated[Path | None, typer.Argument(metavar="[PATH]", help=about, show_default=False)] = None,
        format_: outputs_option(language) = None,  # type: ignore[valid-type]  # the help's language decides it
        select: Annotated[list[str] | None, typer.Option(metavar="CODES", help=only)] = None,
        ignore: Annotated[list[str] | None, typer.Option(metavar="CODES", help=without)] = None,
        fail_on: Annotated[str, typer.Option(metavar="error|warning|note", help=level)] = "error",
        profile: Annotated[str, typer.Option(metavar="|".join(PROFILES), help=strictness)] = "standard",
        changed_since: Annotated[str | None, typer.Option(metavar="REF", help=change)] = None,
        baseline: Annotated[Path | None, typer.Option(metavar="FILE", help=known)] = None,
        write_baseline: Annotated[Path | None, typer.Option(metavar="FILE", help=write)] = None,
        prune: Annotated[bool, typer.Option("--prune", help=cut)] = False,
        time_limit: time_limit_option(language) = None,  # type: ignore[valid-type]  # as above
    ) -> int:
        here = session if path is None else replace(session, folder=path)
        least = Severity(chosen(fail_on, tuple(Severity), Severity.ERROR, "--fail-on"))
        scope = Scope(changed_since, baseline, write_baseline, prune)
        scope.refuse_what_contradicts(here.folder)
        wanted = selection(select or (), ignore or ())
        strict = chosen(profile, tuple(PROFILES), "standard", "--profile")
        bounds = limits_of(time_limit)
        return _run(here, outputs(format_ or ()), wanted, least, scope, language, bounds, strict)

    return run


def _run(
    session: Session,
    wanted_outputs: tuple[Output, ...],
    wanted: Selection,
    least: Severity,
    scope: Scope,
    language: Language,
    limits: Limits,
    profile: str,
) -> int:
    began = monotonic()
    catalog = session.catalog()
    # In this order: every check, then suppressions (of all of them, so that none is called unused because it
    # wasn't selected), then what the change touches, what the baseline knows, what was selected and what is
    # ignored, and only then what fails the run.
    look = partial(examine, as_of=session.as_of, limits=limits)
    found = told(session, catalog, lambda catalog: under(profile, look(catalog)), scope)
    findings, known = wanted.of(found.findings), wanted.of(found.known)
    if scope.write_baseline is not None:
        known = write_known(session, findings, scope.write_baseline)
        held = set(known)
        findings = tuple(finding for finding in findings if finding not in held)
    severities = list(Severity)
    failing = frozenset(severities[: severities.index(least) + 1])
    passed = not any(finding.code.severity in failing for finding in findings)
    console = session.console
    report = Report(
        findings=findings,
        sources=catalog.texts.get,
        language=console.language,
        catalog=session.stamp(catalog),
        as_of=session.as_of,
        ok=passed,
        summary=joined(
            [_summary(session, catalog, monotonic() - began), *_profiled(profile), *found.about], "；", "; "
        ),
        columns=console.columns,
        glyphs=console.glyphs,
        ascii_only=not console.is_unicode,
        color=console.color,
        suppressed=wanted.of(found.suppressed),
        known=known,
        untouched=wanted.of(found.untouched),
        prefix=prefix_of(session.folder),
        data=data_of(catalog),
        files=tuple(sorted(catalog.texts)),
        failing=failing,
    )
    deliver(wanted_outputs, report, console, language)
    _warn_of_the_unchecked(session, catalog, {*findings, *known, *found.suppressed})
    return 0 if passed else 1


def _profiled(profile: str) -> tuple[Text, ...]:
    """What a profile other than the usual one makes of severities."""
    if profile == "standard":
        return ()
    return (Text(f"--profile {profile}：", f"--profile {profile}: ") + PROFILES[profile],)


def _warn_of_the_unchecked(session: Session, catalog: Catalog, shown: set[Finding]) -> None:
    """A file that doesn't fit its schema is left out of most checks: no selection must hide that."""
    faulty = {finding.site.file for finding in catalog.findings if finding not in shown}
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
