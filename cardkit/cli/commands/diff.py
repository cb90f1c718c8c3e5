"""`cardkit diff`: what a change does, for whoever reviews it."""

from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Annotated

import typer

from cardkit.cli.diff_sides import Compared, compared
from cardkit.cli.engine import limits_of
from cardkit.cli.options import argument, chosen, format_option, table_format
from cardkit.cli.session import Session
from cardkit.diff.difference import Difference, difference
from cardkit.diff.sides import Sides
from cardkit.ground.finding import Severity
from cardkit.ground.safe import disarm, one_line
from cardkit.ground.text import Language, Text
from cardkit.pricing.setting import Day
from cardkit.render.data_json import dumps, envelope
from cardkit.render.diff_json import diff_body, flat_table
from cardkit.render.diff_words import verdict
from cardkit.solve.limits import DEFAULT_SECONDS, Limits
from cardkit.source.write import write_text

FORMATS = ("table", "tsv", "csv", "json", "markdown", "md", "html")
FAILING = ("promise", "loss", "unsellable", "any")
_BY_ENDING = {".html": "html", ".htm": "html", ".md": "markdown", ".json": "json"}
LEAST_SECONDS = 1.5
"""CPU time that the engine may always take; where reading the catalogs took longer, as long as that."""

MOST_MODULES = 500
"""Where more can be combined, the engine is asked only by whoever gives it a time."""


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    base = argument(
        "改动之前：git 版本（从与 HEAD 的分叉处算起），或文件夹 ./DIR",
        "Before: a git revision (from where the branch began), or a folder ./DIR",
        "BASE",
        language,
    )
    head = argument(
        "改动之后：git 版本或文件夹；不写则是工作区",
        "After: a git revision or a folder; the working tree when left out",
        "[HEAD]",
        language,
    )
    fail = Text(
        "出现这些就以 1 退出：promise 打破承诺，loss 新的亏损，unsellable 不能再卖；可重复",
        "Exit with 1 for these: broken promises, new losses, offers that can't be sold; may be repeated",
    ).to(language)
    seconds = Text(
        "引擎最多算多少秒；不写则 CPU 时间和读目录一样多（1.5 到 30 秒），超过 500 个模块时不算",
        "Seconds for the engine; else CPU time as reading took (1.5 to 30), none beyond 500 modules",
    ).to(language)
    file = Text("写到这个文件", "Write to this file; its ending says the format").to(language)

    def run(
        session: Session,
        base: Annotated[str, base],
        head: Annotated[str | None, head] = None,
        fail_on: Annotated[
            list[str] | None, typer.Option("--fail-on", metavar="promise|loss|unsellable|any", help=fail)
        ] = None,
        time_limit: Annotated[
            float | None, typer.Option("--time-limit", metavar="SECONDS", help=seconds)
        ] = None,
        format_: format_option(language, FORMATS) = None,  # type: ignore[valid-type]  # the help's language decides
        output: Annotated[Path | None, typer.Option(metavar="FILE", help=file)] = None,
    ) -> int:
        wanted = [chosen(word, FAILING, "any", "--fail-on") for word in fail_on or ()]
        default = session.console.default_format
        if output is not None:
            default = _BY_ENDING.get(output.suffix.lower(), "markdown")  # type: ignore[assignment]
        form = chosen(format_, FORMATS, default)
        if time_limit is not None:
            limits_of(time_limit)  # refused before anything is read
        began = process_time()
        both = compared(session, base, head)
        limits = limits_of(time_limit) if time_limit is not None else _as_long_as(process_time() - began)
        sides = Sides(Day(both.before, session.as_of), Day(both.after, session.as_of))
        found = difference(sides, limits, MOST_MODULES if time_limit is None else None)
        if output is None:
            _show(session, both, found, form)
        else:
            write_text(output, _page(session, both, found, form))
            name = one_line(str(output))
            session.console.message(
                Text(f"已写 {name}：", f"wrote {name}: ") + verdict(found, session.console.glyphs)
            )
        return 1 if _fails(found, wanted) else 0

    return run


def _as_long_as(read: float) -> Limits:
    """The engine takes no longer than what can't be avoided: small catalogs have time to spare.

    CPU time, so that the answer doesn't depend on what else the machine does.
    """
    return Limits(min(max(read, LEAST_SECONDS), DEFAULT_SECONDS), clock=process_time)


def _fails(found: Difference, wanted: list[str]) -> bool:
    faulty = any(fault.code.severity is Severity.ERROR for fault in found.faults)
    happened = {
        "promise": bool(found.broken) or faulty,
        "loss": bool(found.losses),
        "unsellable": bool(found.unsellable),
    }
    # What wasn't proved in time may be a loss: it must not pass for none.
    happened["loss"] |= bool(found.edges.unknown or found.offers.unpriced) and "loss" in wanted
    return any(any(happened.values()) if word == "any" else happened[word] for word in wanted)


def _show(session: Session, both: Compared, found: Difference, form: str) -> None:
    console = session.console
    if form == "json":
        console.document(_document(session, both, found))
    elif form in ("tsv", "csv"):
        console.table(flat_table(found), table_format(form, console))
    elif form == "table":
        _tables(session, both, found)
    else:
        page = _page(session, both, found, form)
        if form == "html" and not console.is_unicode:
            from cardkit.render.sheet_html import in_ascii

            page = in_ascii(page)
        console.data(page)


def _tables(session: Session, both: Compared, found: Difference) -> None:
    from cardkit.render import diff_tables

    _line(session, verdict(found, session.console.glyphs))
    for table in diff_tables.tables(found):
        session.console.data("\n")
        session.console.table(table, "table")
    session.console.data("\n")
    _line(session, _about(session, both))


def _line(session: Session, text: Text) -> None:
    """A sentence, folded to the terminal's width."""
    from cardkit.render.cells import folded

    console = session.console
    said = disarm(one_line(text.to(console.language)), anywhere=True)
    console.data("".join(f"{line}\n" for line in folded(said, console.columns)))


def _page(session: Session, both: Compared, found: Difference, form: str) -> str:
    language, about = session.console.language, _about(session, both)
    if form == "json":
        return dumps(_document(session, both, found))
    if form == "html":
        from cardkit.render import diff_html  # with Jinja2, which only this format needs

        return diff_html.render(found, language, about)
    from cardkit.render import diff_markdown

    return diff_markdown.render(found, language, about)


def _document(session: Session, both: Compared, found: Difference) -> dict[str, object]:
    stamp, base = session.stamp(both.after), session.stamp(both.before)
    language = session.console.language
    compared_with = {
        "catalog": {"id": base.id, "hash": base.hash},
        "name": both.sides[0].name.to(language),
        "commit": both.sides[0].commit,
    }
    commit = {"commit": both.sides[1].commit, "name": both.sides[1].name.to(language)}
    body = diff_body(found, language)
    return envelope(1, stamp, session.as_of, base=compared_with, head=commit, **body)


def _about(session: Session, both: Compared) -> Text:
    """What was compared with what, and the catalogs' hashes: the same answer as yesterday can be told."""
    hashes = f"{both.before.hash[:8]} / {both.after.hash[:8]}"
    return both.names + Text(" · ", " · ") + session.about(both.after) + Text(f" · {hashes}", f" · {hashes}")
