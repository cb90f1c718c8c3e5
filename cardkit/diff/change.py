"""What a change of a catalog comes down to: values that renderers speak."""

from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from cardkit.ground.finding import Path
from cardkit.ground.frozen import frozen
from cardkit.ground.text import Text

Value = TypeVar("Value")
Impact = TypeVar("Impact")


class Kind(Enum):
    """What can change. The value is the sentence; `{subject}`, `{before}` and `{after}` are filled in."""

    ENTITY_ADDED = Text("新增{subject}", "{subject} is new")
    ENTITY_REMOVED = Text("删除了{subject}", "{subject} is gone")
    VALUE_ADDED = Text("{subject}：写上了 {after}", "{subject}: {after} is new")
    VALUE_REMOVED = Text("{subject}：去掉了 {before}", "{subject}: {before} is gone")
    VALUE_CHANGED = Text("{subject}：{before} → {after}", "{subject}: {before} → {after}")
    VALUE_DATED = Text("{subject}：{impact} 起 {after}", "{subject}: {after} from {impact}")
    ORDER_CHANGED = Text("{subject}：顺序变了", "{subject}: in another order")

    FEE_RAISED = Text("{subject}涨了：{before} → {after}", "{subject} went up: {before} → {after}")
    BENEFIT_REDUCED = Text("{subject}减少了：{before} → {after}", "{subject} was reduced: {before} → {after}")
    CAP_REDUCED = Text("{subject}降低了：{before} → {after}", "{subject} was lowered: {before} → {after}")
    COUNT_REDUCED = Text("{subject}变少了：{before} → {after}", "{subject}: fewer, {before} → {after}")
    CONDITION_TIGHTENED = Text(
        "{subject}变严了：{before} → {after}", "{subject} was tightened: {before} → {after}"
    )
    RETIRED_WHILE_SOLD = Text(
        "{subject}停售了，但还在卖：{before} → {after}", "{subject} is retired while sold: {before} → {after}"
    )
    DATE_MOVED = Text("{subject}的日期变差了：{before} → {after}", "{subject} moved: {before} → {after}")
    NOTICE_TOO_SHORT = Text(
        "{subject}通知期不足：{before} → {after}", "{subject} changes too soon: {before} → {after}"
    )
    EDITED_IN_PLACE = Text(
        "{subject}直接改了已公布的值：{before} → {after}",
        "{subject} was edited in place: {before} → {after}",
    )

    WAIVER_EXPIRED = Text("{subject}的放行已过期：{before}", "a waiver for {subject} ended on {before}")

    MONEY_MOVED = Text("{subject} 的金额变了", "{subject}: amounts move")
    OFFER_ADDED = Text("{subject} 是新的", "{subject} is a new offer")
    OFFER_REMOVED = Text("不再有 {subject}", "{subject} is no longer offered")
    WORST_MOVED = Text("{subject} 里贡献最低的产品变了", "{subject}: the worst product moves")
    BEST_MOVED = Text("{subject} 里贡献最高的产品变了", "{subject}: the best product moves")

    SOLD = Text("{subject} 现在可以卖", "{subject} may be sold now")
    NO_LONGER_SOLD = Text("{subject} 不能再卖", "{subject} may no longer be sold")
    COUNT_MOVED = Text("{subject}：可售产品 {before} → {after}", "{subject}: products {before} → {after}")
    WORDING_CHANGED = Text("{subject} 的客户页面变了", "{subject}: the customer reads something else")


@frozen
class Subject:
    """What changed: an entity, catalog.yaml or a product, and the value of it."""

    id: str
    name: Text
    """What people call it."""
    label: Text = Text("", "")
    """The value within it, in words: `Clinic discount · cap per use`; empty for the whole."""
    path: Path = ()
    """In the data after the change."""
    steps: Path = ()
    """The same with ids in place of positions, as people name it in a waiver: `benefits/lounge/count`."""

    @property
    def words(self) -> Text:
        """Name and value in one line."""
        if not self.label.en:
            return self.name
        return Text(f"{self.name.zh} · {self.label.zh}", f"{self.name.en} · {self.label.en}")


@dataclass(frozen=True, slots=True)
class Change(Generic[Value, Impact]):
    """One thing that is no longer as it was. None on a side: there it is not."""

    kind: Kind
    subject: Subject
    before: Value | None
    after: Value | None
    impact: Impact | None = None


@frozen
class Figures:
    """What a product comes to, in fen per active holder and year, and whether it may be sold."""

    product: str
    contribution: int
    customer_pays: int
    customer_value: int
    sellable: bool = True

    @property
    def amounts(self) -> tuple[int, int, int]:
        """Contribution, what the customer pays, what it is worth to them."""
        return self.contribution, self.customer_pays, self.customer_value


@frozen
class Moves:
    """By how much a product's amounts move, after − before, in fen; and the lines that move most."""

    contribution: int
    customer_pays: int
    customer_value: int
    lines: tuple[tuple[Text, int], ...] = ()
    """Names and amounts of the bank's lines, the largest first; none between different products."""


@frozen
class Turnover:
    """Products that may be sold after a change and not before, and the other way round."""

    gained: int
    lost: int


FieldChange = Change[Text, str]
"""Of a field; the impact is the first day of a dated value, ISO."""
MoneyChange = Change[Figures, Moves]
"""Of a product's price; the impact is there where both sides are."""
CountChange = Change[int, Turnover]
"""Of the number of products of a cell."""
