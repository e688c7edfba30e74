# ruff: noqa: E501 - a pattern is easier to check on one line
"""Puts each table row, term and label of a page on a line of its own with what it says."""

import re
from html import unescape
from typing import Final

# A short row is one line, however its source is broken; one that holds blocks is read as it comes.
_ROW: Final = re.compile(
    r"<tr(?P<own>[ \t\r\n][^<>]{0,300})?>(?P<cells>(?:[^<]|<(?!/?tr\b)){0,2000}?)</tr\s{0,9}>"
    r"(?:\s|</?t(?:body|head|foot)\b[^<>]{0,300}>){0,40}",
    re.IGNORECASE,
)
_NOT_PLAIN: Final = re.compile(
    r"<(?:table|pre|ul|ol|blockquote|textarea|select|script|style)\b", re.IGNORECASE
)
_CELL: Final = re.compile(r"<t[dh]([ \t\r\n][^<>]{0,300})?>", re.IGNORECASE)
_CELL_END: Final = re.compile(r"</t[dh]\s{0,9}>", re.IGNORECASE)
_BREAK: Final = re.compile(
    r"\s+|</?(?:p|div|br|hr|h[1-6]|section|article|header|footer)\b[^<>]{0,300}>", re.IGNORECASE
)
_TAG: Final = re.compile(r"<[^<>]*>")
_MEANING: Final = re.compile(r"</dt\s{0,9}>\s{0,99}<dd(?:\s[^<>]{0,300})?>", re.IGNORECASE)
# `<div class="label">Phone</div> <div>…</div>`: what stands next to a label is its value.
_LABEL: Final = re.compile(
    r"<(?P<tag>label|(?:div|span|p|strong|b|h[1-6])(?=[^<>]{0,200}[\"' _-](?:label|key|term|caption|field-?name)[\"' _-]))"
    r"(?:\s[^<>]{0,300})?>(?P<said>[^<>]{1,60})</(?P=tag)\s{0,9}>\s{0,99}"
    r"<(?:div|span|p|a|strong|b|em|code|td)(?:\s[^<>]{0,300})?>",
    re.IGNORECASE,
)
_EMPTY_CELL: Final = "-"
_TAB: Final = "\t"


def rows_on_lines(page: str) -> str:
    """Return the page with its rows, terms and labels as lines, cells set apart by a tab.

    What a row or cell says of itself, such as that it is hidden, stays with its text.
    """
    page = _ROW.sub(_row, page)
    page = _MEANING.sub("\t", page)
    return _LABEL.sub(lambda label: f"<br>{' '.join(label['said'].split())}\t", page)


def _row(row: "re.Match[str]") -> str:
    if _NOT_PLAIN.search(row["cells"]):
        return row[0]
    before, *pieces = _CELL.split(_CELL_END.sub("", row["cells"]))
    cells: list[str] = []
    for own, said in zip(pieces[::2], pieces[1::2], strict=True):
        text = _BREAK.sub(" ", said).strip()
        # An empty cell shows, so that each stands below its heading.
        cells.append(f"<span{own or ''}>{text if _says(text) else _EMPTY_CELL}</span>")
    head = f"{before.strip()} " if _says(before) else ""
    return f"<span{row['own'] or ''}>{head}{_TAB.join(cells)}</span><br>"


def _says(markup: str) -> bool:
    return bool(unescape(_TAG.sub("", markup)).strip())
