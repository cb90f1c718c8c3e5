"""Expectations (预期): what a catalog's owners hold it to, in files beside it that are no part of it.

A file lies in `tests/` of the catalog's folder. It is read as strictly as an entity, but is none: it has no
id, changes no price and no content hash, and nothing refers to it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf, MapOf, Record, Tagged
from cardkit.ground.shape.leaf import Choice, Day, Identifier, Line, Reference, Words
from cardkit.ground.text import LANGUAGES, Text
from cardkit.model.expected_amount import AMOUNTS, ExpectedAmount

Contradiction = tuple[str, Text, Text]
"""A key, what is wrong with it, and what to write instead."""

_KINDS = ("sold", "not-sold", "price", "sheet", "policy")
_TEXTS = ListOf(Line(500), most=100)


@record
class Expectation:
    """One expectation: a sentence that says why it matters, and what must hold on its day."""

    expect: str = item(
        Choice(_KINDS),
        Text("预期什么", "what is expected"),
        Text(
            "sold 可售，not-sold 不可售，price 金额，sheet 客户页面的文字，policy 政策。",
            "sold, not-sold, a price's amounts, the customer's sheet, or a policy.",
        ),
    )
    name: Text = item(
        Words(),
        Text("名称", "name"),
        Text("一句话：要守住什么、为什么。", "A sentence: what must hold, and why it matters."),
        example={"zh": "宠物包在 Z 世代要挣钱", "en": "Pet care earns money with gen-z"},
    )
    as_of: date | None = item(
        Day(),
        Text("截至日", "as-of date"),
        Text(
            "按哪一天的数据；不写则用文件的，再不写则用 --as-of。",
            "The day whose figures count; else the file's, else that of --as-of.",
        ),
        default=None,
    )

    @property
    def subject(self) -> str:
        """What it is about, as typed: a product or a policy."""
        raise NotImplementedError


@record
class ProductExpectation(Expectation):
    """An expectation of one product."""

    product: str = item(
        Line(2000),
        Text("产品", "product"),
        Text(
            "CARD+MODULE@SEGMENT；不写客群则指可售的每个客群。",
            "CARD+MODULE@SEGMENT; without a segment, each one that may have it.",
        ),
        example="base-card+pet-care@gen-z",
    )

    @property
    def subject(self) -> str:
        """The product."""
        return self.product


@record
class SoldExpectation(ProductExpectation):
    """The product may be sold; without a segment, to at least one."""


@record
class NotSoldExpectation(ProductExpectation):
    """The product may not be sold; without a segment, to none."""

    rules: tuple[str, ...] = item(
        ListOf(Line(200), least=1),
        Text("由哪些规则", "by which rules"),
        Text(
            "每一条都必须禁止它；也可写 slots:CARD、dates:MODULE 等（见 cardkit check）。",
            "Each must forbid it; limits are named as by cardkit check: slots:CARD, dates:MODULE.",
        ),
        default=(),
        example=["lounge-needs-miles"],
    )


@record
class PriceExpectation(ProductExpectation):
    """Totals and lines of the product's price, each within a margin or a bound."""

    campaigns: tuple[str, ...] = item(
        ListOf(Reference(("campaign",))),
        Text("计入的活动", "campaigns"),
        Text("同 cardkit price --with。", "Counted in, as by cardkit price --with."),
        default=(),
    )
    view: str = item(
        Choice(("steady", "first-year")),
        Text("看哪一年", "view"),
        Text("平均年或首年，同 --view。", "A steady year or the first, as --view."),
        default="steady",
    )
    scenario: str | None = item(
        Identifier(),
        Text("情景", "scenario"),
        Text("叠加 catalog.yaml 里的这个情景。", "A scenario of catalog.yaml to lay over the catalog."),
        default=None,
    )
    totals: Mapping[str, ExpectedAmount] = item(
        MapOf(
            Choice(
                (
                    "revenue",
                    "benefit_cost",
                    "cost",
                    "contribution",
                    "customer_pays",
                    "customer_value",
                    "customer_net",
                )
            ),
            AMOUNTS,
        ),
        Text("合计", "totals"),
        Text(
            "每活跃持有人每年，元；成本为正数。", "Yuan per active holder and year; both costs are positive."
        ),
        default=MappingProxyType({}),
        example={"contribution": {"at_least": 0}},
    )
    lines: Mapping[str, ExpectedAmount] = item(
        MapOf(Line(200), AMOUNTS),
        Text("银行的行", "the bank's lines"),
        Text(
            "按 cardkit price --format json 的行 id；收入为正，成本为负。",
            "By line id, as cardkit price --format json shows them; revenue positive, cost negative.",
        ),
        default=MappingProxyType({}),
        example={"pet-care/clinic-discount": {"is": -36.10, "within": "5%"}},
    )
    customer_lines: Mapping[str, ExpectedAmount] = item(
        MapOf(Line(200), AMOUNTS),
        Text("客户的行", "the customer's lines"),
        Text(
            "按行 id；价值为正，支付为负，同一 id 的两者相抵。",
            "By line id: value positive, what is paid negative; both of one id are netted.",
        ),
        default=MappingProxyType({}),
    )

    def contradictions(self) -> Iterator[Contradiction]:
        """Nothing expected."""
        if not (self.totals or self.lines or self.customer_lines):
            yield (
                "expect",
                Text("没有写预期的金额", "No amount is expected"),
                Text(
                    "写 totals、lines 或 customer_lines 中的至少一个",
                    "write at least one of totals, lines and customer_lines",
                ),
            )


@record
class ExpectedWords:
    """What a page in one language says, and what it doesn't."""

    contains: tuple[str, ...] = item(
        _TEXTS,
        Text("包含", "contains"),
        Text(
            "每一段都要出现；空白的多少不计。", "Each of these stands on the page; white space doesn't count."
        ),
        default=(),
    )
    lacks: tuple[str, ...] = item(
        _TEXTS,
        Text("不包含", "lacks"),
        Text("任何一段都不能出现，大小写不计。", "None of these stands on the page, in upper or lower case."),
        default=(),
    )


@record
class SheetExpectation(ProductExpectation):
    """What the customer's page of the product says, in either language or both."""

    campaigns: tuple[str, ...] = item(
        ListOf(Reference(("campaign",))),
        Text("展示的活动", "campaigns"),
        Text("同 cardkit preview --with。", "Shown too, as by cardkit preview --with."),
        default=(),
    )
    zh: ExpectedWords | None = item(
        Record(ExpectedWords),
        Text("中文页面", "the Chinese page"),
        Text("中文页面的文字。", "Of the page in Chinese."),
        default=None,
    )
    en: ExpectedWords | None = item(
        Record(ExpectedWords),
        Text("英文页面", "the English page"),
        Text("英文页面的文字。", "Of the page in English."),
        default=None,
    )

    def contradictions(self) -> Iterator[Contradiction]:
        """Nothing expected."""
        if not any(words and (words.contains or words.lacks) for words in (self.zh, self.en)):
            yield (
                "expect",
                Text("没有写预期的文字", "No text is expected"),
                Text("在 zh 或 en 下写 contains 或 lacks", "write contains or lacks under zh or en"),
            )


@record
class PolicyExpectation(Expectation):
    """A policy of catalog.yaml, proved or refuted over every product that may be sold."""

    policy: str = item(
        Identifier(),
        Text("政策", "policy"),
        Text("catalog.yaml 里政策的 id。", "The id of a policy in catalog.yaml."),
        example="bank-earns",
    )
    status: str = item(
        Choice(("proved", "refuted")),
        Text("结果", "status"),
        Text(
            "proved：全部成立；refuted：已知有反例。",
            "proved: it holds everywhere; refuted: a counterexample is known.",
        ),
        default="proved",
    )
    segments: tuple[str, ...] = item(
        ListOf(Reference(("segment",)), least=1),
        Text("客群", "segments"),
        Text("只看这些客群；不写表示政策的全部客群。", "Only in these; all of the policy's when left out."),
        default=(),
    )

    @property
    def subject(self) -> str:
        """The policy."""
        return self.policy


EXPECTATION = Tagged(
    "expect",
    {
        "sold": Record(SoldExpectation),
        "not-sold": Record(NotSoldExpectation),
        "price": Record(PriceExpectation),
        "sheet": Record(SheetExpectation),
        "policy": Record(PolicyExpectation),
    },
    "expectation",
)


@record
class Expectations:
    """One file of `tests/`: expectations of the catalog beside it, which `cardkit test` holds it to."""

    owner: str = item(
        Line(100), Text("负责人", "owner"), Text("谁对这些预期负责。", "Who answers for these expectations.")
    )
    about: Text | None = item(
        Words(),
        Text("说明", "about"),
        Text("这个文件守住什么。", "What the file is there to hold."),
        default=None,
    )
    as_of: date | None = item(
        Day(),
        Text("截至日", "as-of date"),
        Text(
            "全部预期按这一天的数据；单条可另写。",
            "The day whose figures count for all of them, unless one says otherwise.",
        ),
        default=None,
    )
    expectations: tuple[Expectation, ...] = item(
        ListOf(EXPECTATION, least=1),
        Text("预期", "expectations"),
        Text("按顺序检查。", "Checked in this order."),
    )

    def contradictions(self) -> Iterator[Contradiction]:
        """Two expectations with one name can't be told apart in a report."""
        for language in LANGUAGES:
            names = [one.name.to(language) for one in self.expectations]
            for name in {name for name in names if names.count(name) > 1}:
                yield (
                    "expectations",
                    Text(f"有两条预期叫“{name}”", f"Two expectations are called “{name}”"),
                    Text("给每条一个自己的名称", "give each a name of its own"),
                )
                return
