"""Runs git where a repository may be a stranger's: no other program starts, time and output are bounded.

Only `rev-parse`, `merge-base`, `ls-tree` and `cat-file` may be asked: they touch neither the working tree nor
the index, so no filter, hook, monitor, difference tool or pager that a repository's settings name is started.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Timer
from typing import IO

from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Text
from cardkit.source.characters import quoted

MOST_SECONDS = 60.0
"""For one command: a history that takes longer is no history of a catalog."""

_SETTINGS = ("safe.bareRepository=explicit", "core.fsmonitor=false", f"core.hooksPath={os.devnull}")
_ENVIRONMENT = {
    "GIT_NO_LAZY_FETCH": "1",  # a repository can say that its objects are fetched by a program it names
    "GIT_ALLOW_PROTOCOL": "none",  # the same, for versions of git that don't know the line above
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",  # what was reviewed, not what a reference puts in its place
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
}


def answer(root: Path, *arguments: str) -> tuple[int, str, str]:
    """The exit code, the output and the first line of the errors of a command with a short answer.

    `root` is the folder that holds `.git`. Raises CardkitError where git is missing or takes too long.
    """
    try:
        done = subprocess.run(  # noqa: S603 - every word of the command is ours, or a checked revision
            _command(arguments),
            cwd=root,
            env=_environment(root),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_long(arguments) from error
    said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
    return done.returncode, done.stdout.decode("utf-8", "replace").strip(), said


def output(root: Path, most_bytes: int, *arguments: str) -> bytes | None:
    """The output of a command, None where it is longer. Raises CardkitError where the command fails."""
    with _running(root, arguments) as process:
        assert process.stdout is not None
        raw = process.stdout.read(most_bytes + 1)
        if len(raw) > most_bytes:
            return None
        if process.wait():
            raise failed(arguments[0])
    return raw


@contextmanager
def conversation(root: Path, *arguments: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """A command's input and output, for one that answers each question at once; it ends with the block."""
    with _running(root, arguments, subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdin, process.stdout
        except BrokenPipeError as error:
            raise failed(arguments[0]) from error


def failed(command: str, said: str = "") -> CardkitError:
    """What to raise where git gives no usable answer; `said` are its own words, shown harmless."""
    why = f"（{quoted(said)}）" if said else ""
    reason = f" ({quoted(said)})" if said else ""
    return CardkitError(
        Text(f"git {command} 没有给出结果{why}", f"git {command} gave no answer{reason}"),
        Text(
            "检查仓库是否完整（git fsck）；只取了部分历史的，先运行 git fetch --unshallow",
            "check that the repository is whole (git fsck), not shallow or partial (git fetch --unshallow)",
        ),
    )


@contextmanager
def _running(
    root: Path, arguments: Sequence[str], stdin: int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[bytes]]:
    # stderr is dropped: a pipe that nobody reads would stop a repository with much to complain about.
    process = subprocess.Popen(  # noqa: S603 - as above
        _command(arguments),
        cwd=root,
        env=_environment(root),
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    too_late = Event()

    def stop() -> None:
        too_late.set()
        process.kill()

    timer = Timer(MOST_SECONDS, stop)
    timer.daemon = True
    timer.start()
    try:
        yield process
    except CardkitError:
        if too_late.is_set():
            raise _too_long(arguments) from None
        raise
    finally:
        timer.cancel()
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                _close(stream)
        process.wait()


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except BrokenPipeError:  # questions that a killed git did not read
        return


def _command(arguments: Sequence[str]) -> list[str]:
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    return [_program(), "--no-pager", *settings, *arguments]


def _program() -> str:
    # A relative entry of PATH would take the `git` that a checkout brings along.
    places = os.pathsep.join(place for place in os.get_exec_path() if Path(place).is_absolute())
    found = shutil.which("git", path=places)
    if found is None:
        raise CardkitError(
            Text("没有找到 git", "git isn't installed, or not on the PATH"),
            Text("安装 git 后再试", "install git and try again"),
        )
    return found


def _environment(root: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("GIT_")}
    # Where `.git` isn't a repository, git would go on looking in the folders above.
    return kept | _ENVIRONMENT | {"GIT_CEILING_DIRECTORIES": str(root.parent)}


def _too_long(arguments: Sequence[str]) -> CardkitError:
    seconds = f"{MOST_SECONDS:g}"
    return CardkitError(
        Text(
            f"git {arguments[0]} 超过 {seconds} 秒没有结束，已停止",
            f"git {arguments[0]} was stopped after {seconds} seconds",
        ),
        Text("检查仓库是否完整（git fsck）", "check that the repository is whole (git fsck)"),
    )
