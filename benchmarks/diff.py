"""`cardkit diff` of one changed file against one `validate`: `python benchmarks/diff.py`.

On a generated catalog of 2,000 modules in a git repository, in turn (see run.py), with a history of one
commit and of many. The policies are taken out of catalog.yaml: proving them would make `validate` the slower
one by far, and the comparison easy.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from generate import generate
from run import Timed, in_turn, report

FILES = 2390
"""Of which 2,000 are modules."""
GIT = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]


def git(folder: Path, *words: str) -> None:
    """Run git, as its user would."""
    subprocess.run([*GIT, *words], cwd=folder, check=True, capture_output=True)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--commits", type=int, default=500)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        catalog = root / "catalog"
        generate(catalog, FILES)
        settings = (catalog / "catalog.yaml").read_text("utf-8")
        without = re.sub(r"(?ms)^policies:\n.*?(?=^\S|\Z)", "", settings)
        (catalog / "catalog.yaml").write_text(without, "utf-8")
        git(root, "init", "--quiet", "--initial-branch=main")
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--message=all")
        cardkit = [sys.executable, "-m", "cardkit"]
        where = ["--catalog", str(catalog), "--as-of", "2026-11-22"]
        for commits in (1, arguments.commits):
            for number in range(1, commits):
                changed(catalog / "modules" / f"pack-{number}.yaml", 10 + number % 200)
                git(root, "commit", "--quiet", "--all", "--message=a price")
            changed(catalog / "modules" / "pack-7.yaml", 71 + commits % 7)
            commands = [
                Timed("cardkit validate", [*cardkit, "validate", str(catalog), "--format", "concise"]),
                Timed("cardkit diff main", [*cardkit, "diff", "main", *where, "--format", "markdown"]),
            ]
            in_turn(commands, arguments.runs)
            report(f"one changed file, a history of {commits}", commands)


def changed(file: Path, price: int) -> None:
    """Give a module another price."""
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"(?m)^price: .*", f"price: {price}", text), "utf-8")


if __name__ == "__main__":
    main()
