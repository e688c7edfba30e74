"""A worker process that finds listed names, or misbehaves the way its argument says."""

import os
import sys
import time

from redaction.detection.worker import answering
from redaction.detection.workers import serve
from tests.fake_detection import ListedNames


def main() -> None:
    """Answer requests, or fail at the first."""
    answer = answering(lambda: ListedNames("Ottoline Marsk", "Redis"))

    def handle(request: object) -> object:
        match sys.argv[1]:
            case "die":
                os._exit(3)
            case "hang":
                time.sleep(60)
            case "break":
                raise RuntimeError(request)
            case "eat":
                return len(bytearray(8 << 30))
            case _:
                pass
        return answer(request)

    serve(handle, 4 << 30)
