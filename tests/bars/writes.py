"""kill -9 at 500 random moments of a write, and of `fmt`: each file is the old one or the new one, whole.

And two writers who each change one file 300 times: all 600 changes are in it.
`python -m tests.bars.writes [--quick]`
"""

import contextlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

from cardkit.ground.errors import CardkitError
from cardkit.source.formatting.formatting import format_file
from cardkit.source.rewrite import rewrite
from cardkit.source.write import write_text
from tests.bars.outcome import finish, quick

FILES = 4
LONGEST_WAIT_SECONDS = 0.03


def text_of(version: int) -> str:
    """A file that says at its start and end which version it is, and is longer or shorter than the last."""
    return f"# {version}\n" + "航空里程包 x: 1\n" * (2_000 + version % 7 * 1_500) + f"# {version}\n"


def unformatted(version: int) -> str:
    """A file that `fmt` has work with; its version stands at its start and end."""
    entries = "".join(
        f"    - {{zh: 航空里程包, en: pack {number}}}\n" for number in range(200 + version % 7 * 50)
    )
    return f"# {version}\nid: a\nkind: module\nbenefits:\n{entries}# {version}\n"


@cache
def formatted(version: int) -> str:
    """What `fmt` makes of that."""
    made = format_file("modules/a.yaml", unformatted(version).encode()).text
    assert made is not None
    return made


def write_for_ever(files: list[Path]) -> None:
    """What the child does until it is killed."""
    version = 0
    while True:
        for file in files:
            write_text(file, text_of(version))
        version += 1


def format_for_ever(files: list[Path]) -> None:
    """What the child does until it is killed: files come out of order, and `fmt` brings them back."""
    version = 0
    while True:
        for file in files:
            write_text(file, unformatted(version))
            rewrite(file, unformatted(version).encode(), formatted(version))
        version = (version + 1) % 7


def fault(file: Path, wholes: tuple[Callable[[int], str], ...]) -> str | None:
    """Why a file is lost or torn; None where it is one of those that were written, whole."""
    if not file.is_file():
        return f"{file.name} is lost"
    text = file.read_text(encoding="utf-8", errors="replace")
    first = text.partition("\n")[0].removeprefix("# ")
    whole = first.isdigit() and text in [each(int(first)) for each in wholes]
    return None if whole else f"{file.name} is torn after {len(text)} characters"


def killed(
    writer: Callable[[list[Path]], None], wholes: tuple[Callable[[int], str], ...], kills: int
) -> tuple[list[str], int]:
    """Fork, let it write, kill it, look: the faults, and how many kills came within a write."""
    chance, faults, in_flight = Random(20260701), [], 0
    with tempfile.TemporaryDirectory() as place:
        files = [Path(place) / f"file-{number}.yaml" for number in range(FILES)]
        for file in files:
            write_text(file, wholes[0](0))
        for _ in range(kills):
            child = os.fork()
            if child == 0:
                writer(files)
            time.sleep(chance.random() * LONGEST_WAIT_SECONDS)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            faults += [said for file in files if (said := fault(file, wholes))]
            left = [each for each in Path(place).iterdir() if each not in files]
            in_flight += bool(left)
            faults += [f"{each.name} would be read" for each in left if each.suffix == ".yaml"]
            for each in left:
                each.unlink()
    return faults, in_flight


def counted(updates: int) -> int:
    """What two writers bring a number to who add one to it so many times each, reading it every time."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "count.yaml"
        write_text(file, "0")
        children = []
        for _ in range(2):
            children.append(os.fork())
            if children[-1] == 0:
                count(file, updates)
                os._exit(0)
        for child in children:
            os.waitpid(child, 0)
        return int(file.read_text(encoding="utf-8"))


def count(file: Path, updates: int) -> None:
    """Add one, so many times; whoever changed the file in between comes first."""
    done = 0
    while done < updates:
        before = file.read_bytes()
        with contextlib.suppress(CardkitError):
            rewrite(file, before, str(int(before) + 1))
            done += 1


def main(arguments: list[str]) -> int:
    """Kill writers, kill formatters, let two write at once."""
    few = quick(arguments)
    kills, updates = (20, 30) if few else (500, 300)
    for version in range(7):
        formatted(version)  # before any child: it is the writing that is to be interrupted
    written, writing = killed(write_for_ever, (text_of,), kills)
    made, formatting = killed(format_for_ever, (unformatted, formatted), kills)
    both = counted(updates)
    faults = written + made
    if both != 2 * updates:
        faults.append(f"{2 * updates - both} of {2 * updates} updates of two writers are lost")
    reached = (
        f"{len(written)} of {FILES} files lost or torn at {kills} kills of a write ({writing} within one), "
        f"{len(made)} at {kills} of fmt ({formatting}); {both} of {2 * updates} updates of two writers"
    )
    return finish("kill -9 while writing", reached, faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
