"""The corpus of hostile files as whole commands: no signal, hang or traceback within 2 s and 200 MB.

Each file is put into a small catalog as an entity and, once more, in place of catalog.yaml.
`python -m tests.bars.commands [--quick]`
"""

import csv
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bars.mutation import ROOT
from tests.bars.outcome import finish, quick

CORPUS = ROOT / "tests" / "corpus"
EXAMPLE = ROOT / "tests" / "checks" / "example"
MOST_SECONDS, MOST_MEGABYTES, HANG_SECONDS = 2.0, 200, 20
COMMANDS = (
    ("validate", "."),
    ("validate", ".", "--format", "json"),
    ("list", "modules"),
    ("price", "city-card+pet-care@gen-z", "--as-of", "2026-07-01"),
    ("preview", "city-card+pet-care@gen-z", "--as-of", "2026-07-01"),
)
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


class Ran:
    """How one command went: its exit code, both streams, CPU seconds and megabytes."""

    def __init__(self, arguments: tuple[str, ...], folder: Path) -> None:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
        }
        with tempfile.TemporaryFile() as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "cardkit", *arguments],
                cwd=folder,
                env=environment | {"CARDKIT_CATALOG": ".", "CARDKIT_LANG": "en"},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
            deadline = time.monotonic() + HANG_SECONDS
            while True:
                found, status, used = os.wait4(process.pid, os.WNOHANG)
                if found:
                    break
                if time.monotonic() > deadline:
                    os.kill(process.pid, signal.SIGKILL)
                time.sleep(0.005)
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            self.output = out.read().decode("utf-8", "replace")
        self.code = process.returncode
        self.seconds = used.ru_utime + used.ru_stime
        self.megabytes = used.ru_maxrss / 1024

    def faults(self) -> list[str]:
        """What must not happen, in words."""
        wrong = []
        if self.code < 0:
            wrong.append(
                "killed as a hang" if self.code == -signal.SIGKILL else f"died of signal {-self.code}"
            )
        elif self.code not in (0, 1, 2):
            wrong.append(f"exit code {self.code}")
        if "Traceback" in self.output or "check-crashed" in self.output:
            wrong.append("a traceback or a crashed check")
        if self.seconds > MOST_SECONDS:
            wrong.append(f"{self.seconds:.1f} s")
        if self.megabytes > MOST_MEGABYTES:
            wrong.append(f"{self.megabytes:.0f} MB")
        if CONTROL.search(self.output):
            wrong.append("a control character")
        if any(line.lstrip().startswith("::") or "##[" in line for line in self.output.splitlines()):
            wrong.append("a runner command")
        return wrong


def main(arguments: list[str]) -> int:
    """Every file, every command, one process at a time."""
    with (CORPUS / "EXPECTED.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    if quick(arguments):
        rows = rows[:: len(rows) // 4]
    faults: list[str] = []
    slowest = largest = 0.0
    runs = unnamed = 0
    for row in rows:
        for place in (f"modules/{row['file']}", "catalog.yaml"):
            with tempfile.TemporaryDirectory() as temporary:
                folder = Path(shutil.copytree(EXAMPLE, Path(temporary) / "catalog"))
                shutil.copyfile(CORPUS / row["file"], folder / place)
                for command in COMMANDS if place != "catalog.yaml" else COMMANDS[:2]:
                    ran = Ran(command, folder)
                    runs += 1
                    slowest, largest = max(slowest, ran.seconds), max(largest, ran.megabytes)
                    faults += [
                        f"{row['file']} as {place}, {' '.join(command)}: {each}" for each in ran.faults()
                    ]
                    if command == COMMANDS[0] and row["outcome"] == "reject" and place not in ran.output:
                        unnamed += 1
                        faults.append(f"{row['file']} as {place}: its refusal doesn't name the file")
    reached = (
        f"{len(faults)} faults in {runs:,} runs over {len(rows)} files; "
        f"at most {slowest:.2f} s of CPU and {largest:.0f} MB; {unnamed} refusals without a file"
    )
    return finish("hostile files as whole commands", reached, faults)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main(sys.argv[1:]))
