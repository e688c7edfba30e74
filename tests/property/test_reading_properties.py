"""Reading never fails, whatever the text, and its anchors point into the artifact."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from redaction import Artifact, read_structure
from redaction.reading.timestamps import Clock
from tests.making import redacted

KINDS = (
    "text/x-log",
    "text/plain",
    "application/json",
    "application/x-ndjson",
    "text/csv",
    "message/rfc822",
)
PIECES = st.sampled_from(
    ['{"', '":', "[", "]", "}", ",", "\n", '"', "\\ud800", "2026-03-17 09:00:00", "ERROR ", "a=b",
     "ticket", "messages", "title", "status", "text", "user", "1773740531", "From: x", "\t", ": ",
     "<PERSON_1>", "level=", "99/99/9999 99:99", "\u2028", "\x85", "null", "3", "\ud7ff"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=8), max_size=40), st.sampled_from(KINDS))
def test_any_text_is_read_and_anchors_point_into_it(pieces: list[str], kind: str) -> None:
    text = redacted("".join(pieces))
    structure = read_structure((Artifact("A1.txt", redacted("x"), kind, text, ()),))
    lines = max(1, len(text.splitlines()))
    anchored = (*structure.messages, *structure.events, *structure.samples, *structure.fields)
    assert all(1 <= each.anchor.line <= lines for each in anchored)
    assert all(each.anchor.artifact == "A1.txt" for each in anchored)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(-14 * 60, 14 * 60),
)
def test_an_iso_time_of_any_offset_is_read_back(moment: datetime, minutes: int) -> None:
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    sign = "-" if minutes < 0 else "+"
    local = moment + timedelta(minutes=minutes)
    offset = f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    stamp = Clock().at_start(f"{local:%Y-%m-%d %H:%M:%S.%f}{offset} x")
    assert stamp is not None
    assert (stamp.utc, stamp.zone) == (moment, "explicit")
