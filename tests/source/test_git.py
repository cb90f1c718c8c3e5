"""A catalog at a revision is what a checkout would hold, and a stranger's repository starts nothing."""

import hashlib
import os
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cardkit.ground.errors import CardkitError
from cardkit.source import git_listing, git_process, texts
from cardkit.source.git import commit_of, merge_base, texts_at
from cardkit.source.repository import Repository, repository_of
from cardkit.source.texts import read_folder
from tests.source.repositories import git

EXAMPLE = Path(__file__).parent.parent / "checks" / "example"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository whose catalog lies two folders down, with two commits on main and one on a branch."""
    root = tmp_path / "repository"
    shutil.copytree(EXAMPLE, root / "bank" / "catalog")
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "repository")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=one")
    git(root, "tag", "v1")
    git(root, "checkout", "--quiet", "-b", "方案/新卡")
    (root / "bank" / "catalog" / "cards" / "city-card.yaml").unlink()
    git(root, "commit", "--quiet", "--all", "--message=branch")
    git(root, "checkout", "--quiet", "main")
    (root / "other.yaml").write_text("a: 1\n")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message=two")
    return root


def test_a_revision_reads_as_the_folder_that_was_committed(root: Path) -> None:
    folder = root / "bank" / "catalog"
    assert repository_of(folder) == Repository(root.resolve(), "bank/catalog/")
    assert texts_at(folder, "HEAD") == read_folder(folder)
    assert texts_at(root, "HEAD~1")[0].keys() == {f"bank/catalog/{name}" for name in read_folder(folder)[0]}
    (folder / "cards" / "city-card.yaml").write_text("changed: true\n")
    assert texts_at(folder, "v1")[0]["cards/city-card.yaml"].startswith(b"kind: card")
    assert "cards/city-card.yaml" not in texts_at(folder, "方案/新卡")[0]


def test_a_branch_began_where_the_histories_part(root: Path) -> None:
    folder = root / "bank" / "catalog"
    assert merge_base(folder, "方案/新卡") == commit_of(folder, "v1") == git(root, "rev-parse", "v1")
    orphan = git(root, "commit-tree", "-m", "alone", "HEAD^{tree}")
    with pytest.raises(CardkitError, match="no history in common"):
        merge_base(folder, orphan)


def test_a_folder_that_a_revision_does_not_have_is_empty_there(root: Path) -> None:
    assert texts_at(root / "elsewhere", "HEAD") == ({}, [])


def test_what_a_walk_on_disk_refuses_is_refused_in_a_revision_with_the_same_words(root: Path) -> None:
    folder = root / "bank" / "catalog"
    (folder / "cards" / "link.yaml").symlink_to("/proc/self/environ")
    (folder / "linked").symlink_to(".")
    (folder / "cards" / "large.yaml").write_text("x" * 1_000_001)
    (folder / "cards" / "other.yml").write_text("a: 1\n")
    (folder / "cards" / "\x1b[31m.yaml").write_text("a: 1\n")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "a.yaml").write_text("a: 1\n")
    (folder / "cards" / ".hidden.yaml").write_text("a: 1\n")
    (folder / "two\nlines" / "in").mkdir(parents=True)
    (folder / "two\nlines" / "in" / "a.yaml").write_text("a: 1\n")
    Path(os.fsdecode(os.fsencode(folder) + b"/cards/\xff.yaml")).write_text("a: 1\n")
    for depth in (7, 8, 9):
        deep = folder / "/".join("d" * depth)
        deep.mkdir(parents=True, exist_ok=True)
        (deep / "a.yaml").write_text("a: 1\n")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=odd")
    on_disk = read_folder(folder)
    assert len(on_disk[1]) == 8
    assert texts_at(folder, "HEAD") == on_disk


def test_a_submodule_is_a_finding(root: Path) -> None:
    folder = root / "bank" / "catalog"
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},bank/catalog/more")
    git(root, "commit", "--quiet", "--message=submodule")
    (finding,) = texts_at(folder, "HEAD")[1]
    assert (finding.code.name, finding.site.file) == ("not-a-file", "more")


def test_the_bounds_on_a_whole_catalog_hold(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = root / "bank" / "catalog"
    whole = len(texts_at(folder, "HEAD")[0])
    monkeypatch.setattr(texts, "MOST_FILES", 5)
    read, (finding,) = texts_at(folder, "HEAD")
    assert (len(read), finding.code.name) == (5, "too-many-files")
    monkeypatch.setattr(texts, "MOST_FILES", whole)
    monkeypatch.setattr(texts, "MOST_TOTAL_BYTES", 2_000)
    read, (finding,) = texts_at(folder, "HEAD")
    assert sum(map(len, read.values())) <= 2_000
    assert finding.code.name == "catalog-too-large"
    monkeypatch.setattr("cardkit.source.git.MOST_LISTING_BYTES", 100)
    with pytest.raises(CardkitError, match="too many files"):
        texts_at(folder, "HEAD")


REVISIONS = (
    "", "-", "--output=x", "-x", "--help", "--git-dir=x", "--end-of-options", ":bank", ":/one", "HEAD:bank",
    "HEAD:", ":0:other.yaml", "v1 main", "v1\nmain", "v1\0", "\x1b[31m", "v1\u202e", "x" * 1001,
    "v1..main", "^v1", "nothing", "HEAD^{tree}", "@{u}", "HEAD~99", "../v1", "refs/heads/*", "$(touch ran)",
)  # fmt: skip


@pytest.mark.parametrize("revision", REVISIONS)
def test_what_is_no_revision_is_an_error_with_advice(root: Path, revision: str) -> None:
    before = snapshot(root)
    with pytest.raises(CardkitError) as raised:
        texts_at(root / "bank" / "catalog", revision)
    assert raised.value.hint is not None
    assert "\x1b" not in raised.value.message.zh + raised.value.message.en
    assert snapshot(root) == before


def test_outside_of_a_repository_and_without_git_it_says_so(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "apart").mkdir()
    with pytest.raises(CardkitError, match="lies in no git repository"):
        texts_at(tmp_path / "apart", "HEAD")
    (tmp_path / "apart" / ".git").mkdir()
    with pytest.raises(CardkitError, match="gave no answer"):
        texts_at(tmp_path / "apart", "HEAD")
    monkeypatch.setenv("PATH", f".{os.pathsep}{tmp_path}")
    with pytest.raises(CardkitError, match="git isn't installed"):
        texts_at(root, "HEAD")


def test_a_git_beside_the_files_is_not_run(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted(root / "git", root.parent / "ran")
    monkeypatch.chdir(root)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.environ['PATH']}")
    texts_at(root, "HEAD")
    assert not (root.parent / "ran").exists()


@pytest.mark.parametrize("slow", ["rev-parse", "ls-tree", "cat-file"])
def test_a_git_that_does_not_end_is_stopped(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slow: str
) -> None:
    real = shutil.which("git")
    script = tmp_path / "bin" / "git"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\ncase "$*" in *{slow}*) exec sleep 60;; esac\nexec {real} "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git_process, "MOST_SECONDS", 0.5)
    with pytest.raises(CardkitError, match=r"was stopped after 0\.5 seconds"):
        texts_at(root / "bank" / "catalog", "HEAD")


def test_an_object_that_is_missing_is_an_error_and_never_an_empty_catalog(root: Path) -> None:
    blob = git(root, "rev-parse", "HEAD:bank/catalog/catalog.yaml")
    (root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(CardkitError, match="gave no answer"):
        texts_at(root / "bank" / "catalog", "HEAD")


def test_the_settings_of_the_environment_do_not_move_what_is_read(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = root / "bank" / "catalog"
    expected = texts_at(folder, "HEAD")
    for name, value in (
        ("GIT_DIR", str(tmp_path)),
        ("GIT_WORK_TREE", str(tmp_path)),
        ("GIT_OBJECT_DIRECTORY", str(tmp_path)),
        ("GIT_CONFIG_COUNT", "x"),
        ("GIT_NAMESPACE", "x"),
        ("GIT_TRACE", str(tmp_path / "trace")),
        ("GIT_EXEC_PATH", str(tmp_path)),
    ):
        monkeypatch.setenv(name, value)
    assert texts_at(folder, "HEAD") == expected
    assert not (tmp_path / "trace").exists()


def test_a_reference_that_replaces_an_object_is_not_followed(root: Path) -> None:
    folder = root / "bank" / "catalog"
    blob = git(root, "rev-parse", "HEAD:bank/catalog/catalog.yaml")
    other = git(root, "rev-parse", "HEAD:other.yaml")
    git(root, "replace", blob, other)
    assert texts_at(folder, "HEAD") == read_folder(folder)


def planted(script: Path, mark: Path) -> str:
    """A program that leaves a mark when it runs; gives its path as a shell word."""
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(f"#!/bin/sh\ntouch {shlex.quote(str(mark))}\ncat\n")
    script.chmod(0o755)
    return shlex.quote(str(script))


def snapshot(root: Path) -> dict[str, str]:
    """Every file below a folder with its content's hash and the time of its last change."""
    found = {}
    for file in sorted(root.rglob("*")):
        status = file.lstat()
        content = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
        found[str(file.relative_to(root))] = f"{content} {status.st_mtime_ns if content else 0}"
    return found


def monitored(root: Path, program: str) -> None:
    git(root, "config", "core.fsmonitor", program)


def filtered(root: Path, program: str) -> None:
    (root / ".gitattributes").write_text("* filter=f diff=d merge=m\n")
    for key in ("filter.f.clean", "filter.f.smudge", "filter.f.process", "diff.d.textconv", "diff.d.command"):
        git(root, "config", key, program)
    git(root, "config", "diff.external", program)
    git(root, "config", "merge.m.driver", program)


def renamed(root: Path, program: str) -> None:
    for word in ("rev-parse", "ls-tree", "cat-file", "merge-base"):
        git(root, "config", f"alias.{word}", f"!{program}")
        git(root, "config", f"pager.{word}", program)
    for key in (
        "core.pager",
        "core.editor",
        "sequence.editor",
        "core.askPass",
        "gpg.program",
        "interactive.diffFilter",
    ):
        git(root, "config", key, program)


def hooked(root: Path, program: str) -> None:
    hooks = root / "hooks"
    hooks.mkdir()
    for name in (
        "post-checkout",
        "post-index-change",
        "reference-transaction",
        "pre-auto-gc",
        "fsmonitor-watchman",
    ):
        for place in (hooks, root / ".git" / "hooks"):
            (place / name).write_text(f"#!/bin/sh\n{program}\n")
            (place / name).chmod(0o755)
    git(root, "config", "core.hooksPath", str(hooks))


def promised(root: Path, program: str) -> None:
    """Objects that are missing, to be fetched by a program."""
    blob = git(root, "rev-parse", "HEAD:bank/catalog/catalog.yaml")
    (root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    for key, value in (
        ("extensions.partialClone", "far"),
        ("remote.far.url", f"ext::{program}"),
        ("remote.far.promisor", "true"),
        ("remote.far.uploadpack", program),
        ("remote.far.vcs", "x"),
        ("protocol.ext.allow", "always"),
        ("protocol.allow", "always"),
        ("core.sshCommand", program),
        ("credential.helper", program),
    ):
        git(root, "config", key, value)


def promised_nearby(root: Path, program: str) -> None:
    promised(root, program)
    git(root, "config", "--unset", "remote.far.vcs")
    git(root, "config", "remote.far.url", str(root))


def redirected(root: Path, program: str) -> None:
    """`.git` is a file that points to a repository elsewhere, whose settings are hostile."""
    monitored(root, program)
    renamed(root, program)
    (root / ".git").rename(root / "store")
    (root / ".git").write_text("gitdir: store\n")
    (root / "more").write_text(f"[core]\n\tfsmonitor = {program}\n")
    git(root, "config", "include.path", str(root / "more"))
    git(root, "config", "core.worktree", "/")


def nested(root: Path, program: str) -> None:
    """The catalog's folder is a repository without a working tree, inside of the real one."""
    inside = root / "bank" / "catalog"
    git(root, "init", "--quiet", "--bare", str(inside))
    git(inside, "config", "core.fsmonitor", program)
    git(inside, "config", "core.bare", "false")
    git(inside, "config", "core.worktree", "/")


HOSTILE = (monitored, filtered, renamed, hooked, promised, promised_nearby, redirected, nested)


@pytest.mark.parametrize("make", HOSTILE)
def test_a_hostile_repository_starts_no_program_and_nothing_is_written(
    root: Path, make: Callable[[Path, str], None]
) -> None:
    mark = root.parent / "ran"
    make(root, planted(root.parent / "bin" / "program", mark))
    mark.unlink(missing_ok=True)
    before = snapshot(root)
    for revision in ("HEAD", "v1", *REVISIONS):
        for question in (texts_at, merge_base):
            try:
                question(root / "bank" / "catalog", revision)
            except CardkitError:
                continue
    assert not mark.exists()
    assert snapshot(root) == before


def test_what_is_planted_would_run_if_the_index_were_asked(root: Path) -> None:
    mark = root.parent / "ran"
    monitored(root, planted(root.parent / "bin" / "program", mark))
    git(root, "rev-parse", "--verify", ":other.yaml")
    assert mark.exists(), "the trap is live: this is why a revision can't hold a colon"


def test_a_listing_that_lies_about_paths_stays_within_the_catalog() -> None:
    blob = b"1" * 40
    names = (
        b"bank/catalog/../../x.yaml",
        b"/etc/x.yaml",
        b"bank/other.yaml",
        b"bank/catalog/a/./b.yaml",
        b"\xff",
    )
    raw = b"".join(b"100644 blob " + blob + b"      4\t" + name + b"\0" for name in names)
    found = git_listing.listed(raw + b"garbage\0\0", "bank/catalog/")
    assert found.wanted == []
