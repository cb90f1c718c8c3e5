"""Where outcomes of expectations go: one format on the output, others into files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cardkit.cli.console import Console
from cardkit.cli.options import chosen, table_format
from cardkit.cli.session import Session
from cardkit.expectations.outcome import Outcome, failed
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Finding
from cardkit.ground.text import Language, Text
from cardkit.model.catalog import Catalog
from cardkit.render import delimited, expectation_junit, markdown
from cardkit.render.data_json import dumps, envelope
from cardkit.render.expectation_json import outcomes_body
from cardkit.render.expectation_tables import outcomes_table
from cardkit.render.expectation_text import outcomes_text
from cardkit.render.findings.as_json import finding_object
from cardkit.render.glyphs import UNICODE
from cardkit.source.write import write_text

FORMATS = ("table", "tsv", "csv", "md", "json", "junit")
_FILE_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Output:
    """A format, and the file that it goes to; None for the standard output."""

    form: str
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What came of a run."""

    session: Session
    catalog: Catalog
    outcomes: Sequence[Outcome]
    faults: Sequence[Finding]
    every: bool
    """Whether what holds is listed too."""

    @property
    def summary(self) -> Text:
        """40 条预期全部成立 / 2 of 40 expectations fail, and what they were held against."""
        number, failing = len(self.outcomes), len(failed(self.outcomes))
        noun = "expectation" if number == 1 else "expectations"
        about = self.session.about(self.catalog)
        if failing:
            told = Text(
                f"{number} 条预期中 {failing} 条不成立", f"{failing} of {number} {noun} fail{_s(failing)}"
            )
        else:
            told = Text(f"{number} 条预期全部成立", f"{number} {noun} hold{_s(number)}")
        unread = len({finding.site.file for finding in self.faults})
        if unread:
            told += Text(
                f"；另有 {unread} 个文件有错，没有检查",
                f"; {unread} more file{' was' if unread == 1 else 's were'} not checked",
            )
        return told + Text("；", "; ") + about


def _s(number: int) -> str:
    return "s" if number == 1 else ""


def wanted_outputs(words: Sequence[str], console: Console) -> tuple[Output, ...]:
    """What `--format` asks for; raises CardkitError for an unknown format or two on one output."""
    found = []
    for word in words:
        name, equals, file = word.partition("=")
        form = chosen(name, FORMATS, console.default_format)
        if equals and not file:
            raise CardkitError(
                Text(f"--format {name}= 没有写文件", f"--format {name}= names no file"),
                Text(f"写成 --format {name}=FILE", f"write --format {name}=FILE"),
            )
        found.append(Output(form, Path(file) if file and file != "-" else None))
    files = [output.file for output in found]
    if len(set(files)) < len(files):
        raise CardkitError(
            Text("两种格式写到同一个地方", "Two formats go to the same place"),
            Text("每种格式写一个文件：--format FORMAT=FILE", "give each a file: --format FORMAT=FILE"),
        )
    if None not in files:
        found.append(Output(console.default_format))
    return tuple(found)


def deliver(outputs: Sequence[Output], results: Results, language: Language) -> None:
    """Write every output, files first; `language` is that of files. Raises OSError where the disk refuses."""
    console = results.session.console
    for output in outputs:
        if output.file is not None:
            write_text(output.file, _text(output.form, results, language, ascii_only=False))
            console.message(Text(f"已写 {output.file}", f"wrote {output.file}"))
    form = next(output.form for output in outputs if output.file is None)
    failing = failed(results.outcomes)
    mark = console.glyphs.cross if failing or results.faults else console.glyphs.tick
    line = Text(f"{mark} ", f"{mark} ") + results.summary
    if form == "table":
        shown = outcomes_text(
            results.outcomes, console.language, console.columns, console.glyphs, every=results.every
        )
        console.data(shown + line.to(console.language) + "\n")
    elif form in ("json", "junit"):
        console.data(_text(form, results, console.language, ascii_only=not console.is_unicode))
    else:
        console.table(outcomes_table(results.outcomes, every=results.every), table_format(form, console))
        console.message(line)


def _text(form: str, results: Results, language: Language, *, ascii_only: bool) -> str:
    """A format as a file holds it."""
    session = results.session
    if form == "json":
        body = outcomes_body(results.outcomes, language)
        body["ok"] = body["ok"] and not results.faults
        body["findings"] = [finding_object(finding, language) for finding in results.faults]
        stamp = session.stamp(results.catalog)
        return dumps(envelope(1, stamp, session.as_of, **body), ascii_only=ascii_only)
    if form == "junit":
        return expectation_junit.render(results.outcomes, results.faults, language, ascii_only=ascii_only)
    if form == "table":
        shown = outcomes_text(results.outcomes, language, _FILE_COLUMNS, UNICODE, every=results.every)
        return shown + results.summary.to(language) + "\n"
    table = outcomes_table(results.outcomes, every=results.every)
    if form == "csv":
        return delimited.csv(table, language)
    if form == "md":
        return markdown.render(table, language)
    return delimited.tsv(table, language)
