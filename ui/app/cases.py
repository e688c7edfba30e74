"""The list of cases: newest first, in pages, one click to what came in or to a review."""

from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from redaction import SealBroken, StoredCase
from ui.app.review import badges
from ui.app.text import marked, plain
from ui.reviews import Summary, list_cases, summarise
from ui.wiring import House

PAGE: Final = 12
KINDS: Final = {"update": "Update", "rca": "RCA"}


def show(house: House, intake_page: StreamlitPage, review_page: StreamlitPage) -> None:
    """Draw a page of the list."""
    stored = list_cases(house)
    if not stored:
        _empty()
        return
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown("### Cases", anchors=False, width="stretch")
        st.caption(f"{len(stored):,} stored, newest first", width="content")
    first = _first_of_page(len(stored))
    for case in stored[first : first + PAGE]:
        _row(house, case, intake_page, review_page)
    if len(stored) > PAGE:
        _pager(len(stored))


def _row(
    house: House, case: StoredCase, intake_page: StreamlitPage, review_page: StreamlitPage
) -> None:
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", key=f"case-{case.id}"
    ):
        saved = f"{plain(case.id)} · saved {case.created:%Y-%m-%d %H:%M} UTC"
        st.markdown(f"**{marked(case.name)}**  \n:small[:gray[{saved}]]", width="stretch")
        with st.container(horizontal=True, width="content", gap="xsmall"):
            try:
                _state(summarise(house, case))
            except SealBroken:
                st.badge("Changed after it was stored", icon=":material/gpp_bad:", color="red")
        if st.button("Intake", key=f"intake-{case.id}", type="tertiary"):
            st.switch_page(intake_page, query_params={"case": case.id})
        if st.button("Review", key=f"open-{case.id}"):
            st.switch_page(review_page, query_params={"case": case.id})


def _state(summary: Summary) -> None:
    if summary.facts is None:
        st.badge("No facts yet", color="gray")
    else:
        badges(summary.facts)
    for kind, gate in summary.gates:
        if gate == "pass":
            st.badge(KINDS[kind], icon=":material/check:", color="green")
        else:
            st.badge(KINDS[kind], icon=":material/close:", color="red")


def _first_of_page(total: int) -> int:
    pages = (total - 1) // PAGE + 1
    return PAGE * (min(int(st.session_state.get("list-page") or 1), pages) - 1)


def _pager(total: int) -> None:
    st.pagination((total - 1) // PAGE + 1, key="list-page")


def _empty() -> None:
    with st.container(border=True, key="empty"):
        st.markdown("### No case yet", anchors=False)
        st.markdown(
            "Turn a folder of artifacts into a redacted, scored case, then reload this page:"
        )
        st.code("triage run CASE", language=None)
