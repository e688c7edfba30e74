"""What office documents, pages and mails hide is read and marked; what only looks hidden is not."""

import struct
from io import BytesIO

import pytest

from redaction.intake.sources import read_raw
from tests.making_files import (
    a_paragraph,
    a_word_document,
    a_word_part,
    a_workbook,
    sheet_rows,
    zipped,
)

S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STYLES = f"""<styleSheet {S}>
<numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm"/>
<numFmt numFmtId="165" formatCode=";;;"/><numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>
<fonts><font/><font><color rgb="FFFFFFFF"/></font><font><color theme="0"/></font></fonts>
<fills><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FF0000FF"/></patternFill></fill></fills>
<cellXfs><xf/><xf fontId="1" fillId="0"/><xf fontId="1" fillId="1"/><xf fontId="2" fillId="0"/>
<xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/><xf numFmtId="166"/><xf numFmtId="21"/>
</cellXfs></styleSheet>"""


def texts(content: bytes) -> dict[str, str]:
    case = read_raw(BytesIO(content))
    return {artifact.name.reveal(): artifact.text.reveal() for artifact in case.artifacts}


def styled(*cells: tuple[int, str]) -> str:
    """One row of cells, each with its style and what is inside it."""
    inside = "".join(f'<c s="{style}" {said}</c>' for style, said in cells)
    row = f'<sheetData><row r="1">{inside}</row></sheetData>'
    [table] = texts(a_workbook({"S": row}, {"xl/styles.xml": STYLES.encode()})).values()
    return table


def test_white_cells_are_marked_unless_they_stand_on_a_colour() -> None:
    said = 't="inlineStr"><is><t>x</t></is>'
    assert styled((0, said), (1, said), (2, said), (3, said), (5, said)) == (
        "x,[hidden text] x,x,[hidden text] x,[hidden text] x\n"
    )


def test_a_formula_without_a_value_is_shown_as_harmless_text() -> None:
    shown = styled((0, "><f>SUM(A1:A2)</f>"), (0, "><f>1+1</f><v>2</v>"), (0, "><f>1/0</f><v></v>"))
    assert shown == "'=SUM(A1:A2),2,'=1/0\n"


def test_numbers_are_dates_and_times_as_their_style_says() -> None:
    cells = [(4, 46098.375), (6, 46098), (7, 1.25), (8, 0.375), (0, 46098), (0, 0.1)]
    shown = styled(*((style, f"><v>{value}</v>") for style, value in cells))
    assert shown == '2026-03-17 09:00:00,2026-03-17,"1 day, 6:00:00",09:00:00,46098,0.1\n'


def test_a_million_empty_rows_are_one_empty_line() -> None:
    rows = (
        '<sheetData><row r="1"><c r="B1"><v>1</v></c></row>'
        '<row r="1000000"><c r="B1000000"><v>2</v></c></row>'
        '<row r="1000001"><c r="XFD1000001"><v>3</v></c></row></sheetData>'
    )
    [table] = texts(a_workbook({"S": rows})).values()
    assert [line.strip(",") for line in table.splitlines()] == ["1", "", "2", "3"]


def test_the_text_of_shapes_over_a_sheet_is_read() -> None:
    drawing = b'<d xmlns:a="a"><a:p><a:r><a:t>See row 7</a:t></a:r></a:p></d>'
    found = texts(a_workbook({"S": sheet_rows([["x"]])}, {"xl/drawings/drawing1.xml": drawing}))
    assert found["stdin/shapes-1"] == "See row 7\n"


def test_a_word_style_that_hides_is_followed_and_white_on_a_ground_is_seen() -> None:
    styles = a_word_part(
        "styles",
        '<w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Pale"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>',
    )
    white = '<w:color w:val="FFFFFF"/>'
    shaded = '<w:pPr><w:shd w:val="clear" w:fill="1F3864"/></w:pPr>'
    body = (
        a_paragraph("one", '<w:rStyle w:val="Secret"/>')
        + '<w:p><w:pPr><w:pStyle w:val="Pale"/></w:pPr><w:r><w:t>two</w:t></w:r></w:p>'
        + a_paragraph("three", white)
        + f"<w:p>{shaded}<w:r><w:rPr>{white}</w:rPr><w:t>four</w:t></w:r></w:p>"
        + a_paragraph("five", white + '<w:highlight w:val="black"/>')
        + a_paragraph("six", white)
        + a_paragraph("seven")
    )
    [text] = texts(a_word_document(body, {"word/styles.xml": styles})).values()
    assert text.splitlines() == [
        "[hidden text] one",
        "[hidden text] two",
        "[hidden text] three",
        "four",
        "five",
        "[hidden text] six",
        "seven",
    ]


def test_what_lies_beside_a_slide_or_is_hidden_on_it_is_marked() -> None:
    def shape(text: str, x: int, hidden: str = "") -> str:
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="n"{hidden}/></p:nvSpPr><p:spPr><a:xfrm>'
            f'<a:off x="{x}" y="0"/><a:ext cx="100" cy="100"/></a:xfrm></p:spPr>'
            f"<p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
        )

    slide = (
        f'<p:sld xmlns:p="p" xmlns:a="a">{shape("left", -500)}{shape("here", 10)}'
        f"""{shape("right", 9001)}{shape("off", 10, ' hidden="1"')}{shape("there", 20)}</p:sld>"""
    )
    size = '<p:presentation xmlns:p="p"><p:sldSz cx="9000" cy="6000"/></p:presentation>'
    members = {
        "[Content_Types].xml": b"<Types/>",
        "ppt/presentation.xml": size.encode(),
        "ppt/slides/slide1.xml": slide.encode(),
    }
    [text] = texts(zipped(members)).values()
    assert text.splitlines() == [
        *("[slide 1]", "[hidden text] left", "here", "[hidden text] right"),
        *("[hidden text] off", "there"),
    ]


def an_open_document(kind: str, body: str, styles: str = "", page: str = "") -> bytes:
    names = 'xmlns:o="o" xmlns:t="text" xmlns:s="style" xmlns:b="table"'
    content = f"<o:d {names}><o:automatic-styles>{styles}</o:automatic-styles>{body}</o:d>"
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
            "content.xml": content.encode(),
            "styles.xml": f"<o:d {names}>{page}</o:d>".encode(),
        }
    )


def test_an_open_document_shows_its_headers_and_marks_hidden_and_white_styles() -> None:
    styles = (
        '<s:style s:name="H"><s:text-properties t:display="none"/></s:style>'
        '<s:style s:name="W"><s:text-properties s:color="#ffffff"/></s:style>'
    )
    body = (
        '<t:p>seen<t:span t:style-name="H">none</t:span></t:p><t:p t:style-name="W">pale</t:p>'
        "<t:p>end<o:annotation><o:creator>Jane Roe</o:creator><t:p>ask</t:p></o:annotation></t:p>"
    )
    page = "<s:master-page><s:header><t:p>Top</t:p></s:header></s:master-page>"
    [text] = texts(an_open_document("text", body, styles, page)).values()
    assert text.splitlines() == [
        *("Top", "seen", "[hidden text] none", "[hidden text] pale"),
        *("end", "[hidden text] Jane Roe: ask"),
    ]


def test_an_open_spreadsheet_shows_comments_and_formulas_and_marks_what_is_hidden() -> None:
    styles = '<s:style s:name="T"><s:table-properties b:display="false"/></s:style>'
    body = (
        '<b:table b:name="A"><b:table-column/><b:table-column b:visibility="collapse"/>'
        "<b:table-row><b:table-cell><t:p>a</t:p></b:table-cell>"
        "<b:table-cell><t:p>b</t:p></b:table-cell></b:table-row>"
        '<b:table-row b:number-rows-repeated="1000000"><b:table-cell/></b:table-row>'
        '<b:table-row b:visibility="collapse"><b:table-cell><t:p>c</t:p><o:annotation><t:p>why'
        "</t:p></o:annotation></b:table-cell>"
        '<b:table-cell b:formula="of:=SUM(1;2)"/></b:table-row></b:table>'
        '<b:table b:name="B" b:style-name="T"><b:table-row><b:table-cell><t:p>d</t:p>'
        "</b:table-cell></b:table-row></b:table>"
    )
    assert texts(an_open_document("spreadsheet", body, styles)) == {
        "stdin/A": "a,[hidden text] b\n\n[hidden text] c [hidden text] why,'=SUM(1;2)\n",
        "stdin/B": "[hidden text] d\n",
    }


def test_a_saved_page_keeps_what_its_form_shows_and_when_it_says() -> None:
    page = (
        '<html><body><form><input name="host" value="db-7"><input type="hidden" name="tab" '
        'value="two"><input type="password" name="p" value="never"><select><option>Sev1</option>'
        '<option>Sev2</option></select></form><img alt="a chart">'
        '<time datetime="2026-03-17T09:00Z">2 hours ago</time>'
        '<p style="color:#fefefe">pale</p></body></html>'
    )
    [text] = texts(page.encode()).values()
    lines = [line for line in text.splitlines() if line]
    assert lines == [
        *("host: db-7", "[hidden text] tab: two", "Sev1", "Sev2"),
        *("a chart 2026-03-17T09:00Z 2 hours ago", "[hidden text] pale"),
    ]


def attribute(level: int, number: int, data: bytes) -> bytes:
    return (
        bytes([level])
        + struct.pack("<II", number, len(data))
        + data
        + struct.pack("<H", sum(data) & 0xFFFF)
    )


def a_winmail(rich: bytes, name: str, content: bytes) -> bytes:
    packed = struct.pack("<II", len(rich) + 12, len(rich)) + b"MELA" + bytes(4) + rich
    subject = "Order stuck".encode("utf-16-le")
    properties = struct.pack("<I", 3)
    properties += struct.pack("<HHI", 0x03, 0x8001, 0)[:4] + bytes(16) + struct.pack("<II", 0, 7)
    properties += bytes(4)
    properties += struct.pack("<HHII", 0x1F, 0x37, 1, len(subject)) + subject
    properties += bytes(-len(subject) % 4)
    properties += struct.pack("<HHII", 0x102, 0x1009, 1, len(packed)) + packed
    properties += bytes(-len(packed) % 4)
    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + attribute(1, 0x00069003, properties)
        + attribute(2, 0x00069002, bytes(14))
        + attribute(2, 0x00018010, name.encode() + b"\0")
        + attribute(2, 0x0006800F, content)
    )


def test_a_winmail_is_the_text_of_the_mail_and_its_files() -> None:
    winmail = a_winmail(rb"{\rtf1\ansi The queue is stuck\par}", "C:\\x\\app.log", b"note\n")
    assert texts(winmail) == {
        "stdin": "Order stuck\n\nThe queue is stuck\n",
        "stdin/app.log": "note\n",
    }


@pytest.mark.parametrize("cut", [7, 20, 60, 140])
def test_a_winmail_that_is_cut_off_is_damaged_or_holds_less(cut: int) -> None:
    winmail = a_winmail(rb"{\rtf1\ansi The queue is stuck\par}", "app.log", b"note\n")
    case = read_raw(BytesIO(zipped({"a.txt": b"kept", "w.dat": winmail[:cut]})))
    assert [each.text.reveal() for each in case.artifacts] == ["kept"]
    [refused] = case.quarantined
    assert refused.reason.startswith(("damaged: not a readable Outlook message", "holds no text"))


def test_the_style_sheets_of_a_page_saved_as_a_mail_are_no_artifacts() -> None:
    saved = (
        b"From: <Saved by a browser>\r\nSubject: Status\r\nMIME-Version: 1.0\r\n"
        b"Date: Tue, 17 Mar 2026 10:34:02 +0000\r\n"
        b'Content-Type: multipart/related; boundary="B"\r\n'
        b"\r\n--B\r\nContent-Type: text/html\r\n\r\n<html><body><h1>Degraded</h1></body></html>\r\n"
        b"--B\r\nContent-Type: text/css\r\n\r\n.a { color: red }\r\n--B--\r\n"
    )
    [text] = texts(saved).values()
    assert text.endswith("\n\nDegraded\n")
