# ruff: noqa: E501 - a pattern is easier to check on one line
"""Decides whether the value under a secret's key is one, and whether it is dropped or sealed."""

import re
from dataclasses import dataclass
from typing import Final

from redaction.detection.patterns.ordinary import is_empty, travels, words_of
from redaction.detection.patterns.randomness import (
    counts_up,
    is_issued_key,
    is_made_up,
    is_said_made_up,
    is_uuid,
    looks_random,
)
from redaction.detection.patterns.secrets import is_credential
from redaction.detection.patterns.sentences import is_passphrase
from redaction.detection.patterns.states import says_nothing
from redaction.detection.patterns.vendors import is_misshapen

# What a key may say that its value is, where the value is dropped or sealed. PASS, KEY and NAMED_KEY
# are weak; all that a SECRET_DATA holds is a secret, and an AUTHORIZATION names its scheme first.
SECRET_KEYS: Final = words_of(
    "PASSWORD PASS PIN SECRET SECRET_DATA API_KEY CLOUD_KEY TOKEN AUTHORIZATION COOKIE PRIVATE_KEY"
    " LICENCE_KEY JWT SIGNATURE SAML KEY NAMED_KEY ID"
)
_SCHEME: Final = re.compile(
    r"(?i)(?:bearer|basic|token|digest|api-?key|splunk|negotiate|ntlm|kerberos|ssws|oauth|key|bot|hawk|mac|jwt|dpop|geniekey|sso-key"
    r"|aws4?(?:-hmac-sha256)?|sharedkey(?:lite)?|signature|vapid|scram-sha-(?:1|256)|privatetoken|googlelogin)[ \t]+(?=\S)"
)
_ANY_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,24}[ \t]+(?=\S)")
_PARAMETERS: Final = re.compile(r"[A-Za-z][\w-]{0,24}[ ]?=[ ]?[^=\s]")
_PATH: Final = re.compile(
    r"(?:~|\.{1,2})?/[A-Za-z][\w./@-]*|[A-Za-z]:\\[\w .\\-]+|[\w-]+\.(?:pem|key|crt|jks|p12|txt|ya?ml|json)"
)
# `password=os.getenv("X")`, `token: config.token`, `secret: ${VAULT_KEY:=x}`, `"Bearer " + key`.
_REFERENCE: Final = re.compile(
    r"(?!(?i:enc)\()\\?[A-Za-z_][\w.]{0,80}\(.*|(?:self|this|config|settings|args|ctx|env|request|params|options|props"
    r"|secrets|vars?|github)\.[\w.\[\]\"']+|\\?\$[({].*|[#{]\{.*|\{[A-Za-z]\w*\}?|`.*|\+ .*|\\{0,4}\$_[A-Z]+\[.*"
    r"|\$[A-Z_]{3,60}/.*|arn:.*|\(\w*\)?|[a-z]+/[a-z_/]+(?:#\w*)?|[a-z]+ get .*|%\w+%|[@:]\w*(?i:pass|pwd|secret|token|key)\w*"
)
# `open-sesame`, not `client_secret` or `SECRET_KEY`, which say what should stand there.
_JOINED: Final = re.compile(
    r"[a-z]+(?:[-_][a-z]+)+(?<!key)(?<!secret)(?<!token)(?<!password)(?<!name)"
)
_MASKED_PART: Final = re.compile(r"[xX]{5}|\*{5}|#[a-z]+(?:-[a-z]+)*$")
# Who signed has a rule of its own; when, where and for which service stays.
_SIGNED_BY: Final = re.compile(r"(?i)[^\s/]{4,200}?(?:/|%2F)\d{8}(?:/|%2F)[\w%/-]+4_request")
_MIXED: Final = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[\w+/=-]{14,}")
_GROUPS: Final = re.compile(r"[A-Z0-9]{3,8}(?:-[A-Z0-9]{3,8}){2,8}")
_AWS_SECRET: Final = re.compile(r"(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])[A-Za-z0-9/+]{40}")
_DIGIT: Final = re.compile(r"\d")
_SHORT: Final = re.compile(r"[A-Za-z0-9_.~+/=:-]{6,15}")


@dataclass(frozen=True, slots=True)
class Sensitive:
    """The sensitive part of a value: offsets inside the value, its kind, and how far it travels."""

    start: int
    end: int
    kind: str
    firm: bool


def secret_in(kind: str, core: str, structured: bool) -> Sensitive | None:
    """Find what must go of a value under a secret's key; None when it is no secret.

    `structured` says that the value is whole, as a parsed format or quotes close it.
    """
    if kind == "SECRET_DATA":
        # A template's own references hold nothing; everything else in a Secret is one.
        if is_empty(core) or core.startswith("{{"):
            return None
        return Sensitive(0, len(core), "SECRET", _is_firm(core))
    if kind == "AUTHORIZATION":
        return _authorization(core, structured)
    scheme = _SCHEME.match(core)
    lead = scheme.end() if scheme else 0
    value = core[lead:]
    shown = _as_secret(kind, value, structured) if _says(value) else None
    if shown is None:
        return None
    if scheme and len(value) >= 16 and not is_misshapen(value):
        shown = _OWN.get(kind, kind)  # behind its scheme a credential need not look drawn
    return Sensitive(lead, len(core), shown, _is_firm(value))


_OWN: Final = {"PASS": "PASSWORD", "PIN": "PASSWORD", "KEY": "OPAQUE_ID", "NAMED_KEY": "API_KEY"}


def _says(value: str) -> bool:
    """Tell a value from nothing, a path, a small number and what only refers to a value."""
    return not (
        says_nothing(value)
        or _PATH.fullmatch(value)
        or _REFERENCE.fullmatch(value)
        or _SIGNED_BY.fullmatch(value)
        or re.fullmatch(r"\d{1,3}", value)
    )


def _is_firm(value: str) -> bool:
    return len(value) >= 6 and travels(value) and not value.isalpha()


def _authorization(core: str, structured: bool) -> Sensitive | None:
    """Find the credential of an `Authorization` header: what stands behind its scheme goes."""
    known = _SCHEME.match(core)
    scheme = known or _ANY_SCHEME.match(core)
    if scheme is None or looks_random(scheme[0].rstrip()):
        shown = _as_secret("TOKEN", core, structured) if _says(core) else None
        return Sensitive(0, len(core), shown, _is_firm(core)) if shown else None
    value = core[scheme.end() :]
    # What is told by names has its own rules: `Digest username="…", response="…"`.
    if not _says(value) or _PARAMETERS.match(value) or value[0] in "<{$%":
        return None
    digits = any(c.isdigit() for c in value)
    if not is_credential(value) or not (digits or len(value) >= 16):
        return None
    if known is None and (" " in value or not digits or len(value) < 6):
        return None
    shown = "OPAQUE_ID" if is_said_made_up(value) else "TOKEN"
    return Sensitive(scheme.end(), len(core), shown, _is_firm(value))


def _as_secret(kind: str, core: str, structured: bool) -> str | None:
    """Say what the value under a secret's key counts as: its kind, `OPAQUE_ID`, None for nothing.

    A password may be anything. A key or token is one when an issuer drew it, or when it is short and
    of letters and digits; what only may be one is sealed as an opaque id.
    """
    match kind:
        case "PASSWORD":
            if _MASKED_PART.search(core) or core[0] in ".,;)":
                return None
            if not structured and (len(core) < 3 or core[-1] == "("):
                return None
            return "OPAQUE_ID" if is_said_made_up(core) else kind
        case "PASS":
            return "PASSWORD" if _is_pass(core) else None
        case "PIN":
            return "PASSWORD" if re.fullmatch(r"\d{4,8}", core) else None
        case "PRIVATE_KEY" | "LICENCE_KEY":
            if len(core) < 8 or not is_credential(core):
                return None
            typed = is_said_made_up(core) or (is_made_up(core) and not _GROUPS.fullmatch(core))
            return "OPAQUE_ID" if typed and len(core) < 100 else kind
        case "COOKIE":
            return kind if len(core) >= 6 else None
        case "KEY":
            return "OPAQUE_ID" if _drawn(core) else None
        case "ID":
            return "OPAQUE_ID" if _MIXED.fullmatch(core) and _drawn(core) else None
        case "NAMED_KEY":
            issued = len(core) >= 20 and ":" not in core and is_issued_key(core)
            if issued and not is_misshapen(core):
                return "API_KEY"
            return "OPAQUE_ID" if _drawn(core) else None
        case "SECRET":
            if len(core) < 6 or not (structured or is_credential(core) or _JOINED.fullmatch(core)):
                return None
            typed = is_made_up(core) or is_misshapen(core) or not is_credential(core)
            # Nobody remembers it, and no issuer has such characters: garbled.
            odd = len(core) >= 20 and looks_random(core) and not is_issued_key(core)
            return "OPAQUE_ID" if typed or odd else kind
        case "SAML" if ":" in core or len(core) < 16 or not (_DIGIT.search(core) or core[39:]):
            return None  # a prefix, a version, a format: `urn:oasis:names:tc:SAML:2.0:…`
        case "CLOUD_KEY" if _AWS_SECRET.fullmatch(core) and not is_made_up(core):
            return kind
        case _:
            if (is_issued_key(core) or _is_short_key(core)) and not is_misshapen(core):
                return kind
            return "OPAQUE_ID" if len(core) >= 6 and is_credential(core) else None


def _is_pass(core: str) -> bool:
    """Tell a password from a count, under a key that tests use for counts too."""
    if is_passphrase(core) or re.fullmatch(r"0\d{3,7}", core):
        return True
    mixed = any(not c.isalpha() for c in core) and not core.isdigit()
    return len(core) >= 5 and mixed and " " not in core


def _is_short_key(core: str) -> bool:
    mixed = any(c.isdigit() for c in core) and any(c.isalpha() for c in core)
    typed = is_made_up(core) or counts_up(core)
    return mixed and _SHORT.fullmatch(core) is not None and not typed


def _drawn(core: str) -> bool:
    return 12 <= len(core) <= 4000 and not is_uuid(core) and " " not in core and looks_random(core)
