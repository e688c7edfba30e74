"""What a privacy officer's commands answer as JSON: values, entries, lists, policies, previews."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from assistant import DraftKind
from redaction import Entry, ListName, RedactedText, Span

SCHEMA_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class RevealAnswer:
    """The answer of `triage reveal`; `value` is null where no copy exists, only a fingerprint."""

    case_id: str
    placeholder: str
    kind: str
    value: str | None = field(repr=False)
    fingerprint: str | None
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class ReleaseAnswer:
    """The answer of `triage release`: how many lines came back and how many values are replaced.

    `withheld` are the numbers of the lines that hold something that cannot be verified: a marker
    stands there.
    """

    case_id: str
    artifact: str
    name: RedactedText
    lines: int
    withheld: tuple[int, ...]
    replaced: int
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class ForgetAnswer:
    """The answer of `triage forget`: how many rows, documents and report files were erased.

    `clean` is false while another program keeps the database's log from being emptied.
    """

    case_id: str
    key_destroyed: bool
    removed: Mapping[str, int]
    clean: bool
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class LedgerAnswer:
    """The answer of `triage ledger show`: entries of ids and keyed hashes, oldest first.

    `problem` says what is missing at its end, or is null: `triage ledger verify` looks at it all.
    """

    entries: tuple[Entry, ...]
    problem: str | None = None
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class VerifyAnswer:
    """The answer of `triage ledger verify`; `broken` is the first number that does not hold."""

    ok: bool
    entries: int
    broken: int | None
    problem: str | None
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class ListedValue:
    """A value that is always redacted, and as which kind."""

    value: str = field(repr=False)
    kind: str


@dataclass(frozen=True, slots=True)
class ListsAnswer:
    """The answer of `triage lists show`."""

    deny: tuple[ListedValue, ...]
    allow: tuple[str, ...] = field(repr=False)
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class ListChangeAnswer:
    """The answer of `triage lists add` and `remove`; no change when it was so already."""

    list: ListName | None
    changed: bool
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class PolicyKind:
    """A row of a policy: a kind of value, what is done with it, and what it is."""

    kind: str
    action: str
    what: str


@dataclass(frozen=True, slots=True)
class PolicyAnswer:
    """The answer of `triage policy show`; `deny` and `allow` count the values on the lists."""

    profile: str
    fingerprint: str
    kinds: tuple[PolicyKind, ...]
    deny: int
    allow: int
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class ChangeAnswer:
    """One line of `triage redact --diff`: changed lines before and after, and why.

    `before` is raw text of the files given; it is printed, never stored.
    """

    artifact: str
    line: int
    before: str = field(repr=False)
    after: RedactedText
    spans: tuple[Span, ...]
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class OutgoingAnswer:
    """One line of `triage outgoing`: a message that drafting would send, and to whom.

    `refused` is the reason for which the gate would hold it back, or null.
    """

    draft: DraftKind
    recipient: str
    local: bool
    role: str
    content: str
    refused: str | None
    schema_version: int = SCHEMA_VERSION
