"""A worker process that finds listed names, or misbehaves the way its argument says."""

import os
import sys
import time
from collections.abc import Sequence
from typing import cast

from redaction.detection.passes import Portion, look
from redaction.detection.workers import serve
from tests.fake_detection import ListedNames


def main() -> None:
    """Answer requests, or fail at the first."""
    names = ListedNames("Ottoline Marsk", "Redis")

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
        if isinstance(request, Portion):
            return look(request, names)
        return names.names(cast(Sequence[str], request))

    serve(handle, 4 << 30)
