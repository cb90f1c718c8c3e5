"""The card's own lines (DOMAIN §5): what it earns and costs whatever modules are in the product."""

from collections.abc import Callable
from fractions import Fraction

from cardkit.ground.text import Text
from cardkit.model.entity import active
from cardkit.model.service import ServiceTier
from cardkit.pricing.lines import Terms
from cardkit.pricing.setting import RealSetting

DAYS = 365

CardLine = tuple[str, str, Text, Callable[[RealSetting], Fraction]]
"""Line, side, name and formula; yuan per active holder and year, costs as positive amounts."""


def line_terms(line: CardLine, setting: RealSetting) -> Terms:
    """One of the card's lines, and what the customer pays where the line is a fee."""
    name, side, title, formula = line
    card = setting.card
    terms = Terms()
    at = setting.line(card, f"{card.id} {name} @{setting.segment.id}")
    amount = formula(at)
    if amount == 0:
        return terms
    if side == "revenue":
        terms.revenue(name, card.id, title, amount, at.aside().market("vat"), at.steps or ())
    else:
        terms.cost(name, card.id, title, amount, steps=at.steps or ())
    if name in ("annual-fee", "fx-markup"):
        terms.pays(name, card.id, title, amount)
    return terms


def serves(tier: ServiceTier, setting: RealSetting) -> bool:
    """Whether a service tier comes with this card in this segment on this day."""
    return active(tier, setting.day.as_of) and tier.serves(setting.card.id, setting.segment.id)


def _spend(at: RealSetting) -> Fraction:
    return at.note(Text("年消费 S", "annual spend S"), at.spending.year_mean(), "Σ 12·monthly means")


def _interchange(at: RealSetting) -> Fraction:
    """S·Σ w·ρ, ρ being each category's rate."""
    total = Fraction(0)
    for name, figures in at.spending.categories.items():
        category = at.catalog.settings.categories.get(name)
        if category is None:
            raise at.missing(None, ("categories", name))
        total += figures.month_mean * 12 * at.read(category, "interchange")
    _spend(at)
    return total


def _network(at: RealSetting) -> Fraction:
    """Charged volume × the issuer's half of the network fee; public-welfare merchants are free of it."""
    charged = sum(
        (
            figures.month_mean * 12
            for name, figures in at.spending.categories.items()
            if at.aside().read(at.catalog.settings.categories[name], "interchange") > 0
        ),
        Fraction(0),
    )
    at.note(Text("计费交易额", "charged volume"), charged, "spend that bears interchange")
    return charged * at.market("network_fee")


def _revolving(at: RealSetting) -> Fraction:
    credit = at.segment.credit
    balance = at.read(credit, "revolver_share") * at.read(credit, "revolving_balance")
    return balance * at.market("revolving_daily") * DAYS


def _funding(at: RealSetting) -> Fraction:
    """(float + revolving balance) × FTP rate, float being S·days/365."""
    credit = at.segment.credit
    floating = _spend(at) * at.read(credit, "float_days") / DAYS
    revolving = at.read(credit, "revolver_share") * at.read(credit, "revolving_balance")
    return (floating + revolving) * at.market("funding")


def _loss(at: RealSetting) -> Fraction:
    """Balance × annual net loss rate, by book."""
    credit = at.segment.credit
    floating = _spend(at) * at.read(credit, "float_days") / DAYS * at.read(credit, "float_loss")
    revolving = at.read(credit, "revolver_share") * at.read(credit, "revolving_balance")
    return floating + revolving * at.read(credit, "revolving_loss")


def _operating(at: RealSetting) -> Fraction:
    operating = at.card.operating
    return at.read(operating, "fixed") + at.read(operating, "variable") * _spend(at)


def _acquisition(at: RealSetting) -> Fraction:
    """Spread over the expected life; in the view of the first year all of it."""
    cost = at.read(at.card, "acquisition_cost")
    return cost if at.day.view == "first-year" else cost / at.read(at.segment, "life_years")


LINES: tuple[CardLine, ...] = (
    ("interchange", "revenue", Text("交换费收入", "interchange"), _interchange),
    ("annual-fee", "revenue", Text("年费", "annual fee"), lambda at: at.fee("annual")),
    ("fx-markup", "revenue", Text("货币转换费", "foreign-exchange markup"), lambda at: at.fee("fx-markup")),
    ("revolving-interest", "revenue", Text("循环利息", "revolving interest"), _revolving),
    ("network-fee", "cost", Text("网络服务费", "network fee"), _network),
    ("funding", "cost", Text("资金成本", "funding"), _funding),
    ("credit-loss", "cost", Text("信用损失", "credit loss"), _loss),
    ("operating", "cost", Text("运营成本", "operating cost"), _operating),
    ("acquisition", "cost", Text("获客成本", "acquisition"), _acquisition),
)
"""All lines that a card has whatever modules are in the product."""
