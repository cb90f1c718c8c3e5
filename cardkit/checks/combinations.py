"""CK3: cards, modules, bundles, saved products and segments that can be sold at all."""

from collections.abc import Iterable

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.combine.sellable import refusals, sellable_segments
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Code, Finding, Related, Severity
from cardkit.ground.text import Text
from cardkit.mechanics.cashback import Cashback
from cardkit.mechanics.earn import Earn
from cardkit.mechanics.redeem import Redeem
from cardkit.model.bundle import Bundle
from cardkit.model.expression import Product, parse
from cardkit.model.refusal import Refusal

NO_CORE = Code("CK305", "card-without-core")
UNSELLABLE_BUNDLE = Code("CK306", "unsellable-bundle")
UNSELLABLE_PRODUCT = Code("CK307", "unsellable-product", Severity.WARNING)
OVERLAPPING_BUNDLES = Code("CK310", "overlapping-bundles", Severity.WARNING)
NO_ROOM = Code("CK311", "module-without-card")
NOTHING_TO_SELL = Code("CK312", "nothing-to-sell")


@check(NO_CORE)
def card_without_core(checking: Checking) -> Iterable[Finding]:
    """A card's core lacks cashback, points, or a way to redeem them.

    卡的核心权益里缺少返现、积分或积分兑换。

    Why: Every base card has two core rights that can't be removed, cashback and points with redemption,
        unless core_rights in catalog.yaml names one of them alone; points that nothing can be had for are
        worth nothing.
    为什么：每张基础卡都有不可移除的两项核心权益：返现，以及能兑换的积分（catalog.yaml 的 core_rights
        可以只要其中一项）；不能兑换的积分一文不值。
    Bad (cards/gold-card.yaml):
        core: # here
          - id: core-cashback
            mechanic: cashback
            name: {zh: 餐饮返现, en: Dining cashback}
            rate: 0.5%
            scope: {categories: [dining]}
            limits:
              - {metric: reward, most: 10, period: calendar-month}
    Good (cards/gold-card.yaml):
        tier: gold
    Source: docs/guide.md
    """
    settings = checking.settings
    if settings is None:
        return
    points = (Earn, Text("积分", "points")), (Redeem, Text("积分兑换", "redemption of points"))
    of_right = {"cashback": ((Cashback, Text("消费返现", "cashback")),), "points": points}
    wanted = [each for right in settings.core_rights for each in of_right[right]]
    for card in checking.catalog.cards.values():
        lacking = [name for kind, name in wanted if not any(isinstance(right, kind) for right in card.core)]
        if lacking:
            names = Text("、".join(name.zh for name in lacking), ", ".join(name.en for name in lacking))
            yield Finding(
                NO_CORE,
                checking.at(card, "core", key=True),
                Text(f"核心权益里没有{names.zh}", f"The core has no {names.en}"),
                Text(
                    "在 core 里补上；整个目录都不要的，改 catalog.yaml 的 core_rights",
                    "add it to the core, or change core_rights in catalog.yaml for all cards",
                ),
                card.id,
            )


def _related(checking: Checking, refused: Iterable[Refusal]) -> tuple[Related, ...]:
    return tuple(
        Related(checking.catalog.site(refusal.entity, *refusal.path), refusal.reason) for refusal in refused
    )


def _quoted(refused: Iterable[Refusal]) -> Text:
    parts = list(dict.fromkeys((refusal.rule, refusal.reason) for refusal in refused))
    return Text(
        "；".join(f"{reason.zh}（{rule}）" for rule, reason in parts),
        "; ".join(f"{reason.en} ({rule})" for rule, reason in parts),
    )


@check(UNSELLABLE_BUNDLE)
def unsellable_bundle(checking: Checking) -> Iterable[Finding]:
    """A bundle may not be sold in a segment that it is made for.

    组合在它面向的客群里不能卖。

    Why: The bank has put it together and may not offer it; a rule, the card's slots or a date is in the way.
    为什么：银行预先组好了，却不能提供：被规则、卡片槽位或日期挡住了。
    Bad (modules/lounge-pass.yaml):
        eligible_segments: [senior]
    Bad (bundles/pet-start.yaml):
        segments: [gen-z] # here
    Good (modules/lounge-pass.yaml):
        eligible_segments: [senior, gen-z]
    Source: practice of card centres 信用卡中心实务
    """
    for bundle in checking.live(Bundle):
        if bundle.card not in checking.catalog.cards or not set(bundle.modules) <= set(
            checking.catalog.modules
        ):
            continue
        if len(set(bundle.modules)) < len(bundle.modules):
            continue
        for index, segment in enumerate(bundle.segments):
            if segment not in checking.catalog.segments:
                continue
            product = Product(bundle.card, tuple(sorted(bundle.modules)), segment)
            refused = refusals(checking.catalog, product, checking.as_of)
            if refused:
                why = _quoted(refused)
                yield Finding(
                    UNSELLABLE_BUNDLE,
                    checking.at(bundle, "segments", index),
                    Text(
                        f"{bundle.id} 不能卖给 {segment}：{why.zh}",
                        f"{bundle.id} may not be sold to {segment}: {why.en}",
                    ),
                    Text("换掉冲突的模块或卡，或修改规则", "change its modules or card, or the rule"),
                    bundle.id,
                    _related(checking, refused),
                )


@check(UNSELLABLE_PRODUCT)
def unsellable_product(checking: Checking) -> Iterable[Finding]:
    """A saved product may not be sold.

    保存的产品不能卖。

    Why: Somebody saved it to find it again; what forbids it now may be news to them.
    为什么：有人保存它是为了再用；现在被什么挡住了，他未必知道。
    Bad (products/pet-lover.yaml):
        product: city-card+pet-care+lounge-pass+card-security+study-instalments@gen-z # here
    Good (products/pet-lover.yaml):
        product: city-card+pet-care+lounge-pass@gen-z
    Source: docs/guide.md
    """
    for saved in checking.catalog.products.values():
        if saved.status in ("draft", "retired"):
            continue
        try:
            product = parse(checking.catalog, saved.product).product
        except CardkitError:
            continue  # said by unreadable-product
        refused = refusals(checking.catalog, product, checking.as_of)
        nowhere = product.segment is None and not sellable_segments(checking.catalog, product, checking.as_of)
        if not refused and nowhere and checking.catalog.segments:
            segment = next(iter(checking.catalog.segments))
            refused = refusals(checking.catalog, product.to(segment), checking.as_of)
        if refused:
            why = _quoted(refused)
            yield Finding(
                UNSELLABLE_PRODUCT,
                checking.at(saved, "product"),
                Text(f"{product} 不能卖：{why.zh}", f"{product} may not be sold: {why.en}"),
                Text(
                    "用 cardkit check 看最近的可售产品，或写 status: retired",
                    "see the nearest that may be sold with cardkit check, or write status: retired",
                ),
                saved.id,
                _related(checking, refused),
            )


@check(OVERLAPPING_BUNDLES)
def overlapping_bundles(checking: Checking) -> Iterable[Finding]:
    """One product can earn the discounts of two bundles for the same module.

    一个产品能为同一个模块同时得到两个组合的优惠。

    Why: A product that contains both bundles gets both discounts, so a module may be sold below its price
        twice; nobody may have meant that.
    为什么：同时包含两个组合的产品会得到两份优惠，同一个模块被减了两次，未必是本意。
    Bad (bundles/safe-pets.yaml):
        kind: bundle
        id: safe-pets
        name: {zh: 爱宠安心组合, en: Pet and cover bundle}
        owner: family-team
        valid: {from: 2026-01-01, until: 2028-12-31}
        card: city-card
        modules: [pet-care, card-security] # here
        segments: [gen-z]
        discount: 10
    Good (bundles/pet-start.yaml):
        modules: [pet-care, lounge-pass]
    Source: docs/architecture.md
    """
    by_module: dict[tuple[str, str], list[Bundle]] = {}
    said: set[tuple[str, str]] = set()
    for bundle in checking.live(Bundle):
        for module in dict.fromkeys(bundle.modules):
            others = by_module.setdefault((bundle.card, module), [])
            for other in others[:3]:
                if (other.id, bundle.id) in said or not set(bundle.segments) & set(other.segments):
                    continue
                said.add((other.id, bundle.id))
                if not _fit(checking, bundle, other):
                    continue
                yield Finding(
                    OVERLAPPING_BUNDLES,
                    checking.at(bundle, "modules"),
                    Text(
                        f"{module} 也在组合 {other.id} 里，同时买齐两个组合会优惠两次",
                        f"{module} is in the bundle {other.id} too; a product with both earns both discounts",
                    ),
                    Text(
                        "用规则让两个组合不能并存，或核对两份优惠之和",
                        "keep them apart by a rule, or check the sum of both",
                    ),
                    bundle.id,
                    (Related(checking.at(other, "modules"), Text("另一个组合", "the other bundle")),),
                )
            others.append(bundle)


def _fit(checking: Checking, one: Bundle, other: Bundle) -> bool:
    """Whether the modules of two bundles may be sold as one product."""
    catalog = checking.catalog
    modules = tuple(sorted({*one.modules, *other.modules}))
    if one.card not in catalog.cards or not set(modules) <= set(catalog.modules):
        return False
    shared = [name for name in one.segments if name in other.segments and name in catalog.segments]
    return any(not refusals(catalog, Product(one.card, modules, name), checking.as_of) for name in shared)


@check(NO_ROOM)
def module_without_card(checking: Checking) -> Iterable[Finding]:
    """No card can take a module: none has the slots, is allowed, and is sold to the module's segments.

    没有一张卡能装下这个模块：槽位不够、规则不允许，或客群对不上。

    Why: The module is on sale and nobody can ever have it.
    为什么：模块在售，却没有人能拥有它。
    Bad (modules/card-security.yaml):
        slots: 5 # here
    Good (modules/card-security.yaml):
        slots: 1
    Source: practice of card centres 信用卡中心实务
    """
    for module in checking.catalog.modules.values():
        if module.status == "retired" or not checking.catalog.cards or not checking.catalog.segments:
            continue
        segments = checking.together.segments(module)
        cards = checking.together.cards(module)
        if any(segments & checking.together.segments(checking.catalog.cards[name]) for name in cards):
            continue
        most = max(card.slots for card in checking.catalog.cards.values())
        if module.slots > most:
            site, why = (
                checking.at(module, "slots"),
                Text(
                    f"占 {module.slots} 个槽位，最多的卡只有 {most} 个",
                    f"It takes {module.slots} slots, and no card has more than {most}",
                ),
            )
        elif not cards:
            site, why = (
                checking.at(module, "id"),
                Text("规则不允许任何一张卡装它", "The rules allow it on no card"),
            )
        else:
            site, why = (
                checking.at(module, "eligible_segments"),
                Text("能装它的卡都不卖给它的客群", "No card that can take it is sold to its segments"),
            )
        yield Finding(
            NO_ROOM,
            site,
            Text(f"没有一张卡能加 {module.id}：{why.zh}", f"No card can have {module.id}. {why.en}"),
            Text(
                "减少 slots，或放宽卡、客群或规则",
                "lower its slots, or widen the cards, the segments or the rule",
            ),
            module.id,
        )


@check(NOTHING_TO_SELL)
def nothing_to_sell(checking: Checking) -> Iterable[Finding]:
    """No card may be sold to a segment.

    没有一张卡能卖给这个客群。

    Why: The segment has nothing to buy: every card is closed to it, too old for it, or not on sale.
    为什么：这个客群没有东西可买：每张卡都不面向它、年龄不符，或不在售。
    Bad (cards/city-card.yaml):
        eligible_segments: [gen-z]
    Bad (cards/gold-card.yaml):
        eligible_segments: [gen-z]
    Bad (segments/senior.yaml):
        reference_card: gold-card
        id: senior # here
    Good (cards/city-card.yaml):
        eligible_segments: [gen-z, senior]
    Source: practice of card centres 信用卡中心实务
    """
    catalog = checking.catalog
    for segment in catalog.segments.values():
        if segment.status in ("draft", "retired") or not catalog.cards:
            continue
        cards = (card for card in catalog.cards.values() if card.status in ("live", "pilot"))
        if not any(not refusals_of_card(checking, card.id, segment.id) for card in cards):
            yield Finding(
                NOTHING_TO_SELL,
                checking.at(segment, "id"),
                Text("没有一张卡能卖给这个客群", "No card may be sold to this segment"),
                Text("在一张卡的 eligible_segments 里加上它", "add it to a card's eligible_segments"),
                segment.id,
            )


def refusals_of_card(checking: Checking, card: str, segment: str) -> tuple[Refusal, ...]:
    """What of the card itself forbids it in a segment; rules that ask for modules don't count."""
    found = refusals(checking.catalog, Product(card, (), segment), checking.as_of)
    return tuple(refusal for refusal in found if refusal.entity == card)
