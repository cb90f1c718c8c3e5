"""The commands there are, in the order of the help. Add one here."""

from collections.abc import Callable
from importlib import import_module

from cardkit.ground.frozen import frozen
from cardkit.ground.text import Language, Text


@frozen
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
    Command(
        "analyze",
        "analyze",
        Text(
            "所有可能的产品：数量、极值、死模块、政策是否成立",
            "Every possible product: counts, extremes, dead modules, policies proved or refuted",
        ),
    ),
    Command(
        "best",
        "best",
        Text("一个客群（或一个人）最好的产品", "The best products for a segment, or for one person in it"),
    ),
    Command("preview", "preview", Text("客户会读到的页面", "The page that the customer will read")),
    Command(
        "diff",
        "diff",
        Text(
            "一次改动带来什么：承诺、金额、可售产品、文字",
            "What a change does: promises, money, products, wording",
        ),
    ),
    Command(
        "test",
        "test",
        Text("按写好的预期检查目录", "Hold the catalog to the expectations written beside it"),
    ),
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
    Command(
        "export",
        "export",
        Text(
            "把规则写成独立工具能读的特征模型",
            "The rules as a feature model that independent tools can read",
        ),
    ),
    Command(
        "fmt",
        "fmt",
        Text("把目录文件写成统一格式，内容一字不变", "Write files in canonical form, losing nothing"),
        computes=False,
    ),
    Command(
        "init",
        "init",
        Text("新建一个能通过检查的小目录", "A small new catalog to start from"),
        computes=False,
    ),
    Command(
        "new",
        "new",
        Text("新建一个实体文件：提问，或按参数", "A new file of a kind: asks, or takes options"),
        computes=False,
    ),
)
