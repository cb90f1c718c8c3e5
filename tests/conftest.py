"""Goldens: one readable file per output, beside the tests that use it; unused ones fail the run."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

_USED = pytest.StashKey[set[Path]]()
_LEFT_OVER = pytest.StashKey[list[Path]]()

Golden = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write golden files anew, remove the unused"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_USED] = set()
    config.stash[_LEFT_OVER] = []


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with `golden/NAME` beside the test's file: `golden("price.txt", text)`."""

    def compare(name: str, text: str) -> None:
        file = request.path.parent / "golden" / name
        assert file not in request.config.stash[_USED], f"two outputs are called {name}"
        request.config.stash[_USED].add(file)
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="")
        expected = file.read_text(encoding="utf-8") if file.exists() else ""
        assert text.splitlines() == expected.splitlines(), (
            f"differs from {file.name} (--update-golden rewrites)"
        )

    return compare


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Where the suite runs in several processes, each tells which golden files it used."""
    used = getattr(node, "workeroutput", {}).get("golden", [])
    node.config.stash[_USED] |= {Path(name) for name in used}


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Golden files that nothing asked for fail a run that ran every test of their folder."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["golden"] = [str(file) for file in session.config.stash[_USED]]
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    partial = session.testsfailed or session.shouldstop or getattr(reporter, "stats", {}).get("deselected")
    if partial or session.config.option.collectonly:
        return
    # A folder given as an argument was run whole; a file or a single test says nothing about the others.
    folders = [path for argument in session.config.args if (path := Path(argument).resolve()).is_dir()]
    existing = {file for folder in folders for file in folder.glob("**/golden/**/*") if file.is_file()}
    used: set[Path] = session.config.stash[_USED]
    left_over = sorted(existing - used)
    if session.config.getoption("--update-golden"):
        for file in left_over:
            file.unlink()
    elif left_over:
        session.config.stash[_LEFT_OVER] = left_over
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for file in terminalreporter.config.stash[_LEFT_OVER]:
        terminalreporter.write_line(f"unused golden file: {file} (--update-golden removes it)", red=True)
