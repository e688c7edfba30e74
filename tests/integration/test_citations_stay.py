"""What drafts cite stays where it was while a case goes on: every line, in whatever came after."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from redaction import RedactedCase
from tests.mixed_case import FILES
from ui.opening import open_case
from ui.reviews import load_review
from ui.service import run_case
from ui.settings import Settings
from ui.wiring import House


@pytest.fixture
def house(models: Mapping[str, Path], tmp_path: Path) -> House:
    assert models
    return House(Settings(workspace=tmp_path / "workspace", keys=tmp_path / "keys", model="none"))


def filled(folder: Path) -> Path:
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def line(case: RedactedCase, artifact: str, number: int) -> str:
    text = next(each.text for each in case.artifacts if each.id == artifact)
    return text.split("\n")[number - 1]


def go_on(folder: Path) -> None:
    """Lengthen a log, edit a file, remove one, add a comment to the ticket."""
    log = folder / "labels.log"
    log.write_text(log.read_text("utf-8") + "2026-05-04 09:30:00,001 INFO print.Worker - up\n")
    mail = folder / "reply.eml"
    mail.write_text(mail.read_text("utf-8").replace("Still no", "Since noon no"), "utf-8")
    (folder / "metrics.csv").unlink()
    ticket = json.loads((folder / "ticket.json").read_text("utf-8"))
    ticket["ticket"]["comments"].append(
        {"id": 4, "type": "Comment", "author_id": 50111, "body": "Labels print again.",
         "public": True, "created_at": "2026-05-04T11:00:00Z", "attachments": []}
    )  # fmt: skip
    (folder / "ticket.json").write_text(json.dumps(ticket, indent=1), "utf-8")


def test_every_cited_line_stays_where_it_was_when_a_case_goes_on(
    house: House, tmp_path: Path
) -> None:
    folder = filled(tmp_path / "case")
    first = run_case(house, str(folder), ("update", "rca"))
    review = load_review(house, first.case_id)
    assert review is not None
    cited = {(each.artifact, each.line) for draft in review.drafts for each in draft.evidence}
    before = review.case
    anchors = {(each.anchor.artifact, each.anchor.line) for each in before.fields}
    anchors |= {(each.anchor.artifact, each.anchor.line) for each in before.messages}
    anchors |= {(each.anchor.artifact, each.anchor.line) for each in before.events}
    assert len(cited) >= 3
    told = {at: line(before, *at) for at in cited | anchors}

    go_on(folder)
    after = open_case(house, str(folder)).case
    assert after.id == before.id
    assert {at: line(after, *at) for at in told} == told
    assert "Labels print again." in [str(message.text) for message in after.messages]
    assert len({message.text for message in after.messages}) == len(after.messages)


def test_a_renamed_folder_that_holds_most_of_the_files_goes_on_and_one_that_does_not_is_new(
    house: House, tmp_path: Path
) -> None:
    folder = filled(tmp_path / "monday")
    second = FILES["ticket.json"].replace("88412", "88413").replace("Label", "Badge")
    (folder / "second.json").write_text(second, "utf-8")
    first = open_case(house, str(folder)).case
    (folder / "metrics.csv").unlink()
    moved = folder.rename(tmp_path / "tuesday")
    assert open_case(house, str(moved)).case.id == first.id
    few = tmp_path / "other"
    few.mkdir()
    for name in ("users.json", "metrics.csv"):
        (few / name).write_text(FILES[name], "utf-8")
    assert open_case(house, str(few)).case.id != first.id
