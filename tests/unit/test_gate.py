"""What stands before every text that leaves."""

import pytest

from redaction import (
    DetectorFailed,
    EgressRefused,
    Gate,
    Keyring,
    OutboundGate,
    RawArtifact,
    RawCase,
    RawText,
    Redactor,
    is_redacted,
    policy_named,
)
from tests.fake_detection import BrokenDetector, ListedNames
from tests.making import redacted

KEY = Keyring(b"k" * 32)
TEXT = '{"author": "Will Haldorsen", "password": "Gr4nit-71", "host": "db7.larks.internal"}'


def case_gate(text: str = TEXT) -> OutboundGate:
    raw = RawCase(
        RawText("c"),
        (RawArtifact("A1.json", RawText("t.json"), "application/json", RawText(text)),),
        (),
    )
    vault = Redactor(ListedNames(), policy_named("default"), KEY).redact_case(raw).vault
    return OutboundGate(ListedNames(), policy_named("default")).for_case(vault)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("asked Will Haldorsen again", "PERSON"),
        ("asked haldorsen again", "PERSON"),
        ("asked <HALDORSEN> again", "PERSON"),
        ("asked <WILL_HALDORSEN> again", "PERSON"),
        ("on DB7.larks.internal", "HOST"),
        ("used Gr4nit-71 there", "PASSWORD"),
        ("set x=Gr4nit-71, ok", "PASSWORD"),
        ("Hi Will, thanks", "PERSON"),
        ("new mail a.b@corp.lan", "EMAIL"),
        ("token=abcd1234efgh5678", "TOKEN"),
    ],
)
def test_a_value_of_the_case_is_refused_with_kind_and_place_only(text: str, kind: str) -> None:
    with pytest.raises(EgressRefused) as caught:
        case_gate().check(redacted(text))
    assert kind in [found for found, _, _ in caught.value.findings]
    assert not any(word in str(caught.value) for word in text.split() if len(word) > 6)


@pytest.mark.parametrize(
    "text",
    [
        "<PERSON_1> on <HOST_2> used <PASSWORD_1>; <PERSON> <HOST>",
        "Will it work? It will. HTTP 503 at 09:04:12, 5002 ms, 12 %",
        "version 4.18.1 of com.acme.Orders on 127.0.0.1",
    ],
)
def test_placeholders_tags_and_diagnostics_pass(text: str) -> None:
    case_gate().check(redacted(text))


def test_a_version_that_was_kept_in_the_case_passes_without_its_context() -> None:
    gate = case_gate('{"note": "Version 4.18.1.2 is live"}')
    gate.check(redacted("4.18.1.2 since noon"))


def test_a_models_answer_is_minted_only_when_clean() -> None:
    gate = case_gate()
    assert is_redacted(gate.admit("The <PERSON_1> confirmed."))
    with pytest.raises(EgressRefused):
        gate.admit("Haldorsen confirmed.")


def test_a_gate_without_a_case_still_stops_patterns() -> None:
    gate: Gate = OutboundGate(ListedNames(), policy_named("default"))
    gate.check(redacted("Haldorsen confirmed"))
    with pytest.raises(EgressRefused):
        gate.check(redacted("at 10.9.8.7"))


def test_a_broken_detector_closes_the_gate() -> None:
    with pytest.raises(DetectorFailed):
        OutboundGate(BrokenDetector(), policy_named("default")).check(redacted("x"))


@pytest.mark.parametrize(
    "text",
    [
        "used Gr4n\u200bit-71 there",
        "used Gr4n\u00adit-71 there",
        "used Gr4\x1b[31mnit-71\x1b[0m there",
        "asked W\u200bill Hal\u2060dorsen again",
        "asked \uff37\uff49\uff4c\uff4c \uff28\uff41\uff4c\uff44\uff4f\uff52\uff53\uff45\uff4e",
        "to /find?name=%48%61%6c%64%6f%72%73%65%6e&x=1",
        "on db7\u200b.larks.internal",
    ],
)
def test_a_value_that_the_eye_reads_but_a_search_does_not_is_refused(text: str) -> None:
    with pytest.raises(EgressRefused) as caught:
        case_gate().check(redacted(text))
    for _, start, end in caught.value.findings:
        assert 0 <= start < end <= len(text)


def test_hidden_characters_without_a_value_pass() -> None:
    case_gate().check(redacted("\x1b[32mOK\x1b[0m caf\u00e9 100\u00a0% \u200b<PERSON_1> a%20b"))


def test_a_secret_is_known_again_at_every_place() -> None:
    with pytest.raises(EgressRefused) as caught:
        case_gate().check(redacted("first Gr4nit-71, then x=Gr4nit-71; <PERSON_1>"))
    starts = {start for kind, start, _ in caught.value.findings if kind == "PASSWORD"}
    assert starts == {6, 24}
