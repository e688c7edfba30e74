import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from assistant import EventKind, TimelineEntry
from redaction import Anchor, Event, RedactedCase
from tests.cases_by_hand import checkout, unknown_cause
from tests.making import redacted
from ui.chart import LETTER, ROWS, draw_chart

NINE = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
LABEL = re.compile(r'<text class="mark \w+" x="([\d.]+)" y="(\d+)">([^<]+)</text>')


def _with_errors(minutes: int) -> RedactedCase:
    text = redacted("<script>alert(1)</script>")
    events = tuple(
        Event(NINE + timedelta(minutes=n), text, "explicit", "error", text, text, text, text, 1,
              Anchor("A2.log", n + 1))
        for n in range(minutes) for _ in range(n % 5 + 1)
    )  # fmt: skip
    return replace(checkout().case, events=events)


def test_a_bar_shows_the_errors_of_its_minute() -> None:
    svg = draw_chart(_with_errors(30), checkout().facts)
    assert svg.count('<rect class="bar"') == 30
    assert "<title>09:04 UTC: 5 errors</title>" in svg


def test_labels_never_overlap_and_never_leave_the_picture() -> None:
    kinds: tuple[EventKind, ...] = ("change", "started", "detected", "mitigated", "resolved")
    crowd = tuple(
        TimelineEntry(NINE + timedelta(minutes=n), kinds[n % 5], redacted("x"), ())
        for n in range(30)
    )
    svg = draw_chart(_with_errors(30), replace(checkout().facts, timeline=crowd))
    labels = [(float(x), y, text) for x, y, text in LABEL.findall(svg)]
    assert len(labels) > ROWS
    for row in {y for _, y, _ in labels}:
        in_row = sorted((x, x + LETTER * len(text)) for x, y, text in labels if y == row)
        assert in_row[-1][1] <= 1000
        assert all(end <= start for (_, end), (start, _) in pairwise(in_row))


def test_nothing_of_the_case_but_numbers_times_and_kinds_is_drawn() -> None:
    assert "script" not in draw_chart(_with_errors(30), checkout().facts)


def test_a_case_with_too_few_errors_has_no_chart() -> None:
    poor = unknown_cause()
    assert draw_chart(poor.case, poor.facts) == ""
