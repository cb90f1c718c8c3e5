"""What-if: changed values laid over a loaded catalog. Files, content hash and positions stay as they are."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Path, Site
from cardkit.ground.frozen import frozen
from cardkit.ground.safe import one_line
from cardkit.ground.text import Text, joined, same
from cardkit.model.catalog import Catalog, Source
from cardkit.model.entity import Entity
from cardkit.model.expression import nearest
from cardkit.model.settings import Settings
from cardkit.source.build import build
from cardkit.source.document import Document
from cardkit.source.overlay_path import Place, places
from cardkit.source.overlay_value import factor_of, multiplied, replaced, typed_value


@frozen
class Assignment:
    """One change: where, and what stands there instead. A text `*1.2` multiplies what is there."""

    path: str
    value: Any
    shown: str
    """As it is named in messages: `pet-care.price=88`."""
    by: str
    """Who changes it, as the value's source then says: `--set`, `scenario downturn`."""


@frozen
class Overlay:
    """What a command was asked to change: a scenario of the catalog's, then single values, in order."""

    scenario: str | None = None
    values: tuple[str, ...] = ()
    """`PATH=VALUE`, as typed."""

    def __bool__(self) -> bool:
        return self.scenario is not None or bool(self.values)


NO_OVERLAY = Overlay()


def assignment(typed: str) -> Assignment:
    """The change that `PATH=VALUE` means. Raises CardkitError for what can't be read."""
    path, equals, value = typed.partition("=")
    path = path.strip()
    if not equals or not path:
        raise CardkitError(
            Text(f"看不懂 {one_line(typed)}", f"Can't read {one_line(typed)}"),
            Text(
                "写成 --set PATH=VALUE，如 pet-care.price=88", "write --set PATH=VALUE, as pet-care.price=88"
            ),
        )
    shown = f"{path}={value.strip()}"
    if value.strip().startswith("*"):
        return Assignment(path, value.strip(), shown, "--set")
    try:
        return Assignment(path, typed_value(value), shown, "--set")
    except CardkitError as error:
        raise _about(shown, error) from error


def assignments(catalog: Catalog, overlay: Overlay) -> list[Assignment]:
    """The changes of an overlay, the scenario's first. Raises CardkitError for an unknown scenario."""
    found: list[Assignment] = []
    name = overlay.scenario
    if name is not None:
        known = catalog.settings.scenarios
        if name not in known:
            close = nearest(name, known)
            raise CardkitError(
                Text(f"没有情景 {one_line(name)}", f"There is no scenario {one_line(name)}"),
                Text("相近的有：", "did you mean ") + joined([same(one) for one in close], "、", " or ")
                if close
                else Text("有：", "there are: ") + joined([same(one) for one in sorted(known)])
                if known
                else Text("在 catalog.yaml 的 scenarios 里声明", "declare it in catalog.yaml, scenarios"),
            )
        for path, value in known[name].set.items():
            found.append(Assignment(path, value, f"{name}: {path}={value}", f"scenario {name}"))
    return found + [assignment(typed) for typed in overlay.values]


def overlaid(catalog: Catalog, changes: Iterable[Assignment]) -> Catalog:
    """The catalog with changed values; what isn't named is the very same object as before.

    Each change is applied to the data of its files, in order, and the files' records are built anew, so a
    changed value is checked as a written one is. Raises CardkitError for a path that leads nowhere and for
    a value that can't stand where it leads.
    """
    data: dict[str, Mapping[str, Any]] = {}
    touched: dict[str, tuple[Source, list[tuple[Path, Assignment]]]] = {}
    for change in changes:
        try:
            for place in places(catalog, data, change.path):
                source = place.source
                before = data.get(source.file, source.data)
                data[source.file] = _put(before, place.path, _new(place, before, change))
                touched.setdefault(source.file, (source, []))[1].append((place.path, change))
        except CardkitError as error:
            raise _about(change.shown, error) from error
    if not touched:
        return catalog
    settings, entities = catalog.known_settings, dict(catalog.entities)
    for file, (source, made_by) in touched.items():
        made = _built(file, data[file], made_by)
        if isinstance(made, Settings):
            settings = made
        else:
            assert isinstance(made, Entity), "every other file is an entity's"
            assert source.id is not None, "an entity without faults has an id"
            entities[source.id] = made
    sources = tuple(
        replace(source, data=data[source.file]) if source.file in data else source
        for source in catalog.sources
    )
    return replace(catalog, known_settings=settings, entities=entities, sources=sources)


def _new(place: Place, data: Any, change: Assignment) -> Any:
    """What stands at a place after the change."""
    factor = factor_of(change.value)
    if factor is None:
        return replaced(place.shape, change.value, change.by)
    here = data
    for step in place.path:
        here = here[int(step)] if isinstance(here, list) else here.get(step)
        if here is None:
            raise CardkitError(
                Text("没有给出，没有可乘的数", "it isn't given, so there is nothing to multiply"),
                Text("直接写值", "write a value instead"),
            )
    return multiplied(place.shape, here, factor, f"{change.value} ({change.by})")


def _put(data: Any, path: Path, value: Any) -> Any:
    """A copy of the data with a value put at a path; what isn't on the way is shared, not copied."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(data, list):
        return [_put(inner, rest, value) if at == step else inner for at, inner in enumerate(data)]
    return {**data, step: _put(data.get(step, {}), rest, value)}


class _Unplaced(Document):
    """A changed file's data: no text says where its values stand."""

    __slots__ = ()

    def site(self, path: Path, *, key: bool = False) -> Site:  # noqa: ARG002 - as in a file
        """The path alone."""
        return Site(self.file, path=path)


def _built(file: str, data: Mapping[str, Any], made_by: list[tuple[Path, Assignment]]) -> Any:
    made, findings = build(_Unplaced(file, b"", dict(data)))
    if made is not None and not findings:
        return made
    finding = findings[0]
    at = finding.site.path
    guilty = [change for path, change in made_by if at[: len(path)] == path or path[: len(at)] == at]
    change = (guilty or [change for _, change in made_by])[-1]
    raise _about(change.shown, CardkitError(finding.message, finding.hint))


def _about(shown: str, error: CardkitError) -> CardkitError:
    """The same error, with the change that it is about in front."""
    shown = one_line(shown)
    return CardkitError(Text(f"{shown}：", f"{shown}: ") + error.message, error.hint)
