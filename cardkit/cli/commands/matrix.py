"""`cardkit matrix`: modules × segments, each module on the segment's reference card."""

from collections.abc import Callable, Iterable
from typing import Annotated, cast

import typer

from cardkit.cli.console import Console
from cardkit.cli.options import DATA_FORMATS, chosen, format_option, table_format
from cardkit.cli.session import Session
from cardkit.cli.view import chosen_view, view_notes, view_option
from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Language, Text, same
from cardkit.model.catalog import Catalog
from cardkit.model.expression import nearest, unknown
from cardkit.pricing.matrix import Matrix, matrix
from cardkit.pricing.setting import Day, View
from cardkit.render.data_json import envelope
from cardkit.render.matrix_tables import MEASURES, SHARED, Measure, matrix_objects, matrix_rows, matrix_table
from cardkit.render.table import Table


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    only = Text("只看这个客群，可重复", "This segment only; may be repeated").to(language)
    these = Text("只看这个模块，可重复", "This module only; may be repeated").to(language)
    grouped = Text("只看这一组的模块", "The modules of this group only").to(language)
    shows = Text("格子里写什么：", "What the cells hold: ").to(language) + ", ".join(MEASURES)

    def run(
        session: Session,
        segment: Annotated[list[str] | None, typer.Option(metavar="SEGMENT", help=only)] = None,
        module: Annotated[list[str] | None, typer.Option(metavar="MODULE", help=these)] = None,
        group: Annotated[str | None, typer.Option(metavar="GROUP", help=grouped)] = None,
        measure: Annotated[str, typer.Option(metavar="MEASURE", help=shows)] = "contribution",
        view: view_option(language) = "steady",  # type: ignore[valid-type]  # the help's language decides it
        format_: format_option(language) = None,  # type: ignore[valid-type]  # as above
    ) -> int:
        console = session.console
        form = chosen(format_, DATA_FORMATS, console.default_format)
        cells = cast("Measure", chosen(measure, tuple(MEASURES), "contribution", "--measure"))
        wanted_view = chosen_view(view)
        catalog = session.usable()
        segments = _known(catalog, segment or (), tuple(catalog.segments), "segment")
        modules = _modules(catalog, module or (), group)
        found = matrix(Day(catalog, session.as_of, view=wanted_view), modules, segments)
        return _show(session, catalog, found, cells, wanted_view, form)

    return run


def _show(session: Session, catalog: Catalog, found: Matrix, measure: Measure, view: View, form: str) -> int:
    console = session.console
    notes = view_notes(session, view)
    if not found.cells:
        console.message(Text("没有符合条件的模块或客群", "no module or segment meets the conditions"))
    if form == "json":
        body = {
            "currency": catalog.settings.currency,
            "view": view,
            "reference_cards": dict(found.cards),
            "cells": matrix_objects(found, console.language),
        }
        console.document(envelope(1, session.stamp(catalog), session.as_of, **body))
    elif form in ("tsv", "csv"):
        console.table(matrix_rows(found), table_format(form, console))
    else:
        table = matrix_table(found, catalog, measure, (*notes, session.about(catalog)))
        parts = _dealt(console, table) if form == "table" else (table,)
        for at, part in enumerate(parts):
            if at:
                console.data("\n")
            console.table(part, table_format(form, console))
    return 0 if found.complete else 1


def _dealt(console: Console, table: Table) -> tuple[Table, ...]:
    from cardkit.render.split import split  # brings rich, which only a terminal waits for

    return split(table, SHARED, console.language, columns=console.columns, glyphs=console.glyphs)


def _modules(catalog: Catalog, wanted: Iterable[str], group: str | None) -> tuple[str, ...]:
    """The modules to show: as typed, else by their groups in the order of catalog.yaml, then by id."""
    groups = catalog.settings.module_groups
    if group is not None and group not in groups:
        close = nearest(group, groups) or list(groups)
        raise CardkitError(
            Text(f"没有 {group} 这个分组", f"There is no group {group}"),
            Text("可写：", "write one of: ") + same(", ".join(close)),
        )
    order = list(groups)
    every = sorted(
        catalog.modules.values(),
        key=lambda one: (order.index(one.group) if one.group in groups else len(order), one.id),
    )
    named = _known(catalog, wanted, tuple(one.id for one in every), "module")
    return tuple(name for name in named if group is None or catalog.modules[name].group == group)


def _known(catalog: Catalog, wanted: Iterable[str], every: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """The ids that were typed, each once, or all; raises CardkitError for one that doesn't exist."""
    found = tuple(dict.fromkeys(wanted))
    for name in found:
        if name in catalog.broken:
            file = catalog.source_of[name].file
            raise CardkitError(
                Text(
                    f"{name} 的文件有错，无法使用：{file}",
                    f"{name} can't be used: its file {file} has faults",
                ),
                Text("先运行 cardkit validate", "run: cardkit validate"),
            )
        if name not in every:
            raise unknown(catalog, name, (kind,))
    return found or every
