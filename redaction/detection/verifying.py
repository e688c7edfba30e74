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
from redaction.detection.telling import STOPS, hit, holds, is_masked, told

_LONG = re.compile(r"[A-Za-z0-9+/_=~.!$-]{13,}")
_NUMBER = re.compile(r"\d[\d -]{7,28}\d")
_COUNTRY = re.compile(r"[A-Z]{2}\d{2}")
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
_HEADS: Final = tuple(head for head, _, _ in _ISSUED)
_OPENS: Final = STOPS | frozenset("(@[{")
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


def verify(text: str) -> list[Finding]:
    """Find what a redacted text still shows, in text order; our placeholders are no hits."""
    found = [*_addresses(text), *_armour(text), *_tokens(text), *_numbers(text), *told(text)]
    return sorted(found, key=lambda finding: (finding.start, -finding.end))


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
        if colon > 0 and len(left) - colon > 1 and right and holds(left[colon + 1 :]):
            yield hit(start + colon + 1, at, "PASSWORD", "address-login")
        elif scheme < 0 and _is_mail(left, right):
            yield hit(at - len(_local(left)), at + 1 + len(right), "EMAIL", "at-sign")
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
                yield hit(start, end, "PRIVATE_KEY", "armour")
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
            yield hit(start, match.end(), "JWT", "token")
            continue
        for edge in (0, run.find("=") + 1):
            rest = run[edge:]
            kind = (
                next(
                    (
                        k
                        for head, k, least in _ISSUED
                        if rest.startswith(head) and len(rest) >= least
                    ),
                    None,
                )
                if rest.startswith(_HEADS)
                else None
            )
            if kind is not None and not is_masked(rest):
                yield hit(start + edge, match.end(), kind, "token")
                break
        else:
            if len(run) >= 19 and run.count("-") >= 3 and _is_licence(run):
                yield hit(start, match.end(), "LICENCE_KEY", "groups")
            elif len(run) >= 32:
                edge = run.rstrip("=").rfind("=") + 1
                if len(run) - edge >= 32 and _is_dense(run[edge:]):
                    yield hit(start + edge, match.end(), "OPAQUE_ID", "entropy")


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
            yield hit(start, end, "CREDIT_CARD", "digits")
        elif (
            len(number) == 11
            and number[3] == number[6] == "-"
            and len(digits) == 9
            and _is_ssn(digits)
        ):
            yield hit(start, end, "NATIONAL_ID", "digits")
    for match in _COUNTRY.finditer(text):
        if not text[match.start() - 1 : match.start()].isalnum():
            size = _iban(text, match.start())
            if size:
                yield hit(match.start(), match.start() + size, "IBAN", "digits")


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
