"""What sentences look up on one page: names, and the values of public figures on the page's day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from cardkit.ground.errors import CardkitError
from cardkit.ground.shape.figure import Figure
from cardkit.ground.text import Text, same
from cardkit.model.catalog import Catalog


class NoValue(CardkitError):  # what it says is that there is no value
    """A public figure that has no value on the page's day or for the page's segment."""


@dataclass(frozen=True, slots=True)
class PageWording:
    """The catalog's names, and its figures on one day and for one segment (None: without one)."""

    catalog: Catalog
    as_of: date
    segment: str | None = None
    own_names: Mapping[str, Text] = field(default_factory=dict)
    """Names that hold inside one entity only, such as the clocks of a campaign; they come first."""

    def name(self, identifier: str) -> Text:
        """The name of a category, points currency, entity, usage or module group; else the id itself."""
        if identifier in self.own_names:
            return self.own_names[identifier]
        settings = self.catalog.settings
        for named in (
            settings.categories,
            settings.points_currencies,
            self.catalog.entities,
            settings.usages,
            settings.module_groups,
        ):
            if identifier in named:
                name: Text = named[identifier].name
                return name
        return same(identifier)

    def value(self, figure: Figure) -> Fraction:
        """The value on the page's day, in its segment; raises NoValue, for missing is not zero."""
        entry = figure.on(self.as_of, self.segment)
        if entry is not None:
            return entry.value
        if figure.by_segment and self.segment is None:
            raise NoValue(
                Text("这里的数只按客群给出", "A figure here is given for single segments only"),
                Text("写成 …@SEGMENT", "write …@SEGMENT"),
            )
        raise NoValue(
            Text(f"这里有一个数在 {self.as_of} 没有值", f"A figure here has no value on {self.as_of}"),
            Text("补上更早的 from，或换一个日期", "give it an earlier from, or ask for another day"),
        )


def day(moment: date) -> Text:
    """A date as people write it: 2026年12月31日 / 31 December 2026."""
    from babel.dates import format_date  # only pages for customers need it, and it loads slowly

    return Text(
        format_date(moment, format="long", locale="zh_Hans_CN"),
        format_date(moment, format="long", locale="en_GB"),
    )


def span(since: date | None, until: date | None) -> Text | None:
    """A stretch of days, both ends inclusive and said to be; None when it is open at both ends."""
    if since is not None and until is not None:
        first, last = day(since), day(until)
        return Text(
            f"{first.zh}至{last.zh}（首末日均含）", f"{first.en} to {last.en}, first and last day included"
        )
    if since is not None:
        first = day(since)
        return Text(f"自{first.zh}起（含当天）", f"from {first.en}, that day included")
    if until is not None:
        last = day(until)
        return Text(f"至{last.zh}（含当天）", f"until {last.en}, that day included")
    return None


def sentence(text: Text) -> Text:
    """The text with a capital letter at the start of its English."""
    return Text(text.zh, text.en[:1].upper() + text.en[1:])


def listed(parts: "tuple[Text, ...] | list[Text]") -> Text:
    """Names as a list that ends in 和 / and."""
    if len(parts) <= 1:
        return parts[0] if parts else same("")
    return Text(
        "、".join(part.zh for part in parts[:-1]) + "和" + parts[-1].zh,
        ", ".join(part.en for part in parts[:-1]) + " and " + parts[-1].en,
    )


def quoted(name: Text) -> Text:
    """A name inside a sentence: “机场贵宾厅” / “Lounge visits”."""
    return Text(f"“{name.zh}”", f"“{name.en}”")
