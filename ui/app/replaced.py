"""The redaction tab: what was replaced and why, corrections, and what a model would receive."""

from collections import defaultdict
from dataclasses import dataclass, field

import streamlit as st

from assistant import Dossier
from redaction import PLACEHOLDER, RedactedCase, Span
from ui.app.text import plain, visible
from ui.correcting import Correction, redact_missed, release
from ui.outgoing import is_local, outgoing, recipient
from ui.reviews import Review
from ui.wiring import House


@dataclass(slots=True)
class _Row:
    """One placeholder of a case: how often it stands where, and who asked for it."""

    kind: str
    action: str
    count: int = 0
    artifacts: set[str] = field(default_factory=set[str])
    detectors: set[str] = field(default_factory=set[str])
    score: float = 1.0


def draw(house: House, review: Review) -> None:
    """Draw the three parts, one below the other."""
    rows = _rows(review.case)
    _replaced(rows)
    _corrections(house, review, rows)
    _outgoing(house, review)


def _rows(case: RedactedCase) -> dict[str, _Row]:
    rows: dict[str, _Row] = {}
    for artifact in case.artifacts:
        for span in artifact.spans:
            row = rows.setdefault(_tag(span), _Row(span.type, span.action))
            row.count += 1
            row.artifacts.add(artifact.id)
            row.detectors.add(span.detector)
            row.score = min(row.score, span.score)
    return rows


def _tag(span: Span) -> str:
    found = PLACEHOLDER.search(span.placeholder)
    return found[0] if found else span.placeholder


def _replaced(rows: dict[str, _Row]) -> None:
    totals: dict[str, int] = defaultdict(int)
    for row in rows.values():
        totals[row.action] += row.count
    st.markdown("**Replaced values**")
    told = {"pseudonymise": "kept in the encrypted vault", "drop": "dropped without a copy"}
    st.caption(
        " · ".join(f"{totals[action]:,} {text}" for action, text in told.items() if totals[action])
        or "Nothing was replaced in this case."
    )
    if not rows:
        return
    table = [
        {
            "Placeholder": tag[1:-1],
            "Kind": row.kind.lower().replace("_", " "),
            "Places": row.count,
            "Artifacts": ", ".join(sorted(row.artifacts)),
            "Found by": visible(", ".join(sorted(row.detectors))),
            "Lowest score": row.score,
        }
        for tag, row in sorted(rows.items(), key=lambda item: (item[1].kind, -item[1].count))
    ]
    st.dataframe(  # pyright: ignore[reportUnknownMemberType]
        table,
        hide_index=True,
        height=260,
        column_config={"Lowest score": st.column_config.NumberColumn(format="%.2f")},
    )


def _corrections(house: House, review: Review, rows: dict[str, _Row]) -> None:
    st.markdown("**Correct the redaction**")
    st.caption(
        "A correction holds for the whole case at once and stays on the workspace's encrypted "
        "lists. Drafts of the case are removed: they were made of other text."
    )
    missed, alarm = st.columns(2, gap="small")
    with missed, st.form("missed", clear_on_submit=True, border=True):
        value = st.text_input("Missed value", max_chars=1000, autocomplete="off")
        replaced = [kind for kind in house.policy.actions if house.policy.action(kind)]
        kind = st.selectbox("Kind", replaced, index=replaced.index("PERSON"), format_func=_worded)
        if st.form_submit_button("Redact everywhere", type="primary") and value.strip():
            _told(redact_missed(house, review.case.id, value, kind), "redacted")
    kept = [tag for tag, row in rows.items() if row.action != "drop"]
    with alarm, st.form("alarm", border=True):
        tag = st.selectbox("False alarm", kept, format_func=lambda tag: tag[1:-1], index=None)
        st.caption("What a secret's tag stands for cannot come back: there is no copy.")
        if st.form_submit_button("Put back everywhere") and tag:
            _told(release(house, review.case.id, tag), "put back")


def _told(done: Correction, what: str) -> None:
    count = abs(done.after - done.before)
    st.session_state["corrected"] = f"{count:,} {'place' if count == 1 else 'places'} {what}"
    st.rerun()


def _worded(kind: str) -> str:
    return kind.capitalize().replace("_", " ")


def _outgoing(house: House, review: Review) -> None:
    st.markdown("**What a model receives**")
    settings = house.settings
    if settings.model == "none":
        st.caption("No model is configured: templates write the drafts, nothing is sent.")
        return
    where = "stays on this machine" if is_local(settings) else "leaves this machine"
    st.caption(f"{plain(recipient(settings))}: {where}. Byte for byte, as the gate sees it:")
    dossier = Dossier(review.case, review.facts, review.matches)
    gate = house.gate.for_case(house.cases.vault(review.case.id))
    messages = outgoing(dossier, gate, settings)
    if not messages:
        st.caption("Nothing is asked of it for this case: the templates write both drafts.")
    for number, message in enumerate(messages):
        size = len(message.content.encode())
        title = f"{message.draft} · {message.role} · {size:,} bytes"
        with st.expander(title + (" · held back by the gate" if message.refused else "")):
            if message.refused:
                st.warning(plain(message.refused))
            st.code(visible(message.content), language=None, wrap_lines=True, height=220)
            st.caption(f"Message {number + 1} of {len(messages)}")
