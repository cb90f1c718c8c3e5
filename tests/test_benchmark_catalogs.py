"""The catalogs of the engine's benchmarks are real ones: without a fault, and the same each time."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.combination_catalogs import Sizes, generate
from cardkit.checks.run import run
from cardkit.source.load import load
from cardkit.source.texts import read_folder


@pytest.mark.parametrize("dense", [False, True])
def test_a_generated_catalog_has_no_fault_and_its_policies_hold(tmp_path: Path, dense: bool) -> None:
    sizes = Sizes(30, dense, cards=2, segments=3)
    generate(tmp_path / "one", sizes)
    generate(tmp_path / "again", sizes)
    assert read_folder(tmp_path / "one")[0] == read_folder(tmp_path / "again")[0]
    catalog = load(tmp_path / "one")
    assert (len(catalog.cards), len(catalog.segments), len(catalog.modules)) == (2, 3, 30)
    assert len(catalog.interactions) == len(catalog.bundles) == 3
    assert run(catalog, date(2026, 11, 22)) == []
