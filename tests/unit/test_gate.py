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
