"""Which shapes of time are read, and how the zone is known."""

from datetime import UTC, datetime

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
        ("26/03/17 09:41:12 INFO x", "assumed"),
        ("INFO  2026-03-17 09:41:12 x", "assumed"),
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
