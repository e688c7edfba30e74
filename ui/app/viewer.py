"""Shows a redacted artifact with line numbers, placeholders and evidence anchors."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components import v2

from assistant import Evidence
from redaction import PLACEHOLDER, Artifact
from ui.app.text import CONTROL, colour

LINES = 240
"""How many lines are shown at once; a longer artifact is paged around the cited lines."""

ROOT = '<div class="viewer" role="region" aria-label="Redacted artifact" tabindex="0"></div>'


def show_artifact(artifact: Artifact, evidence: Sequence[Evidence], focus: int | None) -> None:
    """Draw one artifact; `focus` is the line that a chosen citation points to, from 1."""
    lines = artifact.text.splitlines()
    first = _first_line(artifact.id, len(lines), focus)
    anchors: dict[int, list[str]] = {}
    for item in evidence:
        if item.artifact == artifact.id:
            anchors.setdefault(item.line, []).append(item.id)
    rows = [
        {"n": number, "parts": parts(line), "ids": anchors.get(number, [])}
        for number, line in enumerate(lines[first - 1 : first - 1 + LINES], first)
    ]
    _component()(data={"rows": rows, "focus": focus}, key=f"viewer-{artifact.id}", height=640)


def parts(line: str) -> list[tuple[str, str]]:
    """Split a line into text and placeholders, each with its colour (empty for text)."""
    pieces: list[tuple[str, str]] = []
    position = 0
    for found in PLACEHOLDER.finditer(line):
        pieces.append((CONTROL.sub("·", line[position : found.start()]), ""))
        pieces.append((found[0][1:-1], colour(found[1])))
        position = found.end()
    pieces.append((CONTROL.sub("·", line[position:]), ""))
    return [piece for piece in pieces if piece[0]]


def _first_line(artifact_id: str, total: int, focus: int | None) -> int:
    if total <= LINES:
        return 1
    wanted = max(1, (focus or 1) - 12)
    pages = (total - 1) // LINES + 1
    page = st.number_input(
        f"Page of {pages} ({total:,} lines)",
        min_value=1,
        max_value=pages,
        value=(wanted - 1) // LINES + 1,
        key=f"page-{artifact_id}-{focus}",
    )
    shown = (int(page) - 1) * LINES + 1
    # A cited line near a page's end is shown with the lines that follow it.
    return wanted if focus and shown <= wanted < shown + LINES else shown


@cache
def _component() -> Any:  # noqa: ANN401 - the library's own type is not public
    folder = Path(__file__).parent
    return v2.component(
        "casewright_viewer",
        html=ROOT,
        css=(folder / "viewer.css").read_text("utf-8"),
        js=(folder / "viewer.js").read_text("utf-8"),
    )
