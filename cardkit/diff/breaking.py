"""From something that got worse to a broken promise: what is said of it, and what would be lawful."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from cardkit.diff.affected import affected
from cardkit.diff.change import Change, Kind, Subject
from cardkit.diff.promise import BrokenPromise, PromiseChange
from cardkit.diff.sides import SETTINGS, Sides
from cardkit.diff.values import NOTHING
from cardkit.diff.worsenings import Worse, worsenings
from cardkit.ground.finding import Code, Finding, Path, Site
from cardkit.ground.text import Text, joined, same

RETIRED = Code("CK806", "retired-while-sold")


def of_family(sides: Sides, family: str, code: Code, kind: Kind, said: Text) -> Iterator[BrokenPromise]:
    """What got worse at once, of one family of promises."""
    for worse in worsenings(sides):
        if worse.family == family and worse.timing == "now":
            yield broken_by(sides, code, kind, worse, said)


def broken_by(
    sides: Sides, code: Code, kind: Kind, worse: Worse, said: Text, hint: Text | None = None
) -> BrokenPromise:
    """The promise that something which got worse breaks; without a hint it is told how to date it."""
    name = sides.name_of(worse.entity)
    subject = Subject(worse.entity, name, worse.label, worse.path, _steps(sides, worse))
    where = Text("", "")
    if worse.segments:
        segments = joined([same(each) for each in worse.segments])
        where = Text(f"（{segments.zh}）", f" (at {segments.en})")
    message = Text(
        f"{subject.words.zh}：{worse.before.zh} → {worse.after.zh}{where.zh}，{said.zh}",
        f"{subject.words.en}: {worse.before.en} → {worse.after.en}{where.en}: {said.en}",
    )
    change = Change(kind, subject, worse.before, worse.after, affected(sides, worse.entity, worse.segments))
    catalog = sides.after.catalog
    path = (*worse.path, *_entry(sides, worse))
    site = catalog.setting_site(*path) if worse.entity == SETTINGS else catalog.site(worse.entity, *path)
    return broken(code, change, site, message, hint or _dated_way(sides, worse))


def _entry(sides: Sides, worse: Worse) -> Path:
    """Where in a dated value its first day stands from which it is worse."""
    data: Any = _at(sides, worse.entity, worse.path)
    if worse.timing != "dated" or not isinstance(data, list):
        return ()
    day = worse.since.isoformat()
    found = (at for at, each in enumerate(data) if isinstance(each, dict) and each.get("from") == day)
    return next(((at, "from") for at in found), ())


def _at(sides: Sides, name: str, path: Path) -> Any:
    """The plain value at a path after the change; None where there is none."""
    source = sides.source(name, after=True)
    data: Any = None if source is None else source.data
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _steps(sides: Sides, worse: Worse) -> Path:
    """The path with ids in place of positions: it stays right when a list grows."""
    steps: list[str | int] = []
    for depth, step in enumerate(worse.path, 1):
        data = _at(sides, worse.entity, worse.path[:depth])
        own = data.get("id") if isinstance(step, int) and isinstance(data, dict) else None
        steps.append(own if isinstance(own, str) else step)
    return tuple(steps)


def _dated_way(sides: Sides, worse: Worse) -> Text:
    """From which day on it would be lawful, and how that is written."""
    first = first_lawful_day(sides)
    if worse.after == NOTHING:
        return Text(
            f"保留到通知期满：写 until，最早 {first - timedelta(days=1)}",
            f"keep it until customers were told: give it an until, not before {first - timedelta(days=1)}",
        )
    if not worse.can_be_dated:
        return Text(
            f"保留原值；新的条件写成另一项权益，旧的写 until，最早 {first - timedelta(days=1)}（提前 "
            f"{notice_days(sides)} 天通知）",
            f"keep what was; put the new terms into another right, and end the old one with an until, "
            f"{first - timedelta(days=1)} at the earliest ({notice_days(sides)} days' notice)",
        )
    key = next((str(step) for step in reversed(worse.path) if isinstance(step, str)), "")
    since = _known_since(sides, worse)
    written = (
        f"{key}: [{{from: {since}, value: {worse.before.en}}}, {{from: {first}, value: {worse.after.en}}}]"
    )
    return Text(
        f"保留原值，从 {first} 起再变（提前 {notice_days(sides)} 天通知）：{written}",
        f"keep what was until customers have been told ({notice_days(sides)} days): {written}",
    )


def _known_since(sides: Sides, worse: Worse) -> date:
    """The first day of what is sold now, for the entry that keeps the old value."""
    entity = sides.entity(worse.entity, after=False)
    begins = None if entity is None or entity.valid is None else entity.valid.since
    return begins or sides.as_of


def first_lawful_day(sides: Sides) -> date:
    """The first day on which something may get worse, if customers are told today."""
    return sides.as_of + timedelta(days=notice_days(sides))


def notice_days(sides: Sides) -> int:
    """The notice period: the longer one, because a change can't shorten its own."""
    known = (sides.before.catalog.known_settings, sides.after.catalog.known_settings)
    return max((each.notice_days for each in known if each is not None), default=0)


def gone(sides: Sides, name: str, sold: tuple[str, ...]) -> BrokenPromise:
    """The promise that a deleted file breaks."""
    before = sides.before.catalog.entities[name]
    offers = joined([same(each) for each in sold])
    still = Text(f"，而且还在这些里面卖：{offers.zh}", f", and it is still sold in {offers.en}")
    change = Change(
        Kind.RETIRED_WHILE_SOLD,
        Subject(name, before.name, Text("状态", "status"), ("status",)),
        same(before.status),
        Text("（文件已删除）", "file deleted"),
        affected(sides, name),
    )
    message = Text(
        f"{before.name.zh}在售时文件被删除", f"the file of {before.name.en} was deleted while it is sold"
    )
    return broken(
        RETIRED,
        change,
        Site(sides.before.catalog.source_of[name].file),
        message + still if sold else message,
        Text(
            "保留文件，写 status: retired 和 valid.until，让持有人用到末日",
            "keep the file with status: retired and a valid.until, so that holders keep it until then",
        ),
    )


def broken(code: Code, change: PromiseChange, site: Site, message: Text, hint: Text) -> BrokenPromise:
    """A broken promise with its finding."""
    return BrokenPromise(Finding(code, site, message, hint, change.subject.id), change)
