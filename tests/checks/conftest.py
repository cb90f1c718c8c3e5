"""The small example catalog that the pages of checks change, and how a snippet changes it."""

import re
import textwrap
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cardkit.checks.page import HERE, Example
from cardkit.checks.run import run
from cardkit.ground.finding import Finding
from cardkit.ground.finding import Path as DataPath
from cardkit.model.catalog import Catalog
from cardkit.source.document import Document
from cardkit.source.load import from_texts
from cardkit.source.nodes import read

AS_OF = date(2026, 7, 1)
Texts = dict[str, str]
_KEY = re.compile(r"([A-Za-z_][\w-]*):")
_NO_KEY = re.compile(r"# no ([a-z_]+)\Z")


def catalog_of(texts: Texts) -> Catalog:
    return from_texts({file: text.encode() for file, text in texts.items()}, [])


def findings_of(texts: Texts, as_of: date = AS_OF) -> list[Finding]:
    return run(catalog_of(texts), as_of)


def told(finding: Finding) -> str:
    """A finding as one readable line, for messages of failing tests."""
    span = finding.site.span
    return f"{finding.site.file}:{span.line} {finding.code.id} {finding.code.name}: {finding.message.en}"


@pytest.fixture(scope="session")
def example() -> Texts:
    root = Path(__file__).parent / "example"
    return {
        file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in root.rglob("*.yaml")
    }


@pytest.fixture(scope="session")
def findings() -> Callable[..., list[Finding]]:
    return findings_of


@pytest.fixture(scope="session")
def changed() -> Callable[[Texts, Iterable[Example]], Texts]:
    """The example catalog with the snippets of a page in their places."""

    def change(texts: Texts, snippets: Iterable[Example]) -> Texts:
        made = dict(texts)
        for snippet in snippets:
            if snippet.whole or snippet.file not in texts:
                made[snippet.file] = snippet.text
            else:
                made[snippet.file] = _changed(snippet, made[snippet.file])
        return made

    return change


def _changed(snippet: Example, text: str) -> str:
    for block in _blocks(snippet.text):
        document, faults = read(snippet.file, text.encode())
        assert document is not None
        assert not faults
        text = _with_block(document, text, snippet.place, block)
    return text


def _blocks(text: str) -> list[str]:
    """A snippet's top-level keys, each with its lines."""
    blocks: list[str] = []
    for line in text.rstrip("\n").split("\n"):
        if _KEY.match(line) or _NO_KEY.match(line) or not blocks:
            blocks.append(line)
        else:
            blocks[-1] += "\n" + line
    return blocks


def _with_block(document: Document, text: str, place: str, block: str) -> str:
    parent: DataPath = tuple(int(step) if step.isdigit() else step for step in place.split("/") if step)
    value: Any = document.data
    for step in parent:
        value = value[step]
    gone = _NO_KEY.match(block)
    head = _KEY.match(block)
    assert gone or head, f"a snippet begins with a key, not with {block!r}"
    key = (gone or head)[1]  # type: ignore[index]
    assert not gone or key in value, f"there is no {key} to leave out"
    lines = text.split("\n")
    anchor = key if key in value else next(iter(value))
    span = document.site((*parent, anchor), key=True).span
    first, indent = span.line - 1, span.column - 1
    after = first + 1
    while after < len(lines) and (not lines[after].strip() or _indent(lines[after]) > indent):
        after += 1
    while after > first + 1 and not lines[after - 1].strip():
        after -= 1
    new = [] if gone else textwrap.indent(block, " " * indent).split("\n")
    if key in value:
        if new:
            new[0] = lines[first][:indent] + new[0][indent:]
        lines[first:after] = new
    else:
        lines[after:after] = new
    return "\n".join(lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


@pytest.fixture(scope="session")
def lines_meant() -> Callable[[Texts], set[tuple[str, int]]]:
    """The places that a page marks with `# here`."""

    def meant(texts: Texts) -> set[tuple[str, int]]:
        return {
            (file, number)
            for file, text in texts.items()
            for number, line in enumerate(text.split("\n"), 1)
            if line.endswith(HERE)
        }

    return meant
