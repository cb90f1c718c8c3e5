"""catalog.yaml: what holds for the whole catalog, and the words that its files share."""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf, MapOf, Record
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import (
    Boolean,
    Choice,
    Identifier,
    Line,
    Money,
    Number,
    Rate,
    Reference,
    Whole,
    Words,
)
from cardkit.ground.text import Text
from cardkit.model.scenario import Scenario

FORMAT_VERSION = 1


@record
class Category:
    """A category of spend."""

    name: Text = item(Words(), Text("名称", "name"), Text("类别名称。", "Name of the category."), public=True)
    interchange: Figure = item(
        FigureOf(Rate(), by_segment=False),
        Text("发卡行交换费率", "interchange"),
        Text("发卡行服务费率；公益类为 0。", "The issuer's rate; 0 for public-welfare merchants."),
        example="0.45%",
    )
    overseas: bool = item(
        Boolean(),
        Text("境外", "overseas"),
        Text("外币消费，加收货币转换费。", "In foreign currency, with a markup."),
        default=False,
    )


@record
class UsageName:
    """Something that segments use a number of times a year."""

    name: Text = item(Words(), Text("名称", "name"), Text("用什么。", "What is used."), public=True)


@record
class Need:
    """Something that a customer can say of themselves, and what it means for the year."""

    name: Text = item(
        Words(),
        Text("名称", "name"),
        Text("客户说的是什么。", "What the customer tells."),
        public=True,
        example={"zh": "一年乘机次数", "en": "flights a year"},
    )
    usages: Mapping[str, Fraction] = item(
        MapOf(Reference(("usage",)), Number(), least=1),
        Text("对应的使用次数", "uses"),
        Text(
            "客户报的数每 1 对应每年使用多少次。",
            "How many uses a year come with each 1 of the number told.",
        ),
        example={"lounge-visits": 0.8},
    )


@record
class ModuleGroup:
    """A group of modules."""

    name: Text = item(Words(), Text("名称", "name"), Text("分组名称。", "Name of the group."), public=True)


@record
class PointsCurrency:
    """A currency that customers earn and redeem."""

    name: Text = item(Words(), Text("名称", "name"), Text("积分名称。", "Name of the points."), public=True)
    redemption_rate: Figure = item(
        FigureOf(Rate()),
        Text("兑换率", "redemption rate"),
        Text(
            "发放的积分最终被兑换的比例（1 − 破损率）。",
            "Share of granted points ever redeemed; 1 − breakage.",
        ),
        example="80%",
    )
    expiry_months: int | None = item(
        Whole(1, 600),
        Text("有效月数", "expiry"),
        Text(
            "积分多少个月后失效；长期有效则不写。", "Months after which points expire; left out when never."
        ),
        default=None,
        public=True,
    )


@record
class Market:
    """Parameters that no entity owns."""

    interchange_cap: Figure = item(
        FigureOf(Rate(), by_segment=False),
        Text("交换费率上限", "interchange cap"),
        Text("贷记卡发卡行服务费率上限。", "The most that interchange may be for credit cards."),
    )
    network_fee: Figure = item(
        FigureOf(Rate(), by_segment=False),
        Text("网络服务费率", "network fee"),
        Text("发卡行承担的一半。", "The issuer's half, of the charged volume."),
    )
    vat: Figure = item(
        FigureOf(Rate(), by_segment=False),
        Text("增值税率", "VAT"),
        Text("含税收入中的税额 = 收入·r/(1+r)。", "Contained in gross revenue: gross·r/(1+r)."),
    )
    funding: Figure = item(
        FigureOf(Rate(), by_segment=False),
        Text("资金成本率", "funding rate"),
        Text("内部资金转移价格，年率。", "Funds transfer price, a year."),
    )
    revolving_daily: Figure = item(
        FigureOf(Rate(), by_segment=False),
        Text("循环利息日利率", "daily revolving rate"),
        Text("循环余额的日利率。", "Interest on revolving balances, a day."),
    )
    prepayment_loss: Figure = item(
        FigureOf(Rate(), by_segment=False),
        Text("提前还款损失", "prepayment loss"),
        Text("因提前还款收不到的分期利息比例。", "Share of instalment interest lost to early repayment."),
    )
    collection: Figure = item(
        FigureOf(Rate()),
        Text("收取率", "collection"),
        Text("应收费用实际收到的比例。", "Share of fees due that is collected."),
    )


@record
class MultiModuleDiscount:
    """So much off for a number of paid modules."""

    modules: int = item(
        Whole(1, 100),
        Text("付费模块数", "paid modules"),
        Text("至少几个付费模块。", "At least so many paid modules."),
    )
    amount: Figure = item(
        FigureOf(Money(), by_segment=False),
        Text("优惠", "amount"),
        Text("每年共优惠多少元（不与更少模块的档相加）。", "Yuan a year in all; tiers don't add."),
        public=True,
    )


@record
class Policy:
    """A promise that every product which may be sold keeps."""

    id: str = item(Identifier(), Text("编号", "id"), Text("唯一。", "Unique among policies."))
    measure: str = item(
        Choice(("contribution", "customer-net", "benefit-cost-ratio", "customer-pays", "products")),
        Text("衡量什么", "measure"),
        Text(
            "每个产品的银行贡献、客户净值、权益成本占收入比、客户支付；或客群可买的产品个数。",
            "Of each product the bank's contribution, the customer's net value, benefit cost ÷ revenue, "
            "what is paid; or how many products a segment may buy.",
        ),
    )
    least: Figure | None = item(
        FigureOf(Number(least=None)),
        Text("下限", "least"),
        Text("至少，含。", "At least, inclusive."),
        default=None,
    )
    most: Figure | None = item(
        FigureOf(Number(least=None)),
        Text("上限", "most"),
        Text("最多，含。", "At most, inclusive."),
        default=None,
    )
    segments: tuple[str, ...] = item(
        ListOf(Reference(("segment",)), least=1),
        Text("客群", "segments"),
        Text("只对这些客群；不写表示全部。", "Only in these segments; all when left out."),
        default=(),
    )
    reason: Text = item(Words(), Text("原因", "reason"), Text("为什么。", "Why."))


@record
class Settings:
    """The whole of catalog.yaml."""

    format_version: int = item(
        Whole(1, 1), Text("格式版本", "format version"), Text("目前是 1。", "Now 1."), example=1
    )
    id: str = item(Identifier(), Text("目录编号", "catalog id"), Text("目录的 id。", "The catalog's id."))
    name: Text = item(
        Words(), Text("目录名称", "name"), Text("目录名称。", "The catalog's name."), public=True
    )
    owner: str = item(Line(100), Text("负责人", "owner"), Text("谁负责。", "Who answers for it."))
    issuer: Text = item(
        Words(),
        Text("发卡机构", "issuer"),
        Text("客户看到的发卡行名称。", "The bank, as the customer reads it."),
        public=True,
    )
    currency: str = item(
        Choice(("CNY",)), Text("币种", "currency"), Text("所有金额的币种。", "Of all amounts."), public=True
    )
    languages: tuple[str, ...] = item(
        ListOf(Choice(("zh", "en")), least=2, most=2),
        Text("语言", "languages"),
        Text("每条文本都要有的语言。", "Languages that every text has."),
    )
    notice_days: int = item(
        Whole(1, 365),
        Text("变更通知天数", "notice days"),
        Text("变更权益提前多少天通知客户。", "Days before a change that customers are told."),
        default=45,
        public=True,
    )
    core_rights: tuple[str, ...] = item(
        ListOf(Choice(("cashback", "points")), least=1, most=2),
        Text("核心权益", "core rights"),
        Text(
            "每张卡的 core 必须有的权益：返现、能兑换的积分；默认两项都要。",
            "What every card's core must have: cashback, points with redemption; both when left out.",
        ),
        default=("cashback", "points"),
        example=["points"],
    )
    market: Market = item(
        Record(Market), Text("市场参数", "market"), Text("市场参数。", "Market parameters.")
    )
    categories: Mapping[str, Category] = item(
        MapOf(Identifier(), Record(Category), least=1),
        Text("消费类别", "categories"),
        Text("所有消费类别。", "All categories of spend."),
    )
    usages: Mapping[str, UsageName] = item(
        MapOf(Identifier(), Record(UsageName)),
        Text("使用项目", "usages"),
        Text("客群每年使用的事物。", "What segments use in a year."),
    )
    needs: Mapping[str, Need] = item(
        MapOf(Identifier(), Record(Need)),
        Text("个人需求", "needs"),
        Text(
            "客户能自己说出的数；best --needs 用它代替客群的平均使用次数。",
            "Numbers that customers know of themselves; best --needs puts them in place of the average.",
        ),
        default=MappingProxyType({}),
    )
    module_groups: Mapping[str, ModuleGroup] = item(
        MapOf(Identifier(), Record(ModuleGroup)),
        Text("模块分组", "module groups"),
        Text("模块的分组。", "The groups of modules."),
    )
    points_currencies: Mapping[str, PointsCurrency] = item(
        MapOf(Identifier(), Record(PointsCurrency)),
        Text("积分币种", "points currencies"),
        Text("积分、里程等。", "Points, miles and so on."),
    )
    multi_module_discounts: tuple[MultiModuleDiscount, ...] = item(
        ListOf(Record(MultiModuleDiscount)),
        Text("多模块优惠", "multi-module discounts"),
        Text(
            "按付费模块数，取满足的最高一档。",
            "By the number of paid modules; the highest tier reached counts.",
        ),
        default=(),
    )
    policies: tuple[Policy, ...] = item(
        ListOf(Record(Policy)),
        Text("政策", "policies"),
        Text("每个可售产品都要守住的底线。", "What every product that may be sold must keep."),
        default=(),
    )
    scenarios: Mapping[str, Scenario] = item(
        MapOf(Identifier(), Record(Scenario)),
        Text("情景", "scenarios"),
        Text(
            "成套的假设改动，用 --scenario 叠加在目录上计算；文件不变。",
            "Sets of changed figures that --scenario lays over the catalog; the files stay as they are.",
        ),
        default=MappingProxyType({}),
    )
