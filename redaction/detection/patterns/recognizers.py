# ruff: noqa: E501 - a pattern is easier to check on one line
"""Runs the pattern tables and the key rules over a text: every finding that has a shape."""

import ipaddress
import re
from collections.abc import Container, Iterable, Iterator
from functools import cache

from redaction.detection import Finding
from redaction.detection.patterns.addresses import SEEDS, find_addresses
from redaction.detection.patterns.assertions import find_assertion_values
from redaction.detection.patterns.hits import Hits
from redaction.detection.patterns.identifiers import IDENTIFIERS
from redaction.detection.patterns.keynames import kind_of_key
from redaction.detection.patterns.keyspots import is_replaced, key_spot, telling_keys
from redaction.detection.patterns.machines import is_somebodys
from redaction.detection.patterns.manifests import find_manifest_values
from redaction.detection.patterns.ordinary import travels
from redaction.detection.patterns.protected import Protected, is_log_line
from redaction.detection.patterns.scanner import Scanner
from redaction.detection.patterns.secrets import SECRETS, Rule
from redaction.detection.patterns.secretvalues import SECRET_KEYS
from redaction.detection.patterns.values import sensitive_part
from redaction.detection.views.cookies import parts_of

_QUOTED = re.compile(
    r"(?:b|u|f|r)?(?:(?P<open>\\{1,2}[\"'])|(?P<plain>[\"'`]))(?P<value>[^\"'`\n\\]{0,4000})"
)
_SECRET_QUOTED = re.compile(
    r"\"(?P<double>(?:[^\"\\\n]|\\.){0,4000})\"|'(?P<single>(?:[^'\\\n]|\\.){0,4000})'"
)
_BARE = re.compile(
    r"[^\s,;\"'|)\]}<>&]{1,2000}(?:&(?![\w.\[\]-]{1,60}=|amp;)[^\s,;\"'|)\]}<>&]{1,400}){0,8}"
)
# A quote inside stands behind more backslashes than the one that opens.
_ESCAPED_QUOTED = re.compile(
    r"(?P<slash>\\{1,7})(?P<mark>[\"'])(?P<value>(?:[^\\\"'\n]|(?!(?P=mark))[\"']|\\++(?![\"'])|(?P=slash)\\++[\"']){0,4000}+)"
)
_CHANGED = re.compile(r"\\{0,7}[\"'`]?[ \t]{1,4}(?:-{1,2}>|=>|\u2192)[ \t]{1,4}")
_SCHEMED = re.compile(r"(?i:(?:bearer|basic|token|digest|apikey)[ \t]{1,3})[^\s,;\"']{4,4000}")
_ANY_SCHEMED = re.compile(r"[A-Za-z][\w-]{1,30}[ \t]{1,3}[^\s,;\"']{4,4000}")
_REST = re.compile(r"[^\n\"']{1,4000}")
_PERSON = re.compile(r"[A-ZÀ-Þ][\w'\u2019.-]{0,30}(?:,?[ ][A-ZÀ-Þ][\w'\u2019.-]{0,30}){0,3}")
_FIRM_NAME = re.compile(r"[A-ZÀ-Þ][\w&'\u2019.-]{1,30}(?:[ ][A-Z&][\w&'\u2019.-]{0,30}){0,4}")
_TELLING = re.compile(
    r"(?i)(?:\b(?:version|ver|release|build|firmware|driver|sdk|runtime|v)[ :=\"'(]{0,4}|\w==|[A-Za-z][/-]|~"
    r"|(?:version|ver)\w{0,10}[\"']?[ ]?[:=][ ]?[\"']?)$"
)


RULES: tuple[Rule, ...] = (*SECRETS, *IDENTIFIERS)


@cache
def scanner() -> Scanner:
    """Return all patterns compiled together, then what addresses begin with; keys are its spot."""
    runs = [number for number, rule in enumerate(RULES) if rule.name in _RUNS]
    alone = [number for number, rule in enumerate(RULES) if rule.name == "placeholder"]
    patterns = [*(rule.pattern for rule in RULES), *SEEDS]
    return Scanner(patterns, runs=runs, alone=alone, spots=[key_spot()])


# What these accept is a long run of one class of characters, with a digit and a long part.
_RUNS = frozenset({"random-token", "opaque-token", "base64-token"})


def find_patterns(text: str, without: frozenset[str] = frozenset()) -> list[Finding]:
    """Find everything that has a shape of its own or stands under a telling key.

    Rules that find nothing but kinds of `without` are not run.
    """
    protected = Protected(text)
    hits = scanner().scan(text)
    rules = _rules_without(without) if without else _ALL
    found = [finding for finding in _scan(hits, rules, protected) if _stands(finding, text)]
    found.extend(find_keyed(hits, protected))
    found.extend(find_manifest_values(text))
    found.extend(find_assertion_values(text))
    seeds = [hits.matches(len(RULES) + number) for number in range(len(SEEDS))]
    found.extend(find_addresses(text, protected, seeds))
    hits.settle()
    return [finding for finding in found if finding.type not in without] if without else found


@cache
def _rules_without(kinds: frozenset[str]) -> tuple[int, ...]:
    return tuple(
        number
        for number, rule in enumerate(RULES)
        if not kinds.issuperset(rule.pattern.groupindex or (rule.kind,))
    )


def find_secrets(text: str) -> list[Finding]:
    """Find secrets and mail addresses only: what the second look and a strict reader need."""
    protected = Protected(text)
    hits = scanner().scan(text)
    keyed = find_keyed(hits, protected, _SECRET_KINDS)
    whole = (*find_manifest_values(text), *find_assertion_values(text))
    return [*_scan(hits, _STRICT, protected), *keyed, *whole]


_SECRET_KINDS = SECRET_KEYS | {"CREDIT_CARD", "CARD_CODE", "NATIONAL_ID", "PASSPORT"}
# An order number may have the digits of an epoch value; what stands under its key was looked at.
_CERTAIN_KINDS = _SECRET_KINDS | {"ORDER"}
_LONG = 400
_CHAIN = 16
_ALL = range(len(RULES))
_STRICT = tuple(
    number
    for number, rule in enumerate(RULES)
    if number < len(SECRETS) or rule.kind in ("EMAIL", "CREDIT_CARD", "IBAN")
)


def _scan(hits: Hits, numbers: Iterable[int], protected: Protected) -> Iterator[Finding]:
    """Confirm the hits of some rules, in the order of the rules."""
    for number in numbers:
        if hits.ranges[number]:
            yield from _confirmed(RULES[number], hits.matches(number), protected)


def _confirmed(
    rule: Rule, matches: Iterable[re.Match[str]], protected: Protected
) -> Iterator[Finding]:
    named = tuple(rule.pattern.groupindex.items()) or ((rule.kind, 0),)
    detector, local = f"pattern:{rule.name}", rule.name in _LOCAL
    for match in matches:
        for kind, group in named:
            start, end = match.span(group)
            if start >= end or (kind == rule.kind and not rule.accept(match[group])):
                continue
            if rule.soft and protected.touches(start, end):
                continue
            firm = not local and travels(match[group])
            yield Finding(start, end, kind, detector, rule.score, firm)


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
    hits: Hits, protected: Protected, only: Container[str] | None = None
) -> Iterator[Finding]:
    """Find values that stand under a telling key in running text, of all kinds or of some."""
    text = hits.text
    covered = reached = nested = 0
    matches = telling_keys(hits, 0)
    for number, match in enumerate(matches, 1):
        # Inside a long secret only the last key can have a value that reaches further; in a chain
        # `a=b=c=…`, every value holds all that follow.
        nested = nested + 1 if match.start() < reached else 0
        inside = covered if nested < _CHAIN else max(covered, reached)
        if inside and number < len(matches) and matches[number].end() < inside:
            continue
        kind = kind_of_key(match["key"])
        if kind is None or (only is not None and kind not in only):
            continue
        if is_replaced(kind, text, match.end()):
            continue
        for start, value, quoted in _values(text, match.end(), kind, match["key"]):
            reached = max(reached, start + len(value))
            for begin, end in parts_of(kind, value):
                part = sensitive_part(kind, value[begin:end], quoted and bool(match["quote"]))
                if part is None:
                    continue
                first, last = start + begin + part.start, start + begin + part.end
                certain = quoted or kind in _CERTAIN_KINDS or _is_full_host(kind, text[first:last])
                if not certain and protected.touches(first, last):
                    continue
                yield Finding(first, last, part.kind, f"key:{kind.lower()}", 0.9, part.firm)
                if kind in _SECRET_KINDS and not quoted and last - first > _LONG:
                    covered = last


def _is_full_host(kind: str, value: str) -> bool:
    """Tell `db.acme.example` under `host`, which looks like a module's path elsewhere."""
    return kind in ("HOST", "HOSTNAME") and is_somebodys(value)


def _values(text: str, at: int, kind: str, key: str) -> Iterator[tuple[int, str, bool]]:
    """Yield the value at `at`, and the one that it was changed to: `key: old -> new`."""
    start, value, quoted = _value(text, at, kind, key)
    yield start, value, quoted
    changed = _CHANGED.match(text, start + len(value))
    if changed:
        yield _value(text, changed.end(), kind, key)


def _value(text: str, at: int, kind: str, key: str) -> tuple[int, str, bool]:
    """Return where the value starts, the value, and whether quotes close it."""
    if kind in _SECRET_KINDS and (whole := _SECRET_QUOTED.match(text, at)):
        group = "double" if whole["double"] is not None else "single"
        return whole.start(group), whole[group], True
    if kind in _SECRET_KINDS and (whole := _ESCAPED_QUOTED.match(text, at)):
        return whole.start("value"), whole["value"], True
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
        case "AUTHORIZATION":
            return (_ANY_SCHEMED, _BARE)
        case "PERSON":
            return (_PERSON, _BARE)
        case "ORGANIZATION" | "CUSTOMER" | "ACCOUNT" | "TENANT":
            return (_FIRM_NAME, _BARE)
        case _:
            return (_BARE,)


def version_like(text: str) -> Iterator[tuple[str, str]]:
    """Yield kind and value of what a scan without its context would refuse in a redacted text.

    It was looked at in its context and kept: versions, and figures in the records of a log.
    """
    yield from (("IP", match[0]) for match in _DOTTED.finditer(text))
    for finding in _scan(scanner().scan(text), _OUT_OF_LOGS, Protected(text)):
        yield finding.type, text[finding.start : finding.end]


_DOTTED = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
_OUT_OF_LOGS = tuple(n for n, rule in enumerate(RULES) if rule.name in _NOT_IN_LOGS)
