"""CK6: segments whose figures can be right."""

from collections.abc import Iterable

from cardkit.checks.base import check
from cardkit.checks.checking import Checking
from cardkit.checks.combinations import refusals_of_card
from cardkit.ground.finding import Code, Finding, Related, Severity
from cardkit.ground.money import plain_number
from cardkit.ground.shape.figure import Figure
from cardkit.ground.text import Text

INCOMPLETE = Code("CK608", "incomplete-spend")
REFERENCE = Code("CK609", "reference-card-not-sold")
EMPTY = Code("CK610", "empty-segment")
VARIES = Code("CK611", "year-varies-more", Severity.WARNING)


@check(INCOMPLETE)
def incomplete_spend(checking: Checking) -> Iterable[Finding]:
    """A segment says nothing of its spend in a category.

    客群漏写了某个消费类别。

    Why: Missing is not zero: a benefit in that category can't be priced, and the segment's spend is too
        small.
    为什么：空缺不等于零：该类别的权益无法定价，客群的总消费也偏小。
    Bad (segments/senior.yaml):
        spend:
          month_cv: 0.8
          year_cv: 0.6
          categories: # here
            dining: {month_mean: 900, month_cv: 0.7, year_cv: 0.5, purchases_month: 12, ticket_cv: 0.8}
    Good (segments/senior.yaml):
        spend:
          month_cv: 0.8
          year_cv: 0.6
          categories:
            dining: {month_mean: 900, month_cv: 0.7, year_cv: 0.5, purchases_month: 12, ticket_cv: 0.8}
            grocery: {month_mean: 0, month_cv: 0, year_cv: 0, purchases_month: 0, ticket_cv: 0}
    Source: practice of card centres 信用卡中心实务
    """
    settings = checking.settings
    if settings is None:
        return
    for segment in checking.catalog.segments.values():
        lacking = [name for name in settings.categories if name not in segment.spend.categories]
        if lacking:
            names = ", ".join(lacking)
            yield Finding(
                INCOMPLETE,
                checking.at(segment, "spend", "categories", key=True),
                Text(f"没有写这些类别的消费：{names}", f"Nothing is said of the spend in: {names}"),
                Text("补上；确实没有就写 month_mean: 0", "add them; where there is none, month_mean: 0"),
                segment.id,
                (
                    Related(
                        checking.catalog.setting_site("categories", lacking[0], key=True),
                        Text("类别在这里", "the category"),
                    ),
                ),
            )


@check(REFERENCE)
def reference_card_not_sold(checking: Checking) -> Iterable[Finding]:
    """A segment's reference card may not be sold to it.

    客群的参考卡不能卖给它。

    Why: Modules are looked at on that card; the numbers would be of a product that nobody there can have.
    为什么：单独看模块时放在这张卡上；算出来的是这个客群买不到的产品。
    Bad (cards/city-card.yaml):
        eligible_segments: [gen-z]
    Bad (segments/senior.yaml):
        reference_card: city-card # here
    Good (segments/senior.yaml):
        reference_card: gold-card
    Source: docs/guide.md
    """
    for segment in checking.catalog.segments.values():
        card = checking.catalog.cards.get(segment.reference_card)
        if card is None or segment.status in ("draft", "retired"):
            continue
        refused = refusals_of_card(checking, card.id, segment.id)
        if not refused:
            continue
        others = [name for name in checking.catalog.cards if not refusals_of_card(checking, name, segment.id)]
        if not others:
            continue  # said by nothing-to-sell
        yield Finding(
            REFERENCE,
            checking.at(segment, "reference_card"),
            Text(
                f"{card.id} 不能卖给 {segment.id}：{refused[0].reason.zh}",
                f"{card.id} may not be sold to {segment.id}: {refused[0].reason.en}",
            ),
            Text(f"可以用 {'、'.join(others[:3])}", f"name one that may: {', '.join(others[:3])}"),
            segment.id,
            (Related(checking.catalog.site(refused[0].entity, *refused[0].path), refused[0].reason),),
        )


@check(EMPTY)
def empty_segment(checking: Checking) -> Iterable[Finding]:
    """A segment has no customers.

    客群没有客户。

    Why: Pools, draws and partners' caps are shared between its customers; nobody can't share.
    为什么：名额、抽奖和合作方上限都要摊到客户头上；没有客户就无从分摊。
    Bad (segments/senior.yaml):
        population: 0 # here
    Good (segments/senior.yaml):
        population: 100000
    Source: docs/architecture.md
    """
    for segment in checking.catalog.segments.values():
        entry = segment.population.on(checking.as_of)
        if entry is not None and entry.value == 0 and segment.status in ("live", "pilot"):
            yield Finding(
                EMPTY,
                checking.at(segment, "population"),
                Text("客户数是 0", "The population is 0"),
                Text(
                    "写活跃客户数，或 status: draft", "write the number of active customers, or status: draft"
                ),
                segment.id,
            )


@check(VARIES)
def year_varies_more(checking: Checking) -> Iterable[Finding]:
    """A year's spend varies more than a month's.

    年消费的变异系数比月消费还大。

    Why: Months even out over a year, so a year's coefficient of variation is never the larger one; most often
        the two are swapped, and every cap is priced wrong.
    为什么：各月在一年里相互抵消，年的变异系数不会更大；多半是两个数写反了，所有上限都会算错。
    Bad (segments/senior.yaml spend):
        month_cv: 0.6
        year_cv: 0.8 # here
    Good (segments/senior.yaml spend):
        month_cv: 0.8
        year_cv: 0.6
    Source: docs/mechanics.md
    """
    for segment in checking.catalog.segments.values():
        spend = segment.spend
        places: list[tuple[tuple[str, ...], Figure, Figure]] = [(("spend",), spend.month_cv, spend.year_cv)]
        for name, category in spend.categories.items():
            places.append((("spend", "categories", name), category.month_cv, category.year_cv))
        for path, of_month, of_year in places:
            month, year = of_month.on(checking.as_of), of_year.on(checking.as_of)
            if month is not None and year is not None and year.value > month.value:
                yield Finding(
                    VARIES,
                    checking.at(segment, *path, "year_cv"),
                    Text(
                        f"年 {plain_number(year.value)} 大于月 {plain_number(month.value)}",
                        f"{plain_number(year.value)} a year is above {plain_number(month.value)} a month",
                    ),
                    Text("是不是写反了？", "are the two swapped?"),
                    segment.id,
                    (
                        Related(
                            checking.at(segment, *path, "month_cv"), Text("月的变异系数", "that of a month")
                        ),
                    ),
                )
