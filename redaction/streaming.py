"""Redacts a text too large to hold in two passes; memory grows with its distinct values only."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final, Generic, TypeVar, cast

from redaction.case import Span
from redaction.detection import Detector
from redaction.detection.cleaning import Cleaner, Gathered
from redaction.detection.closed import Closed
from redaction.detection.identities import Identities
from redaction.detection.leaving import covered
from redaction.detection.passes import (
    Portion,
    Reading,
    Source,
    detect,
    look,
    timed,
)
from redaction.detection.records import Condensed, Cutter, Masks, Patch, masked, patched
from redaction.detection.settling import Settled, Settling
from redaction.detection.splicing import Clean
from redaction.detection.tablerows import Table, skipping, table_of
from redaction.detection.views.structure import Form, form_of
from redaction.detection.workers import Worker
from redaction.errors import DetectorFailed, EgressRefused, NotVerified, RedactionError
from redaction.intake.large import LargeText, Progress
from redaction.policy import Policy

_PORTION: Final = 384 << 10
_SHARES: Final = 6
_TAKEN: Final = 4 << 20
_SEEN: Final = 1_000_000
_READINGS_KEPT: Final = 16 << 20
_PATCHES_KEPT: Final = 64 << 20

Kept = TypeVar("Kept")

Check = Callable[[str], object]
"""Lets a clean text pass, or raises `EgressRefused`."""
Gating = Callable[[Identities, Iterable[tuple[str, str]]], Check]
"""Makes the check of a text from its values, and kind and text of each secret in it."""


@dataclass(frozen=True, slots=True)
class CleanChunk:
    """A stretch of the clean text, and its replacements when they were asked for."""

    text: str
    replaced: Mapping[str, int]
    found_late: int
    spans: tuple[Span, ...]
    is_name: bool = False


class Recent(Generic[Kept]):
    """What was used lately, by text, in two generations: a full one makes the older forgotten."""

    def __init__(self, most: int) -> None:
        """Keep at most about `most` bytes."""
        self._most = most // 2
        self._new: dict[str, Kept] = {}
        self._old: dict[str, Kept] = {}
        self._size = 0

    def get(self, key: str) -> Kept | None:
        """Return what is kept of a text."""
        known = self._new.get(key)
        if known is None and (known := self._old.get(key)) is not None:
            self.put(key, known, 0)
        return known

    def put(self, key: str, kept: Kept, size: int) -> None:
        """Keep something that costs about `size` bytes beside its text."""
        self._size += 2 * len(key) + size + 200
        if self._size > self._most:
            self._old, self._new, self._size = self._new, {}, 0
        self._new[key] = kept


class Stream:
    """One large text between its two passes.

    What was found in the distinct records of the first pass is kept for the second, as far as
    memory allows; what is forgotten is looked at again.
    """

    def __init__(
        self,
        text: LargeText,
        name: str,
        detector: Detector,
        policy: Policy,
        gating: Gating,
        helper: Callable[[], Worker] | None = None,
    ) -> None:
        """Take the text and the name of its file, which is redacted with it.

        `gating` makes what every part must pass; `helper` starts a process that finds the same as
        `detector` and shares its work.
        """
        self._text = text
        self._name = Reading(Source(name, "text", path=True))
        self._detector = detector
        self._policy = policy
        self._gating = gating
        self._helper = helper
        self._form: Form = form_of(text.media_type, "")
        self._own: set[str] = set()
        self._table = Table()

    def chunks(self, progress: Progress, *, spans: bool = False) -> Iterator[CleanChunk]:
        """Read the whole text, then yield it clean; the last chunk is the file's name.

        `progress` hears of both passes: the whole is twice the bytes of the text.

        Raises:
            DetectorFailed: a detector broke; nothing more passes.
            NotVerified: a secret survived; nothing more passes.
            EgressRefused: something shows even after a second try; nothing more passes.
        """
        size = self._text.size
        worker = self._helper() if self._helper and size > _PORTION else None
        try:
            if self._form == "csv":
                self._table = _safely(lambda: table_of(self._text.lines(_silent)))
            cleaner, kept, check = _safely(
                lambda: self._read(lambda done, _: progress(done, 2 * size), worker)
            )
            settling = Settling(cleaner, self._policy, kept, worker)
            passing = _Passing(check, self._policy)
            writing = _Writing(cleaner, settling, passing, self._look, self._own)
            if self._table.heading:
                yield _safely(partial(writing.heading, self._table.heading, self._look([]), spans))
            blocks = self._blocks(lambda done, _: progress(size + done, 2 * size))
            taken = portions(blocks, _TAKEN)
            while some := _safely(lambda: next(taken, None)):
                yield _safely(partial(writing.clean, some, spans))
            yield _safely(partial(self._clean_name, cleaner, passing))
        finally:
            if worker is not None:
                worker.end()

    def _clean_name(self, cleaner: Cleaner, passing: "_Passing") -> CleanChunk:
        clean = cleaner.clean(self._name.text, self._name.view, self._name.found)
        if clean is None:
            raise NotVerified
        clean = passing.through(self._name.text, clean)
        return CleanChunk(clean.text, {}, 0, (), is_name=True)

    def _blocks(self, progress: Progress) -> Iterator[str]:
        if self._form == "csv":
            return skipping(self._text.lines(progress), self._table)
        lined = self._text.media_type != "text/plain"
        return Cutter(lined).blocks(self._text.lines(progress))

    def _look(self, blocks: Sequence[str]) -> Reading:
        return look(self._portion(blocks), self._detector)

    def _portion(self, blocks: Sequence[str]) -> Portion:
        table = self._table
        return Portion(blocks, self._form, self._policy, table.heading, table.columns)

    def _read(
        self, progress: Progress, worker: Worker | None
    ) -> tuple[Cleaner, deque[Reading], Check]:
        """Gather the values of the whole text; of twins one is looked at."""
        gathered = Gathered(self._policy)
        kept: dict[int, Reading] = {}
        size = 0
        detect([self._name], self._detector, self._policy)
        gathered.add(self._name.view, self._name.found)
        for number, reading in self._readings(distinct(self._blocks(progress), Masks()), worker):
            self._own |= timed(reading)
            gathered.add(reading.view, reading.found)
            size += len(reading.view.text)
            if size < _READINGS_KEPT:
                kept[number] = reading
        if self._own:
            # Where a time is part of a value, what differs in it is no twin.
            own = (block for block in self._blocks(_silent) if masked(block) in self._own)
            for _, reading in self._readings(distinct(own, str), worker):
                gathered.add(reading.view, reading.found)
        cleaner = gathered.cleaner()
        check = self._gating(cleaner.identities, gathered.secrets())
        return cleaner, deque(kept[number] for number in sorted(kept)), check

    def _readings(
        self, blocks: Iterable[str], worker: Worker | None
    ) -> Iterator[tuple[int, Reading]]:
        """Look at the blocks in portions: large ones for the helper, who waits for a small one."""
        asked: int | None = None
        shares = enumerate(portions(blocks, _PORTION // _SHARES))
        for number, portion in shares:
            if worker is not None and asked is not None and worker.has_answered():
                yield asked, cast(Reading, worker.answer())
                asked = None
            if worker is not None and asked is None:
                more = (block for _, share in islice(shares, _SHARES - 1) for block in share)
                worker.ask(self._portion([*portion, *more]))
                asked = number
            else:
                yield number, self._look(portion)
        if worker is not None and asked is not None:
            yield asked, cast(Reading, worker.answer())


class _Passing:
    """Stands before everything that leaves; what shows is covered once, then refused."""

    def __init__(self, check: Check, policy: Policy) -> None:
        self._check = check
        self._policy = policy

    def through(self, original: str, clean: Clean) -> Clean:
        """Return the clean text, with typed tags over what the check would refuse.

        Raises:
            EgressRefused: something shows even then.
        """
        try:
            self._check(clean.text)
        except EgressRefused as error:
            clean = covered(original, clean, error.findings, self._policy)
            self._check(clean.text)
        return clean


class _Writing:
    """The second pass: every distinct block is cleaned once and patches its twins."""

    def __init__(
        self,
        cleaner: Cleaner,
        settling: Settling,
        passing: _Passing,
        look: Callable[[Sequence[str]], Reading],
        own: set[str],
    ) -> None:
        self._cleaner = cleaner
        self._settling = settling
        self._passing = passing
        self._look = look
        self._own = own
        self._patches: Recent[tuple[Patch, ...]] = Recent(_PATCHES_KEPT)
        self._masks = Masks()
        self._at = 0

    def heading(self, text: str, reading: Reading, spans: bool) -> CleanChunk:
        """Clean the headings of a table, before its rows.

        Raises:
            NotVerified: a secret survived.
        """
        clean = self._cleaner.clean(reading.text, reading.view, reading.found)
        if clean is None:
            raise NotVerified
        clean = self._passing.through(text, clean)
        self._at = len(text)
        replaced = Counter(span.type for span in clean.spans)
        late = sum(span.detector.startswith("verify") for span in clean.spans)
        return CleanChunk(clean.text, replaced, late, clean.spans if spans else ())

    def clean(self, blocks: Sequence[str], spans: bool) -> CleanChunk:
        """Clean a portion of the text.

        Raises:
            NotVerified: a secret survived.
        """
        masks = list(map(self._masks, blocks))
        keys = self._keys(blocks, masks)
        # While the portion is worked on, nothing of it may be forgotten.
        here: dict[str, tuple[Patch, ...]] = {}
        awaited = dict(zip(keys, blocks, strict=True))
        while awaited := self._missing(awaited, here):
            told = len(self._own)
            if self._settling:
                self._learn(*self._settling.take(), {})
            else:
                new = self._look(list(awaited.values()))
                self._learn(new, self._cleaner.settled(new.text, new.view, new.found), here)
            if len(self._own) > told:
                keys = self._keys(blocks, masks)
                awaited = dict(zip(keys, blocks, strict=True))
        return self._chunk(blocks, keys, here, spans)

    def _keys(self, blocks: Sequence[str], masks: Sequence[str]) -> Sequence[str]:
        """Return what each block shares with its twins."""
        if not self._own:
            return masks
        own = self._own
        return [block if mask in own else mask for block, mask in zip(blocks, masks, strict=True)]

    def _missing(
        self, awaited: Mapping[str, str], here: dict[str, tuple[Patch, ...]]
    ) -> dict[str, str]:
        """Return the distinct blocks whose replacements are not known, and note the known."""
        missing: dict[str, str] = {}
        for key, block in awaited.items():
            if key in here:
                continue
            known = self._patches.get(key)
            if known is None:
                missing[key] = block
            else:
                here[key] = known
        return missing

    def _learn(
        self, reading: Reading, settled: Settled, here: dict[str, tuple[Patch, ...]]
    ) -> None:
        """Clean distinct blocks and remember what was replaced in each."""
        if settled is None:
            raise NotVerified
        condensed = cast(Condensed, reading.condensed)
        clean = self._cleaner.spliced(reading.text, reading.view, settled)
        clean = self._passing.through(reading.text, clean)
        self._own |= condensed.timed((span.start, span.end) for span in clean.spans)
        for block, patches in zip(condensed.distinct, condensed.patches(clean), strict=True):
            mask = masked(block)
            key = block if mask in self._own else mask
            here[key] = tuple(patches)
            self._patches.put(key, here[key], 600 * len(patches))

    def _chunk(
        self,
        blocks: Sequence[str],
        keys: Sequence[str],
        here: dict[str, tuple[Patch, ...]],
        spans: bool,
    ) -> CleanChunk:
        parts: list[str] = []
        placed: list[Span] = []
        for block, key in zip(blocks, keys, strict=True):
            patches = here[key]
            parts.append(patched(block, patches) if patches else block)
            if spans:
                placed += (patch.moved(self._at) for patch in patches)
                self._at += len(block)
        replaced: Counter[str] = Counter()
        late = 0
        for key, times in Counter(keys).items():
            for patch in here[key]:
                replaced[patch.span.type] += times
                late += times * patch.span.detector.startswith("verify")
        return CleanChunk("".join(parts), replaced, late, tuple(placed))


def _safely(work: Callable[[], Kept]) -> Kept:
    """Do something that fails closed; what the product itself says passes."""
    told: RedactionError | None = None
    with Closed("redaction") as closed:
        try:
            return work()
        except RedactionError as error:
            told = error
    error = told or closed.error or DetectorFailed("redaction failed: nothing was let through.")
    # Raised out here, it drags no other error along, whose message may hold content.
    error.__context__ = None
    raise error from None


def _silent(done: int, size: int) -> None:
    """Show nothing."""


def distinct(blocks: Iterable[str], key: Callable[[str], str]) -> Iterator[str]:
    """Leave out twins, by hash and as far back as memory allows: one read again costs time only."""
    seen: set[int] = set()
    for block in blocks:
        digest = hash(key(block))
        if digest not in seen:
            if len(seen) >= _SEEN:
                seen.clear()
            seen.add(digest)
            yield block


def portions(blocks: Iterable[str], size: int) -> Iterator[list[str]]:
    """Gather blocks until they have `size` characters."""
    portion: list[str] = []
    taken = 0
    for block in blocks:
        portion.append(block)
        taken += len(block)
        if taken >= size:
            yield portion
            portion, taken = [], 0
    if portion:
        yield portion
