"""Opens cases that are known: which one it is, what stays of it, and which originals are kept."""

import json
import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from redaction import RedactedCase
from tests.fake_detection import NamesOnly
from ui.opening import open_case, stored_case
from ui.privacy import add_to_list
from ui.settings import Settings
from ui.wiring import House

GLUED = "{AQAAAB" * 5 + "x9Kq2Lm4Zt" + "}" * 5
NOTE = "Torgrim Fjeldheim called about the marmalade export.\n"
LOG = "2026-05-04 09:00:00 ERROR marmalade export failed\n"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(House, "_detector", NamesOnly("Torgrim Fjeldheim"))
    return House(Settings(workspace=tmp_path / "workspace", keys=tmp_path / "keys", model="none"))


def folder(place: Path, **files: str) -> str:
    place.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (place / name.replace("_", ".")).write_text(text, "utf-8")
    return str(place)


def opened(house: House, source: str, *, keep_raw: bool = False) -> RedactedCase:
    return open_case(house, source, keep_raw=keep_raw).case


def kept(house: House, case: RedactedCase) -> set[str]:
    return set(house.cases.originals(case.id)) - {""}


def ticket(number: int, *comments: str) -> dict[str, object]:
    said = [
        {"author": {"name": "Torgrim Fjeldheim"}, "body": body, "created_at": f"2026-05-04T09:0{n}"}
        for n, body in enumerate(comments)
    ]
    made = {"created_at": "2026-05-04T07:15:00Z", "status": "open"}
    return {"ticket": {"id": number, "subject": f"Stuck {number}", **made, "comments": said}}


def test_kept_originals_survive_a_change_of_lists(house: House, tmp_path: Path) -> None:
    case = opened(house, folder(tmp_path / "case", a_txt=NOTE, b_log=LOG), keep_raw=True)
    before = house.cases.originals(case.id)
    assert kept(house, case) == {"A1.txt", "A2.log"}
    add_to_list(house, "deny", "marmalade", "OPAQUE_ID")
    again = stored_case(house, case.id).case
    assert "marmalade" not in str(again)
    assert again.policy == house.policy.fingerprint
    assert house.cases.originals(case.id) == before


def test_kept_originals_survive_a_change_of_lists_beside_a_file_without_one(
    house: House, tmp_path: Path
) -> None:
    source = folder(tmp_path / "case", a_txt=NOTE)
    opened(house, source)
    (tmp_path / "case" / "a.txt").unlink()
    case = opened(house, folder(tmp_path / "case", b_log=LOG), keep_raw=True)
    assert [each.id for each in case.artifacts] == ["A1.txt", "A2.log"]
    assert kept(house, case) == {"A2.log"}
    add_to_list(house, "allow", "Torgrim Fjeldheim")
    again = stored_case(house, case.id).case
    assert again.artifacts[0].text == NOTE
    assert kept(house, again) == {"A2.log"}


def test_an_unchanged_import_stores_the_originals_when_they_are_to_be_kept(
    house: House, tmp_path: Path
) -> None:
    source = folder(tmp_path / "case", a_txt=NOTE, b_log=LOG)
    first = opened(house, source)
    assert kept(house, first) == set()
    again = opened(house, source, keep_raw=True)
    assert again == first
    assert kept(house, again) == {"A1.txt", "A2.log"}


def test_once_kept_the_originals_of_what_follows_are_kept_as_well(
    house: House, tmp_path: Path
) -> None:
    case = opened(house, folder(tmp_path / "case", a_txt=NOTE), keep_raw=True)
    again = opened(house, folder(tmp_path / "case", b_log=LOG))
    assert again.id == case.id
    assert kept(house, again) == {"A1.txt", "A2.log"}


def test_a_quarantined_file_with_a_kept_original_does_not_come_back_twice(
    house: House, tmp_path: Path
) -> None:
    source = folder(tmp_path / "case", a_txt=f"see {GLUED}\n", b_log=LOG)
    case = opened(house, source, keep_raw=True)
    assert [each.id for each in case.quarantined] == ["A1.txt"]
    add_to_list(house, "deny", "marmalade", "OPAQUE_ID")
    again = stored_case(house, case.id).case
    assert [each.id for each in again.quarantined] == ["A1.txt"]
    assert [each.id for each in opened(house, source).quarantined] == ["A1.txt"]


def test_a_file_that_was_not_read_keeps_id_and_name_while_originals_are_redacted_again(
    house: House, tmp_path: Path
) -> None:
    source = folder(tmp_path / "case", a_txt=NOTE)
    (tmp_path / "case" / "marmalade of Torgrim Fjeldheim.zip").write_bytes(b"PK\x03\x04")
    case = opened(house, source, keep_raw=True)
    assert [each.name for each in case.quarantined] == ["marmalade of <PERSON_1>.zip"]
    for value in ("marmalade", "export"):
        add_to_list(house, "deny", value, "OPAQUE_ID")
        again = stored_case(house, case.id).case
    [held] = again.quarantined
    assert held.name == "<OPAQUE_ID_1> of <PERSON_1>.zip"
    assert (held.id, held.reason) == (case.quarantined[0].id, case.quarantined[0].reason)


def test_a_case_that_holds_a_ticket_beside_its_own_is_not_that_tickets_case(
    house: House, tmp_path: Path
) -> None:
    both = folder(
        tmp_path / "both",
        one_json=json.dumps(ticket(40117, "It is stuck.")),
        two_json=json.dumps(ticket(40118, "So is this.")),
    )
    first = opened(house, both)
    alone = opened(house, folder(tmp_path / "two", t_json=json.dumps(ticket(40118, "Other."))))
    assert alone.id != first.id
    moved = opened(house, folder(tmp_path / "new", t_json=json.dumps(ticket(40118, "x", "y"))))
    assert moved.id == alone.id


def test_two_files_of_one_name_and_content_keep_both_originals(
    house: House, tmp_path: Path
) -> None:
    place = tmp_path / "case"
    place.mkdir()
    with tarfile.open(place / "logs.tar", "w") as tar:
        for _ in range(2):
            entry = tarfile.TarInfo("app.log")
            entry.size = len(LOG)
            tar.addfile(entry, BytesIO(LOG.encode()))
    case = opened(house, str(place), keep_raw=True)
    assert len(case.artifacts) == 2
    assert len({(each.name, each.text) for each in case.artifacts}) == 1
    assert kept(house, case) == {each.id for each in case.artifacts}
    add_to_list(house, "deny", "marmalade", "OPAQUE_ID")
    again = stored_case(house, case.id).case
    assert again.policy == house.policy.fingerprint
    assert [each.id for each in again.artifacts] == [each.id for each in case.artifacts]
