"""`cardkit export`: the rules as a feature model that independent tools read and count."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cardkit.cli.options import chosen
from cardkit.cli.session import Session
from cardkit.combine.compile import constraints
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Severity
from cardkit.ground.text import Language, Text
from cardkit.model.catalog import Catalog
from cardkit.model.expression import unknown
from cardkit.render.data_json import dumps, envelope
from cardkit.solve.feature_model import FeatureModel, feature_model

FORMAT_VERSION = 1
FORMATS = ("uvl", "dimacs", "json")
NEEDED = ("catalog.yaml", "cards/", "modules/", "segments/", "rules/")
"""What the rules are made from: with a fault in one of these they would be of another catalog."""
PRICED = ("bundles/", "services/")
"""What prices are made from besides."""


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""

    def said(zh: str, en: str) -> str:
        return Text(zh, en).to(language)

    form = said(
        "uvl（特征模型）、dimacs（子句）或 json（引擎所用的整数问题，含价格）",
        "uvl (a feature model), dimacs (clauses) or json (the engine's integer problem, prices included)",
    )
    only_card = said("只导出这张卡，可重复", "This card only; may be repeated")
    only_segment = said("只导出这个客群，可重复", "This segment only; may be repeated")
    target = said("写到这个文件", "Write this file")

    def run(
        session: Session,
        format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help=form)] = "uvl",
        card: Annotated[list[str] | None, typer.Option(metavar="CARD", help=only_card)] = None,
        segment: Annotated[list[str] | None, typer.Option(metavar="SEGMENT", help=only_segment)] = None,
        output: Annotated[Path | None, typer.Option(metavar="FILE", help=target)] = None,
    ) -> int:
        written = chosen(format_, FORMATS, "uvl")
        catalog = _whole(session.catalog(), (*NEEDED, *PRICED) if written == "json" else NEEDED)
        cards = _some(catalog, "card", card, tuple(catalog.cards))
        segments = _some(catalog, "segment", segment, tuple(catalog.segments))
        if written == "json":
            text = _json(session, catalog, cards, segments)
        else:
            model = feature_model(
                constraints(catalog, session.as_of), cards, segments, tuple(catalog.modules)
            )
            text = _written(session, catalog, model, written)
        if output is None:
            session.console.data(text)
            return 0
        from cardkit.source.write import write_text

        write_text(output, text)
        session.console.message(Text(f"已写 {output}", f"wrote {output}"))
        return 0

    return run


def _written(session: Session, catalog: Catalog, model: FeatureModel, form: str) -> str:
    about = [
        session.about(catalog),
        Text(
            "每个合法的配置是一个产品：一张卡、一个客群、任意模块",
            "each valid configuration is a product: one card, one segment, any modules",
        ),
    ]
    language = session.console.language
    if form == "dimacs":
        from cardkit.render.export_dimacs import dimacs

        return dimacs(model, about, language)
    from cardkit.render.export_uvl import uvl

    return uvl(model, about, language)


def _json(session: Session, catalog: Catalog, cards: tuple[str, ...], segments: tuple[str, ...]) -> str:
    from cardkit.pricing.setting import Day
    from cardkit.render.export_json import problem_json
    from cardkit.solve.combinations import MEASURES, Combinations
    from cardkit.solve.limits import Limits

    combinations = Combinations(Day(catalog, session.as_of), Limits(), cards, segments)
    objectives = {name: combinations.objective(name) for name in MEASURES}
    missing = combinations.missing
    for part, why in missing.items():
        session.console.message(
            Text(f"没有价格，未计入 {part}：{why.zh}", f"left out, no price: {part}: {why.en}")
        )
    body = problem_json(combinations.compiled.problem, objectives)
    return dumps(envelope(FORMAT_VERSION, session.stamp(catalog), session.as_of, **body), indent=None)


def _some(catalog: Catalog, kind: str, asked: list[str] | None, every: tuple[str, ...]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.removeprefix("@") for name in asked or ())) or every
    for name in names:
        if name not in every:
            raise unknown(catalog, name, (kind,))
    if not names:
        raise CardkitError(
            Text(
                "目录里没有卡或没有客群，没有产品可导出",
                "There is no card or no segment, so no product to export",
            ),
            Text("先新建：cardkit new", "make one first: cardkit new"),
        )
    return names


def _whole(catalog: Catalog, needed: tuple[str, ...]) -> Catalog:
    """The catalog, if nothing is broken that products depend on; otherwise CardkitError."""
    faulty = {finding.site.file for finding in catalog.findings if finding.code.severity is Severity.ERROR}
    broken = sorted(file for file in faulty if file.startswith(needed))
    if broken:
        raise CardkitError(
            Text(
                f"这些文件有错，导出会缺少它们：{'、'.join(broken[:5])}",
                f"These files have faults and would be missing from the export: {', '.join(broken[:5])}",
            ),
            Text("先运行 cardkit validate", "run: cardkit validate"),
        )
    return catalog
