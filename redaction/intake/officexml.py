"""Reads the XML parts of office documents: no document type, no entities, no deep nesting."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Final, Protocol
from xml.parsers import expat

from redaction.intake.archives import member_content, opened_zip
from redaction.intake.documents import Desk
from redaction.intake.limits import Pressure
from redaction.intake.reasons import Reason, Refused

_DEEPEST: Final = 512


class Handler(Protocol):
    """Is told a part's elements in order; names come without their namespace."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        ...

    def end(self, name: str) -> None:
        """An element ends."""
        ...

    def text(self, data: str) -> None:
        """Some text of the element that began last and has not ended."""
        ...


class Package:
    """A zip of parts; every byte that comes out of it counts."""

    def __init__(self, content: bytes, desk: Desk) -> None:
        """Open the document.

        Raises:
            Refused: it is damaged or holds too many parts.
        """
        self._archive = opened_zip(BytesIO(content), desk.budget)
        self._budget = desk.budget
        self._pressure = Pressure(len(content), desk.budget.limits.ratio)
        self._infos = {info.filename: info for info in self._archive.infolist()}

    def names(self, prefix: str, suffix: str = "") -> Iterator[str]:
        """Yield the parts below a folder, in the order of their names: 2 before 10."""
        found = (n for n in self._infos if n.startswith(prefix) and n.endswith(suffix))
        yield from sorted(found, key=lambda name: (len(name), name))

    def read(self, name: str) -> bytes:
        """Return a part's bytes; a part that is not there is empty.

        Raises:
            Refused: it is damaged, encrypted or too large.
        """
        info = self._infos.get(name)
        if info is None:
            return b""
        return member_content(self._archive, info, self._budget, self._pressure)

    def check(self) -> None:
        """Unpack everything once, keeping nothing: a library that opens it does not count.

        Raises:
            Refused: a part is damaged, or too much comes out.
        """
        for name in self._infos:
            self.read(name)

    def parse(self, name: str, handler: Handler) -> None:
        """Tell a part's elements to a handler.

        Raises:
            Refused: the part is no well-formed XML, or declares a document type.
        """
        if content := self.read(name):
            parse(content, handler)


def parse(content: bytes, handler: Handler) -> None:
    """Tell the elements of XML to a handler.

    Raises:
        Refused: it is not well-formed, or declares a document type.
    """
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise Refused(Reason.TOO_DEEP)
        handler.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(_local(name))

    def refuse(*_: object) -> None:
        raise Refused(Reason.ENTITIES)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise Refused(Reason.OFFICE) from None


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
