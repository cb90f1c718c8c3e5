"""What the customer pays: fees, module prices, discounts, insurance, each with what waives or changes it."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from cardkit.ground.shape.figure import Figure
from cardkit.ground.text import Text
from cardkit.mechanics.fee_waiver import FEES, FeeWaiver
from cardkit.mechanics.instalment import Instalment
from cardkit.mechanics.insurance import Insurance
from cardkit.mechanics.voucher import Voucher
from cardkit.mechanics.wording import rate, yuan
from cardkit.model.bundle import Bundle
from cardkit.model.entity import active
from cardkit.model.module import Module
from cardkit.model.settings import MultiModuleDiscount
from cardkit.preview.held import Page
from cardkit.preview.public import public_face
from cardkit.preview.rights import speaking_of
from cardkit.preview.sheet import FeeLine
from cardkit.preview.wording import day, quoted, sentence

Say = Callable[[Fraction], Text]


def fee_lines(page: Page) -> tuple[FeeLine, ...]:
    """Every fee in the order of a bill: the card, its modules, what comes off, the rest."""
    return tuple(_lines(page))


def _lines(page: Page) -> Iterator[FeeLine]:
    card = page.card
    total = Fraction(0)
    with speaking_of(card.id):
        fee = page.words.value(card.annual_fee)
        notes = (*waivers("annual", page), *_changes(card.annual_fee, page, a_year))
        name = Text(f"{card.name.zh}年费", f"{card.name.en}: annual fee")
        yield FeeLine("card", name, a_year(fee), notes)
    total += fee
    for module in page.modules:
        with speaking_of(module.id):
            price = page.words.value(module.price)
            notes = (*_costs_below(module, page), *_changes(module.price, page, a_year))
            yield FeeLine("module", module.name, a_year(price), notes)
        total += price
    for line, off in _discounts(page):
        yield line
        total -= off
    if page.modules:
        yield FeeLine("total", Text("每年合计", "All of these a year"), a_year(total), _before_waivers(page))
    yield from _other_fees(page)
    yield from _bought_rights(page)


def a_year(amount: Fraction) -> Text:
    """300 元/年 / CNY 300 a year; 不收 / no charge for nothing."""
    if amount == 0:
        return Text("不收", "no charge")
    shown = yuan(abs(amount))
    sign = "−" if amount < 0 else ""
    return Text(f"{sign}{shown.zh}/年", f"{sign}{shown.en} a year")


def taken_off(amount: Fraction) -> Text:
    """−40 元/年 / −CNY 40 a year."""
    return a_year(-amount) if amount else Text("无", "none")


def waivers(fee: str, page: Page) -> tuple[Text, ...]:
    """The sentences of the rights that waive a fee."""
    return tuple(
        sentence(held.right.promise(page.words_for(held)))
        for held in page.held
        if isinstance(held.right, FeeWaiver) and held.right.fee == fee and held.usable
    )


def _changes(figure: Figure, page: Page, say: Say) -> tuple[Text, ...]:
    """Changes that the catalog already dates: 自2027年1月1日起 360 元/年."""
    found = []
    for entry in figure.entries:
        if entry.since is not None and entry.since > page.as_of:
            since, amount = day(entry.since), say(entry.value)
            found.append(Text(f"自{since.zh}起：{amount.zh}", f"From {since.en}: {amount.en}"))
    return tuple(found)


def _costs_below(module: Module, page: Page) -> tuple[Text, ...]:
    """What its rights may cost beyond a module's price, so that “no charge” isn't misread."""
    found: list[Text] = []
    for held in page.held:
        if held.holder.id != module.id:
            continue
        right, words = held.right, page.words_for(held)
        if isinstance(right, Instalment) and any(rate.interest for rate in right.annual_rates(words)):
            found.append(Text("分期利息另列于下", "Interest on instalments is shown below"))
        bought = isinstance(right, Insurance) and words.value(right.customer_price) != 0
        if bought or (isinstance(right, Voucher) and right.customer_price is not None):
            found.append(Text("自愿购买的项目另列于下", "What you may choose to buy is shown below"))
    return tuple(dict.fromkeys(found))


def _before_waivers(page: Page) -> tuple[Text, ...]:
    if waivers("annual", page):
        return (
            Text(
                "年费减免前；不含自愿购买的项目和利息",
                "Before the annual fee is waived; without what you choose to buy, and without interest",
            ),
        )
    return (Text("不含自愿购买的项目和利息", "Without what you choose to buy, and without interest"),)


def _discounts(page: Page) -> Iterator[tuple[FeeLine, Fraction]]:
    """Every bundle whose card and modules the product has, and the multi-module discount it reaches."""
    for bundle in bundles_in(page):
        with speaking_of(bundle.id):
            off = page.words.value(bundle.discount)
            if off:
                notes = _changes(bundle.discount, page, taken_off)
                name = Text(
                    f"{quoted(bundle.name).zh}组合优惠", f"Discount of the bundle {quoted(bundle.name).en}"
                )
                yield FeeLine("discount", name, taken_off(off), notes), off
    tier = _multi_module(page)
    if tier is not None:
        with speaking_of("multi_module_discounts"):
            off = page.words.value(tier.amount)
            if off:
                notes = _changes(tier.amount, page, taken_off)
                yield (
                    FeeLine("discount", Text("多模块优惠", "Multi-module discount"), taken_off(off), notes),
                    off,
                )


def bundles_in(page: Page) -> tuple[Bundle, ...]:
    """The public faces of the bundles on sale whose card and modules are all in the product."""
    has = set(page.product.modules)
    return tuple(
        public_face(bundle)
        for bundle in page.catalog.bundles.values()
        if active(bundle, page.as_of) and bundle.card == page.product.card and has.issuperset(bundle.modules)
    )


def _multi_module(page: Page) -> MultiModuleDiscount | None:
    """The tier of the highest number of paid modules reached."""
    paid = sum(page.words.value(module.price) > 0 for module in page.modules)
    reached = [tier for tier in page.catalog.settings.multi_module_discounts if tier.modules <= paid]
    return public_face(max(reached, key=lambda tier: tier.modules)) if reached else None


def _other_fees(page: Page) -> Iterator[FeeLine]:
    """The foreign-exchange markup."""

    def of_purchases(share: Fraction) -> Text:
        if share == 0:
            return a_year(share)
        return rate(share)

    figure = page.card.fx_markup
    with speaking_of(page.card.id):
        share = page.words.value(figure)
        base = (Text("按外币消费金额收取", "Of purchases in foreign currencies"),) if share else ()
        notes = (*base, *waivers("fx-markup", page), *_changes(figure, page, of_purchases))
        yield FeeLine("rate", sentence(FEES["fx-markup"]), of_purchases(share), notes)


def _bought_rights(page: Page) -> Iterator[FeeLine]:
    """Insurance and vouchers that the customer pays for, each by choice."""
    for held in page.held:
        right = held.right
        words = page.words_for(held)
        with speaking_of(held.reference):
            if isinstance(right, Insurance):
                price = words.value(right.customer_price)
                insurer = words.name(right.insurer)
                by_choice = (
                    Text("保费由银行承担", "The bank pays the premium")
                    if price == 0
                    else Text("自愿投保，不默认勾选", "By choice, never ticked beforehand")
                )
                note = Text(f"由{insurer.zh}承保；{by_choice.zh}", f"Insured by {insurer.en}. {by_choice.en}")
                changes = _changes(right.customer_price, page, a_year)
                yield FeeLine("insurance", right.name, a_year(price), (note, *changes))
            elif isinstance(right, Voucher) and right.customer_price is not None:
                yield FeeLine(
                    "voucher",
                    right.name,
                    _each(words.value(right.customer_price)),
                    (Text("自愿购买", "By choice"), *_changes(right.customer_price, page, _each)),
                )


def _each(price: Fraction) -> Text:
    return Text(f"每张 {yuan(price).zh}", f"{yuan(price).en} each")
