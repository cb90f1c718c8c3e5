"""`cardkit test`: exit codes, formats, what is written and what never is."""

import json
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from cardkit.cli.app import run

SHIPPED = Path(__file__).parent.parent.parent / "catalog"
EXAMPLE = Path(__file__).parent.parent / "checks" / "example"
HOLDS = """owner: card-team
as_of: 2026-07-01
expectations:
  - name: {zh: 城市卡要挣钱, en: The city card earns money}
    expect: price
    product: city-card@gen-z
    totals: {contribution: {at_least: 0}}
"""
FAILS = """owner: card-team   # ask them first
as_of: 2026-07-01
expectations:
  # agreed on 1 July
  - name: {zh: 城市卡约挣六十元, en: The city card earns about sixty yuan}
    expect: price
    product: city-card@gen-z
    totals: {contribution: {is: 60, within: 0.50}}   # was 59
  - name: {zh: 宠物卡要挣十元, en: The pet card earns ten yuan}
    expect: price
    product: city-card+pet-care@gen-z
    totals: {contribution: {at_least: 10}}
"""
Answer = Callable[..., tuple[int, str, str]]


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    copy = tmp_path / "catalog"
    shutil.copytree(EXAMPLE, copy)
    (copy / "tests").mkdir()
    return copy


@pytest.fixture
def answer(catalog: Path, capsys: pytest.CaptureFixture[str]) -> Answer:
    def ask(*arguments: str, lang: str = "en") -> tuple[int, str, str]:
        code = run(["test", *arguments, "--catalog", str(catalog), "--lang", lang])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return ask


def test_what_holds_is_one_line(catalog: Path, answer: Answer) -> None:
    (catalog / "tests" / "a.yaml").write_text(HOLDS)
    code, out, err = answer("--format", "table")
    assert (code, err) == (0, "")
    assert out.startswith("✓ 1 expectation holds; catalog small-bank · ")
    code, out, err = answer(lang="zh")
    assert (code, out.count("\n")) == (0, 1)
    assert err.startswith("✓ 1 条预期全部成立；目录 small-bank")


def test_what_fails_is_told_with_expected_got_and_why(catalog: Path, answer: Answer) -> None:
    (catalog / "tests" / "a.yaml").write_text(FAILS)
    code, out, _ = answer("--format", "table")
    assert code == 1
    assert (
        "✗ The city card earns about sixty yuan\n  city-card@gen-z · as of 2026-07-01 · tests/a.yaml:8" in out
    )
    assert "expected  60.00 ± 0.50\n    got       62.22\n    why       2.22 higher; the margin is 0.50" in out
    assert "✗ 2 of 2 expectations fail; " in out
    assert answer("--search", "pet")[1].splitlines()[1].split("\t") == [
        "tests/a.yaml:12",
        "fails",
        "The pet card earns ten yuan",
        "city-card+pet-care@gen-z",
        "2026-07-01",
        "contribution",
        "at least 10.00",
        "4.13",
        "5.87 short",
    ]


def test_json_carries_everything_and_junit_is_a_test_each(
    catalog: Path, answer: Answer, tmp_path: Path
) -> None:
    (catalog / "tests" / "a.yaml").write_text(HOLDS)
    (catalog / "tests" / "b.yaml").write_text(FAILS)
    report = tmp_path / "report.xml"
    code, out, err = answer("--format", "json", "--format", f"junit={report}")
    document = json.loads(out)
    assert (code, err) == (1, f"wrote {report}\n")
    assert document["counts"] == {"expectations": 3, "hold": 1, "fail": 2}
    assert document["ok"] is False
    assert document["expectations"][1] == {
        "name": "The city card earns about sixty yuan",
        "expect": "price",
        "subject": "city-card@gen-z",
        "as_of": "2026-07-01",
        "holds": False,
        "file": "tests/b.yaml",
        "line": 8,
        "column": 33,
        "pointer": "/expectations/0/totals/contribution/is",
        "misses": [
            {
                "what": "contribution",
                "expected": "60.00 ± 0.50",
                "got": "62.22",
                "why": "2.22 higher; the margin is 0.50",
            }
        ],
    }
    cases = ET.parse(report).getroot().iter("testcase")
    assert [(case.get("classname"), case.find("failure") is None) for case in cases] == [
        ("tests/a.yaml", True),
        ("tests/b.yaml", False),
        ("tests/b.yaml", False),
    ]


def test_a_broken_file_is_two_and_the_others_are_still_held(catalog: Path, answer: Answer) -> None:
    (catalog / "tests" / "a.yaml").write_text(HOLDS)
    (catalog / "tests" / "b.yaml").write_text(FAILS.replace("within", "witin"))
    code, out, err = answer("--format", "table")
    assert code == 2
    assert "tests/b.yaml:8:37 CK101 unknown-key error" in err
    assert "did you mean within?" in err
    assert out.startswith("✗ 1 expectation holds; 1 more file was not checked; ")
    document = json.loads(answer("--format", "json")[1])
    assert (document["ok"], [one["code"] for one in document["findings"]]) == (False, ["CK101"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "There are no expectations in"),
        (["nowhere.yaml"], "There is no nowhere.yaml"),
        (["--format", "xml"], "--format has no xml"),
        (["--format", "json", "--format", "junit"], "Two formats go to the same place"),
        (["--update", "--set", "pet-care.price=1"], "--update can't stand with --set"),
    ],
)
def test_what_can_not_be_run_is_two(answer: Answer, arguments: list[str], said: str) -> None:
    code, out, err = answer(*arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_a_search_that_finds_nothing_is_no_success(catalog: Path, answer: Answer) -> None:
    (catalog / "tests" / "a.yaml").write_text(HOLDS)
    assert answer("--search", "lounge")[0] == 2


def test_a_file_or_folder_elsewhere_is_held_against_the_catalog(answer: Answer, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.yaml").write_text(FAILS)
    (elsewhere / "b.yaml").write_text(HOLDS)
    assert "✗ 2 of 3 expectations fail" in answer(str(elsewhere))[2]
    assert answer(str(elsewhere / "b.yaml"))[0] == 0


def test_update_writes_figures_alone_and_says_which(catalog: Path, answer: Answer) -> None:
    file = catalog / "tests" / "a.yaml"
    file.write_text(FAILS)
    code, out, err = answer("--update")
    assert file.read_text() == FAILS.replace("is: 60,", "is: 62.22,")
    assert "wrote tests/a.yaml: The city card earns about sixty yuan, contribution: 60 -> 62.22\n" in err
    assert (code, "earns ten yuan" in out, "sixty" in out) == (1, True, False)
    assert answer("--search", "sixty")[0] == 0


def test_without_update_nothing_is_written(catalog: Path, answer: Answer) -> None:
    file = catalog / "tests" / "a.yaml"
    file.write_text(FAILS)
    before = file.stat()
    answer()
    assert (file.stat().st_mtime_ns, file.read_text()) == (before.st_mtime_ns, FAILS)


def test_a_link_is_never_written_through(catalog: Path, answer: Answer, tmp_path: Path) -> None:
    target = tmp_path / "secret.yaml"
    target.write_text(FAILS)
    (catalog / "tests" / "a.yaml").symlink_to(target)
    code, _, err = answer("--update")
    assert (code, "symbolic-link" in err) == (2, True)
    assert target.read_text() == FAILS


def test_hostile_names_stay_on_their_lines(catalog: Path, answer: Answer) -> None:
    name = "::error::x ##[group] [bold] <script>"
    (catalog / "tests" / "a.yaml").write_text(
        FAILS.replace(
            "{zh: 宠物卡要挣十元, en: The pet card earns ten yuan}", f'{{zh: "{name}", en: "{name}"}}'
        )
    )
    for form in ("table", "tsv", "md", "json", "junit"):
        _, out, err = answer("--format", form)
        for line in (out + err).splitlines():
            assert not line.lstrip().startswith("::")
            assert "##[" not in line
    assert "<script>" not in answer("--format", "junit")[1]


def test_a_what_if_is_held_against_too(catalog: Path, answer: Answer) -> None:
    (catalog / "tests" / "a.yaml").write_text(HOLDS)
    code, _, err = answer("--set", "city-card.acquisition_cost=2000")
    assert code == 1
    assert "what if: city-card.acquisition_cost=2000" in err


def test_the_shipped_catalog_keeps_what_its_owners_expect(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["test", "--catalog", str(SHIPPED), "--format", "json", "--all", "--lang", "en"])
    document = json.loads(capsys.readouterr().out)
    assert [one for one in document["expectations"] if not one["holds"]] == []
    assert code == 0
    assert document["counts"]["expectations"] >= 40
    assert {one["expect"] for one in document["expectations"]} == {
        "sold",
        "not-sold",
        "price",
        "sheet",
        "policy",
    }
