"""Tells by the first bytes which reader a document needs; a reader is loaded when it is used."""

import zipfile
from typing import Final

from redaction.intake.documents import Desk, Document, Reader, plain
from redaction.intake.reasons import Reason, Refused

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES: Final = (
    *(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"),
)
_TNEF: Final = b"\x78\x9f\x3e\x22"
_CONTENT_TYPES: Final = "[Content_Types].xml"


def document_reader(head: bytes) -> Reader | None:
    """Return the reader for a file that begins with these bytes; None for text and the unknown."""
    if head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return _pdf
    if head.startswith(_OLE):
        return _ole
    if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return _picture
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0" and b"\0" in head[10:18]:
        return _picture
    if head.startswith(_TNEF):
        return _tnef
    return _rich_text if head.startswith(b"{\\rtf") else None


def package_reader(archive: zipfile.ZipFile) -> Reader | None:
    """Return the reader for an office document; None for any other zip."""
    names = set(archive.namelist())
    if _CONTENT_TYPES in names:
        if "word/document.xml" in names:
            return _word
        if any(name.startswith("xl/") for name in names):
            return _sheets
        return _slides if any(name.startswith("ppt/slides/") for name in names) else _unknown
    if "mimetype" in names and "content.xml" in names:
        return _open_document
    return None


def _pdf(content: bytes, desk: Desk) -> Document:
    from redaction.intake.pdf import read_pdf

    return read_pdf(content, desk)


def _ole(content: bytes, desk: Desk) -> Document:
    from redaction.intake.outlook import read_ole

    return read_ole(content, desk)


def _tnef(content: bytes, desk: Desk) -> Document:
    from redaction.intake.tnef import read_tnef

    return read_tnef(content, desk)


def _rich_text(content: bytes, desk: Desk) -> Document:
    from redaction.intake.richtext import text_of_rtf

    return plain(text_of_rtf(content))


def _word(content: bytes, desk: Desk) -> Document:
    from redaction.intake.word import read_word

    return read_word(content, desk)


def _slides(content: bytes, desk: Desk) -> Document:
    from redaction.intake.slides import read_slides

    return read_slides(content, desk)


def _open_document(content: bytes, desk: Desk) -> Document:
    from redaction.intake.opendocument import read_open_document

    return read_open_document(content, desk)


def _sheets(content: bytes, desk: Desk) -> Document:
    from redaction.intake.sheets import read_sheets

    return read_sheets(content, desk)


def _picture(content: bytes, desk: Desk) -> Document:
    return plain(desk.recognise(content))


def _unknown(content: bytes, desk: Desk) -> Document:
    raise Refused(Reason.IS_OFFICE)
