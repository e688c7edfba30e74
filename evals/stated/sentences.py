"""Counts sentences and words as a reader does."""

import re
from typing import Final

# A stop ends a sentence only before something that can begin one, and not after an abbreviation.
_STOP: Final = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bapprox)(?<!\bvs)(?<!\bNo)(?<!\bMr)(?<!\bMs)(?<!\bDr)"
    r"[.!?][\"”\u2019)\]]*\s+(?=[\"“\u2018(\[]*[A-Z0-9<`])"
)


def sentences(text: str) -> tuple[str, ...]:
    """Split `text` into sentences."""
    starts = [0, *(match.end() for match in _STOP.finditer(text))]
    ends = [*starts[1:], len(text)]
    return tuple(
        part for start, end in zip(starts, ends, strict=True) if (part := text[start:end].strip())
    )


def word_count(sentence: str) -> int:
    """Count what stands between spaces and holds a letter or digit."""
    return sum(any(char.isalnum() for char in word) for word in sentence.split())
