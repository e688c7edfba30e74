# ruff: noqa: RUF001 - signs as people write them
"""Looks at what stands beside each telling word of a redacted text, with means of its own."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from redaction.detection import Finding
from redaction.detection.patterns.ordinary import words_of

_SCORE: Final = 0.9
_TELLING = re.compile(
    r"passw|passphrase|passcode|pwd|secret|token|key|bearer|basic |cookie|sig|licen[cs]e|passport"
    r"|ssn|saml|assertion|authoriz|credential|auth|kennwort|mot de passe|contrase|senha|wachtwoord"
    r"|passord|adgangskode|lösenord|salasana|hasło|heslo|jelszó|şifre|пароль|密码|密碼|パスワード|비밀번호"
)
_NAMED = re.compile(r"api|access|auth|private|license|licence")
# What a telling word tells, and how long its value must be.
_WORDS: Final[dict[str, tuple[str, int]]] = {
    "passw": ("PASSWORD", 4), "passphrase": ("PASSWORD", 4), "passcode": ("PASSWORD", 4),
    "pwd": ("PASSWORD", 4), "secret": ("SECRET", 8), "credential": ("SECRET", 12),
    "token": ("TOKEN", 12), "bearer": ("TOKEN", 12), "basic ": ("TOKEN", 12),
    "authoriz": ("TOKEN", 12), "auth": ("TOKEN", 16), "key": ("API_KEY", 16),
    "cookie": ("COOKIE", 8), "sig": ("SIGNATURE", 16), "saml": ("SAML", 24),
    "assertion": ("SAML", 24), "license": ("LICENCE_KEY", 16), "licence": ("LICENCE_KEY", 16),
    "passport": ("PASSPORT", 6), "ssn": ("NATIONAL_ID", 9),
}  # fmt: skip
# What the end of a key says that its value is, whatever is told before.
_ABOUT: Final = words_of(
    "at on date time policy policies length age count expiry expires expired expiration type name"
    " hint url uri path file field enabled required reset history attempts status state version"
    " algorithm encoding format ttl days min max strength endpoint size limit usage used"
)
_ABROAD: Final = ("PASSWORD", 4)
_TAIL: Final = re.compile("[_.-]")
STOPS: Final = frozenset(" \t\r\n\"'`<>,;&|)]}")
_STOP: Final = re.compile(f"[{re.escape(''.join(sorted(STOPS)))}]")
# From here on scripts put no spaces between words: what follows in them is no password.
_EAST: Final = "\u3000"
_EAST_STOP: Final = re.compile(f"[^!-~]|{_STOP.pattern}")
_COOKIE_STOP: Final = re.compile("[\r\n\"'<>]")
# A value ends here at the latest, and its beginning tells what it is: time stays linear.
_LONGEST: Final = 8000
_JUDGED: Final = 400
_JOINTS: Final = frozenset(" \t=:\"'`\\>({[：→は是为")
_SIGNS: Final = frozenset("=:>：→は是为")
_TRAVELLER: Final = ("passport", " ")
_SAYING: Final = words_of("is was are to ist lautet est es é è er är")
_NOTHING: Final = words_of(
    "null none true false required missing invalid incorrect expired unknown changed reset empty"
    " masked hidden redacted removed string undefined wrong failed denied yes not the"
)


def hit(start: int, end: int, kind: str, means: str) -> Finding:
    """Report what stands from `start` to `end`, and by what means it was seen."""
    return Finding(start, end, kind, f"verify:{means}", _SCORE)


def is_masked(value: str) -> bool:
    """Tell a token that shows nothing: a mask, or few characters again and again."""
    if value.startswith(("AKIA", "ASIA")) and value != value.upper():
        return True
    return len(set(value.lower()) - {"x"}) < 9 or "xxxx" in value.lower()


def told(text: str) -> Iterator[Finding]:
    """Look at what stands beside each telling word."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    yield from _manifests(text)
    done = 0
    for match in _TELLING.finditer(lowered):
        if match.start() < done:
            continue
        kind, least = _WORDS.get(match[0], _ABROAD)
        if kind == "API_KEY" and not _NAMED.search(lowered, match.start() - 8, match.start()):
            kind = "OPAQUE_ID"
        if lowered.startswith("public", max(0, match.start() - 6)) and match[0] == "key":
            done = match.end() + 5  # the `PublicKeyToken` of an assembly
            continue
        end = _key_end(text, match.end(), match[0])
        if _TAIL.split(lowered[match.end() : end])[-1] in _ABOUT:
            continue
        if _is_placeholder(text, match.start(), end):
            continue
        start = _value(text, end, match[0])
        if start is None:
            continue
        stop = _COOKIE_STOP if kind == "COOKIE" else _STOP if match[0] < _EAST else _EAST_STOP
        if not _tells(text[start : _end(text, start, stop, _JUDGED)], kind, least):
            continue
        done = _end(text, start, stop, _LONGEST)
        yield hit(start, done, kind, "word")


def _manifests(text: str) -> Iterator[Finding]:
    """Read down from each `stringData:`: what is deeper than it are secrets, line by line."""
    at = text.find("stringData:")
    while at >= 0:
        depth = at - (text.rfind("\n", 0, at) + 1)
        end = text.find("\n", at)
        while 0 <= end < len(text):
            start, end = end + 1, text.find("\n", end + 1)
            line = text[start : end if end >= 0 else len(text)]
            if line.strip() and len(line) - len(line.lstrip()) <= depth:
                break
            value = line.partition(": ")[2].strip().strip("\"'")
            if len(value) >= 2 and value[0] not in "|>" and holds(value):
                first = start + line.rindex(value)
                yield hit(first, first + len(value), "SECRET", "manifest")
        at = text.find("stringData:", at + 11)


def _key_end(text: str, at: int, word: str) -> int:
    """Return where the key ends that begins with a word; scripts without spaces have none."""
    end = at
    while word < _EAST and end < len(text) and end - at < 40:
        if not (text[end].isalnum() or text[end] in "_.-"):
            break
        end += 1
    return end


def _is_placeholder(text: str, start: int, end: int) -> bool:
    while start and (text[start - 1].isupper() or text[start - 1] == "_"):
        start -= 1
    closed = text[start - 1 : start] == "<" and text[end : end + 1] == ">"
    return closed and text[end - 1].isdigit() and text[start:end].isupper()


def _value(text: str, at: int, word: str) -> int | None:
    """Return where the value begins that a telling word introduces."""
    start = at
    while start < len(text) and start - at < 12 and text[start] in _JOINTS:
        start += 1
    gap = text[at:start]
    saying = text[start : start + 8].split(" ")[0]
    if saying in _SAYING and gap == " ":
        start += len(saying) + 1
        while text[start : start + 1] in ('"', "'", "`", " ") and start - at < 16:
            start += 1
    elif not (set(gap) & _SIGNS or word in ("bearer", "basic ") or (word, gap) == _TRAVELLER):
        return None
    for scheme in ("Bearer ", "Basic ", "bearer ", "basic ", "Token "):
        if text.startswith(scheme, start):
            start += len(scheme)
    return start


def _end(text: str, start: int, stop: re.Pattern[str], longest: int) -> int:
    found = stop.search(text, start, start + longest)
    return found.start() if found else min(len(text), start + longest)


def holds(value: str) -> bool:
    """Tell a value from a mask, a reference, a placeholder and nothing."""
    bare = value.strip("*xX#.•_- ")
    return (
        bool(bare)
        and bare.lower() not in _NOTHING
        and not value.startswith(("$", "{", "%", "<", "#{", "&lt"))
    )


def _tells(value: str, kind: str, least: int) -> bool:
    if (
        len(value) < least
        or not holds(value)
        or value[0] == "@"
        or "://" in value
        or set(value) & set("({[")
    ):
        return False
    digits = sum(map(str.isdigit, value))
    letters = sum(map(str.isalpha, value))
    if kind == "PASSPORT" and "-" in value:
        return False
    if kind == "PASSPORT" or kind == "NATIONAL_ID":
        return digits >= 5 and letters <= 3 and len(value) <= 14 and "." not in value[:-1]
    if kind == "PASSWORD":
        if value[0] in "/#+." or "passw" in value.lower() or "xxxx" in value.lower():
            return False
        return letters > 0 and (
            digits > 0 or not value.replace("_", "").replace("-", "").replace(".", "").isalpha()
        )
    if kind == "COOKIE":
        return "=" in value and (digits >= 4 or len(value) >= 40) and letters >= 4
    if kind in ("SIGNATURE", "SAML") or len(value) >= 40:
        return digits >= 3 and letters >= 3 and "." not in value[:-1]
    turns = sum(a.isdigit() is not b.isdigit() for a, b in pairwise(value))
    return (
        digits >= 2
        and letters >= 3
        and turns >= (4 if kind == "OPAQUE_ID" else 3)
        and not is_masked(value)
        and max(map(len, re.split(r"[^A-Za-z0-9]", value))) >= 11
        and value.count(".") < 2
        and value[0] not in "/-"
    )
