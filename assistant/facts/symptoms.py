"""The table of known failure patterns: what an error says, its category and its deciding test."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from assistant.facts.signatures import Group

# Categories of causes, each with the words that speak of it, the most specific first.
_CATEGORY_WORDS: Final[tuple[tuple[LiteralString, str], ...]] = (
    ("certificate", r"certificate|\btls\b|\bssl\b|x509"),
    ("authentication", r"password|credential|token|oauth|\bsso\b|saml|log-?in|permission"),
    ("configuration", r"config\w*|setting|default|override|parameter|helm chart|chart default|flag"
     r"|(?:pool|heap|queue) size|(?:reduced|lowered|cut|changed) the (?:number|size|limit)"),
    ("dependency", r"provider|third[ -]party|upstream|vendor|external (?:api|service)"),
    ("network", r"network|dns|firewall|proxy|load balancer|routing|packet|vpn"),
    ("resource exhaustion", r"exhaust\w*|pool|out of memory|memory leak|disk|file descriptors?"
     r"|threads?|connections?|\bcpu\b|\bleak"),
    ("capacity", r"traffic|load|capacity|campaign|scal\w+|volume|spike|quota|rate limit\w*"),
    ("database", r"database|\bdb\b|query|queries|index|deadlock|locks?|replica\w*|migration"),
    ("deployment", r"deploy\w*|releas\w*|rollout|upgrade\w*|version|\d+\.\d+\.\d+|update"),
    ("data", r"corrupt\w*|encoding|malformed|duplicate|bad data|schema"),
    ("defect", r"bug|defect|regression|race condition|null pointer|exception|code|typo|fault"),
)  # fmt: skip
_CATEGORIES: Final = tuple(
    (category, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for category, words in _CATEGORY_WORDS
)


@dataclass(frozen=True, slots=True)
class Symptom:
    """A failure pattern; `claim` and `test` are templates with `component`."""

    category: str
    pattern: re.Pattern[str]
    claim: LiteralString
    test: LiteralString


def _symptom(category: str, pattern: str, claim: LiteralString, test: LiteralString) -> Symptom:
    return Symptom(category, re.compile(pattern, re.IGNORECASE), claim, test)


SYMPTOMS: Final = (
    _symptom(
        "resource exhaustion",
        r"connection is not available, request timed out|pool (?:is )?exhausted"
        r"|too many connections|remaining connection slots|timeout waiting for"
        r" (?:idle object|connection from pool)"
        r"|queuepool limit|cannotgetjdbcconnection|unable to acquire jdbc connection",
        "The connection pool of {component} is exhausted: requests wait for a free connection",
        "Compare configured pool size with active and waiting connections of {component} per "
        "instance, before and since the onset",
    ),
    _symptom(
        "resource exhaustion",
        r"outofmemory|oom-?kill|out of memory|cannot allocate memory|java heap space",
        "{component} runs out of memory",
        "Compare memory use of {component} with its limit over the hour before the first error, "
        "and take a heap profile",
    ),
    _symptom(
        "resource exhaustion",
        r"no space left on device|disk (?:is )?full|enospc|could not extend file|quota exceeded",
        "A disk of {component} is full",
        "Read the free space of the volume of {component} and what grew since the last good time",
    ),
    _symptom(
        "resource exhaustion",
        r"too many open files|emfile|unable to create (?:new )?native thread|rejectedexecution",
        "{component} runs out of file handles or threads",
        "Compare open files and threads of {component} with their limits since its last start",
    ),
    _symptom(
        "certificate",
        r"certificate (?:has )?expired|cert_has_expired|x509: certificate|pkix path"
        r"|certificate is not (?:yet )?valid|handshake_?failure|sslhandshake",
        "A certificate that {component} relies on is expired or not trusted",
        "Read validity and chain of the certificate that {component} is presented with",
    ),
    _symptom(
        "data",
        r"cursor[_ ]?expired|offset[_ ]?out[_ ]?of[_ ]?range|410 (?:gone)?|resync required",
        "The stored position (cursor) of {component} has expired, so that it cannot continue",
        "Compare the age of the stored cursor with how long the remote side keeps it, and start "
        "one full synchronisation on a test channel",
    ),
    _symptom(
        "authentication",
        r"invalid_(?:client|grant|token)|authentication failed|password authentication"
        r"|invalid credentials|token (?:has )?expired|token refresh failed|access ?denied",
        "The credentials of {component} are rejected",
        "Check when the credentials of {component} were last changed and sign in with them once",
    ),
    _symptom(
        "capacity",
        r"\b429\b|too many requests|rate[ -]?limit|throttl",
        "{component} is limited by a request quota",
        "Compare the request rate of {component} with the quota of the service that answers 429",
    ),
    _symptom(
        "network",
        r"unknownhost|enotfound|nxdomain|name resolution|no such host|getaddrinfo",
        "{component} cannot resolve a host name",
        "Resolve the name from a host of {component} and from outside, and compare the answers",
    ),
    _symptom(
        "database",
        r"deadlock|lock wait timeout|could not obtain lock|lock timeout",
        "Database locks block {component}",
        "List the sessions that hold and wait for locks while the errors occur",
    ),
    _symptom(
        "network",
        r"connection refused|econnrefused|no route to host|connection reset|econnreset|broken pipe",
        "{component} cannot reach a service that it depends on",
        "Connect from a host of {component} to the named port and check that the service listens",
    ),
    _symptom(
        "dependency",
        r"(?:read|socket|connect|gateway|upstream|request).{0,20}timed? ?out|sockettimeout"
        r"|deadline exceeded|\b504\b|bad gateway|\b502\b",
        "A service that {component} calls answers too slowly or not at all",
        "Compare latency and error rate of each call that {component} makes with the same hour a "
        "week before",
    ),
    _symptom(
        "defect",
        r"nosuchmethod|noclassdef|classnotfound|relation .* does not exist|unknown column"
        r"|no such table|undefined (?:method|symbol|function)|cannot read propert",
        "Code and what it runs against do not match in {component}",
        "Compare the version of {component} with the library or schema version it was built for",
    ),
)  # fmt: skip


def symptom_of(group: Group) -> Symptom | None:
    """Return the failure pattern that an error signature shows."""
    text = f"{group.template}\n{group.exception}\n{group.sample[:2000]}"
    return next((symptom for symptom in SYMPTOMS if symptom.pattern.search(text)), None)


def telling(warnings: Sequence[Group], errors: Sequence[Group]) -> tuple[Group, ...]:
    """Return the warnings that repeat and show a failure pattern that no error has."""
    known = {group.exception for group in errors if group.exception}
    return tuple(
        group
        for group in warnings
        if group.count > 1 and group.exception not in known and symptom_of(group) is not None
    )


def category_of(text: str) -> str:
    """Return the category of cause that a sentence speaks of."""
    return next((name for name, words in _CATEGORIES if words.search(text)), "other")
