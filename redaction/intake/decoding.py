"""Turns bytes into text, or says why they are not text."""

import codecs
import re
from typing import BinaryIO, Final

from redaction.intake.limits import Refused

_SIGNATURES: Final = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\xd0\xcf\x11\xe0", "an office document or mailbox file"),
    (b"SQLite format 3\0", "a database file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"(\xb5/\xfd", "a zstd archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a rar archive"),
)
# UTF-32's mark starts with UTF-16's: the longer ones come first.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Tab, line feed, form feed, carriage return, backspace and escape occur in terminal output.
_CONTROL: Final = re.compile(r"[\x00-\x07\x0b\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_CONTROL_SHARE: Final = 0.01
_NOT_WESTERN: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


def decode(content: bytes) -> str:
    r"""Decode text: UTF-8, UTF-16 and UTF-32 with a mark, else a Western single-byte code page.

    Line ends become `\n`, so that a line number means the same everywhere.

    Raises:
        Refused: the bytes do not look like text.
    """
    for magic, what in _SIGNATURES:
        if content.startswith(magic):
            raise Refused(f"unreadable: {what}")
    if content[257:262] == b"ustar":
        raise Refused("unreadable: a tar archive")
    text = _decoded(content)
    if "\0" in text:
        raise Refused("unreadable: binary (NUL bytes)")
    if len(_CONTROL.findall(text)) > len(text) * _CONTROL_SHARE:
        raise Refused("unreadable: binary (control characters)")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def encoding_of(stream: BinaryIO) -> str:
    """Decide the encoding of a whole stream as `decode` does, in pieces; read it with `replace`.

    Raises:
        Refused: the bytes do not look like text.
    """
    head = stream.read(4)
    stream.seek(0)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    decoder = codecs.getincrementaldecoder(marked or "utf-8")("strict" if marked else "replace")
    controls = length = valid = broken = 0
    western = "cp1252"
    try:
        while chunk := stream.read(1 << 20):
            text = decoder.decode(chunk)
            if "\0" in text:
                raise Refused("unreadable: binary (NUL bytes)")
            length += len(text)
            controls += len(_CONTROL.findall(text))
            if not text.isascii():
                wrong = text.count("\ufffd")
                broken += wrong
                valid += sum(character > "\x7f" for character in text) - wrong
                western = "latin-1" if _NOT_WESTERN.search(chunk) else western
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise Refused("unreadable: damaged text (its byte order mark lies)") from None
    if controls > length * _CONTROL_SHARE:
        raise Refused("unreadable: binary (control characters)")
    return marked or ("utf-8" if valid >= broken else western)


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _nearly(content)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("unreadable: damaged text (its byte order mark lies)") from None


def _nearly(content: bytes) -> str:
    """Decode text that is not valid UTF-8.

    A log with one broken character is still UTF-8; read as Latin-1, every name with an umlaut in
    it would be garbled and slip past the redactor.
    """
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    valid = sum(1 for character in text if character > "\x7f") - broken
    if valid >= broken:
        return text
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")
