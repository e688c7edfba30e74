"""The left panel: one redacted artifact, in pages, with what was replaced and what is cited."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from assistant import Evidence
from redaction import Artifact, Quarantined
from ui.app.citing import Sources
from ui.app.text import marked, plain, visible
from ui.app.viewer import show_lines
from ui.reviews import Review

PAGE: Final = 250
"""Lines of a page."""
MARGIN: Final = 40
"""A cited line this close to a page's end is shown with lines of both sides."""


def draw(review: Review, sources: Sources) -> None:
    """Draw the artifact that was chosen, by name or through a citation."""
    artifacts = {artifact.id: artifact for artifact in review.case.artifacts}
    title, choice = st.columns([2, 3], vertical_alignment="center")
    title.markdown("**Redacted artifact**")
    if not artifacts:
        st.caption("No artifact of this case could be read.")
    else:
        with choice:
            artifact = artifacts[_choose(artifacts, review.facts.evidence)]
        _artifact(artifact, sources)
    _quarantined(review.case.quarantined)


def first_line(total: int, page: int | None, focus: int | None) -> int:
    """Return the number of the first line to show: of a page, or around the line in focus."""
    last = max(1, total - PAGE + 1)
    if page is not None:
        return min(1 + page * PAGE, max(1, total))
    if focus is None or focus <= PAGE - MARGIN:
        return 1
    return min(focus - PAGE // 2, last)


def _choose(artifacts: Mapping[str, Artifact], evidence: Sequence[Evidence]) -> str:
    cited = Counter(item.artifact for item in evidence)

    def label(item: str) -> str:
        return f"{item} · {visible(artifacts[item].name)} · {cited[item]} cited"

    if st.session_state.get("artifact") not in artifacts:
        st.session_state["artifact"] = max(artifacts, key=lambda item: cited[item])
    return st.selectbox(
        "Artifact",
        list(artifacts),
        key="artifact",
        format_func=label,
        label_visibility="collapsed",
        on_change=_turn,
        args=(0,),
    )


def _artifact(artifact: Artifact, sources: Sources) -> None:
    chosen = sources.chosen()
    focus = chosen.line if chosen and chosen.artifact == artifact.id else None
    lines = artifact.text.splitlines()
    first = first_line(len(lines), st.session_state.get("page"), focus)
    with st.container(horizontal=True, vertical_alignment="center", wrap=False, gap="small"):
        st.caption(_replaced(artifact), width="stretch")
        if len(lines) > PAGE:
            _pager(first, len(lines))
    shown = lines[first - 1 : first - 1 + PAGE]
    show_lines(shown, first, _anchors(artifact.id, sources), focus)


def _replaced(artifact: Artifact) -> str:
    kinds = Counter(span.type.lower().replace("_", " ") for span in artifact.spans)
    if not kinds:
        return "No value was replaced here."
    counts = [f"{count:,} {plain(kind)}" for kind, count in kinds.most_common(3)]
    rest = len(kinds) - len(counts)
    more = f", {rest} more {'kind' if rest == 1 else 'kinds'}" if rest else ""
    values = "value" if len(artifact.spans) == 1 else "values"
    return f"{len(artifact.spans):,} {values} replaced: {', '.join(counts)}{more}"


def _pager(first: int, total: int) -> None:
    page, last = (first - 1) // PAGE, (total - 1) // PAGE
    with st.container(horizontal=True, gap="xxsmall", width="content", wrap=False):
        st.caption(f"{first:,}-{min(first + PAGE - 1, total):,} of {total:,}", width="content")
        for key, icon, target, enabled in (
            ("first", ":material/first_page:", 0, first > 1),
            ("previous", ":material/chevron_left:", max(page - 1, 0), first > 1),
            ("next", ":material/chevron_right:", min(page + 1, last), first + PAGE <= total),
            ("last", ":material/last_page:", last, first + PAGE <= total),
        ):
            st.button(
                icon,
                key=f"page-{key}",
                type="tertiary",
                disabled=not enabled,
                help=f"{key.capitalize()} lines",
                on_click=_turn,
                args=(target,),
            )


def _turn(page: int) -> None:
    st.session_state["page"] = page


def _anchors(artifact: str, sources: Sources) -> dict[int, list[str]]:
    anchors: dict[int, list[str]] = {}
    for item in sources.by_id.values():
        if item.artifact == artifact:
            anchors.setdefault(item.line, []).append(item.id)
    return anchors


def _quarantined(items: Sequence[Quarantined]) -> None:
    for item in items:
        st.markdown(
            f":small[:orange[:material/block:] {marked(item.name)} is quarantined: "
            f"{plain(item.reason)}]"
        )
