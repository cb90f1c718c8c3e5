"""Waivers held against the broken promises of a change: which are approved, and which approvals are over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cardkit.diff.change import Change, Kind, Subject
from cardkit.diff.promise import BrokenPromise, PromiseChange, promise
from cardkit.diff.sides import Sides
from cardkit.ground.finding import Code, Finding, Severity, Site
from cardkit.ground.text import Text, same
from cardkit.model.catalog import Catalog
from cardkit.model.waiver import Waiver
from cardkit.source.waivers import WaiverFile, read_waivers

EXPIRED = Code("CK810", "expired-waiver", Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Placed:
    """A waiver, and where it stands."""

    waiver: Waiver
    site: Site


def waiver_files(catalog: Catalog) -> tuple[WaiverFile, ...]:
    """The files of waivers of a catalog; remembered."""
    key = "files of waivers"
    if key not in catalog.memory:
        catalog.memory[key] = tuple(read_waivers(catalog.waivers))
    found: tuple[WaiverFile, ...] = catalog.memory[key]
    return found


def waivers(catalog: Catalog) -> Iterator[Placed]:
    """Every waiver that could be read, in the order of the files."""
    for file in waiver_files(catalog):
        if file.made is None or file.document is None:
            continue
        for index, waiver in enumerate(file.made.waivers):
            yield Placed(waiver, file.document.site(("waivers", index, "until")))


def faults_of_waivers(catalog: Catalog) -> tuple[Finding, ...]:
    """What is wrong with the files of waivers, as files; what is wrong waives nothing."""
    return tuple(finding for file in waiver_files(catalog) for finding in file.findings)


def with_waivers(sides: Sides, broken: Iterable[BrokenPromise]) -> tuple[BrokenPromise, ...]:
    """The broken promises, each with the waiver that approves it on the day, if there is one."""
    known = [each.waiver for each in waivers(sides.after.catalog) if sides.as_of <= each.waiver.until]
    return tuple(
        replace(each, waiver=next((waiver for waiver in known if _approves(waiver, each)), None))
        for each in broken
    )


def _approves(waiver: Waiver, broken: BrokenPromise) -> bool:
    code, subject = broken.finding.code, broken.change.subject
    if waiver.check.upper() != code.id and waiver.check != code.name:
        return False
    if waiver.entity != subject.id:
        return False
    return waiver.field is None or waiver.field in named_fields(broken)


def named_fields(broken: BrokenPromise) -> set[str]:
    """How a waiver may name the field of a broken promise: benefits by their id or by their place."""
    subject = broken.change.subject
    return {"/".join(str(step) for step in path) for path in (subject.path, subject.steps)}


@promise(EXPIRED, Kind.WAIVER_EXPIRED)
def expired_waiver(sides: Sides) -> Iterable[BrokenPromise]:
    """A waiver is past its last day: it approves nothing any more.

    放行已过期：不再放行任何承诺。

    Why: An approval that nobody renews would go on hiding breaks that nobody has looked at.
    为什么：没有人续批的放行，会继续掩盖没有人看过的违约。
    Bad (whole file waivers/2026.yaml):
        waivers:
          - check: fee-raised
            entity: city-card
            field: annual_fee
            owner: product-office
            reason: told by letter in March; see CC-2026-14
            until: 2026-06-30 # here
    Good (whole file waivers/2026.yaml):
        waivers:
          - check: fee-raised
            entity: city-card
            field: annual_fee
            owner: product-office
            reason: told by letter in March; see CC-2026-14
            until: 2026-12-31
    Source: SPEC: approved breaks have an owner, a reason and an end 放行要有批准人、原因和期限
    """
    for placed in waivers(sides.after.catalog):
        waiver = placed.waiver
        if waiver.until >= sides.as_of:
            continue
        subject = Subject(waiver.entity, sides.name_of(waiver.entity), Text("放行", "waiver"))
        said = Text(
            f"对 {waiver.entity} 的 {waiver.check} 的放行在 {waiver.until} 到期（{waiver.owner}）",
            f"the waiver of {waiver.check} for {waiver.entity} ended on {waiver.until} ({waiver.owner})",
        )
        hint = Text("删掉它，或由批准人续期", "remove it, or have its owner renew it")
        change: PromiseChange = Change(
            Kind.WAIVER_EXPIRED, subject, same(waiver.until.isoformat()), None, None
        )
        yield BrokenPromise(Finding(EXPIRED, placed.site, said, hint, waiver.entity), change)
