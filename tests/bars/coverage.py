"""Branch coverage of the pricing core by the tests that the mutants are run against: all of it.

`python -m tests.bars.coverage [--quick]`
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bars.mutants import FILES, TESTS
from tests.bars.mutation import ROOT
from tests.bars.outcome import finish, quick

SETTINGS = "[report]\nexclude_also = raise AssertionError\n"
"""What says of itself that it can't happen isn't asked for."""


def main(arguments: list[str]) -> int:
    """Run the tests under coverage, and read its report."""
    with tempfile.TemporaryDirectory() as place:
        settings = Path(place) / "settings"
        settings.write_text(SETTINGS, encoding="utf-8")
        environment = os.environ | {
            "COVERAGE_RCFILE": str(settings),
            "COVERAGE_FILE": str(Path(place) / "coverage"),
            "CARDKIT_EXAMPLES_FACTOR": "0.05" if quick(arguments) else "0.5",
        }
        run = [sys.executable, "-m", "coverage", "run", "--branch", f"--include={','.join(FILES)}"]
        tests = subprocess.run(
            [*run, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        report = subprocess.run(
            [sys.executable, "-m", "coverage", "report", "--show-missing", "--precision=1"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        ).stdout
    total = re.search(r"^TOTAL.* ([0-9.]+)%", report, re.MULTILINE)
    faults = [line for line in report.splitlines() if line.startswith("cardkit/") and " 100.0%" not in line]
    if tests.returncode or total is None:
        faults = [*tests.stdout.splitlines()[-5:], *tests.stderr.splitlines()[-5:], *faults]
    return finish("branch coverage of the pricing core", f"{total[1] if total else '?'} %", faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
