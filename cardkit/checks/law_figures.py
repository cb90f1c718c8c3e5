"""CK7: law about ages, students and instalments: what figures show."""

from collections.abc import Iterable

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.checks.law import (
    CASH_LIMITS,
    HOLDER_AGE,
    STUDENTS,
    TENOR,
    cited,
    in_force,
    parameter,
)
from cardkit.ground.finding import Finding
from cardkit.ground.money import plain_number
from cardkit.ground.text import Text
from cardkit.mechanics.instalment import Instalment


@check(HOLDER_AGE)
def holder_age(checking: Checking) -> Iterable[Finding]:
    """A card is given to main holders who are too young.

    主卡持卡人的最低年龄太低。

    Why: Credit cards are for adults; a younger main holder has no valid contract.
    为什么：信用卡只发给成年人；年龄不到，合同无效。
    Bad (cards/gold-card.yaml):
        minimum_age: 16 # here
    Good (cards/gold-card.yaml):
        minimum_age: 18
    Source: 银监会令2011年第2号 第四十四条
    """
    for law in in_force(checking, HOLDER_AGE):
        least = parameter(checking, law, "minimum-age", 18)
        for card in checking.catalog.cards.values():
            if card.minimum_age < least:
                shown = plain_number(least)
                yield cited(
                    checking,
                    law,
                    HOLDER_AGE,
                    checking.at(card, "minimum_age"),
                    Text(f"主卡持卡人须满 {shown} 周岁", f"The main card holder must be at least {shown}"),
                    Text(f"写 minimum_age: {shown}", f"write minimum_age: {shown}"),
                    card.id,
                )


@check(STUDENTS)
def student_safeguards(checking: Checking) -> Iterable[Finding]:
    """A segment that can hold students lacks a safeguard.

    可能含学生的客群缺少保障措施。

    Why: A student's second repayment source must be confirmed in writing, and spending above the line is not
        allowed.
    为什么：学生的第二还款来源须书面落实，且不得提供超限额度。
    Bad (segments/gen-z.yaml):
        may_be_students: true
        over_limit_use: false
        second_repayment_source: false # here
    Good (segments/gen-z.yaml):
        may_be_students: true
        second_repayment_source: true
        over_limit_use: false
    Source: 银监会令2011年第2号 第四十五条
    """
    for law in in_force(checking, STUDENTS):
        for segment in checking.catalog.segments.values():
            if not segment.may_be_students:
                continue
            if not segment.second_repayment_source:
                message = Text(
                    "学生客群要书面落实第二还款来源", "Students need a second repayment source in writing"
                )
                hint = Text(
                    "落实后写 second_repayment_source: true",
                    "once confirmed, write second_repayment_source: true",
                )
                site = checking.at(segment, "second_repayment_source")
                yield cited(checking, law, STUDENTS, site, message, hint, segment.id)
            if segment.over_limit_use:
                message = Text("学生客群不得超限使用", "Students may not spend above their line")
                hint = Text("写 over_limit_use: false", "write over_limit_use: false")
                site = checking.at(segment, "over_limit_use")
                yield cited(checking, law, STUDENTS, site, message, hint, segment.id)


@check(TENOR)
def instalment_tenor(checking: Checking) -> Iterable[Finding]:
    """An instalment runs for too many months, or has no least amount.

    分期期限太长，或没有最低金额。

    Why: Credit-card instalments end within sixty months, and the customer reads the least and the most
        amount; from 0 yuan on is no least amount.
    为什么：信用卡分期最长 60 个月，并要写明金额下限和上限；从 0 元起等于没有下限。
    Bad (modules/study-instalments.yaml benefits/0):
        tenors:
          - {months: 72, customer_rate: 0.3%} # here
    Bad (modules/study-instalments.yaml benefits/0):
        minimum_amount: 0 # here
    Good (modules/study-instalments.yaml benefits/0):
        tenors:
          - {months: 60, customer_rate: 0.3%}
    Source: 银保监规〔2022〕13号
    """
    for law in in_force(checking, TENOR):
        most = parameter(checking, law, "max-months", 60)
        for held in checking.on_sale:
            if not isinstance(held.benefit, Instalment):
                continue
            least = held.benefit.minimum_amount.on(checking.as_of)
            if least is not None and least.value == 0:
                yield cited(
                    checking,
                    law,
                    TENOR,
                    checking.at_held(held, "minimum_amount"),
                    Text("没有最低金额：从 0 元起", "There is no least amount: it begins at 0 yuan"),
                    Text("写一笔分期最少多少元", "write the least that one contract may be"),
                    held.holder.id,
                )
            for index, tenor in enumerate(held.benefit.tenors):
                if tenor.months > most:
                    yield cited(
                        checking,
                        law,
                        TENOR,
                        checking.at_held(held, "tenors", index, "months"),
                        Text(
                            f"{tenor.months} 个月，最长 {plain_number(most)} 个月",
                            f"{tenor.months} months; at most {plain_number(most)} are allowed",
                        ),
                        Text(
                            f"最多写 months: {plain_number(most)}",
                            f"write months: {plain_number(most)} or fewer",
                        ),
                        held.holder.id,
                    )


@check(CASH_LIMITS)
def cash_instalment_limits(checking: Checking) -> Iterable[Finding]:
    """A cash instalment is too large or runs too long.

    现金分期金额太大或期限太长。

    Why: Cash has narrower bounds than purchases: it is the easiest way into debt.
    为什么：现金比消费管得更严，因为它最容易让人陷入债务。
    Bad (modules/study-instalments.yaml benefits/0):
        book: cash
        maximum_amount: 80000 # here
    Good (modules/study-instalments.yaml benefits/0):
        book: cash
        maximum_amount: 50000
    Source: 银保监规〔2022〕13号
    """
    for law in in_force(checking, CASH_LIMITS):
        months = parameter(checking, law, "max-months", 24)
        amount = parameter(checking, law, "max-amount", 50_000)
        for held in checking.on_sale:
            benefit = held.benefit
            if not isinstance(benefit, Instalment) or benefit.book != "cash":
                continue
            entry = benefit.maximum_amount.on(checking.as_of)
            if entry is not None and entry.value > amount:
                yield cited(
                    checking,
                    law,
                    CASH_LIMITS,
                    checking.at_held(held, "maximum_amount"),
                    Text(
                        f"现金分期最多 {plain_number(amount)} 元",
                        f"Cash instalments are for at most {plain_number(amount)} yuan",
                    ),
                    Text(f"最多写 {plain_number(amount)}", f"write at most {plain_number(amount)}"),
                    held.holder.id,
                )
            for index, tenor in enumerate(benefit.tenors):
                if tenor.months > months:
                    yield cited(
                        checking,
                        law,
                        CASH_LIMITS,
                        checking.at_held(held, "tenors", index, "months"),
                        Text(
                            f"现金分期最长 {plain_number(months)} 个月",
                            f"Cash instalments run for at most {plain_number(months)} months",
                        ),
                        Text(f"最多写 {plain_number(months)}", f"write at most {plain_number(months)}"),
                        held.holder.id,
                    )
