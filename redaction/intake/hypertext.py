"""Reads the text of an HTML page: hidden text is marked, scripts and styles are left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

from redaction.intake.hidden import with_hidden
from redaction.intake.htmlrows import rows_on_lines

_SILENT: Final = frozenset(("script", "style"))
_EMPTY: Final = re.compile(r"<(?:script|style)\b[^<>]*/>", re.IGNORECASE)
_BLOCKS: Final = frozenset(
    (
        *("p", "div", "br", "tr", "li", "ul", "ol", "table", "pre", "blockquote", "section"),
        *("article", "header", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "title", "hr"),
        *("dt", "dd", "body", "form", "option", "select", "textarea", "button", "label", "summary"),
        *("details", "legend", "fieldset", "figcaption", "address", "main", "nav", "aside"),
    )
)
_VOID: Final = frozenset(("br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr"))
# A new one of these closes the one before: `<li>a<li>b`.
_CLOSES_ITSELF: Final = frozenset(("p", "li", "dt", "dd", "tr", "td", "th", "option"))
# What a page shows, or knows, without writing it between tags: a form's values, the exact time.
_SAYS: Final = {"input": "value", "img": "alt", "time": "datetime", "relative-time": "datetime"}
_UNSAID: Final = ("password", "checkbox", "radio", "submit", "button", "image", "reset")
_MARKUP: Final = re.compile(r"<[A-Za-z!?/]")
_TAG_NAME: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]{0,31})")
_TAG_CHARACTERS: Final = 4000
_ATTRIBUTE: Final = re.compile(r"""([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_UNSEEN: Final = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|(?:font-size|opacity):0+(?:\.0+)?(?![\d.])"
    r"|text-indent:-\d{3}|(?:left|top):-\d{3}|(?:^|;)(?:max-)?(?:height|width):0(?![\d.]).*overflow:hidden"
)
_WHITE: Final = re.compile(
    r"(?:^|;)color:(?:#fff\b|#(?:f[a-f]){3}\b|white|transparent|rgba?\(25\d,25\d,25\d|rgba\([\d,]*,0\))"
)
_BACKGROUND: Final = re.compile(r"(?:background(?:-color|-image)?:|bgcolor=)[\"']?([^;\"'\s>]+)")
_PLAIN: Final = re.compile(r"#fff(?:fff)?$|white$|transparent$|none$|inherit$|initial$")
_RULE: Final = re.compile(r"([^{}]{1,300})\{([^{}]{0,2000})\}")
_SELECTOR: Final = re.compile(r"[a-z0-9]*([.#][\w-]+)$")
_CONDITION: Final = re.compile(r"^\s*\[if[^\]]{0,80}\]>|<!\[endif\]\s*$")


def text_of_html(page: str) -> str:
    """Return a page's text: a line for each block, row and term; cells set apart by a tab."""
    # Strictly an empty element of these swallows the page; who writes one means it to be empty.
    page = rows_on_lines(_EMPTY.sub("", page))
    pieces = ((piece.hidden, _cleaned(piece.text)) for piece in _Reading(page).parts())
    lines = (line.strip(" ") for line in with_hidden(pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _cleaned(markup: str) -> str:
    if markup in ("", "\n", "\t"):
        return markup
    lines = (re.sub(r"[^\S\n\t]+", " ", line) for line in unescape(markup).split("\n"))
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    hidden: bool


class _Reading:
    """A page while it is read: where a hidden element began, and which styles hide."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._classes = _hiding_selectors(page)
        background = next(
            (m.start() for m in _BACKGROUND.finditer(page.lower()) if not _PLAIN.match(m[1])), None
        )
        # White on a coloured ground is meant to be read.
        self._ground = len(page) if background is None else background
        self._element = ""
        self._depth = 0

    def parts(self) -> Iterator[_Piece]:
        """Yield text and the breaks that tags make.

        The standard library's parser takes a minute for 60 KB of unclosed tags. This one only
        walks forward: what is never closed is text.
        """
        page, at = self._page, 0
        while (start := page.find("<", at)) >= 0:
            yield self._piece(page[at:start])
            if not _MARKUP.match(page, start):
                yield self._piece("<")
                at = start + 1
                continue
            comment = page.startswith("<!--", start)
            close = "-->" if comment else ">"
            end = page.find(close, start)
            if end < 0:
                at = start
                break
            at = end + len(close)
            if comment:
                yield _Piece(_comment(page[start + 4 : end]), hidden=True)
            elif tag := _TAG_NAME.match(page, start):
                name = tag[1].lower()
                self._close(name, opening=page[start + 1] != "/")
                yield self._piece("\n" if name in _BLOCKS else "\t" if name in ("td", "th") else "")
                if page[start + 1] != "/":
                    yield from self._open(
                        name, start, page[start : min(at, start + _TAG_CHARACTERS)]
                    )
                    if name in _SILENT:
                        at = _after_silence(page, at, name)
        yield self._piece(page[at:])

    def _piece(self, text: str) -> _Piece:
        return _Piece(text, bool(self._element))

    def _open(self, name: str, at: int, tag: str) -> Iterator[_Piece]:
        """Take note of an element; yield what it says by itself, which is no text of the page."""
        if name in _SAYS:
            yield from self._said(name, tag)
        if name in _VOID or tag.endswith("/>"):
            return
        if self._element:
            self._depth += name == self._element
        elif name == "template" or self._hides(tag, at):
            self._element, self._depth = name, 1

    def _said(self, name: str, tag: str) -> Iterator[_Piece]:
        told = _attributes(tag)
        text = told.get(_SAYS[name], "").strip()
        kind = told.get("type", "").lower()
        if text and kind not in _UNSAID:
            label = f"{told['name']}: " if name == "input" and told.get("name") else ""
            hidden = bool(self._element) or kind == "hidden"
            yield _Piece(f"{label}{text}\n" if name == "input" else f"{text} ", hidden)

    def _close(self, name: str, *, opening: bool) -> None:
        if name != self._element or (opening and name not in _CLOSES_ITSELF):
            return
        self._depth -= 1
        if not self._depth:
            self._element = ""

    def _hides(self, tag: str, at: int) -> bool:
        if not re.search(r"hidden|style|class|id\s*=|color", tag, re.IGNORECASE):
            return False
        told = {name: value.lower() for name, value in _attributes(tag).items()}
        style = re.sub(r"\s+|!important", "", told.get("style", ""))
        named = {f".{name}" for name in told.get("class", "").split()} | {f"#{told.get('id')}"}
        white = _WHITE.search(style) or _WHITE.match("color:" + told.get("color", ""))
        return (
            "hidden" in told
            or _UNSEEN.search(style) is not None
            or not self._classes.isdisjoint(named)
            or (white is not None and at < self._ground)
        )


def _attributes(tag: str) -> dict[str, str]:
    found = _ATTRIBUTE.finditer(tag, tag.find(" ") + 1) if " " in tag or "\n" in tag else ()
    return {match[1].lower(): match[2] or match[3] or match[4] or "" for match in found}


def _hiding_selectors(page: str) -> frozenset[str]:
    """Return the classes and ids that the page's own style sheets hide."""
    found: set[str] = set()
    lower = page.lower() if "<style" in page.lower() else ""
    at = 0
    while (start := lower.find("<style", at)) >= 0:
        end = lower.find("</style", start)
        at = end if end >= 0 else len(lower)
        for rule in _RULE.finditer(lower, start, at):
            if _UNSEEN.search(re.sub(r"\s+|!important", "", rule[2])):
                names = (_SELECTOR.search(name.strip()) for name in rule[1].split(","))
                found |= {match[1] for match in names if match}
    return frozenset(found)


def _comment(text: str) -> str:
    """Return what a comment says; one for a mail program holds markup of its own."""
    return re.sub(r"<[^<>]*>", " ", _CONDITION.sub("", text))


def _after_silence(page: str, at: int, name: str) -> int:
    """Return where the page goes on after a script or style; an unclosed one swallows the rest."""
    match = re.compile(rf"</{name}\b", re.IGNORECASE).search(page, at)
    end = page.find(">", match.end()) if match else -1
    return end + 1 if end >= 0 else len(page)
