"""Tells a mailbox file and cuts it into its mails."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from redaction.intake.archives import Member

_BETWEEN_MAILS: Final = re.compile(
    rb"(?m)^From [^\r\n]{1,200}\d\d:\d\d[^\r\n]{0,60}\r?\n(?=[A-Za-z-]+:)"
)
_QUOTED_FROM: Final = re.compile(rb"(?m)^>(>*From )")


def is_mailbox(content: bytes) -> bool:
    """Tell a mailbox file: mails in a row, each after a line of its own."""
    return _BETWEEN_MAILS.match(content) is not None


def mails_of(content: bytes) -> Iterator[Member]:
    """Yield the mails of a mailbox file, by number."""
    borders = [match.span() for match in _BETWEEN_MAILS.finditer(content)]
    ends = [start for start, _ in borders[1:]] + [len(content)]
    for number, ((_, start), end) in enumerate(zip(borders, ends, strict=True), 1):
        yield Member(f"mail-{number}", _slice(content, start, end))


def _slice(content: bytes, start: int, end: int) -> Callable[[], bytes]:
    return lambda: _QUOTED_FROM.sub(rb"\1", content[start:end])
