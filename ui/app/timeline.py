"""The merged timeline: errors per minute as a chart, then each event with its evidence."""

from typing import Final

import streamlit as st

from assistant import EventKind, Facts, TimelineEntry
from redaction import RedactedCase
from ui.app.chart import error_chart
from ui.app.citing import Sources, citations
from ui.app.text import marked

LONGEST: Final = 200
"""How many rows are drawn; the report holds them all."""
SHADES: Final[dict[EventKind, str]] = {
    "change": "violet",
    "started": "red",
    "detected": "orange",
    "mitigated": "green",
    "resolved": "green",
    "report": "blue",
    "action": "blue",
    "other": "gray",
}


def draw(case: RedactedCase, facts: Facts, sources: Sources) -> None:
    """Draw chart and rows."""
    chart = error_chart(case, facts)
    if chart is not None:
        st.markdown(":small[:gray[Error events per minute, UTC]]")
        st.altair_chart(chart, width="stretch", alt="Error events per minute with marked events")
    if not facts.timeline:
        st.caption("No artifact holds a time that can be placed.")
    day = None
    for number, entry in enumerate(facts.timeline[:LONGEST]):
        if entry.utc.date() != day:
            day = entry.utc.date()
            st.markdown(f":small[:gray[{day:%Y-%m-%d}, times in UTC]]")
        _row(entry, sources, f"timeline-{number}")
    if len(facts.timeline) > LONGEST:
        st.caption(f"The first {LONGEST} of {len(facts.timeline):,} events; the report holds all.")


def _row(entry: TimelineEntry, sources: Sources, key: str) -> None:
    time, kind, text, cites = st.columns([3, 4, 14, 5], gap="small")
    time.markdown(f":small[{entry.utc:%H:%M:%S}]")
    kind.badge(entry.event, color=SHADES[entry.event])  # pyright: ignore[reportArgumentType]
    text.markdown(marked(entry.text))
    with cites:
        citations(sources, entry.evidence, key)
