"""The app's entry: wires the workspace it was started with and routes between its screens."""

import sys
from pathlib import Path
from typing import Final

import streamlit as st

from ui.app import cases, intake, review
from ui.app.text import plain
from ui.errors import EXPECTED
from ui.settings import Settings
from ui.wiring import House

HERE: Final = Path(__file__).parent


@st.cache_resource(max_entries=1)
def open_house(workspace: str) -> House:
    """Wire the workspace once for all sessions."""
    return House(Settings().model_copy(update={"workspace": Path(workspace)}))


def main() -> None:
    """Draw the screen that was asked for."""
    st.set_page_config(page_title="Casewright", page_icon=str(HERE / "icon.svg"), layout="wide")
    st.html(HERE / "style.css")
    house = open_house(sys.argv[1] if len(sys.argv) > 1 else str(Settings().workspace))
    review_page = st.Page(
        lambda: review.show(house),
        title="Case review",
        url_path="review",
        icon=":material/fact_check:",
    )
    intake_page = st.Page(
        lambda: intake.show(house, review_page),
        title="Intake",
        url_path="intake",
        icon=":material/checklist:",
    )
    cases_page = st.Page(
        lambda: cases.show(house, intake_page, review_page),
        title="Cases",
        url_path="cases",
        icon=":material/inbox:",
        default=True,
    )
    page = st.navigation([cases_page, intake_page, review_page], position="top")
    try:
        page.run()
    except EXPECTED as error:
        st.error(plain(str(error)), icon=":material/gpp_bad:")


main()
