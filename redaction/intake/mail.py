"""Takes a mail apart: headers worth keeping and the body as text, every attachment on its own."""

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from typing import Final, TypeAlias, cast

from redaction.intake.archives import Member
from redaction.intake.decoding import decode
from redaction.intake.documents import Document, Text
from redaction.intake.hypertext import text_of_html
from redaction.intake.names import last_part
from redaction.intake.reasons import Reason, Refused

MailPart: TypeAlias = "Message[str, str]"

_KEPT: Final = (
    *("Return-Path", "Received", "Date", "From", "Reply-To", "To", "Cc", "Bcc"),
    *("Subject", "Message-ID", "In-Reply-To", "References", "X-Priority", "Importance"),
    # What a mail that was copied out of a window calls its date, recipients and subject.
    *("Sent", "Gesendet", "Envoyé", "Enviado", "Inviato", "Verzonden", "Skickat", "Sendt"),
    *("An", "À", "Para", "Aan", "Betreff", "Objet", "Asunto", "Assunto", "Oggetto", "Onderwerp"),
)


def read_mail(content: bytes) -> Document:
    """Read a mail: header lines, an empty line and the body are its text, the rest its parts.

    Raises:
        Refused: its parts are nested too deep or are not readable.
    """
    try:
        message: MailPart = message_from_bytes(content)
        leaves = list(_leaves(message))
        body, rest = _body(leaves)
        # A page that a browser saved as a mail carries its style sheets along.
        rest = [part for part in rest if part.get_filename() or not _is_style(part)]
        parts = tuple(_attachment(part, n) for n, part in enumerate(rest, 1))
    except (RecursionError, MessageError, ValueError, LookupError):
        raise Refused(Reason.MAIL) from None
    return Document((Text("", "message/rfc822", kept_headers(message) + "\n" + body),), parts)


def kept_headers(message: MailPart) -> str:
    """Return the header lines that tell who said what when, decoded and unfolded."""
    # Not `message[name]`, which gives up on a header that is written in raw bytes.
    written = [(_text(name), _text(str(value))) for name, value in message.raw_items()]
    return "".join(
        f"{name}: {_plain(value)}\n"
        for name in _KEPT
        for given, value in written
        if given.casefold() == name.casefold()
    )


def _text(header: str) -> str:
    """Decode the raw bytes of a header: UTF-8 as today's programs write it, else Latin letters."""
    try:
        content = header.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:  # it was text all along
        return header
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _plain(value: str) -> str:
    """Decode an RFC 2047 header and unfold it."""
    # A broken encoded word stays as it stands.
    with suppress(MessageError, LookupError, ValueError):
        value = str(make_header(decode_header(value)))
    unfolded = re.sub(r"\s*[\r\n]+\s*", " ", value).replace("\0", "\ufffd")
    return unfolded.encode("utf-8", "replace").decode("utf-8").strip()


def _leaves(part: MailPart) -> Iterator[MailPart]:
    """Yield the parts that are no containers; an attached mail stays whole."""
    if part.get_content_type() == "message/rfc822" or not part.is_multipart():
        yield part
        return
    for child in _children(part):
        yield from _leaves(child)


def _children(part: MailPart) -> list[MailPart]:
    payload: object = part.get_payload()
    return cast(list[MailPart], payload) if isinstance(payload, list) else []


def _body(leaves: list[MailPart]) -> tuple[str, list[MailPart]]:
    """Pick the body: the first plain text, else the first HTML; the other parts remain."""
    inline = [part for part in leaves if part.get_content_disposition() != "attachment"]
    for kind in ("text/plain", "text/html"):
        for part in inline:
            if part.get_content_type() != kind or part.get_filename():
                continue
            if (text := _part_text(part)) is not None:
                rest = [other for other in leaves if other is not part]
                return text, [other for other in rest if not _says_the_same(other, text)]
    return "", leaves


def _is_style(part: MailPart) -> bool:
    return part.get_content_type() == "text/css"


def _part_text(part: MailPart) -> str | None:
    """Return what a part says; None when it says to be text and is not."""
    try:
        text = _decoded(part)
    except Refused:
        return None
    return text_of_html(text) if part.get_content_type() == "text/html" else text


def _decoded(part: MailPart) -> str:
    content = _bytes(part)
    try:
        text = content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeError):
        return decode(content)
    if "\0" in text:
        raise Refused(Reason.NUL)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _says_the_same(part: MailPart, text: str) -> bool:
    """Tell an HTML alternative that adds no word to the plain text."""
    if part.get_content_type() != "text/html" or part.get_filename():
        return False
    said = _part_text(part)
    return said is not None and set(said.split()) <= set(text.split())


def _attachment(part: MailPart, number: int) -> Member:
    name = last_part(_plain(part.get_filename() or "")) or f"part-{number}"
    return Member(name, lambda: _content(part))


def _content(part: MailPart) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = _children(part)
        try:
            return inner[0].as_bytes() if inner else b""
        except (RecursionError, MessageError, ValueError, LookupError):
            raise Refused(Reason.MAIL) from None
    content = _bytes(part)
    if part.get_content_maintype() == "text":
        # A log packed as gzip is often sent as text: its bytes tell what it is.
        with suppress(Refused):
            content = _decoded(part).encode("utf-8", "replace")
    return content


def _bytes(part: MailPart) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
