"""The small bank of the checks' tests, with files of it replaced: few entities, round numbers."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from cardkit.model.catalog import Catalog
from cardkit.source.load import from_texts

EXAMPLE = Path(__file__).parent.parent / "checks" / "example"
PLAIN = {
    file.relative_to(EXAMPLE).as_posix(): file.read_text(encoding="utf-8")
    for file in EXAMPLE.rglob("*.yaml")
    if file.parent.name not in ("rules", "law", "campaigns", "products", "bundles")
}


def small_bank(files: Mapping[str, str] = MappingProxyType({})) -> Catalog:
    """The catalog without its rules, campaigns and bundles, and with these files put in or replaced."""
    texts = {**PLAIN, **files}
    catalog = from_texts({file: text.encode() for file, text in texts.items()}, [])
    assert not catalog.findings, [finding.message.en for finding in catalog.findings]
    return catalog


def changed(file: str, *changes: tuple[str, str]) -> str:
    """A file of the small bank with texts replaced, each of which has to be there."""
    text = PLAIN[file]
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return text
