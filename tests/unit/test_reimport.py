"""What comes in again: nothing is doubled, placeholders go on, old anchors keep their lines."""

import json
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from redaction import (
    CaseStore,
    Keyring,
    RawArtifact,
    RawCase,
    RawText,
    Redaction,
    Redactor,
    case_from,
    plain_originals,
    policy_named,
    shares_files,
)
from tests.fake_detection import ListedNames

KEY = Keyring(b"k" * 32)
LOG = "2026-05-04 09:00:00 INFO login of Torgrim Vik from 10.4.0.7\n"
MORE = LOG + "2026-05-04 09:05:00 ERROR export of Maribel Quill failed, retry by Torgrim Vik\n"


def raw(name: str = "export-case", **texts: str) -> RawCase:
    kinds = {"log": "text/x-log", "json": "application/json", "txt": "text/plain"}
    files = [(key.replace("_", "."), text) for key, text in texts.items()]
    artifacts = tuple(
        RawArtifact(
            f"A{number}.{file.rsplit('.', 1)[1]}",
            RawText(file),
            kinds[file.rsplit(".", 1)[1]],
            RawText(text),
        )
        for number, (file, text) in enumerate(files, 1)
    )
    return RawCase(RawText(name), artifacts, ())


def ticket(*comments: str) -> str:
    said = [
        {"author": {"name": "Torgrim Vik"}, "body": body, "created_at": f"2026-05-04T09:0{at}:00Z"}
        for at, body in enumerate(comments)
    ]
    fields = {"id": 40117, "subject": "Export stuck", "status": "open"}
    made = {"created_at": "2026-05-04T07:15:00Z"}
    return json.dumps({"ticket": {**fields, **made, "comments": said}}, indent=1)


@pytest.fixture
def redactor() -> Redactor:
    return Redactor(ListedNames("Torgrim Vik", "Maribel Quill"), policy_named("default"), KEY)


def texts(redaction: Redaction) -> dict[str, str]:
    return {artifact.id: str(artifact.text) for artifact in redaction.case.artifacts}


def test_a_longer_log_goes_on_under_its_id_and_its_lines_stay_where_they_were(
    redactor: Redactor,
) -> None:
    first = redactor.redact_case(raw(app_log=LOG))
    again = redactor.redact_again(raw(app_log=MORE), first)
    assert again.case.id == first.case.id
    assert list(texts(again)) == ["A1.log"]
    assert texts(again)["A1.log"].splitlines()[0] == texts(first)["A1.log"].splitlines()[0]
    assert len(again.case.events) == 2
    assert "<PERSON_2> failed, retry by <PERSON_1>" in texts(again)["A1.log"]


def test_placeholders_go_on_when_another_file_comes_first(redactor: Redactor) -> None:
    first = redactor.redact_case(raw(b_log=LOG))
    again = redactor.redact_again(raw(a_txt="Call Maribel Quill at 10.4.0.9.", b_log=LOG), first)
    assert texts(again) == {
        "A1.log": texts(first)["A1.log"],
        "A2.txt": "Call <PERSON_2> at <IP_1.2>.",
    }


def test_a_changed_ticket_follows_its_earlier_version_and_no_comment_is_doubled(
    redactor: Redactor,
) -> None:
    first = redactor.redact_case(raw(ticket_json=ticket("It is stuck.")))
    again = redactor.redact_again(raw(ticket_json=ticket("It is stuck.", "Still.")), first)
    assert [(a.id, a.superseded_by) for a in again.case.artifacts] == [
        ("A1.json", "A2.json"),
        ("A2.json", ""),
    ]
    assert texts(again)["A1.json"] == texts(first)["A1.json"]
    assert [str(message.text) for message in again.case.messages] == ["It is stuck.", "Still."]


def test_what_is_not_sent_again_stays_redacted_of_what_is_known_by_now(redactor: Redactor) -> None:
    first = redactor.redact_case(raw(a_txt="Ask zephyrine about it.", b_log=LOG))
    second = raw(c_log="2026-05-04 10:00:00 INFO user=zephyrine logged in\n")
    again = redactor.redact_again(second, first)
    assert sorted(texts(again)) == ["A1.txt", "A2.log", "A3.log"]
    assert "zephyrine" not in "".join(texts(again).values())


def test_the_same_import_again_changes_nothing(redactor: Redactor) -> None:
    first = redactor.redact_case(raw(app_log=MORE, ticket_json=ticket("One.", "Two.")))
    again = redactor.redact_again(raw(app_log=MORE, ticket_json=ticket("One.", "Two.")), first)
    assert again.case == first.case
    assert again.marks == first.marks
    third = redactor.redact_again(raw(app_log=MORE), again)
    assert texts(third) == texts(first)


def test_a_dropped_secret_keeps_its_tag_and_a_new_one_gets_the_next(redactor: Redactor) -> None:
    first = redactor.redact_case(raw(a_txt="password=Gr4nit-71"))
    later = raw(b_txt="password=Bas4lt-82 then password=Gr4nit-71")
    again = redactor.redact_again(later, first)
    assert texts(again)["A2.txt"] == "password=<PASSWORD_2> then password=<PASSWORD_1>"
    assert again.vault.value("<PASSWORD_1>") is None


def test_a_folder_of_the_same_name_is_known_by_a_file_it_shares(redactor: Redactor) -> None:
    first = redactor.redact_case(raw(app_log=LOG))
    assert shares_files(first.marks, raw(app_log=MORE), KEY.fingerprint)
    assert not shares_files(first.marks, raw(app_log="other\n"), KEY.fingerprint)
    assert not shares_files(first.marks, raw("other-case", app_log=LOG), KEY.fingerprint)


def test_one_ticket_is_known_again_and_several_are_none(redactor: Redactor) -> None:
    one = redactor.tickets(raw(t_json=ticket("a")))
    assert one == redactor.tickets(raw(other_json=ticket("a", "b")))
    assert len(one) == 1
    two = json.dumps({"tickets": [json.loads(ticket("a"))["ticket"]] * 2})
    assert redactor.tickets(raw(t_json=two)) == ()


def test_kept_originals_are_redacted_again_and_never_stored_in_clear(
    redactor: Redactor, tmp_path: Path
) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'c.db'}")
    store, came_in = CaseStore(engine, KEY), raw(app_log=LOG)
    first = redactor.redact_case(came_in)
    store.save(first, originals=plain_originals(came_in, first.marks, KEY.fingerprint))
    kept = store.originals(first.case.id)
    strict = Redactor(ListedNames("Torgrim Vik"), policy_named("strict"), KEY)
    again = strict.redact_again(case_from(kept), store.redaction(first.case.id))
    assert again.case.policy == policy_named("strict").fingerprint
    assert list(texts(again)) == list(texts(first))
    engine.dispose()
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Torgrim" not in content
    store.erase(first.case.id)
    assert store.originals(first.case.id) == {}


def test_a_case_keeps_the_policy_of_what_stays_from_before(redactor: Redactor) -> None:
    first = redactor.redact_case(raw(a_txt="It is in Oslo.", b_log=LOG))
    strict = Redactor(ListedNames("Torgrim Vik"), policy_named("strict"), KEY)
    some = strict.redact_again(raw(b_log=MORE), first)
    assert some.case.policy == first.case.policy
    whole = strict.redact_again(raw(a_txt="It is in Oslo.", b_log=MORE), some)
    assert whole.case.policy == policy_named("strict").fingerprint
