"""Decides by content whether a text is JSON, markup or a mail, without a clock for log lines."""

import json
import re
from typing import Final

HEAD: Final = 65_536
SAMPLE: Final = 200
_MAIL_HEADER: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*:(?:\s|$)")
_MAIL_NAMES: Final = frozenset(
    ("from", "to", "cc", "subject", "date", "received", "message-id", "mime-version", "return-path")
)


def structured_type(text: str) -> str:
    """Return the media type of JSON, JSON lines, markup or a mail; empty for any other text."""
    head = text[:HEAD]
    stripped = head.lstrip()
    if stripped[:1] in ("{", "[") and (kind := _json_kind(text, head)):
        return kind
    if stripped.startswith("<") and (kind := _markup_kind(stripped)):
        return kind
    return "message/rfc822" if _is_mail(head) else ""


def _json_kind(text: str, head: str) -> str:
    lines = [line for line in head.split("\n")[:SAMPLE] if line.strip()]
    if len(head) == HEAD < len(text) and len(lines) > 1:
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
