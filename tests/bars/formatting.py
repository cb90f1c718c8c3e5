"""5,000 random commented documents through `fmt`: no value changed, no comment lost, no result unstable.

What is compared is read by PyYAML's own composer and by counting numbered comments, not by fmt's comparison.
`python -m tests.bars.formatting [--quick] [SEED]`
"""

import re
import sys
from collections import Counter
from random import Random
from typing import Any

import yaml

from cardkit.source.formatting.formatting import format_file
from cardkit.source.nodes import read
from tests.bars.outcome import finish, quick
from tests.bars.random_documents import random_document

FILE = "modules/random.yaml"
MOST_LEFT_ALONE = 0.02
"""A formatter that gives up would lose nothing either: the share of readable documents that it may leave."""
NUMBERED = re.compile(r"# c[0-9]+c[^\n]*")


def composed(text: str) -> Any:
    """A text as PyYAML reads it: kinds of nodes, tags and values, the keys of a mapping in any order."""
    return _plain(yaml.compose(text, Loader=yaml.CSafeLoader))


def _plain(node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return frozenset((_plain(key), _plain(value)) for key, value in node.value)
    if isinstance(node, yaml.SequenceNode):
        return tuple(_plain(value) for value in node.value)
    return (node.tag, node.value)


def comments_of(text: str) -> Counter[str]:
    """The numbered comments of a random document."""
    return Counter(found.rstrip(" \t\r") for found in NUMBERED.findall(text))


def faults_of(text: str, seen: Counter[str]) -> list[str]:
    """What formatting a document does wrong, in words."""
    document, findings = read(FILE, text.encode())
    if document is None or findings:
        seen["unreadable"] += 1
        return [] if format_file(FILE, text.encode()).text is None else [f"formatted with faults: {text!r}"]
    formatted = format_file(FILE, text.encode())
    if formatted.text is None:
        seen["left alone"] += 1
        return []
    seen["changed" if formatted.text != text else "canonical"] += 1
    wrong = []
    if composed(text) != composed(formatted.text):
        wrong.append("changed a value of")
    if comments_of(text) != comments_of(formatted.text):
        wrong.append("lost a comment of")
    if format_file(FILE, formatted.text.encode()).text != formatted.text:
        wrong.append("not stable:")
    return [f"{each} {text!r}" for each in wrong]


def main(arguments: list[str]) -> int:
    """As many documents as fit the run."""
    seeds = [int(each) for each in arguments if each.isdigit()]
    chance = Random(seeds[0] if seeds else 20260701)
    number = 300 if quick(arguments) else 5_000
    seen: Counter[str] = Counter()
    faults = [fault for _ in range(number) for fault in faults_of(random_document(chance), seen)]
    readable = number - seen["unreadable"]
    if seen["left alone"] > MOST_LEFT_ALONE * readable:
        faults.append(f"{seen['left alone']} of {readable} readable documents were left alone")
    counted = ", ".join(f"{count:,} {what}" for what, count in seen.most_common())
    return finish("formatting", f"{len(faults)} faults in {number:,} random documents ({counted})", faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
