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


def text_of_html(page: str) -> str:
    """Return a page's text, a line for each block, cells set apart by a tab."""
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
        if tag := _TAG_NAME.match(page, start):
            name = tag[1].lower()
            yield "\n" if name in _BLOCKS else "\t" if name in ("td", "th") else ""
            if name in _SILENT and page[start + 1] != "/":
                at = _after_silence(page, at, name)
    yield page[at:]


def _after_silence(page: str, at: int, name: str) -> int:
    """Return where the page goes on after a script or style; an unclosed one swallows the rest."""
    match = re.compile(rf"</{name}\b", re.IGNORECASE).search(page, at)
    end = page.find(">", match.end()) if match else -1
    return end + 1 if end >= 0 else len(page)
