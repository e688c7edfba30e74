"""Raw bytes in, redacted case out: everything that can see raw text lives here."""

from redaction.case import (
    Anchor,
    Artifact,
    Event,
    Field,
    FieldName,
    Level,
    Message,
    Quarantined,
    RedactedCase,
    Role,
    Sample,
    Span,
    SpanAction,
    ZoneSource,
)
from redaction.detection import Detector, Finding
from redaction.detection.presidio import PresidioDetector
from redaction.errors import (
    CannotRead,
    DetectorFailed,
    EgressRefused,
    KeyUnavailable,
    RedactionError,
    SealBroken,
    UnknownPolicy,
)
from redaction.gate import Gate, OutboundGate
from redaction.intake.limits import Limits
from redaction.intake.sources import RawArtifact, RawCase, RawQuarantined, read_raw
from redaction.keys import Keyring
from redaction.policy import Policy, policy_named
from redaction.reading.artifacts import Structure, read_structure
from redaction.reading.timestamps import read_time
from redaction.records import RawRecord, RedactedRecord, read_records
from redaction.redactor import RedactedDocument, Redaction, Redactor
from redaction.seal import Seal, Sealed
from redaction.store import NOWHERE, CaseStore, Origin, StoredCase
from redaction.text import (
    PLACEHOLDER,
    RawText,
    RedactedText,
    compose,
    is_redacted,
    join,
    numberless,
)
from redaction.vault import Vault

__all__ = [
    "NOWHERE",
    "PLACEHOLDER",
    "Anchor",
    "Artifact",
    "CannotRead",
    "CaseStore",
    "Detector",
    "DetectorFailed",
    "EgressRefused",
    "Event",
    "Field",
    "FieldName",
    "Finding",
    "Gate",
    "KeyUnavailable",
    "Keyring",
    "Level",
    "Limits",
    "Message",
    "Origin",
    "OutboundGate",
    "Policy",
    "PresidioDetector",
    "Quarantined",
    "RawArtifact",
    "RawCase",
    "RawQuarantined",
    "RawRecord",
    "RawText",
    "RedactedCase",
    "RedactedDocument",
    "RedactedRecord",
    "RedactedText",
    "Redaction",
    "RedactionError",
    "Redactor",
    "Role",
    "Sample",
    "Seal",
    "SealBroken",
    "Sealed",
    "Span",
    "SpanAction",
    "StoredCase",
    "Structure",
    "UnknownPolicy",
    "Vault",
    "ZoneSource",
    "compose",
    "is_redacted",
    "join",
    "numberless",
    "policy_named",
    "read_raw",
    "read_records",
    "read_structure",
    "read_time",
]
