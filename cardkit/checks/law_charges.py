"""CK7: law about what is charged and given: notice of changes, interchange, prizes."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from fractions import Fraction

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.checks.law import (
    CHANGE_NOTICE,
    INTERCHANGE,
    PRIZES,
    RIGHTS_NOTICE,
    cited,
    in_force,
    parameter,
)
from cardkit.ground.finding import Finding, Path, Related, Site
from cardkit.ground.frozen import frozen
from cardkit.ground.money import percent, plain_number
from cardkit.ground.shape.figure import Figure
from cardkit.ground.text import Text
from cardkit.mechanics.draw import Draw
from cardkit.mechanics.instalment import Instalment
from cardkit.mechanics.insurance import Insurance
from cardkit.model.entity import Entity


@frozen
class _Priced:
    """A rate or fee that a customer is charged: its owner (None: catalog.yaml), its place, its values."""

    owner: Entity | None
    path: Path
    figure: Figure

    def site(self, checking: Checking, *path: str | int) -> Site:
        """A place within it."""
        if self.owner is None:
            return checking.catalog.setting_site(*self.path, *path)
        return checking.at(self.owner, *self.path, *path)


def _customer_prices(checking: Checking) -> Iterator[_Priced]:
    """The rates and fees that a customer is charged."""
    if checking.settings is not None:
        yield _Priced(None, ("market", "revolving_daily"), checking.settings.market.revolving_daily)
    for owner, path, figure in _prices_of_entities(checking):
        if owner.status not in ("draft", "retired"):
            yield _Priced(owner, path, figure)


def _prices_of_entities(checking: Checking) -> Iterator[tuple[Entity, Path, Figure]]:
    for card in checking.catalog.cards.values():
        yield card, ("annual_fee",), card.annual_fee
        yield card, ("fx_markup",), card.fx_markup
    for module in checking.catalog.modules.values():
        yield module, ("price",), module.price
    for held in checking.on_sale:
        if isinstance(held.benefit, Instalment):
            for index, tenor in enumerate(held.benefit.tenors):
                yield held.holder, (*held.path, "tenors", index, "customer_rate"), tenor.customer_rate
        elif isinstance(held.benefit, Insurance):
            yield held.holder, (*held.path, "customer_price"), held.benefit.customer_price


@check(CHANGE_NOTICE)
def change_notice(checking: Checking) -> Iterable[Finding]:
    """A rate or fee rises so soon that customers can't be told in time any more.

    利率或费用即将上调，已经来不及按规定时间通知客户。

    Why: Customers hear of a change 45 days before it holds, and may leave without paying for it.
    为什么：变更须提前 45 天告知客户，客户可以不接受而销卡。
    Bad (cards/gold-card.yaml):
        annual_fee:
          - {from: 2026-01-01, value: 300}
          - {from: 2026-07-15, value: 360} # here
    Bad (catalog.yaml market):
        revolving_daily:
          - {from: 2026-01-01, value: 0.04%}
          - {from: 2026-08-01, value: 0.05%} # here
    Good (cards/gold-card.yaml):
        annual_fee:
          - {from: 2026-01-01, value: 300}
          - {from: 2026-10-01, value: 360}
    Source: 银发〔2016〕111号
    """
    for law in in_force(checking, CHANGE_NOTICE):
        days = int(parameter(checking, law, "days", 45))
        latest = checking.as_of + timedelta(days=days)
        for priced in _customer_prices(checking):
            now = priced.figure.on(checking.as_of)
            for index, entry in enumerate(priced.figure.entries):
                rises = now is not None and entry.value > now.value
                if entry.since is not None and checking.as_of < entry.since < latest and rises:
                    told = entry.since - timedelta(days=days)
                    yield cited(
                        checking,
                        law,
                        CHANGE_NOTICE,
                        priced.site(checking, index, "from"),
                        Text(
                            f"{entry.since} 上调，最晚应在 {told} 通知客户",
                            f"It rises on {entry.since}; customers had to be told by {told}",
                        ),
                        Text(
                            f"确认已按时通知，或推迟到 {latest} 以后",
                            f"make sure that they were, or move it to {latest} or later",
                        ),
                        None if priced.owner is None else priced.owner.id,
                    )


@check(RIGHTS_NOTICE)
def rights_change_notice(checking: Checking) -> Iterable[Finding]:
    """Customers are told of changed rights too late.

    权益变更提前通知的天数太少。

    Why: Issuers tell their customers 45 days before; fewer days end in complaints.
    为什么：同业一般提前 45 天通知；再少就会引来投诉。
    Bad (catalog.yaml):
        notice_days: 15 # here
    Good (catalog.yaml):
        notice_days: 45
    Source: 行业惯例；银发〔2016〕111号
    """
    settings = checking.settings
    if settings is None:
        return
    for law in in_force(checking, RIGHTS_NOTICE):
        days = parameter(checking, law, "days", 45)
        if settings.notice_days < days:
            yield cited(
                checking,
                law,
                RIGHTS_NOTICE,
                checking.catalog.setting_site("notice_days"),
                Text(
                    f"提前 {settings.notice_days} 天，少于 {plain_number(days)} 天",
                    f"{settings.notice_days} days' notice is less than {plain_number(days)}",
                ),
                Text(f"写 notice_days: {plain_number(days)}", f"write notice_days: {plain_number(days)}"),
                None,
            )


@check(INTERCHANGE)
def interchange_cap(checking: Checking) -> Iterable[Finding]:
    """A category's interchange is above the cap.

    消费类别的交换费率高于上限。

    Why: No merchant may be charged more, so the revenue that it promises will never be earned.
    为什么：不能向商户收这么多，算出来的收入永远不会有。
    Bad (catalog.yaml):
        categories:
          dining: {name: {zh: 餐饮, en: dining}, interchange: 0.6%} # here
          grocery: {name: {zh: 商超, en: groceries}, interchange: 0.38%}
    Good (catalog.yaml):
        categories:
          dining: {name: {zh: 餐饮, en: dining}, interchange: 0.45%}
          grocery: {name: {zh: 商超, en: groceries}, interchange: 0.38%}
    Source: 发改价格〔2016〕557号
    """
    settings = checking.settings
    if settings is None:
        return
    for law in in_force(checking, INTERCHANGE):
        cap = parameter(checking, law, "max-percent", "0.45") / 100
        own = settings.market.interchange_cap.on(checking.as_of)
        related: tuple[Related, ...] = ()
        if own is not None and own.value < cap:
            cap = own.value
            site = checking.catalog.setting_site("market", "interchange_cap")
            related = (Related(site, Text("本目录的上限", "the catalog's own cap")),)
        for name, category in settings.categories.items():
            entry = category.interchange.on(checking.as_of)
            if entry is not None and entry.value > cap:
                yield cited(
                    checking,
                    law,
                    INTERCHANGE,
                    checking.catalog.setting_site("categories", name, "interchange"),
                    Text(
                        f"{percent(entry.value)} 高于上限 {percent(cap)}",
                        f"{percent(entry.value)} is above the cap of {percent(cap)}",
                    ),
                    Text(f"最多写 {percent(cap)}", f"write at most {percent(cap)}"),
                    None,
                    related,
                )


@check(PRIZES)
def prize_draws(checking: Checking) -> Iterable[Finding]:
    """A prize is worth more than the law allows.

    奖品价值超过法定上限。

    Why: The top prize of a draw is worth at most 50,000 yuan.
    为什么：抽奖式有奖销售的最高奖不超过 50,000 元。
    Bad (campaigns/lucky-draw.yaml):
        kind: campaign
        id: lucky-draw
        name: {zh: 周年抽奖, en: Anniversary draw}
        owner: campaign-team
        objective: activate
        stage: retention
        indicator: spend
        target: {segments: [gen-z], share: 50%}
        window: {from: 2026-06-01, until: 2026-08-31}
        quota: 1
        budget: 70000
        organiser: {zh: 小银行, en: Small Bank}
        benefits:
          - id: car
            mechanic: draw
            name: {zh: 周年大奖, en: Anniversary prize}
            prizes:
              - {name: {zh: 一辆电动车, en: an electric car}, value: 66000, count: 1} # here
            entry: {zh: 当月消费一次, en: one purchase in the month}
            draw_time: {zh: 2026 年 9 月 10 日, en: on 10 September 2026}
            draw_manner: {zh: 公证处监督，官网公布, en: "before a notary, published on the website"}
            organiser: {zh: 小银行, en: Small Bank}
    Good (campaigns/lucky-draw.yaml):
        kind: campaign
        id: lucky-draw
        name: {zh: 周年抽奖, en: Anniversary draw}
        owner: campaign-team
        objective: activate
        stage: retention
        indicator: spend
        target: {segments: [gen-z], share: 50%}
        window: {from: 2026-06-01, until: 2026-08-31}
        quota: 1
        budget: 5000
        organiser: {zh: 小银行, en: Small Bank}
        benefits:
          - id: bicycle
            mechanic: draw
            name: {zh: 周年大奖, en: Anniversary prize}
            prizes:
              - {name: {zh: 一辆自行车, en: a bicycle}, value: 3000, count: 1}
            entry: {zh: 当月消费一次, en: one purchase in the month}
            draw_time: {zh: 2026 年 9 月 10 日, en: on 10 September 2026}
            draw_manner: {zh: 公证处监督，官网公布, en: "before a notary, published on the website"}
            organiser: {zh: 小银行, en: Small Bank}
    Source: 市场监管总局令第32号
    """
    for law in in_force(checking, PRIZES):
        most = parameter(checking, law, "max-prize", 50_000)
        for held in checking.on_sale:
            for index, prize in enumerate(held.benefit.prizes if isinstance(held.benefit, Draw) else ()):
                entry = prize.value.on(checking.as_of)
                if (entry.value if entry is not None else Fraction(0)) > most:
                    yield cited(
                        checking,
                        law,
                        PRIZES,
                        checking.at_held(held, "prizes", index, "value"),
                        Text(
                            f"最高奖不得超过 {plain_number(most)} 元",
                            f"A prize is worth at most {plain_number(most)} yuan",
                        ),
                        Text("换成价值较低的奖品，可增加份数", "give prizes of less value, and more of them"),
                        held.holder.id,
                    )
