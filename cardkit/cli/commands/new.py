"""`cardkit new`: a new file of a kind, from answers at a terminal or from options."""

from collections.abc import Callable
from typing import Annotated

import typer

from cardkit.cli.asking import Asking, is_terminal
from cardkit.cli.draft_options import Given, field_of, kind_of_word
from cardkit.cli.drafting import Draft
from cardkit.cli.options import argument
from cardkit.cli.session import Session
from cardkit.ground.text import Language, Text
from cardkit.model.kinds import KIND_OF_WORD


def command(language: Language) -> Callable[..., int]:
    """The command with its help in a language."""

    def said(zh: str, en: str) -> str:
        return Text(zh, en).to(language)

    words = "|".join(KIND_OF_WORD)
    kinds = argument(f"种类：{words}", f"Kind: {words}", "KIND", language)
    ids = typer.Argument(
        metavar="[ID]",
        help=said("新的 id，如 pet-care；也是文件名", "The new id, such as pet-care"),
        show_default=False,
    )
    zh = said("中文名称", "The name in Chinese")
    en = said("英文名称", "The name in English")
    owner = said("负责人；默认目录的负责人", "Who answers for it; the catalog's owner when left out")
    mechanic = said("第一项权益的机制，如 entitlement", "Mechanic of the first benefit, such as entitlement")
    rule = said("规则类型，如 requires", "Kind of rule, such as requires")
    field = said(
        "某个键的值，如 price=88 或 benefits.0.count=6；可重复",
        "A key's value: price=88, benefits.0.count=6; may be repeated",
    )
    like = said("照这个实体抄，只换 id、名称和状态", "Copy this entity; only id, name and status differ")
    anyway = said("即使会带来错误也照写", "Write it even where validate will find errors in it")
    yes = said("不提问，其余都用建议值", "Ask nothing: take what is proposed for everything else")

    def run(
        session: Session,
        kind: Annotated[str, kinds],
        id_: Annotated[str | None, ids] = None,
        name_zh: Annotated[str | None, typer.Option("--name-zh", metavar="TEXT", help=zh)] = None,
        name_en: Annotated[str | None, typer.Option("--name-en", metavar="TEXT", help=en)] = None,
        owner: Annotated[str | None, typer.Option(metavar="NAME", help=owner)] = None,
        mechanic: Annotated[str | None, typer.Option(metavar="WORD", help=mechanic)] = None,
        rule: Annotated[str | None, typer.Option(metavar="WORD", help=rule)] = None,
        field: Annotated[list[str] | None, typer.Option("--field", metavar="PATH=VALUE", help=field)] = None,
        like: Annotated[str | None, typer.Option(metavar="ID", help=like)] = None,
        force: Annotated[bool, typer.Option("--force", help=anyway)] = False,
        yes: Annotated[bool, typer.Option("--yes", help=yes)] = False,
    ) -> int:
        given = Given(
            id=id_,
            name={
                language: word for language, word in (("zh", name_zh), ("en", name_en)) if word is not None
            },
            owner=owner,
            words={("benefits", 0, "mechanic"): mechanic, ("rule",): rule},
            fields=dict(field_of(each) for each in field or ()),
            like=like,
            force=force,
        )
        asking = Asking(session.console, asks=not yes and is_terminal(session.console))
        return Draft(session, kind_of_word(kind), given, asking).write()

    return run
