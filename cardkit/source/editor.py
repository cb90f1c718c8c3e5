"""What makes an editor know the format: a schema beside the catalog, a line that names it, and settings.

The line works in every editor that uses yaml-language-server, whichever folder was opened. The settings are
for VS Code, and for files without that line.
"""

import json

from cardkit.model.kinds import KINDS
from cardkit.source.load import EXPECTATIONS, WAIVERS
from cardkit.source.schema import SETTINGS

SCHEMAS = ".schemas"
"""Where a catalog keeps its schemas: a hidden folder, which is no part of the catalog itself."""


_BESIDE = {EXPECTATIONS.rstrip("/"): "expectations", WAIVERS.rstrip("/"): "waivers"}
"""The folders that lie in a catalog's and are no part of it, with their schemas."""


def schema_name(folder: str) -> str:
    """The schema for the files of a catalog's folder; of the catalog itself where it is empty."""
    if not folder:
        return SETTINGS
    if folder in _BESIDE:
        return _BESIDE[folder]
    words = [kind.word for kind in KINDS if kind.folder == folder]
    return words[0] if len(words) == 1 else "entity"


def modeline(file: str) -> str:
    """The first line of a catalog's file, which tells an editor where its schema is."""
    folder, slash, _ = file.rpartition("/")
    up = "../" if slash else ""
    return f"# yaml-language-server: $schema={up}{SCHEMAS}/{schema_name(folder)}.json\n"


def editor_settings(schemas: str, catalog: str) -> dict[str, list[str]]:
    """VS Code's `yaml.schemas`: for the schema files in `schemas` the files of the catalog in `catalog`.

    Both are paths from the opened folder, ending in `/`.
    """
    found = {f"{schemas}{SETTINGS}.json": [f"{catalog}catalog.yaml"]}
    for folder in (*dict.fromkeys(kind.folder for kind in KINDS), *_BESIDE):
        name = f"{schemas}{schema_name(folder)}.json"
        found.setdefault(name, []).append(f"{catalog}{folder}/*.yaml")
    return found


def editor_files() -> dict[str, str]:
    """VS Code's settings for a catalog that is opened as a folder, by file name."""
    settings = {
        "yaml.schemas": editor_settings(f"./{SCHEMAS}/", ""),
        # Formatters for YAML in general change values and lose comments; `cardkit fmt` doesn't.
        "yaml.format.enable": False,
        "files.eol": "\n",
        "files.insertFinalNewline": True,
        "[yaml]": {"editor.tabSize": 2, "editor.insertSpaces": True},
    }
    extensions = {"recommendations": ["redhat.vscode-yaml"]}
    return {
        ".vscode/settings.json": json.dumps(settings, indent=2) + "\n",
        ".vscode/extensions.json": json.dumps(extensions, indent=2) + "\n",
    }
