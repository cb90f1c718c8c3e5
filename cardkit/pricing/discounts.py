"""Module fees, and what bundles and several modules take off them."""

from collections.abc import Iterable
from fractions import Fraction

from cardkit.ground.text import Text
from cardkit.model.bundle import Bundle
from cardkit.model.catalog import Catalog
from cardkit.model.entity import active
from cardkit.model.module import Module
from cardkit.model.settings import MultiModuleDiscount
from cardkit.pricing.lines import Terms
from cardkit.pricing.setting import Day, RealSetting


def module_fee_terms(module: Module, setting: RealSetting) -> Terms:
    """List price × collection."""
    at = setting.line(module, f"{module.id} @{setting.segment.id}")
    fee = at.read(module, "price") * at.market("collection")
    name = module.name + Text("·年费", " · fee")
    return _fee(f"{module.id}/fee", module.id, name, fee, at)


def bundle_terms(bundle: Bundle, setting: RealSetting) -> Terms:
    """What one bundle takes off the list prices, times collection."""
    at = setting.line(bundle, bundle.id)
    off = at.read(bundle, "discount") * at.market("collection")
    return _fee(f"{bundle.id}/discount", bundle.id, bundle.name + Text("·优惠", " · discount"), -off, at)


def bundles_in(card: str, modules: Iterable[str], day: Day) -> tuple[Bundle, ...]:
    """The bundles on sale whose card and modules are all in a product."""
    has = set(modules)
    return tuple(
        bundle
        for bundle in day.catalog.bundles.values()
        if active(bundle, day.as_of) and bundle.card == card and has.issuperset(bundle.modules)
    )


def is_paid(module: Module, setting: RealSetting) -> bool:
    """Whether a module counts for the multi-module discount: its list price isn't zero."""
    return setting.aside().of(module).read(module, "price") > 0


def tier_reached(catalog: Catalog, paid: int) -> MultiModuleDiscount | None:
    """The highest tier of the multi-module discount that so many paid modules reach; None below the first."""
    reached = [tier for tier in catalog.settings.multi_module_discounts if tier.modules <= paid]
    return max(reached, key=lambda tier: tier.modules, default=None)


def tier_terms(tier: MultiModuleDiscount, setting: RealSetting) -> Terms:
    """The multi-module discount of one tier, times collection."""
    at = setting.line(setting.holder, "multi_module_discounts")
    off = at.read(tier, "amount")
    if not off:
        return Terms()
    name = Text("多模块优惠", "multi-module discount")
    fee = -off * at.market("collection")
    return _fee("multi-module-discount", setting.catalog.settings.id, name, fee, at)


def _fee(line: str, source: str, name: Text, fee: Fraction, at: RealSetting) -> Terms:
    terms = Terms()
    if fee:
        terms.revenue(line, source, name, fee, at.aside().market("vat"), at.steps or ())
        terms.pays(line, source, name, fee)
    return terms
