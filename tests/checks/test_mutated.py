"""No catalog, however broken, makes a check crash."""

import random
import re
from collections.abc import Callable

from cardkit.ground.finding import Finding

WORDS = (
    "null", "[]", "{}", "x", "true", "-1", "[1, 2]", "{a: b}", "gen-z", "pet-care", "card/x",
    "2026-13-45", "1%", "999999999999",
)  # fmt: skip


def test_mutated_catalogs_crash_no_check(
    example: dict[str, str], findings: Callable[[dict[str, str]], list[Finding]]
) -> None:
    chance = random.Random(20260701)
    files = sorted(example)
    for _ in range(150):
        texts = dict(example)
        for _ in range(chance.choice((1, 1, 2, 4))):
            file = chance.choice(files)
            lines = texts[file].split("\n")
            number = chance.randrange(len(lines))
            key = re.match(r"(\s*(?:- )?[\w-]+: )", lines[number])
            if key and chance.random() < 0.7:
                lines[number] = key[1] + chance.choice(WORDS)
            else:
                del lines[number]
            texts[file] = "\n".join(lines)
        crashed = [found for found in findings(texts) if found.code.name == "check-crashed"]
        assert not crashed, (crashed, {file for file in files if texts[file] != example[file]})
