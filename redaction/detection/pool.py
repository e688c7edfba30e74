"""Spreads the reading of names over worker processes when there is much to read."""

import selectors
import threading
from collections.abc import Callable, Sequence
from typing import Final, cast

from redaction.detection import Detector, Finding
from redaction.detection.patterns.recognizers import find_patterns
from redaction.detection.workers import Worker

_SMALL: Final = 400_000
_BATCH: Final = 24_000


class PooledDetector:
    """Finds patterns here, and names in worker processes started for the first large job.

    A small job is read in this process, by a detector that is loaded when it is first needed.
    """

    def __init__(
        self, load: Callable[[], Detector], start: Callable[[], Worker], workers: int
    ) -> None:
        """Keep how to load a detector here and how to start a worker: both find the same."""
        self._load = load
        self.start = start
        self._count = workers
        self._here: Detector | None = None
        self._workers: list[Worker] = []
        self._lock = threading.Lock()

    def patterns(self, text: str, without: frozenset[str] = frozenset()) -> list[Finding]:
        """Find everything that has a shape of its own; no model is needed for it."""
        return find_patterns(text, without)

    def names(self, texts: Sequence[str]) -> list[list[Finding]]:
        """Let the workers read the texts, or this process when they are few.

        Raises:
            DetectorFailed: a worker died, took too long or ran out of memory.
        """
        with self._lock:
            if self._count < 2 or (not self._workers and sum(map(len, texts)) < _SMALL):
                return self.here().names(texts)
            self._workers = self._workers or [self.start() for _ in range(self._count)]
            try:
                return self._spread(texts)
            except BaseException:
                self.close()
                raise

    def here(self) -> Detector:
        """Return the detector of this process, for who shares out the work himself."""
        self._here = self._here or self._load()
        return self._here

    def close(self) -> None:
        """End the workers."""
        workers, self._workers = self._workers, []
        for worker in workers:
            worker.end()

    def _spread(self, texts: Sequence[str]) -> list[list[Finding]]:
        """Give every worker a batch, and the next one as soon as it answers."""
        waiting = _batches(texts)
        found: list[list[Finding]] = [[] for _ in texts]
        busy: dict[Worker, range] = {}
        with selectors.DefaultSelector() as ready:
            idle = list(self._workers)
            while waiting or busy:
                while idle and waiting:
                    worker = idle.pop()
                    busy[worker] = batch = waiting.pop()
                    worker.ask([texts[index] for index in batch])
                    ready.register(worker.answers, selectors.EVENT_READ, worker)
                events = ready.select(next(iter(busy)).timeout)
                # Nobody answered for so long: waiting for the first ends in an error.
                heard = [cast(Worker, key.data) for key, _ in events] or [next(iter(busy))]
                for worker in heard:
                    ready.unregister(worker.answers)
                    answers = cast(list[list[Finding]], worker.answer())
                    for index, answer in zip(busy.pop(worker), answers, strict=True):
                        found[index] = answer
                    idle.append(worker)
        return found


def _batches(texts: Sequence[str]) -> list[range]:
    batches: list[range] = []
    begin = size = 0
    for index, text in enumerate(texts):
        size += len(text)
        if size >= _BATCH:
            batches.append(range(begin, index + 1))
            begin, size = index + 1, 0
    if begin < len(texts):
        batches.append(range(begin, len(texts)))
    return batches
