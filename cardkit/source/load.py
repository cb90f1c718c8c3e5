"""The pipe: a folder's texts to a catalog, with every fault kept as a finding."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Finding, Site
from cardkit.ground.finding import Path as DataPath
from cardkit.ground.text import Text
from cardkit.model.catalog import Catalog, Source
from cardkit.model.entity import Entity
from cardkit.model.settings import Settings
from cardkit.source.build import build, identity
from cardkit.source.document import Document
from cardkit.source.nodes import read
from cardkit.source.overlay import NO_OVERLAY, Overlay, assignments, overlaid
from cardkit.source.texts import read_folder


def load(root: Path, overlay: Overlay = NO_OVERLAY) -> Catalog:
    """The catalog in a folder, as far as it can be read, with an overlay's values in place of its own.

    Raises CardkitError where there is no folder or no catalog.yaml in it, and for an overlay that fits
    nothing in it.
    """
    texts, findings = read_folder(root)
    if "catalog.yaml" not in texts and not any(finding.site.file == "catalog.yaml" for finding in findings):
        raise CardkitError(
            Text(
                f"{root} 里没有 catalog.yaml，不是产品目录", f"{root} has no catalog.yaml: it is no catalog"
            ),
            Text("用 --catalog DIR 指定目录所在的文件夹", "name the catalog's folder with --catalog DIR"),
        )
    catalog = from_texts(texts, findings)
    return overlaid(catalog, assignments(catalog, overlay)) if overlay else catalog


EXPECTATIONS = "tests/"
"""The folder of expectations: files beside the catalog, which change neither its content nor its hash."""
WAIVERS = "waivers/"
"""The folder of approved breaks of promises, beside the catalog in the same way."""


Known = dict[tuple[str, bytes], tuple[Document | None, Any | None, tuple[Finding, ...]]]
"""What files came to by name and content: a file that is the same in two catalogs is read once."""


def from_texts(texts: dict[str, bytes], findings: list[Finding], known: Known | None = None) -> Catalog:
    """The catalog of texts by file name, with what was found while they were fetched.

    `known` is added to, and asked first.
    """
    documents: dict[str, Document] = {}
    entities: dict[str, Entity] = {}
    sources: list[Source] = []
    settings: Settings | None = None
    found = list(findings)
    digest = hashlib.sha256()
    aside = {file: raw for file, raw in texts.items() if file.startswith(EXPECTATIONS)}
    waivers = {file: raw for file, raw in texts.items() if file.startswith(WAIVERS)}
    for file in sorted(texts.keys() - aside.keys() - waivers.keys()):
        digest.update(file.encode("utf-8", "surrogateescape") + b"\0" + texts[file] + b"\0")
        document, made, faults = _come_to(file, texts[file], known)
        found += faults
        if document is None:
            name = file.rpartition("/")[2].removesuffix(".yaml")
            sources.append(Source(file, None, name if "/" in file else None, {}))
            continue
        documents[file] = document
        kind = document.data.get("kind")
        is_settings = file == "catalog.yaml"
        sources.append(
            Source(
                file,
                kind if isinstance(kind, str) else None,
                None if is_settings else identity(document),
                document.data,
            )
        )
        if isinstance(made, Settings):
            settings = made
        elif isinstance(made, Entity):
            entities.setdefault(made.id, made)

    def locate(file: str, path: DataPath, key: bool) -> Site:
        return documents[file].site(path, key=key) if file in documents else Site(file, path=path)

    lines = _Texts(documents, {file: raw for file, raw in texts.items() if file not in documents})
    hashed = digest.hexdigest()
    return Catalog(settings, entities, tuple(sources), tuple(found), hashed, locate, lines, aside, waivers)


def _come_to(
    file: str, raw: bytes, known: Known | None
) -> tuple[Document | None, Any | None, tuple[Finding, ...]]:
    """What a file comes to: as a document, as an entity or settings, and what is wrong with it."""
    if known is not None and (file, raw) in known:
        return known[file, raw]
    document, found = read(file, raw)
    made = None
    if document is not None:
        made, faults = build(document)
        found = [*found, *faults]
    if known is not None:
        known[file, raw] = document, made, tuple(found)
    return document, made, tuple(found)


class _Texts(Mapping[str, str]):
    """The text of each file, decoded when it is asked for: most never are."""

    def __init__(self, documents: Mapping[str, Document], unread: Mapping[str, bytes]) -> None:
        self._documents = documents
        self._unread = unread

    def __getitem__(self, file: str) -> str:
        if file in self._documents:
            return self._documents[file].text
        return self._unread[file].decode("utf-8", "replace")

    def __iter__(self) -> Iterator[str]:
        yield from self._documents
        yield from self._unread

    def __len__(self) -> int:
        return len(self._documents) + len(self._unread)
