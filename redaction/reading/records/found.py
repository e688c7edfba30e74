"""What the reader of one form finds: the head of a line, or a whole record of several lines."""

from typing import NamedTuple

from redaction.case import Level
from redaction.reading.timestamps import Stamp


class Head(NamedTuple):
    """What the first line of a record says.

    `by_form`: the message is the end of the line, and the line says the same of level, component
    and message whichever digits stand in it.
    """

    level: Level
    component: str
    message: str
    by_form: bool = False


class Block(NamedTuple):
    """A record that a form of several lines tells: its place, its time as written, its text."""

    first: int
    last: int
    stamp: Stamp | None
    raw_time: str
    head: Head
    text: str
