"""Occasions: the days or months of a year in which alone a benefit counts, such as the birthday month."""

from collections.abc import Iterator

from cardkit.ground.shape.base import item, record
from cardkit.ground.shape.leaf import Choice, Whole, Words
from cardkit.ground.text import Text
from cardkit.mechanics.period import PER_YEAR


@record
class Occasion:
    """In which days or months of a year, and how many of them there are."""

    when: Text = item(
        Words(),
        Text("什么时候", "when"),
        Text(
            "写给客户看，如“生日当月”。", "In the customer's words, such as “in the month of your birthday”."
        ),
        public=True,
        example={"zh": "生日当月", "en": "in the month of your birthday"},
    )
    period: str = item(
        Choice(("calendar-day", "calendar-month")),
        Text("周期", "period"),
        Text("按天还是按自然月。", "Whether days or calendar months."),
        public=True,
        example="calendar-month",
    )
    periods: int = item(
        Whole(1, 366),
        Text("一年几个", "periods"),
        Text("一年有多少个这样的天或月，分散在全年。", "How many of them a year has, spread over the year."),
        public=True,
        example=1,
    )

    def contradictions(self) -> Iterator[tuple[str, Text, Text | None]]:
        """A year has only so many days and months."""
        most = PER_YEAR[self.period]
        if self.periods > most:
            yield (
                "periods",
                Text(f"一年只有 {most} 个这样的周期", f"A year has only {most} of them"),
                Text("全年都算就不写 occasion", "leave the occasion out where the whole year counts"),
            )
