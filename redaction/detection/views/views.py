"""Holds a text as it is meant: what detection reads, and where replacement happens."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from redaction.detection import Finding
from redaction.detection.patterns.keynames import kind_of_key
from redaction.detection.views.alignment import Alignment, Decoded
from redaction.detection.views.borders import within_cells

Style: TypeAlias = Literal["plain", "number", "markup", "verbatim", "key", "name"]
"""How a replacement is written: as it is, in quotes for the whole piece, or with `<` escaped.

What is `plain` is escaped too when the whole text is markup; what is `verbatim` never is.
A `key` goes only when it holds all of what was found: what starts before it was no value.
A `name` is one of the format's own, of an element or an anchor: nobody reads it as text, only what
is known goes from it, and a bare word stands there.
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a view and where it stands in the original: `alignment`, or in step from it.

    `also` are the other places where the original says the same: they are replaced alike.
    """

    start: int
    end: int
    original: int
    alignment: Alignment | None = None
    style: Style = "plain"
    also: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Translate a stretch of the view, within this piece, to the original."""
        if self.alignment is not None:
            return self.alignment.span(start - self.start, end - self.start)
        shift = self.original - self.start
        return start + shift, end + shift


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the original that stands for `view.text[start:end]`, and how to write there.

    A `loose` place was read over a line break: what was found without joining lines comes first.
    """

    start: int
    end: int
    first: int
    last: int
    style: Style
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Fragment:
    """A passage decoded further: offsets into the view's own text, `direct` ones the original's.

    A `loose` one joins lines; of what is found in it, only what goes over a join counts.
    """

    decoded: Decoded
    loose: bool = False
    direct: bool = False


class View:
    """A text as its format means it: detection reads `text`, replacement happens in the original.

    `text` is the text as its format means it, `size` characters, and below it the passages that
    mean more than they show, decoded. What lies in no piece belongs to the format and stays.
    `keyed` are the findings that keys and headers decide, in offsets of the view.
    """

    def __init__(
        self,
        text: str,
        pieces: Iterable[Piece],
        keyed: Iterable[Finding],
        fragments: Sequence[Fragment] = (),
        choices: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Take the decoded text, its pieces in order, what the keys say, and hidden passages.

        `choices` are the places of words that a form offers: none of them is somebody's name.
        """
        self.size = len(text)
        self.pieces = tuple(pieces)
        self.keyed = tuple(keyed)
        self.fragments = tuple(fragments)
        self._choices = dict(choices)
        self._starts = [piece.start for piece in self.pieces]
        self._names_from = next((p.start for p in self.pieces if p.style == "name"), self.size)
        self._below: list[int] = []
        self.text = text
        if fragments:
            self.text = self._laid_out(text)

    def also(self, keyed: Iterable[Finding]) -> "View":
        """Return the same view with more that its keys decide."""
        text = self.text[: self.size]
        return View(
            text, self.pieces, (*self.keyed, *keyed), self.fragments, tuple(self._choices.items())
        )

    def said(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Leave out what was read as text and is none: names of the format, keys, choices.

        What words around it say of a key they say of nobody: `owner: …`, `"@timestamp"`. A name
        never goes on in the next cell of a table.
        """
        return (
            part
            for found in findings
            if not self._is_talk(found)
            for part in within_cells(found, self.text)
        )

    def _is_talk(self, found: Finding) -> bool:
        start, end = self._read_at(found)
        if self._names_from <= start < self.size:
            return True
        if not found.detector.startswith(("name:", "model:")):
            return False
        if not found.firm and self._is_one_word_key(start, end):
            return True
        return self._choices.get(start, 0) >= end or self._is_of_key(start, end, found.detector)

    def _read_at(self, found: Finding) -> tuple[int, int]:
        """Return where in the text itself that was read which a finding stands for."""
        index = bisect_right(self._below, found.start) - 1
        if index < 0 or self.fragments[index].direct:
            return found.start, found.end
        decoded, below = self.fragments[index].decoded, self._below[index]
        last = min(found.end - below, len(decoded.text))
        return decoded.alignment.span(found.start - below, max(last, found.start - below + 1))

    def _is_one_word_key(self, start: int, end: int) -> bool:
        """Tell a key of one word that only its looks make a name: `Zeta: 3`."""
        if not self.text[start:end].isalpha():
            return False
        index = bisect_right(self._starts, start) - 1
        piece = self.pieces[index] if index >= 0 else None
        if piece is None or piece.end <= start:
            # It lies between the pieces: the format's own.
            return end <= self.size and not any(self._in_pieces(start, end))
        return piece.style == "key" and (piece.start, piece.end) == (start, end)

    def _is_of_key(self, start: int, end: int, detector: str) -> bool:
        """Tell a word of a key that only looked like a name: `owner: …`, `Blocker count`."""
        index = bisect_right(self._starts, start) - 1
        piece = self.pieces[index] if index >= 0 else None
        if piece is None or piece.style != "key" or end > piece.end:
            return False
        key = self.text[piece.start : piece.end].lstrip("@_$").replace("-", "_")
        if kind_of_key(key) is not None:
            return True
        if detector == "name:keyed" and key.isidentifier() and key.islower():
            return True
        return " " in key.strip() and " " not in self.text[start:end]

    def _laid_out(self, text: str) -> str:
        parts = [text]
        at = len(text)
        for fragment in self.fragments:
            self._below.append(at + 2)
            parts += ("\n\n", fragment.decoded.text)
            at += 2 + len(fragment.decoded.text)
        return "".join(parts)

    def below(self, index: int) -> int:
        """Return where a fragment starts in `text`."""
        return self._below[index]

    def places(self, start: int, end: int) -> Iterator[Place]:
        """Yield the places in the original that `text[start:end]` stands for.

        A number is replaced whole, since half a number would be no JSON.
        """
        if start < self.size:
            yield from self._in_pieces(start, min(end, self.size))
        index = max(0, bisect_right(self._below, start) - 1)
        while index < len(self._below) and self._below[index] < end:
            yield from self._in_fragment(index, start, end)
            index += 1

    def _in_pieces(self, start: int, end: int) -> Iterator[Place]:
        index = max(0, bisect_right(self._starts, start) - 1)
        open_place: Place | None = None
        while index < len(self.pieces) and self.pieces[index].start < end:
            piece = self.pieces[index]
            index += 1
            first, last = max(start, piece.start), min(end, piece.end)
            if first >= last:
                continue
            if piece.style == "number":
                first, last = piece.start, piece.end
            if piece.style in ("key", "name") and (start < piece.start or end > piece.end):
                continue
            place = Place(*piece.span(first, last), first, last, piece.style)
            for other in piece.also:
                shift = other - piece.original
                yield replace(place, start=place.start + shift, end=place.end + shift)
            if open_place is not None and _adjoin(open_place, place):
                place = replace(place, start=open_place.start, first=open_place.first)
            elif open_place is not None:
                yield open_place
            open_place = place
        if open_place is not None:
            yield open_place

    def _in_fragment(self, index: int, start: int, end: int) -> Iterator[Place]:
        fragment, below = self.fragments[index], self._below[index]
        first, last = max(start, below), min(end, below + len(fragment.decoded.text))
        if first >= last:
            return
        outer, stop = fragment.decoded.alignment.span(first - below, last - below)
        if fragment.loose and stop - outer == last - first:
            return
        if fragment.direct:
            yield Place(outer, stop, first, last, "plain")
            return
        places = list(self._in_pieces(outer, stop))
        if fragment.loose and len(places) > 1:
            return  # what stands between them belongs to the format: nothing was broken there
        for place in places:
            yield Place(place.start, place.end, first, last, place.style, fragment.loose)


def _adjoin(left: Place, right: Place) -> bool:
    return (
        left.end == right.start
        and left.last == right.first
        and left.style == right.style
        and left.style not in ("number", "name")
    )
