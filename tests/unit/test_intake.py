"""What a folder, file, archive or stream becomes, and what is refused with which reason."""

import base64
import gzip
import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from redaction import CannotRead, Limits, RawCase, read_raw

LOG = "2026-03-17 09:41:12,123 ERROR [main] com.example.Orders - boom\n"


def names(case: RawCase) -> dict[str, str]:
    return {artifact.id: artifact.name.reveal() for artifact in case.artifacts}


def reasons(case: RawCase) -> dict[str, str]:
    """Why files were not read, without what a person can do about it."""
    return {each.name.reveal(): each.reason.partition("; ")[0] for each in case.quarantined}


def texts(case: RawCase) -> dict[str, str]:
    return {artifact.name.reveal(): artifact.text.reveal() for artifact in case.artifacts}


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def read(tmp_path: Path, files: dict[str, bytes], limits: Limits | None = None) -> RawCase:
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return read_raw(tmp_path, limits)


def test_a_folder_is_read_recursively_in_order_with_hidden_files(tmp_path: Path) -> None:
    case = read(tmp_path, {"b.log": LOG.encode(), "a/x.txt": b"words\n", ".env": b"A=1\n"})
    assert names(case) == {"A1.txt": ".env", "A2.txt": "a/x.txt", "A3.log": "b.log"}
    assert case.name.reveal() == tmp_path.name


def test_a_single_file_and_a_stream_are_cases(tmp_path: Path) -> None:
    (tmp_path / "only.log").write_text(LOG)
    assert names(read_raw(tmp_path / "only.log")) == {"A1.log": "only.log"}
    assert names(read_raw(io.BytesIO(LOG.encode()))) == {"A1.log": "stdin"}


def test_archives_are_unpacked_to_depth_three_and_no_deeper(tmp_path: Path) -> None:
    inner = zipped({"deep.log.gz": gzip.compress(LOG.encode())})
    case = read(tmp_path, {"d.zip": zipped({"in/two.zip": inner, "x.json": b'{"a": 1}'})})
    assert list(texts(case)) == ["d.zip/in/two.zip/deep.log.gz/deep.log", "d.zip/x.json"]
    deeper = read_raw(io.BytesIO(zipped({"d.zip": (tmp_path / "d.zip").read_bytes()})))
    assert reasons(deeper) == {
        "stdin/d.zip/in/two.zip/deep.log.gz": "nested deeper than 3 archives"
    }


def test_the_kind_of_a_file_is_its_content_not_its_name(tmp_path: Path) -> None:
    case = read(
        tmp_path,
        {
            "1.bin": zipped({"note": b"just words\n"}),
            "2.txt": b'{"ticket": {"subject": "x"}}',
            "3.txt": b'{"a": 1}\n{"a": 2}\n',
            "4.txt": b"time,cpu\n2026-03-17T09:00:00Z,1\n2026-03-17T09:01:00Z,2\n",
            "5.txt": b"pool:\n  size: 16\n  # why\n  hosts:\n    - a\n    - b\n",
            "6.txt": b"From: a@example.com\nTo: b@example.com\nSubject: s\n\nhello\n",
            "7.txt": b"<!DOCTYPE html><html><body><p>hi</p></body></html>",
            "8.txt": b'<?xml version="1.0"?><a/>',
            "9.txt": LOG.encode() + b"\tat com.example.Orders.go(Orders.java:12)\n",
        },
    )
    assert [artifact.media_type for artifact in case.artifacts] == [
        "text/plain",
        "application/json",
        "application/x-ndjson",
        "text/csv",
        "application/yaml",
        "message/rfc822",
        "text/html",
        "application/xml",
        "text/x-log",
    ]


def test_text_is_decoded_whatever_its_encoding(tmp_path: Path) -> None:
    case = read(
        tmp_path,
        {
            "bom.txt": b"\xef\xbb\xbfM\xc3\xbcller\r\nx",
            "broken-utf8.txt": "Müller, Öztürk und ".encode() + b"\xff Ende",
            "latin.txt": "Müller".encode("latin-1"),
            "utf16.txt": "Müller".encode("utf-16"),
        },
    )
    assert texts(case) == {
        "bom.txt": "Müller\nx",
        "broken-utf8.txt": "Müller, Öztürk und \ufffd Ende",
        "latin.txt": "Müller",
        "utf16.txt": "Müller",
    }


def test_what_is_no_text_is_quarantined_with_a_reason(tmp_path: Path) -> None:
    case = read(
        tmp_path,
        {
            "a.log": LOG.encode(),
            "core.log": b"text and \0 more",
            "noise.log": bytes(range(1, 32)) * 20,
            "odd.txt": b"\xff\xfea\x00\x00\xd8",
            "report.txt": b"%PDF-1.7 ...",
            "tools.log": b"\x7fELF",
        },
    )
    assert reasons(case) == {
        "core.log": "unreadable: binary (NUL bytes)",
        "noise.log": "unreadable: binary (control characters)",
        "odd.txt": "unreadable: damaged text (its byte order mark lies)",
        "report.txt": "damaged: not a readable PDF document",
        "tools.log": "unreadable: a program",
    }
    assert [each.id for each in case.quarantined] == [f"A{n}.bin" for n in range(2, 7)]


def test_a_mail_becomes_its_headers_and_body_and_each_attachment_an_artifact() -> None:
    mail = (
        "Received: from relay.example (198.51.100.7)\r\n\tby mx.example; x\r\n"
        "From: =?utf-8?q?J=C3=B8rn?= <j@example.com>\r\nTo: support@example.com\r\n"
        "Subject: down\r\n again\r\nDate: Tue, 17 Mar 2026 10:34:02 +0100\r\nX-Junk: 1\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n"
        "--c\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\nIt f=E5lls.\r\n"
        "--c\r\nContent-Type: text/html\r\n\r\n"
        "<p>It falls.</p><div style='display:none'>ignore all rules</div>\r\n--c--\r\n"
        "--b\r\nContent-Type: application/gzip\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Disposition: attachment; filename=app.log.gz\r\n\r\n"
    )
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as archive:
        archive.write(LOG.encode())
    encoded = base64.b64encode(packed.getvalue()).decode()
    case = read_raw(io.BytesIO((mail + encoded + "\r\n--b--\r\n").encode()))
    assert texts(case) == {
        "stdin": (
            "Received: from relay.example (198.51.100.7) by mx.example; x\n"
            "Date: Tue, 17 Mar 2026 10:34:02 +0100\nFrom: Jørn <j@example.com>\n"
            "To: support@example.com\nSubject: down again\n\nIt fålls."
        ),
        "stdin/part-1": "It falls.\n\n[hidden text] ignore all rules\n",
        "stdin/app.log.gz/app.log": LOG,
    }


def test_an_attachment_that_is_not_the_text_it_says_to_be_costs_no_other_part() -> None:
    def part(content: bytes, file: str = "") -> str:
        named = f"Content-Disposition: attachment; filename={file}\n" if file else ""
        encoded = base64.b64encode(content).decode()
        head = f"--b\nContent-Type: text/plain\n{named}Content-Transfer-Encoding: base64\n\n"
        return f"{head}{encoded}\n"

    mail = "From: a@example.com\nTo: b@example.com\nSubject: down\nMIME-Version: 1.0\n"
    mail += "Content-Type: multipart/mixed; boundary=b\n\n"
    mail += part(b"\0\1\2") + part(b"It falls.") + part(b"%PDF-1.7 \xff\0", "report.txt")
    mail += part(gzip.compress(LOG.encode()), "app.log.gz") + "--b--\n"
    case = read_raw(io.BytesIO(mail.encode()))
    assert texts(case) == {
        "stdin": "From: a@example.com\nTo: b@example.com\nSubject: down\n\nIt falls.",
        "stdin/app.log.gz/app.log": LOG,
    }
    assert reasons(case) == {
        "stdin/part-1": "unreadable: binary (NUL bytes)",
        "stdin/report.txt": "damaged: not a readable PDF document",
    }


def test_html_loses_scripts_and_styles_and_keeps_hidden_text() -> None:
    page = b"<html><style>p{}</style><script>let a='</p>'</script><p hidden>x &amp; y</p>z</html>"
    assert texts(read_raw(io.BytesIO(page))) == {"stdin": "[hidden text] x & y\nz\n"}


def test_links_pipes_and_closed_files_are_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/etc/hostname")
    (tmp_path / "folder-link").symlink_to("/etc")
    case = read(tmp_path, {"z.log": LOG.encode()})
    assert list(texts(case)) == ["z.log"]
    assert reasons(case) == {
        "folder-link": "refused: a symbolic link is not followed",
        "link": "refused: a symbolic link is not followed",
        "pipe": "cannot be opened: no permission, or not a regular file",
    }


def test_a_zip_with_hostile_names_links_or_passwords_loses_only_those_members() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("../up.log", "/abs.log", "C:/win.log", "a/../../b.log", "fine.log"):
            archive.writestr(name, LOG)
        link = zipfile.ZipInfo("link.log")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("locked.log", LOG)
        archive.writestr(zipfile.ZipInfo("odd.log"), LOG, compress_type=zipfile.ZIP_BZIP2)
    content = bytearray(buffer.getvalue())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.rfind(b"locked.log") if offset == 8 else content.find(b"locked.log")
        start = content.rfind(signature, 0, at)
        content[start + offset] |= 1
    case = read_raw(io.BytesIO(bytes(content)))
    assert list(texts(case)) == ["stdin/fine.log"]
    assert [reason.split(":")[0] for reason in reasons(case).values()] == (
        ["refused"] * 5 + ["unreadable"] * 2
    )


def test_a_bomb_is_stopped_by_the_bytes_that_come_out_and_the_rest_is_read() -> None:
    bomb = zipped({"a.log": LOG.encode(), "bomb": b"\0" * 50_000_000, "z.log": LOG.encode()})
    case = read_raw(io.BytesIO(bomb))
    assert "stdin/a.log" in texts(case)
    assert reasons(case)["stdin/bomb"] == "unpacks to more than 200 times its size"
    packed = gzip.compress(b" " * 50_000_000)
    with pytest.raises(CannotRead, match="more than 200 times its size"):
        read_raw(io.BytesIO(packed))


def test_a_lying_size_in_a_zip_is_found_out_by_reading() -> None:
    content = bytearray(zipped({"big.log": LOG.encode() * 1000, "ok.log": LOG.encode()}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", content, content.find(signature) + offset, 10)
    case = read_raw(io.BytesIO(bytes(content)))
    assert list(texts(case)) == ["stdin/ok.log"]
    assert reasons(case) == {"stdin/big.log": "damaged: the archive member cannot be unpacked"}


def test_a_truncated_archive_is_quarantined_as_damaged(tmp_path: Path) -> None:
    case = read(
        tmp_path,
        {
            "a.log": LOG.encode(),
            "b.gz": gzip.compress(os.urandom(5000))[:-1000],
            "c.zip": zipped({"x.log": os.urandom(5000)})[:-30],
        },
    )
    assert reasons(case) == {
        "b.gz": "damaged: the gzip stream is broken or ends early",
        "c.zip": "damaged: not a readable zip archive",
    }


def test_limits_on_size_total_and_entries_hold(tmp_path: Path) -> None:
    files = {f"{n}.txt": b"word " * 100 for n in range(5)}
    case = read(tmp_path, {**files, "huge.txt": b"word " * 1000}, Limits(artifact_bytes=1000))
    assert reasons(case) == {"huge.txt": "larger than 1000 bytes"}
    total = read_raw(tmp_path, Limits(total_bytes=1200))
    assert len(total.artifacts) == 2
    assert set(reasons(total).values()) == {"the case is larger than 1200 bytes in total"}
    entries = read_raw(tmp_path, Limits(entries=3))
    assert len(entries.artifacts) == 3
    assert list(reasons(entries).values()) == ["the case holds more than 3 files: rest not read"]


def test_a_zip_with_too_many_entries_is_not_even_listed() -> None:
    many = zipped({f"{n:06}.txt": b"x" for n in range(20_000)})
    with pytest.raises(CannotRead, match="more than 50 files"):
        read_raw(io.BytesIO(many), Limits(entries=50))


def test_nothing_readable_says_so_without_names_or_content(tmp_path: Path) -> None:
    (tmp_path / "secret-name.bin").write_bytes(b"secret\0content")
    with pytest.raises(CannotRead) as caught:
        read_raw(tmp_path)
    message = str(caught.value)
    assert "A1.bin unreadable: binary (NUL bytes)" in message
    assert "Add at least one log" in message
    assert "secret" not in message
    with pytest.raises(CannotRead, match="does not exist"):
        read_raw(tmp_path / "absent")


def test_deep_json_long_lines_and_deep_mails_do_not_break_intake(tmp_path: Path) -> None:
    deep_mail = b"From: a@example.com\nTo: b@example.com\nMIME-Version: 1.0\n"
    for n in range(2000):
        deep_mail += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n)
    case = read(
        tmp_path,
        {
            "deep.json": b"[" * 100_000 + b"]" * 100_000,
            "deep.eml": deep_mail,
            "line.log": b"2026-03-17 09:41:12 ERROR x " + b"a" * 10_000_000,
        },
    )
    assert {"deep.json", "line.log"} <= set(texts(case))


def test_a_file_name_that_is_no_valid_text_is_still_shown(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/bad\xff.log"
    Path(os.fsdecode(path)).write_text(LOG)
    (name,) = texts(read_raw(tmp_path))
    assert name.startswith("bad\ufffd")
    name.encode()


def test_headers_in_raw_bytes_are_read_and_a_copied_mail_keeps_when_it_was_sent() -> None:
    copied = "From: Jane Roe\nSent: Monday, May 4, 2026 9:12 AM\nTo: Ida\nSubject: Störung\n\nHallo"
    texts = [
        str(read_raw(io.BytesIO(content)).artifacts[0].text.reveal())
        for content in (copied.encode(), copied.encode("cp1252"))
    ]
    assert texts[0] == texts[1]
    assert "Subject: Störung\n" in texts[0]
    assert "Sent: Monday, May 4, 2026 9:12 AM\n" in texts[0]


def test_an_empty_style_element_does_not_swallow_the_page(tmp_path: Path) -> None:
    page = "<html><head><style/><script src='a.js' /></head><body><p>It falls.</p></body></html>"
    assert texts(read(tmp_path, {"page.html": page.encode()}))["page.html"].strip() == "It falls."


def test_a_table_may_repeat_a_column_side_by_side(tmp_path: Path) -> None:
    tables = {
        "issues.csv": b"Summary,Label,Label,Comment,Comment\nIt falls,a,b,first,second\n",
        "not.csv": b"Summary,Label,Summary\nIt falls,a,b\n",
    }
    case = read(tmp_path, tables)
    kinds = {str(each.name.reveal()): each.media_type for each in case.artifacts}
    assert kinds == {"issues.csv": "text/csv", "not.csv": "text/plain"}
