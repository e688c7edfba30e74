"""The ledger: what left, was revealed, changed or erased, in entries that are chained by a MAC."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Literal, Protocol, TypeAlias, get_args

from redaction.gate import Gate
from redaction.keys import Keyring
from redaction.text import RedactedText

EventKind: TypeAlias = Literal[
    "key", "model", "embedding", "index", "export", "reveal", "policy", "list", "release",
    "erasure", "head-lost",
]  # fmt: skip
EVENTS: Final[tuple[EventKind, ...]] = get_args(EventKind)
_BEGINNING: Final = "casewright ledger 1"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: ids and keyed hashes, never content.

    `case` is a case id or empty; `subject` names what it was about: a model, a placeholder, a
    profile, a reason. `hash` is keyed (hex): the same text has the same one in this workspace.
    `size` counts characters, or documents for `index`. `mac` covers it all and the entry before.
    """

    number: int
    time: datetime
    event: EventKind
    actor: str
    case: str
    subject: str
    hash: str
    size: int
    mac: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry as it was noted outside the workspace: a shorter ledger was cut."""

    number: int
    mac: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the chain holds; `broken` is the first sequence number that does not, else None."""

    entries: int
    broken: int | None
    problem: str


class Ledger(Protocol):
    """What can be written to and read: a real ledger, or none where nothing is kept."""

    def append(
        self, event: EventKind, *, case: str = "", subject: str = "", text: str = "", size: int = -1
    ) -> None:
        """Write an entry about `text`, of which a keyed hash and the length are kept.

        Raises:
            LedgerBroken: it cannot be continued; what it was to record must not happen.
        """
        ...


@dataclass(frozen=True, slots=True)
class LedgerGate:
    """A gate that writes down what it lets out, before it leaves, and where to."""

    gate: Gate
    ledger: Ledger
    event: EventKind
    destination: str
    case: str = ""

    def check(self, text: RedactedText) -> None:
        """Let the text pass and record it.

        Raises:
            EgressRefused: something shows; nothing is recorded, nothing leaves.
            LedgerBroken: it cannot be recorded; nothing leaves.
        """
        self.gate.check(text)
        self.ledger.append(self.event, case=self.case, subject=self.destination, text=text)

    def admit(self, text: str) -> RedactedText:
        """Mint text that came from outside; it leaves nothing behind.

        Raises:
            EgressRefused: something shows; kinds and offsets only.
        """
        return self.gate.admit(text)


def new_entry(
    before: Head, event: EventKind, case: str, subject: str, text: str, size: int, keyring: Keyring
) -> Entry:
    """Make the entry that follows `before`."""
    entry = Entry(
        number=before.number + 1,
        time=datetime.now(UTC),
        event=event,
        # There are no users yet: the account of the operating system, as its number.
        actor=f"uid:{os.getuid()}",
        case=case,
        subject=subject,
        hash=keyring.fingerprint(text) if text else "",
        size=len(text) if size < 0 else size,
    )
    return replace(entry, mac=chained(before.mac, entry, keyring))


def chained(before: str, entry: Entry, keyring: Keyring) -> str:
    """Return the MAC of an entry that follows one with the MAC `before`, empty for the first."""
    parts = (
        before or _BEGINNING,
        str(entry.number),
        entry.time.isoformat(),
        *(entry.event, entry.actor, entry.case, entry.subject, entry.hash),
        str(entry.size),
    )
    message = "".join(f"{len(part)}:{part}" for part in parts)
    return keyring.chain(message.encode("utf-8", "surrogatepass"))


def head_line(head: Head, keyring: Keyring) -> str:
    """Write a head as one line, with a MAC of its own."""
    return f"{head.number} {head.mac} {keyring.chain(_noted(head))}"


def read_head(line: str, keyring: Keyring) -> Head | None:
    """Read what `head_line` wrote; None when it is not a head of this ledger."""
    number, _, rest = line.strip().partition(" ")
    if not (number.isascii() and number.isdigit()):
        return None
    head = Head(int(number), rest.partition(" ")[0])
    return head if head_line(head, keyring) == line.strip() else None


def verify(entries: Iterable[Entry], head: Head | None, keyring: Keyring) -> Verdict:
    """Walk the chain from its beginning, oldest entry first.

    Found: a changed entry, one that was removed, moved or put in, and entries cut off at the end,
    as far as the noted head reaches. Not found: a workspace and its head that were both set back
    to an earlier state, and anything done by who holds the workspace key.
    """
    mac, count, noted = "", 0, head is None or head.number == 0
    for entry in entries:
        if entry.number != count + 1:
            return Verdict(count, count + 1, "an entry is missing here")
        if chained(mac, entry, keyring) != entry.mac:
            return Verdict(count, entry.number, "the entry was changed, or the one before it")
        mac, count = entry.mac, entry.number
        if head is not None and head.number == count:
            noted = head.mac == mac
            if not noted:
                return Verdict(count, count, "it is not the entry that was noted here")
    if head is None and count:
        return Verdict(count, count + 1, "its head is lost: whether it was cut cannot be told")
    if not noted:
        return Verdict(count, count + 1, "it was cut: entries up to the noted head are missing")
    return Verdict(count, None, "")


def _noted(head: Head) -> bytes:
    return f"head {head.number} {head.mac}".encode()
