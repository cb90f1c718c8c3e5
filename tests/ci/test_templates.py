"""The GitHub action and the GitLab template: their own scripts, run as a runner would run them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "tests" / "checks" / "example"
CARDKIT = """#!/bin/sh
# cardkit itself; its comparison alone is played, for what it says decides nothing here
if [ "$1" = diff ]; then echo "$@" > "{asked}"; echo "## 变更 change"; exit {code}; fi
exec "{python}" -m cardkit "$@"
"""
PYTHON = """#!/bin/sh
echo "$@" > "{asked}"; cat "$4" > "{comment}"
"""


class Runner:
    """A checkout with a catalog, an installed cardkit, and what a job leaves behind."""

    def __init__(self, folder: Path, diff_code: int = 0) -> None:
        self.folder = folder
        self.catalog = Path(shutil.copytree(EXAMPLE, folder / "catalog"))
        self.programs = folder / "cardkit" / "bin"
        self.programs.mkdir(parents=True)
        self.asked, self.published, self.comment = (
            folder / name for name in ("asked", "published", "comment")
        )
        self._program("cardkit", CARDKIT.format(asked=self.asked, code=diff_code, python=sys.executable))
        self._program("python", PYTHON.format(asked=self.published, comment=self.comment))
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "CATALOG": "catalog",
            "CARDKIT_LANG": "en",
            "CARDKIT_AS_OF": "2026-07-01",
        }

    def _program(self, name: str, text: str) -> None:
        (self.programs / name).write_text(text, encoding="utf-8")
        (self.programs / name).chmod(0o755)

    def run(self, script: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", script],
            cwd=self.folder,
            env=self.environment | more,
            capture_output=True,
            text=True,
            check=False,
        )

    def break_catalog(self) -> None:
        (self.catalog / "modules" / "pet-care.yaml").write_text("kind: module\n", encoding="utf-8")


def steps() -> dict[str, Any]:
    read = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return {step.get("name", step.get("uses")): step for step in read["runs"]["steps"]}


def github(runner: Runner, *, comment: str = "true") -> tuple[int, str]:
    """Run the action's steps for a pull request; gives the job's exit code and everything it printed."""
    outputs, printed = "", ""
    files = {"GITHUB_OUTPUT": runner.folder / "output", "GITHUB_STEP_SUMMARY": runner.folder / "summary"}
    more = {name: str(path) for name, path in files.items()} | {"RUNNER_TEMP": str(runner.folder)}
    for name in ("Validate", "Test", "Compare with the base"):
        values = {"FAIL_ON": "error" if name == "Validate" else "", "BASE": "0" * 40, "COMMENT": comment}
        files["GITHUB_OUTPUT"].write_text("", encoding="utf-8")
        ran = runner.run(steps()[name]["run"], **more, **values)
        assert ran.returncode == 0, ran.stderr
        printed += ran.stdout + ran.stderr
        found = re.search(r"^code=(\d+)$", files["GITHUB_OUTPUT"].read_text(encoding="utf-8"), re.MULTILINE)
        assert found is not None
        outputs += f" {found[1]}"
    return runner.run(steps()["Verdict"]["run"], CODES=outputs).returncode, printed


def gitlab(runner: Runner, **more: str) -> tuple[int, str]:
    """Run the template's job for a merge request."""
    _, job = yaml.safe_load_all((ROOT / "templates" / "cardkit.yml").read_text(encoding="utf-8"))
    script = job["cardkit"]["script"][0].replace("/tmp/cardkit/", f"{runner.folder}/cardkit/")
    values = {
        "CARDKIT_FAIL_ON": "error",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": "0" * 40,
        "CI_MERGE_REQUEST_IID": "7",
    }
    ran = runner.run(script, **values | {"CARDKIT_GITLAB_TOKEN": "t"} | more)
    return ran.returncode, ran.stdout + ran.stderr


def test_on_github_a_sound_change_passes_and_is_told_once(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    code, _ = github(runner)
    assert code == 0
    assert runner.asked.read_text().split() == [
        "diff",
        "0" * 40,
        "--catalog",
        "catalog",
        "--format",
        "markdown",
    ]
    assert runner.published.read_text().startswith("-m cardkit_ci.comment github ")
    assert runner.comment.read_text(encoding="utf-8") == "## 变更 change\n"
    assert (tmp_path / "summary").read_text(encoding="utf-8") == "## 变更 change\n"
    assert (tmp_path / "cardkit.sarif").is_file()


def test_on_github_a_broken_catalog_fails_the_job_and_is_told_all_the_same(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    runner.break_catalog()
    code, printed = github(runner)
    assert code in (1, 2)
    assert "::error file=catalog/modules/pet-care.yaml" in printed
    assert runner.comment.exists()


def test_on_github_nothing_is_published_where_that_isn_t_wanted(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    github(runner, comment="false")
    assert not runner.published.exists()


@pytest.mark.parametrize("site", [github, gitlab])
def test_a_comparison_that_failed_is_said_and_never_looks_like_no_change(tmp_path: Path, site: Any) -> None:
    runner = Runner(tmp_path, diff_code=2)
    code, _ = site(runner)
    assert code == 2
    assert "Could not compare" in runner.comment.read_text(encoding="utf-8")


@pytest.mark.parametrize("site", [github, gitlab])
def test_a_change_that_breaks_a_promise_fails_with_its_comment(tmp_path: Path, site: Any) -> None:
    runner = Runner(tmp_path, diff_code=1)
    code, _ = site(runner)
    assert code == 1
    assert runner.comment.read_text(encoding="utf-8") == "## 变更 change\n"


def test_on_gitlab_a_sound_change_passes_with_its_reports(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    code, printed = gitlab(runner)
    assert code == 0, printed
    assert (tmp_path / "cardkit-quality.json").is_file()
    assert runner.published.read_text().startswith("-m cardkit_ci.comment gitlab cardkit-comment.md")


def test_on_gitlab_without_a_token_the_comparison_is_an_artifact(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    code, printed = gitlab(runner, CARDKIT_GITLAB_TOKEN="")
    assert code == 0
    assert "cardkit-comment.md" in printed
    assert not runner.published.exists()


def test_no_script_takes_words_of_a_stranger_into_its_text() -> None:
    """A branch may be called `$(curl …)`: what comes from a request reaches scripts as variables only."""
    for step in steps().values():
        assert "${{" not in step.get("run", "")


def test_every_hook_runs_a_command_there_is() -> None:
    from cardkit.cli.commands.registry import COMMANDS

    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    named = {tuple(hook["entry"].split()[:2]) for hook in hooks}
    assert named <= {("cardkit", command.name) for command in COMMANDS}
