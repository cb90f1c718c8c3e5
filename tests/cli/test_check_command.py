"""`cardkit check`: the verdict first, then the reasons, then what to do."""

import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cardkit.cli.app import run
from cardkit.render.cells import width
from tests.conftest import Golden

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "tests" / "checks" / "example"
Said = Callable[..., tuple[int, str, str]]

RULE = (
    "kind: rule\nid: {id}\nname: {{zh: 规则, en: Rule}}\nowner: me\n{rule}\nreason: {{zh: {zh}, en: {en}}}\n"
)
RULES = {
    "lounge-needs-care": (
        "rule: requires\nmodules: [lounge-pass]\nneeds_all: [pet-care]",
        "贵宾厅含宠物寄养",
        "lounges board pets",
    ),
    "care-or-security": (
        "rule: excludes\nmodules: [pet-care, card-security]",
        "两项由同一家承保",
        "one insurer covers both",
    ),
    "pets-for-the-young": (
        "rule: allowed-segments\nmodules: [pet-care]\nsegments: [gen-z]",
        "门店在大学城",
        "clinics are near campuses",
    ),
    "cover-for-seniors": (
        "rule: allowed-segments\nmodules: [card-security]\nsegments: [senior]",
        "仅承保长者",
        "seniors only",
    ),
}


@pytest.fixture
def cardkit(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Said:
    """Runs `check` on the small bank with the rules above; gives exit code, stdout and stderr."""
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "catalog"))
    for name, (rule, zh, en) in RULES.items():
        text = RULE.format(id=name, rule=rule, zh=zh, en=en)
        (folder / "rules" / f"{name}.yaml").write_text(text, encoding="utf-8")

    def said(*arguments: str, lang: str = "en") -> tuple[int, str, str]:
        given = ["check", *arguments, "--catalog", str(folder), "--as-of", "2026-07-01", "--lang", lang]
        code = run(given, {})
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    monkeypatch.setenv("COLUMNS", "80")
    return said


def without_hash(out: str) -> str:
    """The text without its last line, whose hash changes with each file of the example."""
    *lines, about = out.splitlines(keepends=True)
    assert about.startswith(("catalog small-bank", "目录 small-bank"))
    return "".join(lines)


PRODUCTS = {
    "sold": "gold-card+pet-care@gen-z",
    "for-some": "gold-card+pet-care",
    "unmet": "gold-card+lounge-pass@gen-z",
    "cant-be-extended": "gold-card+card-security+lounge-pass@senior",
    "for-nobody": "gold-card+lounge-pass+pet-care+card-security",
    "in-two-ways": "gold-card+card-security+pet-care@senior",
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("case", PRODUCTS)
def test_people_read_the_verdict_then_the_reasons_then_what_to_do(
    cardkit: Said, golden: Golden, case: str, lang: str
) -> None:
    code, out, err = cardkit(PRODUCTS[case], lang=lang)
    assert code == (0 if case in ("sold", "for-some") else 1)
    assert err == ""
    golden(f"check-{case}.{lang}.txt", without_hash(out))


def document(cardkit: Said, *arguments: str) -> dict[str, Any]:
    code, out, _ = cardkit(*arguments, "--format", "json")
    found: dict[str, Any] = json.loads(out)
    assert code == (0 if found["sellable"] else 1)
    return found


def rules(sets: list[list[dict[str, Any]]]) -> list[list[str]]:
    return [[each["rule"] for each in some] for some in sets]


def test_programs_read_both_kinds_of_conflict_with_file_and_line(cardkit: Said) -> None:
    found = document(cardkit, PRODUCTS["cant-be-extended"])
    assert found["product"] == "gold-card+card-security+lounge-pass@senior"
    ((told,),) = found["conflict_sets"]
    assert told == {
        "rule": "lounge-needs-care",
        "reason": "lounges board pets",
        "file": "rules/lounge-needs-care.yaml",
        "line": 8,
        "missing": [["pet-care"]],
        "used": None,
    }
    assert rules(found["even_if_extended"]) == [
        ["care-or-security", "lounge-needs-care"],
        ["lounge-needs-care", "pets-for-the-young"],
    ]
    assert found["suggestions"][0]["changes"] == ["-lounge-pass"]


def test_all_adds_the_larger_sets_that_the_smallest_leave_out(cardkit: Said) -> None:
    product = PRODUCTS["for-nobody"]
    assert rules(document(cardkit, product)["conflict_sets"]) == [["care-or-security"]]
    every = document(cardkit, product, "--all")
    assert rules(every["conflict_sets"]) == [
        ["care-or-security"],
        ["cover-for-seniors", "pets-for-the-young"],
    ]
    assert every["conflict_sets_complete"]
    together = every["conflict_sets"][1]
    assert [each["segments"] for each in together] == [["gen-z"], ["senior"]]


def test_suggestions_are_ranked_for_whom_they_are_asked(cardkit: Said) -> None:
    product = PRODUCTS["in-two-ways"]
    for aim, key in (("bank", "contribution_change"), ("customer", "customer_net_change")):
        found = document(cardkit, product, "--aim", aim)
        assert found["aim"] == aim
        nearest = [each for each in found["suggestions"] if len(each["changes"]) == 1]
        changes = [float(each[key]) for each in nearest]
        assert changes == sorted(changes, reverse=True)
    code, _, err = cardkit(product, "--aim", "everybody")
    assert code == 2
    assert "bank, customer" in err


def test_a_sellable_product_says_who_may_have_it_and_loads_no_pricing(cardkit: Said) -> None:
    found = document(cardkit, PRODUCTS["for-some"])
    assert found["sellable_segments"] == ["gen-z"]
    assert found["conflict_sets"] == found["even_if_extended"] == found["suggestions"] == []
    code = (
        "import sys; from cardkit.cli.app import run; run(['check', 'city-roots@new-resident']);"
        "print([name for name in ('pysat', 'rich', 'cardkit.pricing.price') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("columns", [40, 60, 120])
def test_a_terminal_gets_lines_that_fit_and_cut_nothing(columns: int) -> None:
    product = "base-card+business-travel+airport-lounge+hotel-privileges+ride-hailing+cinema-club@career-core"
    words = [sys.executable, "-m", "cardkit", "check", product, "--as-of", "2026-07-01", "--lang", "zh"]
    leader, follower = pty.openpty()
    environment = os.environ | {"COLUMNS": str(columns), "NO_COLOR": "1", "PYTHONUTF8": "1"}
    running = subprocess.Popen(words, cwd=ROOT, stdout=follower, env=environment)
    os.close(follower)
    read = b""
    while chunk := _read(leader):
        read += chunk
    os.close(leader)
    assert running.wait() == 1
    lines = read.decode().splitlines()
    assert max(map(width, lines)) <= columns
    assert "…" not in "".join(lines)
    assert "business-travel-tiers" in "".join(line.strip() for line in lines)


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 4096)
    except OSError:  # how Linux tells that the other end is closed
        return b""


def test_a_hostile_reason_stays_on_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "catalog"))
    text = RULE.format(
        id="hostile",
        rule="rule: at-least\nnumber: 4\ngroup: travel",
        zh='"::error::坏 ##[error]坏 [/red]"',
        en='"::error::bad ##[error]bad [/red]"',
    )
    (folder / "rules" / "hostile.yaml").write_text(text, encoding="utf-8")
    assert run(["check", "gold-card@gen-z", "--catalog", str(folder), "--lang", "en"], {}) == 1
    out = capsys.readouterr().out
    assert ": :error: :bad # [error]bad [/red]" in out
