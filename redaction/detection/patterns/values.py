"""Decides which part of a value under a telling key is sensitive, and whether it is at all."""

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from redaction.detection.language.words import is_common
from redaction.detection.patterns.machines import is_foreign_address, is_label, is_machine
from redaction.detection.patterns.ntdomains import is_realm, login_in
from redaction.detection.patterns.ordinary import is_empty, is_role, travels, words_of
from redaction.detection.patterns.secretvalues import SECRET_KEYS, Sensitive, secret_in

_IDS = words_of("CUSTOMER TENANT ACCOUNT ORDER SESSION REQUEST TRACE UUID")
_NAME = re.compile(r"(?:[^\W\d_][\w'\u2019.-]{0,30},?[ \t]+){0,4}[^\W\d_][\w'\u2019.-]{0,30}")
_MAIL_NAME = re.compile(r"""["']?(?P<name>[^<>"'@()]{2,80}?)["']?[ \t]*[<(]""")
_BESIDE_NAME = re.compile(r"(?:[(\[][^()\[\]]{0,60}[)\]][ \t]*)+")
_LOGIN = re.compile(r"(?:\d{4,8}:)?[\w.@$+\\-]{2,64}")
_ID = re.compile(r"[\w.:+/=#-]{1,128}")
# What systems put before the ids that they issue, by the kind of thing.
ISSUED_PREFIXES: Final = {
    "REQUEST": "req|rqst|request|rid|corr|correlation",
    "SESSION": "cs|ses|sess|session|checkout",
    "ORDER": "ord|order|cart|crt|bsk|bskt|basket|pay|pmt|payment|inv|invoice|rfd|refund",
    "TRACE": "trc|trace|span|txn|transaction",
    "USER": "usr|user|uid",
    "ACCOUNT": "acc|acct|account",
    "CUSTOMER": "cus|cust|customer|shp|shopper",
    "TENANT": "tnt|tenant",
}
_PREFIXED = re.compile(rf"(?i:{'|'.join(ISSUED_PREFIXES.values())})[-_][a-z0-9]{{8,64}}")
# Dates and stamps, versions, decimals, durations, sizes, paths, links, protocols, pointers.
_FIGURE = re.compile(
    r"(?:19|20)\d\d[-/.]?(?:0[1-9]|1[0-2])[-/.]?(?:0[1-9]|[12]\d|3[01])"
    r"(?:[T_-]?\d\d:?\d\d(?::?\d\d)?(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|v?\d+(?:[.,]\d+)+(?:[-+][A-Za-z][\w.]{0,20})?|/.*|HTTP/\d.*|\w+://.*|0x[0-9a-fA-F]+"
    r"|\d{1,7}(?:ms|us|ns|s|m|h|%|[kKMGT]i?B)"
)
_WORDS_IN = re.compile(r"\d{0,4}([A-Za-z]+)\d{0,4}|([A-Za-z]{4,})\d{1,2}([A-Za-z]{4,})")
_DATED = re.compile(r"(?=\D*\d)[\w ,./-]{6,40}")
_PART_OF_DATE = re.compile(r"\d{1,4}|[^\W\d_]{3,10}")  # `{"year": 1984, "month": "March"}`
# Not a package of Java, which begins where a domain ends.
_DOMAIN = r"@?(?!(?:com|org|net|io|java|javax|sun)\.)(?:[\w-]{1,63}\.){1,6}[A-Za-z]{2,24}"
_HEX_ADDRESS = re.compile(r"0x[0-9a-fA-F]+|[0-9a-f]{8,16}")


Check: TypeAlias = Callable[[str, int, bool], Sensitive | None]
"""Takes the stripped value, how much was stripped before it, and whether it was structured."""


def sensitive_part(kind: str, value: str, structured: bool) -> Sensitive | None:
    """Find what must go of `value` under a key of `kind`.

    `structured` says that `value` is the whole value of a parsed format, so that its extent is
    certain; otherwise it is the word after `key=` in running text, and must look like its kind.
    """
    lead = len(value) - len(value.lstrip(" \t\r\n\"'"))
    core = value.strip(" \t\r\n\"'")
    # The colour of a terminal is no value; what it colours is read without it.
    if is_empty(core) or _masked(core) or core[0] in "\x1b\x9b":
        return None
    if kind in SECRET_KEYS:
        found = secret_in(kind, core, structured)
        return found and Sensitive(lead + found.start, lead + found.end, found.kind, found.firm)
    if kind in _IDS:
        return _identifier(kind, core, lead, structured)
    check = _CHECKS.get(kind)
    return check(core, lead, structured) if check else None


def _masked(core: str) -> bool:
    return core.count("*") * 2 > len(core) or core.lower().count("x") * 5 > len(core) * 4


def _whole(core: str, lead: int, kind: str, firm: bool = True) -> Sensitive:
    return Sensitive(lead, lead + len(core), kind, firm)


def _identifier(kind: str, core: str, lead: int, structured: bool) -> Sensitive | None:
    has_digit = any(c.isdigit() for c in core)
    if (
        kind in ("CUSTOMER", "ACCOUNT", "TENANT")
        and (structured or core[:1].isupper())
        and not has_digit
    ):
        organization = _organization(core, lead, structured)
        return (
            organization
            if kind == "CUSTOMER" or " " in core
            else (
                organization
                and Sensitive(organization.start, organization.end, kind, organization.firm)
            )
        )
    if not _ID.fullmatch(core) or is_role(core):
        return None
    if kind in ("ORDER", "SESSION", "REQUEST", "TRACE") and not _is_reference(kind, core):
        return None
    slug = kind == "TENANT" and len(core) > 3 and not is_common(core)
    if not structured and not has_digit and not slug and not re.search(r"[-_]", core):
        return None
    return _whole(core, lead, kind, firm=travels(core) and (has_digit or len(core) >= 6))


def _is_reference(kind: str, core: str) -> bool:
    """Tell the id of an order, a session or a request from a figure, a word or a state."""
    if _FIGURE.fullmatch(core):
        return False
    tail = re.fullmatch(r"[A-Za-z]{1,12}[-_]([A-Za-z0-9]{8,64})", core)
    if _PREFIXED.fullmatch(core) or (tail and is_issued(tail[1], 4)):
        return True
    if kind != "ORDER":
        # `pull request: #4521` is a number that everybody knows.
        return len(core) >= 4 and any(c.isdigit() for c in core) and core[0] != "#"
    numbered = re.search(r"\d{5}" if core.lstrip("#").isdigit() else r"\d{4}", core) is not None
    return numbered or any(is_issued(run, 4) for run in re.findall(r"[A-Za-z0-9]{8,}", core))


def is_issued(run: str, cluster: int = 5) -> bool:
    """Tell a run of letters and digits that a machine issued from words, a date or a counter.

    Letters count as words when they can be spoken: vowels among them, and fewer than `cluster`
    consonants in a row.
    """
    if len(run) < 8 or _FIGURE.fullmatch(run):
        return False
    words = _WORDS_IN.fullmatch(run)
    if words is None:
        return True
    return run[-1:].islower() and not all(_spoken(word, cluster) for word in words.groups() if word)


def _spoken(word: str, cluster: int) -> bool:
    vowels = sum(c in "aeiouyAEIOUY" for c in word)
    crowded = re.search(rf"(?i)[^aeiouy]{{{cluster}}}", word)
    return len(word) * 0.2 <= vowels <= len(word) * 0.7 and crowded is None


def _organization(core: str, lead: int, structured: bool) -> Sensitive | None:
    if len(core) > 80 or "\n" in core or is_role(core) or not (structured or core[:1].isupper()):
        return None
    if not any(c.isalpha() for c in core):
        return None
    return _whole(
        core, lead, "ORGANIZATION", firm=travels(core) and (" " in core or len(core) >= 4)
    )


def _person(core: str, lead: int, structured: bool) -> Sensitive | None:
    addressed = _MAIL_NAME.match(core)
    if addressed:
        lead, core = lead + addressed.start("name"), addressed["name"].strip()
    lead, core = _without_notes(lead, core)
    if "@" in core or len(core) > 60 or is_role(core) or not _NAME.fullmatch(core):
        return _user(core, lead, structured)
    parts = core.split()
    if len(parts) == 1 and (core.islower() or any(c in "._" for c in core)):
        return _user(core, lead, structured)
    if not structured and not all(part[:1].isupper() for part in parts):
        return None
    return _whole(core, lead, "PERSON", firm=travels(core))


def _without_notes(lead: int, core: str) -> tuple[int, str]:
    """Leave out what trackers write beside a name: `Jane Roe [ACME]`, `(inactive) Jane Roe`."""
    before = _BESIDE_NAME.match(core)
    if before:
        lead, core = lead + before.end(), core[before.end() :]
    return lead, re.sub(r"[ \t]*[(\[].*$", "", core, flags=re.DOTALL) or core


def _user(core: str, lead: int, structured: bool) -> Sensitive | None:
    if structured and "@" in core and re.fullmatch(r"\S{4,64}", core) and not is_empty(core):
        return _mail(core, lead, structured) or _whole(core, lead, "USER")
    if "@" in core or not _LOGIN.fullmatch(core) or is_role(core):
        if not (structured and _looks_like_name(core)):
            return None
        # Not through `_person`: what is neither login nor name by its letters would come back.
        lead, core = _without_notes(lead, core)
        return _whole(core, lead, "PERSON", firm=travels(core))
    # The domain has a rule of its own, and the login is the same person in another place.
    if at := login_in(core):
        return _user(core[at:], lead + at, structured)
    if core.isdigit():
        return _whole(core, lead, "USER", firm=len(core) >= 6) if len(core) >= 3 else None
    return _whole(core, lead, "USER", firm=travels(core) and not core.isdigit())


def _looks_like_name(core: str) -> bool:
    parts = core.split()
    return 2 <= len(parts) <= 4 and all(p[:1].isupper() for p in parts) and not is_role(core)


def _mail(core: str, lead: int, structured: bool) -> Sensitive | None:
    del structured
    whole = re.fullmatch(r"[^\s@<>]{1,128}@[^\s@<>]{2,253}", core)
    return _whole(core, lead, "EMAIL") if whole else None


def _phone(core: str, lead: int, structured: bool) -> Sensitive | None:
    del structured
    digits = sum(c.isdigit() for c in core)
    shaped = re.fullmatch(r"[+\d(][\d\s().+/x-]{4,30}(?:ext\.? ?\d{1,6})?", core)
    return _whole(core, lead, "PHONE", firm=digits >= 7) if shaped and digits >= 6 else None


def _address(core: str, lead: int, structured: bool) -> Sensitive | None:
    if _ip(core, lead, structured) is not None:
        return _ip(core, lead, structured)
    if _mail(core, lead, structured) is not None:
        return _mail(core, lead, structured)
    if not structured or _HEX_ADDRESS.fullmatch(core) or len(core) > 200:
        return None
    if not any(c.isdigit() for c in core) or re.search(r"[:/@]", core):
        return None
    return _whole(core, lead, "ADDRESS", firm=len(core) >= 8)


def _street(core: str, lead: int, structured: bool) -> Sensitive | None:
    """Take a street by its name alone: `Am Berg` under `StrtNm`; elsewhere it has a number."""
    named = structured and re.fullmatch(r"[^\W\d_][\w'\u2019. -]{2,60}", core) is not None
    if named and core[:1].isupper() and not is_role(core):
        return _whole(core, lead, "ADDRESS", firm=False)
    return _address(core, lead, structured)


def _ip(core: str, lead: int, structured: bool) -> Sensitive | None:
    del structured
    bare = re.match(r"\[?([0-9A-Fa-f:.]{2,45}?)\]?(?::\d{1,5}|/\d{1,3})?$", core)
    if not bare or not is_foreign_address(bare[1]):
        return None
    return Sensitive(lead + bare.start(1), lead + bare.end(1), "IP", True)


def _shaped(kind: str, shape: str) -> Check:
    def check(core: str, lead: int, structured: bool) -> Sensitive | None:
        del structured
        return _whole(core, lead, kind) if re.fullmatch(shape, core) else None

    return check


def _domain(core: str, lead: int, structured: bool) -> Sensitive | None:
    del structured
    return _whole(core, lead, "DOMAIN") if re.fullmatch(_DOMAIN, core) or is_realm(core) else None


def _host(core: str, lead: int, structured: bool) -> Sensitive | None:
    if _ip(core, lead, structured) is not None:
        return _ip(core, lead, structured)
    if is_machine(core):
        return _whole(core, lead, "HOST")
    named = re.match(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+){1,10}(?=$|:\d{1,5}$)", core)
    if not named or core.lower().startswith(("localhost", "0.0.0.0")):
        return None
    if not re.search(r"[A-Za-z]", named[0].rpartition(".")[2]) or (not structured and "(" in core):
        return None
    return Sensitive(lead, lead + named.end(), "HOST", True)


def _hostname(core: str, lead: int, structured: bool) -> Sensitive | None:
    if structured and is_label(core) and not is_role(core):
        return _whole(core, lead, "HOST", firm=len(core) >= 5 and not core.isalpha())
    return _host(core, lead, structured)


def _gps(core: str, lead: int, structured: bool) -> Sensitive | None:
    del structured
    figures = re.findall(r"-?\d{1,3}\.\d{3,15}", core)
    shaped = re.fullmatch(r"[-\d.,; \u00b0NSEW()\[\]]{5,60}", core) is not None
    placed = 1 <= len(figures) <= 2 and all(abs(float(figure)) <= 180 for figure in figures)
    return _whole(core, lead, "GPS") if shaped and placed else None


def _worded(kind: str) -> Check:
    def check(core: str, lead: int, structured: bool) -> Sensitive | None:
        fits = structured and len(core) <= 60 and "\n" not in core and core[:1].isalpha()
        return _whole(core, lead, kind, firm=False) if fits else None

    return check


def _birthdate(core: str, lead: int, structured: bool) -> Sensitive | None:
    dated = _DATED.fullmatch(core) or (structured and _PART_OF_DATE.fullmatch(core))
    return _whole(core, lead, "BIRTHDATE", firm=False) if dated else None


def _numbered(kind: str, digits: int) -> Check:
    def check(core: str, lead: int, structured: bool) -> Sensitive | None:
        del structured
        count = sum(c.isdigit() for c in core)
        fits = re.fullmatch(r"[\w .-]{3,40}", core) and count >= digits
        return _whole(core, lead, kind, firm=count >= 6) if fits else None

    return check


_CHECKS: dict[str, Check] = {
    "ADDRESS": _address,
    "BIRTHDATE": _birthdate,
    "CARD_CODE": _shaped("CREDIT_CARD", r"\d{3,4}"),
    "CREDIT_CARD": _numbered("CREDIT_CARD", 12),
    "DOMAIN": _domain,
    "EMAIL": _mail,
    "GPS": _gps,
    "LOCATION": _worded("LOCATION"),
    "NATIONALITY": _worded("NATIONALITY"),
    "WEBSITE": _worded("WEBSITE"),
    "HOST": _host,
    "HOSTNAME": _hostname,
    "IBAN": _numbered("IBAN", 8),
    "IP": _ip,
    "MAC": _shaped(
        "MAC", r"(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}|[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2}"
    ),
    "NATIONAL_ID": _numbered("NATIONAL_ID", 3),
    "PASSPORT": _numbered("PASSPORT", 5),
    "ORGANIZATION": _organization,
    "PERSON": _person,
    "PHONE": _phone,
    "STREET": _street,
    "USER": _user,
}
