"""Puts a view together piece by piece, each read as the eye reads it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from redaction.detection import Finding
from redaction.detection.language.keyedpeople import person_under
from redaction.detection.language.namevalues import is_persons_name
from redaction.detection.patterns.keynames import kind_at
from redaction.detection.patterns.values import sensitive_part
from redaction.detection.views.alignment import Alignment, Decoded
from redaction.detection.views.cookies import parts_of
from redaction.detection.views.normalising import normalise, unseen
from redaction.detection.views.scalars import Scalar, is_choice
from redaction.detection.views.tables import is_worded
from redaction.detection.views.views import Fragment, Piece, Style, View


class Builder:
    """A view in the making: what was put in so far, in the order in which detection reads it."""

    def __init__(self, source: str) -> None:
        """Hold the original."""
        self.source = source
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._keyed: list[Finding] = []
        self._choices: list[tuple[int, int]] = []
        self._size = 0
        self.unseen: list[Fragment] = []

    def apart(self, separator: str) -> None:
        """Set what follows apart from what stands there."""
        self._parts.append(separator)
        self._size += len(separator)

    def structure(self, start: int, end: int) -> None:
        """Show a stretch of the original that must stay: it belongs to the format."""
        self.apart(self.source[start:end])

    def piece(self, start: int, end: int, style: Style = "plain") -> tuple[int, str]:
        """Show a stretch of the original; return where it stands in the view and what it says."""
        return self._add(self.source[start:end], start, None, style)

    def meaning(self, decoded: Decoded, start: int, style: Style = "plain") -> tuple[int, str]:
        """Show what a stretch of the original means; `start` is where it starts there."""
        return self._add(decoded.text, start, decoded.alignment, style)

    def _add(
        self,
        text: str,
        start: int,
        alignment: Alignment | None,
        style: Style,
        also: tuple[int, ...] = (),
    ) -> tuple[int, str]:
        seen = normalise(text)
        if seen is not None:
            inside = alignment or Alignment(start)
            for each in unseen(text):
                below = Decoded(each.text, each.alignment.within(inside))
                self.unseen.append(Fragment(below, direct=True))
            text, alignment = seen.text, seen.alignment.within(inside)
        at = self._size
        self._parts.append(text)
        self._size += len(text)
        self._pieces.append(Piece(at, self._size, start, alignment, style, also))
        return at, text

    def names(self, places: Mapping[str, Sequence[int]]) -> None:
        """Show the names of the format that are no ordinary words, each once for all its places."""
        for name, (first, *others) in places.items():
            if any(c.isalpha() for c in name) and not is_worded(name):
                self.apart("\n\n")
                self._add(name, first, None, "name", tuple(others))

    def scalar(self, scalar: Scalar) -> None:
        """Show a value or a key of a document, with what the keys above it decide."""
        if scalar.decoded is None:
            at, value = self.piece(scalar.start, scalar.end, scalar.style)
        else:
            at, value = self.meaning(scalar.decoded, scalar.start, scalar.style)
        if scalar.path:
            self.key(scalar.path, at, value)

    def key(self, path: Sequence[str], at: int, value: str) -> None:
        """Say which keys stand above a value of the view, outermost first."""
        self._keyed.extend(keyed(path, at, value))
        if is_choice(path, value):
            self._choices.append((at, at + len(value)))

    def text(self) -> str:
        """Return what detection reads so far."""
        return self._parts[0] if len(self._parts) == 1 else "".join(self._parts)

    def view(self, text: str, fragments: Sequence[Fragment]) -> View:
        """Close the view; `text` is what `text()` returned."""
        return View(text, self._pieces, self._keyed, fragments, self._choices)


def keyed(path: Sequence[str], at: int, value: str) -> Iterator[Finding]:
    """Yield what must go of a value by the keys above it."""
    kind = kind_at(path)
    # A customer may be a person: `customer: {name: "Jane Roe"}`.
    if kind == "ORGANIZATION" and is_persons_name(value):
        kind = "PERSON"
    if kind is None:
        for person in person_under(path[-1], value) if path else ():
            yield replace(person, start=at + person.start, end=at + person.end)
        return
    for start, end in parts_of(kind, value):
        part = sensitive_part(kind, value[start:end], structured=True)
        if part is not None:
            first, last = at + start + part.start, at + start + part.end
            yield Finding(first, last, part.kind, _detector(path[-1]), 1.0, part.firm)


def _detector(key: str) -> str:
    return f"key:{key[-24:].lower()}" if key.isidentifier() else "key"
