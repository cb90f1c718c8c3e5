"""The pipe: a folder's texts to a catalog, with every fault kept as a finding."""

import hashlib
from pathlib import Path

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
from cardkit.source.texts import read_folder


def load(root: Path) -> Catalog:
    """The catalog in a folder, as far as it can be read.

    Raises CardkitError where there is no folder or no catalog.yaml in it.
    """
    texts, findings = read_folder(root)
    if "catalog.yaml" not in texts and not any(finding.site.file == "catalog.yaml" for finding in findings):
        raise CardkitError(
            Text(
                f"{root} 里没有 catalog.yaml，不是产品目录", f"{root} has no catalog.yaml: it is no catalog"
            ),
            Text("用 --catalog DIR 指定目录所在的文件夹", "name the catalog's folder with --catalog DIR"),
        )
    return from_texts(texts, findings)


def from_texts(texts: dict[str, bytes], findings: list[Finding]) -> Catalog:
    """The catalog of texts by file name, with what was found while they were fetched."""
    documents: dict[str, Document] = {}
    entities: dict[str, Entity] = {}
    sources: list[Source] = []
    settings: Settings | None = None
    found = list(findings)
    digest = hashlib.sha256()
    for file in sorted(texts):
        digest.update(file.encode("utf-8", "surrogateescape") + b"\0" + texts[file] + b"\0")
        document, faults = read(file, texts[file])
        found += faults
        if document is None:
            name = file.rpartition("/")[2].removesuffix(".yaml")
            sources.append(Source(file, None, name if "/" in file else None, {}))
            continue
        documents[file] = document
        made, faults = build(document)
        found += faults
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

    lines = {file: document.text for file, document in documents.items()}
    for file, raw in texts.items():
        if file not in lines:
            lines[file] = raw.decode("utf-8", "replace")
    return Catalog(settings, entities, tuple(sources), tuple(found), digest.hexdigest(), locate, lines)
