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
LEFT: Final = 44
RIGHT: Final = 12
BASE: Final = 150
TOP: Final = 34
MARKED: Final = ("change", "started", "detected", "mitigated", "resolved")
ERROR_LEVELS: Final = frozenset({"error", "fatal"})


@dataclass(frozen=True, slots=True)
class Window:
    """The span of time that is drawn, in whole minutes."""

    start: datetime
    minutes: int

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
    drawn = _visible(marks, window)
    lines = "".join(_mark(window, entry, row % 2) for row, entry in enumerate(drawn))
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


def _visible(marks: Sequence[TimelineEntry], window: Window) -> list[TimelineEntry]:
    """Keep one mark where several would be drawn over one another."""
    kept: list[TimelineEntry] = []
    for entry in marks:
        inside = window.start <= entry.utc <= window.start + timedelta(minutes=window.minutes)
        if inside and (not kept or window.x(entry.utc) - window.x(kept[-1].utc) > 34):
            kept.append(entry)
    return kept


def _mark(window: Window, entry: TimelineEntry, row: int) -> str:
    x = window.x(entry.utc)
    label = escape(f"{entry.utc:%H:%M} {entry.event}")
    return (
        f'<line class="mark {entry.event}" x1="{x:.1f}" x2="{x:.1f}" y1="{14 + 14 * row}" '
        f'y2="{BASE}"/><text class="mark {entry.event}" x="{x + 3:.1f}" y="{12 + 14 * row}">'
        f"{label}</text>"
    )


def _ticks(window: Window) -> str:
    step = next((s for s in (5, 10, 15, 30, 60, 120, 240) if window.minutes / s <= 12), 240)
    first = window.start.replace(minute=0, second=0, microsecond=0)
    times = (first + timedelta(minutes=step * i) for i in range(1, 24 * 60 // step + 24))
    end = window.start + timedelta(minutes=window.minutes)
    return "".join(
        f'<text class="axis" x="{window.x(when):.1f}" y="{BASE + 18}" text-anchor="middle">'
        f"{when:%H:%M}</text>"
        for when in times
        if window.start <= when <= end
    )
