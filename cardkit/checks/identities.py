"""CK2: one id, one thing."""

from collections.abc import Iterable, Iterator
from typing import Any

from cardkit.checks.base import check
from cardkit.checks.checking import VOCABULARY, Checking, kind_of
from cardkit.checks.references import NAMES
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Code, Finding, Path, Related, Severity
from cardkit.ground.text import Text
from cardkit.model.expression import nearest, parse

DUPLICATE_ID = Code("CK203", "duplicate-id")
DUPLICATE_PART = Code("CK204", "duplicate-part-id")
UNKNOWN_CLOCK = Code("CK206", "unknown-clock")
UNREADABLE_PRODUCT = Code("CK207", "unreadable-product")
UNUSED = Code("CK208", "unused", Severity.NOTE)


@check(DUPLICATE_ID)
def duplicate_id(checking: Checking) -> Iterable[Finding]:
    """Two files have the same id.

    两个文件用了同一个 id。

    Why: ids are unique across kinds, so that a product can be written as one token; only the first file would
        count.
    为什么：id 在所有类型之间唯一，产品才能写成一个词；重复时只有第一个文件生效。
    Bad (partners/pet-care.yaml):
        kind: partner
        id: pet-care # here
        name: {zh: 示例宠物公司, en: Example pet company}
        owner: partner-team
        type: merchant
        contract: {from: 2026-01-01, until: 2029-12-31}
    Good (partners/paws-clinics.yaml):
        id: paws-clinics
    Source: docs/format.md
    """
    first: dict[str, str] = {}
    for source in checking.catalog.sources:
        if source.id is None or not source.data:
            continue
        if source.id not in first:
            first[source.id] = source.file
            continue
        locate = checking.catalog.locate
        yield Finding(
            DUPLICATE_ID,
            locate(source.file, ("id",), False),
            Text(f"id {source.id} 已被使用", f"The id {source.id} is taken"),
            Text("换一个 id，文件名也一起改", "choose another id, and rename the file with it"),
            source.id,
            (Related(locate(first[source.id], ("id",), False), Text("已用在这里", "taken here")),),
        )


def _parts(data: Any) -> Iterator[tuple[str, str, Path]]:
    """Every id inside a file: the lists that share a space of names, the id, its place."""
    spaces = {"core": "benefits", "benefits": "benefits", "clocks": "clocks", "policies": "policies"}
    for key, space in spaces.items():
        values = data.get(key)
        for index, value in enumerate(values if isinstance(values, list) else []):
            name = value.get("id") if isinstance(value, dict) else None
            if isinstance(name, str):
                yield space, name, (key, index, "id")


@check(DUPLICATE_PART)
def duplicate_part_id(checking: Checking) -> Iterable[Finding]:
    """Two benefits (or clocks, or policies) of one file have the same id.

    一个文件里两项权益（或时限、政策）用了同一个 id。

    Why: `ENTITY/BENEFIT` would mean both, so that groups, prices and pages could not tell them apart.
    为什么：`ENTITY/BENEFIT` 会同时指两项，相互作用组、价格和客户页面都分不清。
    Bad (campaigns/welcome.yaml):
        clocks:
          - {id: first-spend, start: approval, days: 60, goal: {zh: 首刷, en: first purchase}}
          - {id: first-spend, start: activation, days: 30, goal: {zh: 消费达标, en: spend enough}} # here
    Good (campaigns/welcome.yaml):
        clocks:
          - {id: first-spend, start: approval, days: 60, goal: {zh: 首刷, en: first purchase}}
          - {id: spend-target, start: activation, days: 30, goal: {zh: 消费达标, en: spend enough}}
    Source: docs/format.md
    """
    for source in checking.catalog.sources:
        first: dict[tuple[str, str], Path] = {}
        for space, name, path in _parts(source.data):
            earlier = first.setdefault((space, name), path)
            if earlier is not path:
                locate = checking.catalog.locate
                yield Finding(
                    DUPLICATE_PART,
                    locate(source.file, path, False),
                    Text(f"{name} 在这个文件里用了两次", f"{name} is used twice in this file"),
                    Text("换一个 id", "choose another id"),
                    source.id,
                    (Related(locate(source.file, earlier, False), Text("第一次在这里", "first here")),),
                )


@check(UNKNOWN_CLOCK)
def unknown_clock(checking: Checking) -> Iterable[Finding]:
    """A step runs by a clock that its campaign doesn't have.

    档位用的时限，活动里没有。

    Why: Nobody could say when the days begin to count.
    为什么：没有人说得清天数从哪一天算起。
    Bad (campaigns/welcome.yaml benefits/0/steps/0):
        clock: first-spent # here
    Good (campaigns/welcome.yaml benefits/0/steps/0):
        clock: first-spend
    Source: practice of card centres 信用卡中心实务
    """
    for source in checking.catalog.sources:
        clocks = {name for space, name, _ in _parts(source.data) if space == "clocks"}
        benefits = source.data.get("benefits")
        for index, benefit in enumerate(benefits if isinstance(benefits, list) else []):
            steps = benefit.get("steps") if isinstance(benefit, dict) else None
            for number, step in enumerate(steps if isinstance(steps, list) else []):
                clock = step.get("clock") if isinstance(step, dict) else None
                if not isinstance(clock, str) or clock in clocks:
                    continue
                close = nearest(clock, clocks) or sorted(clocks)
                hint = Text("在 clocks 里写上这个时限", "write it into the campaign's clocks")
                if close:
                    hint = Text(f"是不是 {'、'.join(close)}？", f"did you mean {' or '.join(close)}?")
                yield Finding(
                    UNKNOWN_CLOCK,
                    checking.catalog.locate(
                        source.file, ("benefits", index, "steps", number, "clock"), False
                    ),
                    Text(f"这里没有时限 {clock}", f"There is no clock {clock} here"),
                    hint,
                    source.id,
                )


@check(UNREADABLE_PRODUCT)
def unreadable_product(checking: Checking) -> Iterable[Finding]:
    """A saved product's expression can't be read.

    保存的产品的表达式读不懂。

    Why: Nobody can check, price or preview it.
    为什么：无法校验、定价或预览它。
    Bad (products/pet-lover.yaml):
        product: city-card+pet-car@gen-z # here
    Good (products/pet-lover.yaml):
        product: city-card+pet-care@gen-z
    Source: docs/guide.md
    """
    for name, saved in checking.catalog.products.items():
        try:
            parse(checking.catalog, saved.product)
        except CardkitError as error:
            broken = [part for part in _ids(saved.product) if part in checking.catalog.broken]
            if not broken:  # a part with faults of its own is said where they are
                yield Finding(
                    UNREADABLE_PRODUCT, checking.at(saved, "product"), error.message, error.hint, name
                )


def _ids(expression: str) -> list[str]:
    return expression.replace("@", "+").split("+")


@check(UNUSED)
def unused(checking: Checking) -> Iterable[Finding]:
    """Nothing in the catalog refers to a partner, points currency, usage or module group.

    目录里没有任何地方用到这个合作方、积分币种、使用项目或模块分组。

    Why: It may be a leftover, or something that should name it doesn't.
    为什么：可能是遗留下来的，也可能本该用到它的地方漏写了。
    Bad (partners/tea-house.yaml):
        kind: partner
        id: tea-house # here
        name: {zh: 示例茶馆, en: Example tea house}
        owner: partner-team
        type: merchant
        contract: {from: 2026-01-01, until: 2029-12-31}
    Good (partners/paws-clinics.yaml):
        type: provider
    Source: practice of card centres 信用卡中心实务
    """
    if checking.catalog.broken:
        return  # what a broken file would name can't be told
    used = {
        named.value
        for walked in checking.walks
        for named in walked.named
        if walked.source.kind != "segment" or "usage" not in named.kinds
    }
    used |= {part for source in checking.catalog.sources for part in _text_ids(source.data)}
    for source in checking.catalog.sources:
        if kind_of(source) == "partner" and source.id is not None and source.id not in used and source.data:
            yield Finding(
                UNUSED,
                checking.catalog.locate(source.file, ("id",), False),
                Text(f"没有任何地方用到合作方 {source.id}", f"Nothing names the partner {source.id}"),
                Text(
                    "在提供或付款的权益里写上它，或删掉文件",
                    "name it where it provides or pays, or remove the file",
                ),
                source.id,
            )
    settings = checking.settings
    if settings is None:
        return
    for kind in ("usage", "module-group", "points-currency"):
        key = VOCABULARY[kind]
        for name in getattr(settings, key):
            if name not in used:
                what = NAMES[kind]
                yield Finding(
                    UNUSED,
                    checking.catalog.setting_site(key, name, key=True),
                    Text(f"没有权益用到{what.zh} {name}", f"No benefit uses the {what.en} {name}"),
                    Text("删掉它，或在权益里用上", "remove it, or use it"),
                )


def _text_ids(data: Any) -> list[str]:
    product = data.get("product")
    return _ids(product) if isinstance(product, str) else []
