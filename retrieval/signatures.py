"""Finds exact error signatures in text: exception classes, error codes and stack frames."""

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
# A frame of a stack trace names the function that was running; a Python frame names it at the end.
_FRAME: Final = re.compile(
    r"""
    ^[ \t]*+(?:
      at[ ](?:\(wrapper[^)\n]{0,80}\)[ ])?(?:async[ ])?
      (?P<dotted>[\w$<>`/+-]{1,100}+[.:][\w$.<>`/+:-]{1,200}+)[ ]?[(\[@]
    | File[ ]"[^"\n]{1,300}+",[ ]line[ ]\d+,[ ]in[ ](?P<plain>\w{2,100}+)
    )
    """,
    re.VERBOSE | re.MULTILINE,
)
_DOTS: Final = ".:/"
_SHORTEST_FRAME: Final = 4
_FRAMES: Final = 8
_ERRNO_TEXT: Final = """
    EACCES EADDRINUSE EADDRNOTAVAIL EAGAIN EBADF EBUSY ECONNABORTED ECONNREFUSED ECONNRESET
    EEXIST EHOSTDOWN EHOSTUNREACH EINTR EINVAL EISDIR EMFILE ENETDOWN ENETUNREACH ENFILE
    ENOENT ENOMEM ENOSPC ENOTCONN ENOTDIR ENOTEMPTY ENOTFOUND EPERM EPIPE EPROTO EROFS
    ETIMEDOUT EWOULDBLOCK
"""
_ERRNO: Final = frozenset(_ERRNO_TEXT.split())


def find_signatures(text: RedactedText, limit: int = 32) -> tuple[RedactedText, ...]:
    """Return the distinct signatures of `text`, the most frequent first, at most `limit`.

    The functions of stack traces follow, see `find_frames`. An exception class loses its package
    (`java.sql.SQLTransientConnectionException` and a mention without the package are one
    signature).
    """
    places = Counter[str]()
    found: dict[str, RedactedText] = {}
    for start, end in _spans(text):
        signature = text[start:end]
        places[signature] += 1
        found.setdefault(signature, signature)
    classes = (found[signature] for signature, _ in places.most_common(limit))
    return tuple(dict.fromkeys((*classes, *find_frames(text))))


def is_frame(signature: str) -> bool:
    """Tell whether a signature is a function of a stack trace."""
    return any(dot in signature for dot in _DOTS)


def find_frames(text: RedactedText, limit: int = _FRAMES) -> tuple[RedactedText, ...]:
    """Return the distinct functions of stack traces, the innermost first, at most `limit`.

    A function is `Class.method` without its package (`Connection.open`), as two versions of a
    program move classes between packages more often than they rename them.
    """
    found: dict[str, RedactedText] = {}
    for frame in _FRAME.finditer(text):
        start, end = frame.span(frame.lastgroup or 0)
        name = text[_start_of_last_two(text, start, end) : end]
        if len(name) >= _SHORTEST_FRAME:
            found.setdefault(name, name)
        if len(found) >= limit:
            break
    return tuple(found.values())


def _start_of_last_two(text: str, start: int, end: int) -> int:
    """Return where the last two names of a dotted path begin."""
    last = max((text.rfind(dot, start, end) for dot in _DOTS), default=-1)
    before = max((text.rfind(dot, start, last) for dot in _DOTS), default=-1) if last > 0 else -1
    return max(start, before + 1)


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
