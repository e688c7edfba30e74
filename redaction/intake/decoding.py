"""Turns bytes into text, or says why they are not text."""

import codecs
import re
from typing import BinaryIO, Final

from redaction.intake.alphabets import SAMPLE, telling_lines, undeclared
from redaction.intake.reasons import Reason, Refused

_CAPTURES: Final = (b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\xc3\xd4")
_CAPTURE_ORDERS: Final = (b"\x4d\x3c\x2b\x1a", b"\x1a\x2b\x3c\x4d")
_ARCHIVES: Final = (
    *(b"\x04\x22\x4d\x18", b"\x1f\x9d", b"\x1f\xa0", b"LZIP\x01", b"\x5d\0\0", b"!<arch>\n"),
    *(b"xar!\0", b"MSWIM\0"),
)
# Films and photographs name their kind behind a length.
_BOXES: Final = {b"heic": Reason.PHOTO, b"mif1": Reason.PHOTO, b"avif": Reason.PHOTO}
# What begins like this is never text; most of it has a reader that is asked before.
_SIGNATURES: Final = (
    (b"%PDF-", Reason.IS_PDF),
    (b"\x89PNG", Reason.IS_PICTURE),
    (b"\xff\xd8\xff", Reason.IS_PICTURE),
    (b"GIF8", Reason.IS_PICTURE),
    (b"\xd0\xcf\x11\xe0", Reason.IS_OFFICE),
    (b"SQLite format 3\0", Reason.DATABASE),
    (b"\x7fELF", Reason.PROGRAM),
    (b"MZ\x90", Reason.PROGRAM),
    (b"BZh", Reason.IS_BZIP2),
    (b"\xfd7zXZ", Reason.IS_XZ),
    (b"(\xb5/\xfd", Reason.IS_ZSTD),
    (b"7z\xbc\xaf", Reason.SEVEN_ZIP),
    (b"Rar!", Reason.RAR),
    (b"MSCF\0", Reason.CABINET),
    (b"OggS\0", Reason.MEDIA),
    (b"\x1a\x45\xdf\xa3", Reason.MEDIA),
    (b"ElfFile\0", Reason.EVENT_LOG),
    *((magic, Reason.CAPTURE) for magic in _CAPTURES),
    *((magic, Reason.CRASH_DUMP) for magic in (b"MDMP", b"PAGEDU")),
    (b"JAVA PROFILE 1.", Reason.HEAP_DUMP),
    *((magic, Reason.COLUMNS) for magic in (b"PAR1", b"Obj\x01", b"ORC\n")),
    *((magic, Reason.KEYS) for magic in (b"\xfe\xed\xfe\xed", b"0\x82", b"\xce\xce\xce\xce")),
    *((magic, Reason.LITTER) for magic in (b"\0\0\0\x01Bud1", b"\0\x05\x16\x07\0\x02")),
    *((magic, Reason.PROGRAM) for magic in (b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"dex\n03")),
    *((magic, Reason.OTHER_ARCHIVE) for magic in _ARCHIVES),
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


def decode(content: bytes) -> str:
    r"""Decode text: UTF-8, UTF-16 and UTF-32 with a mark, else Western, Cyrillic or Japanese.

    Line ends become `\n`, so that a line number means the same everywhere.

    Raises:
        Refused: the bytes do not look like text, or nobody can tell in which letters it is.
    """
    if reason := kind_by_signature(content):
        raise Refused(reason)
    text = _decoded(content)
    if "\0" in text:
        raise Refused(Reason.NUL)
    if len(_CONTROL.findall(text)) > len(text) * _CONTROL_SHARE:
        raise Refused(Reason.CONTROL)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def kind_by_signature(head: bytes) -> Reason | None:
    """Return what a file is that begins with these bytes and is no text; None when it may be."""
    for magic, reason in _SIGNATURES:
        if head.startswith(magic):
            return reason
    if head[8:12] in _CAPTURE_ORDERS:
        return Reason.CAPTURE
    if head[4:8] == b"ftyp":
        return _BOXES.get(head[8:12], Reason.MEDIA)
    return Reason.IS_TAR if head[257:262] == b"ustar" else None


def encoding_of(stream: BinaryIO) -> str:
    """Decide the encoding of a whole stream as `decode` does, in pieces; read it with `replace`.

    Raises:
        Refused: the bytes do not look like text, or nobody can tell in which letters it is.
    """
    head = stream.read(4)
    stream.seek(0)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    decoder = codecs.getincrementaldecoder(marked or "utf-8")("strict" if marked else "replace")
    controls = length = valid = broken = 0
    lines = rest = b""
    try:
        while chunk := stream.read(1 << 20):
            text = decoder.decode(chunk)
            if "\0" in text:
                raise Refused(Reason.NUL)
            length += len(text)
            controls += len(_CONTROL.findall(text))
            if len(lines) < SAMPLE:
                whole, end, rest = (rest + chunk).rpartition(b"\n")
                if len(rest) > SAMPLE:  # one line without an end tells enough
                    whole, end, rest = whole + end + rest, b"", b""
                lines += telling_lines(whole) + end
            if not text.isascii():
                wrong = text.count("\ufffd")
                broken += wrong
                valid += sum(character > "\x7f" for character in text) - wrong
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise Refused(Reason.MARK) from None
    if controls > length * _CONTROL_SHARE:
        raise Refused(Reason.CONTROL)
    lines = lines if len(lines) >= SAMPLE else lines + telling_lines(rest)
    return marked or _unmarked(lines, valid, broken)


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
        raise Refused(Reason.MARK) from None


def _nearly(content: bytes) -> str:
    """Decode text that is not valid UTF-8.

    A log with one broken character is still UTF-8; read as Latin-1, every name with an umlaut in
    it would be garbled and slip past the redactor.

    Raises:
        Refused: nobody can tell in which letters it is.
    """
    if b"\0" in content:
        raise Refused(Reason.NUL)
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    valid = sum(1 for character in text if character > "\x7f") - broken
    encoding = _unmarked(telling_lines(content), valid, broken)
    return text if encoding == "utf-8" else content.decode(encoding, "replace")


def _unmarked(lines: bytes, valid: int, broken: int) -> str:
    """Name the encoding of a text without a mark: characters that are UTF-8, bytes that are not."""
    if valid >= broken:
        return "utf-8"
    try:
        return undeclared(lines)
    except Refused:
        # One character in five is no accident: what is broken is lost, and nothing is misread.
        if valid * 4 < broken:
            raise
        return "utf-8"
