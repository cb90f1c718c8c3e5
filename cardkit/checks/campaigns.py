"""CK6: campaigns that somebody can have, that have an end to their cost, and whose cost is shared."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.ground.finding import Code, Finding, Path, Related, Severity
from cardkit.ground.money import plain_number
from cardkit.ground.shape.figure import Figure
from cardkit.ground.text import Text
from cardkit.mechanics.instalment import Instalment
from cardkit.model.campaign import Campaign
from cardkit.model.entity import Entity

ENDLESS = Code("CK604", "campaign-without-limit")
NO_SPLIT = Code("CK605", "campaign-without-split", Severity.WARNING)
NOBODY = Code("CK606", "target-not-eligible")
BOUNDS = Code("CK607", "reversed-bounds")


@check(ENDLESS)
def campaign_without_limit(checking: Checking) -> Iterable[Finding]:
    """A campaign has no budget.

    活动没有写预算。

    Why: What everybody in a segment may claim has no end; the first good idea on the web empties it. A quota
        bounds the units, and only a budget says what they may come to.
    为什么：全客群都能领的东西没有尽头，网上一传就被领光。名额限制份数，只有预算才限制总额。
    Bad (campaigns/welcome.yaml):
        name: {zh: 新户首刷礼, en: First-spend gift} # here
        # no budget
    Good (campaigns/welcome.yaml):
        budget: 400000
    Source: practice of card centres 信用卡中心实务
    """
    for campaign in checking.live(Campaign):
        if campaign.budget is None:
            pooled = campaign.quota is not None or any(
                benefit.pool is not None for benefit in campaign.benefits
            )
            yield Finding(
                ENDLESS,
                checking.at(campaign, "name", key=True),
                Text("活动没有写预算", "The campaign has no budget")
                if pooled
                else Text("活动既没有预算也没有名额", "The campaign has neither a budget nor a quota"),
                Text("写 budget（整个活动多少元）", "write a budget: yuan for the whole campaign"),
                campaign.id,
            )


@check(NO_SPLIT)
def campaign_without_split(checking: Checking) -> Iterable[Finding]:
    """A campaign's benefit is at a partner's, and nothing says what the partner pays.

    活动权益在合作方使用，却没有写费用怎样分摊。

    Why: Bank and merchant both gain from a campaign and share its cost; left out, the bank pays all of it.
    为什么：活动对银行和商户都有好处，费用由双方分摊；不写就全由银行承担。
    Bad (campaigns/welcome.yaml benefits/0):
        scope: {partner: paws-clinics} # here
    Good (campaigns/welcome.yaml benefits/0):
        scope: {partner: paws-clinics}
        funding:
          shares:
            - {payer: bank, share: 50%}
            - {payer: paws-clinics, share: 50%}
    Source: practice of card centres 信用卡中心实务
    """
    for held in checking.held:
        scope = held.benefit.scope
        if not isinstance(held.holder, Campaign) or held.holder.status not in ("live", "pilot"):
            continue
        if scope is not None and scope.partner is not None and held.benefit.funding is None:
            yield Finding(
                NO_SPLIT,
                checking.at_held(held, "scope", "partner"),
                Text(f"没有写 {scope.partner} 分摊多少", f"Nothing says what {scope.partner} pays"),
                Text(
                    "写 funding；全由银行承担就写 bank 100%",
                    "write funding; where the bank pays all, bank with 100%",
                ),
                held.holder.id,
            )


@check(NOBODY)
def target_not_eligible(checking: Checking) -> Iterable[Finding]:
    """A campaign's benefit is for none of the segments that the campaign addresses.

    活动权益的客群与活动目标客群没有交集。

    Why: The invitation goes to people of whom nobody may have it.
    为什么：邀请发给了一群谁都不能享有的人。
    Bad (campaigns/welcome.yaml benefits/0):
        eligibility: {segments: [senior]} # here
    Good (campaigns/welcome.yaml benefits/0):
        eligibility: {segments: [gen-z]}
    Source: practice of card centres 信用卡中心实务
    """
    for held in checking.held:
        if not isinstance(held.holder, Campaign) or held.holder.status == "retired":
            continue
        eligible, target = held.benefit.eligibility.segments, held.holder.target.segments
        if eligible and not set(eligible) & set(target):
            yield Finding(
                NOBODY,
                checking.at_held(held, "eligibility", "segments"),
                Text(
                    f"活动面向 {'、'.join(target)}，这项权益只给 {'、'.join(eligible)}",
                    f"The campaign addresses {', '.join(target)}; this is for {', '.join(eligible)} only",
                ),
                Text("让两处的客群有交集", "let the two have a segment in common"),
                held.holder.id,
                (
                    Related(
                        checking.at(held.holder, "target", "segments"),
                        Text("活动的目标客群", "who is addressed"),
                    ),
                ),
            )


Bounds = tuple[Entity, Path, str, str, Figure | int | None, Figure | int | None]


def _bounds(checking: Checking) -> Iterator[Bounds]:
    for campaign in checking.catalog.campaigns.values():
        target = campaign.target
        for low, high in (
            ("recency_days_least", "recency_days_most"),
            ("purchases_month_least", "purchases_month_most"),
            ("ticket_least", "ticket_most"),
        ):
            yield campaign, ("target",), low, high, getattr(target, low), getattr(target, high)
    for held in checking.held:
        benefit = held.benefit
        if isinstance(benefit, Instalment):
            names = ("minimum_amount", "maximum_amount")
            yield held.holder, held.path, *names, benefit.minimum_amount, benefit.maximum_amount


def _number(checking: Checking, bound: Figure | int | None) -> Fraction | None:
    if isinstance(bound, Figure):
        entry = bound.on(checking.as_of)
        return None if entry is None else entry.value
    return None if bound is None else Fraction(bound)


@check(BOUNDS)
def reversed_bounds(checking: Checking) -> Iterable[Finding]:
    """A lower bound is above the upper one.

    下限高于上限。

    Why: Nobody and nothing lies between them.
    为什么：没有人、也没有金额落在中间。
    Bad (campaigns/welcome.yaml):
        target:
          segments: [gen-z]
          share: 40%
          recency_days_least: 90 # here
          recency_days_most: 30
    Good (campaigns/welcome.yaml):
        target:
          segments: [gen-z]
          share: 40%
          recency_days_least: 30
          recency_days_most: 90
    Source: practice of card centres 信用卡中心实务
    """
    for entity, path, low, high, least, most in _bounds(checking):
        lower, upper = _number(checking, least), _number(checking, most)
        if lower is None or upper is None:
            continue
        if lower > upper:
            yield Finding(
                BOUNDS,
                checking.at(entity, *path, low),
                Text(
                    f"下限 {plain_number(lower)} 高于上限 {plain_number(upper)}",
                    f"The lower bound {plain_number(lower)} is above the upper one, {plain_number(upper)}",
                ),
                Text("对调两个数", "swap the two"),
                entity.id,
                (Related(checking.at(entity, *path, high), Text("上限在这里", "the upper bound")),),
            )
