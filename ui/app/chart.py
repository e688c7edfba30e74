"""Draws the error events of a case per minute, with its changes and mitigations marked."""

from datetime import datetime, timedelta
from typing import Any, Final

import altair as alt

from assistant import Facts
from redaction import RedactedCase
from ui.chart import MARKED, errors_per_minute

AROUND: Final = timedelta(hours=1)
"""Marked events this close to the errors are drawn."""
FEWEST: Final = 3
"""With errors in fewer minutes a chart says nothing."""
COLOURS: Final = {
    "change": "#6a4bb0",
    "started": "#b3261e",
    "detected": "#b26a00",
    "mitigated": "#1f6f5c",
    "resolved": "#1f6f5c",
}


def error_chart(case: RedactedCase, facts: Facts) -> alt.LayerChart | alt.FacetChart | None:
    """Return the chart, None with too few timed errors; it holds numbers, times and event kinds."""
    counts = errors_per_minute(case)
    if len(counts) < FEWEST:
        return None
    bars = [{"utc": stamp(when), "errors": count} for when, count in sorted(counts.items())]
    start, end = min(counts) - AROUND, max(counts) + AROUND
    marks = [
        {"utc": stamp(entry.utc), "event": entry.event}
        for entry in facts.timeline
        if entry.event in MARKED and start <= entry.utc <= end
    ]
    x = alt.X(
        "utc:T", scale=alt.Scale(type="utc"), axis=alt.Axis(format="%H:%M", tickCount=8, title=None)
    )
    chart = alt.layer(_bars(bars, x), _marks(marks, x))
    return chart.properties(height=190, background="transparent")


def stamp(when: datetime) -> str:
    """Write an aware time so that every browser reads it as UTC."""
    return when.isoformat()


def _bars(rows: list[dict[str, Any]], x: alt.X) -> alt.Chart:
    return (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar(color="#d08a84", width=3)
        .encode(
            x=x,
            y=alt.Y("errors:Q", axis=alt.Axis(title=None, tickCount=3, format="d")),
            tooltip=[
                alt.Tooltip("utc:T", format="%H:%M", title="UTC"),
                alt.Tooltip("errors:Q", title="errors"),
            ],
        )
    )


def _marks(rows: list[dict[str, Any]], x: alt.X) -> alt.Chart:
    kinds = [kind for kind in COLOURS if any(row["event"] == kind for row in rows)]
    scale = alt.Scale(domain=kinds, range=[COLOURS[kind] for kind in kinds])
    return (
        alt.Chart(alt.InlineData(values=rows))
        .mark_rule(strokeWidth=2)
        .encode(
            x=x,
            color=alt.Color(
                "event:N",
                scale=scale,
                legend=alt.Legend(title=None, orient="top", symbolType="stroke", offset=2),
            ),
            tooltip=[
                alt.Tooltip("event:N", title="event"),
                alt.Tooltip("utc:T", format="%H:%M:%S", title="UTC"),
            ],
        )
    )
