"""Every format of findings, by the name that `--format` takes. A format is one module and one line here."""

from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from cardkit.ground.frozen import frozen
from cardkit.render.findings.report import Report

if TYPE_CHECKING:  # rich is for terminals: json in a pipe must not wait for its import
    from rich.text import Text as Styled

Rendered: TypeAlias = "str | Styled"
"""Text that is ready to write, or styled text for a console."""


@frozen
class FindingFormat:
    """One format: what `--format` calls it, and its module beside this file."""

    name: str
    module: str
    is_log: bool = False
    """Whether it is lines of a log, which others may stand beside; else it is a document, and alone."""

    def render(self, report: Report) -> Rendered:
        """The report in this format; only its module is loaded."""
        rendered: Rendered = import_module(f"cardkit.render.findings.{self.module}").render(report)
        return rendered


FORMATS: tuple[FindingFormat, ...] = (
    FindingFormat("full", "full", is_log=True),
    FindingFormat("concise", "concise", is_log=True),
    FindingFormat("json", "as_json"),
    FindingFormat("jsonl", "jsonl"),
    FindingFormat("markdown", "as_markdown"),
    FindingFormat("github", "github", is_log=True),
    FindingFormat("gitlab", "gitlab"),
    FindingFormat("sarif", "sarif"),
    FindingFormat("junit", "junit"),
)
