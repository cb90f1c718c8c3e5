"""`cardkit schema`: the JSON Schemas that editors use, and the one that apps check a product with."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cardkit.cli.session import Session
from cardkit.combine.product_schema import NOT_EXPRESSED, product_schema
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Severity
from cardkit.ground.text import Language, Text, same
from cardkit.render.data_json import dumps
from cardkit.source.schema import SHAPES, any_schema, schema_files, schema_of
from cardkit.source.write import write_text

NEEDED = ("catalog.yaml", "cards/", "modules/", "segments/", "rules/")
"""What a schema of products is made from: with a fault in one of these it would be of another catalog."""


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = Text(
        "文件种类，如 module；不写则为按 kind 分派的总 schema",
        "Kind of file, such as module; without one, the schema that dispatches on kind",
    ).to(language)
    products = Text(
        "目录在 --as-of 那天的规则编译成产品 {card, modules, segment} 的 schema，供 App 校验客户的选择",
        "The catalog's rules on the day of --as-of, compiled for products {card, modules, segment}: "
        "apps validate a customer's choice with it",
    ).to(language)
    target = Text(
        "写到这个文件夹，每类一个文件；与 --product 合用时写到这个文件",
        "Write one file for each kind into this folder; with --product, write this file",
    ).to(language)

    def run(
        session: Session,
        kind: Annotated[str | None, typer.Argument(metavar="[KIND]", help=about, show_default=False)] = None,
        product: Annotated[bool, typer.Option("--product", help=products)] = False,
        output: Annotated[Path | None, typer.Option(metavar="DIR|FILE", help=target)] = None,
    ) -> int:
        if product:
            return _run_product(session, kind, output)
        return _run(session, kind, output)

    return run


def _run_product(session: Session, kind: str | None, output: Path | None) -> int:
    if kind is not None:
        raise CardkitError(
            Text(f"--product 不和 {kind} 合用", f"--product doesn't go together with {kind}"),
            Text("写成 cardkit schema --product", "write: cardkit schema --product"),
        )
    catalog = session.catalog()
    faulty = {finding.site.file for finding in catalog.findings if finding.code.severity is Severity.ERROR}
    needed = sorted(file for file in faulty if file.startswith(NEEDED))
    if needed:
        raise CardkitError(
            Text(
                f"这些文件有错，编译出的 schema 会缺少它们：{'、'.join(needed[:5])}",
                f"These files have faults and would be missing from the schema: {', '.join(needed[:5])}",
            ),
            Text("先运行 cardkit validate", "run: cardkit validate"),
        )
    schema = product_schema(catalog, session.as_of)
    for each in schema[NOT_EXPRESSED]:
        session.console.message(
            Text("没有写进 schema：", "not expressed in the schema: ")
            + same(f"{each['rule']} ({each['reason']})")
        )
    if output is None:
        session.console.document(schema)
        return 0
    write_text(output, dumps(schema))
    session.console.message(Text(f"已写 {output}", f"wrote {output}"))
    return 0


def _run(session: Session, kind: str | None, output: Path | None) -> int:
    if kind is not None and kind not in SHAPES:
        raise CardkitError(
            Text(f"没有 {kind} 这一类文件", f"There is no kind of file {kind}"),
            Text("可写：", "write one of: ") + same(", ".join(SHAPES)),
        )
    if output is None:
        session.console.document(any_schema() if kind is None else schema_of(kind))
        return 0
    for name, text in schema_files().items():
        write_text(output / name, text)
        session.console.message(Text(f"已写 {output / name}", f"wrote {output / name}"))
    return 0
