"""Renders a finished run as Markdown and as one self-contained HTML page."""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from assistant import Claim
from redaction import PLACEHOLDER, RedactedCase
from ui.chart import draw_chart
from ui.contract import (
    RunAnswer,
)

MARKDOWN_SPECIAL = re.compile(r"([\\`*_\[\]<>|#&~$])")
SECTION_NAMES = {"capa": "Corrective and preventive actions", "eta": "Estimate"}
CAUSES = {"unknown": "Not known", "suspected": "Suspected", "confirmed": "Confirmed"}
CAUSE_NOTES = {
    "unknown": "no cause is established",
    "suspected": "not confirmed by Engineering",
    "confirmed": "reported by Engineering",
}
HOW_TO_READ = (
    "Every sentence cites the lines it rests on. Checked by code: that figures, times, names and "
    "citations are in the evidence, that no cause is worded more firmly than it is established, "
    "that the required parts are there, blame, and leaks. Not checked: whether a sentence means "
    "what its evidence says. A person reviews every draft before it is sent. Placeholders such "
    "as <PERSON_1> stand for the same value throughout the case."
)


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Where a report was written."""

    html: Path
    markdown: Path


def write_report(folder: Path, case: RedactedCase, answer: RunAnswer) -> ReportFiles:
    """Write both forms of the report of a run; earlier ones of the same case are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    files = ReportFiles(folder / f"{case.id}.html", folder / f"{case.id}.md")
    files.html.write_text(render_html(case, answer), "utf-8")
    files.markdown.write_text(render_markdown(answer), "utf-8")
    return files


def render_html(case: RedactedCase, answer: RunAnswer) -> str:
    """Render the page; it loads nothing and runs nothing."""
    template = _environment().get_template("report.html.j2")
    chart = Markup(draw_chart(case, answer.facts))  # our own markup: numbers, times, event kinds
    return template.render(
        answer=answer,
        chart=chart,
        sections=sections,
        causes=CAUSES,
        cause_notes=CAUSE_NOTES,
        checked=HOW_TO_READ,
    )


def render_markdown(answer: RunAnswer) -> str:
    """Render the same content as Markdown."""
    template = _environment().get_template("report.md.j2")
    return template.render(answer=answer, sections=sections, checked=HOW_TO_READ)


def sections(claims: tuple[Claim, ...]) -> list[tuple[str, list[Claim]]]:
    """Group the claims of a draft under the headings of their slots, in order."""
    return [(section_name(slot), list(group)) for slot, group in groupby(claims, _slot)]


def section_name(slot: str) -> str:
    """Turn a slot (`root_cause`) into a heading (`Root cause`)."""
    return SECTION_NAMES.get(slot, slot.replace("_", " ").capitalize())


def mark_placeholders(text: str) -> Markup:
    """Escape text for HTML and set its placeholders apart."""
    marked = Markup("")
    position = 0
    for found in PLACEHOLDER.finditer(text):
        kind = found[1].lower()
        marked += escape(text[position : found.start()])
        marked += Markup('<span class="ph" data-type="{}">{}</span>').format(kind, found[0])
        position = found.end()
    return marked + escape(text[position:])


def escape_markdown(text: str) -> str:
    """Escape text so that Markdown shows it as it is; line ends become spaces."""
    return MARKDOWN_SPECIAL.sub(r"\\\1", " ".join(text.split()))


def utc_minute(when: datetime | None) -> str:
    """Show a time to the minute, or a dash."""
    return f"{when:%Y-%m-%d %H:%M} UTC" if when else "-"


def _slot(claim: Claim) -> str:
    return claim.slot


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("ui"),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["marked"] = mark_placeholders
    environment.filters["md"] = escape_markdown
    environment.filters["minute"] = utc_minute
    return environment
