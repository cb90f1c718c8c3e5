"""What every command starts from: where the catalog is, which day it is, and who is reading."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import cast

from cardkit.cli.console import ColorChoice, Console, on_streams
from cardkit.cli.language import choose
from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Severity
from cardkit.ground.safe import disarm, one_line
from cardkit.ground.text import Text, joined, same
from cardkit.model.catalog import Catalog
from cardkit.model.expression import Named, parse
from cardkit.render.data_json import Stamp
from cardkit.source.load import load
from cardkit.source.overlay import NO_OVERLAY, Overlay

SHANGHAI = timezone(timedelta(hours=8))
"""China has one time zone and no summer time."""


@dataclass(frozen=True, slots=True)
class Session:
    """The common options of one run."""

    console: Console
    folder: Path
    as_of: date
    overlay: Overlay = NO_OVERLAY

    def catalog(self) -> Catalog:
        """The catalog with the overlay, as far as it can be read; raises CardkitError where there is none."""
        catalog = load(self.folder, self.overlay)
        if self.overlay and not self.console.is_terminal:
            # Plain TSV has no room for a note, and what was computed from changed values must say so.
            self.console.message(Text("说明：", "note: ") + self.what_if)
        return catalog

    @property
    def what_if(self) -> Text:
        """What the overlay changes, for people; empty without one."""
        overlay = self.overlay
        if not overlay:
            return Text("", "")
        parts = [same(disarm(one_line(value), anywhere=True)) for value in overlay.values]
        if overlay.scenario is not None:
            name = disarm(one_line(overlay.scenario), anywhere=True)
            parts.insert(0, Text(f"情景 {name}", f"scenario {name}"))
        return Text("假设：", "what if: ") + joined(parts, "、", ", ")

    def usable(self) -> Catalog:
        """The catalog for a command that computes: what is broken is said, and refused where all need it."""
        catalog = self.catalog()
        _ = catalog.settings
        faulty = sorted(
            {finding.site.file for finding in catalog.findings if finding.code.severity is Severity.ERROR}
        )
        needed = [file for file in faulty if file.startswith(("rules/", "services/", "bundles/"))]
        if needed:
            raise CardkitError(
                Text(
                    f"这些文件有错，而每个产品都要用到它们：{'、'.join(needed)}",
                    f"These files have faults, and every product depends on them: {', '.join(needed)}",
                ),
                Text("先运行 cardkit validate", "run: cardkit validate"),
            )
        if faulty:
            self.console.message(
                Text(
                    f"警告：{len(faulty)} 个文件有错，未计入：{'、'.join(faulty[:5])}（见 cardkit validate）",
                    f"warning: left out because of faults: {', '.join(faulty[:5])}"
                    f"{' and more' if len(faulty) > 5 else ''} (see: cardkit validate)",
                )
            )
        return catalog

    def products(self, catalog: Catalog, expressions: list[str]) -> list[Named]:
        """The products that were typed; says where something was filled in."""
        found = [parse(catalog, expression) for expression in expressions]
        for named in found:
            for note in named.notes:
                self.console.message(Text("说明：", "note: ") + note)
        return found

    def stamp(self, catalog: Catalog) -> Stamp:
        """Which catalog an answer is about."""
        known = catalog.known_settings
        overlay = None
        if self.overlay:
            overlay = {"scenario": self.overlay.scenario, "set": list(self.overlay.values)}
        return Stamp(None if known is None else known.id, catalog.hash, overlay)

    def about(self, catalog: Catalog) -> Text:
        """The line that names catalog, short hash, day and overlay under people's output."""
        stamp = self.stamp(catalog)
        name = stamp.id or "?"
        short = (stamp.hash or "")[:8]
        about = Text(
            f"目录 {name} · {short} · 截至 {self.as_of}", f"catalog {name} · {short} · as of {self.as_of}"
        )
        return about + Text(" · ", " · ") + self.what_if if self.overlay else about


def open_session(
    lang: str | None,
    catalog: Path | None,
    as_of: str | None,
    color: str,
    overlay: Overlay = NO_OVERLAY,
    environment: Mapping[str, str] = os.environ,
    now: Callable[[], datetime] = lambda: datetime.now(SHANGHAI),
) -> Session:
    """The session that options and environment ask for; raises CardkitError for what they can't mean."""
    language = choose(lang, environment)
    console = on_streams(language, cast("ColorChoice", color), environment=environment)
    folder = catalog or Path(environment.get("CARDKIT_CATALOG") or "catalog")
    return Session(console, folder, _day(as_of or environment.get("CARDKIT_AS_OF"), now), overlay)


def _day(written: str | None, now: Callable[[], datetime]) -> date:
    if not written:
        return now().date()
    try:
        day = date.fromisoformat(written)
    except ValueError:
        day = None
    if day is None or day.isoformat() != written:
        raise CardkitError(
            Text(f"{written} 不是日历上的一天", f"{written} is no day of the calendar"),
            Text("写成 --as-of 2026-12-31", "write it as --as-of 2026-12-31"),
        )
    return day
