"""kill -9 at 500 random moments of a write: the file is the old one or the new one, whole.

`python -m tests.bars.writes [--quick]`
"""

import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from cardkit.source.write import write_text
from tests.bars.outcome import finish, quick

FILES = 4
LONGEST_WAIT_SECONDS = 0.03


def text_of(version: int) -> str:
    """A file that says at its start and end which version it is, and is longer or shorter than the last."""
    return f"# {version}\n" + "航空里程包 x: 1\n" * (2_000 + version % 7 * 1_500) + f"# {version}\n"


def write_for_ever(files: list[Path]) -> None:
    """What the child does until it is killed."""
    version = 0
    while True:
        for file in files:
            write_text(file, text_of(version))
        version += 1


def fault(file: Path) -> str | None:
    """Why a file is lost or torn; None where it is whole."""
    if not file.is_file():
        return f"{file.name} is lost"
    text = file.read_text(encoding="utf-8", errors="replace")
    first = text.partition("\n")[0].removeprefix("# ")
    whole = first.isdigit() and text == text_of(int(first))
    return None if whole else f"{file.name} is torn after {len(text)} characters"


def main(arguments: list[str]) -> int:
    """Fork, let it write, kill it, look."""
    kills = 20 if quick(arguments) else 500
    chance, faults, in_flight = Random(20260701), [], 0
    with tempfile.TemporaryDirectory() as place:
        files = [Path(place) / f"file-{number}.yaml" for number in range(FILES)]
        for file in files:
            write_text(file, text_of(0))
        for _ in range(kills):
            child = os.fork()
            if child == 0:
                write_for_ever(files)
            time.sleep(chance.random() * LONGEST_WAIT_SECONDS)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            faults += [said for file in files if (said := fault(file))]
            left = [each for each in Path(place).iterdir() if each not in files]
            in_flight += bool(left)
            faults += [f"{each.name} would be read" for each in left if each.suffix == ".yaml"]
            for each in left:
                each.unlink()
    reached = (
        f"{len(faults)} of {FILES} files lost or torn at {kills} kills, {in_flight} of them within a write"
    )
    return finish("kill -9 while writing", reached, faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
