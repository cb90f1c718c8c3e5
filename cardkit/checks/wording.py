"""CK7: typed-in texts agree with the data beside them: 满 is `>=`, 超过 is `>`, and periods have names."""

import re
from collections.abc import Iterable, Iterator

from cardkit.checks.base import check
from cardkit.checks.checking import Checking, Held
from cardkit.checks.walk import Said
from cardkit.ground.finding import Code, Finding, Path, Related, Severity
from cardkit.ground.money import plain_number
from cardkit.ground.shape.figure import Figure
from cardkit.ground.text import Text

COMPARISON = Code("CK726", "comparison-wording", Severity.WARNING)
PERIOD = Code("CK727", "period-not-named", Severity.NOTE)

_MORE = re.compile(
    r"(超过|高于|大于|more than|over|above|exceed\w*)\s*(?:CNY|RMB|¥)?\s*([0-9][0-9,]*(?:\.[0-9]+)?)",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"(满|达到?|不低于|至少|at least|reach\w*|no less than)\s*(?:CNY|RMB|¥)?\s*([0-9][0-9,]*(?:\.[0-9]+)?)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"每[月年](?! ?[0-9])|每季度|(?<!of )(?<!ithin )\b(?:a|per|each|every) (?:month|year|quarter)\b"
    r"|\b(?:monthly|yearly|annually)\b",
    re.IGNORECASE,
)
_CLEAR = re.compile(
    r"自然|账单|持卡年|核卡|周年|calendar|statement|card year|anniversary|of approval", re.IGNORECASE
)


def _thresholds(held: Held, benefit: object, path: Path) -> Iterator[tuple[str, Path, Figure]]:
    """The thresholds of a benefit or step, each with its comparison and place."""
    comparison = getattr(benefit, "comparison", None)
    if comparison is None:
        return
    for key in ("threshold", "tier_threshold", "minimum_ticket", "minimum_spend"):
        figure = getattr(benefit, key, None)
        if isinstance(figure, Figure):
            yield comparison, (*path, key), figure
    for index, step in enumerate(getattr(benefit, "steps", ())):
        yield from _thresholds(held, step, (*path, "steps", index))


@check(COMPARISON)
def comparison_wording(checking: Checking) -> Iterable[Finding]:
    """A text says 超过 where the data says `>=`, or 满 where it says `>`.

    文本写“超过”而数据是 `>=`，或写“满”而数据是 `>`。

    Why: 满 10,000 includes 10,000 and 超过 10,000 does not: two contracts, and two prices.
    为什么：“满 10,000”含 10,000，“超过 10,000”不含：是两份合同，也是两个价格。
    Bad (services/personal-service.yaml benefits/0):
        about: {zh: 月均消费满 10000 元的专属管家, en: a personal benefits manager} # here
        comparison: ">"
    Good (services/personal-service.yaml benefits/0):
        about: {zh: 月均消费超过 10000 元的专属管家, en: a personal benefits manager}
        comparison: ">"
    Source: practice of card centres 信用卡中心实务
    """
    texts = _texts(checking)
    for held in checking.on_sale:
        root = held.path
        steps = getattr(held.benefit, "steps", None)
        found = list(_thresholds(held, held.benefit, root))
        if steps is not None:
            found = [
                each
                for index, step in enumerate(steps)
                for each in _thresholds(held, step, (*root, "steps", index))
            ]
        for comparison, place, figure in found:
            entry = figure.on(checking.as_of)
            wrong = _MORE if comparison == ">=" else _LEAST
            own = texts.get(held.holder.id, ()) if entry is not None else ()
            for path, text in _each_language(own):
                if path[: len(root)] != root and path[0] not in ("description", "name"):
                    continue
                for match in wrong.finditer(text):
                    assert entry is not None
                    if match[2].replace(",", "").rstrip(".") != plain_number(entry.value):
                        continue
                    right = Text("满", "at least") if comparison == ">=" else Text("超过", "more than")
                    yield Finding(
                        COMPARISON,
                        checking.at(held.holder, *path),
                        Text(
                            f"写的是“{match[1]}”，数据是 {comparison}",
                            f"It says “{match[1]}”, and the data says {comparison}",
                        ),
                        Text(
                            f"写“{right.zh}”，或改 comparison",
                            f"write “{right.en}”, or change the comparison",
                        ),
                        held.holder.id,
                        (
                            Related(
                                checking.at(held.holder, *place), Text("门槛在这里", "the threshold is here")
                            ),
                        ),
                    )
                    break


_CONDITIONS = {"exclusions", "condition", "calendar", "entry"}
"""The keys under which a text says when a right is had."""


def _texts(checking: Checking) -> dict[str, list[Said]]:
    """The texts that customers read, by entity."""
    found: dict[str, list[Said]] = {}
    for walked in checking.walks:
        name = walked.source.id
        if name is not None and name in checking.catalog.entities:
            found.setdefault(name, []).extend(said for said in walked.said if said.public)
    return found


def _each_language(texts: Iterable[Said]) -> Iterator[tuple[Path, str]]:
    for said in texts:
        yield (*said.path, "zh"), said.zh
        yield (*said.path, "en"), said.en


@check(PERIOD)
def period_not_named(checking: Checking) -> Iterable[Finding]:
    """A condition says “a month” or “a year” and not which.

    条件里写“每月”“每年”，没有写明是哪一种。

    Why: A calendar month, a statement month and a month from approval end on different days; customers count
        the one that suits them.
    为什么：自然月、账单月、核卡起的月，截止日各不相同；客户会按对自己有利的算。
    Bad (modules/pet-care.yaml benefits/0):
        exclusions:
          - {zh: 每月最多两次, en: twice in a calendar month} # here
    Good (modules/pet-care.yaml benefits/0):
        exclusions:
          - {zh: 每自然月最多两次, en: twice in a calendar month}
    Source: practice of card centres 信用卡中心实务
    """
    for entity, texts in _texts(checking).items():
        conditions = (said for said in texts if _CONDITIONS & set(said.path))
        for path, text in _each_language(conditions):
            match = _BARE.search(text)
            if match is not None and not _CLEAR.search(text):
                yield Finding(
                    PERIOD,
                    checking.catalog.site(entity, *path),
                    Text(f"“{match[0]}”没有写明是哪种周期", f"“{match[0]}” doesn't say which period"),
                    Text(
                        "写“每自然月”“每账单周期”或“每持卡年”",
                        "write a calendar month, a statement month or a card year",
                    ),
                    entity,
                )
