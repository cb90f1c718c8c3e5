"""From a git revision to the bytes of a catalog's YAML files: what `texts` does for a folder on disk.

Read with `ls-tree` and `cat-file`: the working tree, the index and the repository are left as they are.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Finding
from cardkit.ground.text import Text
from cardkit.source.characters import FORBIDDEN, quoted
from cardkit.source.git_listing import Entry, listed
from cardkit.source.git_process import answer, conversation, failed, output
from cardkit.source.repository import Repository, repository_of

MOST_LISTING_BYTES = 64_000_000
"""Of the list of a catalog's files; a hundred thousand files take a sixth of it."""

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
# No colon: `:path` is the index, and reading the index can start a program that a repository names.
_NO_REVISION = re.compile(rf"-|.*[\s:]|.*(?:{FORBIDDEN.pattern})", re.DOTALL)
_LONGEST_REVISION = 1000
# Questions at a time: so many that they fit into a pipe whether or not git has begun to read.
_AT_ONCE = 500


def commit_of(folder: Path, revision: str) -> str:
    """The commit that a revision (`main`, `HEAD~2`, `v1.3`, a hash) names, as a full hash.

    Raises CardkitError where the folder lies in no repository, for what can't be a revision, and for one that
    isn't there.
    """
    shown = quoted(revision)
    if not revision or len(revision) > _LONGEST_REVISION or _NO_REVISION.match(revision):
        raise CardkitError(
            Text(f"{shown or '空文本'} 不能作为 git 版本", f"{shown or 'An empty text'} is no git revision"),
            Text("写分支、标签或提交，如 origin/main", "write a branch, a tag or a commit, as origin/main"),
        )
    root = _repository(folder).root
    code, commit, said = answer(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    if code == 0 and _COMMIT.fullmatch(commit):
        return commit
    if said:
        raise _refused(root, said)
    raise CardkitError(
        Text(f"仓库里没有版本 {shown}", f"The repository has no revision {shown}"),
        Text(
            "先取来它：git fetch origin；在 CI 里检出全部历史（fetch-depth: 0）",
            "fetch it first: git fetch origin; in CI, check out the whole history (fetch-depth: 0)",
        ),
    )


def merge_base(folder: Path, one: str, other: str = "HEAD") -> str:
    """The last commit that two revisions have in common: where a branch began.

    Raises CardkitError as `commit_of` does, and where they have none.
    """
    commits = (commit_of(folder, one), commit_of(folder, other))
    code, found, said = answer(_repository(folder).root, "merge-base", *commits)
    if code == 0 and _COMMIT.fullmatch(found):
        return found
    if code != 1:
        raise failed("merge-base", said)
    names = (quoted(one), quoted(other))
    raise CardkitError(
        Text(
            f"{names[0]} 和 {names[1]} 没有共同的历史", f"{names[0]} and {names[1]} have no history in common"
        ),
        Text(
            "只取了部分历史的，先运行 git fetch --unshallow；在 CI 里写 fetch-depth: 0",
            "if the history is shallow: git fetch --unshallow; in CI, fetch-depth: 0",
        ),
    )


def texts_at(folder: Path, revision: str) -> tuple[dict[str, bytes], list[Finding]]:
    """What `texts.read_folder` would give for a catalog's folder if a revision were checked out.

    The same bounds hold and the same things are findings; line ends are the repository's. Without a file
    where the revision has no such folder. Raises CardkitError as `commit_of` does, and where git fails.
    """
    commit = commit_of(folder, revision)
    repository = _repository(folder)
    place = ["--", repository.prefix] if repository.prefix else []
    listing = output(
        repository.root, MOST_LISTING_BYTES, "ls-tree", "-r", "-z", "-l", "--full-tree", commit, *place
    )
    if listing is None:
        raise CardkitError(
            Text(
                f"{quoted(revision)} 里的文件多得读不了", f"{quoted(revision)} has too many files to be read"
            ),
            Text("检查 --catalog 指的是不是目录文件夹", "check that --catalog names the catalog's folder"),
        )
    found = listed(listing, repository.prefix)
    return _contents(repository.root, found.wanted), found.findings


def _repository(folder: Path) -> Repository:
    found = repository_of(folder)
    if found is None:
        raise CardkitError(
            Text(
                f"{quoted(str(folder))} 不在 git 仓库里", f"{quoted(str(folder))} lies in no git repository"
            ),
            Text(
                "用 --catalog DIR 指出仓库里的目录文件夹",
                "name the catalog's folder in a repository with --catalog DIR",
            ),
        )
    return found


def _refused(root: Path, said: str) -> CardkitError:
    if "ownership" not in said:
        return failed("rev-parse", said)
    place = quoted(str(root))
    return CardkitError(
        Text(
            f"{place} 属于别的用户，git 不读（{quoted(said)}）",
            f"{place} is another user's: git doesn't read it ({quoted(said)})",
        ),
        Text(
            "确认可信后加上它的路径：git config --global --add safe.directory PATH",
            "if you trust it, add its path: git config --global --add safe.directory PATH",
        ),
    )


def _contents(root: Path, entries: Sequence[Entry]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    if not entries:
        return found
    with conversation(root, "cat-file", "--batch") as (questions, answers):
        for start in range(0, len(entries), _AT_ONCE):
            batch = entries[start : start + _AT_ONCE]
            questions.write(b"".join(entry.hash + b"\n" for entry in batch))
            questions.flush()
            for entry in batch:
                found[entry.path] = _content(answers, entry)
    return found


def _content(answers: IO[bytes], entry: Entry) -> bytes:
    """The next answer: `HASH blob SIZE`, the bytes, a line end. Its size was bounded before the question."""
    head = answers.readline(200).split()
    if head[1:] != [b"blob", b"%d" % entry.size]:
        raise failed("cat-file")
    raw = answers.read(entry.size + 1)
    if len(raw) != entry.size + 1:
        raise failed("cat-file")
    return raw[:-1]
