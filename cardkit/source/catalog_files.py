"""Files of a catalog that were named on a command line, each with its name in the catalog."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from cardkit.ground.errors import CardkitError
from cardkit.ground.finding import Finding
from cardkit.ground.text import Text
from cardkit.source.characters import quoted
from cardkit.source.one_file import read_bytes
from cardkit.source.refusals import MOST_BYTES
from cardkit.source.texts import DEEPEST_FOLDER, SUFFIX, read_folder


@dataclass(frozen=True, slots=True)
class CatalogFile:
    """One file: where it is, what it is called in its catalog, and its bytes."""

    path: Path
    name: str
    raw: bytes


def catalog_files(paths: Iterable[Path]) -> tuple[list[CatalogFile], list[Finding]]:
    """The files at and below some paths, each once, and what was found while they were fetched.

    Only files of a catalog: a folder above one may hold YAML of others. Raises CardkitError for a path that
    doesn't exist, is in no catalog, or is no `.yaml` file.
    """
    found: dict[Path, CatalogFile] = {}
    findings: list[Finding] = []
    for path in paths:
        root = catalog_of(path)
        if path.is_dir():
            texts, unread = read_folder(path)
            findings += [
                replace(each, site=replace(each.site, file=f"{path.as_posix()}/{each.site.file}"))
                for each in unread
            ]
            for name, raw in texts.items():
                file = path / name
                found.setdefault(file, CatalogFile(file, _name(file, root), raw))
        elif path.suffix == SUFFIX:
            found.setdefault(path, CatalogFile(path, _name(path, root), read_bytes(path, MOST_BYTES)))
        else:
            shown = quoted(str(path))
            raise CardkitError(
                Text(f"{shown} 不是 .yaml 文件", f"{shown} is no .yaml file"),
                Text("目录只有 .yaml 文件", "a catalog is made of .yaml files"),
            )
    return list(found.values()), findings


def catalog_of(path: Path) -> Path:
    """The catalog's folder that a path lies in, or is. Raises CardkitError where there is none."""
    shown = quoted(str(path))
    try:
        whole = path.parent.resolve() / path.name if path.is_symlink() else path.resolve(strict=True)
    except OSError as error:
        raise CardkitError(
            Text(f"没有 {shown}", f"There is no {shown}"),
            Text("写目录里的文件或文件夹", "name a file or folder of a catalog"),
        ) from error
    for folder in [whole, *whole.parents][: DEEPEST_FOLDER + 1]:
        if (folder / "catalog.yaml").is_file():
            return folder
    below = [each.parent for each in whole.glob("*/catalog.yaml")]
    inside = below[0] if len(below) == 1 else None
    raise CardkitError(
        Text(
            f"{shown} 不在产品目录里（没有 catalog.yaml）",
            f"{shown} is in no catalog: there is no catalog.yaml",
        ),
        Text("指出目录所在的文件夹", "name the catalog's folder")
        if inside is None
        else Text(f"是不是 {path / inside.name}？", f"did you mean {path / inside.name}?"),
    )


def _name(path: Path, root: Path) -> str:
    whole = path.parent.resolve() / path.name
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else path.name
