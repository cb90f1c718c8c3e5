"""What every bar says at its end, and how it is told to run a quick slice."""

import sys
import time
from collections.abc import Sequence

BEGAN = time.monotonic()


def quick(arguments: Sequence[str]) -> bool:
    """Whether a slice of a few seconds was asked for, to see that the bar itself works."""
    return "--quick" in arguments


def say(line: str) -> None:
    """Progress and faults, as they come."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def finish(bar: str, reached: str, faults: Sequence[str]) -> int:
    """The bar's line, after the first faults that it found; the exit code."""
    for fault in faults[:20]:
        say(f"  {fault}")
    if len(faults) > 20:
        say(f"  … and {len(faults) - 20} more")
    say(f"{'met   ' if not faults else 'MISSED'}  {bar}: {reached} ({time.monotonic() - BEGAN:.0f} s)")
    return 1 if faults else 0
