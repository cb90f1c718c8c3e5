"""A sheet as one self-contained page: no script, nothing fetched, for phones, screens and paper."""

from base64 import b64encode
from collections.abc import Iterator
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from cardkit.ground.safe import disarm, one_line
from cardkit.ground.text import Language, Text
from cardkit.preview import labels
from cardkit.preview.instalments import example, headline
from cardkit.preview.sheet import RightLine, Sheet, facts
from cardkit.render.numbers import cell_text
from cardkit.render.sheet_tables import tenor_table
from cardkit.render.table import Cell, Column

_TEMPLATES = Path(__file__).parent / "templates"
_TAGS = {"zh": "zh-CN", "en": "en"}
"""What a browser calls our languages: it picks fonts and line breaks by them."""


def render(sheet: Sheet, language: Language) -> str:
    """The page. Its only style is named by its hash in the page's policy; everything else is refused."""
    marks = _marks(sheet)
    style = _style_sheet() + _on_paper([shown(language, mark).unescape() for mark in marks])
    page: str = (
        _environment(language)
        .get_template("sheet.html.j2")
        .render(
            sheet=sheet,
            lang=_TAGS[language],
            policy=policy(style),
            style=style,
            labels=labels,
            marks=marks,
            beside=_beside,
            tenors=tenor_table,
            highest_rate=headline,
            example=example,
            said=partial(_said, language),
        )
    )
    return page


def in_ascii(page: str) -> str:
    """The page for a stream that can't carry every character. The style is ASCII, so its hash still holds."""
    return page.encode("ascii", "xmlcharrefreplace").decode("ascii")


def policy(style: str) -> str:
    """The Content-Security-Policy under which this style, and nothing else, is loaded or run."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _marks(sheet: Sheet) -> tuple[Text, ...]:
    """What nobody may overlook, at the top of the page, at its end, and on every sheet of paper."""
    refused = () if sheet.sellable else (labels.NOT_FOR_SALE,)
    return refused if sheet.version.assumed is None else (*refused, sheet.version.assumed)


@cache
def _style_sheet() -> Markup:
    """The style sheet, as it is: escaping it would change its hash, and the page would lose its style.

    It is ASCII and stays so, that the hash holds in every encoding.
    """
    return Markup((_TEMPLATES / "sheet.css").read_text(encoding="utf-8"))  # noqa: S704 - ours, not a catalog's


def _on_paper(marks: list[str]) -> Markup:
    """A rule that prints the marks at the foot of every sheet of paper.

    Each character is written as its number, so that none can end the rule.
    """
    if not marks:
        return Markup()
    text = "".join(f"\\{ord(character):x} " for character in " / ".join(marks))
    box = f'content: "{text}"; font: bold 9pt sans-serif; color: #8f3a00;'
    return Markup(f"@page {{ @bottom-left {{ {box} }} }}\n")  # noqa: S704 - all of it is ours, or digits


@cache
def _environment(language: Language) -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        finalize=partial(shown, language),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def shown(language: Language, value: Any) -> Markup:
    """What a template's expression becomes: text in the page's language, on one line, never markup."""
    if isinstance(value, Markup):
        return value
    text = value.to(language) if isinstance(value, Text) else str(value)
    return escape(disarm(one_line(text), anywhere=True))


def _beside(right: RightLine) -> Iterator[tuple[Text, tuple[Text, ...]]]:
    """What stands beside a right, by label; here several conditions take a line each."""
    several = {labels.CONDITIONS: right.conditions, labels.EXCLUSIONS: right.exclusions}
    for fact in facts(right):
        yield fact.label, several.get(fact.label, (fact.text,))


def _said(language: Language, value: Cell, column: Column) -> str:
    return cell_text(value, column, language)
