"""Reads the text of markup inside a redacted value, whose placeholders look like tags."""

from redaction.intake.hypertext import text_of_html
from redaction.text import PLACEHOLDER


def text_of_markup(markup: str) -> str:
    """Return the text of HTML, with its placeholders."""
    return text_of_html(PLACEHOLDER.sub(lambda tag: f"&lt;{tag[0][1:-1]}&gt;", markup)).strip()
