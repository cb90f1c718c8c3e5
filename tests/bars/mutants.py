"""Mutation score of the pricing core: of every small fault in it, how many make a test fail.

Our own mutator: mutmut 3 hung while it made its mutants and leaves tables of formulas outside functions
alone; cosmic-ray starts Python anew for every mutant, which takes hours. Here tests are collected once; for
each mutant a fork swaps the code of the changed function and runs the tests that call it, those first that
killed most mutants for the time they take.

`python -m tests.bars.mutants [--quick] [FILE…] [--show]`; exit 1 below 97 %.
"""

import ast
import gc
import json
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import IO, Any

import pytest
from _pytest.runner import runtestprotocol

from tests.bars.equivalent import EQUIVALENT, Survivor
from tests.bars.mutation import ROOT
from tests.bars.mutation_points import Mutant, mutants
from tests.bars.outcome import finish, quick, say

LEAST = 0.97
MOST_SECONDS = 30
"""Of processor time: other work on the same cores must not look like a mutant that never ends."""
MOST_SECONDS_WATCHED = 600
ALL_PASS = "all pass"
PRICING = (
    "lines",
    "totals",
    "shares",
    "benefit_terms",
    "card_terms",
    "discounts",
    "interaction_terms",
    "stacking_terms",
    "spending",
    "demand",
    "redemption",
    "parts",
    "price",
    "clusters",
    "asked",
    "reckoner",
    "table_terms",
    "price_table",
)
MECHANICS = ("funding", "stacking", "capping", "nested", "compound", "whole_steps")
FILES = tuple(
    f"cardkit/{floor}/{name}.py"
    for floor, names in (("pricing", PRICING), ("mechanics", MECHANICS))
    for name in names
)
TESTS = tuple(
    f"tests/{name}.py"
    for name in (
        "laws/test_exact_arithmetic",
        "pricing/test_interactions",
        "mechanics/test_stacking",
        "mechanics/test_capping",
        "pricing/test_terms",
        "pricing/test_shares",
        "pricing/test_groups",
        "pricing/test_spending",
        "pricing/test_payouts",
        "pricing/test_nested_caps",
        "pricing/test_weighted_spend",
        "pricing/test_demand",
        "pricing/test_asked",
        "pricing/test_view",
        "mechanics/test_golden",
        "laws/test_random_catalogs",
        "pricing/test_price_table",
        "laws/test_price_table_laws",
        "pricing/test_price",
    )
)
"""Those that tell of the core and are quick, the quickest first."""
TOO_SLOW = "halving_the_cells or (test_price_table_laws and shipped_catalog)"


def swap(module: ModuleType, mutant: Mutant) -> None:
    """Make the loaded module behave as the mutant: new code for its functions, or a constant made anew."""
    statement = mutant.tree.body[mutant.top]
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        code = compile(mutant.tree, module.__file__ or "", "exec")
        _swap_codes(vars(module), code)
        return
    before = dict(vars(module))
    exec(compile(ast.Module([statement], []), module.__file__ or "", "exec"), vars(module))
    for name, value in vars(module).items():
        if before.get(name) is not value:
            for other in list(sys.modules.values()):
                if getattr(other, "__name__", "").startswith("cardkit") and vars(other).get(
                    name
                ) is before.get(name):
                    setattr(other, name, value)


def _swap_codes(namespace: Any, code: CodeType) -> None:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            found = _plain(namespace.get(inner.co_name))
            if isinstance(found, FunctionType):
                found.__code__ = inner
            elif isinstance(found, type):
                _swap_codes(vars(found), inner)


def _plain(found: Any) -> Any:
    """The function inside a property, a class method or a cache."""
    for name in ("fget", "func", "__func__", "__wrapped__"):
        found = getattr(found, name, found) if not isinstance(found, FunctionType | type) else found
    return found


class Killing:
    """The plugin that, once tests are collected, runs them for one mutant after the other."""

    def __init__(self, files: tuple[str, ...], every: int) -> None:
        self.files = files
        self.every = every
        self.killed = self.made = 0
        self.survivors: list[Survivor] = []
        self.killers: Counter[str] = Counter()
        self.seconds: dict[str, float] = {}

    def pytest_configure(self) -> None:
        """Other draws would find faults at one time and miss them at another; nobody reads a shrunk one."""
        from hypothesis import Phase, settings

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutants", phases=phases, derandomize=True, database=None, deadline=None)
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """All mutants, instead of all tests once."""
        gc.freeze()  # what is loaded by now is shared with every fork, and never copied to be counted
        items = list(session.items)
        called = self.callers(items)
        for file in self.files:
            module = import_module(file.removesuffix(".py").replace("/", "."))
            began, alive = time.monotonic(), len(self.survivors)
            found = list(mutants((ROOT / file).read_text(encoding="utf-8")))[:: self.every]
            for mutant in found:
                self.made += 1
                telling = [
                    item
                    for item in items
                    if mutant.function is None or f"{file} {mutant.function}" in called[item.nodeid]
                ]
                killer = forked(partial(failing, telling, module, mutant))
                if killer == ALL_PASS:
                    self.survivors.append(Survivor(Path(file).stem, mutant.function or "", mutant.what))
                    where = f"{file}:{mutant.line} {mutant.function}"
                    say(f"  survives {len(telling)} tests: {where}: {mutant.what}")
                    continue
                self.killed += 1
                self.killers[killer] += 1
                items.sort(key=self.telling_last)
            seconds = time.monotonic() - began
            say(f"  {file}: {len(found)} mutants, {len(self.survivors) - alive} survive ({seconds:.0f} s)")
        return True

    def telling_last(self, item: pytest.Item) -> float:
        """The less, the more mutants a test has killed for the time it takes."""
        return self.seconds[item.nodeid] / (0.2 + self.killers[item.nodeid])

    def callers(self, items: list[pytest.Item]) -> dict[str, set[str]]:
        """The functions of the files that each test calls. Raises UsageError where a test fails."""
        called: dict[str, set[str]] = {item.nodeid: set() for item in items}
        with tempfile.NamedTemporaryFile("w+", encoding="utf-8") as kept:
            failed = forked(partial(self._watched, items, called, kept), MOST_SECONDS_WATCHED)
            if failed != ALL_PASS:
                raise pytest.UsageError(f"the tests fail without any mutant: {failed}")
            kept.seek(0)
            watched = json.load(kept)
        self.seconds = watched["seconds"]
        items.sort(key=self.telling_last)
        return {name: set(functions) for name, functions in watched["called"].items()}

    def _watched(self, items: list[pytest.Item], called: dict[str, set[str]], kept: IO[str]) -> str:
        names = {str(ROOT / file): file for file in self.files}
        seconds: dict[str, float] = {}
        for item in items:
            found = called[item.nodeid]

            def watch(frame: FrameType, event: str, _: object, found: set[str] = found) -> None:
                code = frame.f_code
                if event == "call" and code.co_filename in names:
                    found.add(f"{names[code.co_filename]} {code.co_qualname.partition('.<locals>')[0]}")

            sys.setprofile(watch)
            began = time.process_time()
            failed = failing([item])
            seconds[item.nodeid] = time.process_time() - began
            sys.setprofile(None)
            if failed != ALL_PASS:
                return failed
        functions = {name: sorted(found) for name, found in called.items()}
        json.dump({"called": functions, "seconds": seconds}, kept)
        kept.flush()
        return ALL_PASS


def forked(work: Callable[[], str], most_seconds: int = MOST_SECONDS) -> str:
    """What work says that is done in a silent fork; or that the fork ran out of time or crashed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        signal.setitimer(signal.ITIMER_PROF, most_seconds)
        os.write(writer, work().encode())
        os._exit(0)
    os.close(writer)
    said = os.read(reader, 4096).decode()  # returns nothing when the child dies
    os.close(reader)
    os.waitpid(child, 0)
    return said or "ran out of time, or crashed"


def failing(items: list[pytest.Item], module: ModuleType | None = None, mutant: Mutant | None = None) -> str:
    """The first test that fails, with a mutant or without one."""
    if module is not None and mutant is not None:
        swap(module, mutant)
    for place, item in enumerate(items):
        following = items[place + 1] if place + 1 < len(items) else None
        if any(report.failed for report in runtestprotocol(item, nextitem=following, log=False)):
            return item.nodeid
    return ALL_PASS


def main(arguments: list[str]) -> int:
    """Every mutant of every file, or of those named."""
    os.environ.setdefault("CARDKIT_EXAMPLES_FACTOR", "0.15")
    os.chdir(ROOT)
    named = tuple(each for each in arguments if each.endswith(".py"))
    few = quick(arguments)
    plugin = Killing(named or (FILES[:1] if few else FILES), 8 if few else 1)
    code = pytest.main(["-s", "-p", "no:cacheprovider", "-k", f"not ({TOO_SLOW})", *TESTS], plugins=[plugin])
    unexplained = list((Counter(plugin.survivors) - Counter(EQUIVALENT)).elements())
    explained = len(plugin.survivors) - len(unexplained)
    score = plugin.killed / plugin.made if plugin.made else 0.0
    if "--show" in arguments:
        for killer, number in plugin.killers.most_common():
            say(f"  {number:5} {killer}")
    reached = (
        f"{score:.1%} of {plugin.made:,} mutants killed; of {len(plugin.survivors)} survivors "
        f"{explained} do the same as the code, {len(unexplained)} are unexplained"
    )
    faults = [f"unexplained: {each.file}.py {each.function}: {each.what}" for each in unexplained]
    if score < LEAST or code != 0:
        faults.append(f"below {LEAST:.0%}, or the tests could not be run: pytest's exit code is {code}")
    return finish("mutants of the pricing core", reached, faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
