"""CK5: spans of days that lie right, inside each other and in time."""

from collections.abc import Iterable, Iterator
from datetime import date

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.ground.finding import Code, Finding, Path, Related, Severity
from cardkit.ground.text import Text
from cardkit.mechanics.insurance import Insurance
from cardkit.model.campaign import Campaign
from cardkit.model.entity import Entity
from cardkit.model.module import Module
from cardkit.model.partner import Partner

OUTLIVES = Code("CK501", "outlives-contract")
REVERSED = Code("CK502", "reversed-dates")
OUTSIDE = Code("CK503", "outside-validity")
TOO_LONG = Code("CK509", "clock-outlives-campaign", Severity.WARNING)

Partnered = tuple[Entity, str, Path, date | None]
"""An entity, a partner that it depends on, the place that names it, and the last day that it is needed."""


def _partnered(checking: Checking) -> Iterator[Partnered]:
    """Each partner that an entity depends on, once, at the first place that names it."""
    seen: set[tuple[str, str]] = set()
    for entity, partner, path, until in _all_partnered(checking):
        if (entity.id, partner) not in seen:
            seen.add((entity.id, partner))
            yield entity, partner, path, until


def _all_partnered(checking: Checking) -> Iterator[Partnered]:
    for module in checking.catalog.modules.values():
        if module.partner is not None and module.status != "retired":
            yield module, module.partner, ("partner",), module.valid.until if module.valid else None
    for held in checking.on_sale:
        holder, benefit = held.holder, held.benefit
        span = holder.window if isinstance(holder, Campaign) else holder.valid
        ends = [span.until if span else None, benefit.validity.until if benefit.validity else None]
        until = min((end for end in ends if end is not None), default=None)
        if benefit.scope is not None and benefit.scope.partner is not None:
            yield holder, benefit.scope.partner, (*held.path, "scope", "partner"), until
        if isinstance(benefit, Insurance):
            yield holder, benefit.insurer, (*held.path, "insurer"), until
        for index, funder in enumerate(benefit.funding.shares if benefit.funding else ()):
            yield holder, funder.payer, (*held.path, "funding", "shares", index, "payer"), until


@check(OUTLIVES)
def outlives_contract(checking: Checking) -> Iterable[Finding]:
    """Something is sold for longer than the contract with its partner runs.

    销售期比合作方的合同还长。

    Why: After the contract's last day nobody provides the right, or pays a part of it, and customers still
        hold it.
    为什么：合同最后一天之后，没有人提供或分摊这项权益，而客户手里还拿着它。
    Bad (partners/paws-clinics.yaml):
        contract: {from: 2026-01-01, until: 2027-12-31}
    Bad (modules/pet-care.yaml):
        partner: paws-clinics # here
    Good (partners/paws-clinics.yaml):
        contract: {from: 2026-01-01, until: 2028-12-31}
    Source: practice of card centres 信用卡中心实务
    """
    for entity, name, path, until in _partnered(checking):
        partner = checking.catalog.partners.get(name)
        if partner is None or partner.contract.until is None:
            continue
        end = partner.contract.until
        if until is not None and until <= end:
            continue
        sold = (
            Text(f"卖到 {until}", f"is sold until {until}") if until else Text("没有末日", "has no last day")
        )
        yield Finding(
            OUTLIVES,
            checking.at(entity, *path),
            Text(
                f"{entity.id} {sold.zh}，而 {name} 的合同 {end} 到期",
                f"{entity.id} {sold.en}, and the contract of {name} ends on {end}",
            ),
            Text(
                f"把 valid 的 until 写成不晚于 {end}，或续签合同",
                f"write valid: until {end} or earlier, or renew the contract",
            ),
            entity.id,
            (
                Related(
                    checking.at(partner, "contract", "until"), Text("合同末日", "the contract's last day")
                ),
            ),
        )


def _spans(checking: Checking) -> Iterator[tuple[Entity, Path, date | None, date | None]]:
    for entity in checking.catalog.entities.values():
        if entity.valid is not None:
            yield entity, ("valid",), entity.valid.since, entity.valid.until
        if isinstance(entity, Campaign):
            yield entity, ("window",), entity.window.since, entity.window.until
        if isinstance(entity, Partner):
            yield entity, ("contract",), entity.contract.since, entity.contract.until
    for held in checking.held:
        if held.benefit.validity is not None:
            validity = held.benefit.validity
            yield held.holder, (*held.path, "validity"), validity.since, validity.until


@check(REVERSED)
def reversed_dates(checking: Checking) -> Iterable[Finding]:
    """A span ends before it begins.

    末日早于首日。

    Why: No day lies in it, so what it is for is never on sale, in force or under contract.
    为什么：没有一天落在里面，它永远不在售、不生效、不在合同期内。
    Bad (partners/sky-lounges.yaml):
        contract: {from: 2032-01-01, until: 2029-12-31} # here
    Good (partners/sky-lounges.yaml):
        contract: {from: 2026-01-01, until: 2029-12-31}
    Source: docs/format.md
    """
    for entity, path, since, until in _spans(checking):
        if since is not None and until is not None and until < since:
            yield Finding(
                REVERSED,
                checking.at(entity, *path, "until"),
                Text(
                    f"末日 {until} 早于首日 {since}", f"The last day {until} is before the first day {since}"
                ),
                Text(
                    "对调，或改正年份；首末日都含当天", "swap them, or mend the year; both days are inclusive"
                ),
                entity.id,
                (Related(checking.at(entity, *path, "from"), Text("首日", "the first day")),),
            )


@check(OUTSIDE)
def outside_validity(checking: Checking) -> Iterable[Finding]:
    """A benefit holds on days on which what grants it is not sold.

    权益的有效期超出了所属实体的销售期。

    Why: The page would promise days that never come, or that came before anybody could have it.
    为什么：页面会承诺永远不会到来的日子，或者还没开售的日子。
    Bad (modules/lounge-pass.yaml benefits/0):
        validity: {from: 2025-06-01, until: 2028-12-31} # here
    Good (modules/lounge-pass.yaml benefits/0):
        validity: {from: 2026-06-01, until: 2028-12-31}
    Source: practice of card centres 信用卡中心实务
    """
    for held in checking.held:
        validity, holder = held.benefit.validity, held.holder
        span = holder.window if isinstance(holder, Campaign) else holder.valid
        if validity is None or span is None:
            continue
        key = "window" if isinstance(holder, Campaign) else "valid"
        early = validity.since and (
            (span.since and validity.since < span.since) or (span.until and validity.since > span.until)
        )
        late = validity.until and (
            (span.until and validity.until > span.until) or (span.since and validity.until < span.since)
        )
        # A voucher may well be used after the campaign that grants it: only modules and cards end with it.
        late = late and isinstance(holder, Module)
        if early or late:
            yield Finding(
                OUTSIDE,
                checking.at_held(held, "validity", "from" if early else "until"),
                Text(
                    f"权益在 {holder.id} 不在售的日子有效（{span.since} 至 {span.until}）",
                    f"It holds on days outside those of {holder.id} ({span.since} to {span.until})",
                ),
                Text("把权益的有效期写在销售期之内", "keep its validity within that of its entity"),
                holder.id,
                (Related(checking.at(holder, key), Text("销售期", "the entity's own days")),),
            )


@check(TOO_LONG)
def clock_outlives_campaign(checking: Checking) -> Iterable[Finding]:
    """A clock that starts with the campaign runs longer than the campaign.

    从活动开始计时的时限比活动期还长。

    Why: Nobody ever has as many days as the page promises.
    为什么：没有人真正拥有页面承诺的那么多天。
    Bad (campaigns/welcome.yaml):
        clocks:
          - {id: first-spend, start: campaign-start, days: 400, goal: {zh: 首刷, en: first purchase}} # here
    Good (campaigns/welcome.yaml):
        clocks:
          - {id: first-spend, start: campaign-start, days: 90, goal: {zh: 首刷, en: first purchase}}
    Source: practice of card centres 信用卡中心实务
    """
    for campaign in checking.live(Campaign):
        since, until = campaign.window.since, campaign.window.until
        if since is None or until is None or until < since:
            continue
        length = (until - since).days + 1
        for index, clock in enumerate(campaign.clocks):
            if clock.start == "campaign-start" and clock.days > length:
                yield Finding(
                    TOO_LONG,
                    checking.at(campaign, "clocks", index, "days"),
                    Text(
                        f"时限 {clock.days} 天，活动只有 {length} 天",
                        f"{clock.days} days, and the campaign has {length}",
                    ),
                    Text(
                        "缩短时限，或从客户自己的事件起算",
                        "shorten it, or start it from an event of the customer's own",
                    ),
                    campaign.id,
                    (Related(checking.at(campaign, "window"), Text("活动期", "the campaign's days")),),
                )
