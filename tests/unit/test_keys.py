"""The workspace key and what is derived from it."""

import base64
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoBackend
from keyring.errors import PasswordDeleteError

from redaction import (
    GivenKey,
    KeyFiles,
    KeyPlace,
    Keyring,
    KeySource,
    KeyUnavailable,
    OsKeyring,
    RedactedText,
    SealBroken,
)
from redaction.keys import WorkspaceKey
from tests.making import redacted
from ui.settings import Settings
from ui.wiring import House


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


def test_the_key_of_a_case_opens_only_for_its_case_and_under_its_workspace() -> None:
    keys = Keyring(b"a" * 32)
    key, wrapped = keys.new_case_key("case-1")
    sealed = key.encrypt(b"value", "vault")
    assert keys.case_key(wrapped, "case-1").decrypt(sealed, "vault") == b"value"
    with pytest.raises(SealBroken):
        keys.case_key(wrapped, "case-2")
    with pytest.raises(SealBroken):
        Keyring(b"b" * 32).case_key(wrapped, "case-1")
    with pytest.raises(SealBroken):
        keys.case_key(wrapped, "case-1").decrypt(sealed, "upload")
    assert keys.new_case_key("case-1")[1] != wrapped


class FarAway:
    """Implements `KeySource` as a KMS would: keys are wrapped where we cannot look."""

    def __init__(self) -> None:
        self._kept: dict[bytes, tuple[bytes, str]] = {}

    def wrap(self, data_key: bytes, case_id: str) -> bytes:
        handle = f"handle-{len(self._kept)}".encode()
        self._kept[handle] = (data_key, case_id)
        return handle

    def unwrap(self, wrapped: bytes, case_id: str) -> bytes:
        key, bound = self._kept.get(wrapped, (b"", ""))
        if bound != case_id:
            raise SealBroken(("data key", case_id))
        return key


@pytest.mark.parametrize("source", [FarAway(), WorkspaceKey(b"w" * 32)])
def test_a_source_wraps_and_unwraps_for_one_case(source: KeySource) -> None:
    wrapped = source.wrap(b"d" * 32, "case-1")
    assert source.unwrap(wrapped, "case-1") == b"d" * 32
    for broken, case in ((wrapped, "case-2"), (wrapped + b"x", "case-1")):
        with pytest.raises(SealBroken):
            source.unwrap(broken, case)


def test_a_keyring_asks_its_source_for_the_keys_of_cases() -> None:
    source = FarAway()
    key, wrapped = Keyring(b"a" * 32, source).new_case_key("case-1")
    sealed = key.encrypt(b"value", "vault")
    assert wrapped == b"handle-0"
    again = Keyring(b"a" * 32, source).case_key(wrapped, "case-1")
    assert again.decrypt(sealed, "vault") == b"value"


@pytest.fixture
def system_keyring() -> Iterator[None]:
    """A keyring of this process in place of the system's."""
    before = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    yield
    keyring.set_keyring(before)


class InMemory(KeyringBackend):
    """A backend of the keyring library that keeps what it is given in memory."""

    priority = 1.0  # pyright: ignore[reportAssignmentType, reportIncompatibleMethodOverride]

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self._kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


@pytest.mark.usefixtures("system_keyring")
def test_every_place_keeps_a_key_and_gives_it_back(tmp_path: Path) -> None:
    given = base64.b64encode(b"g" * 32).decode()
    places: tuple[KeyPlace, ...] = (
        KeyFiles(tmp_path),
        GivenKey(given, "CASEWRIGHT_KEY"),
        OsKeyring(),
    )
    for place in places:
        key = place.create("w1")
        assert len(key) == 32
        assert place.read("w1") == key


@pytest.mark.usefixtures("system_keyring")
def test_a_place_that_keeps_keys_keeps_each_workspace_apart(tmp_path: Path) -> None:
    for place in (KeyFiles(tmp_path), OsKeyring()):
        one, two = place.create("w1"), place.create("w2")
        assert one != two
        with pytest.raises(KeyUnavailable):
            place.create("w1")
        assert place.read("w1") == one
        place.discard("w1")
        place.discard("w1")
        with pytest.raises(KeyUnavailable, match="w1"):
            place.read("w1")
        assert place.read("w2") == two


@pytest.mark.parametrize("given", ["", "c2hvcnQ=", "not base64 at all!", "x" * 44])
def test_a_given_key_that_is_none_is_refused_without_showing_it(given: str) -> None:
    place = GivenKey(given, "CASEWRIGHT_KEY")
    with pytest.raises(KeyUnavailable, match="CASEWRIGHT_KEY must hold 32 bytes") as caught:
        place.read("w1")
    shown = f"{caught.value} {place!r}"
    assert not given or given not in shown
    assert caught.value.__cause__ is None


def test_a_system_without_a_keyring_is_told_what_to_do() -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(NoBackend())
    try:
        with pytest.raises(KeyUnavailable, match="CASEWRIGHT_KEY_SOURCE"):
            OsKeyring().create("w1")
    finally:
        keyring.set_keyring(before)


@pytest.mark.usefixtures("system_keyring")
@pytest.mark.parametrize("source", ["file", "environment", "keyring"])
def test_a_workspace_takes_its_key_from_the_place_its_settings_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    secret = base64.b64encode(b"g" * 32).decode()
    monkeypatch.setenv("CASEWRIGHT_KEY_SOURCE", source)
    monkeypatch.setenv("CASEWRIGHT_KEY", secret)
    monkeypatch.setenv("CASEWRIGHT_WORKSPACE", str(tmp_path / "w"))
    monkeypatch.setenv("CASEWRIGHT_KEYS", str(tmp_path / "keys"))
    settings = Settings.read()
    first, later = House(settings).keyring, House(settings).keyring
    assert first.fingerprint("x") == later.fingerprint("x")
    assert (first.fingerprint("x") == Keyring(b"g" * 32).fingerprint("x")) == (
        source == "environment"
    )
    assert any(tmp_path.rglob("*.key")) == (source == "file")
    assert secret not in f"{settings!r} {settings.model_dump()} {settings.model_dump_json()}"
