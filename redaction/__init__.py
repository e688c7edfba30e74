"""Raw bytes in, redacted case out: everything that can see raw text lives here."""

from redaction.case import (
    Anchor,
    Article,
    Artifact,
    Event,
    Field,
    FieldName,
    Level,
    Link,
    LinkKind,
    Message,
    Participant,
    Placed,
    Quarantined,
    RedactedCase,
    Role,
    Sample,
    Span,
    SpanAction,
    Status,
    StatusChange,
    Tracked,
    ZoneSource,
)
from redaction.detection import Detector, Finding
from redaction.detection.language.presidio import PresidioDetector, plain_presidio
from redaction.detection.pool import PooledDetector
from redaction.detection.worker import start as start_worker
from redaction.entities import EntityKind, EntityRef, tenant_of
from redaction.errors import (
    CannotRead,
    CaseOutdated,
    DetectorFailed,
    EgressRefused,
    KeyUnavailable,
    LedgerBroken,
    NotInVault,
    NotVerified,
    PolicyInvalid,
    RedactionError,
    SealBroken,
    UnknownPolicy,
)
from redaction.gate import Gate, OutboundGate
from redaction.intake.large import LargeText, Progress, is_one_document, large_text
from redaction.intake.limits import Limits
from redaction.intake.sources import RawArtifact, RawCase, RawQuarantined, read_raw
from redaction.keyplaces import GivenKey, KeyFiles, KeyPlace
from redaction.keys import Keyring, KeySource
from redaction.labelled import Label, LabelledText, found_by, read_labelled
from redaction.labelled_reports import LabelledReport, MeasuringGate, as_they_are, read_reports
from redaction.ledger import EVENTS, Entry, EventKind, Ledger, LedgerGate, Verdict
from redaction.ledger_store import LedgerStore, fits, noted_head
from redaction.list_store import ListStore
from redaction.lists import NO_LISTS, ListName, Lists
from redaction.originals import case_from, plain_originals
from redaction.oskeyring import OsKeyring
from redaction.policy import POLICY_FILE, Policy, described_kinds, policy_from, policy_named
from redaction.preview import Change, changes, record_shown
from redaction.reading.artifacts import Structure, read_structure
from redaction.reading.timestamps import read_time
from redaction.records import RawRecord, RedactedRecord, holds_records, read_records
from redaction.redacted import RedactedDocument, RedactedPart
from redaction.redactor import Redaction, Redactor, record_ref
from redaction.reimport import Mark, contents_of, folder_ref, shares_files, shares_most
from redaction.releasing import (
    NOT_VERIFIED,
    RELEASE_REASONS,
    ReleaseReason,
    shows_anything,
    withheld_lines,
)
from redaction.revealing import REVEAL_REASONS, Revealed, RevealReason, look_up
from redaction.revising import Revision, revise
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
    "EVENTS",
    "NOT_VERIFIED",
    "NOWHERE",
    "NO_LISTS",
    "PLACEHOLDER",
    "POLICY_FILE",
    "RELEASE_REASONS",
    "REVEAL_REASONS",
    "Anchor",
    "Article",
    "Artifact",
    "CannotRead",
    "CaseOutdated",
    "CaseStore",
    "Change",
    "Detector",
    "DetectorFailed",
    "EgressRefused",
    "EntityKind",
    "EntityRef",
    "Entry",
    "Event",
    "EventKind",
    "Field",
    "FieldName",
    "Finding",
    "Gate",
    "GivenKey",
    "KeyFiles",
    "KeyPlace",
    "KeySource",
    "KeyUnavailable",
    "Keyring",
    "Label",
    "LabelledReport",
    "LabelledText",
    "LargeText",
    "Ledger",
    "LedgerBroken",
    "LedgerGate",
    "LedgerStore",
    "Level",
    "Limits",
    "Link",
    "LinkKind",
    "ListName",
    "ListStore",
    "Lists",
    "Mark",
    "MeasuringGate",
    "Message",
    "NotInVault",
    "NotVerified",
    "Origin",
    "OsKeyring",
    "OutboundGate",
    "Participant",
    "Placed",
    "Policy",
    "PolicyInvalid",
    "PooledDetector",
    "PresidioDetector",
    "Progress",
    "Quarantined",
    "RawArtifact",
    "RawCase",
    "RawQuarantined",
    "RawRecord",
    "RawText",
    "RedactedCase",
    "RedactedDocument",
    "RedactedPart",
    "RedactedRecord",
    "RedactedText",
    "Redaction",
    "RedactionError",
    "Redactor",
    "ReleaseReason",
    "RevealReason",
    "Revealed",
    "Revision",
    "Role",
    "Sample",
    "Seal",
    "SealBroken",
    "Sealed",
    "Span",
    "SpanAction",
    "Status",
    "StatusChange",
    "StoredCase",
    "Structure",
    "Tracked",
    "UnknownPolicy",
    "Vault",
    "Verdict",
    "ZoneSource",
    "as_they_are",
    "case_from",
    "changes",
    "compose",
    "contents_of",
    "described_kinds",
    "fits",
    "folder_ref",
    "found_by",
    "holds_records",
    "is_one_document",
    "is_redacted",
    "join",
    "large_text",
    "look_up",
    "noted_head",
    "numberless",
    "plain_originals",
    "plain_presidio",
    "policy_from",
    "policy_named",
    "read_labelled",
    "read_raw",
    "read_records",
    "read_reports",
    "read_structure",
    "read_time",
    "record_ref",
    "record_shown",
    "revise",
    "shares_files",
    "shares_most",
    "shows_anything",
    "start_worker",
    "tenant_of",
    "withheld_lines",
]
