"""CK5: what is live has values today, is not over, and stands on what is live too."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.checks.walk import Named
from cardkit.ground.finding import Code, Finding, Path, Related, Severity
from cardkit.ground.shape.base import Shape, declared, is_record
from cardkit.ground.shape.composite import ListOf, MapOf, Record, Tagged
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.text import Text
from cardkit.model.bundle import Bundle
from cardkit.model.campaign import Campaign
from cardkit.model.card import Card
from cardkit.model.entity import Entity
from cardkit.model.law import Law
from cardkit.model.module import Module
from cardkit.model.partner import Partner
from cardkit.model.segment import Segment

NO_VALUE = Code("CK504", "no-value-yet")
OVER = Code("CK505", "campaign-over", Severity.WARNING)
PILOT = Code("CK506", "pilot-without-segments")
INACTIVE = Code("CK507", "depends-on-inactive", Severity.WARNING)
EXPIRED = Code("CK508", "expired", Severity.WARNING)


@check(NO_VALUE)
def no_value_yet(checking: Checking) -> Iterable[Finding]:
    """A dated value begins in the future, and there is none for today.

    带日期的值从未来才开始，今天没有值。

    Why: Nothing that needs it can be priced today; the value of before was probably deleted and not kept.
    为什么：今天要用它就无法定价；多半是把之前的值删掉了，而不是保留。
    Bad (modules/pet-care.yaml):
        price:
          - {from: 2026-10-01, value: 60} # here
    Bad (bundles/pet-start.yaml):
        status: draft
    Good (modules/pet-care.yaml):
        price:
          - {from: 2026-01-01, value: 50}
          - {from: 2026-10-01, value: 60}
    Source: docs/format.md
    """
    for entity, path, first in future_figures(checking):
        place = (*path, 0, "from")
        site = checking.catalog.setting_site(*place) if entity is None else checking.at(entity, *place)
        yield Finding(
            NO_VALUE,
            site,
            Text(
                f"第一个值从 {first} 开始，{checking.as_of} 没有值",
                f"The first value holds from {first}; there is none on {checking.as_of}",
            ),
            Text(
                "在前面加上目前的值，from 写它开始的日期",
                "put today's value before it, with the day it began",
            ),
            entity.id if entity is not None else None,
        )


Future = tuple[Entity | None, Path, date]
"""An entity (None: catalog.yaml), the path of a figure in it, and the first day that it has a value."""


def future_figures(checking: Checking) -> list[Future]:
    """Figures without a value on the day, of what is in force on it; found once for all who ask."""
    if "future" not in checking.memory:
        checking.memory["future"] = list(_future_figures(checking))
    found: list[Future] = checking.memory["future"]
    return found


def _future_figures(checking: Checking) -> Iterator[Future]:
    for entity in checking.catalog.entities.values():
        if entity.status in ("draft", "retired") or isinstance(entity, Law):
            continue
        if (
            entity.valid is not None
            and entity.valid.since is not None
            and entity.valid.since > checking.as_of
        ):
            continue  # the entity itself begins in the future
        yield from ((entity, path, first) for path, first in _future(checking, entity))
    if checking.settings is not None:
        yield from ((None, path, first) for path, first in _future(checking, checking.settings))


def _future(checking: Checking, root: object) -> Iterator[tuple[Path, date]]:
    dated: list[tuple[Path, date]] = []
    _note_dated(root, (), dated)
    return ((path, first) for path, first in dated if first > checking.as_of)


def _note_dated(value: object, path: Path, found: list[tuple[Path, date]]) -> None:
    """Note the first day of every dated figure that an entity's file gives, with its path."""
    if isinstance(value, Figure):
        first = value.entries[0].since if value.entries else None
        if first is not None:
            found.append((path, first))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            _note_dated(inner, (*path, index), found)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _note_dated(inner, (*path, key), found)
    else:
        made: Any = type(value)
        for name, key, default in _bearing(made) if is_record(made) else ():
            inner = getattr(value, name)
            if inner is not default:  # a default is in no file, and always holds
                _note_dated(inner, (*path, key), found)


@cache
def _bearing(made: type) -> tuple[tuple[str, str, object], ...]:
    """The fields of a record that can hold figures: name, key and default."""
    return tuple(
        (name, key, default) for name, key, said, default in declared(made) if _holds_figures(said.shape)
    )


def _holds_figures(shape: Shape) -> bool:
    if isinstance(shape, ListOf | MapOf):
        return _holds_figures(shape.inner)
    if isinstance(shape, Record):
        return any(_holds_figures(said.shape) for _, _, said, _ in declared(shape.made))
    return isinstance(shape, FigureOf | Tagged)


@check(OVER)
def campaign_over(checking: Checking) -> Iterable[Finding]:
    """A campaign's last day is past, and it is still live.

    活动已经结束，状态还是 live。

    Why: It takes part in no price any more and still looks as if it ran.
    为什么：它不再参与任何定价，看起来却还在进行。
    Bad (campaigns/welcome.yaml):
        window: {from: 2025-01-01, until: 2025-12-31} # here
    Good (campaigns/welcome.yaml):
        window: {from: 2025-01-01, until: 2025-12-31}
        status: retired
    Source: practice of card centres 信用卡中心实务
    """
    for campaign in checking.live(Campaign):
        until = campaign.window.until
        if until is not None and until < checking.as_of:
            yield Finding(
                OVER,
                checking.at(campaign, "window", "until"),
                Text(f"活动在 {until} 已结束", f"The campaign ended on {until}"),
                Text("写 status: retired，或改活动期", "write status: retired, or change its days"),
                campaign.id,
            )


@check(PILOT)
def pilot_without_segments(checking: Checking) -> Iterable[Finding]:
    """Something is in pilot and names no segments, or names them and is not in pilot.

    试点没有写客群，或写了试点客群却不是试点。

    Why: In pilot it is sold to the named segments only: without names to nobody; the names of what isn't in
        pilot have no effect.
    为什么：试点只卖给写明的客群：没写就谁都不卖；不是试点，写了也不起作用。
    Bad (modules/card-security.yaml):
        pilot_segments: [gen-z] # here
    Good (modules/card-security.yaml):
        status: pilot
        pilot_segments: [gen-z]
    Source: docs/format.md
    """
    for entity in checking.catalog.entities.values():
        pilot = entity.status == "pilot"
        if pilot and not entity.pilot_segments and isinstance(entity, Card | Module | Bundle | Campaign):
            yield Finding(
                PILOT,
                checking.at(entity, "status"),
                Text(
                    "试点没有写 pilot_segments，谁都买不到",
                    "In pilot without pilot_segments: nobody can have it",
                ),
                Text("写 pilot_segments: [客群]", "write pilot_segments: [SEGMENT]"),
                entity.id,
            )
        elif entity.pilot_segments and entity.status == "live":
            yield Finding(
                PILOT,
                checking.at(entity, "pilot_segments"),
                Text(
                    "状态是 live，pilot_segments 不起作用",
                    "Its status is live, so pilot_segments has no effect",
                ),
                Text(
                    "写 status: pilot，或删掉 pilot_segments",
                    "write status: pilot, or leave pilot_segments out",
                ),
                entity.id,
            )


@check(INACTIVE)
def depends_on_inactive(checking: Checking) -> Iterable[Finding]:
    """Something live depends on a draft, on something retired, or on what is not sold any more.

    在售的东西依赖草稿、已停售或已过期的东西。

    Why: It can't be had: a bundle with a retired module is sold to nobody, a rule that requires one forbids
        every product.
    为什么：根本买不到：含停售模块的组合卖不出去，要求停售模块的规则等于全部禁止。
    Bad (partners/safe-insurance.yaml):
        status: retired
    Bad (modules/card-security.yaml benefits/0):
        insurer: safe-insurance # here
    Good (partners/safe-insurance.yaml):
        status: live
    Source: practice of card centres 信用卡中心实务
    """
    for walked in checking.walks:
        entity = checking.catalog.entities.get(walked.source.id or "")
        if entity is None or entity.status in ("draft", "retired") or isinstance(entity, Bundle | Law):
            continue  # a bundle's own check quotes what forbids it
        if _past(checking, entity):
            continue
        for named in walked.named:
            needed = checking.catalog.entities.get(named.value)
            if needed is None or not _needs(entity, needed, named):
                continue
            why = _inactive(checking, needed)
            if why is not None:
                yield Finding(
                    INACTIVE,
                    checking.at(entity, *named.path, key=named.on_key),
                    Text(f"{needed.id}{why.zh}", f"{needed.id} {why.en}"),
                    Text("换一个在售的，或先停售这一个", "name one that is live, or retire this first"),
                    entity.id,
                    (
                        Related(
                            checking.at(needed, "status"), Text(f"{needed.id} 在这里", f"{needed.id} is here")
                        ),
                    ),
                )


def _needs(entity: Entity, needed: Entity, named: Named) -> bool:
    """Whether the reference makes one depend on the other, and doesn't only mention it."""
    if isinstance(needed, Partner):
        return True
    if isinstance(entity, Segment):
        return named.path == ("reference_card",)
    return bool(named.path) and named.path[0] in ("needs_all", "product", "card")


def _inactive(checking: Checking, needed: Entity) -> Text | None:
    if needed.status == "draft":
        return Text(" 还是草稿", "is a draft")
    if needed.status == "retired":
        return Text(" 已停售", "is retired")
    if _past(checking, needed):
        return Text(" 的有效期已过", "is past its last day")
    return None


def _past(checking: Checking, entity: Entity) -> bool:
    return entity.valid is not None and entity.valid.until is not None and entity.valid.until < checking.as_of


@check(EXPIRED)
def expired(checking: Checking) -> Iterable[Finding]:
    """Something's last day is past, and it still says that it is live.

    有效期已过，状态还是在售。

    Why: Nobody can have it any more, and whoever reads the file believes that they can.
    为什么：已经买不到了，读文件的人却以为还在卖。
    Bad (modules/study-instalments.yaml):
        valid: {from: 2025-01-01, until: 2026-05-31} # here
    Good (modules/study-instalments.yaml):
        valid: {from: 2025-01-01, until: 2026-05-31}
        status: retired
    Source: practice of card centres 信用卡中心实务
    """
    for entity in checking.catalog.entities.values():
        if entity.status in ("live", "pilot") and _past(checking, entity):
            assert entity.valid is not None
            yield Finding(
                EXPIRED,
                checking.at(entity, "valid", "until"),
                Text(f"有效期 {entity.valid.until} 已过", f"Its last day was {entity.valid.until}"),
                Text("写 status: retired，或延长有效期", "write status: retired, or move its last day"),
                entity.id,
            )
