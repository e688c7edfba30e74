"""Remembers which evidence a person chose and draws the citations that choose it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from assistant import Evidence
from ui.app.text import plain

QUOTED: Final = 240
"""How many characters of a cited line its tooltip quotes."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The evidence of the case that is shown, by id."""

    by_id: Mapping[str, Evidence]

    def chosen(self) -> Evidence | None:
        """Return the piece of evidence that was clicked last."""
        return self.by_id.get(str(st.session_state.get("evidence", "")))


def begin(case_id: str) -> None:
    """Forget what was chosen in another case."""
    if st.session_state.get("reviewed") != case_id:
        for key in ("evidence", "artifact", "page", "tab"):
            st.session_state.pop(key, None)
        st.session_state["reviewed"] = case_id


def citations(sources: Sources, ids: Sequence[str], place: str) -> None:
    """Draw a button for each cited piece of evidence; `place` makes their keys unique."""
    chosen = sources.chosen()
    with st.container(horizontal=True, gap="xxsmall", horizontal_alignment="right"):
        for item in dict.fromkeys(ids):
            evidence = sources.by_id.get(item)
            if evidence is None:
                st.badge(f"{plain(item)} missing", color="red")
                continue
            st.button(
                plain(item),
                key=f"cite-{place}-{item}",
                type="primary" if evidence == chosen else "secondary",
                help=f"{plain(evidence.artifact)} line {evidence.line}: "
                f"{plain(evidence.text[:QUOTED])}",
                on_click=_cite,
                args=(evidence,),
            )


def _cite(evidence: Evidence) -> None:
    """Point the viewer to a piece of evidence; runs before the screen is drawn again."""
    st.session_state["evidence"] = evidence.id
    st.session_state["artifact"] = evidence.artifact
    st.session_state["page"] = None
