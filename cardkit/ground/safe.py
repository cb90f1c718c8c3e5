"""Makes any string harmless to print: whatever hides, moves or commands is shown as what it is.

Three layers, weakest first: `clean` for characters, `one_line` for cells and messages, `disarm` for the
commands that continuous-integration runners read in a program's output.
"""

import re

_HIDDEN = (
    "\x7f-\x9f\xad"  # DEL, C1 controls, soft hyphen
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # joiners, Arabic letter mark, fillers
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero-width, line separators, bidi controls
    "\u3164\ufeff\uffa0\ufff9-\ufffb"  # Hangul fillers, byte order mark, annotation marks
    "\ufe00-\ufe0f"  # variation selectors: invisible, and terminals disagree about their width
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # surrogates, noncharacters
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # shorthand and musical format controls
    "\U000e0000-\U000e0fff"  # tag characters, further variation selectors
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
)

UNSAFE = re.compile(f"[\x00-\x1f{_HIDDEN}]")
"""One character that must not be printed, newline and tab included."""

LOGGING_COMMAND = re.compile(r"(?<=#)#(?=[A-Za-z]*\[)")
"""The second mark of `##[` and `##vso[`, which runners obey wherever it stands."""

_UNSAFE_IN_LINES = re.compile(f"[\x00-\x09\x0b-\x1f{_HIDDEN}]")
_BREAKS = re.compile("[\t\r\n]+")
_DOUBLE_COLON = re.compile(":(?=:)")
_WORKFLOW_COMMAND = re.compile(r"^([^\S\n]*:):", re.MULTILINE)


def _visible(match: re.Match[str]) -> str:
    return f"\\u{{{ord(match[0]):x}}}"


def clean(text: str, *, keep_newlines: bool = False) -> str:
    r"""The text with every invisible or controlling character written out: ESC becomes `\u{1b}`.

    Cleaning twice changes nothing. With `keep_newlines`, line feeds (and only they) stay.
    """
    pattern = _UNSAFE_IN_LINES if keep_newlines else UNSAFE
    return pattern.sub(_visible, text) if pattern.search(text) else text


def one_line(text: str) -> str:
    """The text on one line, as in a cell: line breaks and tabs become one space, the rest is cleaned."""
    if _BREAKS.search(text):
        parts = (part.strip(" ") for part in _BREAKS.split(text))
        text = " ".join(part for part in parts if part)
    return clean(text)


def disarm(text: str, *, anywhere: bool = False) -> str:
    """The text with runner commands broken so that one sees it: `: :error::`, `# [error]`.

    GitHub's runner obeys `::command::` after any white space at a line's start, and `##[command]` anywhere;
    Azure's obeys `##vso[`. `anywhere` breaks every `::`, for text that may be wrapped or cut later.
    `##[` keeps its length, so that what stands under it stays under it.
    """
    if "##" in text:
        text = LOGGING_COMMAND.sub(" ", text)
    if "::" not in text:
        return text
    return _DOUBLE_COLON.sub(": ", text) if anywhere else _WORKFLOW_COMMAND.sub(r"\1 :", text)
