"""Writing a file so that the old one is whole until the new one is: the only place that writes."""

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Text


def write_text(path: Path, text: str) -> None:
    """Replace a file's content atomically, keeping its mode; makes the folder if there is none.

    Raises CardkitError for a link or anything else that is no plain file, OSError where the disk refuses:
    then the old file is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = 0o644
    try:
        found = path.lstat()
    except FileNotFoundError:
        pass
    else:
        if not stat.S_ISREG(found.st_mode):
            raise CardkitError(
                Text(f"{path} 不是普通文件，不写", f"{path} is no plain file: it isn't written to"),
                Text("换一个输出位置", "write to another place"),
            )
        mode = stat.S_IMODE(found.st_mode)
    # In the same folder: a rename is atomic within one file system only. No catalog reads such a name.
    handle, name = tempfile.mkstemp(prefix=".cardkit-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise
