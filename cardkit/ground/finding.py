"""One type for every fault that cardkit can show, wherever it was found."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from cardkit.ground.frozen import frozen
from cardkit.ground.text import Text

Path: TypeAlias = tuple[str | int, ...]
"""Keys and list positions (from 0) that lead from a document's root to a value."""


class Severity(StrEnum):
    """How much a finding matters: errors fail a run, warnings only when asked to, notes never."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@frozen
class Code:
    """A check's identity: `CK203`, its kebab-case name, and how much its findings matter."""

    id: str
    name: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: lines and columns count characters from 1, the end is exclusive."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Site:
    """A place in a catalog: a file (relative to the catalog, with `/`), a span, a path in the data."""

    file: str
    span: Span = Span()
    path: Path = ()

    @property
    def pointer(self) -> str:
        """The path as a JSON pointer (RFC 6901)."""
        return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in self.path)


@frozen
class Related:
    """Another place that a finding is about."""

    site: Site
    message: Text


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong (`message`), where (`site`), and what to write instead (`hint`)."""

    code: Code
    site: Site
    message: Text
    hint: Text | None = None
    entity: str | None = None
    related: tuple[Related, ...] = ()

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sort key: by file, then position, then code."""
        span = self.site.span
        return (self.site.file, span.line, span.column, self.code.id, self.message.en)
