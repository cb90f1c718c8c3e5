"""Mutated documents: what a slip of the hand, a merge, a broken disk or a stranger makes of files."""

from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
PIECES = (
    "[", "]", "{", "}", ":", ": ", "- ", ",", "#", " #", "&a ", "*a", "!!str ", "!x ", "<<: ", "|", ">",
    "%", "@", "`", "'", '"', "\n", "\r", "\t", "  ", "---\n", "...\n", "? ", "null", "~", "no", "010",
    "1e3", "1:30", "1_000", "0x1f", ".inf", ".nan", "9" * 30, "-1", "-0.0", "100.001", "101%",
    "0.000000001%", "2026-13-45", "2027-02-29", "\x00", "\x1b", "\x85", "\ufeff", "\u2028", "\u200b",
    "\u202e", "\U000e0041", "\ud7ff", "é", "[" * 70, "x" * 3000, "a: " * 40, "::error::", "##[error]",
    "=1+1", "</script>", "[/foo]", "{{", "%s",
)  # fmt: skip


def sources() -> dict[str, bytes]:
    """What is mutated: the shipped catalog, the small one that checks are tested with, the hostile files."""
    folders = (ROOT / "catalog", ROOT / "tests" / "checks" / "example", ROOT / "tests" / "corpus")
    files = [(folder, file) for folder in folders for file in sorted(folder.rglob("*.yaml"))]
    found = {file.relative_to(folder).as_posix(): file.read_bytes() for folder, file in files}
    return {name: raw for name, raw in found.items() if len(raw) < 20_000}


def mutated(chance: Random, raw: bytes, others: list[bytes]) -> bytes:
    """One to four changes: bytes, characters, lines, values, or a piece of another file."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        raw = chance.choice(CHANGES)(chance, raw, others)
    return raw


def _bytes(chance: Random, raw: bytes, _others: list[bytes]) -> bytes:
    place = chance.randint(0, len(raw))
    return raw[:place] + chance.randbytes(chance.choice((1, 1, 2, 8))) + raw[place + chance.randint(0, 4) :]


def _cut(chance: Random, raw: bytes, _others: list[bytes]) -> bytes:
    low, high = sorted(chance.randint(0, len(raw)) for _ in range(2))
    return raw[:low] + raw[min(high, low + 40) :] if chance.random() < 0.8 else raw[:high]


def _insert(chance: Random, raw: bytes, _others: list[bytes]) -> bytes:
    place = chance.randint(0, len(raw))
    return raw[:place] + chance.choice(PIECES).encode("utf-8", "surrogatepass") + raw[place:]


def _lines(chance: Random, raw: bytes, _others: list[bytes]) -> bytes:
    lines = raw.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    change = chance.randrange(4)
    if change == 0:
        lines[one], lines[other] = lines[other], lines[one]
    elif change == 1:
        lines.insert(other, lines[one])
    elif change == 2:
        lines[one] = b" " * chance.randint(0, 6) + lines[one].lstrip()
    else:
        del lines[one]
    return b"\n".join(lines)


def _value(chance: Random, raw: bytes, _others: list[bytes]) -> bytes:
    lines = raw.split(b"\n")
    place = chance.randrange(len(lines))
    key, colon, _ = lines[place].partition(b": ")
    if colon:
        lines[place] = key + colon + chance.choice(PIECES).encode("utf-8", "surrogatepass")
    return b"\n".join(lines)


def _spliced(chance: Random, raw: bytes, others: list[bytes]) -> bytes:
    other = chance.choice(others)
    start = chance.randint(0, len(other))
    place = chance.randint(0, len(raw))
    return raw[:place] + other[start : start + chance.randint(0, 300)] + raw[place:]


CHANGES = (_bytes, _cut, _insert, _insert, _lines, _value, _value, _spliced)
