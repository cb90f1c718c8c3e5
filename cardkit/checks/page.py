"""The page of a check, parsed from its docstring.

The form: an English summary, a blank line, the Chinese summary; then `Why:`, `为什么：`, at least one
`Bad …:` and one `Good …:`, and `Source:`. Each example is one of

- `Bad (modules/pet-care.yaml):` with keys that take the place of those in the file of a small example
  catalog; `# no price` takes a key out; a file that the example doesn't have is added as it stands;
- `Bad (modules/pet-care.yaml benefits/0):` the same inside a value of the file;
- `Bad (whole file modules/pet-care.yaml):` with the text of the whole file;
- `Before (…):` in the same forms, for checks of a change: what was, before Bad or Good came in its place;
- `Bad:` with words, for what can't be written as YAML: a line in English, or one in each language.

A line that ends in `# here` is the one that the finding must point at.
"""

import re
import textwrap
from typing import Literal

from cardkit.ground.finding import Code, Severity
from cardkit.ground.frozen import frozen
from cardkit.ground.text import Language, Text

HERE = "# here"
_HEAD = re.compile(
    r"(Why|为什么|Before|Bad|Good|Source)"
    r"(?: \((whole file )?([^ )]+)(?: ([^ )]+))?\))?[:：] ?(.*)\Z"
)


_EXAMPLES: dict[str, Literal["before", "bad", "good"]] = {"Before": "before", "Bad": "bad", "Good": "good"}


@frozen
class Example:
    """A snippet of a file: bad, good, or what was before; `file` is empty where it is words."""

    side: Literal["before", "bad", "good"]
    text: str
    file: str = ""
    place: str = ""
    """The value of the file that the snippet's keys belong to, as `benefits/0`; empty for the file itself."""
    whole: bool = False


@frozen
class Page:
    """What `cardkit rule CODE` shows."""

    code: Code
    summary: Text
    why: Text
    examples: tuple[Example, ...]
    source: str


_SEVERITIES = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.NOTE: Text("提示", "note"),
}
_WHY = Text("为什么", "Why")
_SIDES = {
    "before": Text("改动之前", "Before"),
    "bad": Text("不好的写法", "Bad"),
    "good": Text("好的写法", "Good"),
}
_HERE = Text("这里", "here")
_SOURCE = Text("依据", "Source")


def parse(code: Code, docstring: str) -> Page:
    """The page that a docstring is. Raises ValueError where a part is missing or stands twice."""
    lines = textwrap.dedent("    " + docstring).strip().split("\n")
    parts: list[tuple[re.Match[str], list[str]]] = []
    summaries: list[str] = []
    for line in lines:
        head = _HEAD.match(line)
        if head:
            parts.append((head, [head[5]] if head[5] else []))
        elif parts:
            parts[-1][1].append(line)
        elif line.strip():
            summaries.append(line.strip())
    said: dict[str, str] = {}
    examples: list[Example] = []
    for head, body in parts:
        if head[1] in _EXAMPLES:
            examples.append(_example(head, body))
        elif head[1] in said:
            raise ValueError(f"{code.id}: {head[1]} stands twice")
        else:
            said[head[1]] = _flowing(body)
    sides = {example.side for example in examples} - {"before"}
    if len(summaries) != 2 or set(said) != {"Why", "为什么", "Source"} or sides != {"bad", "good"}:
        raise ValueError(f"{code.id}: a page has two summaries, Why, 为什么, Bad, Good and Source")
    why = Text(said["为什么"], said["Why"])
    return Page(code, Text(summaries[1], summaries[0]), why, tuple(examples), said["Source"])


def _example(head: re.Match[str], body: list[str]) -> Example:
    text = textwrap.dedent("\n".join(body)).strip("\n") + "\n"
    return Example(_EXAMPLES[head[1]], text, head[3] or "", head[4] or "", bool(head[2]))


def _flowing(lines: list[str]) -> str:
    """Lines of one paragraph as one line; Chinese lines join without a space."""
    text = ""
    for line in lines:
        part = line.strip()
        gap = "" if not text or not part or (ord(text[-1]) > 0x2E80 or ord(part[0]) > 0x2E80) else " "
        text += gap + part
    return text


def render(page: Page, language: Language) -> list[str]:
    """The page as plain lines, in one language, without colour."""
    code = page.code
    lines = [f"{code.id} {code.name} ({_SEVERITIES[code.severity].to(language)})", ""]
    lines += [page.summary.to(language), ""]
    lines += [f"{_WHY.to(language)}: {page.why.to(language)}", ""]
    for example in page.examples:
        where = f" ({example.file}{', ' if example.place else ''}{example.place})" if example.file else ""
        lines.append(f"{_SIDES[example.side].to(language)}{where}:")
        mark = f"# <- {_HERE.to(language)}"
        shown = example.text.rstrip("\n").split("\n")
        if not example.file:
            shown = shown[:1] if language == "en" else shown[-1:]
        lines += [f"    {line.replace(HERE, mark)}".rstrip() for line in shown]
        lines.append("")
    lines.append(f"{_SOURCE.to(language)}: {page.source}")
    return lines
