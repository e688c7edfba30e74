"""The tiles under a review's title: each draft's gate, support of the claims, redaction."""

from dataclasses import dataclass

import streamlit as st

from ui.contract import (
    DraftAnswer,
)
from ui.contract_intake import RedactionSummary, redaction_summary
from ui.reviews import Review

TITLES = {"update": "Stakeholder update", "rca": "RCA outline"}


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure: what it is, its value, and a note in the colour that judges it."""

    title: str
    value: str
    note: str
    shade: str

    @property
    def icon(self) -> str:
        """The sign that goes with the colour."""
        signs = {"green": "check_circle", "red": "error", "orange": "help"}
        return f":material/{signs.get(self.shade, 'info')}:"


def draw(review: Review) -> None:
    """Draw the tiles in one row."""
    tiles = tiles_of(review)
    for column, tile in zip(st.columns(len(tiles), gap="small"), tiles, strict=True):
        with column.container(border=True, gap=None, key=f"tile-{tiles.index(tile)}"):
            st.markdown(f":small[:{tile.shade}[{tile.icon}] {tile.title}]", wrap=False)
            st.markdown(f"#### {tile.value}", anchors=False)
            st.badge(tile.note, color=tile.shade)  # pyright: ignore[reportArgumentType]


def tiles_of(review: Review) -> tuple[Tile, ...]:
    """Compute the tiles; all their words are ours."""
    summary = redaction_summary(review.case)
    gates = tuple(_gate(draft) for draft in review.drafts)
    return (*gates, _support(review), _redaction(review, summary), _evidence(review, summary))


def _gate(draft: DraftAnswer) -> Tile:
    scores = draft.scorecard.scores
    passed = sum(score.passed for score in scores)
    good = draft.scorecard.gate == "pass"
    value = "Gate passed" if good else "Gate failed"
    return Tile(
        TITLES[draft.kind], value, f"{passed} of {len(scores)} checks", "green" if good else "red"
    )


def _support(review: Review) -> Tile:
    claims = [claim for draft in review.drafts for claim in draft.claims]
    supported = sum(claim.support == "supported" for claim in claims)
    against = sum(claim.support == "not_supported" for claim in claims)
    unchecked = len(claims) - supported - against
    note = f"{against} not supported" if against else f"{unchecked} semantics not checked"
    shade = "red" if against else "orange" if unchecked else "green"
    return Tile("Supported claims", f"{supported} of {len(claims)}", note, shade)


def _redaction(review: Review, summary: RedactionSummary) -> Tile:
    scores = [score for draft in review.drafts for score in draft.scorecard.scores]
    leaks = [score for score in scores if score.name.startswith("leak")]
    if not leaks:
        note, shade = "drafts not scanned", "gray"
    elif all(score.passed for score in leaks):
        note, shade = "no leak in the drafts", "green"
    else:
        note, shade = "leak in a draft", "red"
    return Tile("Values replaced", f"{sum(summary.entities.values()):,}", note, shade)


def _evidence(review: Review, summary: RedactionSummary) -> Tile:
    quarantined = len(summary.quarantined)
    note = f"{quarantined} quarantined" if quarantined else "none quarantined"
    return Tile(
        "Artifacts read", str(len(summary.artifacts)), note, "orange" if quarantined else "green"
    )
