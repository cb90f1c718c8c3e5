"""The streams: what goes where, in which language, width and colour. Everything is written here."""

import errno
import os
import sys
from collections.abc import Mapping
from io import StringIO, TextIOWrapper
from typing import TYPE_CHECKING, Any, Literal, TextIO

from cardkit.ground.frozen import frozen
from cardkit.ground.safe import clean, disarm
from cardkit.ground.text import Language, Text
from cardkit.render.delimited import csv, tsv
from cardkit.render.glyphs import Glyphs, encodes
from cardkit.render.table import Table, Unit

if TYPE_CHECKING:  # rich takes longer to import than a pipe takes to write: only a terminal waits for it
    from rich.console import RenderableType

ColorChoice = Literal["auto", "always", "never"]
TableFormat = Literal["table", "tsv", "csv", "md"]

_CHINESE = "中文，不适用"
_BEYOND_GBK = "\U0001f4b3"
_DEFAULT_COLUMNS = 80
_MOST_COLUMNS = 1000


@frozen
class Console:
    """Data goes to `out`, messages and progress to `err`; None is a stream that was closed at the start.

    `columns` is the width in cells, `color` whether data is coloured, `is_terminal` whether `out` is one.
    """

    out: TextIO | None
    err: TextIO | None
    language: Language
    columns: int
    color: bool
    is_terminal: bool
    glyphs: Glyphs

    @property
    def default_format(self) -> TableFormat:
        """A table for people at a terminal, plain TSV for everything that reads a pipe."""
        return "table" if self.is_terminal else "tsv"

    @property
    def is_unicode(self) -> bool:
        """Whether `out` has every character: JSON is written in ASCII where it hasn't."""
        return encodes(_encoding(self.out), _BEYOND_GBK)

    def data(self, content: "str | RenderableType") -> None:
        """Write an answer: text as it is (already safe), or a renderable in this console's colours and width.

        Raises OSError (BrokenPipeError, a full disk): the caller decides what that means.
        """
        self._out().write(content if isinstance(content, str) else self._styled(content))

    def document(self, document: Any) -> None:
        """Write a JSON document, in ASCII where the stream is not Unicode; raises OSError like `data`."""
        from cardkit.render.data_json import dumps

        self.data(dumps(document, ascii_only=not self.is_unicode))

    def table(self, table: Table, form: TableFormat | None = None, *, unit: Unit = "yuan") -> None:
        """Write a table, by default in the format that fits the stream; raises OSError like `data`.

        `unit` is for people: programs always get the currency's own unit.
        """
        match form or self.default_format:
            case "tsv":
                self.data(tsv(table, self.language))
            case "csv":
                self._utf8(csv(table, self.language))
            case "md":
                from cardkit.render import markdown

                self.data(markdown.render(table, self.language, unit=unit, glyphs=self.glyphs))
            case "table":
                from cardkit.render import terminal

                width, signs = self.columns, self.glyphs
                self.data(terminal.render(table, self.language, columns=width, unit=unit, glyphs=signs))

    def message(self, text: Text) -> None:
        """Tell people something on the error stream, each message on lines of its own."""
        if self.err is None:
            return
        language: Language = self.language if encodes(_encoding(self.err), _CHINESE) else "en"
        self.err.write(disarm(clean(text.to(language), keep_newlines=True)) + "\n")
        self.err.flush()

    def close(self) -> None:
        """Flush both streams; raises the OSError that would otherwise vanish at the interpreter's end."""
        for stream in (self.out, self.err):
            if stream is not None:
                stream.flush()

    def _styled(self, content: "RenderableType") -> str:
        """The renderable as text. rich never sees the stream: at a closed pipe it would end the process."""
        from rich.console import Console as RichConsole

        text = StringIO()
        RichConsole(
            file=text,
            width=self.columns,
            force_terminal=self.color,
            color_system=("auto" if self.is_terminal else "256") if self.color else None,
            no_color=not self.color,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
        ).print(content, end="", crop=False)
        return text.getvalue()

    def _out(self) -> TextIO:
        if self.out is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF), "stdout")
        return self.out

    def _utf8(self, text: str) -> None:
        """Write bytes that begin with a byte order mark, whatever the locale's encoding is."""
        out = self._out()
        if isinstance(out, TextIOWrapper):
            out.flush()
            out.buffer.write(text.encode("utf-8", "backslashreplace"))
        else:
            out.write(text)


def on_streams(
    language: Language,
    color: ColorChoice = "auto",
    *,
    environment: Mapping[str, str] = os.environ,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> Console:
    """The console of this process, or of the streams given; they no longer fail at a character.

    A stream that can't show Chinese gets English. Colour: `always` and `never` are obeyed; `auto` means a
    terminal that is not `dumb`, and no NO_COLOR.
    """
    out, err = out or sys.stdout, err or sys.stderr
    for stream in (out, err):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    is_terminal = out is not None and out.isatty()
    plain = bool(environment.get("NO_COLOR")) or environment.get("TERM") == "dumb"
    encoding = _encoding(out)
    return Console(
        out=out,
        err=err,
        language=language if encodes(encoding, _CHINESE) else "en",
        columns=_columns(environment, out, err),
        color=color == "always" or (color == "auto" and is_terminal and not plain),
        is_terminal=is_terminal,
        glyphs=Glyphs.for_encoding(encoding),
    )


def _columns(environment: Mapping[str, str], *streams: TextIO | None) -> int:
    """COLUMNS, else the width of the first stream that is a terminal, else eighty."""
    given = environment.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and int(given[:6]) > 0:
        return min(int(given[:6]), _MOST_COLUMNS)
    for stream in streams:
        try:
            if stream is not None and (found := os.get_terminal_size(stream.fileno()).columns):
                return min(found, _MOST_COLUMNS)
        except (OSError, ValueError):  # not a terminal, or no file at all
            continue
    return _DEFAULT_COLUMNS


def _encoding(stream: TextIO | None) -> str:
    """A stream's encoding; one in memory has none and holds every character."""
    return "ascii" if stream is None else stream.encoding or "utf-8"
