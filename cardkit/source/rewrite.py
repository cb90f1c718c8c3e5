"""Changing a file that was read: nothing that somebody else wrote in between is lost."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Text
from cardkit.source.characters import quoted
from cardkit.source.write import write_text

STALE_SECONDS = 3600
"""A temporary file this old belongs to no write that is still going on."""


def rewrite(path: Path, before: bytes, text: str) -> None:
    """Replace a file's content atomically, if it still is `before`.

    Writers of one folder wait for each other. Raises CardkitError where the file has changed since it was
    read, or is a link or no plain file; OSError where the disk refuses. Then the file is as it was.
    """
    with locked(path.parent):
        if _content(path) != before:
            shown = quoted(str(path))
            raise CardkitError(
                Text(
                    f"{shown} 在读取之后被改动过，没有写",
                    f"{shown} was changed since it was read: not written",
                ),
                Text("再运行一次", "run it again"),
            )
        write_text(path, text)


def create(path: Path, text: str) -> None:
    """Write a file that must not exist yet, atomically; makes its folder if there is none.

    Raises CardkitError where something has that name already, OSError where the disk refuses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path.parent):
        if os.path.lexists(path):
            shown = quoted(str(path))
            raise CardkitError(
                Text(f"{shown} 已经存在，没有写", f"{shown} exists already: not written"),
                Text("换一个 id，或直接编辑它", "choose another id, or edit that file"),
            )
        write_text(path, text)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which every writer here takes; temporary files left over are swept."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        # Some network file systems have no locks: there the check above is all that can be had.
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        _sweep(folder)
        yield
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove what writes that were killed left behind."""
    for left in folder.glob(".cardkit-*.tmp"):
        with contextlib.suppress(OSError):
            if time.time() - left.lstat().st_mtime > STALE_SECONDS:
                left.unlink()


def _content(path: Path) -> bytes | None:
    """The file's bytes now; None for a link, or where there is none."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        return file.read()
