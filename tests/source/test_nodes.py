import pathlib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardkit.ground.finding import Finding, Span
from cardkit.source.codes import READING_CODES
from cardkit.source.nodes import Document, read

CORPUS = pathlib.Path(__file__).parents[1] / "corpus"


def data_of(text: str) -> dict[str, Any]:
    document, findings = read("a.yaml", text.encode())
    assert findings == []
    assert document is not None
    return document.data


def findings_of(text: str | bytes) -> list[Finding]:
    return read("a.yaml", text if isinstance(text, bytes) else text.encode())[1]


def places(text: str | bytes) -> list[tuple[str, int, int]]:
    return [(found.code.name, found.site.span.line, found.site.span.column) for found in findings_of(text)]


def document_of(text: str) -> Document:
    document, _ = read("a.yaml", text.encode())
    assert document is not None
    return document


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("null", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-17", -17),
        ("999999999999999999", 999_999_999_999_999_999),
        ("480.00", Decimal("480.00")),
        ("0.06250000", Decimal("0.06250000")),
        ("-0.5", Decimal("-0.5")),
        ("0.45%", "0.45%"),
        ("2026-01-01", "2026-01-01"),
        ("2026-01-01T10:00:00Z", "2026-01-01T10:00:00Z"),
        ("1.2.3", "1.2.3"),
        ("1,000.00", "1,000.00"),
        ("12", 12),
        ('"12"', "12"),
        ("'on'", "on"),
        ("none", "none"),
        ('"a\\r\\nb"', "a\nb"),
        ("航空里程包 ❤️", "航空里程包 ❤️"),
    ],
)
def test_a_value_has_the_type_that_its_spelling_says(text: str, value: object) -> None:
    found = data_of(f"x: {text}\n")["x"]
    assert found == value
    assert type(found) is type(value)
    if isinstance(value, Decimal):
        assert str(found) == str(value)


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("on", '"on" in quotes, or true'),
        ("No", '"No" in quotes, or false'),
        ("Y", '"Y" in quotes, or true'),
        ("TRUE", '"TRUE" in quotes, or true'),
        ("~", '"~" in quotes, or null'),
        ("=", '"=" in quotes.'),
        ("<<", '"<<" in quotes.'),
        ("010", '"010" in quotes, or 10'),
        ("08", '"08" in quotes, or 8'),
        ("0x1F", '"0x1F" in quotes, or 31'),
        ("0o17", '"0o17" in quotes, or 15'),
        ("1e3", '"1e3" in quotes, or 1000'),
        ("1e999999999", '"1e999999999" in quotes.'),
        ("1:30", '"1:30" in quotes.'),
        ("09:30", '"09:30" in quotes.'),
        ("1_000", '"1_000" in quotes, or 1000'),
        (".inf", '".inf" in quotes.'),
        ("-.INF", '"-.INF" in quotes.'),
        (".NaN", '".NaN" in quotes.'),
        (".5", '".5" in quotes, or 0.5'),
        ("5.", '"5." in quotes, or 5'),
        ("+5", '"+5" in quotes, or 5'),
        ("-0", '"-0" in quotes, or 0'),
        ("-0.00", '"-0.00" in quotes, or 0.00'),
        ("1234567890123456789", '"1234567890123456789" in quotes.'),
        ("1234567890123.456", '"1234567890123.456" in quotes.'),
    ],
)
def test_an_ambiguous_scalar_stays_text_and_says_what_to_write(text: str, instead: str) -> None:
    document, findings = read("a.yaml", f"id: gold\nx: {text}\n".encode())
    assert [(found.code.name, found.site.span, found.site.pointer) for found in findings] == [
        ("ambiguous-scalar", Span(2, 4, 2, 4 + len(text)), "/x")
    ]
    assert findings[0].hint is not None
    assert instead in findings[0].hint.en
    assert document is not None
    assert document.data == {"id": "gold", "x": text}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: {c: 1, c: 2}\n", [("duplicate-key", 2, 11)]),
        ("é: 1\ne\u0301: 2\n", [("duplicate-key", 2, 1)]),
        ("e\u0301: 1\né: 2\n", [("duplicate-key", 2, 1)]),
        ("\u212a: 1\nK: 2\n", [("duplicate-key", 2, 1)]),
        ("1: x\n", [("key-not-text", 1, 1)]),
        ("true: x\n", [("key-not-text", 1, 1)]),
        ("?\n: x\n", [("key-not-text", 1, 2)]),
        ("on: x\n", [("ambiguous-scalar", 1, 1)]),
        ("? [a, b]\n: x\nc: on\n", [("key-not-text", 1, 3), ("ambiguous-scalar", 3, 4)]),
        ('"a\\tb": x\n', [("key-not-text", 1, 1)]),
        ("a: &b 1\nc: *b\n", [("alias", 1, 4), ("alias", 2, 4)]),
        ("a: {<<: *b}\n", [("merge-key", 1, 5)]),
        ("a: !!str 1\n", [("tag", 1, 4)]),
        ("a: ! 12\n", [("tag", 1, 4)]),
        ("%YAML 1.2\n---\na: 1\n", [("directive", 1, 1)]),
        ("a: 1\n---\nb: 2\n", [("several-documents", 2, 1)]),
        ("里程: \u202eabc\n", [("forbidden-character", 1, 5)]),
        ('里程: [x, "\\u202e"]\n', [("forbidden-character", 1, 9)]),
        ("a: 1 # x\u2028b: 2\n", [("forbidden-character", 1, 9)]),
        ("a: 1\rb: 2\n", [("forbidden-character", 1, 5)]),
        ("\ufeff里: 1\n\ufeffb: 2\n", [("forbidden-character", 2, 1)]),
        ("里\U0001f468\u200d\U0001f469: 1\n", [("forbidden-character", 1, 3)]),
        ("- a\n", [("root-not-mapping", 1, 1)]),
        ("--- # nothing\n", [("empty-document", 1, 1)]),
        ("里: a: b\n", [("syntax", 1, 5)]),
        ("a: 1\nnothing here\nb: 2\n", [("syntax", 2, 1)]),
        ("a: 1\nb:\n\tc: 1\n", [("syntax", 3, 1)]),
        ('a: "x" y\nb: 1\n', [("syntax", 1, 8)]),
        ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\n>>>>>>> x\n", [("conflict-marker", 2, 1)]),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n", [("lfs-pointer", 1, 1)]),
        ("\n<!DOCTYPE html>\n<p>404: x</p>\n", [("html-page", 2, 1)]),
        ("a: [1,\nb: 2\n", [("syntax", 1, 4)]),
        ('a: "x\nb: 2\n', [("syntax", 1, 4)]),
        ('a: "\\ud800"\n', [("forbidden-character", 1, 7)]),
        ("里: 1\n".encode("gb18030"), [("not-utf8", 1, 1)]),
        ("里: ".encode() + b"\xff", [("not-utf8", 1, 4)]),
    ],
)
def test_a_fault_is_found_where_it_stands(text: str | bytes, expected: list[tuple[str, int, int]]) -> None:
    assert places(text) == expected


def test_the_first_of_two_keys_counts_and_the_second_points_to_it() -> None:
    document, findings = read("a.yaml", b"a:\n  fee: 1\n  fee: {x: on}\n")
    assert document is not None
    assert document.data == {"a": {"fee": 1}}
    duplicate = findings[0]
    assert (duplicate.code.name, duplicate.site.pointer) == ("duplicate-key", "/a/fee")
    assert duplicate.related[0].site.span == Span(2, 3, 2, 6)
    assert findings[1].code.name == "ambiguous-scalar"


def test_every_code_has_its_own_id_and_name() -> None:
    assert len({code.id for code in READING_CODES}) == len({code.name for code in READING_CODES})
    assert len({code.id for code in READING_CODES}) == len(READING_CODES)
    assert all(code.id.startswith("CK0") for code in READING_CODES)


def test_twenty_faults_are_shown_and_the_rest_is_counted() -> None:
    findings = findings_of("".join(f"k{number}: on\n" for number in range(50)))
    assert [found.site.span.line for found in findings[:-1]] == list(range(1, 21))
    assert (findings[-1].code.name, findings[-1].message.en[:2]) == ("more-faults", "30")


def test_messages_show_no_character_that_was_refused() -> None:
    for found in findings_of('"a\\e[2J\x1b": on\n"a\\e[2J\x1b": 1\n'):
        assert all(part.isprintable() for part in (found.message.zh, found.message.en))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"a: " + b"[" * 63 + b"]" * 63, None),
        (b"a: " + b"[" * 64 + b"]" * 64, "too-deep"),
        (b"[" * 500_000, "root-not-mapping"),
        (b"a: " + b"[" * 900_000, "too-deep"),
        (b"a: {? " + b"[" * 900_000, "too-deep"),
        (b"a: [" + b"a," * 199_000 + b"]", None),
        (b"a: [" + b"a," * 201_000 + b"]", "too-many-values"),
        (b"a: " + b"x" * 64_000, None),
        (b"a: " + b"x" * 64_001, "scalar-too-long"),
        (b"a: " + b" " * 1_000_000, "file-too-large"),
    ],
)
def test_bounds_hold_to_the_last_allowed_value(text: bytes, code: str | None) -> None:
    assert [found.code.name for found in findings_of(text)][-1:] == ([code] if code else [])


TEXT = """\
# 注释
id: 金卡
name: {zh: 航空, en: "Air"}
list:
  - a: 1
    b: 2
  - note: |
      one
      two

# end
last:
"""


@pytest.mark.parametrize(
    ("path", "key", "span"),
    [
        (("id",), False, Span(2, 5, 2, 7)),
        (("id",), True, Span(2, 1, 2, 3)),
        (("name",), False, Span(3, 7, 3, 26)),
        (("name", "en"), False, Span(3, 20, 3, 25)),
        (("name", "en"), True, Span(3, 16, 3, 18)),
        (("name", "fr"), False, Span(3, 1, 3, 5)),
        (("list",), False, Span(5, 3, 9, 10)),
        (("list", 0), False, Span(5, 5, 6, 9)),
        (("list", 0), True, Span(5, 5, 6, 9)),
        (("list", 0, "c"), False, Span(5, 5, 5, 6)),
        (("list", 0, "c", "d", 3), False, Span(5, 5, 5, 6)),
        (("list", 1, "note"), False, Span(7, 11, 9, 10)),
        (("list", 7), False, Span(4, 1, 4, 5)),
        (("last",), False, Span(12, 6, 12, 6)),
        (("kind",), False, Span(2, 1, 2, 3)),
        ((), False, Span(2, 1, 2, 3)),
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_site_is_the_value_the_key_or_the_nearest_parent(
    mark: str, path: tuple[str | int, ...], key: bool, span: Span
) -> None:
    site = document_of(mark + TEXT).site(path, key=key)
    assert (site.file, site.span, site.path) == ("a.yaml", span, path)


def test_sites_follow_the_data_past_everything_that_was_left_out() -> None:
    document = document_of('? {x: [1]}\n: 1\na: {b: 1, b: {c: 2}}\nz: {<<: {q: 1}, "\\e": 2}\n')
    assert document.data == {"a": {"b": 1}, "z": {"\ufffd": 2}}
    assert document.site(("a", "b")).span == Span(3, 8, 3, 9)
    assert document.site(("a", "b", "c")).span == Span(3, 5, 3, 6)
    assert document.site(("z", "\ufffd")).span.line == 4


def plain(value: object) -> bool:
    if type(value) is dict:
        return all(type(key) is str and plain(child) for key, child in value.items())
    if type(value) is list:
        return all(map(plain, value))
    return value is None or type(value) in {str, int, bool, Decimal}


def paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    children: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        children = list(value.items())
    elif isinstance(value, list):
        children = list(enumerate(value))
    return [path, *(found for step, child in children for found in paths(child, (*path, step)))]


SOURCES = [TEXT.encode(), *(path.read_bytes()[:2_000] for path in sorted(CORPUS.glob("*.yaml")))]
SNIPPETS = [
    b"[",
    b"{",
    b"&a ",
    b"*a",
    b"!t ",
    b"<<: ",
    b"? ",
    b"- ",
    b": ",
    b"\t",
    b"\n",
    b"'",
    b'"',
    b"|\n",
    b"\xff",
]
SNIPPETS += [
    b"%",
    b"#",
    b"---\n",
    b"...\n",
    b"\\x1b",
    b"\xe2\x80\xa8",
    b"\r",
    b"0x",
    b"\0",
    b"on",
    b"1_0",
    b"e\xcc\x81",
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    text = draw(st.sampled_from(SOURCES))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 8)))
        text = text[:start] + draw(st.sampled_from(SNIPPETS) | st.binary(max_size=3)) + text[end:]
    return text


@given(mutated())
def test_a_mutated_document_never_raises_and_every_value_has_a_place(raw: bytes) -> None:
    document, findings = read("a.yaml", raw)
    assert document is not None or findings
    for found in findings:
        texts = (found.message.zh, found.message.en, found.hint.en if found.hint else "")
        assert all(text.isprintable() for text in texts)
    if document is not None:
        assert plain(document.data)
        lines = document.text.split("\n")
        for path in paths(document.data):
            span = document.site(path).span
            assert 1 <= span.line <= span.end_line <= len(lines)
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1
