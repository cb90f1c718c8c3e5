"""CK4: discounts that make sense, for bundles and for several modules."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.ground.finding import Code, Finding
from cardkit.ground.money import plain_number
from cardkit.ground.text import Text
from cardkit.model.bundle import Bundle

DISCOUNT = Code("CK408", "discount-exceeds-prices")
TIERS = Code("CK409", "discount-tiers-fall")


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
