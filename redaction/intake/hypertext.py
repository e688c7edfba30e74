# ruff: noqa: E501 - a pattern is easier to check on one line
"""Reads the text of an HTML page: hidden text too, scripts and styles not."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

_SILENT: Final = frozenset(("script", "style", "noscript", "template"))
_BLOCKS: Final = frozenset(
    (
        *("p", "div", "br", "tr", "li", "ul", "ol", "table", "pre", "blockquote", "section"),
        *("article", "header", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "title", "hr"),
        *("dt", "dd", "body"),
    )
)
_MARKUP: Final = re.compile(r"<[A-Za-z!?/]")
_TAG_NAME: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,15})")
# A short row is one line, however its source is broken; one that holds blocks is read as it comes.
_ROW: Final = re.compile(
    r"<tr(?:[ \t\r\n][^<>]{0,300})?>(?P<cells>(?:[^<]|<(?!/?tr\b)){0,2000}?)</tr\s{0,9}>"
    r"(?:\s|</?t(?:body|head|foot)\b[^<>]{0,300}>){0,40}",
    re.IGNORECASE,
)
_NOT_PLAIN: Final = re.compile(
    r"<(?:table|pre|ul|ol|blockquote|textarea|select|script|style)\b", re.IGNORECASE
)
_CELL: Final = re.compile(r"<t[dh](?:[ \t\r\n][^<>]{0,300})?>", re.IGNORECASE)
_MEANING: Final = re.compile(r"</dt\s{0,9}>\s{0,99}<dd(?:\s[^<>]{0,300})?>", re.IGNORECASE)
# `<div class="label">Phone</div> <div>…</div>`: what stands next to a label is its value.
_LABEL: Final = re.compile(
    r"<(?P<tag>label|(?:div|span|p|strong|b|h[1-6])(?=[^<>]{0,200}[\"' _-](?:label|key|term|caption|field-?name)[\"' _-]))"
    r"(?:\s[^<>]{0,300})?>(?P<said>[^<>]{1,60})</(?P=tag)\s{0,9}>\s{0,99}"
    r"<(?:div|span|p|a|strong|b|em|code|td)(?:\s[^<>]{0,300})?>",
    re.IGNORECASE,
)
_EMPTY_CELL: Final = "-"


def text_of_html(page: str) -> str:
    """Return a page's text: a line for each block, row and term; cells set apart by a tab."""
    text = unescape("".join(_parts(page)))
    lines = (re.sub(r"[^\S\n\t]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _parts(page: str) -> Iterator[str]:
    """Yield text and the breaks that tags make.

    The standard library's parser takes a minute for 60 KB of unclosed tags. This one only walks
    forward: what is never closed is text.
    """
    at = 0
    while (start := page.find("<", at)) >= 0:
        yield page[at:start]
        if not _MARKUP.match(page, start):
            yield "<"
            at = start + 1
            continue
        close = "-->" if page.startswith("<!--", start) else ">"
        end = page.find(close, start)
        if end < 0:
            at = start
            break
        at = end + len(close)
        row = _ROW.match(page, start)
        if row and not _NOT_PLAIN.search(row["cells"]):
            yield _row(row["cells"])
            at = row.end()
        elif label := _LABEL.match(page, start):
            yield f"\n{' '.join(label['said'].split())}\t"
            at = label.end()
        elif tag := _TAG_NAME.match(page, start):
            name = tag[1].lower()
            if name == "dt" and (meaning := _MEANING.match(page, start)):
                yield "\t"
                at = meaning.end()
                continue
            yield "\n" if name in _BLOCKS else "\t" if name in ("td", "th") else ""
            if name in _SILENT and page[start + 1] != "/":
                at = _after_silence(page, at, name)
    yield page[at:]


def _row(cells: str) -> str:
    """Return a row as a line; an empty cell shows, so that each stands below its heading."""
    said = [" ".join("".join(_parts(cell)).split()) for cell in _CELL.split(cells)]
    before, *rest = said
    line = "\t".join(cell if unescape(cell).strip() else _EMPTY_CELL for cell in rest)
    return f"{before} {line}\n" if before else f"{line}\n"


def _after_silence(page: str, at: int, name: str) -> int:
    """Return where the page goes on after a script or style; an unclosed one swallows the rest."""
    match = re.compile(rf"</{name}\b", re.IGNORECASE).search(page, at)
    end = page.find(">", match.end()) if match else -1
    return end + 1 if end >= 0 else len(page)
