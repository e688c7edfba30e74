"""Opens a case: reads and redacts what is new, loads what is stored, under today's policy."""

from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, TypeGuard, TypeVar

from redaction import (
    CannotRead,
    CaseOutdated,
    EgressRefused,
    Origin,
    OutboundGate,
    Quarantined,
    RawCase,
    RedactedCase,
    Redaction,
    case_from,
    contents_of,
    folder_ref,
    plain_originals,
    read_raw,
    revise,
    shares_files,
    shares_most,
)
from ui.errors import UnknownCase, keep_apart
from ui.wiring import House

Item = TypeVar("Item")
Source = str | BinaryIO
Step = Callable[[str], AbstractContextManager[object]]


def silent(_: str) -> AbstractContextManager[object]:
    """Show no progress."""
    return nullcontext()


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case in hand, with the gate that knows its literals."""

    case: RedactedCase
    gate: OutboundGate


def open_case(
    house: House, source: Source, step: Step = silent, *, keep_raw: bool = False
) -> OpenCase:
    """Read, redact and store a folder, file, archive or stream, or load a stored case by its id.

    What is known already, by its ticket, its path or the files of a folder of that name, goes on:
    nothing is doubled and what drafts cite stays where it is. Unchanged, under the same policy and
    rules, it is the stored case. `keep_raw` stores the files encrypted under the key of the case.

    Raises:
        UnknownCase: the argument is neither a path nor the id of a stored case.
        WritesIntoInput: the workspace lies inside the folder of the case.
        RedactionError: it could not be read or redacted; nothing unredacted was kept.
    """
    if is_case_id(source):
        return stored_case(house, source)
    if isinstance(source, str):
        keep_apart("--workspace", house.settings.workspace, Path(source))
    with step("Reading artifacts"):
        raw = read_case(source)
    with step("Redacting"):
        redactor = house.redactor  # before anything is created: without its models, refuse
        origin, store = _origin(house, source, raw), house.cases
        case_id = _known_case(house, origin, raw)
        kept = store.originals(case_id) if case_id else {}
        if case_id is None:
            redaction = redactor.redact_case(raw)
        elif store.origin(case_id).content == origin.content and (kept or not keep_raw):
            return stored_case(house, case_id)
        else:
            redaction = redactor.redact_again(raw, store.redaction(case_id))
        if keep_raw or kept:
            kept |= plain_originals(raw, redaction.marks, house.keyring.fingerprint)
        store.save(redaction, origin, kept)
        if case_id is not None:
            house.forget_drafts(case_id)
        if redaction.case.policy != house.policy.fingerprint:
            return stored_case(house, redaction.case.id)  # what stays is looked at again
    return OpenCase(redaction.case, house.gate.for_case(redaction.vault))


def _known_case(house: House, origin: Origin, raw: RawCase) -> str | None:
    """Return the case that came in before: of the same ticket, path, folder or most files."""
    store, refer = house.cases, house.keyring.fingerprint
    tickets = frozenset(house.redactor.tickets(raw))
    for ticket in tickets if len(tickets) == 1 else ():
        for case in store.list(ticket):
            # A case that holds this ticket beside its own is another one.
            known = store.entities(case.id)
            if tickets == frozenset(each for each in known if each.kind == "ticket"):
                return case.id
    at_path = store.find(origin.source) if origin.source else None
    same_name = store.named(folder_ref(raw, refer)) if origin.source else ()
    contents = contents_of(raw, refer) if origin.source else frozenset[str]()
    alike = store.sharing(contents)
    for case_id in dict.fromkeys((*(at_path[:1] if at_path else ()), *same_name, *alike)):
        before = store.redaction(case_id)
        theirs = frozenset(each for each in before.entities if each.kind == "ticket")
        is_there = at_path is not None and case_id == at_path[0]
        # Somebody else's ticket in a folder that was used before is another case.
        if (not tickets or not theirs or tickets & theirs) and (
            is_there
            or shares_files(before.marks, raw, refer)
            or shares_most(before.marks, contents)
        ):
            return case_id
    return None


def begun(path: Path, items: Iterable[Item]) -> Iterator[Item]:
    """Read the first item now: a wrong or empty file is told before any model is loaded.

    Raises:
        CannotRead: there is no item.
    """
    rest = iter(items)
    first = tuple(islice(rest, 1))
    if not first:
        raise CannotRead(f"{path.name} holds no records: give JSON objects, one a line.")
    return chain(first, rest)


def is_case_id(source: Source) -> TypeGuard[str]:
    """Tell the id of a case from a path or a stream."""
    try:
        return isinstance(source, str) and not Path(source).exists()
    except OSError:  # longer than any path
        return True


def read_case(source: Source) -> RawCase:
    """Read a folder, file, archive or stream that holds something.

    Raises:
        CannotRead: there is nothing that can be read, or it is empty.
    """
    raw = read_source(source)
    if not any(len(artifact.text) for artifact in raw.artifacts):
        raise CannotRead("everything in it is empty. Give a folder or file that holds text.")
    return raw


def read_source(source: Source) -> RawCase:
    """Read a folder, file, archive or stream.

    Raises:
        CannotRead: there is nothing that can be read.
    """
    return read_raw(Path(source) if isinstance(source, str) else source)


def _origin(house: House, source: Source, raw: RawCase) -> Origin:
    """Refer to a path and its content by keyed hashes; a stream has no path."""
    path = str(Path(source).resolve()) if isinstance(source, str) else ""
    at = house.keyring.entity_ref("source", path) if path else ""
    return Origin(at, house.redactor.content_ref(raw))


def stored_case(house: House, case_id: str) -> OpenCase:
    """Load a case; lists that were changed since are applied to it, and today's gate looks once.

    Raises:
        UnknownCase: there is no such case.
        CaseOutdated: something shows under today's policy; it is withheld.
    """
    if not house.has_cases:
        raise UnknownCase
    store, policy = house.cases, house.policy
    try:
        case, vault = store.load(case_id), store.vault(case_id)
    except KeyError:
        raise UnknownCase from None
    if policy.fingerprint in (case.policy, store.passed(case_id)):
        return OpenCase(case, house.gate.for_case(vault))
    before = store.redaction(case_id)
    if originals := store.originals(case_id):
        before = _redact_originals(house, before, originals)
        if before.case.policy == policy.fingerprint:
            return OpenCase(before.case, house.gate.for_case(before.vault))
    revision = revise(before, policy, house.settings.zone)
    if revision.redacted or revision.released:
        store.save(revision.redaction, store.origin(case_id), originals)
        house.forget_drafts(case_id)
    opened = OpenCase(revision.redaction.case, house.gate.for_case(revision.redaction.vault))
    _look_again(opened)
    store.mark_passed(case_id, policy.fingerprint)
    return opened


def _redact_originals(house: House, before: Redaction, originals: dict[str, bytes]) -> Redaction:
    """Redact the kept files of a case again, under today's policy and lists."""
    raw = case_from(originals)
    redaction = house.redactor.redact_again(raw, before, unread=unread_of(before, originals))
    case_id = before.case.id
    source = house.cases.origin(case_id).source
    origin = Origin(source, house.redactor.content_ref(raw))
    house.cases.save(redaction, origin, originals)
    house.forget_drafts(case_id)
    return redaction


def unread_of(before: Redaction, originals: Container[str]) -> list[Quarantined]:
    """Return what of a case was never read: of it no original can be kept."""
    return [each for each in before.case.quarantined if each.id not in originals]


def shown_case(house: House, case_id: str) -> RedactedCase:
    """Load a case to look at it: as it is under today's policy, else as `stored_case` does.

    Raises:
        UnknownCase: there is no such case.
        CaseOutdated: something shows under today's policy; it is withheld.
    """
    if not house.has_cases:
        raise UnknownCase
    if house.lists.load().reference != house.policy.lists.reference:
        house.renew_policy()  # another program changed the lists
    try:
        case = house.cases.load(case_id)
    except KeyError:
        raise UnknownCase from None
    today = house.policy.fingerprint
    return case if today == case.policy else stored_case(house, case_id).case


def _look_again(opened: OpenCase) -> None:
    """Look at every text of a case of another policy; refuse what shows."""
    case = opened.case
    texts = [(case.id, case.title), *((each.id, each.name) for each in case.quarantined)]
    for artifact in case.artifacts:
        texts += ((artifact.id, artifact.name), (artifact.id, artifact.text))
    shown: list[tuple[str, str, int, int]] = []
    for name, text in texts:
        try:
            opened.gate.check(text)
        except EgressRefused as error:
            shown += [(name, *finding) for finding in error.findings]
    if shown:
        raise CaseOutdated(case.id, tuple(shown))
