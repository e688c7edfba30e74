"""Golden tests: each payload in `tests/payloads` is recognised, and tells what stands beside it.

A payload `tests/payloads/SYSTEM/NAME.EXT` has its golden file `NAME.golden` in the same folder.
`CASEWRIGHT_GOLDEN=write` writes the golden files anew; read every line of the difference.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from redaction import Anchor, Artifact, read_structure
from redaction.intake.hypertext import text_of_html
from redaction.intake.media import media_type
from redaction.reading.artifacts import Structure
from redaction.reading.payloads import PAYLOADS, payload_of
from redaction.reading.payloads.payload import glimpse_of
from redaction.reading.timestamps import Clock
from tests.making import redacted

_ROOT = Path(__file__).parent.parent / "payloads"
_FILES = sorted(path for path in _ROOT.rglob("*.*") if path.suffix != ".golden")


def artifact(path: Path) -> Artifact:
    text = path.read_text("utf-8")
    kind = media_type(text)
    # Intake keeps of a page its text.
    text = text_of_html(text) if path.suffix == ".html" else text
    return Artifact("A1", redacted(path.name), kind, redacted(text), ())


@pytest.mark.parametrize("path", _FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_payload_tells_what_its_golden_file_says(path: Path) -> None:
    taken = artifact(path)
    payload = payload_of(taken)
    assert payload is not None
    assert payload.system.lower().replace(" ", "_") == path.parent.name
    lines = [*told(read_structure((taken,)))]
    golden = path.with_suffix(".golden")
    if os.environ.get("CASEWRIGHT_GOLDEN") == "write":
        golden.write_text("\n".join(lines) + "\n", "utf-8")
    assert golden.read_text("utf-8").splitlines() == lines


def test_every_system_has_a_golden_test_and_every_folder_a_system() -> None:
    named = {payload.system.lower().replace(" ", "_") for payload in PAYLOADS}
    assert named == {path.parent.name for path in _FILES}


@pytest.mark.parametrize("path", _FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_two_systems_claim_a_payload(path: Path) -> None:
    glimpse = glimpse_of(artifact(path), Clock())
    assert len([each.system for each in PAYLOADS if each.recognises(glimpse)]) == 1


def told(structure: Structure) -> Iterator[str]:
    """Write down what a case tells, a line each, with line numbers."""
    yield f"title: {structure.title}"
    for field in structure.fields:
        shown = " / ".join(str(field.value).splitlines())
        yield f"{_at(field.anchor)} {field.name} [{field.key}] = {shown}"
    for person in structure.participants:
        yield f"participant {person.name} ({person.role})"
    for message in structure.messages:
        body = " / ".join(message.text.splitlines())
        by = f"{message.author} ({message.role})"
        yield f"{_at(message.anchor)} {_time(message.utc)} {by}: {body}"
    for event in structure.events:
        shown = " / ".join(event.text.splitlines())
        about = f"{event.level} [{event.component}]"
        yield f"{_at(event.anchor)} {_time(event.utc)} {event.zone} {about} {shown}"
    for sample in structure.samples:
        yield f"{_at(sample.anchor)} {_time(sample.utc)} {sample.metric} = {sample.value:g}"
    for change in structure.history:
        to = f"{change.field} {change.before or '-'} -> {change.after or '-'} ({change.status})"
        yield f"{_at(change.anchor)} {_time(change.utc)} {to} by {change.by or '-'}"
    for link in structure.links:
        yield f"{_at(link.anchor)} {link.kind} {link.ref} {link.title!s} {_time(link.utc)}".rstrip()
    for article in structure.articles:
        body = " / ".join(article.text.splitlines())
        yield f"{_at(article.anchor)} article {article.id} {article.title!s}: {body}"


def _at(anchor: Anchor) -> str:
    return f"L{anchor.line}"


def _time(utc: datetime | None) -> str:
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ") if utc else "-"
