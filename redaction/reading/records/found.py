"""What the reader of one form finds: the head of a line, or a whole record of several lines."""

from typing import NamedTuple

from redaction.case import Level
from redaction.reading.timestamps import Stamp


class Head(NamedTuple):
    """What the first line of a record says."""

    level: Level
    component: str
    message: str


class Block(NamedTuple):
    """A record that a form of several lines tells: its place, its time as written, its text."""

    first: int
    last: int
    stamp: Stamp | None
    raw_time: str
    head: Head
    text: str
