"""`make bars`: what is too slow for every run, one bar after the other; 1 where any is missed.

`python -m tests.bars.run [--quick] [NAME…]`
"""

import os
import subprocess
import sys

from tests.bars.mutation import ROOT
from tests.bars.outcome import say

BARS: dict[str, tuple[str, ...]] = {
    "laws": ("pytest", "-p", "no:cacheprovider", "tests/laws", "tests/solve/test_prices_of_catalogs.py"),
    "documents": ("tests.bars.documents",),
    "commands": ("tests.bars.commands",),
    "renderers": ("tests.bars.renderers",),
    "formatting": ("tests.bars.formatting",),
    "writes": ("tests.bars.writes",),
    "browser": ("tests.bars.browser",),
    "coverage": ("tests.bars.coverage",),
    "mutants": ("tests.bars.mutants",),
}
"""Each bar by name, and the module that `python -m` runs for it."""

TIMES_AS_MANY = {"laws": ("0.1", "34")}
"""How many times a test's examples: in a quick run, and in a full one (300 × 34 exact reckonings, 80 × 34
catalogs of which every product is looked at)."""


def main(arguments: list[str]) -> int:
    """Those named, or all of them."""
    few = "--quick" in arguments
    named = [each for each in arguments if not each.startswith("-")]
    unknown = [name for name in named if name not in BARS]
    if unknown:
        say(f"no bar is called {', '.join(unknown)}; there are {', '.join(BARS)}")
        return 2
    missed = []
    for name in named or BARS:
        command = [sys.executable, "-m", *BARS[name]]
        environment = dict(os.environ)
        if name in TIMES_AS_MANY:
            environment["CARDKIT_EXAMPLES_FACTOR"] = TIMES_AS_MANY[name][not few]
        elif few:
            command.append("--quick")
        say(f"{name}:")
        if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
            missed.append(name)
    say("every bar is met" if not missed else f"missed: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
