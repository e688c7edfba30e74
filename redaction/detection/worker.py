"""Runs in a worker process: reads names, or whole portions of a log, for who started it."""

import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, cast

from redaction.detection.language.presidio import PresidioDetector
from redaction.detection.passes import Portion, look
from redaction.detection.workers import Worker, serve

_MEMORY: Final = 4 << 30


def start(folders: Sequence[Path]) -> Worker:
    """Start a worker with the models in these folders."""
    return Worker(__name__, [str(folder) for folder in folders])


def main() -> None:
    """Load the models whose folders are the arguments when first asked, and answer."""
    folders = [Path(argument) for argument in sys.argv[1:]]
    detector = cache(lambda: PresidioDetector(*folders))

    def handle(request: object) -> object:
        if isinstance(request, Portion):
            return look(request, detector())
        return detector().names(cast(Sequence[str], request))

    serve(handle, _MEMORY)
