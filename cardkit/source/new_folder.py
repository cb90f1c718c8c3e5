"""A folder with files that is there whole or not at all."""

import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Text
from cardkit.source.characters import quoted

_MODE = 0o755


def write_folder(target: Path, files: Mapping[str, str]) -> None:
    """Make a folder with files, by path with `/`; it appears under its name when all of them are on the disk.

    A folder that is there and empty is taken. Raises CardkitError where anything else has that name, OSError
    where the disk refuses; then nothing is left behind.
    """
    refuse_taken(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".cardkit-", suffix=".tmp", dir=target.parent))
    try:
        for name, text in files.items():
            file = made / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("w", encoding="utf-8", newline="\n") as handle:
                handle.write(text)
                handle.flush()
                os.fsync(handle.fileno())
        made.chmod(_MODE)
        try:
            made.rename(target)  # an empty folder gives way, a full one doesn't
        except OSError as error:
            if error.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
                refuse_taken(target)
            raise
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def refuse_taken(target: Path) -> None:
    """Raise CardkitError where something has the name already that isn't an empty folder."""
    if not os.path.lexists(target):
        return
    shown = quoted(str(target))
    if (target / "catalog.yaml").exists():
        raise CardkitError(
            Text(f"{shown} 里已经有目录，没有写", f"{shown} has a catalog already: nothing was written"),
            Text(
                "用 cardkit new 添加实体，或换一个文件夹",
                "add to it with cardkit new, or name another folder",
            ),
        )
    if target.is_symlink() or not target.is_dir():
        raise CardkitError(
            Text(f"{shown} 已经存在，而且不是文件夹", f"{shown} exists and is no folder"),
            Text("换一个文件夹", "name another folder"),
        )
    if any(target.iterdir()):
        raise CardkitError(
            Text(f"{shown} 不是空文件夹，没有写", f"{shown} isn't empty: nothing was written"),
            Text(
                f"写一个新的文件夹，如 cardkit init {target / 'catalog'}",
                f"name a new folder, such as: cardkit init {target / 'catalog'}",
            ),
        )
