"""Which two catalogs `cardkit diff` compares: revisions of git, the working tree, or folders."""

from dataclasses import dataclass
from pathlib import Path

from cardkit.cli.session import Session
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Finding, Severity
from cardkit.ground.text import Text, same
from cardkit.model.catalog import Catalog
from cardkit.source.characters import quoted
from cardkit.source.load import Known, from_texts
from cardkit.source.overlay import assignments, overlaid
from cardkit.source.repository import repository_of
from cardkit.source.texts import read_folder

Read = tuple[dict[str, bytes], list[Finding]]


@dataclass(frozen=True, slots=True)
class Side:
    """One side: where it is from, in words, and what was read."""

    name: Text
    texts: dict[str, bytes]
    findings: list[Finding]
    commit: str | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Both catalogs, and which they are."""

    before: Catalog
    after: Catalog
    sides: tuple[Side, Side]

    @property
    def names(self) -> Text:
        """`main (1a2b3c4d) → 工作区`: what is compared with what."""
        one, other = self.sides
        return Text(f"{one.name.zh} 对 {other.name.zh}", f"{one.name.en} against {other.name.en}")


def compared(session: Session, base: str, head: str | None) -> Compared:
    """Both catalogs, read. Raises CardkitError for a side that can't be read as a whole: never "no changes".

    A revision BASE means what it and HEAD (or what is checked out) have last in common: only what is new
    since then counts.
    """
    sides = (_before(session, base, head), _after(session, head))
    for side in sides:
        _must_be_there(side)
    known: Known = {}
    catalogs = [_catalog(session, side, known) for side in sides]
    _must_be_whole(session, sides, catalogs)
    return Compared(catalogs[0], catalogs[1], sides)


def _is_folder(session: Session, word: str) -> bool:
    """Whether a word names a folder: one that begins as a path does, or any where there is no repository.

    In a repository a plain word is a revision, never a folder: whoever may add a folder called `main` must
    not get to choose what a change is compared with.
    """
    if word.startswith((".", "/", "~")) or Path(word).is_absolute():
        return True
    return repository_of(session.folder) is None and Path(word).is_dir()


def _before(session: Session, base: str, head: str | None) -> Side:
    if _is_folder(session, base):
        return _folder(Path(base).expanduser())
    from cardkit.source.git import commit_of, merge_base  # few runs start other programs

    other = "HEAD" if head is None or _is_folder(session, head) else head
    commit = merge_base(session.folder, base, other)
    name = same(f"{quoted(base)} ({commit[:8]})")
    if commit != commit_of(session.folder, base):
        name += Text("，从分叉处算起", ", where the branch began")
    return _revision(session, commit, name)


def _after(session: Session, head: str | None) -> Side:
    if head is None:
        found, findings = read_folder(session.folder)
        return Side(Text("工作区", "the working tree"), found, findings)
    if _is_folder(session, head):
        return _folder(Path(head).expanduser())
    from cardkit.source.git import commit_of

    commit = commit_of(session.folder, head)
    return _revision(session, commit, same(f"{quoted(head)} ({commit[:8]})"))


def _folder(folder: Path) -> Side:
    found, findings = read_folder(folder)
    return Side(same(quoted(str(folder))), found, findings)


def _revision(session: Session, commit: str, name: Text) -> Side:
    from cardkit.source.git import texts_at

    found, findings = texts_at(session.folder, commit)
    return Side(name, found, findings, commit)


def _must_be_there(side: Side) -> None:
    if "catalog.yaml" not in side.texts:
        raise CardkitError(
            Text(
                f"{side.name.zh} 里没有这个目录（没有 catalog.yaml），无法比较",
                f"There is no catalog in {side.name.en} (no catalog.yaml): nothing to compare",
            ),
            Text(
                "检查 --catalog 和版本；在仓库里，文件夹写成 ./FOLDER",
                "check --catalog and the revision; inside a repository write folders as ./FOLDER",
            ),
        )


def _catalog(session: Session, side: Side, known: Known) -> Catalog:
    catalog = from_texts(side.texts, side.findings, known)
    if catalog.known_settings is not None and session.overlay:
        return overlaid(catalog, assignments(catalog, session.overlay))
    return catalog


def _must_be_whole(session: Session, sides: tuple[Side, Side], catalogs: list[Catalog]) -> None:
    """What can't be read on one side would look like removed, or like new."""
    faulty = [_faulty(catalog) for catalog in catalogs]
    same_faults = {
        file
        for file in faulty[0] & faulty[1]
        if file != "catalog.yaml" and sides[0].texts.get(file) == sides[1].texts.get(file)
    }
    for side, files in zip(sides, faulty, strict=True):
        left = sorted(files - same_faults)
        if left:
            names = ", ".join(left[:5])
            raise CardkitError(
                Text(
                    f"{side.name.zh} 读不全，无法比较；这些文件有错：{names}",
                    f"{side.name.en} can't be read as a whole, so nothing is compared; faulty: {names}",
                ),
                Text("先修好它们：cardkit validate", "mend them first: cardkit validate"),
            )
    if same_faults:
        names = ", ".join(sorted(same_faults)[:5])
        session.console.message(
            Text(
                f"警告：两边都有错的文件未比较：{names}（见 cardkit validate）",
                f"warning: not compared, faulty on both sides: {names} (see: cardkit validate)",
            )
        )


def _faulty(catalog: Catalog) -> set[str]:
    return {finding.site.file for finding in catalog.findings if finding.code.severity is Severity.ERROR}
