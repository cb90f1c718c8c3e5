"""Customer segments (客群): how many they are, how they spend, what they use, how they repay."""

from collections.abc import Mapping

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import MapOf, Record
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Boolean, Money, Number, Rate, Reference, Whole, Words
from cardkit.ground.text import Text
from cardkit.model.entity import Entity


def _cv(zh: str, en: str, example: float) -> Figure:
    made: Figure = item(
        FigureOf(Number(), by_segment=False),
        Text(f"{zh}变异系数", f"coefficient of variation, {en}"),
        Text(f"{zh}的标准差除以均值。", f"Standard deviation of the {en} divided by its mean."),
        example=example,
    )
    return made


@record
class CategorySpend:
    """A segment's spend in one category."""

    month_mean: Figure = item(
        FigureOf(Money(), by_segment=False),
        Text("月均消费", "monthly mean"),
        Text("每活跃客户每月均值，元。", "Yuan per active customer and month."),
        example=820,
    )
    month_cv: Figure = _cv("月消费", "month's spend", 0.8)
    year_cv: Figure = _cv("年消费", "year's spend", 0.6)
    purchases_month: Figure = item(
        FigureOf(Number(), by_segment=False),
        Text("月均笔数", "purchases a month"),
        Text("每活跃客户每月笔数均值。", "Mean number of purchases per active customer and month."),
        example=9,
    )
    ticket_cv: Figure = _cv("单笔金额", "ticket", 0.9)


@record
class Usage:
    """How often a segment uses something in a year, and what one use costs at retail."""

    mean: Figure = item(
        FigureOf(Number(), by_segment=False),
        Text("年均次数", "mean a year"),
        Text("每活跃客户每年次数。", "Uses per active customer and year."),
        example=3.2,
    )
    dispersion: Figure | None = item(
        FigureOf(Number(), by_segment=False),
        Text("离散系数", "dispersion"),
        Text(
            "写了就用负二项分布：方差 = 均值 + 离散系数·均值²；不写为泊松。",
            "Negative binomial when given: variance = mean + dispersion·mean²; Poisson when left out.",
        ),
        default=None,
    )
    ticket_mean: Figure | None = item(
        FigureOf(Money(), by_segment=False),
        Text("单次金额均值", "ticket mean"),
        Text("一次的零售金额均值，元。", "Mean retail price of one use, yuan."),
        default=None,
    )
    ticket_cv: Figure | None = item(
        FigureOf(Number(), by_segment=False),
        Text("单次金额变异系数", "ticket cv"),
        Text("一次金额的标准差除以均值。", "Standard deviation of one use's price over its mean."),
        default=None,
    )


@record
class Spend:
    """A segment's spend, by category and in all."""

    month_cv: Figure = _cv("全部月消费", "whole month's spend", 0.9)
    year_cv: Figure = _cv("全部年消费", "whole year's spend", 0.7)
    categories: Mapping[str, CategorySpend] = item(
        MapOf(Reference(("category",)), Record(CategorySpend), least=1),
        Text("各类别", "categories"),
        Text("按消费类别。", "By spend category."),
    )


@record
class Credit:
    """How a segment repays."""

    revolver_share: Figure = item(
        FigureOf(Rate(), by_segment=False),
        Text("循环客户占比", "revolver share"),
        Text("使用循环信用的客户比例。", "Share of customers who revolve."),
    )
    revolving_balance: Figure = item(
        FigureOf(Money(), by_segment=False),
        Text("循环余额", "revolving balance"),
        Text("循环客户的平均余额，元。", "Mean balance of those who revolve, yuan."),
    )
    revolving_loss: Figure = item(
        FigureOf(Rate(), by_segment=False),
        Text("循环损失率", "revolving loss rate"),
        Text("循环余额的年净损失率。", "Annual net loss on revolving balances."),
    )
    instalment_loss: Figure = item(
        FigureOf(Rate(), by_segment=False),
        Text("分期损失率", "instalment loss rate"),
        Text("分期余额的年净损失率。", "Annual net loss on instalment balances."),
    )
    float_loss: Figure = item(
        FigureOf(Rate(), by_segment=False),
        Text("交易损失率", "float loss rate"),
        Text("免息期余额的年净损失率。", "Annual net loss on balances within the interest-free days."),
    )
    float_days: Figure = item(
        FigureOf(Number(), by_segment=False),
        Text("平均垫款天数", "float days"),
        Text("从消费到还款平均多少天。", "Days from purchase to repayment, on average."),
    )


@record
class Segment(Entity):
    """A group of customers who live, spend and repay alike."""

    population: Figure = item(
        FigureOf(Number(decimals=0), by_segment=False),
        Text("活跃客户数", "population"),
        Text("本行该客群的活跃客户数。", "The bank's active customers in the segment."),
        example=800000,
    )
    reference_card: str = item(
        Reference(("card",)),
        Text("参考卡", "reference card"),
        Text("单独看一个模块时放在哪张卡上。", "The card that a module is looked at on."),
    )
    traits: Text = item(Words(), Text("特征", "traits"), Text("什么打动他们。", "What moves them."))
    minimum_age: int = item(
        Whole(0, 120),
        Text("最低年龄", "minimum age"),
        Text("客群中最年轻的周岁。", "Age of the youngest, in years."),
    )
    may_be_students: bool = item(
        Boolean(),
        Text("可能含学生", "may be students"),
        Text(
            "可能包含学生：需要第二还款来源，不得超限。",
            "Needs a second repayment source; no over-limit use.",
        ),
        default=False,
    )
    second_repayment_source: bool = item(
        Boolean(),
        Text("第二还款来源书面确认", "second repayment source in writing"),
        Text("是否书面落实。", "Whether it is confirmed in writing."),
        default=False,
    )
    over_limit_use: bool = item(
        Boolean(),
        Text("允许超限", "over-limit use"),
        Text("是否允许超过额度消费。", "Whether spending above the line is allowed."),
        default=False,
    )
    life_years: Figure = item(
        FigureOf(Number(above=0), by_segment=False),
        Text("预期年限", "expected life"),
        Text("客户预期留存多少年。", "Years that a customer is expected to stay."),
    )
    spend: Spend = item(Record(Spend), Text("消费", "spend"), Text("消费分布。", "Distributions of spend."))
    usage: Mapping[str, Usage] = item(
        MapOf(Reference(("usage",)), Record(Usage)),
        Text("年使用量", "usage"),
        Text("飞行、乐园、诊所、健身等每年次数。", "Flights, parks, clinics, gyms and so on, a year."),
    )
    credit: Credit = item(Record(Credit), Text("信用", "credit"), Text("还款行为。", "How they repay."))
