"""JSON that other programs rely on: exact money as strings, one envelope, nothing a terminal obeys."""

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cardkit.ground.frozen import frozen
from cardkit.ground.money import to_yuan
from cardkit.ground.safe import LOGGING_COMMAND, UNSAFE

_MOST_EXACT = 2**53
_NEWLINE = "\n"


@frozen
class Stamp:
    """Which catalog an answer is about: its id and content hash, None where it could not be read."""

    id: str | None
    hash: str | None
    overlay: Mapping[str, Any] | None = None
    """What a what-if laid over the files: `{scenario, set}`; None where nothing was."""


def money(fen: int) -> str:
    """Fen as a decimal string in the currency's unit: `-12.40`."""
    return str(to_yuan(fen))


def count(number: int) -> int | str:
    """A count; above 2^53, where JSON readers lose digits, as a string."""
    return number if abs(number) <= _MOST_EXACT else str(number)


def envelope(format_version: int, catalog: Stamp, as_of: date, **body: Any) -> dict[str, Any]:
    """A document: what it is about, then the body's members in their order."""
    overlay = {} if catalog.overlay is None else {"overlay": dict(catalog.overlay)}
    return {
        "format_version": format_version,
        "catalog": {"id": catalog.id, "hash": catalog.hash},
        "as_of": as_of.isoformat(),
        **overlay,
        **body,
    }


def dumps(document: Any, *, ascii_only: bool = False, indent: int | None = 2) -> str:
    r"""The document, indented, ending in a newline; reads back as exactly the same values.

    Without indent it stands on one line.

    Controls, bidi marks and other invisible characters stand as `\uXXXX`, as does the second `#` of `##[`,
    which runners obey wherever it stands. Raises TypeError for what isn't JSON, ValueError for NaN.
    """
    text = json.dumps(document, ensure_ascii=ascii_only, allow_nan=False, indent=indent, default=_plain)
    escaped = UNSAFE.sub(_escaped, text)
    return LOGGING_COMMAND.sub(r"\\u0023", escaped) + _NEWLINE


def _escaped(match: re.Match[str]) -> str:
    # Line feeds are the indentation's own: inside strings, json has already escaped them.
    return match[0] if match[0] == _NEWLINE else json.dumps(match[0])[1:-1]


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not a JSON value: {type(value).__name__}")
