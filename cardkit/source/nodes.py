"""The strict reader: a file's bytes become plain data and findings, never an exception."""

from dataclasses import replace

from cardkit.ground.finding import Finding, Related, Span
from cardkit.ground.text import Text
from cardkit.source import codes, refusals
from cardkit.source.characters import (
    FORBIDDEN,
    cleaned,
    encoding_hint,
    is_clean,
    looks_like_utf16,
    span_at,
)
from cardkit.source.document import Document
from cardkit.source.faults import MOST_FAULTS, Faults, Stop
from cardkit.source.reading import Reading

__all__ = ["Document", "read"]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_START = Span(1, 1, 1, 2)


def read(file: str, raw: bytes) -> tuple[Document | None, list[Finding]]:
    """Read one file of a catalog; `file` is its name in findings. Raises nothing.

    The document is there unless the text isn't UTF-8 or YAML, isn't a mapping, or breaks a bound. Where a
    finding does not end the reading, the data holds: of duplicate keys the first, of an ambiguous scalar
    its text, of an alias null, of a merge or a key that is a list or mapping nothing, of a forbidden
    character U+FFFD. At most 20 findings a file, by position; a note counts the rest.
    """
    faults = Faults(file)
    try:
        raw, text = _decoded(raw, faults)
        data = Reading(text, faults).document()
    except Stop as stop:
        # A refused character often breaks its line as well: that is one fault, not two.
        if stop.refusal.code is not codes.SYNTAX or not faults.in_line(stop.span.line):
            faults.add(stop.span, stop.refusal)
        return None, faults.findings()
    document = Document(file, raw, data)
    return document, [_with_first_key(document, finding) for finding in faults.findings()]


def _decoded(raw: bytes, faults: Faults) -> tuple[bytes, str]:
    """The bytes to keep and their text; forbidden characters become findings and are replaced in both."""
    if len(raw) > refusals.MOST_BYTES:
        raise Stop(_START, refusals.FILE_TOO_LARGE)
    raw = raw.removeprefix(_BYTE_ORDER_MARK)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode("utf-8")
        refusal = refusals.not_utf8(raw[error.start], encoding_hint(raw))
        raise Stop(span_at(good, len(good)), refusal) from error
    if is_clean(text):
        return raw, text
    if looks_like_utf16(raw):
        raise Stop(_START, refusals.zero_bytes(encoding_hint(raw)))
    found = list(FORBIDDEN.finditer(text))
    for match in found[:MOST_FAULTS]:
        faults.add(span_at(text, match.start()), refusals.forbidden_character(match[0]))
    faults.leave_out(max(0, len(found) - MOST_FAULTS))
    text = cleaned(text)
    return text.encode(), text


def _with_first_key(document: Document, finding: Finding) -> Finding:
    """A duplicate key names the place of the first, which can be looked up once the document is complete."""
    if finding.code is not codes.DUPLICATE_KEY:
        return finding
    first = document.site(finding.site.path, key=True)
    return replace(finding, related=(Related(first, Text("第一次写在这里", "first written here")),))
