# ruff: noqa: E501 - a pattern is easier to check on one line
"""Runs the pattern tables and the key rules over a text: every finding that has a shape."""

import ipaddress
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from redaction.detection import Finding
from redaction.detection.identifiers import IDENTIFIERS
from redaction.detection.keynames import kind_of_key
from redaction.detection.ordinary import travels
from redaction.detection.protected import Protected, is_log_line
from redaction.detection.secrets import SECRETS, Rule
from redaction.detection.values import sensitive_part

# `key=value`, `key: value`, `"key": "value"`, `\"key\": \"value\"`; possessive, so that a long
# word without a separator costs one pass.
_KEY = re.compile(
    r"(?<![A-Za-z0-9_.-])(?P<key>[A-Za-z_][A-Za-z0-9_.-]{1,80}+(?:[ ](?:id|number|name|key|code|address|token))?)"
    r"(?P<quote>\\{0,2}[\"']?\]?)[ \t]{0,12}(?:=>|:=|:|=)[ \t]{0,4}(?!//)"
)
_QUOTED = re.compile(
    r"(?:b|u|f|r)?(?:(?P<open>\\{1,2}[\"'])|(?P<plain>[\"'`]))(?P<value>[^\"'`\n\\]{0,4000})"
)
_SECRET_QUOTED = re.compile(
    r"\"(?P<double>(?:[^\"\\\n]|\\.){0,4000})\"|'(?P<single>(?:[^'\\\n]|\\.){0,4000})'"
)
_BARE = re.compile(r"[^\s,;\"'|)\]}<>&]{1,2000}(?:&(?!\w{1,40}=)[^\s,;\"'|)\]}<>&]{1,400}){0,8}")
_SCHEMED = re.compile(r"(?i:(?:bearer|basic|token|digest|apikey)[ \t]{1,3})[^\s,;\"']{4,4000}")
_REST = re.compile(r"[^\n\"']{1,4000}")
_PERSON = re.compile(r"[A-ZÀ-Þ][\w'\u2019.-]{0,30}(?:,?[ ][A-ZÀ-Þ][\w'\u2019.-]{0,30}){0,3}")
_FIRM_NAME = re.compile(r"[A-ZÀ-Þ][\w&'\u2019.-]{1,30}(?:[ ][A-Z&][\w&'\u2019.-]{0,30}){0,4}")
_TELLING = re.compile(
    r"(?i)(?:\b(?:version|ver|release|build|firmware|driver|sdk|runtime|v)[ :=\"'(]{0,4}|\w==|[A-Za-z][/-]|~"
    r"|(?:version|ver)\w{0,10}[\"']?[ ]?[:=][ ]?[\"']?)$"
)

_SECRET_WORD = re.compile(
    r"(?i)token|secret|passw|passphrase|pwd|(?<!public)[ _-]?key\b|api_?key|_key|auth|credential|bearer|cookie|signature|login"
)


def find_patterns(text: str) -> list[Finding]:
    """Find everything that has a shape of its own or stands under a telling key."""
    protected = Protected(text)
    found = [
        _in_context(finding, text)
        for finding in scan(text, (*SECRETS, *IDENTIFIERS), protected)
        if _stands(finding, text)
    ]
    found.extend(find_keyed(text, protected))
    return found


def _in_context(finding: Finding, text: str) -> Finding:
    # A random string is an id that diagnosis needs, unless its line calls it a secret.
    if finding.type != "OPAQUE_ID":
        return finding
    line = text.rfind("\n", max(0, finding.start - 80), finding.start) + 1
    before = text[max(line, finding.start - 80) : finding.start]
    return replace(finding, type="TOKEN") if _SECRET_WORD.search(before) else finding


def find_secrets(text: str) -> list[Finding]:
    """Find secrets and mail addresses only: what the second look and a strict reader need."""
    protected = Protected(text)
    return [*scan(text, _STRICT, protected), *find_keyed(text, protected, _SECRET_KINDS)]


_SECRET_KINDS = frozenset(rule.kind for rule in SECRETS) | {"SECRET", "COOKIE"}
# An order number may have the digits of an epoch value; what stands under its key was looked at.
_CERTAIN_KINDS = _SECRET_KINDS | {"ORDER"}
_STRICT = (
    *SECRETS,
    *(rule for rule in IDENTIFIERS if rule.kind in ("EMAIL", "CREDIT_CARD", "IBAN")),
)


def scan(text: str, rules: Iterable[Rule], protected: Protected) -> Iterator[Finding]:
    """Run each rule whose hint occurs in the text once over it."""
    lowered = text.lower()
    for rule in rules:
        if rule.hints and not any(hint in lowered for hint in rule.hints):
            continue
        for match in rule.pattern.finditer(text):
            yield from _groups(rule, match, protected)


def _groups(rule: Rule, match: re.Match[str], protected: Protected) -> Iterator[Finding]:
    named = rule.pattern.groupindex or {rule.kind: 0}
    for kind, group in named.items():
        start, end = match.span(group)
        if start >= end or (kind == rule.kind and not rule.accept(match[group])):
            continue
        if rule.soft and protected.touches(start, end):
            continue
        firm = rule.name not in _LOCAL and travels(match[group])
        yield Finding(start, end, kind, f"pattern:{rule.name}", rule.score, firm)


# In the records of a log these are figures, annotations and error codes.
_NOT_IN_LOGS = frozenset(
    {"handle", "phone-national", "uk-postcode", "chat-id", "role-and-name", "customer-and-name"}
)
# What these find is replaced where it stands; as a literal it would hit too much elsewhere.
_LOCAL = frozenset({"handle", "phone-national", "uk-postcode"})


def _stands(finding: Finding, text: str) -> bool:
    match finding.type:
        case "IP":
            return not _is_version(text, finding)
        case _ if finding.detector.removeprefix("pattern:") in _NOT_IN_LOGS:
            return not is_log_line(text, finding.start)
        case _:
            return True


def _is_version(text: str, finding: Finding) -> bool:
    before = text[max(0, finding.start - 24) : finding.start]
    told = _TELLING.search(before)
    if told is None:
        return False
    if told[0][-1] in "/-~":
        # `Chrome/120.0.0.0` is a version, `node-10.0.0.4` and `net/10.0.0.4` may be a machine.
        return not ipaddress.ip_address(text[finding.start : finding.end]).is_private
    return ":" not in text[finding.start : finding.end]


def find_keyed(
    text: str, protected: Protected, only: Container[str] | None = None
) -> Iterator[Finding]:
    """Find values that stand under a telling key in running text, of all kinds or of some."""
    for match in _KEY.finditer(text):
        kind = kind_of_key(match["key"])
        if kind is None or (only is not None and kind not in only):
            continue
        start, value, quoted = _value(text, match.end(), kind, match["key"])
        part = sensitive_part(kind, value, structured=quoted and bool(match["quote"]))
        if part is None:
            continue
        first, last = start + part.start, start + part.end
        if kind not in _CERTAIN_KINDS and protected.touches(first, last) and not quoted:
            continue
        yield Finding(first, last, part.kind, f"key:{kind.lower()}", 0.9, part.firm)


def _value(text: str, at: int, kind: str, key: str) -> tuple[int, str, bool]:
    """Return where the value starts, the value, and whether quotes close it."""
    if kind in _SECRET_KINDS and (whole := _SECRET_QUOTED.match(text, at)):
        group = "double" if whole["double"] is not None else "single"
        return whole.start(group), whole[group], True
    quoted = _QUOTED.match(text, at)
    if quoted:
        return quoted.start("value"), quoted["value"], True
    for pattern in _shapes(kind, key):
        match = pattern.match(text, at)
        if match:
            return at, match[0].rstrip(".:!?") if pattern is _BARE else match[0], False
    return at, "", False


def _shapes(kind: str, key: str) -> tuple[re.Pattern[str], ...]:
    match kind:
        case "COOKIE" if "cookie" in key.lower():
            return (_REST,)
        case "TOKEN":
            return (_SCHEMED, _BARE)
        case "PERSON":
            return (_PERSON, _BARE)
        case "ORGANIZATION" | "CUSTOMER" | "ACCOUNT" | "TENANT":
            return (_FIRM_NAME, _BARE)
        case _:
            return (_BARE,)


def version_like(text: str) -> Iterator[str]:
    """Yield the values in a redacted text that a scan without their context would refuse.

    They were looked at in their context and kept: versions, and figures in the records of a log.
    """
    yield from (match[0] for match in _DOTTED.finditer(text))
    for finding in scan(text, _OUT_OF_LOGS, Protected(text)):
        yield text[finding.start : finding.end]


_DOTTED = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
_OUT_OF_LOGS = tuple(rule for rule in IDENTIFIERS if rule.name in _NOT_IN_LOGS)
