"""git as a test's own hand: what is asked here is never asked by cardkit."""

import os
import subprocess
from pathlib import Path


def git(root: Path, *words: str, **more: str) -> str:
    """Run git on a repository; gives its output."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a"}
    who |= {"GIT_COMMITTER_EMAIL": "a@b", "GIT_CONFIG_GLOBAL": "/dev/null"}
    command = ["git", *words]
    done = subprocess.run(
        command, cwd=root, env=environment | who | more, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def committed(folder: Path, message: str = "change") -> str:
    """Commit everything in the repository of a folder, on main; makes one where there is none."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", f"--message={message}")
    return git(folder, "rev-parse", "HEAD")
