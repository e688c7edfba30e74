"""Runs in a worker process: reads names, or looks at portions of a log, for who started it."""

import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Final, cast

from redaction.detection import Detector
from redaction.detection.cleaning import Cleaner
from redaction.detection.language.presidio import PresidioDetector
from redaction.detection.passes import Known, Portion, Unsettled, look
from redaction.detection.workers import Worker, serve

_MEMORY: Final = 4 << 30


def start(folders: Sequence[Path]) -> Worker:
    """Start a worker with the models in these folders."""
    return Worker(__name__, [str(folder) for folder in folders])


def main() -> None:
    """Load the models whose folders are the arguments when first asked, and answer."""
    folders = [Path(argument) for argument in sys.argv[1:]]
    serve(answering(cache(lambda: PresidioDetector(*folders))), _MEMORY)


def answering(detector: Callable[[], Detector]) -> Callable[[object], object]:
    """Return what answers each request; an answer is never None."""
    cleaners: list[Cleaner] = []

    def handle(request: object) -> object:
        match request:
            case Portion():
                return look(request, detector())
            case Known():
                cleaners[:] = [Cleaner(request.identities, request.policy)]
                return True
            case Unsettled():
                return (cleaners[0].settled(request.text, request.view, request.found),)
            case _:
                return detector().names(cast(Sequence[str], request))

    return handle
