"""Maps every system's severity words and numbers to the five levels of a case."""

from typing import Final

from redaction.case import Level
from redaction.reading.wording import any_of

_WORDS: Final[dict[str, Level]] = {
    **dict.fromkeys(
        ("TRACE", "DEBUG", "DBG", "DBUG", "VERBOSE", "VRB", "FINE", "FINER", "FINEST", "V", "D"),
        "debug",
    ),
    **dict.fromkeys(("TRCE", "T"), "debug"),
    **dict.fromkeys(("INFO", "INFORMATION", "INFORMATIONAL", "NOTICE", "LOG", "NORMAL"), "info"),
    **dict.fromkeys(("CONFIG", "NOTE", "INF", "SYSTEM", "I"), "info"),
    **dict.fromkeys(("WARN", "WARNING", "WRN", "W"), "warning"),
    **dict.fromkeys(("ERROR", "ERR", "EROR", "FAIL", "SEVERE", "FAILURE", "E"), "error"),
    **dict.fromkeys(
        ("FATAL", "FTL", "CRITICAL", "CRIT", "EMERG", "EMERGENCY", "PANIC", "ALERT", "F"), "fatal"
    ),
}
_RANK: Final[tuple[Level, ...]] = ("other", "debug", "info", "warning", "error", "fatal")
# Syslog counts down from 7 to 0; pino and bunyan count up in tens.
_SYSLOG: Final[tuple[Level, ...]] = (
    "fatal",
    "fatal",
    "fatal",
    "error",
    "warning",
    "info",
    "info",
    "debug",
)

LEVEL_WORDS: Final = any_of(
    "TRACE DEBUG DBG VERBOSE VRB FINE FINER FINEST INFORMATION INFO INF NOTICE CONFIG NOTE LOG "
    "WARNING WARN WRN ERROR ERR SEVERE FAILURE FATAL FTL CRITICAL CRIT EMERG PANIC ALERT"
)
"""A pattern for the words that name a level in a log line, in capitals."""


def level_of(word: object) -> Level:
    """Return the level that a word (`WARN`) or number (pino 50, syslog 3) means, else `other`."""
    if isinstance(word, bool) or not isinstance(word, str | int | float):
        return "other"
    text = str(word).strip().upper()
    if text.isdecimal() and len(text) < 4:
        number = int(text)
        return _SYSLOG[number] if number < 8 else _pino(number)
    return _WORDS.get(text, "other")


def level_of_priority(priority: str) -> Level:
    """Return the level of a syslog priority, which is facility times eight plus severity."""
    return _SYSLOG[int(priority) % 8]


def level_of_status(status: object) -> Level:
    """Return the level of an HTTP status: `error` for 5xx, `info` for the others."""
    text = str(status)
    if not (text.isdecimal() and len(text) == 3):
        return "other"
    return "error" if text[0] == "5" else "info"


def worse(one: Level, other: Level) -> Level:
    """Return the more severe of two levels."""
    return one if _RANK.index(one) > _RANK.index(other) else other


def _pino(number: int) -> Level:
    if number % 10 or not 10 <= number <= 60:
        return "other"
    return _RANK[max(1, number // 10 - 1)]
