# ruff: noqa: E501 - a pattern is easier to check on one line
"""Cuts a text into what the name models read at once: unique line templates and sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from redaction.detection.language.words import UPPER
from redaction.detection.patterns.protected import LOG_LINE

_UNIT_LIMIT = 1500
_LONG_SENTENCE = 400
_DIGITS = re.compile(r"\d+|(?<![A-Za-z0-9])(?=[a-fA-F]*\d)[0-9a-fA-F]{6,}(?![A-Za-z0-9])")
# A level and a time anywhere in a line make it a record, whatever its format.
_RECORD = re.compile(
    r"(?=.{0,120}?\b(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|SEVERE|CRITICAL|NOTICE|FAILURE)\b)"
    r"(?=.{0,120}?(?:\d\d:\d\d|\d{4}[.-]\d\d[.-]\d\d|\d{10}))"
)
_FRAME = re.compile(r"[ \t]*(?:at [\w$.<>/@-]+\(|\.\.\. \d+)")
# A sentence ends at a full stop and a capital, but not after a title or an initial.
_SENTENCE = re.compile(
    rf"(?<![ .][{UPPER}])(?<!^[{UPPER}])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSr)(?<!\bHr)(?<!\bFr)(?<!\bSra)(?<!\bAvv)(?<!\bIng)(?<!\bdott)(?<!\bh\.c)(?<!\bSt)(?<!\bNo)(?<!\bMrs)(?<!\bProf)(?<!\bnos)[.!?][\"'”)]*(?P<gap>\s+)(?=[\"'“(]*[{UPPER}])"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence or the template of a record, looked at once for all its twins."""

    text: str
    log: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """Where a sentence or a record stands."""

    start: int
    seen: Seen


def units_of(text: str) -> Iterator[Unit]:
    """Cut a text into records of logs, figures as zeros, and into sentences."""
    begin = at = 0
    for line in text.split("\n"):
        end = at + len(line)
        log = LOG_LINE.match(line) is not None or _RECORD.match(line) is not None
        if log or not line.strip():
            yield from _sentences(text, begin, at)
            begin = end + 1
        if log and not _FRAME.match(line):
            # Twins differ in their figures only.
            masked = _DIGITS.sub(lambda match: "0" * len(match[0]), line)
            yield from _cut(masked, at, True)
        at = end + 1
    yield from _sentences(text, begin, len(text))


def _sentences(text: str, begin: int, end: int) -> Iterator[Unit]:
    """Cut a paragraph at the ends of sentences, and what has none at the ends of lines."""
    while begin < end:
        match = _SENTENCE.search(text, begin, end)
        stop = match.start("gap") if match else end
        after = match.end("gap") if match else end
        if stop - begin <= _LONG_SENTENCE:
            yield from _cut(text[begin:stop], begin, False)
        else:
            at = begin
            for line in text[begin:stop].split("\n"):
                yield from _cut(line, at, False)
                at += len(line) + 1
        begin = after


def _cut(text: str, at: int, log: bool) -> Iterator[Unit]:
    """Cut a long block at a space near the limit; drop what has no word in it."""
    begin = 0
    while begin < len(text):
        end = min(len(text), begin + _UNIT_LIMIT)
        if end < len(text):
            space = max(text.rfind(" ", begin + 1, end), text.rfind("\n", begin + 1, end))
            end = space if space > begin else end
        part = text[begin:end]
        if len(part) > 2 and not part.isspace():
            yield Unit(at + begin, Seen(part, log))
        begin = end
