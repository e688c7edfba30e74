"""Finds the values of Kubernetes Secrets that are pasted into a text: all that stands in them."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from redaction.detection import Finding
from redaction.detection.patterns.ordinary import is_empty, travels

_SECRET: Final = re.compile(r"(?m)^[ \t>-]*kind:[ \t]*[\"']?Secret[\"']?[ \t]*\r?$")
_BLOCK: Final = re.compile(r"(?m)^(?P<indent>[ \t]*)(?P<name>stringData|data):[ \t]*\r?$")
_DOCUMENT: Final = re.compile(r"(?m)^---")
_ENTRY: Final = re.compile(r"[\"']?[\w.-]{1,253}[\"']?:[ \t]+(?P<value>\S[^\n]*)")
_LINE: Final = re.compile(r"\n(?P<indent>[ \t]*)(?P<said>[^\n]*)")


def find_manifest_values(text: str) -> Iterator[Finding]:
    """Find each value under `stringData`, and under `data` beside `kind: Secret`."""
    if "stringData:" not in text and not ("data:" in text and _SECRET.search(text)):
        return
    bounds = [0, *(match.start() for match in _DOCUMENT.finditer(text)), len(text)]
    for first, last in pairwise(bounds):
        is_secret = _SECRET.search(text, first, last) is not None
        for block in _BLOCK.finditer(text, first, last):
            if is_secret or block["name"] == "stringData":
                yield from _values(text, block.end(), last, len(block["indent"]))


def _values(text: str, at: int, last: int, outer: int) -> Iterator[Finding]:
    inner = -1
    for line in _LINE.finditer(text, at, last):
        depth, said = len(line["indent"]), line["said"].rstrip()
        if not said:
            continue
        if depth <= outer:
            return
        inner = depth if inner < 0 else inner
        start, end = line.start("said"), line.start("said") + len(said)
        entry = _ENTRY.match(text, start, end) if depth == inner else None
        if depth == inner and entry is None:
            continue
        start = entry.start("value") if entry else start
        value = text[start:end].strip("\"'")
        start = text.index(value, start) if value else start
        # `key: |` opens a block: its lines are the value.
        if value and value[0] not in "|>#" and not is_empty(value):
            firm = len(value) >= 6 and travels(value) and not value.isalpha()
            yield Finding(start, start + len(value), "SECRET", "pattern:manifest", 0.95, firm)
