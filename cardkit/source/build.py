"""One document to one entity: against its schema in bulk, explained when it doesn't fit, then built."""

from collections.abc import Iterable
from typing import Any

from cardkit.ground.finding import Finding
from cardkit.ground.shape.base import KEY, Schema, Shape, ShapeError, faults
from cardkit.ground.text import Text
from cardkit.model.kinds import FOLDERS, KIND_OF_WORD, KINDS
from cardkit.source import schema_codes as codes
from cardkit.source.document import Document
from cardkit.source.schema import SETTINGS, SHAPES, fits, plain, schema_of


def build(document: Document) -> tuple[Any | None, list[Finding]]:
    """The entity (or settings) of a document, None where it has faults; with one finding for each fault."""
    word, findings = _kind(document)
    if word is None:
        return None, findings
    if not fits(word, document.data):
        data = plain(document.data)
        return None, findings + misfits(document, data, SHAPES[word], schema_of(word), findings)
    made, faulty = shaped(document, SHAPES[word])
    return made, findings + faulty


def misfits(
    document: Document, data: Any, shape: Shape, schema: Schema, known: Iterable[Finding] = ()
) -> list[Finding]:
    """Why a document doesn't fit its schema; `data` is its plain data, `known` what was found before."""
    from cardkit.source.unfit import explain

    found = explain(document, data, schema, identity(document))
    places = {finding.site.path for finding in (*known, *found)}
    return found + _value_findings(document, shape, None, places)


def shaped(document: Document, shape: Shape) -> tuple[Any | None, list[Finding]]:
    """What a document that fits its schema holds; None where a value is one that no schema can judge."""
    try:
        return shape.build(document.data, ()), []
    except ShapeError as fault:
        return None, _value_findings(document, shape, fault, set())


def identity(document: Document) -> str | None:
    """The id that a document says it has."""
    name = document.data.get("id")
    return name if isinstance(name, str) else None


def _value_findings(
    document: Document, shape: Shape, first: ShapeError | None, known: set[Any]
) -> list[Finding]:
    """What no schema can say: a 31 February, a third decimal, keys that don't go together."""
    found = {fault.path: fault for fault in faults(shape, document.data)}
    if first is not None:
        found.setdefault(first.path, first)
    findings = []
    for path, fault in found.items():
        on_key = bool(path) and path[-1] == KEY
        place = path[:-1] if on_key else path
        if place not in known:
            site = document.site(place, key=on_key)
            findings.append(Finding(codes.WRONG_VALUE, site, fault.message, fault.hint, identity(document)))
    return findings


def _kind(document: Document) -> tuple[str | None, list[Finding]]:
    """The kind of a file, by its folder and by what it says; None where the two can't be brought together."""
    folder, slash, name = document.file.rpartition("/")
    if not slash:
        if name == "catalog.yaml":
            return SETTINGS, []
        return None, [_misplaced(document)]
    if folder not in FOLDERS:
        return None, [_misplaced(document)]
    allowed = [kind.word for kind in KINDS if kind.folder == folder]
    word = document.data.get("kind")
    entity = identity(document)
    findings: list[Finding] = []
    if "kind" not in document.data:
        message = Text("缺少 kind", "The key kind is missing")
        hint = Text(f"第一行写 kind: {allowed[0]}", f"write in the first line: kind: {allowed[0]}")
        findings.append(Finding(codes.MISSING_KEY, document.site(("kind",)), message, hint, entity))
    elif not isinstance(word, str) or word not in KIND_OF_WORD:
        message = Text("没有这种 kind", "There is no such kind")
        hint = Text(f"这个文件夹里写 {' 或 '.join(allowed)}", f"in this folder write {' or '.join(allowed)}")
        findings.append(Finding(codes.UNKNOWN_KIND, document.site(("kind",)), message, hint, entity))
    elif word not in allowed:
        right = KIND_OF_WORD[word].folder
        message = Text(f"{word} 不放在 {folder}/ 里", f"A {word} doesn't belong into {folder}/")
        hint = Text(f"移到 {right}/，或改 kind", f"move the file to {right}/, or mend the kind")
        findings.append(Finding(codes.WRONG_FOLDER, document.site(("kind",)), message, hint, entity))
        return word, findings
    if findings:
        # The folder says what was meant, as long as it holds one kind only: the rest is checked as that.
        return (allowed[0] if len(allowed) == 1 else None), findings
    if entity is not None and name != f"{entity}.yaml":
        message = Text("id 与文件名不一致", "The id differs from the file's name")
        hint = Text(f"文件改名为 {entity}.yaml，或改 id", "rename the file to ID.yaml, or mend the id")
        findings.append(Finding(codes.ID_IS_NOT_FILE_NAME, document.site(("id",)), message, hint, entity))
    return str(word), findings


def _misplaced(document: Document) -> Finding:
    folders = ", ".join(f"{folder}/" for folder in FOLDERS)
    return Finding(
        codes.WRONG_FOLDER,
        document.site(()),
        Text("这个文件不在任何一类的文件夹里", "This file lies in no folder of a kind"),
        Text(f"放到其中之一：{folders}", f"move it into one of: {folders}"),
    )
