# ruff: noqa: ANN401 - the objects of PDFium have no types
# pyright: basic
"""Reads PDF documents page by page, scans through their image; the one door to PDFium."""

import ctypes
from collections.abc import Iterator
from io import BytesIO
from math import sqrt
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from redaction.intake.archives import Member
from redaction.intake.documents import Desk, Document, plain
from redaction.intake.hidden import hidden, with_hidden
from redaction.intake.names import last_part
from redaction.intake.reasons import Reason, Refused

_INVISIBLE: Final = (3, 7)
_GROUNDS: Final = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING)
_WHITE: Final = 250
_TINY_POINTS: Final = 1.0
_DOTS_PER_POINT: Final = 200 / 72
_MOST_DOTS: Final = 20_000_000
_MOST_NOTE_BYTES: Final = 1 << 20


def read_pdf(content: bytes, desk: Desk) -> Document:
    """Read a PDF: a line `[page 3]` before each page; files attached to it are parts.

    Scripts and actions are never run: this build of the library has no interpreter.

    Raises:
        Refused: it is damaged, encrypted, passes a limit, or holds nothing.
    """
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise Refused(Reason.ENCRYPTED if locked else Reason.PDF) from None
    try:
        pages = _Pages(document, desk)
        text = pages.text()
        parts = tuple(_attachments(document, desk))
    except pdfium.PdfiumError:
        raise Refused(Reason.PDF) from None
    if not pages.said and not parts:
        raise pages.unseen or Refused(Reason.NO_TEXT)
    return plain(text, parts)


class _Pages:
    """The pages of a document while it is read."""

    def __init__(self, document: pdfium.PdfDocument, desk: Desk) -> None:
        self._document = document
        self._desk = desk
        self.said = False
        self.unseen: Refused | None = None

    def text(self) -> str:
        lines: list[str] = []
        left = self._desk.budget.limits.artifact_bytes
        for number in range(len(self._document)):
            page = self._document[number]
            text = f"{_page_text(page)}{_notes(page)}"
            head = f"[page {number + 1}]"
            if text.strip():
                self.said = True
            elif _shows_image(page):
                head, text = self._seen(page, number + 1)
            lines.append(f"{head}\n{text.strip()}\n")
            left -= len(lines[-1])
            if left < 0:
                raise Refused(Reason.LARGER, self._desk.budget.limits.artifact_bytes)
            page.close()
        return "\n".join(lines)

    def _seen(self, page: pdfium.PdfPage, number: int) -> tuple[str, str]:
        """Read a page that is nothing but an image."""
        try:
            text = self._desk.recognise(_image(page))
        except Refused as refused:
            self.unseen = refused
            return f"[page {number}, not read: {refused}]", ""
        self.said = True
        return f"[page {number}, read from an image]", text


def _page_text(page: pdfium.PdfPage) -> str:
    """Return a page's text; what cannot be seen on it stands in lines of its own."""
    text_page = page.get_textpage()
    seen = _Seen(page)
    characters = (
        (seen.hides(raw.FPDFText_GetTextObject(text_page, at)), _character(text_page, at))
        for at in range(text_page.count_chars())
    )
    text = with_hidden(characters).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text_page.close()
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _character(text_page: Any, at: int) -> str:
    code = raw.FPDFText_GetUnicode(text_page, at)
    # PDFium marks a hyphen at a line's end with U+0002.
    return "-" if code == 2 else chr(code) if code < 0x110000 else "\ufffd"


class _Seen:
    """Tells which text objects of a page nobody sees."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._width, self._height = page.get_size()
        self._known: dict[int, bool] = {}
        self._grounds: list[tuple[float, float, float, float]] | None = None
        self._last = False

    def hides(self, text: Any) -> bool:
        """Tell whether an object is hidden; a break that PDFium added goes with what was before."""
        if not text:
            return self._last
        address = ctypes.addressof(text.contents)
        if address not in self._known:
            self._known[address] = self._judge(text)
        self._last = self._known[address]
        return self._last

    def _judge(self, text: Any) -> bool:
        if raw.FPDFTextObj_GetTextRenderMode(text) in _INVISIBLE:
            return True
        left, bottom, right, top = bounds = _bounds(text)
        if top - bottom < _TINY_POINTS and right - left > _TINY_POINTS:
            return True
        if right < 0 or top < 0 or left > self._width or bottom > self._height:
            return True
        red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
        if not raw.FPDFPageObj_GetFillColor(text, red, green, blue, alpha):
            return False
        white = min(red.value, green.value, blue.value) >= _WHITE
        return alpha.value == 0 or (white and not self._stands_on_something(bounds))

    def _stands_on_something(self, bounds: tuple[float, float, float, float]) -> bool:
        """Tell white text on a coloured ground, which is meant to be read."""
        if self._grounds is None:
            self._grounds = [
                _bounds(each) for each in self._page.get_objects(_GROUNDS, max_depth=2)
            ]
        x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
        return any(g[0] <= x <= g[2] and g[1] <= y <= g[3] for g in self._grounds)


def _bounds(item: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float(0) for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _notes(page: pdfium.PdfPage) -> str:
    """Return what annotations say and what form fields hold, each on a line."""
    said: list[str] = []
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, number)
        if note:
            said += [hidden(text) for text in (_string(note, b"Contents"),) if text.strip()]
            said += [text for text in (_string(note, b"V"),) if text.strip()]
            raw.FPDFPage_CloseAnnot(note)
    return "".join(f"\n{text.strip()}" for text in said)


def _string(note: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    if not 2 < size <= _MOST_NOTE_BYTES:
        return ""
    content = (ctypes.c_ushort * (size // 2))()
    raw.FPDFAnnot_GetStringValue(note, key, content, size)
    return bytes(content).decode("utf-16-le", "replace").replace("\0", "").replace("\r", "\n")


def _shows_image(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _image(page: pdfium.PdfPage) -> bytes:
    """Draw a page as grey dots in memory, as a PGM image."""
    width, height = page.get_size()
    scale = min(_DOTS_PER_POINT, sqrt(_MOST_DOTS / max(width * height, 1)))
    bitmap = page.render(scale=scale, grayscale=True)  # pyright: ignore[reportArgumentType]
    dots = memoryview(bitmap.buffer).cast("B")
    rows = (
        dots[row * bitmap.stride : row * bitmap.stride + bitmap.width]
        for row in range(bitmap.height)
    )
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows)


def _attachments(document: pdfium.PdfDocument, desk: Desk) -> Iterator[Member]:
    for number in range(document.count_attachments()):
        attachment = document.get_attachment(number)
        content = bytes(attachment.get_data())
        name = last_part(attachment.get_name()) or f"part-{number + 1}"
        yield Member(name, lambda content=content: desk.budget.read(BytesIO(content)))
