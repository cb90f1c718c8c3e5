"""One file that was named on the command line: bounded, and never a link, pipe or device."""

import os
import stat
from pathlib import Path

from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Text
from cardkit.source.characters import quoted

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def read_bytes(path: Path, most_bytes: int) -> bytes:
    """A file's bytes; raises CardkitError where there is no plain file of at most so many bytes."""
    shown = quoted(str(path))
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = quoted(getattr(error, "strerror", None) or str(error))
        raise CardkitError(
            Text(f"不能读取 {shown}（{reason}）", f"{shown} can't be read ({reason})"),
            Text("检查路径和权限；链接不读", "check its path and permissions; links aren't followed"),
        ) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise CardkitError(
            Text(f"{shown} 不是普通文件", f"{shown} is no plain file"),
            Text("指出一个文件", "name a file"),
        )
    with os.fdopen(descriptor, "rb") as file:
        raw = file.read(most_bytes + 1)
    if len(raw) > most_bytes:
        raise CardkitError(
            Text(f"{shown} 超过 {most_bytes // 1000} kB", f"{shown} is larger than {most_bytes // 1000} kB"),
            Text("检查是不是这个文件", "check that it is the right file"),
        )
    return raw
