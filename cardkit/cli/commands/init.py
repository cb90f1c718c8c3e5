"""`cardkit init`: a small new catalog to start from."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cardkit.cli.session import Session
from cardkit.ground.text import Language, Text, joined, same
from cardkit.source.new_folder import refuse_taken, write_folder
from cardkit.source.starter import starter_files


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""
    about = Text(
        "要新建的文件夹；默认 ./catalog。注释用 --lang 的语言",
        "The folder to make; ./catalog when left out. Comments are in the language of --lang",
    ).to(language)

    def run(
        session: Session,
        folder: Annotated[
            Path | None, typer.Argument(metavar="[DIR]", help=about, show_default=False)
        ] = None,
    ) -> int:
        target = session.folder if folder is None else folder
        refuse_taken(target)
        files = starter_files(session.console.language, session.as_of)
        write_folder(target, files)
        _tell(session, target, files)
        return 0

    return run


def _tell(session: Session, target: Path, files: dict[str, str]) -> None:
    entities = [name for name in files if name.endswith(".yaml")]
    session.console.message(
        Text(
            f"已在 {target} 新建目录：{len(entities)} 个 YAML 文件，schema 和编辑器设置",
            f"made a catalog in {target}: {len(entities)} YAML files, schemas and editor settings",
        )
    )
    # Where it isn't the folder that commands look into by themselves, they have to be told.
    where = "" if target == session.folder else f" --catalog {target}"
    steps = (
        (f"cardkit validate{where}", Text("检查", "checks it")),
        (f"cardkit price city-start{where}", Text("一个产品的价格", "the price of a product")),
        (f"cardkit new module{where}", Text("新建一个模块", "a new module")),
    )
    width = max(len(typed) for typed, _ in steps)
    lines = [same(f"  {typed:<{width}}   ") + about for typed, about in steps]
    session.console.message(
        Text(
            "接下来（数字都是示例，请换成自己的）：\n",
            "next (all figures are illustrative, put in your own):\n",
        )
        + joined(lines, "\n", "\n")
    )
