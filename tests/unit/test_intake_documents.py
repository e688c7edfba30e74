"""What documents of every kind become: their text, the files in them, what was hidden in them."""

import bz2
import csv
import gzip
import json
import lzma
import shutil
import tarfile
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from backports import zstd  # pyright: ignore[reportMissingTypeStubs]

from redaction import CannotRead, Limits, RawCase, read_raw
from tests.making_files import (
    a_paragraph,
    a_pdf,
    a_png,
    a_scan,
    a_word_document,
    a_word_part,
    a_workbook,
    an_ole_file,
    an_outlook_message,
    pdf_text,
    sheet_rows,
    tarred,
    zipped,
)

LOG = b"2026-03-17 09:41:12,123 ERROR [main] com.example.Orders - boom\n"
NEEDS_OCR = pytest.mark.skipif(
    shutil.which("tesseract", path="/usr/bin:/usr/local/bin:/bin") is None,
    reason="Tesseract is not installed",
)


def texts(content: bytes, limits: Limits | None = None) -> dict[str, str]:
    case = read_raw(BytesIO(content), limits)
    return {artifact.name.reveal(): artifact.text.reveal() for artifact in case.artifacts}


def reasons(case: RawCase) -> dict[str, str]:
    return {each.name.reveal(): each.reason for each in case.quarantined}


def reason(content: bytes) -> str:
    with pytest.raises(CannotRead) as caught:
        read_raw(BytesIO(content))
    return str(caught.value)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstd.compress])
def test_a_compressed_file_is_read_whatever_packed_it(pack: "type[bytes]") -> None:
    assert texts(pack(LOG * 2000)) == {"stdin/stdin": (LOG * 2000).decode()}
    assert texts(pack(LOG) + pack(LOG)) == {"stdin/stdin": (LOG * 2).decode()}


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress, zstd.compress])
@pytest.mark.parametrize("kind", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_a_tar_is_read_file_by_file_packed_or_not(pack: "type[bytes]", kind: int) -> None:
    long = f"{'folder/' * 14}x.log" if kind != tarfile.USTAR_FORMAT else "y" * 99
    packed = pack(tarred({"a/app.log": LOG, long: LOG, "empty.txt": b""}, kind))
    assert texts(packed) == {
        "stdin/a/app.log": LOG.decode(),
        f"stdin/{long}": LOG.decode(),
        "stdin/empty.txt": "",
    }


def test_archives_of_different_kinds_nest() -> None:
    inner = zstd.compress(tarred({"in.log": LOG}))
    packed = zipped({"a.tar.zst": inner, "b.log.xz": lzma.compress(LOG)})
    assert list(texts(packed)) == ["stdin/a.tar.zst/in.log", "stdin/b.log.xz/b.log"]


def test_an_archive_larger_than_one_file_may_be_is_streamed_file_by_file() -> None:
    packed = gzip.compress(tarred({f"{n}.log": LOG * 100 for n in range(5)}))
    limits = Limits(artifact_bytes=len(LOG) * 100)
    assert len(texts(packed, limits)) == 5


def test_every_mail_of_a_mailbox_file_is_an_artifact() -> None:
    mail = (
        "From roe@example.com Tue Mar 17 10:34:02 2026\n"
        "From: Jane Roe <roe@example.com>\nTo: help@example.com\nSubject: down {}\n\n"
        "It falls.\n>From then on.\n\n"
    )
    assert texts((mail.format(1) + mail.format(2)).encode()) == {
        f"stdin/mail-{n}": (
            f"From: Jane Roe <roe@example.com>\nTo: help@example.com\nSubject: down {n}\n\n"
            "It falls.\nFrom then on.\n\n"
        )
        for n in (1, 2)
    }


def test_an_outlook_message_is_a_mail_and_its_attachments() -> None:
    message = an_outlook_message(
        "Orders fail",
        "They fail since 9.\r\nTorgrim",
        ("Torgrim Fjeldheim", "torgrim@example.com"),
        ("Support", "help@example.com"),
        {"app.log": LOG, "more.zip": zipped({"x.txt": b"note"})},
    )
    case = read_raw(BytesIO(message))
    assert [artifact.media_type for artifact in case.artifacts][:1] == ["message/rfc822"]
    assert texts(message) == {
        "stdin": (
            "Date: Tue, 17 Mar 2026 09:34:02 +0000\n"
            "From: Torgrim Fjeldheim <torgrim@example.com>\nTo: Support <help@example.com>\n"
            "Subject: Orders fail\n\nThey fail since 9.\nTorgrim"
        ),
        "stdin/app.log": LOG.decode(),
        "stdin/more.zip/x.txt": "note",
    }


def test_a_message_attached_to_an_outlook_message_is_a_mail_of_its_own() -> None:
    folder = "__attach_version1.0_#00000000"
    inside = f"{folder}/__substg1.0_3701000D"
    streams = {
        "__properties_version1.0": b"\0" * 32,
        "__substg1.0_0037001F": "outer".encode("utf-16-le"),
        "__substg1.0_0C1A001F": "Jane Roe".encode("utf-16-le"),
        "__substg1.0_0E04001F": b"",
        f"{folder}/__substg1.0_3707001F": "forwarded".encode("utf-16-le"),
        f"{inside}/__properties_version1.0": b"\0" * 24,
        f"{inside}/__substg1.0_0037001E": b"inner",
        f"{inside}/__substg1.0_0C1A001E": b"J\xf8rn",
        f"{inside}/__substg1.0_10130102": b"<p>said</p>",
    }
    found = texts(an_ole_file(streams))
    assert list(found) == ["stdin", "stdin/forwarded"]
    assert found["stdin/forwarded"] == "From: Jørn\nSubject: inner\n\nsaid\n"


def test_hidden_parts_of_a_page_are_marked_and_visible_ones_are_not() -> None:
    hides = (
        '<p style="display: none">{}</p>',
        '<span style="visibility:hidden">{}</span>',
        '<div style="font-size:0px">{}</div>',
        '<div style="color:#FFFFFF">{}</div>',
        "<font color=white>{}</font>",
        "<div hidden>{}</div>",
        '<i class="a quiet">{}</i>',
        "<template>{}</template>",
        '<p style="opacity:0">{}</p>',
        '<div style="position:absolute;left:-9999px">{}</div>',
        "<!-- {} -->",
    )
    page = "<html><head><style>.quiet, p.x { display:none }</style></head><body>seen<br>"
    page += "<br>".join(part.format(f"secret {n}") for n, part in enumerate(hides))
    page += '<div style="font-size:0.9em;opacity:0.5">also <b>seen</b></div></body></html>'
    [text] = texts(page.encode()).values()
    lines = [line for line in text.splitlines() if line]
    assert lines == ["seen", *(f"[hidden text] secret {n}" for n in range(len(hides))), "also seen"]


def test_white_text_on_a_coloured_ground_is_not_hidden() -> None:
    page = b'<html><body><td bgcolor="#003366"><b style="color:#fff">Read me</b></td></body></html>'
    assert list(texts(page).values()) == ["Read me\n"]


def test_a_word_document_is_its_paragraphs_tables_headers_notes_and_comments() -> None:
    table = "".join(
        f"<w:tr>{''.join(f'<w:tc>{a_paragraph(cell)}</w:tc>' for cell in row)}</w:tr>"
        for row in (("when", "what"), ("09:41", "it fell"))
    )
    body = (
        a_paragraph("Orders fail.")
        + f"<w:tbl>{table}</w:tbl>"
        + a_paragraph("tell nobody", "<w:vanish/>")
        + a_paragraph("white", '<w:color w:val="FFFFFF"/>')
        + '<w:p><w:r><w:t xml:space="preserve">It is </w:t></w:r>'
        + '<w:ins w:author="x"><w:r><w:t xml:space="preserve">not </w:t></w:r></w:ins>'
        + "<w:del><w:r><w:delText>ever </w:delText></w:r></w:del><w:r><w:t>fine.</w:t></w:r></w:p>"
    )
    comment = f'<w:comment w:author="Jane Roe">{a_paragraph("ask them")}</w:comment>'
    document = a_word_document(
        body,
        {
            "word/header1.xml": a_word_part("hdr", a_paragraph("Confidential")),
            "word/footer1.xml": a_word_part("ftr", a_paragraph("page 1")),
            "word/comments.xml": a_word_part("comments", comment),
            "word/embeddings/app.log": LOG,
        },
    )
    assert texts(document) == {
        "stdin": (
            "Confidential\nOrders fail.\nwhen\twhat\n09:41\tit fell\n[hidden text] tell nobody\n"
            "[hidden text] white\nIt is not\n[hidden text] ever\nfine.\npage 1\n"
            "[hidden text] comment, Jane Roe: ask them\n"
        ),
        "stdin/app.log": LOG.decode(),
    }


def test_every_sheet_of_a_workbook_is_a_table_of_values() -> None:
    rows = sheet_rows([["when", "count"], ["09:41", 3], ["secret", 4.5]], hidden=[3])
    columns = '<cols><col min="2" max="2" hidden="1"/></cols>'
    formula = '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row></sheetData>'
    case = read_raw(
        BytesIO(
            a_workbook(
                {
                    "Orders": rows,
                    "Columns": columns + sheet_rows([["a", "b"]]),
                    "Quiet|hidden": formula,
                    "Never|veryHidden": sheet_rows([["x"]]),
                },
                {"xl/comments1.xml": b"<comments><comment><t>ask</t></comment></comments>"},
            )
        )
    )
    assert {a.name.reveal(): (a.media_type, a.text.reveal()) for a in case.artifacts} == {
        "stdin/Orders": ("text/csv", "when,count\n09:41,3\n[hidden text] secret,4.5\n"),
        "stdin/Columns": ("text/csv", "a,[hidden text] b\n"),
        "stdin/Quiet": ("text/csv", "[hidden text] 2\n"),
        "stdin/Never": ("text/csv", "[hidden text] x\n"),
        "stdin/comments-1": ("text/plain", "[hidden text] ask\n"),
    }


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    rows = [["=HYPERLINK(&quot;http://x.example&quot;)", "@SUM(1)", "+49 30 1234", "-2.5", "-"]]
    [table] = texts(a_workbook({"S": sheet_rows(rows)})).values()
    [cells] = csv.reader(table.splitlines())
    assert cells == ['\'=HYPERLINK("http://x.example")', "'@SUM(1)", "+49 30 1234", "-2.5", "-"]
    lines = 'id,note\n1,"=cmd|\'/c calc\'!A0"\n2,=1+1\n3,-5\n4,"a, =b"\n5,"two\n=lines"\n'
    assert list(texts(lines.encode()).values()) == [
        'id,note\n1,"\'=cmd|\'/c calc\'!A0"\n2,\'=1+1\n3,-5\n4,"a, =b"\n5,"two\n=lines"\n'
    ]


def test_a_pdf_is_its_pages_with_hidden_text_marked() -> None:
    pages = [
        pdf_text("Orders fail.") + pdf_text("invisible", 250, "3 Tr"),
        pdf_text("white", 300, "1 1 1 rg") + pdf_text("Second page", 200, "0 0 0 rg 0 Tr"),
        "0 0 0 rg 0 0 400 400 re f " + pdf_text("white on black", 300, "1 1 1 rg"),
    ]
    assert list(texts(a_pdf(pages)).values()) == [
        "[page 1]\nOrders fail.\n[hidden text] invisible\n\n"
        "[page 2]\n[hidden text] white\nSecond page\n\n[page 3]\nwhite on black\n"
    ]


def test_a_pdf_with_a_password_says_so_and_one_without_text_too() -> None:
    lock = "<< /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >>".format("ab" * 32)
    locked = a_pdf([pdf_text("x")], extra=[lock], trailer="/Encrypt 6 0 R /ID [<00><00>]")
    assert "encrypted; ask for the file without a password" in reason(locked)
    assert "holds no text" in reason(a_pdf([""]))


def drawn(word: str) -> list[str]:
    """Draw a word of the letters E, F, H, I, L, T as dots, large enough to be read."""
    letters = {
        "E": ("####", "#...", "###.", "#...", "####"),
        "F": ("####", "#...", "###.", "#...", "#..."),
        "H": ("#..#", "#..#", "####", "#..#", "#..#"),
        "I": (".##.", ".##.", ".##.", ".##.", ".##."),
        "L": ("#...", "#...", "#...", "#...", "####"),
        "T": ("####", ".##.", ".##.", ".##.", ".##."),
    }
    rows = ["..".join(letters[letter][row] for letter in word) for row in range(5)]
    wide = ["".join(dot * 8 for dot in f"....{row}....") for row in rows]
    blank = ["." * len(wide[0])] * 60
    return [*blank, *(row for row in wide for _ in range(10)), *blank]


@NEEDS_OCR
def test_the_text_of_an_image_is_read_where_tesseract_is_installed() -> None:
    dots = drawn("HELLTILE".replace("R", ""))
    rows = b"".join(b"\0" + bytes(0 if d == "#" else 255 for d in row) for row in dots)
    [text] = texts(a_png(len(dots[0]), len(dots), rows)).values()
    assert "HELL" in text.upper()
    [page] = texts(a_scan(dots)).values()
    assert page.startswith("[page 1, read from an image]\n")


def test_an_image_is_quarantined_with_the_reason_when_it_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(LOG)
    (tmp_path / "b.png").write_bytes(a_png(40, 40))
    (tmp_path / "c.pdf").write_bytes(a_scan(["." * 8] * 8))
    told = reasons(read_raw(tmp_path, Limits(pictures=0)))
    assert set(told) == {"b.png", "c.pdf"}
    for each in told.values():
        assert each in (
            "an image: text is read from the first 0 of a case only; add the others as a case",
            "an image: Tesseract is not installed, so its text is not read; install it",
        )


def test_rich_text_keeps_its_words_and_marks_what_is_hidden() -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator X;}J\'f8rn \u8211? says\par "
        rb"{\v secret}done{\pict 00ff}{\object\objdata 0105}\par}"
    )
    assert list(texts(rtf).values()) == ["Jørn – says\n[hidden text] secret\ndone\n"]  # noqa: RUF001


def test_slides_and_open_documents_are_read() -> None:
    ns = 'xmlns:a="a" xmlns:p="p"'
    slide = f"<p:sld {ns}><a:p><a:r><a:t>Outage</a:t></a:r></a:p></p:sld>".encode()
    quiet = slide.replace(b"<p:sld ", b'<p:sld show="0" ').replace(b"Outage", b"Blame")
    deck = {
        "[Content_Types].xml": b"",
        "ppt/slides/slide1.xml": slide,
        "ppt/slides/slide2.xml": quiet,
    }
    assert list(texts(zipped(deck)).values()) == [
        "[slide 1]\nOutage\n[slide 2]\n[hidden text] Blame\n"
    ]
    body = (
        b'<o:d xmlns:o="o"><o:p>Orders<o:tab/>fail</o:p>'
        b"<o:annotation><o:p>why</o:p></o:annotation></o:d>"
    )
    text = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": body}
    assert list(texts(zipped(text)).values()) == ["Orders\tfail\n[hidden text] why\n"]


def test_old_and_locked_office_files_say_what_to_ask_for() -> None:
    assert "ask for DOCX" in reason(an_ole_file({"WordDocument": b"x"}))
    assert "without a password" in reason(an_ole_file({"EncryptedPackage": b"x"}))


def test_json_on_one_line_gets_a_line_for_each_member_and_stays_the_same() -> None:
    value = {
        "ticket": {"id": 7, "subject": 'a "quoted", {odd} [one]', "tags": ["a", "b"], "none": []},
        "values": [[1435781430.781, "1"], [1435781445.781, "2"]],
        "big": 12345678901234567890.5e10,
    }
    packed = json.dumps(value, separators=(",", ":"))
    [text] = texts(packed.encode()).values()
    assert json.loads(text) == value
    assert '  "id": 7,\n' in text
    assert ' [1435781430.781,"1"],\n' in text
    assert text.replace("\n", "").replace(" ", "") == packed.replace(" ", "")


def test_json_lines_and_json_of_several_lines_stay_as_they_are() -> None:
    lines = "".join(json.dumps({"n": n, "text": "x" * 80}) + "\n" for n in range(3))
    assert list(texts(lines.encode()).values()) == [lines]
    pretty = json.dumps({"n": 1, "text": "x" * 200}, indent=2)
    assert list(texts(pretty.encode()).values()) == [pretty]


def test_what_cloudwatch_delivers_is_unwrapped() -> None:
    events = json.dumps({"logGroup": "/ecs/export", "logEvents": [{"message": "no consumer"}]})
    data = b64encode(gzip.compress(events.encode())).decode()
    found = texts(json.dumps({"awslogs": {"data": data}}, indent=1).encode())
    assert {name.rsplit("/", 1)[-1] for name in found} == {"events.json"}
    assert "no consumer" in "".join(found.values())
    assert "damaged" in reason(b'{"awslogs": {"data": "H4sIAAAA"}}')
