"""The entry: quiet on Ctrl-C from the first moment, and quick where nothing needs to be loaded."""

import gc
import signal
import sys
from types import FrameType

INTERRUPTED = 130


def _interrupted(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(INTERRUPTED)


def main() -> None:
    """Run cardkit with the process's arguments; ends the process with its exit code."""
    # A command makes data and ends: looking for cycles in what grows would only find that it is still in use.
    gc.disable()
    # Modules load for a tenth of a second, in which Ctrl-C must not print a traceback.
    signal.signal(signal.SIGINT, _interrupted)
    if sys.argv[1:] == ["--version"]:
        from cardkit import __version__  # nothing else is loaded for a version

        sys.stdout.write(f"cardkit {__version__}\n")
        return
    from cardkit.cli.app import run  # after the handler is set

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
