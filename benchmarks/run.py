"""Whole processes timed in turn, ours and peers', on generated catalogs: `python benchmarks/run.py`.

Needs the extra `bench` (check-jsonschema, yamllint). Every command runs once to warm up and then in turn
with the others (A B C A B C …), so that a machine that slows down slows all of them. Printed are medians of
CPU time and the largest resident size, and the ratio to the first command.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generate import generate

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "cardkit" / "schemas" / "entity.json"
BIN = Path(sys.executable).parent


@dataclass
class Timed:
    """What one command took, in seconds of CPU and of the wall clock, and its largest resident size in MB."""

    name: str
    command: Sequence[str]
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    megabytes: float = 0.0
    code: int = 0

    def run(self, *, counts: bool) -> None:
        """Run once; the process's own accounting tells what it used."""
        began = time.perf_counter()
        process = subprocess.Popen(
            self.command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = self.code = os.waitstatus_to_exitcode(status)
        if counts:
            self.cpu.append(used.ru_utime + used.ru_stime)
            self.wall.append(time.perf_counter() - began)
            self.megabytes = max(self.megabytes, used.ru_maxrss / 1024)


def in_turn(commands: Sequence[Timed], runs: int) -> None:
    """Run the commands in turn; the first round doesn't count."""
    for number in range(runs + 1):
        for timed in commands:
            timed.run(counts=number > 0)


def report(title: str, commands: Sequence[Timed]) -> None:
    """Print a table; ratios are to the first command."""
    print(f"\n### {title}\n\n| command | CPU s (median) | wall s (median) | MB | ratio (CPU) | exit |")
    print("|---|---|---|---|---|---|")
    first = statistics.median(commands[0].cpu)
    for timed in commands:
        cpu, wall = statistics.median(timed.cpu), statistics.median(timed.wall)
        numbers = f"{cpu:.3f} | {wall:.3f} | {timed.megabytes:.0f} | {cpu / first:.2f} | {timed.code}"
        print(f"| {timed.name} | {numbers} |", flush=True)


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, nargs="*", default=[200, 2000, 10_000])
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    cardkit = [sys.executable, "-m", "cardkit"]
    bare = Timed("python -c ''", [sys.executable, "-c", ""])
    with tempfile.TemporaryDirectory() as scratch:
        one = Path(scratch, "one")
        one.mkdir()
        (one / "catalog.yaml").write_text(MINIMAL, "utf-8")
        start = [
            bare,
            Timed("cardkit --version", [*cardkit, "--version"]),
            Timed("cardkit validate, one clean file", [*cardkit, "validate", str(one)]),
            Timed("cardkit price, shipped catalog", [*cardkit, "price", "city-roots@new-resident"]),
            Timed("cardkit validate, shipped catalog", [*cardkit, "validate"]),
        ]
        in_turn(start, max(9, arguments.runs))
        report("Start", start)
        for files in arguments.files:
            folder = Path(scratch, str(files))
            generate(folder, files)
            entities = sorted(str(path) for path in folder.glob("*/*.yaml"))
            one_schema = [str(BIN / "check-jsonschema"), "--schemafile", str(SCHEMA)]
            commands = [
                Timed("cardkit validate", [*cardkit, "validate", str(folder), "--format", "concise"]),
                Timed(
                    "check-jsonschema",
                    [*one_schema, *entities],
                ),
                Timed("yamllint", [str(BIN / "yamllint"), "-d", "relaxed", str(folder)]),
            ]
            in_turn(commands, arguments.runs if files <= 2000 else 1)
            report(f"{files:,} files", commands)


MINIMAL = """format_version: 1
id: smallest
name: {zh: 最小目录, en: Smallest catalog}
owner: product-office
issuer: {zh: 示例银行, en: Example Bank}
currency: CNY
languages: [zh, en]
market:
  interchange_cap: 0.45%
  network_fee: 0.0325%
  vat: 6%
  funding: 1.9%
  revolving_daily: 0.05%
  prepayment_loss: 3%
  collection: 97%
categories: {other: {name: {zh: 其他, en: other}, interchange: 0.45%}}
usages: {}
module_groups: {}
points_currencies: {}
"""
"""A catalog of one file."""


if __name__ == "__main__":
    main()
