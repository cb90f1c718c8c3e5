"""Prices that are not tried because others alike were give the same findings as trying every one."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest

from cardkit.checks import figures
from cardkit.checks.checking import Checking
from cardkit.ground.finding import Finding
from cardkit.source.load import from_texts

AS_OF = date(2026, 11, 22)
CATALOG = Path(__file__).parent.parent.parent / "catalog"
TEXTS = {path.relative_to(CATALOG).as_posix(): path.read_bytes() for path in CATALOG.rglob("*.yaml")}


def found(texts: dict[str, bytes]) -> set[tuple[str, str, str]]:
    checking = Checking(from_texts(texts, []), AS_OF)
    findings: list[Finding] = [*figures.missing_figure(checking), *figures.no_price(checking)]
    return {(finding.code.id, finding.site.file, finding.site.pointer) for finding in findings}


def without_a_usage(draw: Random) -> dict[str, bytes]:
    """The shipped catalog without some segments' usages, choices or categories and some modules' prices."""
    texts = dict(TEXTS)
    for file in draw.sample([name for name in texts if name.startswith("segments/")], 3):
        lines = texts[file].decode().splitlines(keepends=True)
        usages = lines.index("usage:\n")
        del lines[draw.randrange(usages + 1, usages + 20)]
        texts[file] = "".join(lines).encode()
    for file in draw.sample([name for name in texts if name.startswith("modules/")], 3):
        later = r"price: [{from: 2027-01-01, value: \1}]"
        texts[file] = re.sub(r"(?m)^price: ([0-9.]+)$", later, texts[file].decode()).encode()
    return texts


def test_skipping_what_is_alike_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogs = [without_a_usage(Random(seed)) for seed in range(8)]
    quick = [found(texts) for texts in catalogs]
    never: Callable[..., None] = lambda *_: None  # noqa: E731 - stands for likeness
    monkeypatch.setattr(figures, "likeness", never)
    monkeypatch.setattr(figures, "fee_likeness", never)
    monkeypatch.setattr(figures, "given", lambda *_: False)
    assert quick == [found(texts) for texts in catalogs]
    assert sum(map(bool, quick)) > 4, "most of what was taken out is missed"
