"""From a folder on disk to the bytes of its YAML files.

A catalog may come from a stranger's fork: links could lead out of the folder, a pipe would block for ever,
a name can hold what steers a terminal. Such entries become findings and are never opened or followed.
"""

import os
import pathlib
import re
import stat

from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Code, Finding, Site
from cardkit.ground.text import Text
from cardkit.source import codes, refusals
from cardkit.source.characters import FORBIDDEN, quoted

MOST_FILES = 100_000
MOST_TOTAL_BYTES = 512_000_000
DEEPEST_FOLDER = 8

SUFFIX = ".yaml"
OTHER_SUFFIXES = (".yml", ".yaml", ".yaml.txt", ".yml.txt")
_OPEN_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_OPEN_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
UNSAFE = re.compile(rf"{FORBIDDEN.pattern}|[\t\n\r]")
_BYTE_ESCAPES = range(0xDC80, 0xDD00)


def shown_name(name: str) -> str:
    """A file's name or path as it can be shown: `<U+001B>` for a character, `<0xFF>` for a stray byte."""
    return UNSAFE.sub(_escaped, name)


def _escaped(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number in _BYTE_ESCAPES:  # how Python keeps the bytes of a name that is no UTF-8
        return f"<0x{number - 0xDC00:02X}>"
    return f"<U+{number:04X}>"


def read_folder(root: pathlib.Path) -> tuple[dict[str, bytes], list[Finding]]:
    """The bytes of every `*.yaml` file below a folder, by relative path with `/`, both sorted.

    Hidden entries are skipped; links, devices, unreadable or unsafely named entries, more than 1 MB in a
    file, 512 MB or 100,000 files in all, and more than 8 levels of folders are findings.
    Raises CardkitError when the folder itself is missing, is no folder or can't be read.
    """
    try:
        folder = os.open(root, _OPEN_FOLDER)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise _no_folder(root, error) from error
    walk = _Walk()
    try:
        walk.folder(folder, "", 1)
    except _Full as full:
        walk.refuse(full.path, full.code, full.message, full.hint)
    except OSError as error:
        raise _no_folder(root, error) from error
    finally:
        os.close(folder)
    return dict(sorted(walk.texts.items())), sorted(walk.findings, key=lambda finding: finding.order)


def _no_folder(root: pathlib.Path, error: Exception) -> CardkitError:
    shown = quoted(str(root))
    if isinstance(error, FileNotFoundError):
        what = Text(f"找不到目录文件夹 {shown}。", f"There is no catalog folder {shown}.")
    elif isinstance(error, NotADirectoryError):
        what = Text(f"{shown} 不是文件夹。", f"{shown} is not a folder.")
    else:
        reason = _system_reason(error)
        what = Text(
            f"不能读取目录文件夹 {shown}（{reason}）。",
            f"The catalog folder {shown} can't be read ({reason}).",
        )
    hint = Text("用 --catalog DIR 指出目录所在的文件夹。", "Name the catalog's folder with --catalog DIR.")
    return CardkitError(what, hint)


def _system_reason(error: Exception) -> str:
    """The system's own words, without the path that OSError appends."""
    return quoted(getattr(error, "strerror", None) or str(error))


class _Full(Exception):
    """A bound on the whole catalog was reached at `path`."""

    def __init__(self, path: str, code: Code, message: Text, hint: Text) -> None:
        super().__init__(message.en)
        self.path, self.code, self.message, self.hint = path, code, message, hint


class _Walk:
    """One walk through a catalog's folders."""

    def __init__(self) -> None:
        self.texts: dict[str, bytes] = {}
        self.findings: list[Finding] = []
        self.total_bytes = 0

    def refuse(self, path: str, code: Code, message: Text, hint: Text) -> None:
        """Note that an entry is not read."""
        self.findings.append(Finding(code, Site(shown_name(path)), message, hint))

    def folder(self, descriptor: int, prefix: str, depth: int) -> None:
        """Read one open folder; `prefix` is its path with a `/` at the end, `depth` counts from 1."""
        with os.scandir(descriptor) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
        for entry in listed:
            name = entry.name
            if name.startswith("."):
                continue
            path = prefix + name
            if UNSAFE.search(name):
                self.refuse(path, codes.UNSAFE_FILE_NAME, *UNSAFE_NAME)
            elif entry.is_symlink():
                self.refuse(path, codes.SYMBOLIC_LINK, *LINK)
            elif entry.is_dir(follow_symlinks=False):
                self._open_folder(descriptor, name, path, depth + 1)
            elif not name.endswith(SUFFIX):
                if name.lower().endswith(OTHER_SUFFIXES):
                    self.refuse(path, codes.FILE_SUFFIX, *WRONG_SUFFIX)
            elif entry.is_file(follow_symlinks=False):
                self._open_file(descriptor, name, path)
            else:
                self.refuse(path, codes.NOT_A_FILE, *SPECIAL)

    def _open_folder(self, parent: int, name: str, path: str, depth: int) -> None:
        if depth > DEEPEST_FOLDER:
            self.refuse(path, codes.FOLDERS_TOO_DEEP, *TOO_DEEP)
            return
        try:
            descriptor = os.open(name, _OPEN_FOLDER | os.O_NOFOLLOW, dir_fd=parent)
        except OSError as error:
            self._unreadable(path, error)
            return
        try:
            self.folder(descriptor, path + "/", depth)
        except OSError as error:
            self._unreadable(path, error)
        finally:
            os.close(descriptor)

    def _open_file(self, parent: int, name: str, path: str) -> None:
        if len(self.texts) >= MOST_FILES:
            raise _Full(path, codes.TOO_MANY_FILES, *TOO_MANY)
        try:
            # What the folder said may be out of date: the flags and the status of the open file decide.
            descriptor = os.open(name, _OPEN_FILE, dir_fd=parent)
            try:
                raw = self._bytes(descriptor, path)
            finally:
                os.close(descriptor)
        except OSError as error:
            self._unreadable(path, error)
            return
        if raw is None:
            return
        self.total_bytes += len(raw)
        if self.total_bytes > MOST_TOTAL_BYTES:
            raise _Full(path, codes.CATALOG_TOO_LARGE, *TOO_LARGE)
        self.texts[path] = raw

    def _bytes(self, descriptor: int, path: str) -> bytes | None:
        """The content of an open file, or None after a finding. A growing file is bounded too."""
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            self.refuse(path, codes.NOT_A_FILE, *SPECIAL)
            return None
        size = status.st_size
        if size <= refusals.MOST_BYTES:
            raw = os.read(descriptor, size + 1)
            if len(raw) == size:
                return raw
            while len(raw) <= refusals.MOST_BYTES:
                more = os.read(descriptor, refusals.MOST_BYTES + 1 - len(raw))
                if not more:
                    return raw
                raw += more
        too_large = refusals.FILE_TOO_LARGE
        self.refuse(path, too_large.code, too_large.message, too_large.hint)
        return None

    def _unreadable(self, path: str, error: OSError) -> None:
        reason = _system_reason(error)
        message = Text(f"不能读取（{reason}）。", f"This can't be read ({reason}).")
        hint = Text("检查权限，或把它移出目录。", "Check its permissions, or move it out of the catalog.")
        self.refuse(path, codes.UNREADABLE_FILE, message, hint)


UNSAFE_NAME = (
    Text(
        "名字里有控制字符、看不见的字符、换行或不是 UTF-8 的字节，没有读取。",
        "The name holds control or invisible characters, a line break or bytes that aren't UTF-8: not read.",
    ),
    Text("文件名用小写字母、数字和连字符。", "Name it with lower-case letters, digits and hyphens."),
)
LINK = (
    Text(
        "这是符号链接，没有读取：链接可能指到目录之外。",
        "This is a symbolic link and was not followed: it could lead out of the catalog.",
    ),
    Text("用文件本身代替链接，或删掉它。", "Put the file itself in its place, or remove it."),
)
SPECIAL = (
    Text(
        "这不是普通文件（管道、套接字或设备），没有读取。",
        "This is no ordinary file (a pipe, a socket or a device) and was not read.",
    ),
    Text("把它移出目录。", "Move it out of the catalog."),
)
WRONG_SUFFIX = (
    Text(
        "只读取以小写 .yaml 结尾的文件，这个文件会被忽略。",
        "Only files that end in lower-case .yaml are read; this one would be ignored.",
    ),
    Text("改名为 .yaml，或移出目录。", "Rename it to .yaml, or move it out of the catalog."),
)
TOO_DEEP = (
    Text(
        f"文件夹超过 {DEEPEST_FOLDER} 层，里面没有读取。",
        f"Folders are nested more than {DEEPEST_FOLDER} deep; what is inside was not read.",
    ),
    Text("每类实体只用一层文件夹。", "Use one level of folders, one for each kind."),
)
TOO_MANY = (
    Text(
        f"目录超过 {MOST_FILES} 个文件，从这里起没有读取。",
        f"The catalog holds more than {MOST_FILES} files; nothing from here on was read.",
    ),
    Text("检查 --catalog 指的是不是目录文件夹。", "Check that --catalog names the catalog's folder."),
)
TOO_LARGE = (
    Text(
        f"目录超过 {MOST_TOTAL_BYTES // 1_000_000} MB，从这里起没有读取。",
        f"The catalog is larger than {MOST_TOTAL_BYTES // 1_000_000} MB; nothing from here on was read.",
    ),
    Text("检查 --catalog 指的是不是目录文件夹。", "Check that --catalog names the catalog's folder."),
)
