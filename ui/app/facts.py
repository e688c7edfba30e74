"""The facts of a case, each with the evidence it rests on."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, TypeAlias

import streamlit as st

from assistant import Facts
from ui.app.citing import Sources, citations
from ui.app.text import marked, plain
from ui.report import utc_minute

Row: TypeAlias = tuple[str, Sequence[str]]
"""Markdown made of escaped text, and the ids of the evidence it cites."""
LONGEST: Final = 25
"""Rows of a section; the report holds them all."""


def draw(facts: Facts, sources: Sources) -> None:
    """Draw every section that has rows; one without is not drawn."""
    for number, (title, rows) in enumerate(_sections(facts)):
        if rows:
            st.markdown(f"###### {title}", anchors=False)
            _rows(rows, sources, f"facts-{number}")


def _rows(rows: Sequence[Row], sources: Sources, place: str) -> None:
    for number, (text, ids) in enumerate(rows[:LONGEST]):
        left, right = st.columns([7, 2], gap="small")
        left.markdown(text)
        with right:
            citations(sources, ids, f"{place}-{number}")
    if len(rows) > LONGEST:
        st.caption(f"{len(rows) - LONGEST} more are in the report.")


def _sections(facts: Facts) -> Iterable[tuple[str, list[Row]]]:
    yield "Severity", _severity(facts)
    yield "Cause", _cause(facts)
    yield (
        "Impact",
        [(f"**{marked(one.figure)}** {marked(one.what)}", one.evidence) for one in facts.impact],
    )
    yield "Error signatures", _signatures(facts)
    yield "Hypotheses", _hypotheses(facts)
    yield (
        "Actions",
        [
            (
                f"{_time(one.utc)}{marked(one.text)} {small(f'{one.role}, {one.status}')}",
                one.evidence,
            )
            for one in facts.actions
        ],
    )
    yield (
        "Next steps",
        [
            (
                marked(one.text) + (small(f"due {utc_minute(one.due)}") if one.due else ""),
                one.evidence,
            )
            for one in facts.next_steps
        ],
    )
    yield "Open questions", [(marked(one.text), one.evidence) for one in facts.open_questions]
    yield "Components and versions", _parts(facts)
    yield "Routing", [_routing(facts)]


def small(text: str) -> str:
    """Show a note in small gray after a text."""
    return f" :small[:gray[{plain(text)}]]"


def _severity(facts: Facts) -> list[Row]:
    severity = facts.severity
    reported = f"the ticket says {severity.reported}" if severity.reported else "none reported"
    note = small(f"{severity.confidence} confidence · {reported}")
    return [(f"**{severity.level}** {plain(severity.clause)}{note}", severity.evidence)]


def _cause(facts: Facts) -> list[Row]:
    cause = facts.cause
    said = marked(cause.statement) if cause.statement else "No cause is established."
    return [(f"**{cause.status.capitalize()}** {said}", cause.evidence)]


def _signatures(facts: Facts) -> list[Row]:
    return [
        (
            f"**{one.count:,} times** {marked(one.template)}"
            + (small(f"{utc_minute(one.first)} to {utc_minute(one.last)}") if one.first else ""),
            one.evidence,
        )
        for one in facts.signatures
    ]


def _hypotheses(facts: Facts) -> list[Row]:
    rows: list[Row] = []
    for one in facts.hypotheses:
        note = small(f"{one.category} · {one.status.replace('_', ' ')}")
        test = f"  \n:small[Next test: {marked(one.next_test)}]" if one.next_test else ""
        rows.append((f"{marked(one.statement)}{note}{test}", one.evidence_for))
        if one.evidence_against:
            rows.append((":small[:gray[Evidence against it]]", one.evidence_against))
    return rows


def _parts(facts: Facts) -> list[Row]:
    components: list[Row] = [(marked(one.name), one.evidence) for one in facts.components]
    versions: list[Row] = [
        (f"{marked(one.component)} {marked(one.version)}".strip(), one.evidence)
        for one in facts.versions
    ]
    return components + versions


def _routing(facts: Facts) -> Row:
    security = " · :red[security process]" if facts.routing.security else ""
    return f"**{marked(facts.routing.team)}**{small(facts.routing.reason)}{security}", ()


def _time(when: datetime | None) -> str:
    return f"{when:%H:%M} UTC: " if when else ""
