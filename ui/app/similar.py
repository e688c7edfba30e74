"""Similar past cases and articles: precedents, never facts of this case."""

from collections.abc import Sequence

import streamlit as st

from redaction import RedactedText
from retrieval import Document, Match
from ui.app.text import marked, plain

KINDS = {"case": ("blue", "past case"), "kb": ("violet", "article")}


def draw(matches: Sequence[Match]) -> None:
    """Draw matches, best first."""
    st.markdown(":small[:gray[What they report is precedent, not a fact of this case.]]")
    if not matches:
        st.caption("Nothing similar is in the index.")
    for match in matches:
        _match(match)


def _match(match: Match) -> None:
    document = match.document
    shade, kind = KINDS[document.kind]
    with st.container(border=True, gap="xxsmall"):
        st.markdown(
            f"**{marked(document.title)}**  \n:{shade}-badge[{kind}] "
            f":small[:gray[{plain(document.id)}{_dated(document)}]]"
        )
        reasons = " · ".join(marked(reason) for reason in match.why)
        if reasons:
            st.markdown(f":small[:gray[Why:] {reasons}]")
        for title, text in _lessons(document):
            st.markdown(f":small[**{title}** {marked(text)}]")
        if document.superseded_by:
            newer = plain(document.superseded_by)
            st.markdown(f":small[:orange[:material/history: superseded by {newer}]]")


def _lessons(document: Document) -> list[tuple[str, RedactedText]]:
    """Return what a precedent teaches: its cause, workaround and fix."""
    lessons = (
        ("Root cause", document.root_cause),
        ("Workaround", document.workaround),
        ("Fixed in", document.fixed_version),
    )
    return [(title, text) for title, text in lessons if text]


def _dated(document: Document) -> str:
    when = document.updated or document.created
    return f" · {when:%Y-%m-%d}" if when else ""
