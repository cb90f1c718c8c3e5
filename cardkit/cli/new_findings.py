"""What a new file would bring into the findings of a catalog, before it is written."""

from dataclasses import dataclass
from typing import Any

from cardkit.checks.run import examine
from cardkit.cli.session import Session
from cardkit.ground.finding import Finding
from cardkit.model.catalog import Catalog
from cardkit.render.findings import full
from cardkit.render.findings.report import Report
from cardkit.source.load import from_texts
from cardkit.source.texts import read_folder


@dataclass(frozen=True, slots=True)
class NewFindings:
    """The findings that a catalog has with the file and not without it."""

    session: Session
    catalog: Catalog
    found: tuple[Finding, ...]

    def report(self) -> str:
        """For people, without the last line, which would count the whole catalog."""
        console = self.session.console
        report = Report(
            findings=self.found,
            sources=self.catalog.texts.get,
            language=console.language,
            catalog=self.session.stamp(self.catalog),
            as_of=self.session.as_of,
            ok=False,
            columns=console.columns,
            glyphs=console.glyphs,
        )
        return str(full.render(report)).rstrip("\n").rpartition("\n")[0].rstrip("\n")


def new_findings(session: Session, file: str, text: str) -> NewFindings:
    """What is found in the session's catalog with a new file, and isn't without it."""
    texts, unread = read_folder(session.folder)
    before = examine(from_texts(texts, unread), session.as_of).findings
    catalog = from_texts({**texts, file: text.encode()}, unread)
    known = {_key(finding) for finding in before}
    after = examine(catalog, session.as_of).findings
    return NewFindings(session, catalog, tuple(each for each in after if _key(each) not in known))


def _key(finding: Finding) -> tuple[Any, ...]:
    return finding.code.id, finding.site.file, finding.site.path, finding.message
