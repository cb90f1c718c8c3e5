"""A tiny catalog whose cards and modules have no prices worth speaking of: only their combinations matter."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cardkit.model.catalog import Catalog
from cardkit.source.load import from_texts

EXAMPLE = Path(__file__).parent.parent / "checks" / "example"
Make = Callable[..., Catalog]


@pytest.fixture(scope="session")
def with_files() -> Make:
    """The example catalog with files added or replaced; rules of the example itself are left out."""
    texts = {
        file.relative_to(EXAMPLE).as_posix(): file.read_bytes()
        for file in EXAMPLE.rglob("*.yaml")
        if file.parent.name not in ("rules", "law", "campaigns", "products", "bundles")
    }

    def make(**files: str) -> Catalog:
        added = {name.replace("__", "/") + ".yaml": text.encode() for name, text in files.items()}
        catalog = from_texts(texts | added, [])
        assert not catalog.findings, [finding.message.en for finding in catalog.findings]
        return catalog

    return make
