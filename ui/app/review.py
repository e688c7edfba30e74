"""The review screen: redacted artifacts on the left, claims, citations and scores on the right."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from assistant import Claim, Evidence, Facts
from evals import Score
from retrieval import Match
from ui.app.text import marked, plain
from ui.app.viewer import show_artifact
from ui.contract import DraftAnswer, redaction_summary
from ui.report import section_name, utc_minute
from ui.reviews import Review, load_review
from ui.wiring import House

SUPPORT = {
    "supported": ("✓", "green", "supported"),
    "not_supported": ("✕", "red", "not supported"),
    "not_checked": ("?", "gray", "semantics not checked"),
}
TITLES = {"update": "Stakeholder update", "rca": "RCA outline"}


def show(house: House) -> None:
    """Draw the review of the case that the address names, else of the newest."""
    ids = [case.id for case in house.cases.list()]
    case_id = st.query_params.get("case", ids[0] if ids else "")
    if case_id not in ids:
        st.info("There is no such case in this workspace. Choose one from the list of cases.")
        return
    review = load_review(house, case_id)
    if review is None:
        st.info("This case was redacted, but its facts are not computed yet. Run: triage run CASE")
        return
    _header(review)
    left, right = st.columns([11, 10], gap="medium")
    with right:
        _documents(review)
    with left:
        _artifacts(review)


def _header(review: Review) -> None:
    facts, summary = review.facts, redaction_summary(review.case)
    title, badges = st.columns([4, 1.6], vertical_alignment="center")
    title.markdown(f"### {marked(review.case.title)}")
    with badges.container(horizontal=True, horizontal_alignment="right"):
        st.badge(f"{facts.severity.level} · {facts.priority}", color="red")
        st.badge(facts.state.capitalize(), color="blue")
        st.badge(f"Cause {facts.cause.status}", color="orange")
    writer = f" · drafted by {plain(review.drafts[0].model)}" if review.drafts else ""
    st.caption(
        f"Case {review.case.id} · {len(summary.artifacts)} artifacts · "
        f"{sum(summary.entities.values())} values replaced · policy {summary.policy[:12]}{writer}"
    )


def _artifacts(review: Review) -> None:
    evidence = _chosen(review.facts)
    artifacts = {artifact.id: artifact for artifact in review.case.artifacts}
    if evidence and st.session_state.pop("just_cited", False):
        st.session_state["artifact"] = evidence.artifact
    chosen = st.segmented_control(
        "Redacted artifact",
        list(artifacts),
        key="artifact",
        default=None if "artifact" in st.session_state else next(iter(artifacts), None),
        required=True,
    )
    if chosen is None:
        st.info("No artifact of this case could be read.")
        return
    artifact = artifacts[chosen]
    st.caption(
        f"{marked(artifact.name)} · {artifact.media_type} · {len(artifact.spans)} values replaced"
    )
    focus = evidence.line if evidence and evidence.artifact == chosen else None
    show_artifact(artifact, review.facts.evidence, focus)
    for item in review.case.quarantined:
        st.warning(f"{item.id} {marked(item.name)} is quarantined: {plain(item.reason)}")


def _documents(review: Review) -> None:
    names = [TITLES[draft.kind] for draft in review.drafts]
    tabs = st.tabs([*names, "Timeline", "Facts", f"Similar ({len(review.matches)})"])
    for tab, draft in zip(tabs, review.drafts, strict=False):
        with tab:
            _draft(draft)
    timeline, facts, similar = tabs[len(names) :]
    with timeline:
        _timeline(review.facts)
    with facts:
        _facts(review.facts)
    with similar:
        _matches(review.matches)


def _draft(draft: DraftAnswer) -> None:
    card = draft.scorecard
    passed = sum(score.passed for score in card.scores)
    shown = "green" if card.gate == "pass" else "red"
    st.markdown(
        f":{shown}-badge[Gate {card.gate}] :small[:gray[{passed} of {len(card.scores)} checks "
        "passed · semantics not checked · a person reviews every draft]]"
    )
    _scores(card.scores)
    number = 0
    for slot, claims in groupby(draft.claims, lambda claim: claim.slot):
        if draft.kind == "rca":
            st.markdown(f"**{plain(section_name(slot))}**")
        for claim in claims:
            _claim(claim, f"{draft.kind}-{number}")
            number += 1


def _scores(scores: Sequence[Score]) -> None:
    with st.container(horizontal=True, gap="small"):
        for score in scores:
            name = plain(score.name.replace("_", " "))
            text = f"✓ {name}" if score.passed else f"✕ {name}"
            st.badge(text, color="green" if score.passed else "red", help=plain(score.reason))


def _claim(claim: Claim, key: str) -> None:
    sign, shade, meaning = SUPPORT[claim.support]
    source = " · worded by the model" if claim.source == "model" else ""
    text, cites = st.columns([7, 2], gap="small")
    text.markdown(
        f":{shade}[{sign}] {marked(claim.text)}  \n"
        f":small[:gray[{claim.status} · {meaning}{source}]]"
    )
    with cites:
        _citations(claim.evidence, key)


def _citations(ids: Sequence[str], key: str) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        for item in ids:
            st.button(item, key=f"cite-{key}-{item}", type="tertiary", on_click=_cite, args=(item,))


def _cite(item: str) -> None:
    """Point the viewer to a piece of evidence; runs before the screen is drawn again."""
    st.session_state["evidence"] = item
    st.session_state["just_cited"] = True


def _timeline(facts: Facts) -> None:
    for number, entry in enumerate(facts.timeline):
        time, text, cites = st.columns([2, 6, 2], gap="small")
        time.markdown(f":small[{entry.utc:%m-%d %H:%M:%S}]  \n:small[:gray[{entry.event}]]")
        text.markdown(marked(entry.text))
        with cites:
            _citations(entry.evidence, f"timeline-{number}")
    if not facts.timeline:
        st.caption("No artifact holds a time that can be placed.")


def _facts(facts: Facts) -> None:
    st.markdown(
        f"**Severity** {facts.severity.level}: {plain(facts.severity.clause)} "
        f"({facts.severity.confidence} confidence)"
    )
    _list("Impact", [f"{marked(item.figure)}: {marked(item.what)}" for item in facts.impact])
    _list(
        "Error signatures",
        [
            f"{marked(item.template)}: {item.count} times, "
            f"{utc_minute(item.first)} to {utc_minute(item.last)}"
            for item in facts.signatures
        ],
    )
    _list(
        "Hypotheses",
        [
            f"{marked(item.statement)} ({item.status.replace('_', ' ')}). "
            f"Next test: {marked(item.next_test)}"
            for item in facts.hypotheses
        ],
    )
    _list("Open questions", [marked(item.text) for item in facts.open_questions])
    _list("Next steps", [marked(item.text) for item in facts.next_steps])


def _list(title: str, rows: Sequence[str]) -> None:
    st.markdown(f"**{title}**")
    st.markdown("\n".join(f"- {row}" for row in rows) or ":gray[none]")


def _matches(matches: Sequence[Match]) -> None:
    st.caption("Precedents: what they report is not a fact of this case.")
    for match in matches:
        with st.container(border=True):
            st.markdown(f"**{plain(match.document.id)}** {marked(match.document.title)}")
            st.caption(" · ".join(marked(reason) for reason in match.why))


def _chosen(facts: Facts) -> Evidence | None:
    wanted = st.session_state.get("evidence")
    return next((item for item in facts.evidence if item.id == wanted), None)
