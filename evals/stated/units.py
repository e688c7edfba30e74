"""Knows number words and units: what is written, the dimension it belongs to, and its size."""

import re
from typing import Final, Literal, TypeAlias

Dimension: TypeAlias = Literal["count", "ratio", "seconds", "bytes"]

_SMALL_WORDS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
_SMALL: Final = _SMALL_WORDS.split()
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORD_VALUES: Final = {
    **{word: value for value, word in enumerate(_SMALL)},
    **{word: 10 * (place + 2) for place, word in enumerate(_TENS)},
    **{
        f"{tens}-{_SMALL[unit]}": 10 * (place + 2) + unit
        for place, tens in enumerate(_TENS)
        for unit in range(1, 10)
    },
    "a": 1,
    "an": 1,
    "half a": 0.5,
    "half an": 0.5,
    "quarter of an": 0.25,
    "a quarter of an": 0.25,
    "three-quarters of an": 0.75,
    "dozen": 12,
}
MULTIPLIERS: Final = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "dozen": 12.0,
    "k": 1e3,
    "K": 1e3,
    "M": 1e6,
}
# Longest first, so that "thirty-eight" is not read as "thirty".
NUMBER_WORD: Final = "|".join(
    re.escape(word).replace(r"\-", r"[-\s]").replace(r"\ ", r"\s+")
    for word in sorted(WORD_VALUES, key=len, reverse=True)
)

_SECONDS: Final = {
    r"ns|nanoseconds?": 1e-9,
    r"us|µs|μs|microseconds?": 1e-6,
    r"ms|msecs?|milliseconds?": 1e-3,
    r"s|secs?|seconds?": 1.0,
    r"mins?|minutes?": 60.0,
    r"h|hrs?|hours?": 3600.0,
    r"days?": 86400.0,
    r"weeks?": 604800.0,
    r"months?": 2592000.0,
    r"years?": 31536000.0,
}
_RATIO: Final = {r"%|percent|per\s+cent|pct|percentage\s+points?": 0.01}
# The same letters mean powers of 1000 or of 1024, depending on who wrote them: both are read.
_BYTES: Final = {
    r"bytes?|B": (1.0,),
    r"[Kk]i?B|Ki|kilobytes?|kibibytes?": (1e3, 2.0**10),
    r"Mi?B|Mi|megabytes?|mebibytes?": (1e6, 2.0**20),
    r"Gi?B|Gi|gigabytes?|gibibytes?": (1e9, 2.0**30),
    r"Ti?B|Ti|terabytes?|tebibytes?": (1e12, 2.0**40),
}
_GLUED: Final = {"m": 60.0, "d": 86400.0, "G": 2.0**30}
_SIZES: Final[tuple[tuple[re.Pattern[str], Dimension, tuple[float, ...]], ...]] = (
    *((re.compile(names), "seconds", (size,)) for names, size in _SECONDS.items()),
    *((re.compile(names), "ratio", (size,)) for names, size in _RATIO.items()),
    *((re.compile(names), "bytes", sizes) for names, sizes in _BYTES.items()),
)
_NAMES: Final = "|".join((*_SECONDS, *_RATIO, *_BYTES))
# "44 minutes", "44-minute", "44min"; "5m" and "4G" only when glued, since a lone "m" says nothing.
UNIT: Final = rf"(?:[\s\u00a0\u202f-]?(?P<unit>{_NAMES})|(?P<glued>[mdG]))(?![A-Za-z0-9_])"


def unit_sizes(unit: str | None, glued: str | None) -> tuple[Dimension, tuple[float, ...]]:
    """Return the dimension of a written unit and its possible sizes in seconds, bytes or ratio."""
    if glued is not None:
        return ("seconds", (_GLUED[glued],)) if glued in "md" else ("bytes", (_GLUED[glued],))
    for names, dimension, sizes in _SIZES:
        if unit is not None and names.fullmatch(unit):
            return dimension, sizes
    return "count", (1.0,)


def word_value(written: str) -> float:
    """Return the value of one number word ("thirty-eight", "half an").

    Raises:
        KeyError: the text is not a number word.
    """
    return _BY_WORDS[re.sub(r"[-\s]+", " ", written.lower())]


_BY_WORDS: Final = {word.replace("-", " "): value for word, value in WORD_VALUES.items()}
