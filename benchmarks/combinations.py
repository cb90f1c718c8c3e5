"""The combination engine against others, each a cold process: `python benchmarks/combinations.py`.

Catalogs of 20 cards × 20 segments and 30, 60 and 100 modules with local rules, and one of 60 with dense
rules, are generated; `cardkit export` writes each as an integer problem that all provers read. Then, in turn:

proof   the lowest contribution of every segment: cardkit's diagram, CP-SAT with one model for each segment,
        CP-SAT with one model for each card and segment; all must find the same
count   the exact number of products: cardkit, and flamapy where `--flamapy PYTHON` names the Python of its
        environment. flamapy gets one card and one segment as UVL, cardkit the same and all 400; both count
        a public feature model. flamapy runs once, an hour at most
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from combination_catalogs import Sizes
from combination_catalogs import generate as generate_catalog
from run import BIN, Timed, in_turn, report

HERE = Path(__file__).parent
MODEL = HERE.parent / "tests" / "models" / "fmb-routefinding.uvl"
AS_OF = "2026-06-01"
ONE = ("--card", "card-00", "--segment", "segment-00")
FLAMAPY_SECONDS = 3600


class Case(NamedTuple):
    """A catalog to generate."""

    name: str
    sizes: Sizes


CASES = (
    Case("30", Sizes(30)),
    Case("60", Sizes(60)),
    Case("100", Sizes(100)),
    Case("60-dense", Sizes(60, dense=True)),
)


def export(catalog: Path, form: str, target: Path, *only: str) -> Path:
    asked = ("--catalog", str(catalog), "--as-of", AS_OF, "--format", form, "--output", str(target), *only)
    subprocess.run([BIN / "cardkit", "export", *asked], check=True, stderr=subprocess.DEVNULL)
    return target


def prover(name: str, file: Path) -> Sequence[str]:
    return (sys.executable, str(HERE / "provers.py"), name, str(file))


def answer(command: Sequence[str], seconds: float | None = None) -> str:
    """The last line that a command prints, which is all of it but for warnings."""
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=seconds).stdout


def proofs(name: str, file: Path, runs: int) -> None:
    named = {
        "cardkit": "diagram",
        "CP-SAT, one model for each segment": "segments",
        "CP-SAT, one model for each card and segment": "cells",
    }
    if len({answer(prover(how, file)) for how in named.values()}) > 1:
        raise SystemExit(f"{name}: the provers disagree")
    timed = [Timed(who, prover(how, file)) for who, how in named.items()]
    in_turn(timed, runs)
    report(f"{name} modules: the lowest contribution of each of 20 segments, proved", timed)


def counts(title: str, ours: Sequence[str], theirs: Sequence[str], runs: int) -> None:
    """The same number by cardkit and, once, by flamapy."""
    mine, other = Timed("cardkit", ours), Timed("flamapy, once", theirs)
    in_turn([mine], runs)
    expected = answer(ours).strip()
    try:
        found = answer(theirs, FLAMAPY_SECONDS).strip()
    except subprocess.TimeoutExpired:
        ratio = FLAMAPY_SECONDS / statistics.median(mine.wall)
        report(f"{title}: {expected}; flamapy not finished in an hour, more than {ratio:.0f} times", [mine])
        return
    if found != expected and int(expected) < 2**53:
        raise SystemExit(f"{title}: cardkit counts {expected}, flamapy {found}")
    other.run(counts=True)
    report(f"{title}: {expected}", [mine, other])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--flamapy", type=Path, help="the Python of flamapy's environment")
    parser.add_argument("--only", nargs="*", default=[case.name for case in CASES], help="these catalogs")
    arguments = parser.parse_args()
    # Without -P the folder of the script, whose `uvl` is ours, would come before flamapy's own.
    theirs = (str(arguments.flamapy), "-P", str(HERE / "flamapy_count.py"))
    with tempfile.TemporaryDirectory() as temporary:
        for name, sizes in CASES:
            if name not in arguments.only:
                continue
            catalog = Path(temporary) / name
            generate_catalog(catalog, sizes)
            file = export(catalog, "json", catalog.with_suffix(".json"))
            proofs(name, file, arguments.runs)
            all_of_it = Timed("cardkit", prover("count", file))
            in_turn([all_of_it], arguments.runs)
            report(
                f"{name} modules, 400 cards and segments: {answer(prover('count', file)).strip()}",
                [all_of_it],
            )
            if arguments.flamapy is not None:
                one = export(catalog, "json", catalog.with_suffix(".one.json"), *ONE)
                uvl = export(catalog, "uvl", catalog.with_suffix(".one.uvl"), *ONE)
                title = f"{name} modules, one card and segment"
                counts(title, prover("count", one), (*theirs, str(uvl)), arguments.runs)
    if arguments.flamapy is not None:
        counts(MODEL.name, prover("uvl", MODEL), (*theirs, str(MODEL)), arguments.runs)


if __name__ == "__main__":
    main()
