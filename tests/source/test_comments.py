"""The comments of a file: what libyaml takes for text is none."""

from pathlib import Path
from random import Random

import pytest

from cardkit.source.comments import comments
from cardkit.source.nodes import read

CATALOG = Path(__file__).parent.parent.parent / "catalog"
IGNORE = '# cardkit: ignore[CK902] reason="the partner chose it"'
PIECES = (
    " # x", " # 'x", "\n# y\n", "\n  # y\n",
    '"', "'", "|\n", ">-\n", "#", "[", "}", ": ", "- ", "\r\n", "\\", "é", "\n---\n",
)  # fmt: skip


@pytest.mark.parametrize(
    "value",
    [
        f"'{IGNORE}'",
        f'"a\n  {IGNORE[:19]}"',
        f"|\n    {IGNORE}\n    text",
        f">-\n    text\n    {IGNORE}\n",
        f"a#b{IGNORE[1:16]}",
        f"\n    first line {IGNORE[1:9]}\n    second",
    ],
)
def test_what_stands_in_a_text_is_no_comment(value: str) -> None:
    assert list(comments(f"a: {{b: 1}}\nc:\n  d: {value}\n")) == []


def test_comments_are_found_where_yaml_has_them() -> None:
    text = (
        "# top\n"
        "a: | # after the mark\n"
        "  # text\n"
        "\n"
        "# below a block\n"
        "b: [x, # in a list\n"
        "  'y # z'] # after it\n"
        "c: plain#text # the end"
    )
    found = [(each.text, each.line, each.column, each.alone, each.at_top) for each in comments(text)]
    assert found == [
        ("# top", 1, 1, True, True),
        ("# after the mark", 2, 6, False, False),
        ("# below a block", 5, 1, True, False),
        ("# in a list", 6, 8, False, False),
        ("# after it", 7, 12, False, False),
        ("# the end", 8, 15, False, False),
    ]
    assert list(comments("a: [ # no end\n")) == []


def test_a_file_without_its_comments_says_the_same() -> None:
    chance = Random(20260701)
    texts = [file.read_text(encoding="utf-8") for file in sorted(CATALOG.rglob("*.yaml"))]
    seen = 0
    for _ in range(600):
        text = chance.choice(texts)
        text = text[: text.rfind("\n", 0, 1_000) + 1]
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice(PIECES) + text[at:]
        document, _ = read("x.yaml", text.encode())
        if document is None or not document.data:
            continue
        lines = document.text.split("\n")
        for comment in comments(document.text):
            line = lines[comment.line - 1]
            assert line[comment.column - 1 :].rstrip("\r") == comment.text
            lines[comment.line - 1] = line[: comment.column - 1]
            seen += 1
        without, _ = read("x.yaml", "\n".join(lines).encode())
        assert without is not None
        assert without.data == document.data
    assert seen > 100
