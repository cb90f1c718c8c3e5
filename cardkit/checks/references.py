"""CK2: what a file refers to exists, and is what it should be. Broken files are checked too."""

from collections.abc import Iterable, Iterator

from cardkit.checks.base import check
from cardkit.checks.checking import VOCABULARY, Checking
from cardkit.checks.walk import FileWalk, Named
from cardkit.ground.finding import Code, Finding, Related, Severity
from cardkit.ground.text import Text
from cardkit.model.expression import nearest
from cardkit.model.kinds import KIND_OF_WORD

UNKNOWN_ID = Code("CK201", "unknown-id")
WRONG_KIND = Code("CK202", "wrong-kind")
UNKNOWN_BENEFIT = Code("CK205", "unknown-benefit")
REPEATED_REFERENCE = Code("CK210", "repeated-reference", Severity.WARNING)

NAMES = {
    "category": Text("消费类别", "category of spend"),
    "usage": Text("使用项目", "usage"),
    "module-group": Text("模块分组", "module group"),
    "points-currency": Text("积分币种", "points currency"),
    "payer": Text("付款方", "payer"),
} | {word: kind.name for word, kind in KIND_OF_WORD.items()}


def _actual_kind(checking: Checking, name: str) -> str | None:
    for kind, names in checking.ids_of_kind.items():
        if names is not None and name in names:
            return kind
    return None


def _named(kinds: tuple[str, ...]) -> Text:
    names = [NAMES[kind] for kind in kinds]
    return Text("或".join(name.zh for name in names), " or ".join(name.en for name in names))


def _candidates(checking: Checking, kinds: tuple[str, ...]) -> set[str]:
    return {name for kind in kinds for name in checking.ids_of_kind[kind] or ()}


def _did_you_mean(name: str, known: set[str], kinds: tuple[str, ...]) -> Text:
    close = nearest(name, known)
    if close:
        return Text(f"是不是 {'、'.join(close)}？", f"did you mean {' or '.join(close)}?")
    if len(known) and len(known) <= 12:
        listed = ", ".join(sorted(known))
        return Text(f"现有：{listed}", f"there are: {listed}")
    keys = [VOCABULARY[kind] for kind in kinds if kind in VOCABULARY]
    if keys:
        return Text(f"在 catalog.yaml 的 {keys[0]} 里加上它", f"add it to {keys[0]} in catalog.yaml")
    folder = KIND_OF_WORD[kinds[0]].folder
    return Text(
        f"新建 {folder}/{name}.yaml，或改成已有的 id", f"add {folder}/{name}.yaml, or name one that exists"
    )


@check(UNKNOWN_ID)
def unknown_id(checking: Checking) -> Iterable[Finding]:
    """A file refers to something that the catalog doesn't have.

    文件引用了目录里没有的东西。

    Why: Nothing stands behind the id, so a rule would never hold, a share would be paid by nobody, a segment
        would never be reached.
    为什么：id 后面什么都没有：规则永远不会生效，分摊没有人付，客群永远触达不到。
    Bad (modules/pet-care.yaml):
        partner: paw-clinic # here
    Good (modules/pet-care.yaml):
        partner: paws-clinics
    Source: docs/format.md
    """
    for walked, named in checking.dangling:
        if _actual_kind(checking, named.value) is not None:
            continue
        what = _named(named.kinds)
        yield Finding(
            UNKNOWN_ID,
            checking.catalog.locate(walked.source.file, named.path, named.on_key),
            Text(f"目录里没有{what.zh} {named.value}", f"There is no {what.en} {named.value} in the catalog"),
            _did_you_mean(named.value, _candidates(checking, named.kinds), named.kinds),
            walked.source.id,
        )


@check(WRONG_KIND)
def wrong_kind(checking: Checking) -> Iterable[Finding]:
    """A reference names something that exists, but is of another kind.

    引用的东西存在，但类型不对。

    Why: Each place takes one kind of thing: a bundle holds modules, a benefit is for segments. Anything else
        would be ignored.
    为什么：每个位置只接受一类东西：组合里放模块，权益面向客群。其他类型会被忽略。
    Bad (bundles/pet-start.yaml):
        modules: [pet-care, gen-z] # here
    Good (bundles/pet-start.yaml):
        modules: [pet-care, lounge-pass]
    Source: docs/format.md
    """
    for walked, named in checking.dangling:
        actual = _actual_kind(checking, named.value)
        if actual is None:
            continue
        what, other = _named(named.kinds), NAMES[actual]
        source = checking.catalog.source_of.get(named.value)
        related: tuple[Related, ...] = ()
        if source is not None:
            site = checking.catalog.locate(source.file, ("kind",), False)
            related = (Related(site, Text(f"{named.value} 在这里", f"{named.value} is here")),)
        yield Finding(
            WRONG_KIND,
            checking.catalog.locate(walked.source.file, named.path, named.on_key),
            Text(
                f"{named.value} 是{other.zh}，这里要{what.zh}",
                f"{named.value} is a {other.en}; a {what.en} must stand here",
            ),
            _did_you_mean(named.value, _candidates(checking, named.kinds), named.kinds),
            walked.source.id,
            related,
        )


def _benefit_ids(checking: Checking) -> tuple[dict[str, set[str]], set[str]]:
    """Benefit ids by holder, from plain data, and holders whose can't be told; `card` is all cards."""
    found: dict[str, set[str]] = {"card": set()}
    incomplete: set[str] = set()
    for walked in checking.walks:
        source = walked.source
        if source.id is None:
            continue
        rights = [source.data.get(key) for key in ("core", "benefits")]
        if source.id in checking.catalog.broken and not any(isinstance(listed, list) for listed in rights):
            incomplete.add(source.id)  # its benefits are missing, and that is said there
        names = {
            benefit["id"]
            for listed in rights
            for benefit in (listed if isinstance(listed, list) else [])
            if isinstance(benefit, dict) and isinstance(benefit.get("id"), str)
        }
        found.setdefault(source.id, set()).update(names)
        if source.id in (checking.ids_of_kind["card"] or ()):
            found["card"] |= names
    return found, incomplete


def _to_benefits(checking: Checking) -> Iterator[tuple[FileWalk, Named]]:
    for walked in checking.walks:
        for named in walked.named:
            if not named.kinds:
                yield walked, named


@check(UNKNOWN_BENEFIT)
def unknown_benefit(checking: Checking) -> Iterable[Finding]:
    """A group or pack names a benefit that nobody grants.

    相互作用组或共享包写了一项没有人给的权益。

    Why: The members that are left would be priced as if they stood alone, so the shared cap or the better of
        two would silently not apply.
    为什么：剩下的成员会按单独存在来定价，共同上限或“取最优”就无声地失效了。
    Bad (rules/days-out.yaml):
        kind: interaction
        id: days-out
        name: {zh: 出行与宠物, en: Days out}
        owner: travel-team
        how: accumulate
        members: [lounge-pass/lounges, pet-care/clinic-discount] # here
        reason: {zh: 两项都给, en: both count}
    Good (rules/days-out.yaml):
        kind: interaction
        id: days-out
        name: {zh: 出行与宠物, en: Days out}
        owner: travel-team
        how: accumulate
        members: [lounge-pass/lounge, pet-care/clinic-discount]
        reason: {zh: 两项都给, en: both count}
    Source: docs/architecture.md
    """
    known, incomplete = _benefit_ids(checking)
    for walked, named in _to_benefits(checking):
        holder, slash, benefit = named.value.partition("/")
        if not slash or holder in checking.unreadable:
            continue
        if holder in incomplete or benefit in known.get(holder, ()):
            continue
        candidates = {f"{holder}/{name}" for name in known.get(holder, ())}
        candidates |= {f"{name}/{benefit}" for name, benefits in known.items() if benefit in benefits}
        close = nearest(named.value, candidates) or sorted(candidates)[:3]
        hint = Text("写成 ENTITY/BENEFIT", "write ENTITY/BENEFIT, or card/BENEFIT")
        if close:
            hint = Text(f"是不是 {'、'.join(close)}？", f"did you mean {' or '.join(close)}?")
        message = Text(f"{holder} 没有权益 {benefit}", f"{holder} has no benefit {benefit}")
        if holder == "card":
            message = Text(f"没有一张卡有权益 {benefit}", f"No card has a benefit {benefit}")
        elif holder not in known:
            message = Text(f"目录里没有 {holder}", f"There is no {holder} in the catalog")
        yield Finding(
            UNKNOWN_BENEFIT,
            checking.catalog.locate(walked.source.file, named.path, named.on_key),
            message,
            hint,
            walked.source.id,
        )


@check(REPEATED_REFERENCE)
def repeated_reference(checking: Checking) -> Iterable[Finding]:
    """A list names the same thing twice.

    列表里把同一个东西写了两次。

    Why: The second one has no effect; usually another id was meant.
    为什么：第二次不起作用，多半是想写另一个 id。
    Bad (bundles/pet-start.yaml):
        modules: [pet-care, lounge-pass, pet-care] # here
    Good (bundles/pet-start.yaml):
        modules: [pet-care, lounge-pass]
    Source: docs/guide.md
    """
    for walked in checking.walks:
        seen: dict[tuple[object, ...], Named] = {}
        for named in walked.named:
            if named.on_key or not named.path or not isinstance(named.path[-1], int):
                continue
            mark = (*named.path[:-1], named.value)
            first = seen.setdefault(mark, named)
            if first is not named:
                locate, file = checking.catalog.locate, walked.source.file
                yield Finding(
                    REPEATED_REFERENCE,
                    locate(file, named.path, False),
                    Text(f"{named.value} 写了两次", f"{named.value} stands here twice"),
                    Text("删掉一个，或换成想写的 id", "leave one out, or write the id that was meant"),
                    walked.source.id,
                    (Related(locate(file, first.path, False), Text("第一次在这里", "first here")),),
                )
