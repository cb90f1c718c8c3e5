"""Which git repository a folder lies in, found by looking: no git is started."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository, and the place of a catalog in it."""

    root: Path
    """The folder that holds `.git`, absolute and without links."""
    prefix: str
    """The catalog's folder from the root, ending in `/`; empty where it is the root itself."""


def repository_of(folder: Path) -> Repository | None:
    """The repository that a folder lies in, None where it lies in none. Only looks; starts no git."""
    try:
        found = folder.resolve()
    except (OSError, RuntimeError):  # the working directory is gone; links that go round
        return None
    for root in (found, *found.parents):
        if os.path.lexists(root / ".git"):
            inside = found.relative_to(root).as_posix()
            return Repository(root, "" if inside == "." else f"{inside}/")
    return None
