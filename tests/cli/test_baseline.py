"""Known findings don't fail a run, new ones do, and what is mended is taken out."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cardkit.cli.app import run

EXAMPLE = Path(__file__).parent.parent / "checks" / "example"
LONG = "{zh: 长, en: " + "long " * 20 + "}"
Validate = Callable[..., tuple[int, str, str]]


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a catalog that has two findings in two files."""
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "catalog"))
    (folder / "partners" / "sky-lounges.yaml").unlink()
    replace(folder / "modules" / "pet-care.yaml", "{zh: 宠物医疗包, en: Pet care pack}", LONG)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def validate(capsys: pytest.CaptureFixture[str]) -> Validate:
    def validate(*words: str) -> tuple[int, str, str]:
        common = ["--as-of", "2026-11-22", "--lang", "en", "--fail-on", "note", "--format", "concise"]
        code = run(["validate", *common, *words])
        out, err = capsys.readouterr()
        return code, out, err

    return validate


def test_a_baseline_is_written_sorted_and_readable(here: Path, validate: Validate) -> None:
    code, out, err = validate("--write-baseline", "known.yaml")
    assert (code, out) == (0, "")
    assert err == "wrote known.yaml: 2 findings in 2 files\n"
    assert (here / "known.yaml").read_text(encoding="utf-8").splitlines()[2:] == [
        "format_version: 1",
        "findings:",
        "  modules/lounge-pass.yaml:",
        "    CK201 unknown-id: 1",
        "  modules/pet-care.yaml:",
        "    CK902 long-name: 1",
    ]


def test_known_findings_pass_and_are_counted_where_lines_move(here: Path, validate: Validate) -> None:
    validate("--write-baseline", "known.yaml")
    replace(here / "catalog" / "modules" / "pet-care.yaml", "kind: module", "# moved\n\nkind: module")
    assert validate("--baseline", "known.yaml") == (0, "", "")
    code, out, _ = validate("--baseline", "known.yaml", "--format", "full=a.txt")
    assert (code, out) == (0, "")
    assert "No findings. Known by the baseline: 1 error, 1 note." in (here / "a.txt").read_text(
        encoding="utf-8"
    )


def test_new_findings_fail_and_where_none_says_which_is_new_all_are_told(
    here: Path, validate: Validate
) -> None:
    validate("--write-baseline", "known.yaml")
    replace(here / "catalog" / "modules" / "card-security.yaml", "owner:", "partner: nobody\nowner:")
    funding = "funding: {shares: [{payer: nobody, share: 100%}]}"
    replace(
        here / "catalog" / "modules" / "lounge-pass.yaml", "    unit_cost:", f"    {funding}\n    unit_cost:"
    )
    code, out, err = validate("--baseline", "known.yaml")
    assert code == 1
    assert [line.partition(":")[0] for line in out.splitlines()] == [
        "modules/card-security.yaml",
        "modules/lounge-pass.yaml",
        "modules/lounge-pass.yaml",
    ]
    assert "CK201 in modules/lounge-pass.yaml: 1 known, 2 now" in err


def test_what_is_mended_is_said_and_pruned_and_never_comes_back(here: Path, validate: Validate) -> None:
    validate("--write-baseline", "known.yaml")
    replace(here / "catalog" / "modules" / "pet-care.yaml", LONG, "{zh: 宠物, en: Pets}")
    assert (
        "mended since the baseline was written: 1; --prune takes them out"
        in validate("--baseline", "known.yaml")[2]
    )
    assert validate("--baseline", "known.yaml", "--prune") == (0, "", "known.yaml: 1 taken out, 1 left\n")
    assert "CK902" not in (here / "known.yaml").read_text(encoding="utf-8")
    replace(here / "catalog" / "modules" / "pet-care.yaml", "{zh: 宠物, en: Pets}", LONG)
    before = (here / "known.yaml").read_bytes()
    code, out, _ = validate("--baseline", "known.yaml", "--prune")
    assert (code, out.count("\n")) == (1, 1)
    assert (here / "known.yaml").read_bytes() == before


def test_selecting_some_checks_writes_some_and_prunes_none_of_the_others(
    here: Path, validate: Validate
) -> None:
    validate("--write-baseline", "known.yaml", "--select", "CK9")
    assert "CK201" not in (here / "known.yaml").read_text(encoding="utf-8")
    validate("--baseline", "known.yaml", "--prune", "--select", "CK2")
    assert "CK902 long-name: 1" in (here / "known.yaml").read_text(encoding="utf-8")


def test_what_cannot_be_read_is_never_known(here: Path, validate: Validate) -> None:
    (here / "catalog" / "modules" / "pet-care.yaml").write_text("a: \u202e b\n", encoding="utf-8")
    code, out, _ = validate("--write-baseline", "known.yaml")
    assert code == 1
    assert "CK007 forbidden-character" in out
    assert "CK007" not in (here / "known.yaml").read_text(encoding="utf-8")
    code, _, err = validate("--baseline", "known.yaml", "--prune")
    assert code == 2
    assert "can't be pruned now" in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--prune",), "--prune needs a --baseline"),
        (
            ("--baseline", "a", "--write-baseline", "b"),
            "--write-baseline doesn't go together with --baseline",
        ),
        (("--write-baseline", "b", "--changed-since", "x"), "doesn't go together with --changed-since"),
        (("--write-baseline", "catalog/known.yaml"), "would be read as a file of the catalog"),
        (("--baseline", "nothing.yaml"), "nothing.yaml can't be read (No such file or directory)"),
        (("--baseline", "catalog"), "catalog is no plain file"),
        (("--baseline", "link.yaml"), "link.yaml can't be read"),
        (("--baseline", "text.yaml"), "text.yaml, line 1: "),
        (("--baseline", "other.yaml"), "it is no baseline file of this version"),
        (
            ("--baseline", "count.yaml"),
            "count.yaml, line 4: CK201 unknown-id: many isn't a check and a count",
        ),
        (("--baseline", "code.yaml"), "code.yaml, line 4: CK999: 1 isn't a check and a count"),
        (("--baseline", "large.yaml"), "large.yaml is larger than 1000 kB"),
    ],
)
def test_a_baseline_that_cannot_be_used_is_exit_2_and_says_where(
    here: Path, validate: Validate, words: tuple[str, ...], message: str
) -> None:
    (here / "link.yaml").symlink_to("/proc/self/environ")
    (here / "text.yaml").write_text("words\n")
    (here / "other.yaml").write_text("format_version: 2\nfindings: {}\n")
    (here / "count.yaml").write_text("format_version: 1\nfindings:\n  a.yaml:\n    CK201 unknown-id: many\n")
    (here / "code.yaml").write_text("format_version: 1\nfindings:\n  a.yaml:\n    CK999: 1\n")
    (here / "large.yaml").write_text("#" * 1_000_001)
    code, out, err = validate(*words)
    assert (code, out) == (2, "")
    assert message in err
