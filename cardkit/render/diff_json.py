"""A difference as the JSON that other programs rely on, and as the one plain table that a pipe gets."""

from collections.abc import Iterator, Sequence
from typing import Any

from cardkit.diff.change import Figures, Kind, MoneyChange
from cardkit.diff.difference import Difference
from cardkit.diff.promise import BrokenPromise
from cardkit.ground.finding import Finding
from cardkit.ground.text import Language, Text, same
from cardkit.render import diff_words as words
from cardkit.render.data_json import count, money
from cardkit.render.diff_tables import field_cells
from cardkit.render.glyphs import ASCII
from cardkit.render.table import Column, Row, Table


def diff_body(found: Difference, language: Language) -> dict[str, Any]:
    """What stands beside the envelope: the parts of the report in their order."""
    return {
        "verdict": words.verdict(found, ASCII).to(language),
        "empty": found.is_empty,
        "finished": not found.unfinished,
        "counts": {
            "promises": len(found.broken),
            "losses": len(found.losses),
            "unsellable": len(found.unsellable),
        },
        "promises": [_promise(each, language) for each in found.promises],
        "waiver_faults": [_finding(each, language) for each in found.faults],
        "money": {
            "currency": found.sides.after.catalog.settings.currency,
            "changes": [_money(each, language) for each in found.money],
            "unchanged": found.offers.same + found.touched.same + found.edges.same,
            "not_proved": ["@".join(cell) for cell in found.edges.unknown],
            "not_priced": [
                each.to(language) for part in (found.offers, found.touched) for each in part.unpriced
            ],
        },
        "products": _products(found, language),
        "wording": [
            {
                "page": each.subject.id,
                "product": each.subject.label.en,
                "removed": [line.to(language) for line in each.before or ()],
                "added": [line.to(language) for line in each.after or ()],
            }
            for each in found.wording.changes
        ],
        "stale_texts": [each.to(language) for each in found.wording.stale],
        "fields": [
            {
                "kind": _kind(each.kind),
                "entity": each.subject.id,
                "pointer": "".join(f"/{step}" for step in each.subject.path),
                "label": each.subject.label.to(language),
                "said": words.sentence(each).to(language),
                "before": None if each.before is None else each.before.to(language),
                "after": None if each.after is None else each.after.to(language),
                "from": each.impact,
            }
            for each in found.fields
        ],
    }


def _kind(kind: Kind) -> str:
    return kind.name.lower().replace("_", "-")


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    span = finding.site.span
    return {
        "code": finding.code.id,
        "name": finding.code.name,
        "severity": finding.code.severity.value,
        "message": finding.message.to(language),
        "hint": None if finding.hint is None else finding.hint.to(language),
        "file": finding.site.file,
        "line": span.line,
        "column": span.column,
        "pointer": finding.site.pointer,
        "entity": finding.entity,
    }


def _promise(broken: BrokenPromise, language: Language) -> dict[str, Any]:
    change, who, waiver = broken.change, broken.change.impact, broken.waiver
    affected = None
    if who is not None:
        affected = {
            "segments": list(who.segments),
            "population": who.population,
            "expected_holders": who.holders,
            "bundles": list(who.bundles),
            "products": list(who.products),
        }
    approved = None
    if waiver is not None:
        approved = {"owner": waiver.owner, "reason": waiver.reason, "until": waiver.until.isoformat()}
    return {
        **_finding(broken.finding, language),
        "kind": _kind(change.kind),
        "said": words.sentence(change).to(language),
        "field": "/".join(str(step) for step in change.subject.steps or change.subject.path),
        "before": None if change.before is None else change.before.to(language),
        "after": None if change.after is None else change.after.to(language),
        "affected": affected,
        "waiver": approved,
    }


def _money(change: MoneyChange, language: Language) -> dict[str, Any]:
    impact: dict[str, Any] | None = None
    if change.impact is not None:
        moves = change.impact
        impact = {
            "contribution": money(moves.contribution),
            "customer_pays": money(moves.customer_pays),
            "customer_value": money(moves.customer_value),
            "lines": [{"name": name.to(language), "amount": money(fen)} for name, fen in moves.lines],
        }
    return {
        "kind": _kind(change.kind),
        "subject": change.subject.id,
        "before": _figures(change.before),
        "after": _figures(change.after),
        "change": impact,
    }


def _figures(figures: Figures | None) -> dict[str, Any] | None:
    if figures is None:
        return None
    return {
        "product": figures.product,
        "sellable": figures.sellable,
        "contribution": money(figures.contribution),
        "customer_pays": money(figures.customer_pays),
        "customer_value": money(figures.customer_value),
    }


def _products(found: Difference, language: Language) -> dict[str, Any]:
    products = found.assortment
    return {
        "gained": count(products.gained),
        "lost": count(products.lost),
        "cells": [
            {
                "cell": each.subject.id,
                "before": count(each.before or 0),
                "after": count(each.after or 0),
                "gained": count(each.impact.gained),
                "lost": count(each.impact.lost),
            }
            for each in products.cells
            if each.impact is not None
        ],
        "unchanged_cells": products.same,
        "not_counted": ["@".join(cell) for cell in products.uncounted],
        "examples": [
            {
                "kind": _kind(each.kind),
                "product": each.subject.id,
                "why": None if each.impact is None else each.impact.to(language),
            }
            for each in products.examples
        ],
    }


def flat_table(found: Difference) -> Table:
    """One row for each change, for pipes and spreadsheets: amounts as numbers, in yuan."""
    columns = (
        Column("section", Text("部分", "section"), whole=True),
        Column("kind", Text("种类", "kind"), whole=True),
        Column("subject", Text("对象", "subject"), whole=True),
        Column("what", Text("什么", "what"), whole=True),
        Column("before", Text("之前", "before"), whole=True),
        Column("after", Text("之后", "after"), whole=True),
    )
    return Table(None, columns, tuple(Row(tuple(cells)) for cells in _rows(found)))


def _rows(found: Difference) -> Iterator[Sequence[str | Text]]:
    nothing = same("")
    for broken in found.promises:
        change = broken.change
        name = "waived" if broken.waiver is not None else broken.finding.code.name
        sides = (change.before or nothing, change.after or nothing)
        yield "promise", name, change.subject.id, change.subject.label, *sides
    for moved in found.money:
        yield from _money_rows(moved)
    for cell in found.assortment.cells:
        yield "products", _kind(cell.kind), cell.subject.id, "products", str(cell.before), str(cell.after)
    for each in found.assortment.examples:
        yield "example", _kind(each.kind), each.subject.id, each.impact or nothing, "", ""
    for page in found.wording.changes:
        kind, name = _kind(page.kind), page.subject.id
        yield from (("wording", kind, name, "", line, "") for line in page.before or ())
        yield from (("wording", kind, name, "", "", line) for line in page.after or ())
    for field in found.fields:
        yield "field", _kind(field.kind), field.subject.id, *field_cells(field)


def _money_rows(moved: MoneyChange) -> Iterator[Sequence[str | Text]]:
    for attribute in ("contribution", "customer_pays", "customer_value"):
        sides = (moved.before, moved.after)
        values = ["" if each is None else money(getattr(each, attribute)) for each in sides]
        if values[0] != values[1]:
            yield "money", _kind(moved.kind), moved.subject.id, attribute, *values
