"""Settles what was kept of a large text's first pass, here and in the process that helps."""

from collections import deque
from typing import cast

from redaction.detection import Finding
from redaction.detection.cleaning import Cleaner
from redaction.detection.passes import Known, Reading, Unsettled
from redaction.detection.workers import Worker
from redaction.policy import Policy

Settled = tuple[Finding, ...] | None
"""What is to be replaced; None where a secret survives."""


class Settling:
    """Settles what was kept of the first pass: from its front here, from its end in the helper."""

    def __init__(
        self, cleaner: Cleaner, policy: Policy, kept: deque[Reading], worker: Worker | None
    ) -> None:
        """Take what was kept, and a helper that has nothing else to do."""
        self._cleaner = cleaner
        self._kept = kept
        self._worker = worker if len(kept) > 1 else None
        self._done: deque[Settled] = deque()
        self._waiting = self._worker is not None
        if self._worker is not None:
            self._worker.ask(Known(cleaner.identities, policy))

    def __bool__(self) -> bool:
        """Tell whether something is left."""
        return bool(self._kept)

    def take(self) -> tuple[Reading, Settled]:
        """Return the next that was kept, and what is to be replaced in it."""
        self._share()
        if self._waiting and len(self._kept) == len(self._done) + 1:
            # The helper is at it already.
            self._hear()
        reading = self._kept.popleft()
        if len(self._done) > len(self._kept):
            return reading, self._done.popleft()
        return reading, self._cleaner.settled(reading.text, reading.view, reading.found)

    def _share(self) -> None:
        """Give the helper the last that nobody has settled, if it waits for one."""
        worker = self._worker
        if worker is None or (self._waiting and not worker.has_answered()):
            return
        self._hear()
        left = len(self._kept) - len(self._done)
        if left > 1:
            last = self._kept[left - 1]
            worker.ask(Unsettled(last.text, last.view, last.found))
            self._waiting = True

    def _hear(self) -> None:
        """Wait for what the helper was asked for."""
        if self._worker is not None and self._waiting:
            answer = self._worker.answer()
            self._waiting = False
            if isinstance(answer, tuple):
                self._done.appendleft(cast(tuple[Settled], answer)[0])
