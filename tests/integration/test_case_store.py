"""Redacted cases and vaults in a real SQLite database."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from redaction import (
    NO_LISTS,
    CaseStore,
    EntityRef,
    Keyring,
    ListStore,
    RawArtifact,
    RawCase,
    RawText,
    RedactedText,
    Redaction,
    Redactor,
    SealBroken,
    is_redacted,
    policy_named,
)
from tests.fake_detection import ListedNames

KEY = Keyring(b"k" * 32)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'c.db'}")
    yield engine
    engine.dispose()


def redaction(body: str = "Hi Torgrim,\npassword=Gr4nit-71 on db7.larks.internal") -> Redaction:
    raw = RawCase(
        RawText("folder"), (RawArtifact("A1.txt", RawText("n"), "text/plain", RawText(body)),), ()
    )
    redactor = Redactor(ListedNames("Torgrim"), policy_named("default"), KEY)
    return redactor.redact_case(raw, "case-1")


def test_a_case_and_its_vault_come_back_as_they_were(engine: Engine) -> None:
    store, saved = CaseStore(engine, KEY), redaction()
    store.save(saved)
    assert store.load("case-1") == saved.case
    assert is_redacted(store.load("case-1").artifacts[0].text)
    value = store.vault("case-1").value("<PERSON_1>")
    assert value is not None
    assert value.reveal() == "Torgrim"
    assert store.vault("case-1").value("<PASSWORD_1>") is None
    assert [row.id for row in store.list()] == ["case-1"]


def test_saving_again_replaces(engine: Engine) -> None:
    store = CaseStore(engine, KEY)
    store.save(redaction())
    store.save(redaction("other"))
    assert store.load("case-1").artifacts[0].text == "other"
    assert len(store.list()) == 1


def test_no_value_is_in_the_database_file(engine: Engine, tmp_path: Path) -> None:
    CaseStore(engine, KEY).save(redaction())
    engine.dispose()
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not any(value in content for value in (b"Torgrim", b"Gr4nit-71", b"larks.internal"))


@pytest.mark.parametrize(
    "change",
    [
        "update redacted_cases set body = replace(body, 'TXT', 'LOG')"
        " || ' '",
        "update redacted_cases set policy = 'x'",
        "update redacted_cases set mac = '00'",
    ],
)  # fmt: skip
def test_a_changed_row_is_refused(engine: Engine, change: str) -> None:
    store = CaseStore(engine, KEY)
    store.save(redaction())
    with engine.begin() as connection:
        connection.execute(text(change))
    with pytest.raises(SealBroken):
        store.load("case-1")


def test_a_case_with_text_that_is_not_redacted_is_not_saved(engine: Engine) -> None:
    store, saved = CaseStore(engine, KEY), redaction()
    [artifact] = saved.case.artifacts
    for text_ in ("Torgrim", str.__new__(RedactedText, "Torgrim")):
        forged = replace(artifact, text=text_)  # pyright: ignore[reportArgumentType]
        with pytest.raises(TypeError) as caught:
            store.save(replace(saved, case=replace(saved.case, artifacts=(forged,))))
        assert "Torgrim" not in str(caught.value)
    assert store.list() == ()


def test_another_key_opens_nothing(engine: Engine) -> None:
    CaseStore(engine, KEY).save(redaction())
    other = CaseStore(engine, Keyring(b"x" * 32))
    for attempt in (other.load, other.vault):
        with pytest.raises(SealBroken):
            attempt("case-1")
    with pytest.raises(SealBroken):
        other.list()


def test_an_unknown_case_is_a_key_error(engine: Engine) -> None:
    with pytest.raises(KeyError):
        CaseStore(engine, KEY).load("none")


def test_without_its_key_a_vault_is_lost_and_the_redacted_case_is_not(engine: Engine) -> None:
    store = CaseStore(engine, KEY)
    store.save(redaction())
    assert store.destroy_key("case-1")
    assert not store.destroy_key("case-1")
    with pytest.raises(KeyError):
        store.vault("case-1")
    assert store.knows("case-1")
    assert store.load("case-1").id == "case-1"


def test_the_key_of_another_case_does_not_open_a_vault(engine: Engine) -> None:
    store = CaseStore(engine, KEY)
    store.save(redaction())
    other = redaction()
    store.save(replace(other, case=replace(other.case, id="case-2")))
    with engine.begin() as connection:
        connection.execute(text("delete from case_keys where case_id = 'case-1'"))
        connection.execute(text("update case_keys set case_id = 'case-1'"))
    with pytest.raises(SealBroken):
        store.vault("case-1")


def test_an_erased_case_is_unknown_and_leaves_no_row(engine: Engine) -> None:
    store = CaseStore(engine, KEY)
    store.save(ticket("case-1", "t-1"))
    store.mark_passed("case-1", "policy")
    # Case, vault, key, two entities, a passed policy, the marks of folder and file.
    assert store.erase("case-1") == 8
    assert store.erase("case-1") == 0
    assert not store.knows("case-1")
    assert store.entities("case-1") == ()
    assert store.list() == ()


def ticket(case_id: str, tenant: str, owner: str = "Jane Roe") -> Redaction:
    body = f'{{"title": "Pool exhausted", "tenant": "{tenant}", "owner": {{"name": "{owner}"}}}}'
    artifact = RawArtifact("A1.json", RawText("n"), "application/json", RawText(body))
    redactor = Redactor(ListedNames("Jane Roe"), policy_named("default"), KEY)
    return redactor.redact_case(RawCase(RawText("folder"), (artifact,), ()), case_id)


def test_cases_are_filtered_and_counted_by_whose_they_are(engine: Engine, tmp_path: Path) -> None:
    store = CaseStore(engine, KEY)
    for number, tenant in enumerate(("t-100234", "T-100234 ", "t-200777")):
        store.save(ticket(f"case-{number}", tenant))
    tenant = EntityRef("tenant", KEY.entity_ref("tenant", "t-100234"))
    owner = EntityRef("owner", KEY.entity_ref("owner", "jane roe"))
    assert store.entities("case-0") == (owner, tenant)
    assert {row.id for row in store.list(tenant)} == {"case-0", "case-1"}
    assert len(store.list(owner)) == 3
    assert sorted(store.count("tenant").values()) == [1, 2]
    assert store.count("account") == {}
    store.erase("case-0")
    assert [row.id for row in store.list(tenant)] == ["case-1"]
    assert tenant.ref not in str(store.load("case-1"))
    engine.dispose()
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"100234" not in content


def test_a_passed_policy_counts_only_as_it_was_written(engine: Engine) -> None:
    store = CaseStore(engine, KEY)
    assert store.passed("case-1") is None
    store.mark_passed("case-1", "one")
    store.mark_passed("case-1", "two")
    assert store.passed("case-1") == "two"
    with engine.begin() as connection:
        connection.execute(text("update passed_policies set policy = 'three'"))
    assert store.passed("case-1") is None


def test_lists_come_back_and_no_value_is_in_the_file(engine: Engine, tmp_path: Path) -> None:
    lists = ListStore(engine, KEY)
    assert lists.load() == NO_LISTS
    assert lists.put("deny", "Project Heron", "ORGANIZATION")
    assert lists.put("allow", "Aurora")
    assert not lists.put("allow", "Aurora")
    first = lists.load()
    assert (first.deny, first.allow) == ({"Project Heron": "ORGANIZATION"}, {"Aurora"})
    assert first.reference
    assert lists.put("deny", "aurora", "PERSON")
    assert lists.load().allow == frozenset()
    assert lists.load().deny["aurora"] == "PERSON"
    assert lists.load().reference != first.reference
    assert lists.remove("AURORA")
    assert not lists.remove("Aurora")
    assert "Heron" not in repr(lists.load())
    engine.dispose()
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Heron" not in content
    assert lists.put("allow", "Aurora")
    assert lists.load() == first
    with pytest.raises(SealBroken):
        ListStore(engine, Keyring(b"x" * 32)).load()
