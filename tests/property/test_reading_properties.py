"""Reading never fails, whatever the text, and its anchors point into the artifact."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from redaction import Artifact, read_structure
from redaction.reading.templates import Masks, template_of
from redaction.reading.timestamps import Clock, Context
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


@given(st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), min_size=1))  # noqa: DTZ001
def test_a_zone_with_summer_time_places_every_time_as_the_calendar_does(
    walls: list[datetime],
) -> None:
    oslo = ZoneInfo("Europe/Oslo")
    clock = Clock(Context(case=oslo))
    for wall in walls:
        stamp = clock.at_start(f"{wall:%Y-%m-%d %H:%M:%S.%f} x")
        local = wall.replace(tzinfo=oslo, fold=0)  # a written time has no fold
        unsure = local.utcoffset() != local.replace(fold=1).utcoffset()
        assert stamp is not None
        assert stamp.utc == local.astimezone(UTC)
        assert stamp.zone == ("ambiguous" if unsure else "case")


LINES = st.sampled_from(
    ["2026-03-17 09:41:12,5 x", "17/Mar/2026:10:41:12 +0100 x", "Mar 17 09:41:12 h p: x", "no time",
     "1773740472 x", "2026-03-17T09:59:60Z x", "3/17/2026 9:41:12 PM x", "99/99/9999 99:99 x",
     "26/03/17 09:41:12 x", "E0317 09:41:12.0 1 x", "2026-02-30 10:00:00 x", "17. März 2026 9:41 x"]
)  # fmt: skip


@given(st.lists(LINES, max_size=12))
def test_what_a_clock_read_before_changes_no_time(lines: list[str]) -> None:
    context = Context(near=datetime(2026, 2, 1, tzinfo=UTC))
    clock = Clock(context)
    for line in lines:
        stamp, alone = clock.at_start(line), Clock(context).at_start(line)
        assert (stamp and (stamp.utc, stamp.zone)) == (alone and (alone.utc, alone.zone))


WORDS = st.sampled_from(
    ["order ", "HTTP ", "503", "0x1F", "5x1F", "ab12cd34", "-", "_", "<HOST_3>", "v2", "ORA-", "01",
     "01555", "'q'", '"', "\u0663", "é", ":", " ", "SQLSTATE 57014", "1.5", "x9y"]
)  # fmt: skip


@given(st.lists(st.lists(WORDS, max_size=8), max_size=12))
def test_a_message_masked_from_memory_is_masked_the_same(messages: list[list[str]]) -> None:
    masks = Masks()
    for words in messages:
        message = "".join(words)
        assert masks.template(message) == template_of(message)
