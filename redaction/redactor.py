"""Turns raw cases, records and documents into redacted ones; the one place that mints them."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from redaction.case import Artifact, Quarantined, RedactedCase, Span
from redaction.detection import Detector
from redaction.detection.passes import Result, Source, redact_documents
from redaction.detection.recognizers import version_like
from redaction.detection.splicing import Clean
from redaction.detection.structure import form_of
from redaction.errors import DetectorFailed
from redaction.intake.sources import RawArtifact, RawCase
from redaction.keys import Keyring
from redaction.policy import Policy
from redaction.reading.artifacts import read_structure
from redaction.records import RawRecord, RedactedRecord
from redaction.text import RawText, RedactedText, mint, numberless
from redaction.vault import Vault, entries_of

_BATCH = 64
_NOT_VERIFIED = "redaction could not be verified"
_TENANT_KEYS = ("tenant", "tenant_id", "account", "account_id", "organization", "customer")


@dataclass(frozen=True, slots=True)
class Redaction:
    """A redacted case and the vault of its pseudonyms."""

    case: RedactedCase
    vault: Vault


@dataclass(frozen=True, slots=True)
class RedactedDocument:
    """A text that was redacted on its own, with the spans that were replaced in the original."""

    id: str
    text: RedactedText
    spans: tuple[Span, ...]


class Redactor:
    """Redacts with one detector under one policy."""

    def __init__(self, detector: Detector, policy: Policy, keyring: Keyring) -> None:
        """Hold the detector, the policy and the keys that fingerprints are made with."""
        self._detector = detector
        self._policy = policy
        self._keyring = keyring

    def content_ref(self, raw: RawCase) -> str:
        """Refer (hex, keyed) to a raw case, the policy and these rules: equal means unchanged."""
        parts = [self._policy.fingerprint, _rules(), raw.name.reveal()]
        for artifact in raw.artifacts:
            parts += [artifact.id, artifact.name.reveal(), artifact.text.reveal()]
        for file in raw.quarantined:
            parts += [file.id, file.name.reveal(), file.reason]
        return self._keyring.fingerprint("".join(f"{len(part)}:{part}" for part in parts))

    def redact_case(self, raw: RawCase, case_id: str | None = None) -> Redaction:
        """Redact every artifact and name of a case with one set of placeholders.

        Raises:
            DetectorFailed: a detector broke; nothing passes.
        """
        names = [raw.name, *(a.name for a in raw.artifacts), *(q.name for q in raw.quarantined)]
        sources = [_source(artifact) for artifact in raw.artifacts]
        named = [Source(name.reveal(), "text", prose=False) for name in names]
        [result] = redact_documents([[*sources, *named]], self._detector, self._policy)
        texts = result.texts[: len(sources)]
        shown = [_name(clean) for clean in result.texts[len(sources) :]]
        artifacts, broken = _artifacts(raw.artifacts, texts, shown[1:])
        quarantined = tuple(
            Quarantined(each.id, name, each.reason)
            for each, name in zip(raw.quarantined, shown[1 + len(raw.artifacts) :], strict=True)
        )
        structure = read_structure(artifacts)
        case = RedactedCase(
            id=case_id or f"case-{secrets.token_hex(8)}",
            title=structure.title or shown[0],
            policy=self._policy.fingerprint,
            artifacts=artifacts,
            quarantined=(*quarantined, *broken),
            messages=structure.messages,
            events=structure.events,
            samples=structure.samples,
            fields=structure.fields,
        )
        return Redaction(case, self._vault(result, artifacts))

    def redact_records(self, records: Iterable[RawRecord]) -> Iterator[RedactedRecord]:
        """Redact knowledge and tracker records with numberless tags, a batch at a time.

        Raises:
            DetectorFailed: a detector broke, or a record could not be verified.
        """
        stream = iter(records)
        while batch := list(islice(stream, _BATCH)):
            documents = [
                [Source(text.reveal(), "text", key) for key, text in record.fields.items()]
                for record in batch
            ]
            results = redact_documents(documents, self._detector, self._policy)
            for record, result in zip(batch, results, strict=True):
                yield self._record(record, result)

    def redact_documents(
        self, documents: Iterable[tuple[str, RawText]]
    ) -> Iterator[RedactedDocument]:
        """Redact `(id, text)` pairs, every one a document of its own, a batch at a time.

        Raises:
            DetectorFailed: a detector broke, or a text could not be verified.
        """
        stream = iter(documents)
        while batch := list(islice(stream, _BATCH)):
            sources = [[Source(text.reveal(), "text")] for _, text in batch]
            results = redact_documents(sources, self._detector, self._policy)
            for (name, _), result in zip(batch, results, strict=True):
                clean = _verified(result.texts[0], name)
                yield RedactedDocument(name, mint(clean.text), clean.spans)

    def _record(self, record: RawRecord, result: Result) -> RedactedRecord:
        fields = {
            key: numberless(mint(_verified(clean, record.id).text))
            for key, clean in zip(record.fields, result.texts, strict=True)
        }
        return RedactedRecord(record.id, fields, self._tenant(record.fields))

    def _tenant(self, fields: Mapping[str, RawText]) -> str:
        for key in _TENANT_KEYS:
            value = fields[key].reveal().strip() if key in fields else ""
            if value:
                return self._keyring.entity_ref("tenant", value)
        return ""

    def _vault(self, result: Result, artifacts: Sequence[Artifact]) -> Vault:
        named = [
            (placeholder, kind, value)
            for placeholder, (kind, value) in result.placeholders.first_seen.items()
        ]
        literals = tuple(
            (RawText(literal.value), literal.key, literal.exact, literal.guarded)
            for literal in result.identities.literals
            if not self._policy.is_secret(literal.key)
        )
        kept = frozenset(found for each in artifacts for found in version_like(each.text))
        digest = self._keyring.fingerprint
        return Vault(entries_of(named, self._policy.is_secret, digest), literals, kept, digest)


@cache
def _rules() -> str:
    """Fingerprint (hex, SHA-256) of this package's source: other code may redact otherwise."""
    digest = hashlib.sha256()
    for module in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()


def _source(artifact: RawArtifact) -> Source:
    name = artifact.name.reveal()
    return Source(
        artifact.text.reveal(),
        form_of(artifact.media_type, name),
        markup="xml" in artifact.media_type,
    )


def _name(clean: Clean | None) -> RedactedText:
    return mint("(name withheld)" if clean is None else clean.text)


def _artifacts(
    raw: Sequence[RawArtifact], texts: Sequence[Clean | None], names: Sequence[RedactedText]
) -> tuple[tuple[Artifact, ...], tuple[Quarantined, ...]]:
    kept: list[Artifact] = []
    broken: list[Quarantined] = []
    for artifact, clean, name in zip(raw, texts, names, strict=False):
        if clean is None:
            broken.append(Quarantined(artifact.id, name, _NOT_VERIFIED))
        else:
            text = mint(clean.text)
            kept.append(Artifact(artifact.id, name, artifact.media_type, text, clean.spans))
    return tuple(kept), tuple(broken)


def _verified(clean: Clean | None, name: str) -> Clean:
    if clean is None:
        raise DetectorFailed(f"record {name}: {_NOT_VERIFIED}. Remove it from the file.")
    return clean
