"""Reads winmail.dat, in which Outlook wraps what it sends: the text of the mail and its files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from redaction.intake.archives import Member
from redaction.intake.documents import Desk, Document, plain
from redaction.intake.hypertext import text_of_html
from redaction.intake.names import last_part
from redaction.intake.reasons import Reason, Refused
from redaction.intake.richtext import text_of_rtf, unpacked_rtf

# Attributes by number (MS-OXTNEF 2.1.3.2), MAPI properties by tag.
_SUBJECT, _BODY, _PROPERTIES = 0x8004, 0x800C, 0x9003
_FILE, _TITLE, _DATA, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_P_SUBJECT, _P_BODY, _P_RTF, _P_HTML, _P_NAME = 0x0037, 0x1000, 0x1009, 0x1013, 0x3707
_FIXED: Final = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
_SIZED: Final = (0x0D, 0x1E, 0x1F, 0x102)
_TEXTS: Final = {0x1E: "cp1252", 0x1F: "utf-16-le"}
_SEVERAL: Final = 0x1000
_NAMED: Final = 0x8000
_MOST_VALUES: Final = 5000


@dataclass(slots=True)
class _File:
    """A file that is attached: its names and its bytes."""

    title: str = ""
    long_name: str = ""
    content: bytes = b""


@dataclass(slots=True)
class _Mail:
    """What was found so far."""

    subject: str = ""
    body: str = ""
    page: bytes = b""
    rich: bytes = b""
    files: list[_File] = field(default_factory=list[_File])


def read_tnef(content: bytes, desk: Desk) -> Document:
    """Read a winmail.dat: subject and body are its text, every file in it a part.

    Raises:
        Refused: it is damaged, passes a limit, or holds nothing.
    """
    try:
        mail = _mail(content)
    except (IndexError, ValueError):
        raise Refused(Reason.OUTLOOK) from None
    body = mail.body
    if not body.strip() and mail.page:
        body = text_of_html(mail.page.decode("utf-8", "replace"))
    if not body.strip() and mail.rich:
        body = text_of_rtf(unpacked_rtf(mail.rich, desk.budget.limits.artifact_bytes))
    text = "\n\n".join(each for each in (mail.subject.strip(), body.strip()) if each)
    parts = tuple(_member(file, number) for number, file in enumerate(mail.files, 1))
    if not text and not parts:
        raise Refused(Reason.NO_TEXT)
    return plain(f"{text}\n" if text else "", parts)


def _member(file: _File, number: int) -> Member:
    name = last_part(file.long_name or file.title) or f"part-{number}"
    return Member(name, lambda: file.content)


def _mail(content: bytes) -> _Mail:
    mail = _Mail()
    for number, data in _attributes(content):
        match number:
            case n if n == _SUBJECT:
                mail.subject = mail.subject or _text(data, "cp1252")
            case n if n == _BODY:
                mail.body = _text(data, "cp1252")
            case n if n == _PROPERTIES:
                _take_properties(mail, data)
            case n if n == _FILE:
                mail.files.append(_File())
            case n if n == _TITLE and mail.files:
                mail.files[-1].title = _text(data, "cp1252")
            case n if n == _DATA and mail.files:
                mail.files[-1].content = data
            case n if n == _FILE_PROPERTIES and mail.files:
                for tag, kind, value in _properties(data):
                    if tag == _P_NAME:
                        mail.files[-1].long_name = _text(value, _TEXTS.get(kind, "cp1252"))
            case _:
                pass
    return mail


def _take_properties(mail: _Mail, data: bytes) -> None:
    for tag, kind, value in _properties(data):
        said = _text(value, _TEXTS[kind]) if kind in _TEXTS else ""
        if tag == _P_SUBJECT and said:
            mail.subject = said
        elif tag == _P_BODY and said:
            mail.body = said
        elif tag == _P_HTML:
            mail.page = value
        elif tag == _P_RTF:
            mail.rich = value


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and bytes of each attribute; what is cut off at the end is left out."""
    at = 6
    while at + 9 <= len(content):
        number, size = _number(content, at + 1, 2), _number(content, at + 5, 4)
        if at + 9 + size > len(content):
            raise ValueError
        yield number, content[at + 9 : at + 9 + size]
        at += 11 + size


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield tag, kind and first value of each MAPI property."""
    count, at = _number(data, 0, 4), 4
    for _ in range(min(count, _MOST_VALUES)):
        kind, tag, at = _number(data, at, 2), _number(data, at + 2, 2), at + 4
        if tag >= _NAMED:
            at = _after_name(data, at)
        several, kind = bool(kind & _SEVERAL), kind & ~_SEVERAL
        values = 1
        if several or kind in _SIZED:
            values, at = _number(data, at, 4), at + 4
        first = b""
        for number in range(min(values, _MOST_VALUES)):
            size = _FIXED.get(kind, 0)
            if kind in _SIZED:
                size, at = _number(data, at, 4), at + 4
            if at + size > len(data):
                raise ValueError
            first = first if number else data[at : at + size]
            at += size + (-size % 4)
        yield tag, kind, first


def _after_name(data: bytes, at: int) -> int:
    """Return where a property goes on after its name: a number, or a text with its length."""
    at += 16
    if _number(data, at, 4) == 0:
        return at + 8
    size = _number(data, at + 4, 4)
    return at + 8 + size + (-size % 4)


def _number(data: bytes, at: int, size: int) -> int:
    if at + size > len(data):
        raise ValueError
    return int.from_bytes(data[at : at + size], "little")


def _text(data: bytes, encoding: str) -> str:
    return data.decode(encoding, "replace").replace("\0", "").replace("\r\n", "\n")
