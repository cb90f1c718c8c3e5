"""Which files of expectations a run is about, and what is wrong with them as files."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cardkit.cli.session import Session
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Finding
from cardkit.ground.text import Text, same
from cardkit.model.catalog import Catalog
from cardkit.render.findings import full
from cardkit.render.findings.report import Report
from cardkit.source.characters import quoted
from cardkit.source.expectations import ExpectationFile, read_expectations
from cardkit.source.load import EXPECTATIONS
from cardkit.source.one_file import read_bytes
from cardkit.source.refusals import MOST_BYTES
from cardkit.source.texts import read_folder

_MOST_TOLD = 20
"""Faults of files that are told one by one: whoever names the wrong folder has thousands."""


@dataclass(frozen=True, slots=True)
class Files:
    """Files of expectations as they were read, and the folder that their names begin in."""

    root: Path
    read: tuple[ExpectationFile, ...]
    unread: tuple[Finding, ...]
    """What was found while they were fetched: links, devices, unsafe names."""

    @property
    def faults(self) -> tuple[Finding, ...]:
        """Everything that is wrong with the files themselves."""
        return (*self.unread, *(finding for file in self.read for finding in file.findings))


def chosen_files(session: Session, catalog: Catalog, path: Path | None) -> Files:
    """The files below a path; the catalog's own without one.

    Raises CardkitError where there is no such file or folder, or nothing in it.
    """
    if path is None:
        unread = tuple(one for one in catalog.findings if one.site.file.startswith(EXPECTATIONS))
        return _files(session.folder, catalog.expectations, unread, session.folder / EXPECTATIONS)
    if not path.exists():
        raise CardkitError(
            Text(f"没有 {quoted(str(path))}", f"There is no {quoted(str(path))}"),
            Text("写预期文件或文件夹的路径", "name a file or a folder of expectations"),
        )
    if path.is_dir():
        texts, found = read_folder(path)
        return _files(path, texts, tuple(found), path)
    return _files(path.parent, {path.name: read_bytes(path, MOST_BYTES)}, (), path)


def _files(root: Path, texts: Mapping[str, bytes], unread: tuple[Finding, ...], where: Path) -> Files:
    if not texts and not unread:
        shown = quoted(str(where))
        raise CardkitError(
            Text(f"{shown} 里没有预期", f"There are no expectations in {shown}"),
            Text(
                "在目录的 tests/ 里写一个 .yaml，写法见 docs/format.md 的 expectations",
                "write a .yaml into the catalog's tests/; see expectations in docs/format.md",
            ),
        )
    return Files(root, tuple(read_expectations(texts)), unread)


def tell_faults(session: Session, catalog: Catalog, files: Files) -> None:
    """Say on the error stream what is wrong with files: none of their expectations was held."""
    if not files.faults:
        return
    console = session.console
    documents = {file.file: file.document for file in files.read}

    def text(file: str) -> str | None:
        document = documents.get(file)
        return None if document is None else document.text

    found = sorted(files.faults, key=lambda finding: finding.order)
    report = Report(
        findings=tuple(found[:_MOST_TOLD]),
        sources=text,
        language=console.language,
        catalog=session.stamp(catalog),
        as_of=session.as_of,
        ok=False,
        columns=console.columns,
        glyphs=console.glyphs,
    )
    console.message(same(str(full.render(report)).rstrip("\n")))
    if len(found) > _MOST_TOLD:
        rest = len(found) - _MOST_TOLD
        console.message(Text(f"还有 {rest} 个问题没有列出", f"{rest} more are not listed"))
    console.message(
        Text(
            "错误：这些文件里的预期都没有检查",
            "error: none of the expectations in these files was checked",
        )
    )
