"""A draft as a person reviews it: gate, failed checks, and claims with their citations."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

import streamlit as st

from assistant import Claim
from evals import Score
from ui.app.citing import Sources, citations
from ui.app.text import marked, plain
from ui.contract import (
    DraftAnswer,
)
from ui.report import section_name

SUPPORT: Final = {
    "supported": (":green[:material/check_circle:]", "supported"),
    "not_supported": (":red[:material/cancel:]", "not supported"),
    "not_checked": (":orange[:material/help:]", "semantics not checked"),
}
WORDED: Final = {
    "fact": "",
    "hypothesis": "hypothesis",
    "unknown": "not known",
    "plan": "plan",
}


def draw(draft: DraftAnswer, sources: Sources) -> None:
    """Draw a draft."""
    scores = draft.scorecard.scores
    _gate(draft)
    failed = _failed_by_claim(scores)
    numbered = enumerate(draft.claims)
    for slot, claims in groupby(numbered, lambda item: item[1].slot):
        if draft.kind == "rca":
            st.markdown(f"###### {plain(section_name(slot))}", anchors=False)
        for number, claim in claims:
            with st.container(key=f"claim-{draft.kind}-{number}", gap=None):
                _claim(claim, sources, f"{draft.kind}-{number}")
                for score in failed.get(number, ()):
                    st.markdown(f":small[:red[Claim {number + 1} fails {_name(score)}]]")
    with st.expander(f"All {len(scores)} checks"):
        for score in scores:
            sign = SUPPORT["supported" if score.passed else "not_supported"][0]
            st.markdown(f":small[{sign} **{_name(score)}** {plain(score.reason)}]")
        st.caption(plain(draft.scorecard.note))


def _gate(draft: DraftAnswer) -> None:
    counts = {
        support: sum(claim.support == support for claim in draft.claims) for support in SUPPORT
    }
    legend = " · ".join(
        f"{sign} {counts[support]} {meaning}" for support, (sign, meaning) in SUPPORT.items()
    )
    st.markdown(f":small[{legend}]")
    for score in draft.scorecard.scores:
        if not score.passed:
            sign = SUPPORT["not_supported"][0]
            st.markdown(f":small[{sign} :red[Gate fails, {_name(score)}: {plain(score.reason)}]]")


def _claim(claim: Claim, sources: Sources, key: str) -> None:
    text, cites = st.columns([7, 2], gap="small")
    worded = [WORDED[claim.status], "worded by the model" if claim.source == "model" else ""]
    notes = " · ".join(note for note in worded if note)
    note = f" :small[:gray[{notes}]]" if notes else ""
    text.markdown(f"{SUPPORT[claim.support][0]} {marked(claim.text)}{note}")
    with cites:
        citations(sources, claim.evidence, key)


def _failed_by_claim(scores: Sequence[Score]) -> Mapping[int, Sequence[Score]]:
    failed: dict[int, list[Score]] = {}
    for score in scores:
        if not score.passed:
            for claim in dict.fromkeys(span.claim for span in score.spans):
                failed.setdefault(claim, []).append(score)
    return failed


def _name(score: Score) -> str:
    return plain(score.name.replace("_", " "))
