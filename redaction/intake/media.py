"""Decides by content what kind of text an artifact is."""

import csv
import json
import re
from typing import Final

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
_HEAD: Final = 65_536
_SAMPLE: Final = 200
_MAIL_HEADER: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*:(?:\s|$)")
_MAIL_NAMES: Final = frozenset(
    ("from", "to", "cc", "subject", "date", "received", "message-id", "mime-version", "return-path")
)
_YAML_KEY: Final = re.compile(r"""\s*(?:- )?["']?[\w./@-]+["']?:(?:\s|$)""")
_YAML_OTHER: Final = re.compile(r"\s*- |\s*-$|---$|\.\.\.$")
_LEVEL_FIRST: Final = re.compile(
    r"[\[<(]?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|SEVERE|FATAL|CRITICAL)\b", re.IGNORECASE
)
_CONTINUATION: Final = re.compile(
    r"\s|Caused by:|\.\.\. \d+ more|Traceback |[\w.$]+(?:Exception|Error)\b"
)


def media_type(text: str) -> str:
    """Return the media type that the content shows; `text/plain` when nothing fits better."""
    head = text[:_HEAD]
    stripped = head.lstrip()
    if stripped[:1] in ("{", "[") and (kind := _json_kind(text, head)):
        return kind
    if stripped.startswith("<") and (kind := _markup_kind(stripped)):
        return kind
    lines = [line for line in head.split("\n")[:_SAMPLE] if line.strip()]
    if _is_mail(head):
        return "message/rfc822"
    if _is_log(lines):
        return "text/x-log"
    if _is_table(lines):
        return "text/csv"
    return "application/yaml" if _is_yaml(lines) else "text/plain"


def _json_kind(text: str, head: str) -> str:
    lines = [line for line in head.split("\n")[:_SAMPLE] if line.strip()]
    if len(head) == _HEAD < len(text) and len(lines) > 1:
        lines.pop()
    objects = sum(1 for line in lines if line.startswith("{") and _is_json(line))
    if len(lines) > 1 and objects >= 0.8 * len(lines):
        return "application/x-ndjson"
    return "application/json" if _is_json(text) else ""


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _markup_kind(stripped: str) -> str:
    start = stripped[:2000].lower()
    if start.startswith("<!doctype html") or "<html" in start or "<body" in start:
        return "text/html"
    if start.startswith(("<?xml", "<!doctype", "<rss", "<feed")):
        return "application/xml"
    closed = re.match(r"<([\w:.-]+)[^>]*>", start)
    if closed is None or f"</{closed[1]}>" not in stripped.lower():
        return ""
    return "text/html" if closed[1] in ("div", "p", "table", "span", "h1") else "application/xml"


def _is_mail(head: str) -> bool:
    names: set[str] = set()
    for line in head.split("\n"):
        if not line.strip():
            break
        if line[0] in " \t" and names:
            continue
        if not _MAIL_HEADER.match(line):
            return False
        names.add(line.partition(":")[0].lower())
    return "from" in names and len(names & _MAIL_NAMES) >= 3


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
    delimiter = delimiter_of(lines[0])
    if not delimiter:
        return False
    try:
        rows = list(csv.reader(lines[:50], delimiter=delimiter))
    except csv.Error:
        return False
    header = rows[0]
    named = all(0 < len(cell.strip()) <= 64 and not cell[:1].isdigit() for cell in header)
    fitting = sum(1 for row in rows if len(row) == len(header))
    return named and len(set(header)) == len(header) and fitting >= 0.9 * len(rows)


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
