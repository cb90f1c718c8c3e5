"""CK4: what bundles and saved products come to: discounts that make sense, policies that are kept."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Code, Finding, Related, Severity, Site
from cardkit.ground.money import plain_number
from cardkit.ground.shape.figure import Figure
from cardkit.ground.text import Text
from cardkit.model.bundle import Bundle
from cardkit.model.expression import Product, parse
from cardkit.model.saved_product import SavedProduct
from cardkit.model.sellable import sellable_segments
from cardkit.model.settings import Policy
from cardkit.pricing.price import Price, price

BROKEN_POLICY = Code("CK407", "broken-policy", Severity.WARNING)
DISCOUNT = Code("CK408", "discount-exceeds-prices")
TIERS = Code("CK409", "discount-tiers-fall")


def _offers(checking: Checking) -> Iterator[tuple[str, Site, Product]]:
    """Bundles in their segments and saved products in theirs, each with the place to point at."""
    catalog = checking.catalog
    for bundle in checking.live(Bundle):
        modules = set(bundle.modules)
        if (
            bundle.card in catalog.cards
            and modules <= set(catalog.modules)
            and len(modules) == len(bundle.modules)
        ):
            for index, segment in enumerate(bundle.segments):
                if segment in catalog.segments:
                    product = Product(bundle.card, tuple(sorted(modules)), segment)
                    yield bundle.id, checking.at(bundle, "segments", index), product
    for saved in checking.live(SavedProduct):
        try:
            product = parse(catalog, saved.product).product
        except CardkitError:
            continue  # said by unreadable-product
        segments = (
            [product.segment] if product.segment else sellable_segments(catalog, product, checking.as_of)
        )
        for segment in segments:
            yield saved.id, checking.at(saved, "product"), product.to(segment)


MEASURES = {
    "contribution": Text("银行贡献", "contribution"),
    "customer-net": Text("客户净值", "customer net"),
    "benefit-cost-ratio": Text("权益成本占收入比", "benefit cost ÷ revenue"),
    "customer-pays": Text("客户支付", "what the customer pays"),
}


def measured(policy: Policy, priced: Price) -> Fraction | None:
    """The policy's measure of a price, in yuan or as a ratio; None where there is no revenue to divide by."""
    if policy.measure == "benefit-cost-ratio":
        return Fraction(priced.benefit_cost, priced.revenue) if priced.revenue > 0 else None
    fen = {
        "contribution": priced.contribution,
        "customer-net": priced.customer_net,
        "customer-pays": priced.customer_pays,
    }[policy.measure]
    return Fraction(fen, 100)


def _bound(checking: Checking, figure: Figure | None, segment: str) -> Fraction | None:
    entry = figure.on(checking.as_of, segment) if figure is not None else None
    return None if entry is None else entry.value


@check(BROKEN_POLICY)
def broken_policy(checking: Checking) -> Iterable[Finding]:
    """A bundle or saved product breaks a policy of the catalog.

    组合或保存的产品违反了目录的政策。

    Why: A policy is a promise about every product that may be sold, such as that none loses money; this one
        is offered by name and breaks it.
    为什么：政策是对每个可售产品的承诺，例如不做亏损产品；而这个产品是有名有姓地在卖。
    Bad (catalog.yaml policies/0):
        least: 500
    Bad (products/pet-lover.yaml):
        product: city-card+pet-care@gen-z # here
    Bad (bundles/pet-start.yaml):
        segments: [gen-z] # here
    Good (catalog.yaml policies/0):
        least: -100
    Source: practice of card centres 信用卡中心实务
    """
    settings = checking.settings
    if settings is None or not settings.policies:
        return
    for name, site, product in _offers(checking):
        try:
            priced = price(checking.day, product)
        except CardkitError:
            continue  # said by missing-figure or no-price
        except KeyError:
            if checking.has_unknown_ids:
                continue
            raise
        for index, policy in enumerate(settings.policies):
            segment = product.segment or ""
            if policy.segments and segment not in policy.segments:
                continue
            found = measured(policy, priced)
            least, most = _bound(checking, policy.least, segment), _bound(checking, policy.most, segment)
            if found is None or ((least is None or found >= least) and (most is None or found <= most)):
                continue
            low = least is not None and found < least
            bound = least if low else most
            assert bound is not None
            measure, is_money = MEASURES[policy.measure], policy.measure != "benefit-cost-ratio"
            digits = 2 if is_money else 4
            shown, against = plain_number(found, digits), plain_number(bound, digits)
            yield Finding(
                BROKEN_POLICY,
                site,
                Text(
                    f"{product} 的{measure.zh}是 {shown}，政策 {policy.id} 要求"
                    f"{'至少' if low else '最多'} {against}：{policy.reason.zh}",
                    f"{product}: {measure.en} is {shown}; the policy {policy.id} asks for "
                    f"{'at least' if low else 'at most'} {against}: {policy.reason.en}",
                ),
                Text(
                    "用 cardkit price --explain 看是哪一项",
                    "see which line it is with: cardkit price --explain",
                ),
                name,
                (
                    Related(
                        checking.catalog.setting_site("policies", index, "least" if low else "most"),
                        Text("政策在这里", "the policy is here"),
                    ),
                ),
            )


@check(DISCOUNT)
def discount_exceeds_prices(checking: Checking) -> Iterable[Finding]:
    """A bundle's discount is more than its modules cost.

    组合优惠比各模块标价之和还多。

    Why: The customer would be paid for taking the bundle.
    为什么：等于客户拿了组合还倒找钱。
    Bad (bundles/pet-start.yaml):
        discount: 200 # here
    Good (bundles/pet-start.yaml):
        discount: 40
    Source: docs/architecture.md
    """
    for bundle in checking.live(Bundle):
        modules = [checking.catalog.modules.get(name) for name in bundle.modules]
        prices = [module.price.on(checking.as_of) for module in modules if module is not None]
        discount = bundle.discount.on(checking.as_of)
        if discount is None or None in prices or len(prices) < len(bundle.modules):
            continue
        total = sum((entry.value for entry in prices if entry is not None), Fraction(0))
        if discount.value > total:
            shown = plain_number(total)
            yield Finding(
                DISCOUNT,
                checking.at(bundle, "discount"),
                Text(
                    f"优惠 {plain_number(discount.value)}，而模块标价合计只有 {shown}",
                    f"{plain_number(discount.value)} off, and the modules cost {shown} in all",
                ),
                Text(f"最多写 {shown}", f"write at most {shown}"),
                bundle.id,
            )


@check(TIERS)
def discount_tiers_fall(checking: Checking) -> Iterable[Finding]:
    """More paid modules earn a smaller multi-module discount, or a number stands twice.

    付费模块更多，多模块优惠反而更少；或同一个数写了两次。

    Why: The highest tier reached counts, so adding a module would take money away from the customer.
    为什么：取满足的最高一档，于是多加一个模块反而少优惠。
    Bad (catalog.yaml):
        multi_module_discounts:
          - {modules: 3, amount: 20}
          - {modules: 4, amount: 15} # here
    Good (catalog.yaml):
        multi_module_discounts:
          - {modules: 3, amount: 20}
          - {modules: 4, amount: 30}
    Source: docs/architecture.md
    """
    settings = checking.settings
    if settings is None:
        return
    tiers = sorted(enumerate(settings.multi_module_discounts), key=lambda each: each[1].modules)
    for (_, lower), (index, higher) in pairwise(tiers):
        before, after = lower.amount.on(checking.as_of), higher.amount.on(checking.as_of)
        same = lower.modules == higher.modules
        if before is None or after is None or (after.value >= before.value and not same):
            continue
        yield Finding(
            TIERS,
            checking.catalog.setting_site("multi_module_discounts", index, "modules" if same else "amount"),
            Text(
                f"{higher.modules} 个模块这一档写了两次", f"The tier of {higher.modules} modules stands twice"
            )
            if same
            else Text(
                f"{higher.modules} 个模块优惠 {plain_number(after.value)}，比 {lower.modules} 个模块的"
                f" {plain_number(before.value)} 少",
                f"{higher.modules} modules earn {plain_number(after.value)}, less than the "
                f"{plain_number(before.value)} of {lower.modules}",
            ),
            Text("档位越高，优惠越多", "let the amounts rise with the number of modules"),
        )
