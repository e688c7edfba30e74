"""The list of cases: newest first, one click to its review."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui.app.text import marked
from ui.reviews import Review, load_review
from ui.wiring import House


def show(house: House, review_page: StreamlitPage) -> None:
    """Draw the list."""
    st.subheader("Cases", anchor=False)
    ids = [case.id for case in house.cases.list()]
    if not ids:
        st.info("No case is stored in this workspace yet. Run: triage run CASE")
        return
    for case_id in ids:
        review = load_review(house, case_id)
        if review is not None:
            _row(review, review_page)


def _row(review: Review, page: StreamlitPage) -> None:
    facts = review.facts
    with st.container(border=True, key=f"case-{review.case.id}"):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.markdown(f"**{marked(review.case.title)}**")
        left.caption(
            f"{facts.severity.level} {facts.priority} · {facts.state} · "
            f"cause {facts.cause.status} · {len(review.case.artifacts)} artifacts · "
            f"{len(review.case.quarantined)} quarantined · {_gates(review)}"
        )
        if right.button("Review", key=f"open-{review.case.id}", width="stretch"):
            st.query_params["case"] = review.case.id
            st.switch_page(page, query_params={"case": review.case.id})


def _gates(review: Review) -> str:
    gates = (f"{draft.kind} gate {draft.scorecard.gate}" for draft in review.drafts)
    return " · ".join(gates) or "no draft yet"
