"""Reads tar archives forward: each file as bytes, or the reason why it is not read."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from redaction.intake.archives import Member, name_objection
from redaction.intake.limits import Budget, Readable
from redaction.intake.reasons import Reason, Refused

BLOCK: Final = 512
_CHUNK: Final = 1 << 16
_HEADER_BYTES: Final = 1 << 16
_FILES: Final = (b"0", b"\0", b"7")
_REFUSED: Final = {
    b"1": Reason.HARD_LINK,
    b"2": Reason.LINK_IN_ARCHIVE,
    b"3": Reason.DEVICE,
    b"4": Reason.DEVICE,
    b"6": Reason.DEVICE,
    b"S": Reason.SPARSE,
}
_PAX: Final = re.compile(rb"(\d{1,9}) ([^=\n]{1,200})=")


def is_tar(block: bytes) -> bool:
    """Tell a tar archive by the checksum of its first header."""
    if len(block) < BLOCK or not block.strip(b"\0"):
        return False
    with suppress(ValueError):
        return _number(block[148:156]) == sum(block[:148]) + 8 * 32 + sum(block[156:BLOCK])
    return False


def tar_members(stream: Readable, budget: Budget) -> Iterator[Member]:
    """Yield the files of a tar in their order; each counts as an entry.

    A member's bytes are read when they are asked for, or skipped.

    Raises:
        Refused: the archive is damaged, or a header is larger than any real one.
        EntriesSpent: the case holds more files than the limit.
    """
    said: dict[bytes, bytes] = {}
    headers = 0
    while (block := _exactly(stream, BLOCK)).strip(b"\0"):
        if not is_tar(block):
            raise Refused(Reason.TAR)
        size, kind = _size(said.get(b"size"), block[124:136]), block[156:157]
        if kind in (b"x", b"g", b"L", b"K"):
            headers += 1
            # Headers yield no file: without a bound an archive of nothing else is read for ever.
            if size > _HEADER_BYTES or headers > budget.limits.entries:
                raise Refused(Reason.LONG_HEADER)
            said |= _extended(kind, _exactly(stream, _padded(size))[:size])
            continue
        budget.enter()
        name = said.get(b"path") or _name(block)
        reason = _REFUSED.get(kind) or (Reason.SPARSE if b"sparse" in said else None)
        part = _Part(stream, 0 if kind in (b"1", b"2", b"3", b"4", b"5", b"6") else size)
        if kind != b"5" and not (kind in _FILES and name.endswith(b"/")):
            yield _member(name, reason, part, budget)
        part.skip()
        said = {}


def _member(name: bytes, reason: Reason | None, part: "_Part", budget: Budget) -> Member:
    shown = name.decode("utf-8", "replace")
    if objection := name_objection(shown) or reason:
        return Member(shown, Refused(objection))
    return Member(shown, lambda: budget.read(part))


class _Part:
    """One file of the archive: that many bytes, then padding."""

    def __init__(self, stream: Readable, size: int) -> None:
        self._stream = stream
        self._left = size
        self._padding = _padded(size) - size

    def read(self, size: int = -1, /) -> bytes:
        if not self._left:
            return b""
        most = min(self._left, size if size > 0 else _CHUNK)
        chunk = self._stream.read(most)
        if not chunk:
            raise Refused(Reason.TAR)
        self._left -= len(chunk)
        return chunk

    def skip(self) -> None:
        while self.read():
            pass
        _exactly(self._stream, self._padding)


def _extended(kind: bytes, content: bytes) -> dict[bytes, bytes]:
    """Read a header of any length: PAX records, or a long name of GNU tar."""
    if kind in (b"L", b"K"):
        return {b"path": content.rstrip(b"\0")} if kind == b"L" else {}
    found: dict[bytes, bytes] = {}
    at = 0
    while match := _PAX.match(content, at):
        end = at + int(match[1])
        if end <= match.end() or end > len(content):
            break
        key = match[2]
        if key in (b"path", b"size"):
            found[key] = content[match.end() : end - 1]
        elif key.startswith(b"GNU.sparse"):
            found[b"sparse"] = b""
        at = end
    # A global header's path would rename every file: only what is said of one file counts.
    return found if kind == b"x" else {}


def _size(said: bytes | None, field: bytes) -> int:
    try:
        size = int(said[:20]) if said else _number(field)
    except ValueError:
        raise Refused(Reason.TAR) from None
    if size < 0:
        raise Refused(Reason.TAR)
    return size


def _number(field: bytes) -> int:
    """Read a number of a header: octal digits, or GNU's base 256."""
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    return int(field.strip(b" \0") or b"0", 8)


def _name(block: bytes) -> bytes:
    name = block[:100].split(b"\0", 1)[0]
    prefix = block[345:500].split(b"\0", 1)[0] if block[257:263] == b"ustar\0" else b""
    return prefix + b"/" + name if prefix else name


def _padded(size: int) -> int:
    return -(-size // BLOCK) * BLOCK


def _exactly(stream: Readable, size: int) -> bytes:
    parts: list[bytes] = []
    while size:
        chunk = stream.read(min(size, _CHUNK))
        if not chunk:
            if parts or size != BLOCK:
                raise Refused(Reason.TAR)
            return b""
        parts.append(chunk)
        size -= len(chunk)
    return b"".join(parts)
