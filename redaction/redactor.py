"""Turns raw cases, records and documents into redacted ones; the one place that mints them."""

import secrets
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from redaction.assembling import assembled
from redaction.case import Artifact, Quarantined, RedactedCase
from redaction.detection import Detector
from redaction.detection.closed import Closed
from redaction.detection.identities import Identities
from redaction.detection.literals import Literal, Literals
from redaction.detection.passes import Result, Source, redact_documents
from redaction.detection.patterns.recognizers import version_like
from redaction.detection.pool import PooledDetector
from redaction.detection.splicing import Clean
from redaction.detection.views.structure import form_of
from redaction.entities import EntityRef, entity_refs, tenant_of
from redaction.gate import OutboundGate
from redaction.intake.large import LargeText, Progress
from redaction.intake.sources import RawArtifact, RawCase
from redaction.keys import Keyring
from redaction.policy import Policy
from redaction.reading.exported import exported_from
from redaction.records import RECORD_ID, RawRecord, RedactedRecord
from redaction.redacted import RedactedDocument, RedactedPart
from redaction.reimport import Mark, Plan, in_order, marks_after, marks_of, plan
from redaction.releasing import NOT_VERIFIED, released_before, without_hits
from redaction.resplicing import name_redacted_further, outside_placeholders, redact_further
from redaction.rules import rules_fingerprint
from redaction.streaming import Stream
from redaction.text import RawText, RedactedText, compose, mint, numberless
from redaction.vault import Vault, entries_of

_BATCH = 64
_WITHHELD = "(withheld)"
_TENANT_KEYS = ("tenant", "tenant_id", "account", "account_id", "organization", "customer")


@dataclass(frozen=True, slots=True)
class Redaction:
    """A redacted case, its vault, whose case it is, and how its files are known again."""

    case: RedactedCase
    vault: Vault
    entities: tuple[EntityRef, ...] = ()
    marks: tuple[Mark, ...] = ()


class Redactor:
    """Redacts with one detector under one policy."""

    def __init__(
        self, detector: Detector, policy: Policy, keyring: Keyring, zone: str | None = None
    ) -> None:
        """Hold the detector, the policy and the keys that fingerprints are made with.

        `zone` is the IANA name of the zone of times that nothing else tells the zone of.
        """
        self._detector = detector
        self._policy = policy
        self._keyring = keyring
        self._zone = zone

    def content_ref(self, raw: RawCase) -> str:
        """Refer (hex, keyed) to a raw case, the policy and these rules: equal means unchanged."""
        parts = [self._policy.fingerprint, rules_fingerprint(), self._zone or "", raw.name.reveal()]
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
        name = case_id or f"case-{secrets.token_hex(8)}"
        redaction = self._redacted(name, Plan(raw), None)
        return replace(redaction, marks=marks_of(raw, self._keyring.fingerprint))

    def redact_again(
        self,
        raw: RawCase,
        before: Redaction,
        release: str = "",
        unread: Iterable[Quarantined] = (),
    ) -> Redaction:
        """Redact what came in for a case that is known: ids and placeholders go on.

        An artifact of `before` that is not among the files stays, redacted of what is known now; a
        file that changed stands beside its earlier version, which names it. While anything stays
        that was redacted under another policy, the case keeps that policy's fingerprint. The
        artifact to `release`, and one released before, comes without what cannot be verified. What
        of `before` stays `unread` keeps its id and name.

        Raises:
            DetectorFailed: a detector broke; nothing passes.
        """
        refer = self._keyring.fingerprint
        planned = plan(raw, before.case, before.marks, refer)
        planned = replace(planned, unread=tuple(unread))
        released = released_before(before.case) | {release}
        redaction = self._redacted(before.case.id, planned, before.vault, released)
        if planned.staying:
            redaction = replace(redaction, case=replace(redaction.case, policy=before.case.policy))
        entities = tuple(sorted({*before.entities, *redaction.entities}))
        return replace(
            redaction, entities=entities, marks=marks_after(planned, before.marks, refer)
        )

    def tenant(self, raw: RawCase) -> str:
        """Refer (hex) to whose case it is, before it is redacted; see `tenant_of`."""
        return tenant_of(self._entities(raw))

    def tickets(self, raw: RawCase) -> tuple[EntityRef, ...]:
        """Refer to the tickets that a case holds, before it is redacted."""
        return tuple(each for each in self._entities(raw) if each.kind == "ticket")

    def _redacted(
        self,
        case_id: str,
        planned: Plan,
        before: Vault | None,
        released: frozenset[str] = frozenset(),
    ) -> Redaction:
        raw = planned.raw
        names = [raw.name, *(a.name for a in raw.artifacts), *(q.name for q in raw.quarantined)]
        sources = [_source(artifact, artifact.id in released) for artifact in raw.artifacts]
        named = [Source(name.reveal(), "text", path=True) for name in names]
        known = before.known() if before else None
        [result] = redact_documents([[*sources, *named]], self._detector, self._policy, known)
        texts = self._passed(sources, result, before)
        shown = [_name(clean) for clean in result.texts[len(sources) :]]
        read, broken = _artifacts(raw.artifacts, texts, shown[1:])
        quarantined = tuple(
            Quarantined(each.id, name, each.reason)
            for each, name in zip(raw.quarantined, shown[1 + len(raw.artifacts) :], strict=True)
        )
        staying, unread = self._further(planned, result)
        artifacts = tuple(
            replace(artifact, superseded_by=planned.superseded.get(artifact.id, ""))
            for artifact in in_order((*read, *staying))
        )
        case = assembled(
            case_id,
            self._policy.fingerprint,
            artifacts,
            (*unread, *quarantined, *broken),
            untitled=_untitled(artifacts),
            zone=self._zone,
        )
        vault = self._vault(result, (artifact.text for artifact in artifacts), before)
        return Redaction(case, vault, self._entities(raw))

    def _passed(
        self, sources: Sequence[Source], result: Result, before: Vault | None
    ) -> list[Clean | None]:
        """Show the gate of the case what a person releases, before anything is read from it."""
        texts = list(result.texts[: len(sources)])
        if any(source.released for source in sources):
            vault = self._vault(result, (clean.text for clean in texts if clean), before)
            gate = OutboundGate(self._detector, self._policy, vault)
            for at, (source, clean) in enumerate(zip(sources, texts, strict=True)):
                if clean is not None and source.released:
                    json = source.form == "json"
                    texts[at] = without_hits(source.text, clean, gate.admit, json=json)
        return texts

    def _further(self, planned: Plan, result: Result) -> tuple[list[Artifact], list[Quarantined]]:
        """Redact earlier artifacts, and names of unread files, of what the case knows by now."""
        denied = (Literal(value, kind) for value, kind in self._policy.lists.deny.items())
        table = Literals((*result.identities.literals, *denied))
        further = partial(outside_placeholders, table, detector="case")
        name, policy = result.placeholders.name, self._policy
        unread = [
            replace(each, name=name_redacted_further(each.name, further, name, policy))
            for each in planned.unread
        ]
        return [redact_further(each, further, name, policy) for each in planned.staying], unread

    def _entities(self, raw: RawCase) -> tuple[EntityRef, ...]:
        texts = ((artifact.media_type, artifact.text.reveal()) for artifact in raw.artifacts)
        return entity_refs(texts, self._keyring.entity_ref)

    def redact_records(
        self, records: Iterable[RawRecord], known: Container[str] = ()
    ) -> Iterator[RedactedRecord]:
        """Redact knowledge and tracker records with numberless tags, a batch at a time.

        A field that could not be verified reads `(withheld)`. An id with a sensitive pattern in it
        becomes a keyed reference; a name in an id cannot be told from a tracker's own words.
        Records whose `source` is `known` are left out: they were redacted before, as they are.

        Raises:
            DetectorFailed: a detector broke; nothing passes.
        """
        stream = self._unknown(records, known)
        while referred := list(islice(stream, _BATCH)):
            batch = [record for record, _ in referred]
            documents = [
                [Source(text.reveal(), "text", key) for key, text in record.fields.items()]
                for record in batch
            ]
            results = redact_documents(documents, self._detector, self._policy)
            ids = self._ids(batch)
            for (record, source), name, result in zip(referred, ids, results, strict=True):
                yield replace(self._record(record, name, result), source=source)

    def _unknown(
        self, records: Iterable[RawRecord], known: Container[str]
    ) -> Iterator[tuple[RawRecord, str]]:
        """Yield what must be redacted; after another record of its id, a known one must too."""
        replaced = set[str]()
        for record in records:
            source = self._source_ref(record)
            if source not in known or record.id in replaced:
                replaced.add(record.id)
                yield record, source

    def _source_ref(self, record: RawRecord) -> str:
        parts = ["record", self._policy.fingerprint, rules_fingerprint(), record.id]
        for name, text in record.fields.items():
            parts += [name, text.reveal()]
        return self._keyring.fingerprint("".join(f"{len(part)}:{part}" for part in parts))

    def redact_export(self, raw: RawCase) -> Iterator[RedactedRecord]:
        """Redact the tickets and articles of a tracker's or knowledge base's own export.

        Every artifact is a document of its own. What has no id of its own gets a keyed reference to
        the file and its place in it, so that the same export replaces itself.

        Raises:
            DetectorFailed: a detector broke; nothing passes.
        """
        for artifact in raw.artifacts:
            [result] = redact_documents([[_source(artifact)]], self._detector, self._policy)
            read, _ = _artifacts((artifact,), result.texts, (mint(""),))
            tenant = self.tenant(RawCase(raw.name, (artifact,), ()))
            records = [record for each in read for record in exported_from(each)]
            for number, record in enumerate(records):
                place = f"{artifact.name.reveal()} {number}"
                named = RECORD_ID.fullmatch(record.id)
                name = self._id(record.id) if named else record_ref(place, self._keyring)
                fields = {key: numberless(value) for key, value in record.fields.items()}
                yield RedactedRecord(name, fields, tenant if len(records) == 1 else "")

    def redact_documents(
        self, documents: Iterable[tuple[str, RawText]]
    ) -> Iterator[RedactedDocument]:
        """Redact `(id, text)` pairs, every one a document of its own, a batch at a time.

        A text that could not be verified reads `(withheld)` and has no spans; ids stay as they are.

        Raises:
            DetectorFailed: a detector broke; nothing passes.
        """
        stream = iter(documents)
        while batch := list(islice(stream, _BATCH)):
            sources = [[Source(text.reveal(), "text")] for _, text in batch]
            results = redact_documents(sources, self._detector, self._policy)
            for (name, _), result in zip(batch, results, strict=True):
                clean = result.texts[0]
                yield RedactedDocument(name, _shown(clean), clean.spans if clean else ())

    def redact_large(
        self, text: LargeText, progress: Progress, *, spans: bool = False
    ) -> Iterator[RedactedPart]:
        """Redact a text too large to hold, in two passes; nothing comes before the first is done.

        Spans, in offsets of the whole text, are told when asked for: they are many.

        Raises:
            DetectorFailed: a detector or its helper broke; nothing more passes.
            NotVerified: a secret survived; nothing more passes.
            EgressRefused: the gate found something even after a second try; nothing more passes.
        """
        detector, helper = self._detector, None
        if isinstance(detector, PooledDetector):
            detector, helper = detector.here(), detector.start
        stream = Stream(text, text.path.name, detector, self._policy, self._gating, helper)
        for chunk in stream.chunks(progress, spans=spans):
            shown = mint(chunk.text)
            yield RedactedPart(shown, chunk.replaced, chunk.found_late, chunk.spans, chunk.is_name)

    def _gating(
        self, identities: Identities, secrets: Iterable[tuple[str, str]]
    ) -> Callable[[str], object]:
        """Make the gate of a large text: it knows all its values before any of it is written."""
        digest = self._keyring.fingerprint
        named = (("", kind, text) for kind, text in secrets)
        entries = entries_of(named, self._policy.is_secret, digest)
        vault = Vault(entries, self._literals(identities), frozenset(), digest)
        return OutboundGate(self._detector, self._policy, vault).admit

    def _literals(self, identities: Identities) -> tuple[tuple[RawText, str, bool, bool], ...]:
        return tuple(
            (RawText(literal.value), literal.key, literal.exact, literal.guarded)
            for literal in identities.literals
            if not self._policy.is_secret(literal.key)
        )

    def _record(self, record: RawRecord, name: str, result: Result) -> RedactedRecord:
        fields = {
            key: numberless(_shown(clean))
            for key, clean in zip(record.fields, result.texts, strict=True)
        }
        return RedactedRecord(name, fields, self._tenant(record.fields))

    def _ids(self, records: Sequence[RawRecord]) -> list[str]:
        """Return the ids under which records may be stored and shown."""
        names: list[str] = []
        with Closed("detection") as closed:
            names.extend(self._id(record.id) for record in records)
        if closed.error is not None:
            raise closed.error
        return names

    def _id(self, name: str) -> str:
        found = self._detector.patterns(name)
        if not any(self._policy.action(finding.type) for finding in found):
            return name
        return record_ref(name, self._keyring)

    def _tenant(self, fields: Mapping[str, RawText]) -> str:
        for key in _TENANT_KEYS:
            value = fields[key].reveal().strip() if key in fields else ""
            if value:
                return self._keyring.entity_ref("tenant", value)
        return ""

    def _vault(self, result: Result, texts: Iterable[str], before: Vault | None) -> Vault:
        named = [
            (placeholder, kind, value)
            for placeholder, (kind, value) in result.placeholders.first_seen.items()
        ]
        literals = self._literals(result.identities)
        # What a lax policy keeps was not judged by its context: a stricter one is to see it.
        kept = frozenset(
            value
            for text in texts
            for kind, value in version_like(text)
            if self._policy.action(kind) is not None
        )
        digest = self._keyring.fingerprint
        entries = entries_of(named, self._policy.is_secret, digest)
        given = {entry.placeholder for entry in entries}
        earlier = before.entries if before else ()
        gone = tuple(entry for entry in earlier if entry.placeholder not in given)
        return Vault((*gone, *entries), literals, kept, digest)


def record_ref(name: str, keyring: Keyring) -> str:
    """Return the id that a record has in the index when its own id may not be shown."""
    digits = keyring.entity_ref("record", name)
    # In one piece the digits would look like a token themselves, and the gate would refuse it.
    return "-".join(("ref", *(digits[at : at + 4] for at in range(0, 16, 4))))


def _source(artifact: RawArtifact, released: bool = False) -> Source:
    form = form_of(artifact.media_type, artifact.name.reveal())
    markup = "xml" in artifact.media_type
    return Source(artifact.text.reveal(), form, markup=markup, released=released)


def _untitled(artifacts: Sequence[Artifact]) -> RedactedText:
    """Name a case whose artifacts hold no title; a folder is often called after its customer."""
    return compose("Case without a title ({count} artifacts)", count=len(artifacts))


def _name(clean: Clean | None) -> RedactedText:
    return mint("(name withheld)" if clean is None else clean.text)


def _artifacts(
    raw: Sequence[RawArtifact], texts: Sequence[Clean | None], names: Sequence[RedactedText]
) -> tuple[tuple[Artifact, ...], tuple[Quarantined, ...]]:
    kept: list[Artifact] = []
    broken: list[Quarantined] = []
    for artifact, clean, name in zip(raw, texts, names, strict=False):
        if clean is None:
            broken.append(Quarantined(artifact.id, name, NOT_VERIFIED))
        else:
            text = mint(clean.text)
            kept.append(Artifact(artifact.id, name, artifact.media_type, text, clean.spans))
    return tuple(kept), tuple(broken)


def _shown(clean: Clean | None) -> RedactedText:
    return mint(_WITHHELD if clean is None else clean.text)
