"""Every format of findings, by the name that `--format` takes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cardkit.render.findings import as_json, concise
from cardkit.render.findings.report import Report

if TYPE_CHECKING:  # rich is for terminals: json in a pipe must not wait for its import
    from rich.text import Text as Styled

Rendered: TypeAlias = "str | Styled"
"""Text that is ready to write, or styled text for a console."""


@dataclass(frozen=True, slots=True)
class FindingFormat:
    """One format: what `--format` calls it, and the function that renders a report."""

    name: str
    render: Callable[[Report], Rendered]


def _full(report: Report) -> Rendered:
    from cardkit.render.findings import full

    return full.render(report)


FORMATS: tuple[FindingFormat, ...] = (
    FindingFormat("full", _full),
    FindingFormat("concise", concise.render),
    FindingFormat("json", as_json.render),
)
