"""Which shapes of time are read, and how the zone is known."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from redaction.reading.timestamps import Clock, Context, file_context

AT = datetime(2026, 3, 17, 9, 41, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("2026-03-17T09:41:12Z x", "explicit"),
        ("2026-03-17T10:41:12.000+0100 x", "explicit"),
        ("[2026-03-17 10:41:12,000+01:00] x", "explicit"),
        ("2026-03-17 09:41:12.000 UTC [7] app@db LOG:  x", "explicit"),
        ("2026-03-17 09:41:12,000 ERROR x", "assumed"),
        ("2026/03/17 09:41:12 [error] 7#0: x", "assumed"),
        ('192.0.2.7 - - [17/Mar/2026:10:41:12 +0100] "GET / HTTP/1.1" 200 5', "explicit"),
        ("[Tue Mar 17 09:41:12.000 2026] [core:error] x", "assumed"),
        ("Tue, 17 Mar 2026 10:41:12 +0100 x", "explicit"),
        ("Mar 17, 2026 9:41:12 AM com.example.Main x", "assumed"),
        ("Mar 17 09:41:12 host sshd[7]: x", "assumed"),
        ("<34>1 2026-03-17T09:41:12Z host app - - - x", "explicit"),
        ("1773740472 x", "explicit"),
        ("1773740472000 x", "explicit"),
        ('time="2026-03-17T09:41:12Z" level=info', "explicit"),
        ("1:M 17 Mar 2026 09:41:12.000 * Ready", "assumed"),
        ("E0317 09:41:12.000000 1 x.go:12] x", "assumed"),
        ("03-17 09:41:12.000  1702  2395 D Tag: x", "assumed"),
        ("20260317T094112Z x", "explicit"),
        ("26/03/17 09:41:12 INFO x", "ambiguous"),
        ("INFO  2026-03-17 09:41:12 x", "assumed"),
        ("2026-03-17T10:41:12+01 x", "explicit"),
        ("2026-03-17T10:41:12+01:00[Europe/Oslo] x", "explicit"),
        ("2026-03-17 10:41:12 Europe/Oslo x", "explicit"),
        ("2026-03-17 11:41:12 CEST x", "explicit"),
        ("2026-03-17 15:11:12+05:30 x", "explicit"),
        ("2026-03-17T09:41:12.000000000Z x", "explicit"),
        ("20260317T104112.000+0100 x", "explicit"),
        ("2026-W12-2T09:41:12Z x", "explicit"),
        ("2026-076T09:41:12Z x", "explicit"),
        ("2026-03-17 09:41:12 AM x", "assumed"),
        ("1773740472.000 192.0.2.7 x", "explicit"),
        ("Tue Mar 17 09:41:12 UTC 2026 x", "explicit"),
        ("Tue 17 Mar 09:41:12 GMT 2026 x", "explicit"),
        ("Tue 17 Mar 2026 09:41:12 AM UTC x", "explicit"),
        ("Tuesday, 17-Mar-26 09:41:12 GMT x", "explicit"),
        ("Tue Mar 17 2026 10:41:12 GMT+0100 (Central European Standard Time) x", "explicit"),
        ("Mar 17, 2026, 10:41:12 AM GMT+1 x", "explicit"),
        ("17-MAR-26 09.41.12.000000 AM x", "assumed"),
        ("[77] 17 Mar 09:41:12.000 * Ready", "assumed"),
        ("17. März 2026 09:41:12 x", "assumed"),
        ("Di 17. Mär 10:41:12 CET 2026 x", "explicit"),
        ("17 de marzo de 2026, 9:41:12 x", "assumed"),
        ("mar. 17 mars 2026 10:41:12 CET x", "explicit"),
        ("17 марта 2026 09:41:12 x", "assumed"),
        ("2026年3月17日 9時41分12秒 x", "assumed"),
        ("3/17/2026 9:41:12 AM x", "assumed"),
        ("17/03/2026 09:41:12 x", "assumed"),
        ("03/17/26,09:41:12,x", "assumed"),
        ("20260317-09:41:12:000|Step|3|x", "assumed"),
        ("[03.17 09:41:12] a.exe - x", "assumed"),
        ("- 1773740472 2026.03.17 node-3 x", "explicit"),
        ("app.log.2026-03-16_13:53:08 2026-03-17 09:41:12.000 7 INFO x", "assumed"),
        ("<34>Mar 17 09:41:12 host su: x", "assumed"),
        ('Started GET "/a" for 192.0.2.7 at 2026-03-17 10:41:12 +0100', "explicit"),
        ("web-1  | 2026-03-17T09:41:12Z x", "explicit"),
    ],
)
def test_a_line_starts_with_its_time(line: str, zone: str) -> None:
    stamp = Clock(Context(near=datetime(2026, 2, 1, tzinfo=UTC))).at_start(line)
    assert stamp is not None
    assert (stamp.utc, stamp.zone) == (AT, zone)


@pytest.mark.parametrize(
    ("value", "utc"),
    [
        ("1773740472.000200", AT.replace(microsecond=200)),
        (1773740472, AT),
        ("2014-06-10 09:32:09 UTC", datetime(2014, 6, 10, 9, 32, 9, tzinfo=UTC)),
        ("2012-05-16T08:10:19.000+0000", datetime(2012, 5, 16, 8, 10, 19, tzinfo=UTC)),
        ("2014-06-10 09:32", datetime(2014, 6, 10, 9, 32, tzinfo=UTC)),
        ("17.03.2026 09:41:12", AT),
        ("2026-13-45T99:99:99Z", None),
        ("03/04/2026 09:41", None),
    ],
)
def test_a_whole_value_is_a_time(value: object, utc: datetime | None) -> None:
    stamp = Clock().whole(value)
    assert stamp is not None
    assert stamp.utc == utc


@pytest.mark.parametrize("value", ["4.18.1", "order 1773740472", True, None, "2026", "x" * 100])
def test_other_values_are_no_times(value: object) -> None:
    assert Clock().whole(value) is None


def test_a_time_of_day_has_no_date_to_stand_on() -> None:
    stamp = Clock().at_start("09:41:12.114 [main] INFO x")
    assert stamp is not None
    assert (stamp.utc, stamp.zone) == (None, "none")


@pytest.mark.parametrize(
    "line",
    [
        "took 12 foo 2026 09:41:12",
        "order 1773740472 was placed by 3 people at 5 places",
        "listening on 192.0.2.7:5432",
        "v1.22.333 of the server",
        "\tat com.example.Orders.place(Orders.java:81)",
    ],
)
def test_words_and_numbers_in_a_line_are_no_time(line: str) -> None:
    assert Clock().at_start(line) is None


def test_a_leap_second_counts_as_the_one_before() -> None:
    stamp = Clock().at_start("2016-12-31 23:59:60Z x")
    assert stamp is not None
    assert stamp.utc == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


def test_one_clock_reads_lines_of_several_shapes_and_hours() -> None:
    clock = Clock()
    lines = {
        "2026-03-17 09:41:12,250 x": AT.replace(microsecond=250_000),
        "2026-03-17 09:59:59,999999 x": AT.replace(minute=59, second=59, microsecond=999_999),
        "2026-03-17 10:00:00 x": AT.replace(hour=10, minute=0, second=0),
        "17 Mar 2026 09:41:12.250 x": AT.replace(microsecond=250_000),
        "2026-03-17 09:61:12 x": None,
        "2026-03-17 09:41:12,250 y": AT.replace(microsecond=250_000),
    }
    for line, utc in lines.items():
        stamp = clock.at_start(line)
        assert stamp is not None, line
        assert stamp.utc == utc, line


def test_a_missing_year_is_the_one_nearest_to_the_case() -> None:
    stamp = Clock(Context(near=datetime(2026, 1, 2, tzinfo=UTC))).at_start("Dec 31 23:59:58 h p: x")
    assert stamp is not None
    assert stamp.utc == datetime(2025, 12, 31, 23, 59, 58, tzinfo=UTC)
    unknown = Clock().at_start("Dec 31 23:59:58 h p: x")
    assert unknown is not None
    assert unknown.utc is None


@pytest.mark.parametrize(
    "text",
    [
        "# time zone: Europe/Oslo\n2026-03-17 10:41:12 x",
        "# times are in CET\n2026-03-17 10:41:12 x",
        "TZ=+01:00\n2026-03-17 10:41:12 x",
        "2026-03-17T10:00:00+01:00 first\n2026-03-17 10:41:12 x",
    ],
)
def test_a_file_states_its_zone_in_a_banner_or_on_other_lines(text: str) -> None:
    stamp = Clock(file_context(text)).at_start(text.splitlines()[-1])
    assert stamp is not None
    assert (stamp.utc, stamp.zone) == (AT, "file")


def test_one_unambiguous_date_settles_the_order_of_day_and_month() -> None:
    clock = Clock(file_context("17/03/2026 09:00:00 a\n03/04/2026 09:00:00 b\n"))
    stamp = clock.at_start("03/04/2026 09:00:00 b")
    assert stamp is not None
    assert stamp.utc == datetime(2026, 4, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("26/03/31 09:00:00 a\n26/03/04 09:00:00 b\n", datetime(2026, 3, 4, 9, tzinfo=UTC)),
        ("31/03/26 09:00:00 a\n04/03/26 09:00:00 b\n", datetime(2026, 3, 4, 9, tzinfo=UTC)),
        ("03/31/26 09:00:00 a\n03/04/26 09:00:00 b\n", datetime(2026, 3, 4, 9, tzinfo=UTC)),
    ],
)
def test_the_lines_of_a_file_settle_the_order_of_short_dates(text: str, utc: datetime) -> None:
    near = datetime(2026, 3, 20, tzinfo=UTC)
    filler = "".join(f"{text.splitlines()[1][:8]} 10:00:{n:02} x\n" for n in range(60))
    clock = Clock(file_context(filler * 5 + text, near))
    stamp = clock.at_start(text.splitlines()[1])
    assert stamp is not None
    assert (stamp.utc, stamp.zone) == (utc, "assumed")


def test_a_date_that_nothing_settles_is_marked_ambiguous() -> None:
    text = "03/04/2026 09:41:12 x\n04/04/2026 09:41:12 y\n"
    alone = Clock(file_context(text)).at_start(text)
    assert alone is not None
    assert (alone.utc, alone.zone) == (None, "ambiguous")
    near = Clock(file_context(text, datetime(2026, 4, 5, tzinfo=UTC))).at_start(text)
    assert near is not None
    assert (near.utc, near.zone) == (datetime(2026, 4, 3, 9, 41, 12, tzinfo=UTC), "ambiguous")


@pytest.mark.parametrize(
    ("line", "hour", "zone"),
    [
        ("2026-03-17 10:41:12 x", 9, "case"),
        ("2026-07-17 11:41:12 x", 9, "case"),
        ("2026-07-17 11:41:12 CEST x", 9, "explicit"),
        ("2026-07-17T09:41:12Z x", 9, "explicit"),
        ("2026-10-25 02:41:12 x", 0, "ambiguous"),
        ("2026-03-29 02:41:12 x", 1, "ambiguous"),
    ],
)
def test_the_zone_of_the_case_places_times_without_one(line: str, hour: int, zone: str) -> None:
    stamp = Clock(Context(case=ZoneInfo("Europe/Oslo"))).at_start(line)
    assert stamp is not None
    assert stamp.utc is not None
    assert (stamp.utc.hour, stamp.zone) == (hour, zone)


def test_the_zone_of_the_file_goes_before_that_of_the_case() -> None:
    text = "# timezone=UTC\n2026-03-17 09:41:12 x\n"
    stamp = Clock(file_context(text, case=ZoneInfo("Asia/Tokyo"))).at_start(text.splitlines()[1])
    assert stamp is not None
    assert (stamp.utc, stamp.zone) == (AT, "file")


def test_an_abbreviation_with_several_meanings_counts_where_the_zone_of_the_case_uses_it() -> None:
    line = "2026-03-17 15:11:12 IST x"
    known = Clock(Context(case=ZoneInfo("Asia/Kolkata"))).at_start(line)
    assert known is not None
    assert (known.utc, known.zone) == (AT, "explicit")
    unknown = Clock().at_start(line)
    assert unknown is not None
    assert unknown.zone == "ambiguous"


def test_a_table_of_a_web_server_is_in_utc_by_definition() -> None:
    text = "#Fields: date time cs-method\n2026-03-17 09:41:12 GET\n"
    stamp = Clock(file_context(text)).at_start(text.splitlines()[1])
    assert stamp is not None
    assert (stamp.utc, stamp.zone) == (AT, "file")


def test_seconds_that_stand_behind_words_on_every_line_are_the_time() -> None:
    text = "".join(f"{n} node-{n} unix.hw state {1773740472 + n} 1 x\n" for n in range(5))
    stamp = Clock(file_context(text)).at_start(text.splitlines()[0])
    assert stamp is not None
    assert (stamp.utc, stamp.zone) == (AT, "explicit")
