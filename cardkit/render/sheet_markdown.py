"""A sheet as GitHub-flavoured markdown: for pull requests and chat; catalog text is never markup."""

from collections.abc import Iterator

from cardkit.ground.text import Language, Text
from cardkit.preview import labels
from cardkit.preview.instalments import example, headline
from cardkit.preview.sheet import Fact, InstalmentBox, RightLine, Section, Sheet, facts
from cardkit.render import markdown
from cardkit.render.markdown import LIMIT, escape
from cardkit.render.sheet_tables import fee_table, tenor_table

_MORE = Text("（未完：其余内容过长，未列出。）", "(There is more, too long for one comment.)")


def render(sheet: Sheet, language: Language, *, limit: int = LIMIT) -> str:
    """The sheet, at most `limit` characters; what is longer ends at a line and says so."""
    kept: list[str] = []
    room = limit - len(_MORE.to(language)) - 2
    for line in _Writer(language).page(sheet):
        room -= len(line) + 1
        if room < 0:
            return "\n".join([*kept, "", _MORE.to(language)]) + "\n"
        kept.append(line)
    return "\n".join(kept) + "\n"


class _Writer:
    def __init__(self, language: Language) -> None:
        self.language = language

    def page(self, sheet: Sheet) -> Iterator[str]:
        """The lines of the page."""
        yield f"# {self.text(sheet.title)}"
        yield ""
        yield self.text(sheet.issuer)
        yield ""
        yield from self.marks(sheet)
        yield from self.facts(sheet.facts)
        for section in sheet.sections:
            yield from self.section(section)
        if sheet.overlaps:
            yield from self.heading(self.text(labels.OVERLAPS))
            for overlap in sheet.overlaps:
                names = " + ".join(f"**{self.text(name)}**" for name in overlap.rights)
                yield f"- {names}{self.colon}{self.text(overlap.reason)}"
                if overlap.cap is not None:
                    yield from self.facts((Fact(labels.TOGETHER, overlap.cap),), "  ")
        yield from self.heading(self.text(labels.FEES))
        yield from self.table(markdown.render(fee_table(sheet), self.language))
        if sheet.instalments:
            yield from self.heading(self.text(labels.INSTALMENTS))
            for index, box in enumerate(sheet.instalments):
                yield from ("",) if index else ()
                yield from self.box(box)
        yield from self.heading(self.text(labels.NOTICES))
        for notice in sheet.notices:
            yield f"- {self.text(notice)}"
        version = sheet.version
        yield ""
        stamp = f"{version.catalog} {version.short_hash} {version.as_of.isoformat()}"
        yield f"*{self.text(labels.VERSION)}{self.colon}{escape(stamp)}*"

    def marks(self, sheet: Sheet) -> Iterator[str]:
        """What nobody may overlook: changed values, and that it may not be sold."""
        if sheet.version.assumed is not None:
            yield f"> **{self.text(sheet.version.assumed)}**"
            yield ""
        if not sheet.sellable:
            yield f"> **{self.text(labels.NOT_FOR_SALE)}**"
            for reason in sheet.reasons:
                yield f"> - {self.text(reason)}"
            yield ""

    def section(self, section: Section) -> Iterator[str]:
        """What one card, module, tier or campaign grants."""
        yield from self.heading(f"{self.text(section.name)} · {self.text(section.label)}")
        if section.about is not None:
            yield self.text(section.about)
            yield ""
        if section.facts:
            yield from self.facts(section.facts)
            yield ""
        for right in section.rights:
            yield f"- **{self.text(right.name)}**{self.colon}{self.rate(right)}{self.text(right.promise)}"
            yield from self.facts(facts(right), "  ")

    def box(self, box: InstalmentBox) -> Iterator[str]:
        """One instalment plan: the highest annual rate first, in bold."""
        yield f"### {self.text(box.name)}"
        yield ""
        yield f"**{self.text(headline(box))}**"
        yield ""
        parts = [box.amounts] if box.timing is None else [box.amounts, box.timing]
        for part in parts:
            yield f"- {self.text(part)}"
        yield ""
        yield from self.table(markdown.render(tenor_table(box), self.language))
        if box.timing is not None:
            yield ""
            yield self.text(example(box))

    def rate(self, right: RightLine) -> str:
        """The highest annual rate of an instalment right, before the sentence that names the monthly one."""
        if right.highest_rate is None:
            return ""
        end = "。" if self.language == "zh" else ". "
        rate = self.text(labels.HIGHEST_RATE + Text(" ", " ") + right.highest_rate)
        return f"**{rate}**{end}"

    def table(self, rendered: str) -> Iterator[str]:
        """A table's lines."""
        yield from rendered.rstrip("\n").split("\n")

    def facts(self, shown: tuple[Fact, ...], indent: str = "") -> Iterator[str]:
        """Labelled lines as a list."""
        for fact in shown:
            line = f"{self.text(fact.label)}{self.colon}{self.text(fact.text)}"
            yield f"{indent}- **{line}**" if fact.prominent else f"{indent}- {line}"

    def heading(self, text: str) -> Iterator[str]:
        """A part's title."""
        yield ""
        yield f"## {text}"
        yield ""

    def text(self, text: Text) -> str:
        """Text of a catalog, as itself."""
        return escape(text.to(self.language))

    @property
    def colon(self) -> str:
        """What stands between a label and its text."""
        return "：" if self.language == "zh" else ": "
