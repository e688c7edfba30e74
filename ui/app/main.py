"""The app's entry: wires the workspace it was started with and routes between its screens."""

import sys
from pathlib import Path

import streamlit as st

from ui.app import cases, review
from ui.settings import Settings
from ui.wiring import House


@st.cache_resource(max_entries=1)
def open_house(workspace: str) -> House:
    """Wire the workspace once for all sessions."""
    return House(Settings().model_copy(update={"workspace": Path(workspace)}))


def main() -> None:
    """Draw the screen that was asked for."""
    st.set_page_config(
        page_title="Casewright", page_icon=str(Path(__file__).parent / "icon.svg"), layout="wide"
    )
    house = open_house(sys.argv[1] if len(sys.argv) > 1 else str(Settings().workspace))
    review_page = st.Page(
        lambda: review.show(house), title="Case review", url_path="review", icon="▤"
    )
    cases_page = st.Page(
        lambda: cases.show(house, review_page), title="Cases", url_path="cases", default=True
    )
    st.navigation([cases_page, review_page], position="top").run()


main()
