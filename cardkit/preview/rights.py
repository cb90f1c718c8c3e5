"""One right as the customer reads it: the mechanic's own sentence, and beside it whatever limits it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Text, joined
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.common import Pool
from cardkit.mechanics.earn import Earn
from cardkit.mechanics.feature import Feature
from cardkit.mechanics.fee_waiver import FeeWaiver
from cardkit.mechanics.instalment import Instalment
from cardkit.mechanics.period import NAMES
from cardkit.mechanics.redeem import Redeem
from cardkit.mechanics.wording import Wording, every, grouped, scope_text
from cardkit.model.entity import active
from cardkit.preview import labels
from cardkit.preview.held import Held, Page
from cardkit.preview.instalments import highest_rate
from cardkit.preview.sheet import RightLine
from cardkit.preview.wording import NoValue, listed, quoted, sentence, span


def right_line(held: Held, page: Page, shared_caps: tuple[Text, ...] = ()) -> RightLine:
    """A right's line on the page; `shared_caps` are the caps that it has together with other rights."""
    right = held.right
    words = page.words_for(held)
    with speaking_of(held.reference):
        return RightLine(
            id=held.reference,
            name=right.name,
            source=held.holder.name,
            promise=sentence(right.promise(words)),
            conditions=(*right.details(words), *shared_caps, *_opened(right, page)),
            periods=tuple(NAMES[period] for period in dict.fromkeys(_periods(right)) if period in NAMES),
            highest_rate=highest_rate(right, words) if isinstance(right, Instalment) else None,
            place=scope_text(right.scope, words),
            validity=_validity(held, page),
            starts_later=held.starts_later,
            how=_how(right),
            who=_who(right),
            sharing=_sharing(held, page),
            quota=None if right.pool is None else _quota(right.pool, words),
            exclusions=right.exclusions,
        )


@contextmanager
def speaking_of(reference: str) -> Iterator[None]:
    """Lets a missing value say whose it is; raises CardkitError in its place."""
    try:
        yield
    except NoValue as missing:
        raise CardkitError(
            Text(f"{reference}：{missing.message.zh}", f"{reference}: {missing.message.en}"), missing.hint
        ) from None


def _periods(right: Benefit) -> Iterator[str]:
    """Every period that a right's fields name, in the order of its sentences."""
    owners: tuple[Any, ...] = (right, *getattr(right, "steps", ()), *right.limits)
    for owner in owners:
        for key in ("period", "window"):
            period = getattr(owner, key, None)
            if period is not None:
                yield period


def _validity(held: Held, page: Page) -> Text | None:
    """First and last day, days after the grant, and how long points live."""
    right = held.right
    parts = [Text("尚未开始", "not in force yet")] if held.starts_later else []
    if right.validity is not None:
        days = span(right.validity.since, right.validity.until)
        if days is not None:
            parts.append(days)
        if right.validity.days_after_grant is not None:
            number = f"{right.validity.days_after_grant:,}"
            parts.append(
                Text(
                    f"发放后 {number} 天内用完（含最后一天）",
                    f"use it within {number} days of getting it, the last day included",
                )
            )
    if isinstance(right, Earn):
        expiry = points_expiry(right.currency, page)
        if expiry is not None:
            parts.append(expiry)
    return joined(parts, "；", "; ") if parts else None


def points_expiry(currency: str, page: Page) -> Text | None:
    """How long points live once they are earned; None for a currency that the catalog doesn't have."""
    points = page.catalog.settings.points_currencies.get(currency)
    if points is None:
        return None
    if points.expiry_months is None:
        return Text(f"{points.name.zh}长期有效", f"{points.name.en} don't expire")
    months = points.expiry_months
    return Text(
        f"{points.name.zh}自累积起 {months} 个月后失效",
        f"{points.name.en} expire {months} months after they are earned",
    )


def _how(right: Benefit) -> Text:
    if isinstance(right, Redeem) and right.enrolment == "automatic":
        return labels.REDEMPTION
    if isinstance(right, FeeWaiver) and right.condition == "points" and right.fee == "annual":
        return labels.PAID_WITH_POINTS
    return labels.ENROLMENT[right.enrolment]


def _who(right: Benefit) -> Text | None:
    """Who may have it, where that is more than “the main card holder”, which the notices say."""
    eligibility = right.eligibility
    parts = []
    if eligibility.holder == "main-and-supplementary":
        parts.append(Text("主卡和附属卡持卡人", "main and supplementary card holders"))
    if eligibility.minimum_age is not None:
        age = eligibility.minimum_age
        parts.append(Text(f"满 {age} 周岁", f"aged {age} or older"))
    if eligibility.condition is not None:
        parts.append(eligibility.condition)
    return joined(parts, "；", "; ") if parts else None


def _quota(pool: Pool, words: Wording) -> Text:
    """全部客户合计每自然月 12,500 份，一年 7 个周期，先到先得 / 12,500 for all customers together … ."""
    units, period = grouped(words.value(pool.units)), every(pool.period)
    opened = Text(f"，一年开放 {pool.periods} 个周期，先到先得", f", in {pool.periods} of them a year; ")
    if pool.counts == "customers":
        places = Text(f"{period.zh} {units} 个报名名额", f"{units} places {period.en}")
        return places + opened + Text("，报满为止", "first come, first served, until they are taken")
    granted = Text(f"全部客户合计{period.zh} {units} 份", f"{units} for all customers together {period.en}")
    return granted + opened + Text("，领完为止", "first come, first served, while they last")


def _opened(right: Benefit, page: Page) -> tuple[Text, ...]:
    """Of a pack: which of the product's rights it opens to the family."""
    if not isinstance(right, Feature) or not right.shares:
        return ()
    wanted = {page.resolved(reference) for reference in right.shares}
    names = [quoted(held.right.name) for held in page.held if held.reference in wanted and held.right.sharing]
    if not names:
        return (
            Text("这个组合里暂无可共享的权益", "nothing on this card or in these modules can be shared yet"),
        )
    shown = listed(names)
    return (Text(f"可与家人共享{shown.zh}", f"shares {shown.en} with the family"),)


def _sharing(held: Held, page: Page) -> Text | None:
    """With how many family members it is shared, or which pack would open it to them."""
    sharing = held.right.sharing
    if sharing is None:
        return None
    number = sharing.people
    people = Text(f"{number} 位家人", f"{number} family member{'' if number == 1 else 's'}")
    if held.reference in page.shared_by:
        return Text(
            f"已可与 {people.zh}共享，次数与上限合并计算",
            f"shared with {people.en}; counts and caps are for all of you together",
        )
    packs = _packs_for(held.reference, page)
    if not packs:
        return None
    names = Text("或".join(name.zh for name in packs), " or ".join(name.en for name in packs))
    return Text(f"加选{names.zh}后可与 {people.zh}共享", f"with {names.en} it is shared with {people.en}")


def _packs_for(reference: str, page: Page) -> list[Text]:
    """Names of modules on offer that would open a right to the family."""
    found = []
    for module in page.catalog.modules.values():
        segments = module.eligible_segments
        offered = not segments or page.product.segment is None or page.product.segment in segments
        if offered and active(module, page.as_of) and module.id not in page.product.modules:
            shares = [name for right in module.rights if isinstance(right, Feature) for name in right.shares]
            if reference in map(page.resolved, shares):
                found.append(quoted(module.name))
    return found
