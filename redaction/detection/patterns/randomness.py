"""Tells a random token from words, and an issued token from one that somebody made up."""

import re
from itertools import pairwise
from typing import Final

# Pairs of letters that carry words and identifiers: 86 % of the pairs in words are among them, 31 %
# of the pairs in random letters.
_FOLLOWERS: Final = {
    "a": "bcdgilmnprstuy", "b": "abceilorsu", "c": "acehiklortu", "d": "adeilorsu",
    "e": "acdefglmnpqrstvwx", "f": "aefiloru", "g": "aehirsl", "h": "aeiotr",
    "i": "abcdefglmnoprstvz", "j": "aeou", "k": "eis", "l": "adeilostuyl", "m": "aeiopsmb",
    "n": "acdefginostuk", "o": "bcdlmnoprstuvwgk", "p": "aeiloprstyuh", "q": "u",
    "r": "acdegilmnorstuyvk", "s": "acehilopstuykq", "t": "acehiloprstuywt", "u": "bceilmnprstdag",
    "v": "aei", "w": "aeiohr", "x": "tpmec", "y": "pst", "z": "eio",
}  # fmt: skip
_PAIRS: Final = frozenset(a + b for a, followers in _FOLLOWERS.items() for b in followers)
_LETTERS = re.compile(r"[a-z]{2,}")
_TURNS = re.compile(r"(?<=\d)(?=[A-Za-z])|(?<=[A-Za-z])(?=\d)")
_JUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HEX = re.compile(r"[0-9a-f]+|[0-9A-F]+")
_HEX_DIGIT = re.compile(r"[0-9a-fA-F]")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SAID = re.compile(
    r"(?i)example|placeholder|your[_-]|[_-]here|changeme|dummy|redacted|fake|not[_-]?(?:a[_-])?real|x{6}|insert|replace|deadbeef|cafebabe|(.)\1{8}"
    r"|(?:(.)\2{3}.{0,16}?(.)\3{3}.{0,16}?(.)\4{3})"
)
_RISING: Final = "0123456789012345678901234567890 abcdefghijklmnopqrstuvwxyz"
_STEPS: Final = frozenset(
    run[at : at + 9]
    for run in (*_RISING.split(), *_RISING[::-1].split())
    for at in range(len(run) - 8)
)
_ISSUED = re.compile(r"[A-Za-z0-9_.~+/=:-]+")
_SAMPLE = re.compile(r"[-_.]?EXAMPLE(?:KEY)?$")
_REPEATED = re.compile(r".{0,12}?(.{2,12}?)\1{3,}.{0,12}", re.DOTALL)


def is_made_up(value: str) -> bool:
    """Tell a token that somebody typed as an example: a mask, a counting run, few characters.

    The samples of documentation that are drawn and only end in `EXAMPLE` are no less a key in form.
    """
    value = _SAMPLE.sub("", value) if len(value) >= 20 else value
    lowered = value.lower()
    core = [c for c in lowered if c.isalnum()]
    if _SAID.search(value) or len(set(core)) < min(6, len(core) // 2):
        return True
    letters = "".join(c for c in core if c.isalpha())
    digits = "".join(c for c in core if c.isdigit())
    if any(run[at : at + 9] in _STEPS for run in (letters, digits) for at in range(len(run) - 8)):
        return True
    return len(value) >= 24 and _REPEATED.fullmatch(value[:400]) is not None


def counts_up(value: str) -> bool:
    """Tell a value whose letters and digits go up one by one, as in `abcxyz123` and `1a2b3c`."""
    lowered = value.lower()
    return all(
        sum(ord(after) - ord(before) != 1 for before, after in pairwise(run)) * 4 <= len(run)
        for run in ([*filter(str.isalpha, lowered)], [*filter(str.isdigit, lowered)])
    )


def is_said_made_up(value: str) -> bool:
    """Tell a value that says itself that it is an example or a mask."""
    return _SAID.search(value) is not None


def looks_random(value: str, least: int = 12) -> bool:
    """Tell a token that a machine drew from a name, a path, a number or a sentence."""
    if len(set(value)) < 6:
        return False
    # Asked about every `key=` of a line without a space: what a long value is shows at its start.
    value = value[:400]
    letters = sum(map(str.isalpha, value))
    digits = sum(map(str.isdigit, value))
    size = letters + digits
    if size < least or not letters:
        return False
    if digits and _HEX.fullmatch(value) and size >= 16:
        return len(_TURNS.findall(value)) * 8 >= size
    runs = _LETTERS.findall(value.lower())
    pairs = [run[at : at + 2] for run in runs for at in range(len(run) - 1)]
    common = sum(pair in _PAIRS for pair in pairs)
    mixed = not value.islower() and not value.isupper()
    if digits == 0:
        jumps = len(_JUMPS.findall(value))
        return size >= 20 and mixed and common < (0.65 if jumps * 6 > size else 0.45) * len(pairs)
    turns = len(_TURNS.findall(value))
    if turns >= 3 and turns * 12 >= size:
        return common < (0.67 if turns * 6 >= size else 0.55) * len(pairs) or not pairs
    return size >= (16 if mixed else 24) and common < 0.45 * len(pairs)


def is_uuid(value: str) -> bool:
    """Tell a UUID."""
    return _UUID.fullmatch(value) is not None


def is_issued_key(value: str) -> bool:
    """Tell what an issuer hands out as a key or token: long, of its alphabet, drawn by a machine.

    Everything else under such a key is doubtful: it is sealed rather than dropped.
    """
    value = _SAMPLE.sub("", value) if len(value) >= 20 else value
    if len(value) < 12 or not _ISSUED.fullmatch(value) or is_made_up(value):
        return False
    if len(value) < 16:
        return len(_TURNS.findall(value)) >= 4
    if is_uuid(value):
        return value[14] != "1"  # version 1 is a clock reading, not drawn
    return looks_random(value) and not _is_garbled_hex(value)


def _is_garbled_hex(value: str) -> bool:
    """Tell hexadecimal in both cases, or with a slip in it: nobody issues that."""
    if len(value) < 24 or not value.isalnum():
        return False
    slips = len(value) - len(_HEX_DIGIT.findall(value))
    both = not (value.islower() or value.isupper())
    return both if slips == 0 else slips <= 2 and len(value) >= 32
