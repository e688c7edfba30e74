"""The reader's side: a process without rights that turns the files it is handed into text."""

import os
import socket
import sys
from typing import BinaryIO, Final

from redaction.intake.limits import Budget, Limits
from redaction.intake.opening import Opener
from redaction.intake.reasons import Reason, Refused
from redaction.intake.sandbox import confine, limit_processor
from redaction.intake.wire import Frame, WireBroken, receive, send

OUT_OF_MEMORY: Final = 12
_LONGEST_REQUEST: Final = 1 << 26


def main() -> None:
    """Read files until the other side closes: argv is the socket, the limits, library folders."""
    wire = socket.socket(fileno=int(sys.argv[2]))
    limits = Limits(*map(int, sys.argv[3].split(",")))
    confine(limits.memory_bytes, sys.argv[1:2] + sys.argv[4:])
    try:
        while _read_one(wire, limits):
            pass
    except WireBroken:
        pass
    except MemoryError:
        # What is left of the heap is not to be trusted with the next file.
        os._exit(OUT_OF_MEMORY)


def _read_one(wire: socket.socket, limits: Limits) -> bool:
    _, descriptors, _, _ = socket.recv_fds(wire, 1, 1)
    if not descriptors:
        return False
    name, entries, total, fatal = receive(wire, _LONGEST_REQUEST).fields
    budget = Budget(limits, int(entries), int(total))
    told = _Told(wire, limits, frozenset(map(int, fatal.split())))
    stream: BinaryIO = os.fdopen(descriptors[0], "rb")
    with stream:
        Opener(budget, told).take(name.decode(), stream, 0)
    send(wire, "done", str(budget.entered).encode(), str(budget.spent).encode())
    return True


class _Told:
    """Sends what is found on; what ended a reader before is not opened again."""

    def __init__(self, wire: socket.socket, limits: Limits, fatal: frozenset[int]) -> None:
        self._wire = wire
        self._limits = limits
        self._fatal = fatal
        self._begun = -1

    def begin(self, name: str) -> bool:
        self._begun += 1
        limit_processor(self._limits.seconds)
        send(self._wire, "begun", name.encode("utf-8", "replace"))
        return self._begun not in self._fatal

    def found(self, media_type: str, text: str) -> None:
        send(self._wire, "text", media_type.encode(), text.encode("utf-8", "replace"))

    def refused(self, refused: Refused) -> None:
        numbers = " ".join(map(str, refused.numbers)).encode()
        send(self._wire, "refused", refused.reason.name.encode(), numbers)

    def picture(self, image: bytes) -> str:
        send(self._wire, "picture", image)
        match receive(self._wire, self._limits.artifact_bytes):
            case Frame("read", (text,)):
                return text.decode("utf-8", "replace")
            case Frame("refused", (name, numbers)):
                raise Refused(Reason[name.decode()], *map(int, numbers.split()))
            case _:
                raise WireBroken
