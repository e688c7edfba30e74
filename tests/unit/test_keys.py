"""The workspace key and what is derived from it."""

from pathlib import Path

import pytest

from redaction import Keyring, KeyUnavailable, RedactedText, SealBroken
from tests.making import redacted


def test_a_new_key_is_readable_by_its_owner_only_and_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "workspace.key"
    made = Keyring.create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert Keyring.open(path).entity_ref("tenant", "x") == made.entity_ref("tenant", "x")


def test_an_existing_key_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "k"
    Keyring.create(path)
    before = path.read_bytes()
    with pytest.raises(KeyUnavailable):
        Keyring.create(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_file_that_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "k"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyUnavailable, match="not a workspace key"):
        Keyring.open(path)


def test_a_key_that_others_can_read_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "k"
    Keyring.create(path)
    path.chmod(0o644)
    with pytest.raises(KeyUnavailable, match="chmod 600"):
        Keyring.open(path)


def test_a_missing_key_is_not_made_silently(tmp_path: Path) -> None:
    with pytest.raises(KeyUnavailable, match="backup"):
        Keyring.open(tmp_path / "k")
    assert list(tmp_path.iterdir()) == []


def test_references_differ_by_kind_and_key_and_ignore_case_and_spaces() -> None:
    keys = Keyring(b"a" * 32)
    ref = keys.entity_ref("tenant", "Acme  Corp")
    assert ref == keys.entity_ref("tenant", "acme corp")
    assert ref != keys.entity_ref("account", "Acme Corp")
    assert ref != Keyring(b"b" * 32).entity_ref("tenant", "Acme Corp")
    assert len(ref) == 64


def test_encrypted_bytes_open_only_whole_and_in_their_place() -> None:
    keys = Keyring(b"a" * 32)
    sealed = keys.encrypt(b"value", "case-1")
    assert b"value" not in sealed
    assert keys.decrypt(sealed, "case-1") == b"value"
    for broken, place in ((sealed[:-1], "case-1"), (sealed, "case-2"), (b"", "case-1")):
        with pytest.raises(SealBroken):
            keys.decrypt(broken, place)


def test_the_seal_is_bound_to_the_workspace_key() -> None:
    sealed = Keyring(b"a" * 32).seal.close(redacted("x"), RedactedText, ("t", "1"))
    assert Keyring(b"a" * 32).seal.open(sealed, RedactedText, ("t", "1")) == "x"
    with pytest.raises(SealBroken):
        Keyring(b"b" * 32).seal.open(sealed, RedactedText, ("t", "1"))
