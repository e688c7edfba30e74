# ruff: noqa: E501 - a pattern is easier to check on one line
"""Walks XML and HTML: every text, attribute and comment, with the elements above it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Final

from redaction.detection.patterns.ordinary import words_of
from redaction.detection.views.alignment import Decoded, decoded
from redaction.detection.views.scalars import Group, Scalar, placed
from redaction.detection.views.tables import is_worded, keyed_cells
from redaction.detection.views.views import Style

# No quoted value holds a `<`: what is never closed costs one look, and is text. So is what does not
# end as a name does: `<jane.roe@corp.example>` in a mail that somebody pasted.
_TAG: Final = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z_:][\w:.-]{0,200}+)(?=[\s/>])(?P<attributes>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>"
)
_ATTRIBUTE: Final = re.compile(
    r"(?P<name>[A-Za-z_:@][\w:.-]{0,200})[ \t\r\n]{0,20}=[ \t\r\n]{0,20}(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))"
)
_ENTITY: Final = re.compile(r"&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?")
_QUOTED: Final = re.compile(r"\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'")
_INLINE: Final = words_of("b i u s em strong span font code a tt small big mark abbr sub sup wbr")
_VOID: Final = words_of("area base br col embed hr img input link meta param source track wbr")
_BY_ATTRIBUTE: Final = ("name", "key", "id", "property", "itemprop", "field", "class", "type")
_MICROFORMATS: Final = {"fn": "full_name", "fn n": "full_name", "tel": "phone", "adr": "address"}
_CLOSERS: Final = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
_OPEN_LIMIT: Final = 64


def markup_scalars(text: str, is_html: bool) -> list[tuple[Scalar, bool]] | None:
    """Walk a document; with each scalar, whether it goes on where the one before it ended.

    Entities of the document's own are never expanded. None when there is no tag in the text.
    """
    walk = _Walk(text, is_html)
    found = list(walk.scalars())
    if not walk.has_tags:
        return None
    told = _told_by_tables(walk.tables, text)
    scalars = placed((told.get(scalar.start, scalar), group) for scalar, group, _ in found)
    return list(zip(scalars, (joined for *_, joined in found), strict=True))


_Found = tuple[Scalar, Group | None, bool]


@dataclass(slots=True)
class _Table:
    """A table, or a list of terms: its rows, in each cell the texts of the document."""

    rows: list[list[list[Scalar]]] = field(default_factory=list[list[list[Scalar]]])

    def opens(self, name: str) -> None:
        """Take notice of an element in it."""
        if name in ("tr", "dt") or not self.rows:
            self.rows.append([])
        if name != "tr":
            self.rows[-1].append([])

    def says(self, scalar: Scalar) -> None:
        """Take notice of a text in the cell that is open."""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(scalar)


def _told_by_tables(tables: Iterable[_Table], text: str) -> dict[int, Scalar]:
    """Return the texts that a heading tells of, under its key, by where they start."""
    told: dict[int, Scalar] = {}
    for table in tables:
        grid = [[" ".join(_shown(s, text) for s in cell) for cell in row] for row in table.rows]
        for row, column, key in keyed_cells(grid):
            for scalar in table.rows[row][column]:
                told[scalar.start] = replace(scalar, path=(key,))
    return told


def _shown(scalar: Scalar, text: str) -> str:
    return (scalar.value or text[scalar.start : scalar.end]).strip()


class _Walk:
    """One document: the elements that are open, and what each of them holds."""

    def __init__(self, text: str, is_html: bool) -> None:
        self._text = text
        self._is_html = is_html
        self._open: list[tuple[str, Group, str]] = []
        self._unclosed: set[str] = set()
        self._joined = False
        self._inside: list[_Table] = []
        self.tables: list[_Table] = []
        self.has_tags = False

    def scalars(self) -> Iterator[_Found]:
        """Yield everything that may be replaced, in order."""
        at = 0
        text = self._text
        while (start := text.find("<", at)) >= 0:
            special = self._special(start)
            tag = None if special else _TAG.match(text, start)
            if special is None and tag is None:
                yield from self._said(at, start + 1)
                at = start + 1
                continue
            yield from self._said(at, start)
            if special:
                yield from self._held(*special)
                at = special[2]
            elif tag:
                yield from self._tag(tag)
                at = self._after(tag)
                if at > tag.end():
                    yield self._scalar(tag.end(), at, "verbatim", ())
        yield from self._said(at, len(text))

    def _special(self, at: int) -> tuple[str, int, int] | None:
        """Return the opening, and the end, of a comment, CDATA, instruction or declaration."""
        text = self._text
        for opening, closing in _CLOSERS.items():
            if text.startswith(opening, at) and opening not in self._unclosed:
                end = text.find(closing, at + len(opening))
                if end < 0:
                    self._unclosed.add(opening)
                    return None
                return opening, at, end + len(closing)
        if text.startswith("<!", at) and "<!" not in self._unclosed:
            end = text.find(">", at)
            subset = text.find("[", at, end)
            end = text.find("]>", at) + 1 if subset >= 0 else end
            if end <= 0:
                self._unclosed.add("<!")
                return None
            return "<!", at, end + 1
        return None

    def _held(self, opening: str, start: int, end: int) -> Iterator[_Found]:
        if opening == "<!":
            for match in _QUOTED.finditer(self._text, start, end):
                group = "double" if match["double"] is not None else "single"
                yield self._scalar(*match.span(group), "markup", ())
            return
        first, last = start + len(opening), end - len(_CLOSERS[opening])
        path = self._path() if opening == "<![CDATA[" else ()
        yield self._scalar(first, last, "verbatim", path)

    def _said(self, start: int, end: int) -> Iterator[_Found]:
        if self._text[start:end].strip():
            found = self._scalar(start, end, "markup", self._path())
            if self._inside:
                self._inside[-1].says(found[0])
            yield found[0], found[1], self._joined
            self._joined = True

    def _tag(self, tag: re.Match[str]) -> Iterator[_Found]:
        self.has_tags = True
        name = tag["name"].rpartition(":")[2]
        lowered = name.lower()
        yield from self._name(*tag.span("name"))
        if not (self._is_html and lowered in _INLINE):
            self._joined = False
        self._tabled(lowered, bool(tag["close"]))
        if tag["close"]:
            self._closed(name)
            return
        attributes = list(_ATTRIBUTE.finditer(tag["attributes"]))
        group, label = Group(), ""
        for match in attributes:
            key, value = match["name"].rpartition(":")[2], _value(match)
            group.take(key, unescape(value)[:200])
            if not label and key.lower() in _BY_ATTRIBUTE:
                label = value
        shift = tag.start("attributes")
        for match in attributes:
            yield from self._name(shift + match.start("name"), shift + match.end("name"))
            kind = next(kind for kind in ("double", "single", "bare") if match[kind] is not None)
            first, last = (shift + at for at in match.span(kind))
            path = (*self._path(), name, match["name"].rpartition(":")[2])[-4:]
            if first < last:
                self._joined = False
                scalar, _, _ = self._scalar(first, last, "markup", path)
                yield scalar, group, False
        if not tag["attributes"].rstrip().endswith("/") and not (
            self._is_html and lowered in _VOID
        ):
            self._open.append((name, group, label))

    def _tabled(self, name: str, closes: bool) -> None:
        if name in ("table", "dl") and closes:
            del self._inside[-1:]
        elif name in ("table", "dl"):
            self._inside.append(_Table())
            self.tables.append(self._inside[-1])
        elif name in ("tr", "th", "td", "dt", "dd") and self._inside and not closes:
            self._inside[-1].opens(name)

    def _closed(self, name: str) -> None:
        for back in range(1, min(len(self._open), _OPEN_LIMIT) + 1):
            if self._open[-back][0] == name:
                del self._open[-back:]
                return

    def _after(self, tag: re.Match[str]) -> int:
        """Return where a page goes on: what a script holds is no markup."""
        name = tag["name"].lower()
        if not self._is_html or tag["close"] or name not in ("script", "style"):
            return tag.end()
        end = None
        if name not in self._unclosed:
            end = re.compile(rf"</{name}", re.IGNORECASE).search(self._text, tag.end())
        if end is None:
            self._unclosed.add(name)
            return tag.end()
        return end.start()

    def _path(self) -> tuple[str, ...]:
        names = [name for name, _, _ in self._open[-4:]]
        label = self._open[-1][2] if self._open else ""
        if label:
            above = [part.lower() for name, _, label in self._open[-3:-1] for part in (name, label)]
            names += ["user"] if any("user" in part for part in above) else []
            names.append(_MICROFORMATS.get(label, label))
        return tuple(names)

    def _name(self, start: int, end: int) -> Iterator[_Found]:
        if not is_worded(self._text[start:end]):
            yield Scalar((), start, end, None, "name"), None, False

    def _scalar(self, start: int, end: int, style: Style, path: tuple[str, ...]) -> _Found:
        text = self._text
        meant: Decoded | None = None
        if style == "markup" and text.find("&", start, end) >= 0:
            meant = decoded(text, start, end, _entities(text, start, end))
        holder = self._open[-2][1] if len(self._open) > 1 else None
        if holder is not None and path:
            holder.take(self._open[-1][0], meant.text if meant else text[start:end].strip())
        return Scalar(path, start, end, meant, style), holder, False


def _value(match: re.Match[str]) -> str:
    return next(each for each in match.group("double", "single", "bare") if each is not None)


def _entities(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for match in _ENTITY.finditer(text, start, end):
        meaning = unescape(match[0])
        if meaning != match[0]:
            yield match.start(), match.end(), meaning
