"""docs/adopting.md is a walk that works: its commands are run in order, in a repository of their own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adopting.md").read_text(encoding="utf-8")
SITE = "https://git.example-bank.cn/cards/catalog.git"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    return [line.removeprefix("$ ") for block in blocks("console") for line in block.splitlines()]


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def test_every_command_runs_in_order(tmp_path: Path) -> None:
    """What needs the network is played: the installation, the hooks' environments, the bank's site."""
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "site.git")], check=True)
    home, work = tmp_path / "home", tmp_path / "work"
    work.mkdir()
    program(tmp_path / "bin" / "cardkit", f'exec "{sys.executable}" -m cardkit "$@"')
    program(tmp_path / "bin" / "pre-commit", "exit 0")
    program(
        tmp_path / "bin" / "python3",
        'mkdir -p "$3/bin"; printf "#!/bin/sh\\n" > "$3/bin/pip"; chmod +x "$3/bin/pip"',
    )
    environment = {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "CARDKIT_AS_OF": "2026-11-22",
        "GIT_CONFIG_COUNT": "3",
        "GIT_CONFIG_KEY_0": "user.name",
        "GIT_CONFIG_VALUE_0": "A Newcomer",
        "GIT_CONFIG_KEY_1": "user.email",
        "GIT_CONFIG_VALUE_1": "newcomer@example-bank.cn",
        "GIT_CONFIG_KEY_2": f"url.{tmp_path / 'site.git'}.insteadOf",
        "GIT_CONFIG_VALUE_2": SITE,
    }
    script = "set -e\n" + "\n".join(f"echo '# {number}'\n{line}" for number, line in enumerate(commands()))
    ran = subprocess.run(
        ["bash", "-c", script], cwd=work, env=environment, capture_output=True, text=True, check=False
    )
    last = re.findall(r"^# (\d+)$", ran.stdout, re.MULTILINE)[-1:]
    assert ran.returncode == 0, f"{[commands()[int(number)] for number in last]}: {ran.stderr}"
    pushed = subprocess.run(
        ["git", "--git-dir", str(tmp_path / "site.git"), "ls-tree", "-r", "--name-only", "gym-pass"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert {"catalog/modules/gym-pass.yaml", "catalog/.schemas/module.json", "catalog/.gitattributes"} <= set(
        pushed
    )


def test_what_the_page_asks_of_action_and_template_exists() -> None:
    workflow, include = (
        next(read for block in blocks("yaml") if key in (read := yaml.safe_load(block)))
        for key in ("jobs", "include")
    )
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    given = workflow["jobs"]["catalog"]["steps"][-1]["with"]
    assert given.keys() <= action["inputs"].keys()
    spec, _ = yaml.safe_load_all((ROOT / "templates" / "cardkit.yml").read_text(encoding="utf-8"))
    inputs = spec["spec"]["inputs"]
    assert include["include"][0]["inputs"].keys() <= inputs.keys()
    needed = {name for name, each in inputs.items() if "default" not in each}
    assert needed <= include["include"][0]["inputs"].keys()


def test_the_hooks_that_the_page_names_exist() -> None:
    config = next(read for block in blocks("yaml") if "repos" in (read := yaml.safe_load(block)))
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in config["repos"][0]["hooks"]] == [hook["id"] for hook in hooks]


@pytest.mark.parametrize("option", sorted(set(re.findall(r"`cardkit validate [^`]*?(--[a-z-]+)", PAGE))))
def test_options_that_the_page_names_in_passing_exist(
    option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from cardkit.cli.app import run

    run(["validate", "--help"], {})
    assert option in capsys.readouterr().out
