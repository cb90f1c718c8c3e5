"""Files of expectations are read as strictly as entities, and are none."""

from datetime import date
from pathlib import Path

import pytest

from cardkit.checks.run import run
from cardkit.source.expectations import faults_of_expectations
from cardkit.source.load import from_texts
from cardkit.source.texts import read_folder

EXAMPLE = Path(__file__).parent.parent / "checks" / "example"
GOOD = """owner: card-team
expectations:
  - name: {zh: 甲, en: First}
    expect: price
    product: city-card@gen-z
    totals:
      contribution: {is: 62.22, within: 0.50}
"""

FAULTS = {
    "a misspelt key": (GOOD.replace("within", "witin"), "unknown-key", 7, "did you mean within?"),
    "a misspelt total": (
        GOOD.replace("contribution", "contributions"),
        "unknown-word",
        7,
        "did you mean contribution?",
    ),
    "a key of another kind of expectation": (
        GOOD.replace("expect: price", "expect: sold"),
        "unknown-key",
        6,
        "keys that are known here",
    ),
    "an unknown kind of expectation": (
        GOOD.replace("expect: price", "expect: prize"),
        "unknown-word",
        4,
        "did you mean price?",
    ),
    "a third decimal": (GOOD.replace("62.22", "62.225"), "wrong-value", 7, "ends at the fen"),
    "a margin without its sign": (GOOD.replace("0.50", '"5"'), "wrong-form", 7, "a rate carries its sign"),
    "a day that isn't": (
        GOOD.replace("owner", "as_of: 2026-02-31\nowner"),
        "wrong-value",
        1,
        "day that exists",
    ),
    "no name": (GOOD.replace("name: {zh: 甲, en: First}\n    ", ""), "missing-key", 3, "why it matters"),
    "a name in one language": (GOOD.replace("zh: 甲, ", ""), "missing-key", 3, "zh"),
    "a margin around nothing": (GOOD.replace("is: 62.22, ", ""), "wrong-value", 7, "write is, or at_least"),
    "a figure and a bound": (GOOD.replace("within: 0.50", "at_most: 70"), "wrong-value", 7, "keep one"),
    "bounds the wrong way round": (
        GOOD.replace("is: 62.22, within: 0.50", "at_least: 5, at_most: 3"),
        "wrong-value",
        7,
        "swap them",
    ),
    "nothing expected": (GOOD.partition("    totals")[0], "wrong-value", 4, "at least one of totals"),
    "two of one name": (
        GOOD + "".join(GOOD.splitlines(keepends=True)[2:]),
        "wrong-value",
        3,
        "a name of its own",
    ),
    "a doubled key": (GOOD + "owner: others\n", "duplicate-key", 8, "one"),
    "no expectations": ("owner: card-team\nexpectations: []\n", "too-few", 2, "leave the key out"),
}


def test_a_good_file_has_no_faults() -> None:
    assert faults_of_expectations({"tests/good.yaml": GOOD.encode()}) == []


@pytest.mark.parametrize(("text", "name", "line", "hint"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_finding_at_its_place(text: str, name: str, line: int, hint: str) -> None:
    (finding,) = faults_of_expectations({"tests/some.yaml": text.encode()})
    assert (finding.code.name, finding.site.span.line) == (name, line)
    assert finding.hint is not None
    assert hint in finding.hint.en


def test_expectations_are_no_part_of_the_catalog_but_validate_reads_them() -> None:
    texts, _ = read_folder(EXAMPLE)
    plain = from_texts(dict(texts), [])
    broken = GOOD.replace("within", "witin").encode()
    beside = from_texts({**texts, "tests/some.yaml": broken}, [])
    assert beside.hash == plain.hash
    assert beside.findings == plain.findings
    assert [source.file for source in beside.sources] == [source.file for source in plain.sources]
    found = run(beside, date(2026, 7, 1))
    assert [(one.site.file, one.code.name) for one in found if one.site.file.startswith("tests/")] == [
        ("tests/some.yaml", "unknown-key")
    ]
    assert beside.texts["tests/some.yaml"] == broken.decode()
