"""`cardkit analyze`: every product that anyone could assemble, counted, bounded, and held to the policies."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import typer

from cardkit.cli.engine import limits_of, time_limit_option
from cardkit.cli.options import DATA_FORMATS, chosen, format_option, table_format
from cardkit.cli.session import Session
from cardkit.ground.text import Language, Text, same
from cardkit.model.catalog import Catalog
from cardkit.model.expression import unknown
from cardkit.pricing.setting import Day
from cardkit.render.analysis_json import analysis_body
from cardkit.render.analysis_tables import (
    cells_table,
    edges_table,
    front_table,
    headline,
    histogram_table,
    policies_table,
    structure_lines,
    unfinished,
)
from cardkit.render.best_tables import MEASURED
from cardkit.render.data_json import envelope
from cardkit.render.table import Table
from cardkit.solve.analysis import Analysis
from cardkit.solve.combinations import Combinations
from cardkit.solve.histogram import Histogram, histogram
from cardkit.solve.policies import Proof, prove

SPREAD = ("contribution", "customer-net")
"""The measures whose distributions are shown."""


@dataclass(frozen=True, slots=True)
class _Asked:
    histogram: bool
    front: bool
    form: str


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""

    def said(zh: str, en: str) -> str:
        return Text(zh, en).to(language)

    spread = said("贡献和客户净值的精确分布", "The exact distributions of contribution and customer net")
    best = said(
        "对银行和客户都没有更好的产品", "The products of which none is better for bank and customer at once"
    )

    def run(
        session: Session,
        segment: Annotated[
            list[str] | None,
            typer.Option(
                metavar="SEGMENT", help=said("只看这个客群，可重复", "This segment only; may be repeated")
            ),
        ] = None,
        card: Annotated[
            list[str] | None,
            typer.Option(metavar="CARD", help=said("只看这张卡，可重复", "This card only; may be repeated")),
        ] = None,
        histogram: Annotated[bool, typer.Option("--histogram", help=spread)] = False,
        front: Annotated[bool, typer.Option("--front", help=best)] = False,
        time_limit: time_limit_option(language) = None,  # type: ignore[valid-type]  # the help's language
        format_: format_option(language) = None,  # type: ignore[valid-type]  # as above
    ) -> int:
        form = chosen(format_, DATA_FORMATS, session.console.default_format)
        limits = limits_of(time_limit)
        catalog = session.usable()
        segments = tuple(dict.fromkeys(name.removeprefix("@") for name in segment or ()))
        for name in segments:
            if name not in catalog.segments:
                raise unknown(catalog, name, ("segment",))
        for name in card or ():
            if name not in catalog.cards:
                raise unknown(catalog, name, ("card",))
        cards = tuple(dict.fromkeys(card or ()))
        analysis = Analysis(Combinations(Day(catalog, session.as_of), limits, cards, segments))
        return _show(session, catalog, analysis, _Asked(histogram, front, form))

    return run


def _show(session: Session, catalog: Catalog, analysis: Analysis, asked: _Asked) -> int:
    console, form = session.console, asked.form
    if form in ("tsv", "csv"):
        console.table(_one_table(analysis, asked), table_format(form, console))
        proofs: list[Proof] = []
    else:
        proofs = prove(analysis.combinations, catalog.settings.policies)
        if form == "json":
            segments = analysis.combinations.all_segments
            fronts = {segment: analysis.front(segment) for segment in segments}
            spreads = _spreads(analysis) if asked.histogram else []
            body = analysis_body(analysis, proofs, fronts, spreads, console.language)
            body = {"currency": catalog.settings.currency, **body}
            console.document(envelope(1, session.stamp(catalog), session.as_of, **body))
        else:
            _pages(session, catalog, analysis, proofs, asked)
    for question in analysis.unfinished:
        console.message(same(f"{question}: ") + unfinished(analysis, question))
    kept = all(proof.status == "proved" for proof in proofs)
    return 0 if kept and not analysis.unfinished else 1


def _one_table(analysis: Analysis, asked: _Asked) -> Table:
    """The one table that a pipe gets: what was asked for, or the cells."""
    if asked.histogram:
        found = _spreads(analysis)
        return histogram_table(found[0], None) if found else cells_table(analysis)
    if asked.front:
        each = [analysis.front(segment) for segment in analysis.combinations.all_segments]
        return front_table([product for found in each for product in found], None)
    return cells_table(analysis)


def _spreads(analysis: Analysis) -> list[Histogram]:
    found = [histogram(analysis, measure) for measure in SPREAD]
    return [each for each in found if each is not None]


def _pages(
    session: Session, catalog: Catalog, analysis: Analysis, proofs: list[Proof], asked: _Asked
) -> None:
    console = session.console
    tables = [cells_table(analysis, headline(analysis)), edges_table(analysis)]
    if proofs:
        title = Text("政策，对每个可售产品", "policies, for every product that may be sold")
        tables.append(policies_table(proofs, catalog, title))
    if asked.histogram:
        tables += [
            histogram_table(each, Text("分布：", "distribution: ") + MEASURED[each.measure])
            for each in _spreads(analysis)
        ]
    if asked.front:
        for segment in analysis.combinations.all_segments:
            name = catalog.segments[segment].name
            title = Text(
                f"{name.zh}：对银行和客户都没有更好的产品",
                f"{name.en}: none is better for bank and customer at once",
            )
            tables.append(front_table(analysis.front(segment), title))
    for table in tables:
        if not table.rows and table is not tables[0]:
            continue
        console.table(table, table_format(asked.form, console))
        console.data("\n")
    lines = [*structure_lines(analysis), session.about(catalog)]
    mark = "- " if asked.form == "md" else ""
    console.data("".join(f"{mark}{line.to(console.language)}\n" for line in lines))
