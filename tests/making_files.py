"""Makes small files of every kind that intake reads: archives, mails, office documents, PDF."""

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006/relationships"
_SECTOR = 512
_MINI = 64
_NONE = 0xFFFFFFFF


def zipped(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(members: Mapping[str, bytes], kind: int = tarfile.PAX_FORMAT) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=kind) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def a_word_document(body: str, parts: Mapping[str, bytes] | None = None) -> bytes:
    """Make a DOCX of the XML inside `w:body` and further parts."""
    document = f'<?xml version="1.0"?><w:document {_W}><w:body>{body}</w:body></w:document>'
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": document.encode(),
            **(parts or {}),
        }
    )


def a_word_part(element: str, inside: str) -> bytes:
    """Make another part of a DOCX: a header, footer, or comments."""
    return f'<?xml version="1.0"?><w:{element} {_W}>{inside}</w:{element}>'.encode()


def a_paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def a_workbook(sheets: Mapping[str, str], parts: Mapping[str, bytes] | None = None) -> bytes:
    """Make an XLSX: sheet names, a `|hidden` after a name hides it; XML inside `worksheet`."""
    listed, related, files = "", "", dict[str, bytes]()
    for number, (name, inside) in enumerate(sheets.items(), 1):
        shown, _, state = name.partition("|")
        state = f' state="{state}"' if state else ""
        listed += f'<sheet name="{shown}" sheetId="{number}" r:id="rId{number}"{state}/>'
        related += (
            f'<Relationship Id="rId{number}" Type="{_R}/worksheet" '
            f'Target="worksheets/sheet{number}.xml"/>'
        )
        files[f"xl/worksheets/sheet{number}.xml"] = (
            f'<?xml version="1.0"?><worksheet {_S}>{inside}</worksheet>'.encode()
        )
    book = (
        f'<?xml version="1.0"?><workbook {_S} xmlns:r="{_R}"><sheets>{listed}</sheets></workbook>'
    )
    root = f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="xl/workbook.xml"/>'
    return zipped(
        {
            "[Content_Types].xml": b'<?xml version="1.0"?><Types/>',
            "_rels/.rels": _relations(root),
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": _relations(related),
            **files,
            **(parts or {}),
        }
    )


def _relations(inside: str) -> bytes:
    return f'<?xml version="1.0"?><Relationships xmlns="{_P}">{inside}</Relationships>'.encode()


def sheet_rows(rows: Sequence[Sequence[str | float]], hidden: Iterable[int] = ()) -> str:
    """Make the XML of a sheet's rows; `hidden` are row numbers from 1."""
    out = "<sheetData>"
    for number, row in enumerate(rows, 1):
        out += f'<row r="{number}"' + (' hidden="1">' if number in hidden else ">")
        for place, value in enumerate(row):
            cell = f"{chr(65 + place)}{number}"
            if isinstance(value, str):
                out += f'<c r="{cell}" t="inlineStr"><is><t>{value}</t></is></c>'
            else:
                out += f'<c r="{cell}"><v>{value}</v></c>'
        out += "</row>"
    return out + "</sheetData>"


def a_pdf(
    pages: Sequence[str], catalog: str = "", extra: Sequence[str] = (), trailer: str = ""
) -> bytes:
    """Make a PDF of content streams, one a page; further objects count from 4 + 2 x pages."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, stream in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, places = b"%PDF-1.7\n", list[int]()
    for number, content in enumerate([*objects, *extra], 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer << /Size {len(places) + 1} /Root 1 0 R {trailer} >>\n".encode()
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def pdf_text(text: str, at: int = 300, before: str = "") -> str:
    """Make the operators that write a line."""
    return f"BT /F1 12 Tf {before} 20 {at} Td ({text}) Tj ET\n"


def a_scan(dots: Sequence[str]) -> bytes:
    """Make a PDF of one page that is only an image of black and white dots."""
    content = "".join("00" if dot == "#" else "ff" for row in dots for dot in row) + ">"
    image = (
        f"<< /Type /XObject /Subtype /Image /Width {len(dots[0])} /Height {len(dots)} "
        f"/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /ASCIIHexDecode "
        f"/Length {len(content)} >>\nstream\n{content}\nendstream"
    )
    made = a_pdf(["q 400 0 0 400 0 0 cm /I1 Do Q"], extra=[image])
    return made.replace(b"/Font << /F1 3 0 R >>", b"/XObject<</I1 6 0 R>>")


def a_png(width: int, height: int, dots: bytes = b"") -> bytes:
    """Make a grey PNG of the size it says, with the rows it is given (white without)."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    rows = dots or b"".join(b"\0" + b"\xff" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def an_ole_file(streams: Mapping[str, bytes]) -> bytes:
    """Make an OLE compound file (MS-CFB) of small streams; `/` in a name makes storages."""
    names = sorted(
        {"/".join(n.split("/")[:i]) for n in streams for i in range(1, n.count("/") + 2)}
    )
    starts, mini, mini_chain = dict[str, int](), b"", list[int]()
    for name, content in streams.items():
        starts[name] = len(mini_chain)
        mini_chain += _chain(len(mini_chain), -(-len(content) // _MINI) or 1)
        mini += content.ljust((-(-len(content) // _MINI) or 1) * _MINI, b"\0")
    entries = ["", *names]
    folder = b"".join(_entry(name, entries, streams, starts, len(mini)) for name in entries)
    mini_table = b"".join(struct.pack("<I", sector) for sector in mini_chain)
    data, chain, places = b"", list[int](), list[int]()
    for content in (
        mini,
        folder,
        mini_table.ljust(-(-len(mini_table) // _SECTOR) * _SECTOR, b"\xff"),
    ):
        sectors = -(-len(content) // _SECTOR)
        places.append(len(chain))
        chain += _chain(len(chain), sectors)
        data += content.ljust(sectors * _SECTOR, b"\0")
    tables = 1
    while (len(chain) + tables) * 4 > tables * _SECTOR:
        tables += 1
    first = len(chain)
    table = b"".join(struct.pack("<I", sector) for sector in [*chain, *[0xFFFFFFFD] * tables])
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIII", 0, tables, places[1], 0, 4096)
    head += struct.pack("<IIII", places[2], -(-len(mini_table) // _SECTOR), 0xFFFFFFFE, 0)
    head += b"".join(struct.pack("<I", first + n if n < tables else _NONE) for n in range(109))
    return head + data + table.ljust(tables * _SECTOR, b"\xff")


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), 0xFFFFFFFE]


def _entry(
    name: str,
    entries: list[str],
    streams: Mapping[str, bytes],
    starts: Mapping[str, int],
    mini: int,
) -> bytes:
    shown = (name.rpartition("/")[2] or "Root Entry").encode("utf-16-le")
    inside = [n for n in entries[1:] if n.rpartition("/")[0] == name]
    siblings = [n for n in entries[1:] if n.rpartition("/")[0] == name.rpartition("/")[0]]
    after = siblings[siblings.index(name) + 1 :] if name else []
    kind = 5 if not name else 2 if name in streams else 1
    size = len(streams.get(name, b"")) if name else mini
    return (
        shown.ljust(64, b"\0")
        + struct.pack("<HBB", len(shown) + 2, kind, 1)
        + struct.pack("<III", _NONE, *(_first(found, entries) for found in (after, inside)))
        + b"\0" * 36
        + struct.pack("<IQ", starts.get(name, 0), size)
    )


def _first(names: list[str], entries: list[str]) -> int:
    return entries.index(names[0]) if names else _NONE


def an_outlook_message(
    subject: str,
    body: str,
    sender: tuple[str, str],
    to: tuple[str, str],
    attachments: Mapping[str, bytes] | None = None,
) -> bytes:
    """Make a MSG with a plain body, one recipient and attachments."""

    def wide(text: str) -> bytes:
        return text.encode("utf-16-le")

    # 2026-03-17 09:34:02 UTC in steps of 100 ns since 1601.
    ticks = (1_773_740_042 + 11_644_473_600) * 10_000_000
    sent = struct.pack("<HHIQ", 0x40, 0x39, 6, ticks)
    streams = {
        "__properties_version1.0": b"\0" * 32 + sent,
        "__substg1.0_0037001F": wide(subject),
        "__substg1.0_1000001F": wide(body),
        "__substg1.0_0C1A001F": wide(sender[0]),
        "__substg1.0_0C1F001F": wide(sender[1]),
        "__recip_version1.0_#00000000/__properties_version1.0": b"\0" * 8
        + struct.pack("<HHIQ", 3, 0x0C15, 6, 1),
        "__recip_version1.0_#00000000/__substg1.0_3001001F": wide(to[0]),
        "__recip_version1.0_#00000000/__substg1.0_3003001F": wide(to[1]),
    }
    for number, (name, content) in enumerate((attachments or {}).items()):
        folder = f"__attach_version1.0_#{number:08X}"
        streams[f"{folder}/__substg1.0_3707001F"] = wide(name)
        streams[f"{folder}/__substg1.0_37010102"] = content
    return an_ole_file(streams)
