# ruff: noqa: E501 - fragments are easier to read on one line
"""The outbound gate refuses by the text alone: not by what it read before, nor by what it skips."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from redaction import EgressRefused, Keyring, OutboundGate, RawText, policy_named
from redaction.detection import Finding
from redaction.detection.patterns import recognizers
from redaction.detection.patterns.addresses import SEEDS
from redaction.detection.patterns.keyspots import key_spot
from redaction.detection.patterns.recognizers import RULES, find_patterns
from redaction.detection.patterns.scanner import Scanner
from redaction.gate import Hit
from redaction.vault import Vault, checksum, entries_of, suspects, vault_from
from tests.fake_detection import ListedNames
from tests.making import redacted

POLICY = policy_named("default")
KEY = Keyring(b"k" * 32)
# Long words and short ones, with signs that split words, with spaces, of letters, not of ASCII.
SECRETS = (
    "not-a-real-secret-007",
    "fake/secret=9",
    "sælg-fake-8",
    "'quoted7'",
    "fake pass 5",
    "a:b@c#d!",
    "x9",
    "øøøøøøø7",
)
VALUES = (("PERSON", "Jane Roe"), ("HOST", "db7.larks.example"), ("CUSTOMER", "CUST-qlarks-00007"))
KEPT = frozenset({"10.9.8.7"})
# Never compiled, so that it remembers no line.
FORGETFUL = Scanner([*(rule.pattern for rule in RULES), *SEEDS], worth=10**12, spots=[key_spot()])


def vault_of(secrets: tuple[str, ...]) -> Vault:
    named = [(f"<{kind}_1>", kind, value) for kind, value in VALUES]
    named += [(f"<PASSWORD_{number}>", "PASSWORD", value) for number, value in enumerate(secrets)]
    entries = entries_of(named, POLICY.is_secret, KEY.fingerprint)
    literals = tuple((RawText(value), kind, False, False) for kind, value in VALUES)
    return Vault(entries, literals, KEPT, KEY.fingerprint)


def without_checksums(vault: Vault) -> Vault:
    entries = tuple(replace(entry, checksum=None) for entry in vault.entries)
    return replace(vault, entries=entries)


class Forgetting(ListedNames):
    """Implements `Detector` with a scanner that keeps nothing of what it read."""

    def patterns(self, text: str, without: frozenset[str] = frozenset()) -> list[Finding]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(recognizers, "scanner", lambda: FORGETFUL)
            return find_patterns(text, without)


def verdict(gate: OutboundGate, text: str) -> tuple[Hit, ...]:
    try:
        gate.check(redacted(text))
    except EgressRefused as refused:
        return refused.findings
    return ()


VAULT = vault_of(SECRETS)
UNMARKED = without_checksums(VAULT)
REMEMBERING = OutboundGate(ListedNames(), POLICY).for_case(VAULT)

WORDS = st.one_of(
    st.sampled_from(SECRETS),
    st.sampled_from([value for _, value in VALUES]),
    st.sampled_from((
        "<USER_1>", "<PASSWORD_2>", "<TOKEN>", "10.9.8.7", "10.9.8.6", "INFO", "login", "session", "/users/", "%20", "&amp;",
        "bm90LWEtcmVhbC1zZWNyZXQtMDA3", "not%2Da%2Dreal%2Dsecret%2D007", "jane.roe@larks.example", "hunter2-fake", "password",
        "secret", "rid", "api_key", "2026-03-14 09:12:33", "é", "\u200b", "=", "==", ": ", '"', "'", "(", ")", ",", ".", " ", "; ",
    )),
    st.text(alphabet="aZ19.:=-_/@<>\"' ", max_size=6),
)  # fmt: skip
LINES = st.lists(WORDS, max_size=6).map("".join)
TEXTS = st.lists(st.lists(LINES, max_size=5).map("\n".join), min_size=1, max_size=4)


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    # Lines are remembered once expressions are compiled.
    find_patterns("a " * 100_000)


@settings(deadline=None, max_examples=120)
@given(TEXTS)
@example(["key=not-a-real-secret-007", "x\nkey=not-a-real-secret-007\ny"])
@example(
    [
        "password=<PASSWORD_2>\nok\nok",
        "ok\npassword=hunter2-fake\nok",
        "ok\npassword=<PASSWORD_2>\nok",
    ]
)
def test_a_gate_that_read_other_texts_refuses_just_what_a_fresh_one_refuses(
    texts: list[str],
) -> None:
    for text in (*texts, "\n".join(texts), "first\n" + "\n".join(reversed(texts)), *texts):
        fresh = OutboundGate(Forgetting(), POLICY).for_case(VAULT)
        assert verdict(REMEMBERING, text) == verdict(fresh, text)


@settings(deadline=None, max_examples=120)
@given(st.lists(LINES, max_size=4).map("\n".join))
def test_checksums_spare_work_and_no_secret(text: str) -> None:
    by_checksum = OutboundGate(ListedNames(), POLICY).for_case(VAULT)
    by_fingerprint = OutboundGate(ListedNames(), POLICY).for_case(UNMARKED)
    assert verdict(by_checksum, text) == verdict(by_fingerprint, text)


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet=st.characters(exclude_categories=["Z", "C"]), min_size=6, max_size=20))
def test_a_dropped_secret_is_refused_wherever_it_stands_as_a_word(secret: str) -> None:
    bare = secret.strip(".,;:!?\"'`()<>[]{}")
    if len(bare) < 6 or bare.isalpha():
        return
    gate = OutboundGate(ListedNames(), POLICY).for_case(vault_of((secret,)))
    assert ("PASSWORD", 4, 4 + len(secret)) in verdict(gate, f"ok: {secret} \nok")


def test_a_vault_written_without_checksums_still_refuses_its_secrets() -> None:
    body = UNMARKED.plain().replace(b", null]", b"]")
    old = vault_from(body, KEY.fingerprint)
    assert old.checksums() is None
    gate = OutboundGate(ListedNames(), POLICY).for_case(old)
    assert verdict(gate, "key not-a-real-secret-007 x") == (("PASSWORD", 4, 25),)


def test_checksums_come_back_with_the_vault() -> None:
    again = vault_from(VAULT.plain(), KEY.fingerprint)
    assert again.fingerprints() == VAULT.fingerprints()
    assert again.checksums() == VAULT.checksums()
    assert len(VAULT.checksums() or ()) == len(SECRETS)


@given(st.lists(st.text(alphabet="aZ1é\ud800\x85\u2028", max_size=8), max_size=8))
def test_words_are_told_by_their_checksums_all_at_once_as_one_by_one(words: list[str]) -> None:
    sums = frozenset(map(checksum, words[::2]))
    assert suspects(words, sums) == [word for word in words if checksum(word) in sums]


def test_a_word_over_two_lines_is_refused_rather_than_read_as_two() -> None:
    with pytest.raises(ValueError, match="zip"):
        suspects(["fake-1\nfake-2", "fake-3"], frozenset({1}))
