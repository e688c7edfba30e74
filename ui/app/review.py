"""The review screen: redacted artifacts on the left, claims, citations and scores on the right."""

import streamlit as st

from assistant import Facts
from ui.app import artifact, citing, drafts, facts, replaced, similar, tiles, timeline
from ui.app.citing import Sources
from ui.app.text import marked, plain
from ui.errors import UnknownCase
from ui.reviews import Review, list_cases, load_review
from ui.wiring import House

SEVERITY = {"Sev1": "red", "Sev2": "orange", "Sev3": "yellow", "Sev4": "gray"}
STATE = {"investigating": "orange", "identified": "blue", "monitoring": "blue", "resolved": "green"}
CAUSE = {"unknown": "gray", "suspected": "orange", "confirmed": "green"}


def show(house: House) -> None:
    """Draw the review of the case that the address names, else of the newest."""
    cases = list_cases(house)
    if not cases:
        st.info("No case is stored in this workspace yet. Run: triage run CASE")
        return
    case_id = st.query_params.get("case") or cases[0].id
    try:
        review = load_review(house, case_id)
    except UnknownCase:
        st.info("There is no such case in this workspace. Choose one from the list of cases.")
        return
    if review is None:
        st.info(
            "This case was redacted, but its facts are not computed yet. Run: triage run CASE. "
            "What came in is on the page Intake."
        )
        return
    citing.begin(case_id)
    _header(review)
    if done := st.session_state.pop("corrected", None):
        st.toast(plain(done), icon=":material/published_with_changes:")
    tiles.draw(review)
    _panels(house, review)


def badges(found: Facts) -> None:
    """Draw severity, state and how far the cause is established, in one line."""
    for text, shade in (
        (f"{found.severity.level} · {found.priority}", SEVERITY[found.severity.level]),
        (found.state.capitalize(), STATE[found.state]),
        (f"Cause {found.cause.status}", CAUSE[found.cause.status]),
    ):
        st.badge(text, color=shade)  # pyright: ignore[reportArgumentType]


def _header(review: Review) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown(f"### {marked(review.case.title)}", anchors=False, width="stretch")
        with st.container(horizontal=True, width="content", gap="xsmall", wrap=False):
            badges(review.facts)
    writer = f" · drafted by {plain(review.drafts[0].model)}" if review.drafts else ""
    st.caption(
        f"{plain(review.case.id)} · redaction policy {review.case.policy[:12]}{writer} · "
        f"routed to {marked(review.facts.routing.team)}"
    )


@st.fragment
def _panels(house: House, review: Review) -> None:
    """Draw both panels; a click in them draws only them again."""
    sources = Sources({item.id: item for item in review.facts.evidence})
    left, right = st.columns([11, 10], gap="small")
    with left, st.container(border=True, key="artifact-panel", gap="xsmall"):
        artifact.draw(review, sources)
    with right, st.container(border=True, key="documents-panel", gap="xsmall"):
        _documents(house, review, sources)


def _documents(house: House, review: Review, sources: Sources) -> None:
    names = [tiles.TITLES[draft.kind] for draft in review.drafts]
    views = [
        *(lambda draft=draft: drafts.draw(draft, sources) for draft in review.drafts),
        lambda: timeline.draw(review.case, review.facts, sources),
        lambda: facts.draw(review.facts, sources),
        lambda: similar.draw(review.matches),
        lambda: replaced.draw(house, review),
    ]
    names += ["Timeline", "Facts", f"Similar ({len(review.matches)})", "Redaction"]
    tabs = st.tabs(names, key="tab", on_change="rerun")
    for number, (tab, view) in enumerate(zip(tabs, views, strict=True)):
        if tab.open:
            with tab, st.container(key=f"pane-{number}", gap="xsmall"):
                view()
