"""Draw (抽奖): prizes drawn among the customers who entered, at a cost that the catalog fixes as a whole."""

from fractions import Fraction

from cardkit.ground.errors import CardkitError
from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.composite import ListOf, Record
from cardkit.ground.shape.figure import Figure, FigureOf
from cardkit.ground.shape.leaf import Money, Number, UnitCost, Whole, Words
from cardkit.ground.text import Text, joined
from cardkit.mechanics.base import Benefit
from cardkit.mechanics.exposure import Exposure
from cardkit.mechanics.setting import Expected, Setting, Year
from cardkit.mechanics.wording import Wording, yuan


@record
class Prize:
    """One kind of prize."""

    name: Text = item(
        Words(),
        Text("奖品", "prize"),
        Text("奖品名称。", "What can be won."),
        public=True,
    )
    value: Figure = item(
        FigureOf(Money(), by_segment=False),
        Text("价值", "value"),
        Text("一份奖品的价值；最高奖不超过 50,000 元。", "Worth of one prize; the top prize at most 50,000."),
        public=True,
        example=88,
    )
    count: int = item(
        Whole(1, 100_000_000),
        Text("份数", "count"),
        Text("一年内这种奖品有多少份。", "How many of it there are in a year."),
        public=True,
        example=1000,
    )
    unit_cost: Figure | None = item(
        FigureOf(UnitCost(), by_segment=False),
        Text("单位成本", "unit cost"),
        Text("一份的成本；不写则等于价值。", "What one costs the bank; its value when left out."),
        default=None,
    )


@record
class Draw(Benefit):
    """Prizes drawn among everyone who entered: Σ unit cost·count ÷ entrants for one of them.

    The prizes are a quantity of the whole catalog: what a product costs follows from the populations, never
    from the product at hand. Entrants = holders·eligible share·take-up, unless they are given.
    """

    prizes: tuple[Prize, ...] = item(
        ListOf(Record(Prize), least=1, most=100),
        Text("奖品", "prizes"),
        Text("全部奖品，最高奖在前。", "All prizes, the top prize first."),
        public=True,
    )
    entry: Text = item(
        Words(),
        Text("参与方式", "how to enter"),
        Text("怎样获得抽奖资格。", "How one gets into the draw."),
        public=True,
    )
    draw_time: Text = item(
        Words(),
        Text("开奖时间", "time of the draw"),
        Text("什么时候开奖。", "When it is drawn."),
        public=True,
    )
    draw_manner: Text = item(
        Words(),
        Text("开奖方式", "manner of the draw"),
        Text("怎样开奖，结果在哪里公布。", "How it is drawn, and where results are shown."),
        public=True,
    )
    organiser: Text = item(
        Words(),
        Text("主办方", "organiser"),
        Text("由谁举办。", "Who holds the draw."),
        public=True,
    )
    entrants: Figure | None = item(
        FigureOf(Number(above=0), by_segment=False),
        Text("参与人数", "entrants"),
        Text(
            "全部参与抽奖的人数；不写则为持有人数×资格比例×参与率。",
            "Everyone in the draw; holders × eligible share × take-up when left out.",
        ),
        default=None,
        example=15000,
    )

    def capped(self) -> bool:
        """Always: there are only so many prizes."""
        return True

    def entrant_count(self, setting: Setting) -> Fraction:
        """How many customers are in the draw."""
        entrants = setting.optional(self, "entrants")
        if entrants is None:
            take_up = setting.optional(self, "take_up")
            entrants = setting.holders() * setting.read(self.eligibility, "share")
            entrants *= Fraction(1) if take_up is None else take_up
        if entrants == 0:
            raise CardkitError(
                Text("抽奖没有参与者，奖品无从分摊", "Nobody is in the draw to share its prizes"),
                Text(
                    "写明 entrants，或给客群写上人数", "give the draw entrants, or the segment a population"
                ),
            )
        return setting.note(Text("参与抽奖的人数", "entrants"), entrants)

    def win_probability(self, setting: Setting) -> Fraction:
        """Prizes for one entrant: the probability of a win where nobody wins twice; at most 1."""
        prizes = Fraction(sum(prize.count for prize in self.prizes))
        return min(Fraction(1), prizes / self.entrant_count(setting))

    def settle(self, year: Year, setting: Setting) -> Fraction:  # noqa: ARG002 - the same for every entrant
        """Prizes for one entrant, all of them shared out evenly."""
        return Fraction(sum(prize.count for prize in self.prizes)) / self.entrant_count(setting)

    def expect(self, setting: Setting) -> Expected:
        """Prizes, their cost and their value for one entrant in a year."""
        entrants = self.entrant_count(setting)
        count = cost = value = Fraction(0)
        for prize in self.prizes:
            worth = setting.read(prize, "value")
            unit_cost = setting.optional(prize, "unit_cost")
            count += prize.count
            value += prize.count * worth
            cost += prize.count * (worth if unit_cost is None else unit_cost)
        setting.note(Text("奖品总成本", "cost of all prizes"), cost, "Σ unit cost × count")
        return Expected(count / entrants, cost=cost / entrants, value=value / entrants)

    def exposure(self, setting: Setting) -> Exposure:
        """All prizes, as always: they are given whoever takes part."""
        expected = self.expect(setting)
        return Exposure(expected.units, expected.cost, expected.cost / expected.units)

    def promise(self, words: Wording) -> Text:
        """消费满 100 元可抽奖 / a prize draw for ….."""
        top = max(self.prizes, key=lambda prize: words.value(prize.value))
        worth = yuan(words.value(top.value))
        return Text(
            f"抽奖，最高奖为价值 {worth.zh}的{top.name.zh}",
            f"A prize draw; the top prize is {top.name.en}, worth {worth.en}",
        )

    def details(self, words: Wording) -> tuple[Text, ...]:
        """Caps, how to enter, every prize with its quantity, and who draws when and how."""
        prizes = [
            Text(
                f"{prize.name.zh}（价值 {yuan(words.value(prize.value)).zh}）{prize.count:,} 份",
                f"{prize.count:,} × {prize.name.en} (worth {yuan(words.value(prize.value)).en})",
            )
            for prize in self.prizes
        ]
        return (
            *Benefit.details(self, words),
            Text("参与方式：", "How to enter: ") + self.entry,
            Text("奖品：", "Prizes: ") + joined(prizes, "；", "; "),
            Text("开奖时间：", "Time: ") + self.draw_time,
            Text("开奖方式：", "Manner: ") + self.draw_manner,
            Text("主办方：", "Organiser: ") + self.organiser,
        )
