"""Which findings a change touches: those in the files it changes, and those that weren't there before it."""

from collections import Counter
from collections.abc import Iterable, Mapping

from cardkit.checks.identity import DataOf, exact_key
from cardkit.ground.finding import Finding


def changed_files(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> frozenset[str]:
    """The files that were added, removed or changed; line ends alone are no change.

    git may have written a working tree with other line ends than the repository has.
    """
    return frozenset(
        file
        for file in {*before, *after}
        if file not in before or file not in after or _plain(before[file]) != _plain(after[file])
    )


def touched(
    after: Iterable[Finding],
    before: Iterable[Finding],
    changed: frozenset[str],
    data_after: DataOf,
    data_before: DataOf,
) -> tuple[Finding, ...]:
    """The findings after a change that stand in changed files, or that nobody would have read before it.

    A finding elsewhere that says something else than it did (a loss that grows) counts as new.
    """
    known = Counter(exact_key(finding, data_before) for finding in before)
    kept = []
    for finding in after:
        key = exact_key(finding, data_after)
        was_there = known[key] > 0
        known[key] -= was_there
        if not was_there or finding.site.file in changed:
            kept.append(finding)
    return tuple(kept)


def _plain(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n")
