"""Streams: what is written where, in which language, format and encoding."""

import errno
import io
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from cardkit.cli.console import ColorChoice, TableFormat, on_streams
from cardkit.cli.language import choose
from cardkit.ground.errors import CardkitError
from cardkit.ground.text import Text
from cardkit.render.table import Table


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def stream(encoding: str = "utf-8", *, terminal: bool = False) -> io.TextIOWrapper:
    return (Terminal if terminal else io.TextIOWrapper)(io.BytesIO(), encoding=encoding, newline="")


def written(out: io.TextIOWrapper) -> bytes:
    out.flush()
    assert isinstance(out.buffer, io.BytesIO)
    return out.buffer.getvalue()


def test_a_pipe_gets_tsv_and_a_terminal_a_table(waterfall: Table) -> None:
    pipe, terminal = stream(), stream(terminal=True)
    on_streams("zh", out=pipe, err=stream(), environment={}).table(waterfall)
    assert written(pipe).startswith(
        "line\tname\tamount\trunning\tshare\nannual-fee\t年费收入（刚性年费）\t1234567.89\t".encode()
    )
    on_streams("zh", out=terminal, err=stream(), environment={"COLUMNS": "100", "NO_COLOR": "1"}).table(
        waterfall
    )
    assert "+1,234,567.89" in written(terminal).decode()
    assert b"\x1b" not in written(terminal)


@pytest.mark.parametrize(
    ("choice", "environment", "terminal", "coloured"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, False, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {}, True, False),
    ],
)
def test_colour_is_chosen_by_option_then_environment_then_stream(
    waterfall: Table, choice: ColorChoice, environment: dict[str, str], terminal: bool, coloured: bool
) -> None:
    out = stream(terminal=terminal)
    console = on_streams("en", choice, out=out, err=stream(), environment=environment)
    console.table(waterfall, "table")
    assert console.color == coloured
    assert (b"\x1b[" in written(out)) == coloured


def test_a_stream_without_chinese_gets_english_and_never_fails(waterfall: Table) -> None:
    out, err = stream("ascii"), stream("ascii")
    console = on_streams("zh", out=out, err=err, environment={"COLUMNS": "60"})
    console.table(waterfall, "table")
    console.document({"name": "金卡 💳"})
    console.message(Text("目录", "catalog 目录\x1b[2J\n::error::x"))
    assert b"Annual fee, rigid" in written(out)
    assert b'"name": "\\u91d1\\u5361 \\ud83d\\udcb3"' in written(out)
    assert written(err) == b"catalog \\u76ee\\u5f55\\u{1b}[2J\n: :error::x\n"


def test_csv_is_utf_8_with_its_mark_in_any_locale(waterfall: Table) -> None:
    out = stream("gbk")
    on_streams("zh", out=out, err=stream("gbk"), environment={}).table(waterfall, "csv")
    assert written(out).startswith(b"\xef\xbb\xbfline,name,")
    assert "年费收入" in written(out).decode("utf-8")


def test_a_table_at_a_width_below_forty_still_shows_whole_amounts(waterfall: Table) -> None:
    out = stream()
    on_streams("zh", out=out, err=stream(), environment={"COLUMNS": "10"}).table(waterfall, "table")
    assert "+1,234,567.89" in written(out).decode()


@pytest.mark.parametrize("form", ["table", "tsv"])
def test_a_closed_pipe_is_left_to_the_caller(waterfall: Table, form: TableFormat) -> None:
    class Closed(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        on_streams("en", out=Closed(), err=stream(), environment={}).table(waterfall, form)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_an_error_at_the_latest_when_closing() -> None:
    # The file itself fails once more when it is closed.
    with suppress(OSError), Path("/dev/full").open("w", encoding="utf-8") as full:
        console = on_streams("en", out=full, err=stream(), environment={})
        console.data("x")
        with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
            console.close()


def test_only_a_rendered_table_waits_for_rich() -> None:
    program = """
import sys
from cardkit.cli.console import on_streams
from cardkit.ground.text import same
from cardkit.render.findings import registry
from cardkit.render.table import Column, Row, Table
console = on_streams("en", environment={})
table = Table(None, (Column("a", same("a"), "amount"),), (Row((-1240,)),))
console.table(table), console.table(table, "csv"), console.table(table, "md"), console.document({})
sys.exit("rich" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.startswith(b"a\n-12.40\n")


@pytest.mark.parametrize(
    ("option", "environment", "language"),
    [
        (None, {}, "en"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        (None, {"LANG": "C", "LC_MESSAGES": "zh_TW", "LC_ALL": ""}, "zh"),
        (None, {"LANG": "zh_CN.UTF-8", "CARDKIT_LANG": "en"}, "en"),
        ("zh-CN", {"CARDKIT_LANG": "en"}, "zh"),
    ],
)
def test_the_language_is_the_option_then_the_variable_then_the_locale(
    option: str | None, environment: dict[str, str], language: str
) -> None:
    assert choose(option, environment) == language


def test_a_language_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(CardkitError, match="--lang: there is no language “fr”") as raised:
        choose("fr", {})
    assert raised.value.hint is not None
    assert raised.value.hint.en == "zh | en"
