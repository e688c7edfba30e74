"""Maps every system's severity words and numbers to the five levels of a case."""

from typing import Final

from redaction.case import Level

_WORDS: Final[dict[str, Level]] = {
    **dict.fromkeys(
        ("TRACE", "DEBUG", "DBG", "VERBOSE", "FINE", "FINER", "FINEST", "V", "D"), "debug"
    ),
    **dict.fromkeys(("INFO", "INFORMATION", "INFORMATIONAL", "NOTICE", "LOG", "NORMAL"), "info"),
    **dict.fromkeys(("CONFIG", "NOTE", "I"), "info"),
    **dict.fromkeys(("WARN", "WARNING", "W"), "warning"),
    **dict.fromkeys(("ERROR", "ERR", "SEVERE", "FAILURE", "E"), "error"),
    **dict.fromkeys(
        ("FATAL", "CRITICAL", "CRIT", "EMERG", "EMERGENCY", "PANIC", "ALERT", "F"), "fatal"
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

LEVEL_WORDS: Final = (
    r"TRACE|DEBUG|DBG|VERBOSE|FINE|INFORMATION|INFO|NOTICE|CONFIG|NOTE|LOG|WARNING|WARN|ERROR|ERR"
    r"|SEVERE|FAILURE|FATAL|CRITICAL|CRIT|EMERG|PANIC|ALERT"
)


def level_of(word: object) -> Level:
    """Return the level that a word (`WARN`) or number (pino 50, syslog 3) means, else `other`."""
    if isinstance(word, bool) or not isinstance(word, str | int | float):
        return "other"
    text = str(word).strip().upper()
    if text.isdecimal() and len(text) < 4:
        number = int(text)
        return _SYSLOG[number] if number < 8 else _pino(number)
    return _WORDS.get(text, "other")


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
