"""Lifecycle campaigns (激活–留存–升值–挽回)."""

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf, Record
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Choice, Identifier, Line, Money, Number, Rate, Reference, Whole, Words
from cardkit.ground.text import Text
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.common import Window
from cardkit.mechanics.registry import BENEFIT
from cardkit.model.entity import Entity

START_EVENTS = {
    "campaign-start": Text("活动开始", "the campaign's start"),
    "application": Text("申请", "the application"),
    "approval": Text("核卡", "approval"),
    "activation": Text("激活", "activation"),
    "first-transaction": Text("首笔消费", "the first transaction"),
    "invitation": Text("收到邀请", "the invitation"),
    "employer-contract": Text("单位签约", "the employer's contract"),
}


@record
class Clock:
    """A deadline that starts with an event: within so many days, the last day inclusive."""

    id: str = item(
        Identifier(), Text("编号", "id"), Text("在活动内唯一。", "Unique in the campaign."), public=True
    )
    start: str = item(
        Choice(tuple(START_EVENTS)),
        Text("起点", "start event"),
        Text("从哪个事件开始计时。", "The event from which days are counted."),
        public=True,
    )
    days: int = item(
        Whole(1, 3660),
        Text("天数", "days"),
        Text("几天内，含最后一天。", "Days, the last inclusive."),
        public=True,
    )
    goal: Text = item(
        Words(),
        Text("要做什么", "goal"),
        Text("期限内要完成的事。", "What must be done in time."),
        public=True,
    )


@record
class Target:
    """Who is addressed: segments, and how recently, often and much they buy (RFM)."""

    segments: tuple[str, ...] = item(
        ListOf(Reference(("segment",)), least=1),
        Text("客群", "segments"),
        Text("目标客群。", "The segments."),
    )
    share: Figure = item(
        FigureOf(Rate()),
        Text("目标占比", "targeted share"),
        Text("客群中被选中的比例。", "Share of the segment that is targeted."),
    )
    recency_days_least: int | None = item(
        Whole(0, 3660),
        Text("最近消费至少几天前", "recency, least"),
        Text("R：距最近一笔消费至少多少天。", "R: days since the last purchase, at least."),
        default=None,
    )
    recency_days_most: int | None = item(
        Whole(0, 3660),
        Text("最近消费最多几天前", "recency, most"),
        Text("R：距最近一笔消费最多多少天。", "R: days since the last purchase, at most."),
        default=None,
    )
    purchases_month_least: Figure | None = item(
        FigureOf(Number(), by_segment=False),
        Text("月笔数下限", "frequency, least"),
        Text("F：每月至少几笔。", "F: purchases a month, at least."),
        default=None,
    )
    purchases_month_most: Figure | None = item(
        FigureOf(Number(), by_segment=False),
        Text("月笔数上限", "frequency, most"),
        Text("F：每月最多几笔。", "F: purchases a month, at most."),
        default=None,
    )
    ticket_least: Figure | None = item(
        FigureOf(Money(), by_segment=False),
        Text("笔均下限", "monetary, least"),
        Text("M：笔均金额至少多少元。", "M: mean ticket in yuan, at least."),
        default=None,
    )
    ticket_most: Figure | None = item(
        FigureOf(Money(), by_segment=False),
        Text("笔均上限", "monetary, most"),
        Text("M：笔均金额最多多少元。", "M: mean ticket in yuan, at most."),
        default=None,
    )


@record
class Campaign(Entity):
    """A campaign: whom, what for, when, with which rights, and out of whose pocket."""

    objective: str = item(
        Choice(("acquire", "activate", "convert")),
        Text("目的", "objective"),
        Text("拉新、促活或转化。", "Acquire, activate or convert."),
    )
    stage: str = item(
        Choice(("activation", "retention", "upgrade", "win-back")),
        Text("阶段", "stage"),
        Text("激活、留存、升值或挽回。", "The stage of the customer's life."),
    )
    indicator: str = item(
        Choice(("cards-issued", "active-card-rate", "spend", "instalments", "retention-rate")),
        Text("指标", "indicator"),
        Text("银行与商户共用的目标指标。", "What bank and merchants both aim at."),
    )
    target: Target = item(Record(Target), Text("目标客户", "target"), Text("给谁。", "Who is addressed."))
    window: Window = item(
        Record(Window),
        Text("活动期", "window"),
        Text("首末日都含。", "First and last day, both inclusive."),
        public=True,
    )
    clocks: tuple[Clock, ...] = item(
        ListOf(Record(Clock)),
        Text("时限", "clocks"),
        Text("各自从不同事件起算的期限。", "Deadlines, each from its own start event."),
        default=(),
        public=True,
    )
    quota: Figure | None = item(
        FigureOf(Number(decimals=0), by_segment=False),
        Text("总名额", "quota"),
        Text("整个活动的名额。", "Units for the whole campaign."),
        default=None,
        public=True,
    )
    budget: Figure | None = item(
        FigureOf(Money(), by_segment=False),
        Text("预算", "budget"),
        Text("整个活动的预算，元。", "For the whole campaign, yuan."),
        default=None,
    )
    organiser: Text = item(
        Words(), Text("主办方", "organiser"), Text("谁举办活动。", "Who runs it."), public=True
    )
    approval: str | None = item(
        Line(), Text("审批", "approval"), Text("审批编号。", "Reference of the approval."), default=None
    )
    benefits: tuple[Benefit, ...] = item(
        ListOf(BENEFIT, least=1),
        Text("权益", "benefits"),
        Text("活动给的权益。", "What it grants."),
        public=True,
    )

    @property
    def rights(self) -> tuple[Benefit, ...]:
        """The benefits, under the name that cards, modules, services and campaigns share."""
        return self.benefits
