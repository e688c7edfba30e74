"""Reads a redacted text with means of its own and reports what should not be left in it.

It shares no expression with the first pass: it walks over runs of characters, weighs how random
they are, checks digits and looks at what stands beside a telling word, in time linear in the text.
A hit means that the first pass missed something.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from redaction.detection import Finding
from redaction.detection.patterns.ordinary import words_of

_SCORE: Final = 0.9
_LONG = re.compile(r"[A-Za-z0-9+/_=~.!$-]{13,}")
_NUMBER = re.compile(r"\d[\d -]{7,28}\d")
_COUNTRY = re.compile(r"[A-Z]{2}\d{2}")
_TELLING = re.compile(
    r"passw|passphrase|passcode|pwd|secret|token|key|bearer|basic |cookie|sig|licen[cs]e|passport"
    r"|ssn|saml|assertion|authoriz|credential|auth"
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
_HUMAN: Final = frozenset({"PASSWORD", "PASSPORT", "NATIONAL_ID"})
_ISSUED: Final = (
    ("AKIA", "CLOUD_KEY", 20), ("ASIA", "CLOUD_KEY", 20), ("AIza", "OPAQUE_ID", 39),
    ("ya29.", "CLOUD_KEY", 30), ("LTAI", "CLOUD_KEY", 20), ("ghp_", "API_KEY", 30),
    ("gho_", "API_KEY", 30), ("ghs_", "API_KEY", 30), ("ghu_", "API_KEY", 30),
    ("github_pat_", "API_KEY", 40), ("glpat-", "API_KEY", 26), ("xoxb-", "API_KEY", 24),
    ("xoxp-", "API_KEY", 24), ("xapp-", "API_KEY", 30), ("sk_live_", "API_KEY", 24),
    ("rk_live_", "API_KEY", 24), ("sk-ant-", "API_KEY", 60), ("sk-proj-", "API_KEY", 60),
    ("SG.", "API_KEY", 60), ("npm_", "API_KEY", 40), ("pypi-", "API_KEY", 60),
    ("hvs.", "API_KEY", 24), ("dop_v1_", "API_KEY", 64), ("shpat_", "API_KEY", 38),
    ("AGE-SECRET-KEY-1", "PRIVATE_KEY", 60), ("PHNhbWw", "SAML", 60), ("PD94bWw", "SAML", 200),
    ("LS0tLS1CRUdJTi", "PRIVATE_KEY", 60),
)  # fmt: skip
_STOPS: Final = frozenset(" \t\r\n\"'`<>,;&|)]}")
_STOP: Final = re.compile(f"[{re.escape(''.join(sorted(_STOPS)))}]")
_COOKIE_STOP: Final = re.compile("[\r\n\"'<>]")
# A value ends here at the latest, and its beginning tells what it is: time stays linear.
_LONGEST: Final = 8000
_JUDGED: Final = 400
_OPENS: Final = _STOPS | frozenset("(@[{")
_JOINTS: Final = frozenset(" \t=:\"'`\\>({[")
# How long a bank account number is, by country.
_ACCOUNT_SIZES: Final[dict[str, int]] = {
    code: size
    for size, codes in {
        15: "NO", 16: "BE", 18: "DK FI NL FO GL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU XK",
        21: "CH HR LI LV", 22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST", 26: "IS TR",
        28: "AL AZ BY CY DO GT HU LB NI PL SV", 27: "BI DJ FR GR IT MC MR SM", 29: "BR EG PS QA UA",
        30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
    }.items()
    for code in codes.split()
}  # fmt: skip
_SAYING: Final = words_of("is was are to")
_NOTHING: Final = words_of(
    "null none true false required missing invalid incorrect expired unknown changed reset empty"
    " masked hidden redacted removed string undefined wrong failed denied yes not the"
)


def verify(text: str) -> list[Finding]:
    """Find what a redacted text still shows, in text order; our placeholders are no hits."""
    found = [*_addresses(text), *_armour(text), *_tokens(text), *_numbers(text), *_told(text)]
    return sorted(found, key=lambda finding: (finding.start, -finding.end))


def _hit(start: int, end: int, kind: str, means: str) -> Finding:
    return Finding(start, end, kind, f"verify:{means}", _SCORE)


def _addresses(text: str) -> Iterator[Finding]:
    """Look at both sides of each `@`: a mail address, or a login in an address."""
    at = text.find("@")
    while at >= 0:
        start = at
        while start and at - start < 300 and text[start - 1] not in _OPENS:
            start -= 1
        end = at + 1
        while end < len(text) and end - at < 200 and (text[end].isalnum() or text[end] in ".-"):
            end += 1
        left, right = text[start:at], text[at + 1 : end].rstrip(".-")
        scheme = left.find("://")
        colon = left.find(":", scheme + 3) if scheme > 0 else -1
        if colon > 0 and len(left) - colon > 1 and right and _holds(left[colon + 1 :]):
            yield _hit(start + colon + 1, at, "PASSWORD", "address-login")
        elif scheme < 0 and _is_mail(left, right):
            yield _hit(at - len(_local(left)), at + 1 + len(right), "EMAIL", "at-sign")
        at = text.find("@", max(end, at + 1))


def _local(left: str) -> str:
    size = 0
    while size < len(left) and (left[-1 - size].isalnum() or left[-1 - size] in "._%+-"):
        size += 1
    return left[len(left) - size :]


def _is_mail(left: str, right: str) -> bool:
    name, dot, top = right.rpartition(".")
    if not dot or not name or not (2 <= len(top) <= 24 and top.isalpha()):
        return False
    local = _local(left)
    return (
        bool(local.strip("._%+-")) and local != "git" and left[: len(left) - len(local)][-1:] != "/"
    )


def _armour(text: str) -> Iterator[Finding]:
    """Follow each armour of a private key to its end."""
    at = text.find("PRIVATE KEY")
    while at >= 0:
        start = text.rfind("-----BEGIN", max(0, at - 40), at)
        body = text.find("-----", at)
        if start >= 0 and 0 <= body - at <= 12:
            end = text.find("-----END", body + 5, body + 20000)
            if end >= 0:
                end = (
                    text.find("-----", end + 5, end + 80) + 5
                    if "-----" in text[end + 5 : end + 80]
                    else end
                )
            else:
                end = body + 5 + _body(text, body + 5)
            if _alnum(text[body + 5 : min(end - 20, body + 200)]) >= 16 and end > body + 16:
                yield _hit(start, end, "PRIVATE_KEY", "armour")
        at = text.find("PRIVATE KEY", at + 11)


def _alnum(text: str) -> int:
    return sum(c.isalnum() for c in text)


def _body(text: str, at: int) -> int:
    size = 0
    while (
        at + size < len(text)
        and size < 20000
        and (text[at + size].isalnum() or text[at + size] in "+/=\\ \r\n")
    ):
        size += 1
    return size


def _tokens(text: str) -> Iterator[Finding]:
    """Weigh each long run of token characters."""
    for match in _LONG.finditer(text):
        run = match[0]
        start = match.start()
        if run.startswith("eyJ") and run.count(".") >= 1 and len(run) >= 40:
            yield _hit(start, match.end(), "JWT", "token")
            continue
        for edge in (0, run.find("=") + 1):
            rest = run[edge:]
            kind = next(
                (k for head, k, least in _ISSUED if rest.startswith(head) and len(rest) >= least),
                None,
            )
            if kind is not None and not _is_masked(rest):
                yield _hit(start + edge, match.end(), kind, "token")
                break
        else:
            if len(run) >= 19 and run.count("-") >= 3 and _is_licence(run):
                yield _hit(start, match.end(), "LICENCE_KEY", "groups")
            elif len(run) >= 32:
                edge = run.rstrip("=").rfind("=") + 1
                if len(run) - edge >= 32 and _is_dense(run[edge:]):
                    yield _hit(start + edge, match.end(), "OPAQUE_ID", "entropy")


def _is_masked(value: str) -> bool:
    if value.startswith(("AKIA", "ASIA")) and value != value.upper():
        return True
    return len(set(value.lower()) - {"x"}) < 9 or "xxxx" in value.lower()


def _is_licence(run: str) -> bool:
    groups = run.strip(".=").split("-")
    fits = len(groups) >= 4 and all(
        4 <= len(g) <= 8 and g.isalnum() and g == g.upper() for g in groups
    )
    mixed = sum(any(c.isdigit() for c in g) and any(c.isalpha() for c in g) for g in groups)
    return fits and mixed >= 2 and len({len(g) for g in groups}) == 1


def _entropy(run: str) -> float:
    size = len(run)
    return -sum(n / size * math.log2(n / size) for n in Counter(run).values())


def _is_dense(run: str) -> bool:
    """Tell a run of all classes of characters that no word, path or name has."""
    if run.count("/") > 4 or run.count(".") > 1 or "--" in run or run.startswith(("/", "-", ".")):
        return False
    lower = sum(c.islower() for c in run)
    upper = sum(c.isupper() for c in run)
    digits = sum(c.isdigit() for c in run)
    if min(lower, upper, digits) * 10 < len(run):
        return False
    turns = sum(a.isdigit() is not b.isdigit() for a, b in pairwise(run))
    return turns >= 6 and _entropy(run) >= 4.0


def _numbers(text: str) -> Iterator[Finding]:
    """Check the digits of cards, social security numbers and bank accounts."""
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if (
            before.isalnum()
            or before in tuple("._-:/#+<")
            or after.isalnum()
            or after in tuple("_:/>")
        ):
            continue
        number = match[0]
        digits = "".join(c for c in number if c.isdigit())
        if _is_card(number, digits):
            yield _hit(start, end, "CREDIT_CARD", "digits")
        elif (
            len(number) == 11
            and number[3] == number[6] == "-"
            and len(digits) == 9
            and _is_ssn(digits)
        ):
            yield _hit(start, end, "NATIONAL_ID", "digits")
    for match in _COUNTRY.finditer(text):
        if not text[match.start() - 1 : match.start()].isalnum():
            size = _iban(text, match.start())
            if size:
                yield _hit(match.start(), match.start() + size, "IBAN", "digits")


def _is_card(number: str, digits: str) -> bool:
    sizes = {"3": (14, 15), "4": (13, 16, 19), "5": (16,), "2": (16,), "6": (16, 19)}
    if len(digits) not in sizes.get(digits[0], ()) or len(set(digits)) < 2:
        return False
    joints = {c for c in number if not c.isdigit()}
    if len(joints) > 1 or (joints and not 2 <= len(re.split(r"[ -]", number)) <= 5):
        return False
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) << (at & 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_ssn(digits: str) -> bool:
    return (
        digits[:3] not in ("000", "666")
        and digits[0] != "9"
        and digits[3:5] != "00"
        and digits[5:] != "0000"
    )


def _iban(text: str, start: int) -> int:
    """Return how many characters from `start` on make a bank account number, 0 for none."""
    least = _ACCOUNT_SIZES.get(text[start : start + 2], 0)
    compact, at = "", start
    while at < len(text) and len(compact) < least:
        c = text[at]
        if c.isdigit() or "A" <= c <= "Z":
            compact += c
        elif c != " " or len(compact) % 4:
            return 0
        at += 1
    if not least or len(compact) < least or text[at : at + 1].isalnum():
        return 0
    moved = "".join(str(int(c, 36)) for c in compact[4:] + compact[:4])
    return at - start if int(moved) % 97 == 1 else 0


def _told(text: str) -> Iterator[Finding]:
    """Look at what stands beside each telling word."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    done = 0
    for match in _TELLING.finditer(lowered):
        if match.start() < done:
            continue
        kind, least = _WORDS[match[0]]
        if kind == "API_KEY" and not _NAMED.search(lowered, match.start() - 8, match.start()):
            kind = "OPAQUE_ID"
        end = match.end()
        while (
            end < len(text)
            and end - match.end() < 40
            and (text[end].isalnum() or text[end] in "_.-")
        ):
            end += 1
        if _is_placeholder(text, match.start(), end):
            continue
        place = _value(text, end, kind, match[0])
        if place is not None and _tells(text[place[0] : place[1]], kind, least):
            yield _hit(*place, kind, "word")
            done = place[1]


def _is_placeholder(text: str, start: int, end: int) -> bool:
    while start and (text[start - 1].isupper() or text[start - 1] == "_"):
        start -= 1
    closed = text[start - 1 : start] == "<" and text[end : end + 1] == ">"
    return closed and text[end - 1].isdigit() and text[start:end].isupper()


def _value(text: str, at: int, kind: str, word: str) -> tuple[int, int] | None:
    """Return where the value that a telling word introduces begins and ends."""
    start = at
    while start < len(text) and start - at < 12 and text[start] in _JOINTS:
        start += 1
    gap = text[at:start]
    saying = text[start : start + 4].split(" ")[0]
    if saying in _SAYING and gap == " ":
        start += len(saying) + 1
        while text[start : start + 1] in ('"', "'", "`", " ") and start - at < 16:
            start += 1
    elif not ("=" in gap or ":" in gap or ">" in gap or word in ("bearer", "basic ")):
        return None
    for scheme in ("Bearer ", "Basic ", "bearer ", "basic ", "Token "):
        if text.startswith(scheme, start):
            start += len(scheme)
    stop = (_COOKIE_STOP if kind == "COOKIE" else _STOP).search(text, start, start + _LONGEST)
    end = stop.start() if stop else min(len(text), start + _LONGEST)
    return (start, end) if end > start else None


def _holds(value: str) -> bool:
    """Tell a value from a mask, a reference, a placeholder and nothing."""
    bare = value.strip("*xX#.•_- ")
    return (
        bool(bare)
        and bare.lower() not in _NOTHING
        and not value.startswith(("$", "{", "%", "<", "#{", "&lt"))
    )


def _tells(value: str, kind: str, least: int) -> bool:
    value = value[:_JUDGED]
    if (
        len(value) < least
        or not _holds(value)
        or value[0] == "@"
        or "://" in value
        or set(value) & set("({[")
    ):
        return False
    digits = sum(map(str.isdigit, value))
    letters = sum(map(str.isalpha, value))
    if kind == "PASSPORT" or kind == "NATIONAL_ID":
        return digits >= 5 and letters <= 3 and len(value) <= 14
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
        and not _is_masked(value)
        and max(map(len, re.split(r"[^A-Za-z0-9]", value))) >= 11
        and value.count(".") < 2
        and value[0] not in "/-"
    )
