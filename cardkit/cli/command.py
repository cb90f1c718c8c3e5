"""How a command is declared: its own parameters in its signature, the common options added here, once."""

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from cardkit.cli.session import open_session
from cardkit.ground.text import Language, Text
from cardkit.source.overlay import Overlay


def overlay_options(language: Language) -> dict[str, Any]:
    """`--set` and `--scenario`, for the commands that compute from a catalog."""
    change = Text(
        "假设某个值不同，如 pet-care.price=88 或 '…=*1.2'；可重复，不改文件",
        "What if a value were different: pet-care.price=88, '…=*1.2'; may be repeated, files stay",
    ).to(language)
    scenario = Text("叠加 catalog.yaml 里声明的情景", "Lay a scenario from catalog.yaml over the catalog").to(
        language
    )
    return {
        "set_": (Annotated[list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help=change)], None),
        "scenario": (Annotated[str | None, typer.Option(metavar="NAME", help=scenario)], None),
    }


def common_options(language: Language) -> dict[str, Any]:
    """`--catalog`, `--as-of`, `--lang` and `--color`, by parameter name: type and default."""

    def said(zh: str, en: str) -> str:
        return Text(zh, en).to(language)

    where = said(
        "目录文件夹；默认 CARDKIT_CATALOG，再默认 ./catalog",
        "Catalog folder; CARDKIT_CATALOG, then ./catalog",
    )
    day = said("按哪一天的数据计算；默认今天（上海）", "The day whose figures count; today in Shanghai")
    return {
        "catalog": (Annotated[Path | None, typer.Option(metavar="DIR", help=where)], None),
        "as_of": (Annotated[str | None, typer.Option(metavar="DATE", help=day)], None),
        "lang": (
            Annotated[
                str | None, typer.Option(metavar="zh|en", help=said("输出语言", "Language of the output"))
            ],
            None,
        ),
        "color": (
            Annotated[
                str,
                typer.Option(metavar="auto|always|never", help=said("是否用颜色", "Whether to use colour")),
            ],
            "auto",
        ),
    }


def with_session(
    function: Callable[..., int], language: Language, *, computes: bool = True
) -> Callable[..., None]:
    """A function for typer: `function(session, …)` plus the common options; it returns the exit code.

    `computes` adds `--set` and `--scenario`: a command that can't follow them must not accept them.
    """
    common = (overlay_options(language) if computes else {}) | common_options(language)
    own = list(inspect.signature(function).parameters.values())[1:]

    @wraps(function)
    def command(**given: Any) -> None:
        given.pop("lang")  # the application has read it before anything was parsed
        overlay = Overlay(given.pop("scenario", None), tuple(given.pop("set_", None) or ()))
        session = open_session(
            language, given.pop("catalog"), given.pop("as_of"), given.pop("color"), overlay
        )
        raise typer.Exit(function(session, **given))

    parameters = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
    parameters += [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in common.items()
    ]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # typer reads it
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command
