"""What a person's lists do to a case that is already redacted."""

import json
from dataclasses import replace

from redaction import (
    EgressRefused,
    Keyring,
    Lists,
    OutboundGate,
    Policy,
    RawArtifact,
    RawCase,
    RawText,
    Redaction,
    Redactor,
    Revision,
    policy_named,
    revise,
)
from tests.fake_detection import ListedNames
from tests.making import redacted

LOG = "2026-03-14 09:00:00 INFO job of Torgrim Vik on Quillfeather\nquillfeather again\n"
TICKET = {"subject": "Quillfeather is slow", "reporter": "Torgrim Vik", "code": 4711}


def redaction(policy: Policy) -> Redaction:
    artifacts = (
        RawArtifact("A1.log", RawText("quillfeather.log"), "text/x-log", RawText(LOG)),
        RawArtifact("A2.json", RawText("t.json"), "application/json", RawText(json.dumps(TICKET))),
    )
    raw = RawCase(RawText("case"), artifacts, ())
    redactor = Redactor(ListedNames("Torgrim Vik"), policy, Keyring(b"k" * 32))
    return redactor.redact_case(raw)


def revised(lists: Lists) -> Revision:
    policy = policy_named("default")
    return revise(redaction(policy), replace(policy, lists=lists))


def test_a_missed_value_is_redacted_in_every_artifact_and_in_names() -> None:
    result = revised(Lists(deny={"Quillfeather": "CUSTOMER"}, reference="1"))
    texts = [str(each.text) + each.name for each in result.redaction.case.artifacts]
    assert not any("quillfeather" in text.lower() for text in texts)
    assert result.redacted == 3
    assert texts[0].count("<CUSTOMER_1>") == 3


def test_spans_of_a_revised_artifact_fit_its_text_and_its_original() -> None:
    result = revised(Lists(deny={"Quillfeather": "CUSTOMER"}, reference="1"))
    [log, _] = result.redaction.case.artifacts
    originals = [LOG[span.start : span.end].lower() for span in log.spans]
    assert originals == ["torgrim vik", "quillfeather", "quillfeather"]
    assert [log.text[p.start : p.end] for p in log.placed()] == [
        span.placeholder for span in log.spans
    ]


def test_the_revised_json_is_json_and_numbers_that_are_denied_become_strings() -> None:
    result = revised(Lists(deny={"4711": "ORDER"}, reference="1"))
    assert json.loads(result.redaction.case.artifacts[1].text)["code"] == "<ORDER_1>"


def test_a_released_value_comes_back_everywhere_and_the_gate_lets_it_pass() -> None:
    policy = policy_named("default")
    result = revised(Lists(allow=frozenset({"torgrim vik"}), reference="1"))
    assert str(result.redaction.case.artifacts[0].text) == LOG
    assert json.loads(result.redaction.case.artifacts[1].text) == TICKET
    assert result.released == 2
    gate = OutboundGate(ListedNames(), policy).for_case(result.redaction.vault)
    gate.check(redacted("Torgrim Vik"))


def test_a_denied_value_is_known_to_the_gate_of_the_revised_case() -> None:
    policy = policy_named("default")
    result = revised(Lists(deny={"Quillfeather": "CUSTOMER"}, reference="1"))
    gate = OutboundGate(ListedNames(), policy).for_case(result.redaction.vault)
    try:
        gate.check(redacted("about quillfeather"))
    except EgressRefused as error:
        assert [kind for kind, _, _ in error.findings] == ["CUSTOMER"]
    else:
        raise AssertionError("the gate let a denied value pass")


def test_the_word_of_a_placeholder_can_be_denied_without_breaking_it() -> None:
    result = revised(Lists(deny={"person": "CUSTOMER"}, reference="1"))
    assert "<PERSON_1>" in result.redaction.case.artifacts[0].text
    assert result.redacted == 0


def test_a_revised_case_still_names_the_policy_that_it_was_redacted_under() -> None:
    before = redaction(policy_named("default")).case.policy
    assert revised(Lists(deny={"x9": "CUSTOMER"}, reference="1")).redaction.case.policy == before
