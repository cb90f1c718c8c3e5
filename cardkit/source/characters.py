"""Which characters a catalog may hold, and how a stranger's text is quoted in a message.

Refused is what a reviewer can't see or sees elsewhere than a YAML reader does: controls, line breaks
that only YAML knows, marks that turn the writing direction, characters of no width, noncharacters.
"""

import re
import unicodedata

from cardkit.ground.finding import Span
from cardkit.ground.text import Text

REPLACEMENT = "\ufffd"
QUOTED_CHARACTERS = 60

_LINE_BREAKS = "\u0085\u2028\u2029"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SURROGATES = "\ud800-\udfff"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
# U+FE0E and U+FE0F stay allowed: they choose between the text and the colour form of a symbol. The other
# variation selectors and the tag characters can carry whole hidden sentences.
_INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb"
)
_INVISIBLE_BEYOND = "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
_NONCHARACTERS = "\ufdd0-\ufdef\ufffe\uffff"
_NONCHARACTERS_BEYOND = "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
)
_BASIC_PLANE = _CONTROLS + _LINE_BREAKS + _BIDI + _INVISIBLE + _SURROGATES + _NONCHARACTERS

FORBIDDEN = re.compile(rf"[{_BASIC_PLANE}{_INVISIBLE_BEYOND}{_NONCHARACTERS_BEYOND}]|\r(?!\n)")
# Every range beyond the basic plane costs the search time at every character, and an alternative costs it
# more: this class with one such range is ten times faster, and is right about nearly every file.
_SUSPECT = re.compile(rf"[{_BASIC_PLANE}\r\U00010000-\U0010ffff]")

# Texts, compiled when a character is refused: most runs refuse none.
_REASONS: tuple[tuple[str, Text], ...] = (
    (
        rf"[\r{_LINE_BREAKS}]",
        Text(
            "YAML 会在这里换行，而多数编辑器和评审页面不会，后面的内容可能没人看见",
            "YAML breaks the line here and most editors and review pages don't: what follows may go unseen",
        ),
    ),
    (
        f"[{_BIDI}]",
        Text("它会改变文字的显示顺序", "it changes the order in which the text is shown"),
    ),
    (
        f"[{_INVISIBLE}{_INVISIBLE_BEYOND}]",
        Text(
            "它不可见，两个看上去相同的文本会因此不同",
            "it can't be seen, so two texts that look alike differ",
        ),
    ),
    (
        f"[{_SURROGATES}{_NONCHARACTERS}{_NONCHARACTERS_BEYOND}]",
        Text("它不是 Unicode 文本字符", "Unicode has no such character for text"),
    ),
    (
        ".",
        Text("控制字符会操纵终端，不属于文本", "control characters steer terminals and are no text"),
    ),
)


_LAYOUT = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r"})


def character_name(character: str) -> str:
    """`U+202E RIGHT-TO-LEFT OVERRIDE`; only the number where Unicode gives no name."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def reason(character: str) -> Text:
    """Why a forbidden character is refused."""
    return next(text for pattern, text in _REASONS if re.match(pattern, character))


def is_clean(text: str) -> bool:
    """Whether the text holds no forbidden character."""
    return _SUSPECT.search(text) is None or FORBIDDEN.search(text) is None


def cleaned(text: str) -> str:
    """The text with U+FFFD for every forbidden character: safe to show, and positions stay the same."""
    return FORBIDDEN.sub(REPLACEMENT, text)


def quoted(text: str) -> str:
    """A stranger's text for use inside a message: at most 60 characters, nothing that moves a cursor."""
    cut = text if len(text) <= QUOTED_CHARACTERS else text[: QUOTED_CHARACTERS - 1] + "…"
    visible = FORBIDDEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", cut)
    return visible.translate(_LAYOUT)


def span_at(text: str, index: int, length: int = 1) -> Span:
    """The span of `length` characters from `index` (from 0) on, all in one line."""
    line = text.count("\n", 0, index) + 1
    column = index - text.rfind("\n", 0, index)
    return Span(line, column, line, column + length)


def encoding_hint(raw: bytes) -> Text:
    """What to do about bytes that aren't UTF-8, naming the encoding they look like."""
    name = _likely_encoding(raw)
    if name is None:
        return Text("把文件另存为 UTF-8。", "Save the file as UTF-8.")
    return Text(
        f"文件看起来是 {name} 编码，请另存为 UTF-8。", f"The file looks like {name}; save it as UTF-8."
    )


def _likely_encoding(raw: bytes) -> str | None:
    if raw.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or looks_like_utf16(raw):
        return "UTF-16"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return "GBK (GB 18030)"


def looks_like_utf16(raw: bytes) -> bool:
    """Whether a third or more of the first bytes are zero, as in UTF-16 or UTF-32 without a mark."""
    head = raw[:400]
    return len(head) > 1 and head.count(0) * 3 >= len(head)
