"""Faults that no snippet of YAML can show: bytes, sizes, links, names. Every such page has its row here."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cardkit.checks.base import Check
from cardkit.checks.registry import BY_NAME, CHECKS
from cardkit.checks.run import run
from cardkit.source import texts
from cardkit.source.load import load

AS_OF = date(2026, 7, 1)
Place = Callable[[Path], None]


def write(name: str, content: bytes) -> Place:
    def place(folder: Path) -> None:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    return place


def link(folder: Path) -> None:
    (folder / "rules" / "elsewhere.yaml").symlink_to("/etc/hostname")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "rules" / "pipe.yaml")


MADE: dict[str, Place] = {
    "not-utf8": write("rules/extra.yaml", "owner: 团队\n".encode("gbk")),
    "file-too-large": write("rules/extra.yaml", b"owner: team\n" * 100_000),
    "too-deep": write("rules/extra.yaml", b"owner: " + b"[" * 100 + b"]" * 100 + b"\n"),
    "too-many-values": write("rules/extra.yaml", b"owner: [" + b"1," * 300_000 + b"1]\n"),
    "scalar-too-long": write("rules/extra.yaml", b"owner: " + b"x" * 70_000 + b"\n"),
    "more-faults": write("rules/extra.yaml", b"owner: [" + b"no, " * 30 + b"no]\n"),
    "file-suffix": write("rules/extra.yml", b"owner: team\n"),
    "symbolic-link": link,
    "not-a-file": pipe,
    "unsafe-file-name": write("rules/extra\n.yaml", b"owner: team\n"),
    "folders-too-deep": write("a/b/c/d/e/f/g/h/i/extra.yaml", b"owner: team\n"),
}
BY_OTHER_TESTS = (
    "check-crashed",
    "unreadable-file",
    "too-many-files",
    "catalog-too-large",
    "policy-not-proved",
)

in_words = [check for check in CHECKS if not any(example.file for example in check.page.examples)]


@pytest.mark.parametrize("check", in_words, ids=[check.code.name for check in in_words])
def test_every_page_in_words_is_tried_out(check: Check) -> None:
    assert check.code.name in {*MADE, *BY_OTHER_TESTS}


def filled(folder: Path, example: dict[str, str]) -> Path:
    for file, text in example.items():
        write(file, text.encode())(folder)
    return folder


@pytest.mark.parametrize("name", MADE)
def test_bad_gives_its_finding(name: str, example: dict[str, str], tmp_path: Path) -> None:
    folder = filled(tmp_path, example)
    MADE[name](folder)
    assert BY_NAME[name].code.id in {finding.code.id for finding in run(load(folder), AS_OF)}


def test_a_file_that_may_not_be_read_is_a_finding(
    example: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = filled(tmp_path, example)
    opened = os.open

    def refusing(path: str, flags: int, *, dir_fd: int | None = None) -> int:
        if path == "care-budget.yaml":
            raise PermissionError(13, "Permission denied")
        return opened(path, flags, dir_fd=dir_fd)

    monkeypatch.setattr("cardkit.source.texts.os.open", refusing)
    found = run(load(folder), AS_OF)
    assert ("unreadable-file", "rules/care-budget.yaml") in {(f.code.name, f.site.file) for f in found}


@pytest.mark.parametrize(
    ("bound", "least", "name"),
    [("MOST_FILES", 5, "too-many-files"), ("MOST_TOTAL_BYTES", 500, "catalog-too-large")],
)
def test_a_bound_on_the_whole_catalog_is_a_finding(
    bound: str, least: int, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = filled(tmp_path, {f"rules/rule-{number}.yaml": "owner: team\n" * 20 for number in range(9)})
    monkeypatch.setattr(texts, bound, least)
    _, found = texts.read_folder(folder)
    assert name in {finding.code.name for finding in found}
