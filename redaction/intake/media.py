"""Decides by content what kind of text an artifact is."""

import csv
import re
from itertools import groupby
from typing import Final

from redaction.intake.structures import HEAD, SAMPLE, structured_type
from redaction.reading.timestamps import Clock

EXTENSIONS: Final = {
    "text/x-log": "log",
    "text/plain": "txt",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "text/csv": "csv",
    "application/yaml": "yaml",
    "message/rfc822": "eml",
    "text/html": "html",
    "application/xml": "xml",
}
_YAML_KEY: Final = re.compile(r"""\s*(?:- )?["']?[\w./@-]+["']?:(?:\s|$)""")
_YAML_OTHER: Final = re.compile(r"\s*- |\s*-$|---$|\.\.\.$")
_LEVEL_FIRST: Final = re.compile(
    r"[\[<(]?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|SEVERE|FATAL|CRITICAL)\b"
    r"|(?:trce|dbug|fail|crit)(?=: )",
    re.IGNORECASE,
)
_CONTINUATION: Final = re.compile(
    r"\s|Caused by:|\.\.\. \d+ more|Traceback |[\w.$]+(?:Exception|Error)\b"
)


def media_type(text: str) -> str:
    """Return the media type that the content shows; `text/plain` when nothing fits better."""
    return structured_type(text) or lined_type(text)


def lined_type(text: str) -> str:
    """Return the media type of a text that is neither JSON nor markup nor a mail."""
    lines = [line for line in text[:HEAD].split("\n")[:SAMPLE] if line.strip()]
    if _is_log(lines):
        return "text/x-log"
    if _is_table(lines):
        return "text/csv"
    return "application/yaml" if _is_yaml(lines) else "text/plain"


def _is_log(lines: list[str]) -> bool:
    """Tell a log: of the lines that are no continuation, a third starts with a time or level."""
    clock = Clock()
    heads = [line for line in lines if not _CONTINUATION.match(line)]
    marked = sum(
        1 for line in heads if _LEVEL_FIRST.match(line) or clock.at_start(line[:300]) is not None
    )
    return marked >= 1 and marked * 3 >= len(heads) and not _is_timed_table(lines)


def _is_timed_table(lines: list[str]) -> bool:
    """A CSV whose first column is the time is a table: its first line names columns."""
    return bool(lines) and Clock().at_start(lines[0][:300]) is None and _is_table(lines)


def _is_table(lines: list[str]) -> bool:
    if len(lines) < 2:
        return False
    delimiter = delimiter_of(lines[lines[0].startswith("#TYPE ")])
    if not delimiter:
        return False
    try:
        rows = list(csv.reader(lines[:50], delimiter=delimiter))
    except csv.Error:
        return False
    rows = rows[1:] if rows[0] and rows[0][0].startswith("#TYPE ") else rows
    if len(rows) < 2:
        return False
    header = rows[0]
    if "Date and Time" in header:  # the Event Viewer names no column for the description
        header = rows[0] = [*header, "Description"]
    named = all(0 < len(cell.strip()) <= 64 and not cell[:1].isdigit() for cell in header)
    fitting = sum(1 for row in rows if len(row) == len(header))
    # A tracker repeats a column, side by side, for each of an issue's comments.
    names = [name for name, _ in groupby(header)]
    once = len(set(names)) == len(names) > 1
    return named and once and fitting >= 0.9 * len(rows)


def delimiter_of(header: str) -> str:
    """Return the character that separates the columns of a table's first line, or nothing."""
    best = max(",;\t|", key=header.count)
    return best if best in header else ""


def _is_yaml(lines: list[str]) -> bool:
    content = [line for line in lines if not line.lstrip().startswith("#")]
    if not content:
        return False
    keyed = sum(1 for line in content if _YAML_KEY.match(line))
    others = sum(1 for line in content if _YAML_OTHER.match(line) and not _YAML_KEY.match(line))
    return keyed * 2 >= len(content) and keyed + others >= 0.8 * len(content)
