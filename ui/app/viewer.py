"""Shows lines of a redacted artifact with their numbers, placeholders and evidence anchors."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from streamlit.components import v2

from ui.app.text import pieces, visible

ROOT = '<div class="viewer" role="region" aria-label="Redacted artifact" tabindex="0"></div>'
LONGEST = 4000
"""How many characters of one line are shown."""


def show_lines(
    lines: Sequence[str], first: int, anchors: Mapping[int, Sequence[str]], focus: int | None
) -> None:
    """Draw lines; `first` is the number of the first one, `focus` of the one to scroll to."""
    rows = [
        {"n": number, "parts": shown(line), "ids": list(anchors.get(number, ()))}
        for number, line in enumerate(lines, first)
    ]
    _component()(data={"rows": rows, "focus": focus}, key="viewer", height="stretch")


def shown(line: str) -> list[tuple[str, str]]:
    """Split a line into text and placeholders with their colours; nothing invisible stays."""
    cut = line[:LONGEST]
    parts = [(visible(piece), colour) for piece, colour in pieces(cut)]
    if len(line) > LONGEST:
        parts.append((f" … {len(line) - LONGEST:,} more characters", ""))
    return parts


@cache
def _component() -> Any:  # noqa: ANN401 - the library's own type is not public
    folder = Path(__file__).parent
    return v2.component(
        "casewright_viewer",
        html=ROOT,
        css=(folder / "viewer.css").read_text("utf-8"),
        js=(folder / "viewer.js").read_text("utf-8"),
    )
