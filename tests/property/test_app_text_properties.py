"""Whatever a case holds, the app's Markdown shows it as text."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from redaction import PLACEHOLDER
from tests.browser.workspace_by_hand import HOSTILE
from ui.app.text import INVISIBLE, JOINER, marked, pieces, plain, visible

FRAGMENTS = (
    *("https://", "http://", "HTTPS://", "www.", "WWW.", "evil.example", "@", ":", "::", "smile"),
    *(
        "material/home",
        "streamlit",
        "[",
        "](",
        ")",
        "!",
        "<",
        ">",
        "->",
        "<-",
        "--",
        ">=",
        "~=",
        "$",
    ),
    *("`", "*", "_", "#", "|", "\\", "&lt;", "red[", "violet-badge[", "09:41", "12", "\u202e"),
    *(
        "\u200b",
        "\x1b[31m",
        "\n",
        "\n\n    ",
        " ",
        "<PERSON_1>",
        "<API_KEY_2>",
        "<__A_1>",
        "a",
        "ß",
    ),
)
HOSTILE_TEXT = st.one_of(st.text(), st.lists(st.sampled_from(FRAGMENTS)).map("".join))

READ_AGAIN = re.compile(
    r"https?://|www\.|[-.\w+]+@[-\w]+\.|:material/|:streamlit:|:(?!\d\d?\b)[a-z0-9_+-]+:"
    r"|<-|->|--|>=|<=|~=",
    re.IGNORECASE,
)
"""What the browser looks for once more in the text that Markdown left."""

BADGE = re.compile(r"\\[!-/:-@\[-`{-~]|:(?:red|blue|violet)-badge\[((?:[^\]\\]|\\.)*)\]")
"""An escaped character, or a badge with its label."""


def parsed(markdown: str) -> str:
    """The text that a Markdown parser makes of escaped text."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown)


@given(HOSTILE_TEXT)
@example(HOSTILE)
def test_no_punctuation_is_left_unescaped(text: str) -> None:
    assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"\\[!-/:-@\[-`{-~]", "", plain(text)))


@given(HOSTILE_TEXT)
@example(HOSTILE)
def test_nothing_is_lost_but_white_space_and_what_cannot_be_seen(text: str) -> None:
    assert parsed(plain(text)).replace(JOINER, "") == " ".join(INVISIBLE.sub(" ", text).split())


@given(HOSTILE_TEXT)
@example(HOSTILE)
def test_no_link_address_icon_or_arrow_is_found_after_parsing(text: str) -> None:
    assert READ_AGAIN.search(parsed(plain(text))) is None


@given(HOSTILE_TEXT)
@example(HOSTILE)
def test_nothing_invisible_stays(text: str) -> None:
    assert INVISIBLE.search(plain(text).replace(JOINER, "")) is None
    assert INVISIBLE.search(visible(text)) is None


@given(HOSTILE_TEXT)
@example(HOSTILE)
def test_only_placeholders_become_badges(text: str) -> None:
    badges = [found[1] for found in BADGE.finditer(marked(text)) if found[1]]
    assert [f"<{parsed(badge)}>" for badge in badges] == [
        found[0] for found in PLACEHOLDER.finditer(text)
    ]


@given(HOSTILE_TEXT)
def test_pieces_put_together_are_the_line(text: str) -> None:
    assert "".join(f"<{piece}>" if shade else piece for piece, shade in pieces(text)) == text
