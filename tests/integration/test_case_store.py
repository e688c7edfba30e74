"""Redacted cases and vaults in a real SQLite database."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from redaction import (
    CaseStore,
    Keyring,
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
