"""What a revision's list of files holds for a catalog: files to read and findings, as a walk on disk has."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from cardkit.ground.finding import Code, Finding, Site
from cardkit.ground.text import Text
from cardkit.source import codes, refusals, texts
from cardkit.source.git_process import failed

_PLAIN_MODES = (b"100644", b"100755")
_LINK_MODE, _SUBMODULE_MODE = b"120000", b"160000"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a revision; `size` is in bytes, -1 for what has none; the path begins at the catalog."""

    mode: bytes
    hash: bytes
    size: int
    path: str


@dataclass(slots=True)
class Listed:
    """The files to be read, and what is refused."""

    wanted: list[Entry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    total_bytes: int = 0
    is_full: bool = False
    """Whether a bound on the whole catalog was reached, so that nothing that follows is read."""
    refused: set[str] = field(default_factory=set)

    def add(self, entry: Entry) -> None:
        """Sort one entry."""
        if self._can_be_reached(entry) and self._is_ours(entry):
            self._want(entry)

    def _can_be_reached(self, entry: Entry) -> bool:
        """Whether every name on the way can be shown, none is hidden, and they aren't too many."""
        names = entry.path.split("/")
        for depth, name in enumerate(names, 1):
            part = "/".join(names[:depth])
            if name.startswith("."):
                return False
            if texts.UNSAFE.search(name):
                self._refuse(part, codes.UNSAFE_FILE_NAME, texts.UNSAFE_NAME)
                return False
            if texts.DEEPEST_FOLDER <= depth < len(names):
                self._refuse(part, codes.FOLDERS_TOO_DEEP, texts.TOO_DEEP)
                return False
        return True

    def _is_ours(self, entry: Entry) -> bool:
        """Whether it is an ordinary YAML file. Raises CardkitError where its content is missing."""
        is_named_right = entry.path.endswith(texts.SUFFIX)
        if entry.mode == _LINK_MODE:
            self._refuse(entry.path, codes.SYMBOLIC_LINK, texts.LINK)
        elif entry.mode == _SUBMODULE_MODE:
            self._refuse(entry.path, codes.NOT_A_FILE, _SUBMODULE)
        elif not is_named_right:
            if entry.path.lower().endswith(texts.OTHER_SUFFIXES):
                self._refuse(entry.path, codes.FILE_SUFFIX, texts.WRONG_SUFFIX)
        elif entry.mode not in _PLAIN_MODES:
            self._refuse(entry.path, codes.NOT_A_FILE, texts.SPECIAL)
        elif entry.size < 0:  # git knows that the object should be there, and has none
            raise failed("ls-tree")
        else:
            return True
        return False

    def _want(self, entry: Entry) -> None:
        if len(self.wanted) >= texts.MOST_FILES:
            self.is_full = True
            self._refuse(entry.path, codes.TOO_MANY_FILES, texts.TOO_MANY)
        elif entry.size > refusals.MOST_BYTES:
            refusal = refusals.FILE_TOO_LARGE
            self._refuse(entry.path, refusal.code, (refusal.message, refusal.hint))
        elif self.total_bytes + entry.size > texts.MOST_TOTAL_BYTES:
            self.is_full = True
            self._refuse(entry.path, codes.CATALOG_TOO_LARGE, texts.TOO_LARGE)
        else:
            self.total_bytes += entry.size
            self.wanted.append(entry)

    def _refuse(self, path: str, code: Code, said: tuple[Text, Text]) -> None:
        if path not in self.refused:  # a folder is refused once, not with each of its files
            self.refused.add(path)
            self.findings.append(Finding(code, Site(texts.shown_name(path)), *said))


def listed(raw: bytes, prefix: str) -> Listed:
    """Sort the output of `ls-tree -r -z -l`; `prefix` is the catalog's folder, ending in `/`, or empty.

    Raises CardkitError where the repository lacks a file that the catalog needs.
    """
    found = Listed()
    for entry in sorted(_entries(raw, prefix), key=lambda entry: entry.path):
        found.add(entry)
        if found.is_full:
            break
    found.findings.sort(key=lambda finding: finding.order)
    return found


def _entries(raw: bytes, prefix: str) -> Iterator[Entry]:
    for line in raw.split(b"\0"):
        about, _, name = line.partition(b"\t")
        fields = about.split()
        path = os.fsdecode(name)
        if len(fields) == 4 and path.startswith(prefix):
            size = int(fields[3]) if fields[3].isdigit() else -1
            yield Entry(fields[0], fields[2], size, path.removeprefix(prefix))


_SUBMODULE = (
    Text(
        "这是子模块，它的文件不在这个仓库里，没有读取。",
        "This is a submodule: its files aren't in this repository and were not read.",
    ),
    Text("把文件本身放进目录。", "Put the files themselves into the catalog."),
)
