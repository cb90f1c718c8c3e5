"""Where the path of a what-if leads: `ENTITY.key.key`, benefits by id or index, `*` for each of several."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Path
from cardkit.ground.frozen import frozen
from cardkit.ground.safe import one_line
from cardkit.ground.shape.base import Shape, items_of
from cardkit.ground.shape.composite import ListOf, MapOf, Record, Tagged
from cardkit.ground.shape.figure import FigureOf
from cardkit.ground.shape.leaf import Reference
from cardkit.ground.text import Text, joined, same
from cardkit.model.catalog import Catalog, Source
from cardkit.model.expression import nearest
from cardkit.model.kinds import FOLDERS
from cardkit.source.schema import SETTINGS, SHAPES

EACH = "*"
"""A step that stands for every entry of a list or map, and after a folder's name for every file in it."""

_MOST_LISTED = 12
_FIXED = ("id", "kind")
"""What an entity is can't be set: it would be another one."""


@frozen
class Place:
    """One value that a path leads to: the file, the keys in it, and what may stand there."""

    source: Source
    path: Path
    shape: Shape


def places(catalog: Catalog, data: Mapping[str, Any], written: str) -> list[Place]:
    """Every value that a path leads to; several only where it has a `*`.

    `data` holds the files' data by file name where it differs from the catalog's. Raises CardkitError for
    a path that leads nowhere, with the nearest keys. Where a `*` stands, entries without the rest of the
    path are passed over, as long as one has it.
    """
    first, *keys = written.split(".")
    if not all((first, *keys)):
        raise CardkitError(
            Text("两个点之间什么也没有", "nothing stands between two dots, or at an end"),
            Text("写成 ENTITY.key.key", "write ENTITY.key.key"),
        )
    sources, steps = _sources(catalog, first, keys)
    if not steps:
        raise CardkitError(
            Text("只写了实体，没有写改哪一项", "this names an entity, but none of its keys"),
            Text(f"写成 {written}.key", f"write {written}.key"),
        )
    found: list[Place] = []
    refused: CardkitError | None = None
    for source in sources:
        if steps[0] in _FIXED:
            raise CardkitError(Text(f"{steps[0]} 不能改", f"the {steps[0]} can't be changed"))
        shape = SHAPES[SETTINGS if source.kind is None else source.kind]
        walk = _Walk(existing=len(sources) > 1)
        try:
            ends = list(walk.ends(shape, data.get(source.file, source.data), steps, ()))
        except CardkitError as error:
            if len(sources) == 1:
                raise
            refused = refused or error
            continue
        found += [Place(source, path, end) for path, end in ends]
    if not found:
        assert refused is not None, "a path that leads nowhere has been refused"
        raise refused
    return found


def _sources(catalog: Catalog, first: str, steps: list[str]) -> tuple[list[Source], list[str]]:
    """The files that a path's first step means, and the steps after it."""
    if first == SETTINGS:
        settings = [source for source in catalog.sources if source.file == "catalog.yaml"]
        if catalog.known_settings is not None and settings:
            return [Source("catalog.yaml", None, None, settings[0].data)], steps
        raise _broken("catalog.yaml")
    if first in catalog.source_of:
        if first in catalog.broken:
            raise _broken(catalog.source_of[first].file)
        return [catalog.source_of[first]], steps
    if first in FOLDERS:
        if not steps or steps[0] != EACH:
            raise CardkitError(
                Text(f"{first} 是一类实体", f"{one_line(first)} is a kind of entity"),
                Text(
                    f"写成 {first}.*.key 表示每一个，或直接写实体的 id",
                    f"write {first}.*.key for each of them, or begin with an entity's id",
                ),
            )
        inside = [
            source
            for name, source in catalog.source_of.items()
            if source.file.startswith(f"{first}/") and name not in catalog.broken
        ]
        if inside:
            return inside, steps[1:]
    if first == EACH:
        raise CardkitError(
            Text("* 不能放在最前面", "* can't stand first"),
            Text("写明哪一类，如 modules.*.price", "say of which kind, as in modules.*.price"),
        )
    close = nearest(first, [SETTINGS, *FOLDERS, *catalog.source_of])
    raise CardkitError(
        Text(f"目录里没有 {one_line(first)}", f"There is no {one_line(first)} in the catalog"),
        _did_you_mean(close) if close else Text("用 cardkit list 看有哪些", "see: cardkit list"),
    )


class _Walk:
    """One path's way through one file's data and the shapes that belong to it."""

    def __init__(self, *, existing: bool) -> None:
        self.existing = existing
        """Whether only values that are there count: behind a `*`, nothing is added."""

    def ends(self, shape: Shape, data: Any, steps: Sequence[str], path: Path) -> Iterator[tuple[Path, Shape]]:
        """The values at the end of the steps: their path and shape."""
        if not steps:
            yield path, shape
            return
        step, rest = steps[0], steps[1:]
        if isinstance(shape, Tagged):
            shape = shape.records[data[shape.key]]
        if step == EACH and isinstance(shape, ListOf | MapOf):
            yield from self._each(shape, data, rest, path)
            return
        key, inner = self._inner(shape, data, step)
        value = data[int(key)] if isinstance(data, list) else data.get(key)
        if value is None and (self.existing or (rest and not isinstance(inner, Record))):
            raise CardkitError(Text(f"{key} 没有给出", f"{key} isn't given"))
        yield from self.ends(inner, {} if value is None else value, rest, (*path, key))

    def _each(
        self, shape: ListOf | MapOf, data: Any, rest: Sequence[str], path: Path
    ) -> Iterator[tuple[Path, Shape]]:
        walk = _Walk(existing=True)
        refused: CardkitError | None = None
        count = 0
        for key, value in enumerate(data) if isinstance(data, list) else data.items():
            try:
                ends = list(walk.ends(shape.inner, value, rest, (*path, key)))
            except CardkitError as error:
                refused = refused or error
                continue
            count += len(ends)
            yield from ends
        if not count:
            raise refused or CardkitError(Text("这里是空的", "nothing stands there"))

    def _inner(self, shape: Shape, data: Any, step: str) -> tuple[str | int, Shape]:
        """The key that a step means and what stands behind it."""
        if isinstance(shape, Record):
            known = {key: said.shape for key, said in items_of(shape.made).items()}
            if step in known:
                return step, known[step]
            raise self._unknown(step, known)
        if isinstance(shape, MapOf):
            if step in data:
                return step, shape.inner
            raise self._unknown(step, data)
        if isinstance(shape, ListOf):
            ids = {
                entry["id"]: at for at, entry in enumerate(data) if isinstance(entry, dict) and "id" in entry
            }
            if step in ids:
                return ids[step], shape.inner
            if step.isascii() and step.isdigit() and int(step[:6]) < len(data):
                return int(step), shape.inner
            raise self._unknown(step, ids or [str(at) for at in range(len(data))])
        if isinstance(shape, FigureOf) and isinstance(data, dict) and "by_segment" in data:
            single = FigureOf(shape.inner, by_segment=False)
            known = {"by_segment": MapOf(Reference(("segment",)), single), "default": single}
            if step in known:
                return step, known[step]
            raise self._unknown(step, known)
        raise CardkitError(
            Text(f"{step} 前面已经是一个值", f"what stands before {one_line(step)} is a value already"),
            Text(
                "路径到数值为止；分日期的值整个替换",
                "end the path at the figure; a dated one is replaced whole",
            ),
        )

    def _unknown(self, step: str, known: "Mapping[str, Any] | list[str]") -> CardkitError:
        close = nearest(step, known)
        listed = joined([same(key) for key in list(known)[:_MOST_LISTED]])
        more = len(known) > _MOST_LISTED
        return CardkitError(
            Text(f"没有 {one_line(step)}", f"there is no {one_line(step)}"),
            _did_you_mean(close)
            if close
            else Text("这里有：", "there are: ") + listed + same(" …" if more else ""),
        )


def _did_you_mean(close: list[str]) -> Text:
    return Text(f"是不是 {'、'.join(close)}？", f"did you mean {' or '.join(close)}?")


def _broken(file: str) -> CardkitError:
    return CardkitError(
        Text(f"{file} 有错，不能叠加改动", f"{file} has faults: nothing can be laid over it"),
        Text("先运行 cardkit validate", "run: cardkit validate"),
    )
