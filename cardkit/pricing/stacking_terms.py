"""Cashbacks on the same purchases: best, exclusive, or under a shared cap, over who is enrolled."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

from cardkit.ground.distribution import AmountDistribution
from cardkit.ground.errors import CardkitError
from cardkit.ground.money import exact
from cardkit.ground.text import Text
from cardkit.mechanics.cashback import Cashback
from cardkit.mechanics.common import Limit
from cardkit.mechanics.period import PER_YEAR
from cardkit.mechanics.stacking import Payout, expected_accumulate, expected_best, expected_exclusive
from cardkit.model.interaction import Interaction
from cardkit.pricing.setting import RealSetting

Priced = tuple[Cashback, RealSetting]


def stacked(
    group: Interaction, members: Sequence[Priced], enrolled: Sequence[Fraction], setting: RealSetting
) -> list[Fraction]:
    """Yuan a year that each member is expected to pay one holder, enrolment included.

    All members are priced from one distribution: the spend in the narrowest scope. A member of wider scope
    must be without a cap; what it pays on the rest of its purchases is added. Members of different scopes
    under a shared cap must be without caps of their own. Enrolments are taken as independent. Raises
    CardkitError where the members can't be priced so.
    """
    if group.cap is not None and len({_reach(member) for member in members}) > 1:
        return _under_shared_cap(group, group.cap, members, enrolled, setting)
    common, periods = _common(group, members)
    cap = None
    if group.cap is not None:
        cap = setting.read(group.cap, "most")
        if PER_YEAR.get(group.cap.period) != periods:
            raise _not_comparable(group)
    payouts = [_payout(member, at) for member, at in members]
    totals = [Fraction(0)] * len(members)
    for chance, chosen in _present(enrolled):
        paid = _expected(group.how, [payouts[index] for index in chosen], common, cap)
        for index, amount in zip(chosen, paid, strict=True):
            totals[index] += chance * amount * periods
    for index, (member, at) in enumerate(members):
        rest = _year_mean(member, at) - exact(common.mean) * periods
        if rest > 0:
            totals[index] += enrolled[index] * rest * payouts[index].rate
    for (member, _), total in zip(members, totals, strict=True):
        setting.note(member.name, total, f"{group.how}: E by period × {periods}")
    return totals


def _present(enrolled: Sequence[Fraction]) -> Iterator[tuple[Fraction, list[int]]]:
    """Every set of members that a holder may be enrolled in, with its probability."""
    for present in product((False, True), repeat=len(enrolled)):
        chance = Fraction(1)
        for there, share in zip(present, enrolled, strict=True):
            chance *= share if there else 1 - share
        chosen = [index for index, there in enumerate(present) if there]
        if chance and chosen:
            yield chance, chosen


def _under_shared_cap(
    group: Interaction,
    cap: Limit,
    members: Sequence[Priced],
    enrolled: Sequence[Fraction],
    setting: RealSetting,
) -> list[Fraction]:
    """Members of different scopes under one cap, used up in the order listed.

    The rewards R_1 + … + R_k of the first k are a weighted sum of what is spent by category, so what the
    k-th pays is E[min(R_1 + … + R_k, cap)] − E[min(R_1 + … + R_(k−1), cap)].
    """
    most, periods = setting.read(cap, "most"), PER_YEAR.get(cap.period)
    shares = []
    for member, at in members:
        if periods is None or member.limits or member.rate is None:
            raise _not_comparable(group)
        shares.append((member.scope, at.read(member, "rate") * member.counted_share(at)))
    totals = [Fraction(0)] * len(members)
    assert periods is not None
    for chance, chosen in _present(enrolled):
        before = Fraction(0)
        for place, index in enumerate(chosen, 1):
            at = replace(members[index][1], steps=setting.steps)
            together = at.reward([shares[each] for each in chosen[:place]], cap.period)
            paid = exact(together.limited_expected_value(float(most)))
            totals[index] += chance * (paid - before) * periods
            before = paid
    for (member, _), total in zip(members, totals, strict=True):
        setting.note(member.name, total, f"E by period under the shared cap × {periods}")
    return totals


def _common(group: Interaction, members: Sequence[Priced]) -> tuple[AmountDistribution, int]:
    """The spend that all members pay on, in the narrowest scope, and its periods in a year."""
    narrowest = min(members, key=_width)
    basis = narrowest[0].basis(narrowest[1])
    for member, at in members:
        other = member.basis(at)
        capped = bool(member.periodic_caps(at.aside()))
        differs = other.periods != basis.periods or _width((member, at)) != _width(narrowest)
        if other.kind != "amount" or (capped and differs):
            raise _not_comparable(group)
    assert basis.amount is not None
    return basis.amount, basis.periods


def _width(member: Priced) -> Fraction:
    """Mean spend in a member's scope: what makes one scope narrower than another."""
    return _year_mean(*member)


def _reach(member: Priced) -> tuple[tuple[str, ...], tuple[str, ...], Fraction]:
    """Which purchases a member pays on: two that differ here are priced from different distributions."""
    scope = member[0].scope
    categories = ((), ()) if scope is None else (scope.categories, scope.excluded_categories)
    return (*categories, _width(member))


def _year_mean(member: Cashback, at: RealSetting) -> Fraction:
    basis = member.basis(at.aside())
    assert basis.amount is not None
    return exact(basis.amount.mean) * basis.periods


def _payout(member: Cashback, at: RealSetting) -> Payout:
    caps = member.periodic_caps(at)
    if len(caps) > 1:
        raise CardkitError(
            Text(
                f"{member.id} 有多层上限，不能放进取最优的组",
                f"{member.id} has nested caps: it can't be compared",
            ),
            Text("改用 how: accumulate", "use how: accumulate"),
        )
    return Payout(at.read(member, "rate"), caps[0].most if caps else None)


def _expected(
    how: str, payouts: Sequence[Payout], amount: AmountDistribution, cap: Fraction | None
) -> tuple[Fraction, ...]:
    if how == "best":
        return expected_best(payouts, amount)
    if how == "exclusive":
        return expected_exclusive(payouts, amount)
    return expected_accumulate(payouts, amount, cap)


def _not_comparable(group: Interaction) -> CardkitError:
    return CardkitError(
        Text(
            f"{group.id}：成员不是由同一分布定价（同一范围、同一周期的比例返现），无法按 {group.how} 计算",
            f"{group.id}: its members aren't priced from one distribution (rate cashback, one scope, one "
            f"period), so they can't be priced as {group.how}",
        ),
        Text(
            "统一范围与周期，或改用 how: accumulate（不设共同上限）",
            "give them one scope and period, or use how: accumulate without a shared cap",
        ),
    )
