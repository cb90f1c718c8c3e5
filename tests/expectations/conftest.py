"""The small example catalog of the checks' pages, and expectations held against it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cardkit.expectations.outcome import Outcome
from cardkit.expectations.run import run
from cardkit.expectations.world import World
from cardkit.model.catalog import Catalog
from cardkit.source.expectations import read_expectations
from cardkit.source.load import load

EXAMPLE = Path(__file__).parent.parent / "checks" / "example"
AS_OF = date(2026, 7, 1)
Hold = Callable[[str], list[Outcome]]


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load(EXAMPLE)


@pytest.fixture
def hold(catalog: Catalog) -> Hold:
    """The outcomes of one file's text."""

    def held(text: str) -> list[Outcome]:
        files = tuple(read_expectations({"tests/some.yaml": text.encode()}))
        assert [finding.message.en for file in files for finding in file.findings] == []
        return list(run(World(catalog), files, AS_OF, lambda _: True))

    return held
