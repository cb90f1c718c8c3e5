"""The typer application: the commands by name, the languages of help and errors, and exit codes."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cardkit.cli.console import Console, on_streams
from cardkit.cli.language import choose
from cardkit.cli.usage import usage_error
from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Language, Text, same

FINE, FINDINGS, CANNOT_RUN, FAULT, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 3, 130, 141


def run(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> int:
    """Run a command line; gives the exit code (SPEC §4). Nothing that goes wrong prints a traceback."""
    console = on_streams("en", environment=environment)
    try:
        language = choose(_option(arguments, "--lang"), environment)
        console = on_streams(language, environment=environment)
        code = _dispatch(arguments, language, console)
        console.close()
    except CardkitError as error:
        return _told(console, error.message, error.hint)
    except BrokenPipeError:
        _abandon_output()
        return CLOSED_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        _abandon_output()
        return _told(
            console, Text(f"读写失败：{error.strerror}", f"Reading or writing failed: {error.strerror}")
        )
    except Exception as error:
        if environment.get("CARDKIT_DEBUG"):
            raise
        where = type(error).__name__
        console.message(
            Text(
                f"cardkit 自身出错（{where}）。设 CARDKIT_DEBUG=1 再运行可见详情，请连同目录一起报告。",
                f"cardkit itself failed ({where}). CARDKIT_DEBUG=1 shows more; please report it.",
            )
        )
        return FAULT
    return code


def _dispatch(arguments: Sequence[str], language: Language, console: Console) -> int:
    import typer

    from cardkit.cli.command import with_session
    from cardkit.cli.commands.registry import COMMANDS, Command
    from cardkit.cli.help import command_class, group_class

    app = typer.Typer(
        cls=group_class(language),
        help=Text(
            "由权益积木组成的卡产品配置工具", "The configurator for cards built from rights modules"
        ).to(language),
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": console.columns},
    )
    app.callback()(_group)
    wanted = next((word for word in _words(arguments)), None)
    known: dict[str, Command] = {command.name: command for command in COMMANDS}
    for command in COMMANDS:
        # Only the command that runs is imported; the others show their name and their line of help.
        declare = app.command(command.name, help=command.about.to(language), cls=command_class(language))
        if command.name != wanted:
            declare(_unused)
            continue
        declare(with_session(command.load(language), language, computes=command.computes))
    try:
        result = app(list(arguments), prog_name="cardkit", standalone_mode=False)
    except typer.Abort:
        return INTERRUPTED
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        return _told(console, usage_error(error.format_message()), _usage_hint(error, known))
    return result if isinstance(result, int) else FINE


def _group(lang: str | None = None) -> None:
    """What stands before a command: the language, which has been read already."""
    _ = lang


def _words(arguments: Sequence[str]) -> Iterator[str]:
    """The words of a command line that are neither options nor the value of `--lang`."""
    before = ""
    for word in arguments:
        if not word.startswith("-") and before != "--lang":
            yield word
        before = word


def _unused() -> None:
    """Stands for a command that isn't the one being run."""


def _usage_hint(error: Any, known: Mapping[str, Any]) -> Text:
    from difflib import get_close_matches

    context = getattr(error, "ctx", None)
    path = "cardkit" if context is None else context.command_path
    typed = error.format_message().partition("'")[2].partition("'")[0]
    close = (
        get_close_matches(typed, list(known), 1, 0.5) if "No such command" in error.format_message() else []
    )
    if close:
        return Text(f"是不是 cardkit {close[0]}？", f"did you mean cardkit {close[0]}?")
    return Text(f"用法见 {path} --help", f"see {path} --help")


def _told(console: Console, message: Text, hint: Text | None = None) -> int:
    console.message(Text("错误：", "error: ") + message)
    if hint is not None:
        console.message(Text("  → ", "  → ") + hint if console.is_unicode else same("  -> ") + hint)
    return CANNOT_RUN


def _option(arguments: Sequence[str], name: str) -> str | None:
    """The value of an option wherever it stands: help needs the language before anything is parsed."""
    for index, word in enumerate(arguments):
        if word == name and index + 1 < len(arguments):
            return arguments[index + 1]
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return None


def _abandon_output() -> None:
    """Point stdout at nothing, so that the interpreter's last flush can't fail again."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
    except (OSError, ValueError):
        return
