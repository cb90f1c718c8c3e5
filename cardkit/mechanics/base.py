"""The common side of every benefit: its identity, who may have it, who pays, and what it must answer."""

from abc import abstractmethod
from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf, Record
from cardkit.ground.shape.figure import Figure, FigureOf, fixed
from cardkit.ground.shape.leaf import Choice, Identifier, Line, Rate, Words
from cardkit.ground.text import Text
from cardkit.mechanics.common import Eligibility, Funding, Limit, Pool, Scope, Sharing, Validity
from cardkit.mechanics.exposure import Exposure
from cardkit.mechanics.setting import Basis, Expected, Setting, Year
from cardkit.mechanics.wording import Wording, limit_text

EVERYONE = Eligibility()


@record
class Benefit:
    """A right that a card, module, service tier or campaign grants."""

    id: str = item(
        Identifier(),
        Text("权益编号", "benefit id"),
        Text("在所属实体内唯一。", "Unique within the entity that grants it."),
        public=True,
    )
    mechanic: str = item(
        Line(),
        Text("机制", "mechanic"),
        Text("这项权益怎样运作；决定其余的键。", "How the benefit works; decides the other keys."),
        public=True,
    )
    name: Text = item(
        Words(),
        Text("权益名称", "name"),
        Text("客户看到的名称。", "The name that the customer reads."),
        public=True,
    )
    eligibility: Eligibility = item(
        Record(Eligibility),
        Text("资格", "eligibility"),
        Text("谁可以享有。", "Who may have it."),
        default=EVERYONE,
        public=True,
    )
    enrolment: str = item(
        Choice(("automatic", "register", "claim")),
        Text("获取方式", "enrolment"),
        Text(
            "自动享有、先报名，或逐次领取。后两种必须给出 take_up。",
            "Automatic, by registration, or claimed each time; the last two need a take_up.",
        ),
        default="automatic",
        public=True,
    )
    take_up: Figure | None = item(
        FigureOf(Rate()),
        Text("参与率", "take-up"),
        Text(
            "有资格的持有人中报名或使用的比例；自动享有时默认 100%。",
            "Share of eligible holders who enrol or use it; 100% when automatic and left out.",
        ),
        default=None,
        example={"value": "35%", "source": "2025 pilot", "status": "measured"},
    )
    scope: Scope | None = item(
        Record(Scope),
        Text("适用范围", "scope"),
        Text("哪些消费、商户和日期。", "Which purchases, merchants and days."),
        default=None,
        public=True,
    )
    limits: tuple[Limit, ...] = item(
        ListOf(Record(Limit)),
        Text("上限", "limits"),
        Text("每个周期的上限，可有多条。", "Caps, each in its own period and at its own level."),
        default=(),
        public=True,
    )
    validity: Validity | None = item(
        Record(Validity),
        Text("有效期", "validity"),
        Text("起止日期都含当天。", "First and last day, both inclusive."),
        default=None,
        public=True,
    )
    funding: Funding | None = item(
        Record(Funding),
        Text("费用分摊", "funding"),
        Text("谁承担成本；不写表示全由银行承担。", "Who pays the cost; the bank alone when left out."),
        default=None,
    )
    pool: Pool | None = item(
        Record(Pool),
        Text("总名额", "pool"),
        Text("全部客户合计的名额，先到先得。", "A quota for all customers, first come first served."),
        default=None,
        public=True,
    )
    sharing: Sharing | None = item(
        Record(Sharing),
        Text("共享", "sharing"),
        Text("附属卡权益包可以共享这项权益。", "A supplementary-card pack may share this benefit."),
        default=None,
        public=True,
    )
    valuation: Figure = item(
        FigureOf(Rate()),
        Text("客户估值系数", "valuation factor"),
        Text(
            "客户心目中的价值占零售价的比例；现金按面值。",
            "What it is worth to the customer as a share of its retail value; cash at face.",
        ),
        default=fixed(1, "at retail value"),
        example="80%",
    )
    exclusions: tuple[Text, ...] = item(
        ListOf(Words()),
        Text("除外", "exclusions"),
        Text("不适用的情形，写给客户看。", "What is excluded, in the customer's words."),
        default=(),
        public=True,
    )

    OWN_KEYS_BEHIND: ClassVar[str] = "take_up"
    """Who gets it, then what they get (the mechanic's own keys), then where, how often, who pays."""

    LIMITED_BY: ClassVar[tuple[str, ...]] = ()
    """The metrics of limits that the mechanic settles and prices; others would be a promise nobody keeps."""

    def contradictions(self) -> Iterator[tuple[str, Text, Text | None]]:
        """Keys that don't go together: (key, what is wrong, what to write instead)."""
        for limit in self.limits:
            if limit.metric not in self.LIMITED_BY:
                known = "、".join(self.LIMITED_BY)
                yield (
                    "limits",
                    Text(f"{self.mechanic} 不能按 {limit.metric} 设上限", f"No cap on {limit.metric} here"),
                    Text(f"可用：{known}", f"{self.mechanic} can be capped by {known.replace('、', ' or ')}")
                    if known
                    else Text("写进次数或档位", "put it into the benefit's own count or steps"),
                )

    def basis(self, setting: Setting) -> Basis | None:  # noqa: ARG002 - mechanics with a distribution use it
        """The one distribution that the benefit is priced from; None where nothing is drawn."""
        return None

    @abstractmethod
    def settle(self, year: Year, setting: Setting) -> Fraction:
        """What the contract grants one enrolled customer for concrete inputs, exactly, in units."""

    @abstractmethod
    def expect(self, setting: Setting) -> Expected:
        """The closed form: what one enrolled holder is expected to get in a year."""

    @abstractmethod
    def exposure(self, setting: Setting) -> Exposure:
        """The worst case: one enrolled holder who uses every cap, for a year."""

    @abstractmethod
    def promise(self, words: Wording) -> Text:
        """What the customer gets, as one sentence made from the public fields alone."""

    def details(self, words: Wording) -> tuple[Text, ...]:
        """Caps and conditions that stand beside the right, never in footnotes; from public fields alone."""
        return tuple(limit_text(limit, words) for limit in self.limits)

    def capped(self) -> bool:
        """Whether what one customer can get in a year is bounded by the contract itself."""
        return any(limit.period != "purchase" for limit in self.limits)
