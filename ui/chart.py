"""Draws what happened over time as one SVG: errors per minute, a metric, and the marked events."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Final

from assistant import Facts, TimelineEntry
from redaction import RedactedCase

WIDTH: Final = 1000
HEIGHT: Final = 190
ROWS: Final = 3
LETTER: Final = 6.2
LEFT: Final = 44
RIGHT: Final = 12
BASE: Final = 164
TOP: Final = 52
MARKED: Final = ("change", "started", "detected", "mitigated", "resolved")
ERROR_LEVELS: Final = frozenset({"error", "fatal"})


@dataclass(frozen=True, slots=True)
class Window:
    """The span of time that is drawn, in whole minutes."""

    start: datetime
    minutes: int

    @property
    def end(self) -> datetime:
        """The end of the last minute."""
        return self.start + timedelta(minutes=self.minutes)

    def x(self, when: datetime) -> float:
        """Return the horizontal place of a time."""
        share = (when - self.start) / timedelta(minutes=self.minutes)
        return LEFT + share * (WIDTH - LEFT - RIGHT)


def errors_per_minute(case: RedactedCase) -> Counter[datetime]:
    """Count the error events of all logs by UTC minute."""
    return Counter(
        event.utc.astimezone(UTC).replace(second=0, microsecond=0)
        for event in case.events
        if event.utc is not None and event.level in ERROR_LEVELS
    )


def draw_chart(case: RedactedCase, facts: Facts) -> str:
    """Return the SVG, or an empty string when the case has too few timed errors to draw.

    Every text in it is a number, a time or the kind of a timeline event.
    """
    counts = errors_per_minute(case)
    marks = [entry for entry in facts.timeline if entry.event in MARKED]
    window = _window(counts, marks)
    if window is None:
        return ""
    highest = max(counts.values())
    bars = "".join(_bar(window, minute, count, highest) for minute, count in sorted(counts.items()))
    lines = _marks(window, _in_rows(marks, window))
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="Error events per minute, at most {highest}">'
        f'<text class="axis" x="{LEFT - 6}" y="{TOP + 4}" text-anchor="end">{highest}</text>'
        f'<text class="axis" x="{LEFT - 6}" y="{BASE}" text-anchor="end">0</text>'
        f'<line class="base" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{BASE}" y2="{BASE}"/>'
        f"{bars}{lines}{_ticks(window)}</svg>"
    )


def _window(counts: Counter[datetime], marks: Sequence[TimelineEntry]) -> Window | None:
    """Show all error minutes, and marked events up to an hour around them; a day at most."""
    if len(counts) < 3:
        return None
    first, last = min(counts), max(counts)
    near = [
        entry.utc
        for entry in marks
        if first - timedelta(hours=1) <= entry.utc <= last + timedelta(hours=1)
    ]
    start = min([first, *near]) - timedelta(minutes=2)
    minutes = int((max([last, *near]) - start) / timedelta(minutes=1)) + 3
    return Window(start, minutes) if minutes <= 24 * 60 else None


def _bar(window: Window, minute: datetime, count: int, highest: int) -> str:
    x = window.x(minute)
    width = max(1.0, (WIDTH - LEFT - RIGHT) / window.minutes - 1)
    height = max(1.5, (BASE - TOP) * count / highest)
    return (
        f'<rect class="bar" x="{x:.1f}" y="{BASE - height:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}"><title>{minute:%H:%M} UTC: {count} errors</title></rect>'
    )


def _in_rows(marks: Sequence[TimelineEntry], window: Window) -> list[tuple[TimelineEntry, int]]:
    """Give each mark the first row where its label is free; leave out what finds none."""
    placed: list[tuple[TimelineEntry, int]] = []
    ends = [0.0] * ROWS
    for entry in marks:
        if not window.start <= entry.utc <= window.end:
            continue
        left, right = _label_span(window, entry)
        row = next((row for row in range(ROWS) if ends[row] <= left), None)
        if row is not None:
            ends[row] = right + LETTER
            placed.append((entry, row))
    return placed


def _label(entry: TimelineEntry) -> str:
    return f"{entry.utc:%H:%M} {entry.event}"


def _label_span(window: Window, entry: TimelineEntry) -> tuple[float, float]:
    """Return where a label begins and ends; near the right edge it stands left of its mark."""
    x, width = window.x(entry.utc), LETTER * len(_label(entry))
    return (x - 3 - width, x - 3) if x + 3 + width > WIDTH else (x + 3, x + 3 + width)


def _marks(window: Window, placed: Sequence[tuple[TimelineEntry, int]]) -> str:
    """Draw the labels after all lines, so that no line crosses one out."""
    lines, labels = "", ""
    for entry, row in placed:
        x, (left, _) = window.x(entry.utc), _label_span(window, entry)
        lines += (
            f'<line class="mark {entry.event}" x1="{x:.1f}" x2="{x:.1f}" y1="{4 + 14 * row}" '
            f'y2="{BASE}"/>'
        )
        labels += (
            f'<text class="mark {entry.event}" x="{left:.1f}" y="{12 + 14 * row}">'
            f"{escape(_label(entry))}</text>"
        )
    return lines + labels


def _ticks(window: Window) -> str:
    step = next((s for s in (5, 10, 15, 30, 60, 120, 240) if window.minutes / s <= 12), 240)
    first = window.start.replace(minute=0, second=0, microsecond=0)
    times = (first + timedelta(minutes=step * i) for i in range(1, 24 * 60 // step + 24))
    return "".join(
        f'<text class="axis" x="{window.x(when):.1f}" y="{BASE + 18}" text-anchor="middle">'
        f"{when:%H:%M}</text>"
        for when in times
        if window.start <= when <= window.end
    )
