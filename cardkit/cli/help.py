"""Help in the reader's language: the parser's own few words are English only, so they are said again here."""

from typing import Any

from typer.core import TyperCommand, TyperGroup

from cardkit.ground.text import Language

WORDS = (
    ("Usage:", "用法："),
    ("Arguments:", "参数："),
    ("Options:", "选项："),
    ("Commands:", "命令："),
    ("Show this message and exit.", "显示这段说明"),
    ("[OPTIONS]", "[选项]"),
    ("COMMAND [ARGS]...", "命令 [参数]..."),
    ("[required]", "[必填]"),
    ("[default: ", "[默认："),
)


def said(text: str, language: Language) -> str:
    """A page of help with the parser's own words in the language."""
    if language == "zh":
        for english, chinese in WORDS:
            text = text.replace(english, chinese)
    return text


def command_class(language: Language) -> type[TyperCommand]:
    """Commands whose help speaks the language."""

    class SpokenCommand(TyperCommand):
        """A command whose help speaks the reader's language."""

        def get_help(self, ctx: Any) -> str:
            """The page of help."""
            return said(super().get_help(ctx), language)

    return SpokenCommand


def group_class(language: Language) -> type[TyperGroup]:
    """The group of commands, whose help speaks the language."""

    class SpokenGroup(TyperGroup):
        """The group of commands whose help speaks the reader's language."""

        def get_help(self, ctx: Any) -> str:
            """The page of help."""
            return said(super().get_help(ctx), language)

    return SpokenGroup
