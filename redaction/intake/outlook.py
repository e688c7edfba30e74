# ruff: noqa: ANN401 - the objects of olefile have no types
# pyright: basic
"""Reads Outlook messages and tells other OLE files apart; the one door to olefile."""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.utils import format_datetime
from io import BytesIO
from typing import Any, Final

from redaction.intake.archives import Member
from redaction.intake.documents import Desk, Document, Text
from redaction.intake.hypertext import text_of_html
from redaction.intake.mail import kept_headers
from redaction.intake.names import last_part
from redaction.intake.reasons import Reason, Refused
from redaction.intake.richtext import text_of_rtf, unpacked_rtf

_BROKEN: Final = (
    *(OSError, ValueError, IndexError, KeyError, TypeError, AttributeError),
    *(struct.error, RecursionError, OverflowError),
)
_SUBJECT, _HEADERS, _BODY, _RTF, _HTML = 0x0037, 0x007D, 0x1000, 0x1009, 0x1013
_SENDER, _SENDER_MAIL, _SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
_DISPLAY_NAME, _MAIL, _SMTP, _ROLE = 0x3001, 0x3003, 0x39FE, 0x0C15
_SUBMITTED, _DELIVERED, _CODEPAGE = 0x0039, 0x0E06, 0x3FFD
_DATA, _LONG_NAME, _SHORT_NAME = 0x3701, 0x3707, 0x3704
_ROLES: Final = {1: "To", 2: "Cc", 3: "Bcc"}
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_MOST_PARTS: Final = 2000


def read_ole(content: bytes, desk: Desk) -> Document:
    """Read an OLE file: an Outlook message or an old Excel file.

    Raises:
        Refused: it is another kind, damaged or encrypted.
    """
    from olefile import OleFileIO

    try:
        with OleFileIO(BytesIO(content)) as ole:
            names = {entry[0] for entry in ole.listdir(streams=True, storages=True)}
            if "__properties_version1.0" in names:
                return _Message(ole, (), desk).document()
    except _BROKEN:
        raise Refused(Reason.OUTLOOK) from None
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        raise Refused(Reason.ENCRYPTED)
    if names & {"Workbook", "Book"}:
        from redaction.intake.sheets import read_sheets

        return read_sheets(content, desk)
    raise Refused(Reason.OLD_OFFICE if "WordDocument" in names else Reason.IS_OFFICE)


class _Message:
    """A message, or one attached to it, below a folder of the file."""

    def __init__(self, ole: Any, folder: tuple[str, ...], desk: Desk) -> None:
        self._ole = ole
        self._folder = folder
        self._desk = desk
        self._entries = [
            tuple(entry[len(folder) :])
            for entry in ole.listdir(streams=True, storages=True)
            if tuple(entry[: len(folder)]) == folder
        ]
        self._codepage = self._number((), _CODEPAGE) or 1252

    def document(self) -> Document:
        """Return the message as a mail and its attachments."""
        text, parts = self.text(), tuple(self._parts())
        if not text.strip() and not parts:
            raise Refused(Reason.OUTLOOK)
        return Document((Text("", "message/rfc822", text),), parts)

    def text(self) -> str:
        """Return header lines, an empty line and the body."""
        return f"{self._headers()}\n{self._body()}"

    def _headers(self) -> str:
        if headers := kept_headers(message_from_string(self._string((), _HEADERS))):
            return headers
        sender = _person(
            self._string((), _SENDER),
            self._string((), _SENDER_SMTP) or self._string((), _SENDER_MAIL),
        )
        lines = [("Date", self._date()), ("From", sender), *self._recipients()]
        lines.append(("Subject", self._string((), _SUBJECT)))
        return "".join(f"{name}: {' '.join(value.split())}\n" for name, value in lines if value)

    def _recipients(self) -> Iterator[tuple[str, str]]:
        found: dict[str, list[str]] = {}
        for storage in self._storages("__recip_version1.0_"):
            mail = self._string(storage, _SMTP) or self._string(storage, _MAIL)
            role = _ROLES.get(self._number(storage, _ROLE), "To")
            found.setdefault(role, []).append(_person(self._string(storage, _DISPLAY_NAME), mail))
        yield from (
            (role, ", ".join(people)) for role, people in sorted(found.items(), reverse=True)
        )

    def _date(self) -> str:
        ticks = self._number((), _SUBMITTED) or self._number((), _DELIVERED)
        try:
            return format_datetime(_EPOCH + timedelta(microseconds=ticks // 10)) if ticks else ""
        except OverflowError:
            return ""

    def _body(self) -> str:
        if body := self._string((), _BODY):
            return body.replace("\r\n", "\n").replace("\r", "\n")
        if page := self._binary((), _HTML):
            return text_of_html(page.decode("utf-8", "replace"))
        if packed := self._binary((), _RTF):
            return text_of_rtf(unpacked_rtf(packed, self._desk.budget.limits.artifact_bytes))
        return ""

    def _parts(self) -> Iterator[Member]:
        for number, storage in enumerate(self._storages("__attach_version1.0_"), 1):
            name = self._string(storage, _LONG_NAME) or self._string(storage, _SHORT_NAME)
            shown = last_part(name) or f"part-{number}"
            inside = (*storage, f"__substg1.0_{_DATA:04X}000D")
            if inside in self._entries:
                yield from self._attached(shown, (*self._folder, *inside))
            else:
                content = self._binary(storage, _DATA)
                yield Member(shown, lambda content=content: content)

    def _attached(self, name: str, folder: tuple[str, ...]) -> Iterator[Member]:
        """Yield an attached message as a mail of its own, then what is attached to it."""
        if folder.count(folder[-1]) > self._desk.budget.limits.depth:
            yield Member(name, Refused(Reason.NESTED_MAILS, self._desk.budget.limits.depth))
            return
        message = _Message(self._ole, folder, self._desk)
        text = message.text().encode("utf-8", "replace")
        yield Member(name, lambda: text)
        for part in message.document().parts:
            yield Member(f"{name}/{part.name}", part.content)

    def _storages(self, prefix: str) -> list[tuple[str, ...]]:
        found = {entry[:1] for entry in self._entries if entry and entry[0].startswith(prefix)}
        return sorted(found)[:_MOST_PARTS]

    def _string(self, storage: tuple[str, ...], tag: int) -> str:
        if wide := self._stream((*storage, f"__substg1.0_{tag:04X}001F")):
            return wide.decode("utf-16-le", "replace").replace("\0", "")
        narrow = self._stream((*storage, f"__substg1.0_{tag:04X}001E"))
        try:
            text = narrow.decode(f"cp{self._codepage}" if self._codepage != 65001 else "utf-8")
        except (LookupError, UnicodeError):
            text = narrow.decode("cp1252", "replace")
        return text.replace("\0", "")

    def _binary(self, storage: tuple[str, ...], tag: int) -> bytes:
        return self._stream((*storage, f"__substg1.0_{tag:04X}0102"))

    def _number(self, storage: tuple[str, ...], tag: int) -> int:
        """Return a property of fixed size (MS-OXMSG: 16 bytes each, after a header)."""
        table = self._stream((*storage, "__properties_version1.0"))
        head = 8 if storage else 24 if self._folder else 32
        for at in range(head, len(table) - 15, 16):
            if int.from_bytes(table[at + 2 : at + 4], "little") == tag:
                wide = table[at : at + 2] in (b"\x40\x00", b"\x14\x00")
                return int.from_bytes(table[at + 8 : at + (16 if wide else 12)], "little")
        return 0

    def _stream(self, path: tuple[str, ...]) -> bytes:
        if path not in self._entries:
            return b""
        with self._ole.openstream([*self._folder, *path]) as stream:
            return self._desk.budget.read(stream)


def _person(name: str, mail: str) -> str:
    return f"{name} <{mail}>" if name and mail and name != mail else name or mail
