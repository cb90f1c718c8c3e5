"""CK7: law about what is offered: nothing forced, gifts and insurance stated, tutoring and new residents."""

from collections.abc import Iterable

from cardkit.checks.base import check
from cardkit.checks.checking import Checking, Held
from cardkit.checks.law import (
    GIFTS,
    INSURANCE,
    NEW_RESIDENT,
    PRESELECTED,
    TUTORING,
    cited,
    found_word,
    in_force,
    parameter,
    public_texts,
    spoken_words,
)
from cardkit.checks.rules import members_of
from cardkit.ground.finding import Finding, Related
from cardkit.ground.shape.figure import Figure
from cardkit.ground.text import Text
from cardkit.mechanics.instalment import Instalment
from cardkit.mechanics.insurance import Insurance
from cardkit.mechanics.voucher import Voucher
from cardkit.model.campaign import Campaign
from cardkit.model.module import Module
from cardkit.model.rule.sums import AtLeast, Count, Exactly


def _costs(checking: Checking, module: Module) -> bool:
    """Whether a customer pays anything for a module, or for what is in it."""
    if _above_zero(checking, module.price):
        return True
    return any(
        _has_price(checking, right) for right in module.benefits if isinstance(right, Insurance | Voucher)
    )


def _has_price(checking: Checking, right: Insurance | Voucher) -> bool:
    """Whether a customer pays for a right by itself."""
    return right.customer_price is not None and _above_zero(checking, right.customer_price)


def _above_zero(checking: Checking, figure: Figure) -> bool:
    entry = figure.on(checking.as_of)
    return entry is not None and entry.value > 0


@check(PRESELECTED)
def nothing_preselected(checking: Checking) -> Iterable[Finding]:
    """Something that costs money is ticked from the start, forced into a product, or said to be.

    收费项目被默认勾选、强制搭售，或文字上这么说。

    Why: Customers choose what they pay for; what they did not choose they get back, with interest.
    为什么：花钱的项目由客户自己选；没有选过的，收了也要退。
    Bad (modules/pet-care.yaml):
        preselected: true # here
    Bad (cards/gold-card.yaml):
        benefits:
          - id: theft-cover
            mechanic: insurance
            name: {zh: 盗刷保障, en: Theft cover}
            insurer: safe-insurance
            cover: {zh: 盗刷损失, en: losses from theft}
            customer_price: 12 # here
            premium: 8
            expected_claims: 4
    Good (modules/pet-care.yaml):
        preselected: false
    Source: 银保监规〔2022〕13号
    """
    for law in in_force(checking, PRESELECTED):
        for module in checking.catalog.modules.values():
            if module.preselected and _costs(checking, module):
                yield cited(
                    checking,
                    law,
                    PRESELECTED,
                    checking.at(module, "preselected"),
                    Text(
                        "收费的模块不能默认勾选", "A module that costs money can't be ticked from the start"
                    ),
                    Text("写 preselected: false，或让它免费", "write preselected: false, or make it free"),
                    module.id,
                )
        for held in checking.on_sale:
            right = held.benefit
            forced = not isinstance(held.holder, Module) and right.enrolment == "automatic"
            if forced and isinstance(right, Insurance | Voucher) and _has_price(checking, right):
                yield cited(
                    checking,
                    law,
                    PRESELECTED,
                    checking.at_held(held, "customer_price"),
                    Text(
                        "卡片自带、自动享有，却要客户付钱：等于强制收费",
                        "It comes with the card by itself and costs money: customers are made to pay",
                    ),
                    Text(
                        "写 enrolment: register 或 claim，或让它免费",
                        "write enrolment: register or claim, or make it free",
                    ),
                    held.holder.id,
                )
        for rule in checking.live(Count):
            members = [checking.catalog.modules[name] for name in members_of(checking, rule)]
            free = sum(not _costs(checking, module) for module in members)
            if isinstance(rule, AtLeast | Exactly) and free < rule.number <= len(members):
                yield cited(
                    checking,
                    law,
                    PRESELECTED,
                    checking.at(rule, "number"),
                    Text(
                        f"必须选 {rule.number} 个，而免费的只有 {free} 个：等于强制付费",
                        f"{rule.number} must be chosen and {free} are free: customers are made to pay",
                    ),
                    Text("加入免费的模块，或改成 at-most", "add free modules, or make it an at-most rule"),
                    rule.id,
                )
        for file, entity, said in public_texts(checking):
            for word, path in spoken_words(said, law.words):
                yield cited(
                    checking,
                    law,
                    PRESELECTED,
                    checking.catalog.locate(file, path, False),
                    Text(f"“{word}”表示没有经客户选择", f"{word} says that the customer did not choose it"),
                    Text("写明由客户自愿选择", "say that the customer chooses it"),
                    entity,
                )


@check(GIFTS)
def gifts_stated(checking: Checking) -> Iterable[Finding]:
    """A gift's period isn't stated.

    赠品没有写明期限。

    Why: Kind, quantity, period and manner of a gift are stated, or it is a promise without an end.
    为什么：赠送要写明品种、数量、期限和方式，否则就是没有期限的承诺。
    Bad (campaigns/welcome.yaml):
        window: {from: 2026-03-01} # here
    Good (campaigns/welcome.yaml):
        window: {from: 2026-03-01, until: 2026-12-31}
    Source: 广告法 第八条
    """
    for law in in_force(checking, GIFTS):
        for held in checking.on_sale:
            if isinstance(held.benefit, Voucher) and held.benefit.life_days is None and not _ends(held):
                yield cited(
                    checking,
                    law,
                    GIFTS,
                    checking.at_held(held, "name", key=True),
                    Text("券没有写有效期限", "Nothing says until when the voucher can be used"),
                    Text("写 life_days，或 validity 的 until", "write life_days, or validity with an until"),
                    held.holder.id,
                )
        for campaign in checking.live(Campaign):
            if campaign.window.since is None or campaign.window.until is None:
                yield cited(
                    checking,
                    law,
                    GIFTS,
                    checking.at(campaign, "window", key=True),
                    Text("活动没有写明起止日期", "The campaign's first or last day isn't stated"),
                    Text("写上 from 和 until，都含当天", "write from and until, both inclusive"),
                    campaign.id,
                )


def _ends(held: Held) -> bool:
    validity = held.benefit.validity
    return validity is not None and (validity.until is not None or validity.days_after_grant is not None)


@check(INSURANCE)
def insurance_disclosure(checking: Checking) -> Iterable[Finding]:
    """Insurance names somebody who is no insurer, or is ticked from the start.

    保险的承保方不是保险公司，或默认勾选。

    Why: The customer must read who insures and what it costs, and choose it; the bank only sells it.
    为什么：客户要看到由谁承保、多少钱，并自己选择；银行只是代理。
    Bad (partners/safe-insurance.yaml):
        type: merchant
    Bad (modules/card-security.yaml benefits/0):
        insurer: safe-insurance # here
    Good (partners/safe-insurance.yaml):
        type: insurer
    Source: 保险代理监管规定
    """
    for law in in_force(checking, INSURANCE):
        for held in checking.on_sale:
            if not isinstance(held.benefit, Insurance):
                continue
            partner = checking.catalog.partners.get(held.benefit.insurer)
            if partner is not None and partner.type != "insurer":
                yield cited(
                    checking,
                    law,
                    INSURANCE,
                    checking.at_held(held, "insurer"),
                    Text(f"{partner.id} 不是保险公司", f"{partner.id} is no insurer"),
                    Text(
                        "写承保的保险公司，其 type 是 insurer",
                        "name the insurer; its file says type: insurer",
                    ),
                    held.holder.id,
                    (Related(checking.at(partner, "type"), Text("它的类别", "what it is")),),
                )
            if (
                isinstance(held.holder, Module)
                and held.holder.preselected
                and not _costs(checking, held.holder)
            ):
                yield cited(
                    checking,
                    law,
                    INSURANCE,
                    checking.at(held.holder, "preselected"),
                    Text(
                        "保险不能默认勾选，免费也不行",
                        "Insurance can't be ticked from the start, not even when free",
                    ),
                    Text("写 preselected: false", "write preselected: false"),
                    held.holder.id,
                )


@check(TUTORING)
def no_school_tutoring(checking: Checking) -> Iterable[Finding]:
    """Instalments for tuition don't exclude school-subject tutoring.

    培训分期没有排除学科类培训。

    Why: Loans for tutoring in school subjects are not allowed; the exclusion must be in the customer's page.
    为什么：不得为学科类校外培训提供贷款；除外条款要写给客户看。
    Bad (modules/study-instalments.yaml benefits/0):
        book: tuition # here
        # no exclusions
    Good (modules/study-instalments.yaml benefits/0):
        book: tuition
    Source: 2021 年“双减”文件
    """
    for law in in_force(checking, TUTORING):
        for held in checking.on_sale:
            benefit = held.benefit
            if not isinstance(benefit, Instalment) or benefit.book != "tuition":
                continue
            if any(found_word(text.zh + " " + text.en, law.words) for text in benefit.exclusions):
                continue
            words = "、".join(law.words)
            yield cited(
                checking,
                law,
                TUTORING,
                checking.at_held(held, "book"),
                Text(
                    "培训分期没有排除学科类培训", "Tuition instalments don't exclude school-subject tutoring"
                ),
                Text(
                    f"在 exclusions 里写明，用到这些词之一：{words}",
                    f"say so in exclusions, with one of: {', '.join(law.words)}",
                ),
                held.holder.id,
            )


_NUMERALS = {1: "一", 2: "二两", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九", 10: "十"}


@check(NEW_RESIDENT)
def new_resident_definition(checking: Checking) -> Iterable[Finding]:
    """A segment is called new residents and doesn't say who they are.

    客群叫“新市民”，却没有写清定义。

    Why: The notice defines them: came for work, study or family, without local registration or with it for
        less than three years. Anybody else counted among them makes the reported figures wrong.
    为什么：通知有定义：因就业、就学或投靠亲属而来，未落户或落户不满三年。把别人算进去，报送的数就错了。
    Bad (segments/gen-z.yaml):
        name: {zh: 新市民, en: New residents} # here
    Good (segments/gen-z.yaml):
        name: {zh: 新市民, en: New residents}
        description: {zh: 来本地就业、未落户或落户不满 3 年, en: came for work under 3 years ago}
    Source: 2022-03-04 关于加强新市民金融服务工作的通知
    """
    for law in in_force(checking, NEW_RESIDENT):
        years = int(parameter(checking, law, "max-years-registered", 3))
        figures = (f"{years} 年", f"{years}年", *(f"{numeral}年" for numeral in _NUMERALS.get(years, "")))
        for segment in checking.catalog.segments.values():
            if "新市民" not in segment.name.zh and "new resident" not in segment.name.en.lower():
                continue
            said = segment.traits if segment.description is None else segment.traits + segment.description
            came_for = not law.words or found_word(f"{said.zh} {said.en}", law.words)
            if came_for and any(figure in said.zh for figure in figures):
                continue
            yield cited(
                checking,
                law,
                NEW_RESIDENT,
                checking.at(segment, "name"),
                Text(
                    f"没有写明因何而来，以及“未落户或落户不满 {years} 年”",
                    f"It doesn't say why they came, and: registered for under {years} years, or not at all",
                ),
                Text("在 description 里写明定义", "state the definition in its description"),
                segment.id,
            )
