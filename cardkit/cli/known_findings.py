"""The baseline's file as `validate` writes it, prunes it and speaks of it."""

from pathlib import Path

from cardkit.checks import baseline
from cardkit.cli.session import Session
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Finding, Severity
from cardkit.ground.text import Text
from cardkit.model.catalog import Catalog

_MOST_NOTES = 5


def write_known(session: Session, findings: tuple[Finding, ...], file: Path) -> tuple[Finding, ...]:
    """Write a baseline of these findings; gives those that it holds."""
    from cardkit.source.write import write_text

    counts = baseline.counted(findings)
    write_text(file, baseline.written(counts))
    number, files = counts.total(), len({name for name, _ in counts})
    session.console.message(
        Text(
            f"已写 {file}：{files} 个文件的 {number} 个问题",
            f"wrote {file}: {number} findings in {files} files",
        )
    )
    return baseline.compared(findings, counts).known


def tell_what_is_more(session: Session, findings: tuple[Finding, ...], exceeded: baseline.Counts) -> None:
    """Say where there are more findings than are known: the old ones among them are told too."""
    for (file, code), known in list(exceeded.items())[:_MOST_NOTES]:
        now = sum(each.site.file == file and each.code.id == code for each in findings)
        session.console.message(
            Text(
                f"说明：{file} 的 {code} 已知 {known} 个，现有 {now} 个；分不出哪个是新的，全部列出",
                f"note: {code} in {file}: {known} known, {now} now; all are told, "
                "for nothing says which is new",
            )
        )


def tell_what_is_mended(session: Session, mended: int) -> None:
    """Say how many known findings aren't there any more, if any."""
    if mended:
        session.console.message(
            Text(
                f"说明：基线里有 {mended} 个问题已经改好，--prune 会把它们去掉",
                f"note: mended since the baseline was written: {mended}; --prune takes them out",
            )
        )


def prune(
    session: Session, catalog: Catalog, findings: tuple[Finding, ...], file: Path, before: bytes
) -> None:
    """Take what has been mended out of a baseline whose file was read as `before`.

    Raises CardkitError where files have faults, because then checks that found something before didn't look,
    and where somebody else has written the file meanwhile.
    """
    if any(finding.code.severity is Severity.ERROR for finding in catalog.findings):
        raise CardkitError(
            Text(
                "有文件读不成实体，许多检查没有看它们，这时不能删减基线",
                "Some files have faults that keep checks from looking: the baseline can't be pruned now",
            ),
            Text("先改正 CK0 和 CK1 的错误", "mend the errors of CK0 and CK1 first"),
        )
    from cardkit.source.rewrite import rewrite

    counts = baseline.read_baseline(str(file), before)
    left = baseline.pruned(findings, counts)
    gone = sum(counts.values()) - left.total()
    if gone:
        rewrite(file, before, baseline.written(left))
    session.console.message(
        Text(
            f"{file}：去掉 {gone} 个，留下 {left.total()} 个",
            f"{file}: {gone} taken out, {left.total()} left",
        )
    )
