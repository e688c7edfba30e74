"""Finds exact error signatures in text: exception classes and error codes."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from redaction import RedactedText

# One flat pass: a token is classified on its own, so that hostile input cannot make it backtrack.
_TOKEN = re.compile(r"(?<![<\w])\w+(?:-\d+)?(?![\w>])")
_LONGEST = 100
_SIGNATURE = re.compile(
    r"""
    _?[A-Z]\w+(?:Exception|Error|Failure|Fault|Timeout|Killed|BackOff)  # exception class
    | (?:ORA|TNS|PLS|SQL|ERR|MSB)-\d{2,6}                                       # vendor code
    | [A-Z]{2,6}\d{4,6}                                                        # compiler code
    | E[A-Z]{4,14}                                                             # errno
    | SIG(?:SEGV|KILL|ABRT|BUS|TERM|FPE|ILL|PIPE)                              # signal
    | 0x[0-9A-Fa-f]{8}                                                         # HRESULT
    | [A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*_(?:ERROR|EXCEEDED|EXHAUSTED|EXPIRED|FAILED|INVALID|NOT_FOUND
                                       |DENIED|REFUSED|TIMEOUT|UNAVAILABLE)
    """,
    re.VERBOSE,
)
_ERRNO_TEXT: Final = """
    EACCES EADDRINUSE EADDRNOTAVAIL EAGAIN EBADF EBUSY ECONNABORTED ECONNREFUSED ECONNRESET
    EEXIST EHOSTDOWN EHOSTUNREACH EINTR EINVAL EISDIR EMFILE ENETDOWN ENETUNREACH ENFILE
    ENOENT ENOMEM ENOSPC ENOTCONN ENOTDIR ENOTEMPTY ENOTFOUND EPERM EPIPE EPROTO EROFS
    ETIMEDOUT EWOULDBLOCK
"""
_ERRNO: Final = frozenset(_ERRNO_TEXT.split())


def find_signatures(text: RedactedText, limit: int = 32) -> tuple[RedactedText, ...]:
    """Return the distinct signatures of `text`, the most frequent first, at most `limit`.

    An exception class loses its package (`java.sql.SQLTransientConnectionException` and a mention
    without the package are one signature).
    """
    places = Counter[str]()
    found: dict[str, RedactedText] = {}
    for start, end in _spans(text):
        signature = text[start:end]
        places[signature] += 1
        found.setdefault(signature, signature)
    return tuple(found[signature] for signature, _ in places.most_common(limit))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        if end - start <= _LONGEST and _is_signature(token.group()):
            yield start, end


def _is_signature(token: str) -> bool:
    if not _SIGNATURE.fullmatch(token):
        return False
    looks_errno = token.startswith("E") and token.isalpha() and token.isupper()
    return not looks_errno or token in _ERRNO
