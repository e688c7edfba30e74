"""Whatever bytes come, intake reads them or says why not; what it rewrites stays the same."""

import csv
import json
import socket
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redaction.intake.compressed import COMPRESSIONS
from redaction.intake.hypertext import text_of_html
from redaction.intake.jsonlines import with_line_breaks
from redaction.intake.limits import Budget, Limits
from redaction.intake.names import last_part, readable_name
from redaction.intake.opening import Opener
from redaction.intake.reasons import Reason, Refused
from redaction.intake.tables import harmless_table
from redaction.intake.wire import WireBroken, receive, send
from tests.hostile_files import FAMILIES

LIMITS = Limits(artifact_bytes=1 << 20, total_bytes=4 << 20, entries=50)
# Pictures go to another program, and PDFs to a library that may end its process: not in here.
OPENED = [
    file
    for kind in ("zips", "tars", "packed", "mails", "texts")
    for file in FAMILIES[kind].values()
]
SEEDS = [content for content in (file.make() for file in OPENED) if len(content) < 20_000]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=40,
)


class Listening:
    """A teller that keeps what it is told."""

    def __init__(self) -> None:
        self.open = False
        self.results = 0

    def begin(self, name: str) -> bool:
        assert name
        self.open = True
        return True

    def found(self, media_type: str, text: str) -> None:
        assert self.open
        self.open = False
        self.results += 1

    def refused(self, refused: Refused) -> None:
        assert self.open
        assert str(refused) == refused.reason.shown(*refused.numbers)
        self.open = False
        self.results += 1

    def picture(self, image: bytes) -> str:
        raise Refused(Reason.NO_OCR)


def opened(content: bytes) -> Listening:
    told = Listening()
    Opener(Budget(LIMITS), told).take("file", BytesIO(content), 0)
    return told


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(SEEDS), st.data())
def test_a_damaged_file_of_any_kind_ends_in_a_text_or_a_reason(
    seed: bytes, data: st.DataObject
) -> None:
    content = bytearray(seed)
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    assert opened(bytes(content[: cut or None])).results


MAGIC = st.one_of(
    *(st.from_regex(each.magic, fullmatch=True) for each in COMPRESSIONS),
    st.sampled_from([b"PK\x03\x04", b""]),
)


@settings(deadline=None)
@given(MAGIC, st.binary())
def test_arbitrary_bytes_end_in_a_text_or_a_reason(magic: bytes, rest: bytes) -> None:
    assert opened(magic + rest).results


@given(JSON)
def test_json_with_line_breaks_says_the_same_in_the_same_order(value: object) -> None:
    packed = json.dumps({"value": value, "pad": "x" * 120}, separators=(",", ":"))
    broken = with_line_breaks(packed)
    assert json.dumps(json.loads(broken)) == json.dumps(json.loads(packed))
    assert "\n" in broken.strip()


@given(st.text())
def test_what_is_no_json_survives_the_line_breaks_too(text: str) -> None:
    assert "".join(with_line_breaks(text * 30).split()) == "".join((text * 30).split())


@given(st.lists(st.lists(st.text('ab=+-@,"\n1 '), min_size=2, max_size=2), min_size=1))
def test_a_harmless_table_has_the_same_cells_but_for_an_apostrophe(rows: list[list[str]]) -> None:
    written = "\n".join(
        ",".join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in row) for row in rows
    )
    safe = list(csv.reader(harmless_table(written, ",").splitlines(keepends=True)))
    before = list(csv.reader(written.splitlines(keepends=True)))
    for row, old in zip(safe, before, strict=True):
        for cell, was in zip(row, old, strict=True):
            assert cell in (was, f"'{was}")
            assert not cell.startswith(("=", "@"))


@given(st.text())
def test_a_shown_name_is_valid_and_moves_no_cursor(name: str) -> None:
    shown = readable_name(name)
    assert shown.encode().decode() == shown
    assert all(character.isprintable() or ord(character) > 0x9F for character in shown)
    assert "/" not in last_part(name) and "\\" not in last_part(name)


@settings(deadline=None)
@given(st.text(st.sampled_from("<>/!-abp styl'\"=:;{}hidden"), max_size=400))
def test_any_markup_becomes_text(page: str) -> None:
    assert text_of_html(page).endswith("\n")


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_bytes_that_are_no_frame_are_told_from_frames(content: bytes) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(content)
        theirs.close()
        try:
            frame = receive(ours, 50)
        except WireBroken:
            return
        assert sum(map(len, frame.fields)) <= 50


@given(st.lists(st.binary(max_size=40), max_size=4))
def test_a_frame_arrives_as_it_was_sent(fields: list[bytes]) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        send(theirs, "text", *fields)
        assert receive(ours, 1000).fields == tuple(fields)


def test_a_frame_that_says_to_be_larger_than_allowed_is_not_waited_for() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"\x02\x01\xff\xff\xff\xff")
        with pytest.raises(WireBroken):
            receive(ours, 1 << 20)
