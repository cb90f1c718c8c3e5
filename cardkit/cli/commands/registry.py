"""The commands there are, in the order of the help. Add one here."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from cardkit.ground.text import Language, Text


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, its module beside this file, and its line of help."""

    name: str
    module: str
    about: Text
    computes: bool = True
    """Whether it works on the figures of a catalog, so that a what-if can be laid over them."""

    def load(self, language: Language) -> Callable[..., int]:
        """The command's function, with its parameters' help in a language."""
        made: Callable[[Language], Callable[..., int]] = import_module(
            f"cardkit.cli.commands.{self.module}"
        ).command
        return made(language)


COMMANDS: tuple[Command, ...] = (
    Command(
        "validate",
        "validate",
        Text(
            "检查整个目录：文件、结构、引用、组合、价格、日期、法规",
            "Check a whole catalog: files, schema, references, prices, law",
        ),
    ),
    Command("list", "list_entities", Text("列出某一类实体", "List what there is of a kind")),
    Command(
        "show",
        "show",
        Text("一个实体的全部信息与关联", "One entity, and what it requires, excludes and is part of"),
    ),
    Command("check", "check", Text("产品能不能卖；不能卖的原因", "May a product be sold, and if not, why")),
    Command(
        "price",
        "price",
        Text("产品对银行和客户的价格", "What a product earns and costs, for bank and customer"),
    ),
    Command(
        "compare",
        "compare",
        Text("两到四个产品有什么不同", "What differs between two to four products"),
    ),
    Command(
        "matrix",
        "matrix",
        Text("模块 × 客群：每个模块给参考卡增加什么", "Modules × segments: what each adds to a card"),
    ),
    Command("preview", "preview", Text("客户会读到的页面", "The page that the customer will read")),
    Command(
        "rule",
        "rule",
        Text("一项检查的说明：原因、反例、正例、出处", "The page of a check: what, why, bad, good, source"),
        computes=False,
    ),
    Command(
        "schema",
        "schema",
        Text(
            "写出 JSON Schema：编辑器用的，或校验产品用的（--product）",
            "Write JSON Schemas: for editors, or for products (--product)",
        ),
        computes=False,
    ),
)
