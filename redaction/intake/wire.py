"""Frames what passes between intake and its reader: a kind and byte strings, nothing nested."""

import socket
import time
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, cast, get_args

Kind: TypeAlias = Literal["file", "begun", "text", "refused", "picture", "read", "done"]

_KINDS: Final = cast(tuple[Kind, ...], get_args(Kind))
_HEAD_BYTES: Final = 2
_LENGTH_BYTES: Final = 4
_FIELDS: Final = 4
_CHUNK: Final = 1 << 20


class WireBroken(Exception):
    """The other side ended, or sent what is no frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: what it is, and up to four byte strings."""

    kind: Kind
    fields: tuple[bytes, ...] = ()


def send(wire: socket.socket, kind: Kind, *fields: bytes) -> None:
    """Send a frame, waiting until the other side takes it."""
    head = bytes((_KINDS.index(kind), len(fields)))
    wire.sendall(head + b"".join(len(field).to_bytes(_LENGTH_BYTES, "big") for field in fields))
    for field in fields:
        wire.sendall(field)


def receive(wire: socket.socket, most: int, until: float | None = None) -> Frame:
    """Receive a frame of at most `most` bytes; `until` is a time of the monotonic clock.

    Raises:
        WireBroken: the other side ended, or sent what is no frame.
        TimeoutError: the frame was not there in time.
    """
    kind, count = _exactly(wire, _HEAD_BYTES, until)
    if kind >= len(_KINDS) or count > _FIELDS:
        raise WireBroken
    lengths = [int.from_bytes(_exactly(wire, _LENGTH_BYTES, until), "big") for _ in range(count)]
    if sum(lengths) > most:
        raise WireBroken
    return Frame(_KINDS[kind], tuple(bytes(_exactly(wire, length, until)) for length in lengths))


def _exactly(wire: socket.socket, size: int, until: float | None) -> bytearray:
    content = bytearray(size)
    view = memoryview(content)
    at = 0
    while at < size:
        if until is not None:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            wire.settimeout(left)
        try:
            count = wire.recv_into(view[at : at + _CHUNK])
        except TimeoutError:
            raise
        except OSError:
            raise WireBroken from None
        if not count:
            raise WireBroken
        at += count
    return content
