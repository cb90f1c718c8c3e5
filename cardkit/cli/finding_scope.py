"""Which findings of a run are told: `--changed-since` and `--baseline`, with the reading that they need."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cardkit.checks import baseline
from cardkit.checks.run import Outcome
from cardkit.checks.touched import changed_files, touched
from cardkit.cli.known_findings import prune, tell_what_is_mended, tell_what_is_more
from cardkit.cli.session import Session
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Finding
from cardkit.ground.text import Text
from cardkit.model.catalog import Catalog
from cardkit.source.characters import quoted
from cardkit.source.load import from_texts
from cardkit.source.one_file import read_bytes
from cardkit.source.repository import repository_of
from cardkit.source.texts import read_folder

Look = Callable[[Catalog], Outcome]
"""Runs every check over a catalog, as of the run's day and within its limits."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What was asked for."""

    changed_since: str | None = None
    baseline: Path | None = None
    write_baseline: Path | None = None
    prune: bool = False

    def refuse_what_contradicts(self, folder: Path) -> None:
        """Raise CardkitError for options that don't go together, before anything is computed."""
        if self.write_baseline is not None and self.baseline is not None:
            raise _apart("--write-baseline", "--baseline")
        if self.prune and self.baseline is None:
            raise CardkitError(
                Text("--prune 需要 --baseline", "--prune needs a --baseline"),
                Text("写成 --baseline FILE --prune", "write --baseline FILE --prune"),
            )
        if self.changed_since is not None and (self.write_baseline is not None or self.prune):
            # What the change doesn't touch would be missing from the file.
            raise _apart("--prune" if self.prune else "--write-baseline", "--changed-since")
        target = self.write_baseline
        if (
            target is not None
            and target.suffix == ".yaml"
            and target.resolve().is_relative_to(folder.resolve())
        ):
            shown = quoted(str(target))
            raise CardkitError(
                Text(f"{shown} 在目录里，会被当作实体", f"{shown} would be read as a file of the catalog"),
                Text("放到目录之外", "put it outside of the catalog's folder"),
            )


@dataclass(frozen=True, slots=True)
class Told:
    """The findings that are told, and those that aren't, with what to say about it."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    known: tuple[Finding, ...] = ()
    untouched: tuple[Finding, ...] = ()
    about: tuple[Text, ...] = ()


def told(session: Session, catalog: Catalog, look: Look, scope: Scope) -> Told:
    """What is told of a run over a catalog; `look` is also asked about the catalog before the change.

    Raises CardkitError where a revision or a baseline can't be read, before any check has run.
    """
    raw = b"" if scope.baseline is None else read_bytes(scope.baseline, baseline.MOST_BYTES)
    counts = {} if scope.baseline is None else baseline.read_baseline(str(scope.baseline), raw)
    if scope.changed_since is not None:
        found = _since(session, catalog, look, scope.changed_since)
    else:
        outcome = look(catalog)
        found = Told(outcome.findings, outcome.suppressed)
    if scope.baseline is None:
        return found
    # Beside all findings: those that a change touches may be fewer than are known, and all of them new.
    everything = (*found.findings, *found.untouched)
    compared = baseline.compared(everything, counts)
    tell_what_is_more(session, everything, compared.exceeded)
    if scope.prune:
        prune(session, catalog, found.findings, scope.baseline, raw)
    else:
        tell_what_is_mended(session, compared.mended)
    is_known = set(compared.known)
    return replace(
        found,
        findings=tuple(finding for finding in found.findings if finding not in is_known),
        known=tuple(finding for finding in found.findings if finding in is_known),
    )


def _since(session: Session, catalog: Catalog, look: Look, revision: str) -> Told:
    from cardkit.source.git import commit_of, merge_base, texts_at  # few runs start other programs

    base = merge_base(session.folder, revision)
    texts, refused = texts_at(session.folder, base)
    now = read_folder(session.folder)
    changed = changed_files(texts, now[0])
    is_same = not changed and refused == now[1] and not session.overlay
    before = catalog if is_same else from_texts(texts, refused)
    outcome = look(catalog)
    earlier = outcome if is_same else look(before)
    data = (data_of(catalog), data_of(before))
    findings = touched(outcome.findings, earlier.findings, changed, *data)
    suppressed = touched(outcome.suppressed, earlier.suppressed, changed, *data)
    kept = set(findings)
    untouched = tuple(finding for finding in outcome.findings if finding not in kept)
    about = _about(revision, base, len(changed))
    if not texts:
        about += Text("，那时还没有这个目录", ", when there was no such catalog yet")
    if base != commit_of(session.folder, revision):
        about += Text("，从分叉处算起", ", counted from where the branch began")
    return Told(findings, suppressed, untouched=untouched, about=(about,))


def _about(revision: str, base: str, changed: int) -> Text:
    shown, short = quoted(revision), base[:8]
    return Text(
        f"自 {shown}（{short}）以来改动 {changed} 个文件",
        f"{changed} file{'' if changed == 1 else 's'} changed since {shown} ({short})",
    )


def data_of(catalog: Catalog) -> Any:
    """The plain data of a catalog's files, by name."""
    data: Mapping[str, Mapping[str, Any]] = {source.file: source.data for source in catalog.sources}
    return data.get


def prefix_of(folder: Path) -> str:
    """The catalog's folder, ending in `/`, as runners name it: from the repository's root, else from here."""
    repository = repository_of(folder)
    if repository is not None:
        return repository.prefix
    try:
        inside = folder.resolve().relative_to(Path.cwd()).as_posix()
    except (OSError, ValueError):  # the working directory is gone, or the catalog lies elsewhere
        return ""
    return "" if inside == "." else f"{inside}/"


def _apart(one: str, other: str) -> CardkitError:
    return CardkitError(
        Text(f"{one} 不和 {other} 合用", f"{one} doesn't go together with {other}"),
        Text("去掉其中一个", "leave one of them out"),
    )
