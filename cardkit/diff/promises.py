"""CK8: promises to the people who hold a card already, and a change that breaks them."""

from collections.abc import Iterable
from datetime import timedelta

from cardkit.diff.affected import affected, sold_with
from cardkit.diff.breaking import RETIRED, broken, broken_by, gone, notice_days, of_family
from cardkit.diff.change import Change, Kind, Subject
from cardkit.diff.promise import BrokenPromise, promise
from cardkit.diff.sides import Sides
from cardkit.diff.worsenings import published, worsenings
from cardkit.ground.finding import Code, Severity
from cardkit.ground.text import Text, joined, same
from cardkit.model.card import Card
from cardkit.model.module import Module

FEE = Code("CK801", "fee-raised")
BENEFIT = Code("CK802", "benefit-reduced")
CAP = Code("CK803", "cap-reduced")
COUNT = Code("CK804", "count-reduced")
CONDITION = Code("CK805", "condition-tightened")
MOVED = Code("CK807", "announced-date-moved")
NOTICE = Code("CK808", "notice-too-short")
IN_PLACE = Code("CK809", "edited-in-place", Severity.WARNING)


@promise(FEE, Kind.FEE_RAISED)
def fee_raised(sides: Sides) -> Iterable[BrokenPromise]:
    """A fee, a price or a rate that customers pay goes up at once, or a discount of theirs goes down.

    客户要付的费用、价格或利率立即上涨，或他们的优惠减少。

    Why: Customers applied for the card at the price that they were told. A price that changes without notice
        is no price that they agreed to; they must be told first and be able to leave.
    为什么：客户按当时告知的价格办卡。不经通知就改的价格，不是他们同意的价格；要先告知，让客户可以选择退出。
    Before (cards/city-card.yaml):
        annual_fee: 100
    Bad (cards/city-card.yaml):
        annual_fee: 150 # here
    Good (cards/city-card.yaml):
        annual_fee:
          - {from: 2026-01-01, value: 100}
          - {from: 2026-09-01, value: 150}
    Source: 银发〔2016〕111号 art. 6: changes are told 45 days before 提前45日告知
    """
    return of_family(sides, "fee", FEE, Kind.FEE_RAISED, Text("涨价", "the price goes up"))


@promise(BENEFIT, Kind.BENEFIT_REDUCED)
def benefit_reduced(sides: Sides) -> Iterable[BrokenPromise]:
    """A right gives less at once, or is gone.

    一项权益立即给得更少，或者没有了。

    Why: What a card gives is part of the contract with those who hold it. Less of it, without notice, breaks
        the contract with each of them.
    为什么：卡片给什么，是与持卡人合同的一部分。不经通知就减少，是对每一位持卡人违约。
    Before (modules/pet-care.yaml benefits/0):
        rate: 20%
    Bad (modules/pet-care.yaml benefits/0):
        rate: 15% # here
    Good (modules/pet-care.yaml benefits/0):
        rate:
          - {from: 2026-01-01, value: 20%}
          - {from: 2026-09-01, value: 15%}
    Source: consumer law on standard terms 民法典第496条; practice of card centres 信用卡中心实务
    """
    return of_family(
        sides, "benefit", BENEFIT, Kind.BENEFIT_REDUCED, Text("权益变少", "the right gives less")
    )


@promise(CAP, Kind.CAP_REDUCED)
def cap_reduced(sides: Sides) -> Iterable[BrokenPromise]:
    """A cap becomes lower at once, or appears where there was none.

    上限立即降低，或原来没有上限而现在有了。

    Why: A lower cap takes most from those who use the right most: they chose the card for it.
    为什么：上限降低，损失最大的是用得最多、正是为此办卡的客户。
    Before (modules/pet-care.yaml benefits/0):
        cap_per_use: 100
    Bad (modules/pet-care.yaml benefits/0):
        cap_per_use: 60 # here
    Good (modules/pet-care.yaml benefits/0):
        cap_per_use:
          - {from: 2026-01-01, value: 100}
          - {from: 2026-09-01, value: 60}
    Source: practice of card centres 信用卡中心实务
    """
    return of_family(sides, "cap", CAP, Kind.CAP_REDUCED, Text("上限降低", "the cap is lower"))


@promise(COUNT, Kind.COUNT_REDUCED)
def count_reduced(sides: Sides) -> Iterable[BrokenPromise]:
    """A right may be used less often at once, or by fewer people.

    一项权益的次数或人数立即变少。

    Why: Whoever has used two of four visits counts on the other two.
    为什么：四次用了两次的客户，还指望着剩下的两次。
    Before (modules/lounge-pass.yaml benefits/0):
        count: 4
    Bad (modules/lounge-pass.yaml benefits/0):
        count: 2 # here
    Good (modules/lounge-pass.yaml benefits/0):
        count:
          - {from: 2026-01-01, value: 4}
          - {from: 2027-01-01, value: 2}
    Source: practice of card centres 信用卡中心实务
    """
    return of_family(sides, "count", COUNT, Kind.COUNT_REDUCED, Text("次数变少", "it is granted less often"))


@promise(CONDITION, Kind.CONDITION_TIGHTENED)
def condition_tightened(sides: Sides) -> Iterable[BrokenPromise]:
    """A condition asks for more at once, or is new: fewer customers, purchases or days count.

    条件立即变严，或新增了条件：能享受的客户、消费或日期变少。

    Why: A right that can't be reached any more is a right that was taken away, for those who no longer
        reach it.
    为什么：够不着的权益，对够不着的客户来说就是被取消了。
    Before (cards/city-card.yaml benefits/0):
        threshold: 20000
    Bad (cards/city-card.yaml benefits/0):
        threshold: 30000 # here
    Good (cards/city-card.yaml benefits/0):
        threshold:
          - {from: 2026-01-01, value: 20000}
          - {from: 2027-01-01, value: 30000}
    Source: practice of card centres 信用卡中心实务
    """
    return of_family(
        sides,
        "condition",
        CONDITION,
        Kind.CONDITION_TIGHTENED,
        Text("条件变严", "the condition asks for more"),
    )


@promise(RETIRED, Kind.RETIRED_WHILE_SOLD)
def retired_while_sold(sides: Sides) -> Iterable[BrokenPromise]:
    """A card or module is taken off while a bundle or saved product still sells it, or its file is deleted.

    基础卡或模块停售了，而组合或保存的产品还在卖它；或者文件被删除。

    Why: The bundle can no longer be bought as it is advertised, and those who hold the module have nothing
        left that says what they hold.
    为什么：组合不能再按宣传的样子购买；文件删掉后，持有人手里的权益也无据可查。
    Before (modules/pet-care.yaml):
        status: live
    Bad (modules/pet-care.yaml):
        status: retired # here
    Good (modules/pet-care.yaml):
        status: retired
    Good (bundles/pet-start.yaml):
        status: retired
    Good (products/pet-lover.yaml):
        status: retired
    Source: practice of card centres 信用卡中心实务
    """
    for name in sides.changed:
        before, after = sides.entity(name, after=False), sides.entity(name, after=True)
        if not isinstance(before, Card | Module) or before.status not in ("live", "pilot"):
            continue
        if not published(before, sides.as_of):
            continue
        sold = sold_with(sides.after.catalog, name, sides)
        if after is None:
            yield gone(sides, name, sold)
        elif after.status in ("draft", "retired") and sold:
            offers = joined([same(each) for each in sold])
            yield broken(
                RETIRED,
                Change(
                    Kind.RETIRED_WHILE_SOLD,
                    Subject(name, before.name, Text("状态", "status"), ("status",)),
                    same(before.status),
                    same(after.status),
                    affected(sides, name),
                ),
                sides.after.catalog.site(name, "status"),
                Text(
                    f"{before.name.zh}不再销售（{after.status}），但还在这些里面卖：{offers.zh}",
                    f"{before.name.en} is {after.status}, and still sold in {offers.en}",
                ),
                Text(
                    "先让这些组合和产品停售，或换掉其中的模块；已持有的客户用到有效期末",
                    "end those bundles and products first, or put something else into them; holders keep it "
                    "until its last day",
                ),
            )


@promise(MOVED, Kind.DATE_MOVED)
def announced_date_moved(sides: Sides) -> Iterable[BrokenPromise]:
    """A day that was announced moves against the customer: something good later, something bad sooner.

    已公布的日期朝对客户不利的方向移动：好的推后，坏的提前，或有效期缩短。

    Why: Dates are announced so that customers can rely on them: they wait for the better right, or use the
        old one up in time.
    为什么：公布日期就是让客户据此安排：等更好的权益，或赶在变化之前用完。
    Before (modules/pet-care.yaml):
        valid: {from: 2026-01-01, until: 2028-12-31}
    Bad (modules/pet-care.yaml):
        valid: {from: 2026-01-01, until: 2026-07-31} # here
    Good (modules/pet-care.yaml):
        valid: {from: 2026-01-01, until: 2027-12-31}
    Source: practice of card centres 信用卡中心实务
    """
    for worse in worsenings(sides):
        first = sides.as_of + timedelta(days=notice_days(sides))
        if worse.family == "date":
            if worse.timing == "dated" and worse.since >= first:
                continue  # it ends earlier than planned, and customers can be told in time
        elif worse.timing != "announced":
            continue
        yield broken_by(
            sides,
            MOVED,
            Kind.DATE_MOVED,
            worse,
            Text("已公布的日期变了", "what was announced moves"),
            Text(
                f"保留已公布的日期；要结束得更早，最早 {first}",
                f"keep the day that was announced; to end it earlier, {first} at the earliest",
            ),
        )


@promise(NOTICE, Kind.NOTICE_TOO_SHORT)
def notice_too_short(sides: Sides) -> Iterable[BrokenPromise]:
    """Something gets worse from a day on that leaves less than the notice period.

    变差的日子离今天太近，不足通知期。

    Why: Customers must be told so many days before (`notice_days` in catalog.yaml), counted from the day of
        the check: a change that waited too long for its merge needs a later day.
    为什么：变更要提前这么多天通知客户（catalog.yaml 的 notice_days），从检查那天算起；
        合并拖久了，日期要往后改。
    Before (cards/city-card.yaml):
        annual_fee: 100
    Bad (cards/city-card.yaml):
        annual_fee:
          - {from: 2026-01-01, value: 100}
          - {from: 2026-07-15, value: 150} # here
    Good (cards/city-card.yaml):
        annual_fee:
          - {from: 2026-01-01, value: 100}
          - {from: 2026-08-15, value: 150}
    Source: 银发〔2016〕111号 art. 6; for rights the period is the bank's own 权益变更的通知期由银行自定
    """
    for worse in worsenings(sides):
        days = (worse.since - sides.as_of).days
        if worse.timing == "dated" and worse.family != "date" and days < notice_days(sides):
            said = Text(
                f"{worse.since} 起变差，只提前 {days} 天（要 {notice_days(sides)} 天）",
                f"it gets worse on {worse.since}, {days} days from now ({notice_days(sides)} are needed)",
            )
            yield broken_by(sides, NOTICE, Kind.NOTICE_TOO_SHORT, worse, said)


@promise(IN_PLACE, Kind.EDITED_IN_PLACE)
def edited_in_place(sides: Sides) -> Iterable[BrokenPromise]:
    """A figure that customers were told is overwritten, where a dated entry would have kept what was.

    已公布的数值被直接改掉，本应另加一条带日期的值。

    Why: Nobody loses by it now; but what a customer had on an earlier day can no longer be told, and prices
        of that day come out differently than they did.
    为什么：眼下没有人吃亏，但以前某一天客户享有什么已无从说起，按那天算的价格也和当时不同。
    Before (modules/pet-care.yaml benefits/0):
        cap_per_use: 100
    Bad (modules/pet-care.yaml benefits/0):
        cap_per_use: 120 # here
    Good (modules/pet-care.yaml benefits/0):
        cap_per_use:
          - {from: 2026-01-01, value: 100}
          - {from: 2026-07-01, value: 120}
    Source: DOMAIN: a published version edited in place 已公布的版本被直接修改
    """
    for worse in worsenings(sides):
        if worse.timing == "in-place":
            hint = Text(
                f"保留原值，另加一条：{{from: {sides.as_of}, value: {worse.after.zh}}}",
                f"keep what was, and add an entry: {{from: {sides.as_of}, value: {worse.after.en}}}",
            )
            said = Text("直接改了已公布的值", "a published figure was overwritten")
            yield broken_by(sides, IN_PLACE, Kind.EDITED_IN_PLACE, worse, said, hint)
