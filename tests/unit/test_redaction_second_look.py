"""The second look reads a text as it will leave, and redacts what shows there."""

import pytest

from redaction import Keyring, OutboundGate, RawArtifact, RawCase, RawText, Redactor, policy_named
from tests.fake_detection import ListedNames

DETECTOR = ListedNames("Ottoline Marsk")
POLICY = policy_named("default")
KEY = "AKIA" + "Q7XM2PLDNE5RTW3B"


@pytest.mark.parametrize(
    ("text", "shown", "late"),
    [
        (f"see {KEY}\ufb01\u00e9 ok", "see <CLOUD_KEY_1>\ufb01\u00e9 ok", True),
        (f"Ottoline Marsk{KEY}", "<PERSON_1><CLOUD_KEY_1>", False),
        (f"a Ottoline Marsk{KEY}\ufb01", "a <PERSON_1><CLOUD_KEY_1>\ufb01", True),
        (f"0{KEY}Ottoline Marsk", "<OPAQUE_ID_1><PERSON_1>", True),
    ],
)
def test_a_secret_glued_to_a_ligature_or_a_name_is_redacted_and_told_when_late(
    text: str, shown: str, late: bool
) -> None:
    redactor = Redactor(DETECTOR, POLICY, Keyring(b"k" * 32))
    artifact = RawArtifact("A1.txt", RawText("1.txt"), "text/plain", RawText(text))
    redaction = redactor.redact_case(RawCase(RawText("case"), (artifact,), ()))
    [clean] = redaction.case.artifacts
    assert clean.text == shown
    assert any(span.detector.startswith("verify") for span in clean.spans) is late
    OutboundGate(DETECTOR, POLICY).for_case(redaction.vault).check(clean.text)
