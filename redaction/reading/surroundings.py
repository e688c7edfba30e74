"""Finds in words and user agents where something happens: product, version, browser, system."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from redaction.case import Anchor, Artifact, Field, FieldName
from redaction.reading.conversation import Said
from redaction.reading.tickets import field_named
from redaction.text import mint

_TOLD: Final[frozenset[FieldName]] = frozenset(
    ("product", "component", "version", "environment", "region", "browser", "os", "tier")
)
# `Tenant tier: Enterprise` on a line of its own, as forms and people write it.
_LABELLED: Final = re.compile(
    r"^[ \t>*|-]{0,8}([A-Za-z][A-Za-z /_-]{1,30}?)\*{0,2}[ \t]*[:=][ \t*]*(\S[^\n]{0,80})$",
    re.MULTILINE,
)
_OF: Final = re.compile(r"(?i)^(?:tenant|customer|our|your|affected|the|current|account) ")
_BROWSER: Final = re.compile(
    r"\b((?:Google )?Chrome|Chromium|(?:Mozilla )?Firefox|Safari|(?:Microsoft )?Edge|Opera|Brave)"
    r"(?: version| v)? ?/?(\d{1,3}(?:\.\d{1,6}){0,3})\b"
)
_SYSTEM: Final = re.compile(
    r"\b(Windows (?:Server )?(?:\d{1,4}(?: R2)?|XP|Vista)"
    r"|mac ?OS(?: [A-Z][a-z]{3,10})?(?: \d[\d.]{0,8})?"
    r"|(?:Ubuntu|Debian|RHEL|CentOS|Fedora|SLES|Android|iOS|iPadOS) \d[\d.]{0,8})\b"
)
_AGENT: Final = re.compile(r"Mozilla/5\.0 \(([^()\n\"]{3,120})\)([^\n\"\\]{0,240})")
# The first name that fits: every browser calls itself by the names of the others too.
_AGENTS: Final = (
    ("Edge", re.compile(r"Edg(?:e|A|iOS)?/(\d+)")),
    ("Opera", re.compile(r"OPR/(\d+)")),
    ("Firefox", re.compile(r"(?:Firefox|FxiOS)/(\d+)")),
    ("Chrome", re.compile(r"(?:Chrome|CriOS)/(\d+)")),
    ("Safari", re.compile(r"Version/(\d+(?:\.\d+)?)\S* .*Safari/")),
)
_PLATFORMS: Final = (
    ("Windows", re.compile(r"Windows NT \d")),  # 10 and 11 call themselves alike
    ("iOS", re.compile(r"iPhone|iPad")),
    ("Android", re.compile(r"Android ?(\d+)?")),
    ("macOS", re.compile(r"Mac OS X")),
    ("Linux", re.compile(r"Linux|X11")),
)
_MOST_AGENTS: Final = 3
"""A log of more clients than these tells what all the world uses, not where this happens."""


def told_in(said: Iterable[Said]) -> Iterator[Field]:
    """Yield what people say of their environment; it stands where their message does."""
    for each in said:
        for name, key, value, at in sorted(_found(each.text), key=lambda found: found[3]):
            line = each.anchor.line + each.text.count("\n", 0, at) * each.spread
            yield Field(name, mint(key), mint(value), Anchor(each.anchor.artifact, line))


def _found(text: str) -> Iterator[tuple[FieldName, str, str, int]]:
    for match in _LABELLED.finditer(text):
        label = match[1].strip()
        name = field_named(_OF.sub("", label))
        if name in _TOLD:
            yield name, label, match[2].strip().rstrip("*").strip(), match.start(1)
    for match in _BROWSER.finditer(text):
        yield "browser", "said", f"{match[1]} {match[2]}", match.start()
    for match in _SYSTEM.finditer(text):
        yield "os", "said", match[1], match.start()


def agents_in(artifact: Artifact) -> Iterator[Field]:
    """Yield browser and system of the user agents in an artifact, when they are few."""
    seen: Counter[tuple[FieldName, str]] = Counter()
    lines: dict[tuple[FieldName, str], int] = {}
    known: set[str] = set()
    line = end = 0
    for match in _AGENT.finditer(artifact.text):
        if match[0] in known:
            continue
        known.add(match[0])
        line += artifact.text.count("\n", end, match.start())
        end = match.start()
        for told in _told_by(match[1], match[2]):
            seen[told] += 1
            lines.setdefault(told, line + 1)
        if sum(name == "browser" for name, _ in seen) > _MOST_AGENTS:
            return
    for (name, value), at in lines.items():
        yield Field(name, mint("user agent"), mint(value), Anchor(artifact.id, at))


def _told_by(platform: str, products: str) -> Iterator[tuple[FieldName, str]]:
    for browser, pattern in _AGENTS:
        if match := pattern.search(products):
            yield "browser", f"{browser} {match[1]}"
            break
    for system, pattern in _PLATFORMS:
        if match := pattern.search(platform):
            version = next((group for group in match.groups() if group), "")
            yield "os", f"{system} {version}".strip()
            break
