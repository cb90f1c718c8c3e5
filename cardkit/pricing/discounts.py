"""Module fees, and what bundles and several modules take off them."""

from dataclasses import replace
from fractions import Fraction

from cardkit.ground.text import Text
from cardkit.model.bundle import Bundle
from cardkit.model.expression import Product
from cardkit.model.module import Module
from cardkit.model.sellable import active
from cardkit.pricing.lines import Terms
from cardkit.pricing.setting import RealSetting


def module_fee_terms(module: Module, setting: RealSetting) -> Terms:
    """List price × collection."""
    at = replace(setting, holder=module, needed_by=f"{module.id} @{setting.segment.id}", steps=[])
    fee = at.read(module, "price") * at.market("collection")
    name = module.name + Text("·年费", " · fee")
    return _fee(f"{module.id}/fee", module.id, name, fee, at)


def discount_terms(product: Product, setting: RealSetting) -> Terms:
    """Every bundle whose card and modules the product has, and the multi-module discount it reaches."""
    terms = Terms()
    for bundle in bundles_in(product, setting):
        at = replace(setting, holder=bundle, needed_by=bundle.id, steps=[])
        off = at.read(bundle, "discount") * at.market("collection")
        terms.add(
            _fee(f"{bundle.id}/discount", bundle.id, bundle.name + Text("·优惠", " · discount"), -off, at)
        )
    at = replace(setting, needed_by="multi_module_discounts", steps=[])
    off = _multi_module(product, at)
    if off:
        off *= at.market("collection")
        name = Text("多模块优惠", "multi-module discount")
        terms.add(_fee("multi-module-discount", setting.catalog.settings.id, name, -off, at))
    return terms


def bundles_in(product: Product, setting: RealSetting) -> tuple[Bundle, ...]:
    """The bundles on sale whose card and modules are all in a product."""
    has = set(product.modules)
    return tuple(
        bundle
        for bundle in setting.catalog.bundles.values()
        if active(bundle, setting.day.as_of)
        and bundle.card == product.card
        and has.issuperset(bundle.modules)
    )


def _multi_module(product: Product, at: RealSetting) -> Fraction:
    """The discount of the highest number of paid modules reached; 0 below the first."""
    quiet = replace(at, steps=[])
    modules = [at.catalog.modules[name] for name in product.modules]
    paid = sum(quiet.read(module, "price") > 0 for module in modules)
    reached = [tier for tier in at.catalog.settings.multi_module_discounts if tier.modules <= paid]
    if not reached:
        return Fraction(0)
    return at.read(max(reached, key=lambda tier: tier.modules), "amount")


def _fee(line: str, source: str, name: Text, fee: Fraction, at: RealSetting) -> Terms:
    terms = Terms()
    if fee:
        terms.revenue(line, source, name, fee, replace(at, steps=[]).market("vat"), at.steps)
        terms.pays(line, source, name, fee)
    return terms
