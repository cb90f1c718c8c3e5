"""What makes a finding the same one in the next run, when lines have moved and lists have grown."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cardkit.ground.finding import Finding, Path

DataOf = Callable[[str], Mapping[str, Any] | None]
"""A file's plain data by its name, None where it could not be read."""

_NUMBER = re.compile(r"[0-9]+")


def exact_key(finding: Finding, data_of: DataOf) -> tuple[str, ...]:
    """All that a finding says but its line: two runs with the same key found the same, in the same words."""
    site = finding.site
    path = stable_path(site.path, data_of(site.file))
    related = [f"{each.site.file} {each.message.en}" for each in finding.related]
    return (finding.code.id, site.file, path, finding.message.en, *related)


def fingerprints(findings: Iterable[Finding], data_of: DataOf, prefix: str = "") -> list[str]:
    """For each finding 64 hexadecimal digits, all different, for programs that follow findings over time.

    Made from check, file (below `prefix`), place in the data and what is said, without the numbers in it: an
    amount that grows doesn't make a finding new. Of findings alike, the second and further are counted.
    """
    seen: Counter[str] = Counter()
    made = []
    for finding in findings:
        site = finding.site
        said = _NUMBER.sub("0", finding.message.en)
        parts = (finding.code.id, prefix + site.file, stable_path(site.path, data_of(site.file)), said)
        key = "\0".join(parts)
        seen[key] += 1
        again = f"\0{seen[key]}" if seen[key] > 1 else ""
        made.append(hashlib.sha256((key + again).encode("utf-8", "surrogatepass")).hexdigest())
    return made


def stable_path(path: Path, data: Any) -> str:
    """A path in which entries of lists go by their id or their text, not by their position."""
    steps = []
    for step in path:
        name, data = str(step), _inside(data, step)
        if isinstance(step, int):
            if isinstance(data, dict) and isinstance(data.get("id"), str):
                name = f"id={data['id']}"
            elif isinstance(data, str):
                name = f"={data}"
        steps.append(name.replace("~", "~0").replace("/", "~1"))
    return "/".join(steps)


def _inside(data: Any, step: str | int) -> Any:
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
        return data[step]
    return None
