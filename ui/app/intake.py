"""The intake screen: what came in, who takes part and where, what is missing, what to ask next."""

from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assistant import Presence
from redaction import Anchor, Role
from ui.app.text import marked, plain
from ui.contract_intake import (
    KINDS,
    ArtifactSummary,
    HistoryEntry,
    IntakeAnswer,
    NeedAnswer,
    QuarantinedArtifact,
    taken_in,
)
from ui.errors import UnknownCase
from ui.reviews import list_cases
from ui.taking_in import take_in
from ui.wiring import House

PRESENCE: Final[dict[Presence, str]] = {
    "present": ":green[:material/check_circle:]",
    "partial": ":orange[:material/error:] partly:",
    "missing": ":red[:material/cancel:] missing:",
}
ROLES: Final[dict[Role, str]] = {
    "customer": "blue",
    "analyst": "green",
    "engineer": "violet",
    "bot": "gray",
    "other": "gray",
}
LONGEST: Final = 200
"""Rows of a list; the command line answers with all of them."""
PLACES: Final = 3
THOUSAND: Final = 1000
ENOUGH: Final = 0.75
HALF: Final = 0.5


def show(house: House, review_page: StreamlitPage) -> None:
    """Draw what came in for the case that the address names, else for the newest."""
    cases = list_cases(house)
    if not cases:
        st.info("No case is stored in this workspace yet. Run: triage intake CASE")
        return
    case_id = st.query_params.get("case") or cases[0].id
    if all(case.id != case_id for case in cases):
        st.info("There is no such case in this workspace. Choose one from the list of cases.")
        return
    try:
        answer = take_in(house, case_id)
    except UnknownCase:
        st.info("There is no such case in this workspace. Choose one from the list of cases.")
        return
    _header(answer, review_page)
    _tiles(answer)
    left, right = st.columns([11, 10], gap="small")
    with left, st.container(border=True, key="intake-evidence", gap="xsmall"):
        _quarantined(answer.redaction.quarantined)
        _artifacts(answer.redaction.artifacts)
        _history(answer.history)
    with right, st.container(border=True, key="intake-gaps", gap="xsmall"):
        _completeness(answer)
        _around(answer)


def _header(answer: IntakeAnswer, review_page: StreamlitPage) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.markdown(f"### {marked(answer.title)}", anchors=False, width="stretch")
        if st.button("Review", icon=":material/fact_check:", key="to-review"):
            st.switch_page(review_page, query_params={"case": answer.case_id})
    st.caption(f"{plain(answer.case_id)} · {taken_in(answer)}")


def _tiles(answer: IntakeAnswer) -> None:
    share, missing = answer.completeness, sum(n.presence != "present" for n in answer.needs)
    shade = "green" if share >= ENOUGH else "orange" if share >= HALF else "red"
    stopped = len(answer.redaction.quarantined)
    hidden = sum(each.hidden for each in answer.redaction.artifacts)
    roles = {each.role for each in answer.participants}
    tiles = (
        ("Evidence complete", f"{share:.0%}", f"{missing} to ask for", shade),
        ("Artifacts read", f"{len(answer.redaction.artifacts):,}", *_stopped(stopped)),
        ("Messages", f"{answer.messages:,}", f"{answer.events:,} log events", "gray"),
        ("People", f"{len(answer.participants):,}", f"{len(roles)} roles", "gray"),
        ("Hidden lines", f"{hidden:,}", "read and marked" if hidden else "none found", "gray"),
    )
    columns = st.columns(len(tiles), gap="small")
    for number, (column, (title, value, note, colour)) in enumerate(
        zip(columns, tiles, strict=True)
    ):
        with column.container(border=True, gap=None, key=f"tile-{number}"):
            st.markdown(f":small[{title}]", wrap=False)
            st.markdown(f"#### {value}", anchors=False)
            st.badge(note, color=colour)  # pyright: ignore[reportArgumentType]


def _stopped(count: int) -> tuple[str, str]:
    return (f"{count} quarantined", "orange") if count else ("none quarantined", "green")


def _artifacts(artifacts: tuple[ArtifactSummary, ...]) -> None:
    st.markdown("**What came in**")
    for artifact in artifacts[:LONGEST]:
        name, size, read = st.columns([9, 5, 6], gap="small")
        name.markdown(f":small[:gray[{plain(artifact.artifact)}] {marked(artifact.name)}]")
        kind = KINDS.get(artifact.media_type, "file")
        size.markdown(f":small[:gray[{kind}, {_size(artifact)}]]")
        read.markdown(f":small[:gray[{_read(artifact)}]]")
    if len(artifacts) > LONGEST:
        st.caption(f"{len(artifacts) - LONGEST:,} more: triage intake --json lists them all.")


def _size(artifact: ArtifactSummary) -> str:
    if artifact.characters < THOUSAND:
        return _counted(artifact.lines, "line")
    return f"{_counted(artifact.lines, 'line')}, {artifact.characters // THOUSAND:,} kB"


def _read(artifact: ArtifactSummary) -> str:
    """Say what was read in an artifact; all of it are our words."""
    told = [
        _counted(count, word)
        for count, word in (
            (artifact.messages, "message"),
            (artifact.events, "event"),
            (artifact.hidden, "hidden line"),
        )
        if count
    ]
    told += [f"{artifact.replaced:,} replaced"] if artifact.replaced else []
    told += [f"before {plain(artifact.superseded_by)}"] if artifact.superseded_by else []
    return ", ".join(told)


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}" + ("" if count == 1 else "s")


def _quarantined(items: tuple[QuarantinedArtifact, ...]) -> None:
    if items:
        st.markdown("**Not read**")
    for item in items[:LONGEST]:
        remedy = item.remedy
        reason = item.reason.removesuffix(f"; {remedy}") if remedy else item.reason
        todo = f"  \n:small[{plain(remedy[:1].upper() + remedy[1:])}.]" if remedy else ""
        st.markdown(
            f":small[:orange[:material/block:] {marked(item.name)} :gray[{plain(reason)}]]{todo}"
        )


def _history(changes: tuple[HistoryEntry, ...]) -> None:
    if changes:
        st.markdown("**How the tickets went on**")
    for change in changes[:LONGEST]:
        when, what, source = st.columns([5, 9, 6], gap="small")
        at = f"{change.utc:%m-%d %H:%M} UTC" if change.utc else "no time"
        before = f"{marked(change.before)} → " if change.before else ""
        by = f" :gray[by] {marked(change.by)}" if change.by else ""
        when.markdown(f":small[:gray[{at}]]")
        what.markdown(f":small[{change.field} {before}**{marked(change.after)}**{by}]")
        source.markdown(f":small[:gray[{marked(change.source)} {_place(change.at)}]]")


def _completeness(answer: IntakeAnswer) -> None:
    st.markdown(f"**Evidence for a case of kind {plain(answer.kind)}**")
    st.progress(answer.completeness)
    for need in answer.needs:
        _need(need)
    if answer.questions:
        st.markdown("**Ask next**")
        asked = "\n".join(f"{n}. {text}" for n, text in enumerate(answer.questions, 1))
        st.code(asked, language=None, wrap_lines=True)


def _need(need: NeedAnswer) -> None:
    sign = PRESENCE[need.presence]
    detail = f" :gray[{plain(need.detail)}]" if need.detail else ""
    places = ", ".join(_place(at) for at in need.at[:PLACES])
    what, weight, where = st.columns([11, 3, 6], gap="small")
    what.markdown(f":small[{sign} {plain(need.what)}{detail}]")
    weight.markdown(f":small[:gray[weight {need.weight}]]")
    where.markdown(f":small[:gray[{places}]]")


def _around(answer: IntakeAnswer) -> None:
    if answer.participants:
        st.markdown("**People**")
        for role, shade in ROLES.items():
            names = [each.name for each in answer.participants if each.role == role]
            if names:
                told = ", ".join(marked(name) for name in names[:LONGEST])
                st.markdown(f":small[:{shade}-badge[{role}] {told}]")
    if answer.environment:
        st.markdown("**Environment**")
    for fact in answer.environment[:LONGEST]:
        name, value, where = st.columns([4, 10, 4], gap="small")
        name.markdown(f":small[:gray[{plain(fact.name)}]]")
        value.markdown(f":small[{marked(fact.value)}]")
        where.markdown(f":small[:gray[{_place(fact.at)}]]")
    if answer.links:
        st.markdown("**Linked**")
    for link in answer.links[:LONGEST]:
        kind, title = st.columns([4, 14], gap="small")
        kind.markdown(f":small[:gray[{link.kind}]]")
        at = f" :gray[{plain(link.artifact)}]" if link.artifact else ""
        title.markdown(f":small[{marked(link.title or link.ref)}{at}]")


def _place(at: Anchor) -> str:
    return f"{plain(at.artifact)}:{at.line}"
