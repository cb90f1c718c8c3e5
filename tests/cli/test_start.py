"""The start is quick because it loads little, and quiet when interrupted."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
HEAVY = ("pydantic", "jsonschema", "rich", "jinja2", "numpy", "typer", "yaml")


def python(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


def test_a_version_loads_none_of_the_heavy_packages() -> None:
    code = (
        "import sys; sys.argv = ['cardkit', '--version']; from cardkit.__main__ import main; main();"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    version, loaded = python(code).splitlines()
    assert version.startswith("cardkit ")
    assert loaded == "[]"


@pytest.mark.parametrize("command", ["validate", "check", "price", "preview"])
def test_only_proofs_about_all_products_load_numpy_and_nothing_clean_loads_pydantic_or_jsonschema(
    command: str,
) -> None:
    product = [] if command == "validate" else ["city-roots@new-resident"]
    words = [command, *product, "--format", "concise" if command == "validate" else "json"]
    heavy = ("pydantic", "jsonschema", "jinja2", *(() if command == "validate" else ("numpy", "pysat")))
    code = (
        f"import sys; from cardkit.cli.app import run; code = run({words!r}); heavy = {heavy!r};"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize("wait", [0.0, 0.03, 0.08, 0.2])
def test_an_interrupted_run_ends_without_a_traceback(wait: float) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "cardkit", "validate"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(wait + 0.05)  # Python itself needs a moment before the first line of ours runs
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=20)
    assert running.returncode in (130, 0, 1, -signal.SIGINT)
    if running.returncode == 130:
        assert "Traceback" not in err


def test_a_closed_pipe_ends_quietly() -> None:
    command = f"{sys.executable} -m cardkit list modules | head -n 1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.startswith("id\t")


def test_a_full_disk_is_told_in_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cardkit", "list", "modules", "--lang", "en"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["error: Reading or writing failed: No space left on device"]
