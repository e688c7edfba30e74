"""Decides which values are the same thing, and names each with one placeholder per case."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from redaction.detection import Finding
from redaction.detection.literals import Literal
from redaction.detection.ordinary import is_role, travels, words_of
from redaction.policy import Policy

_FOLDED = words_of("PERSON USER EMAIL HOST ORGANIZATION UUID MAC TENANT CUSTOMER")
_FIRM_WORDS = words_of(
    "global international group digital online systems solutions software services service "
    "cloud data payment payments first united american national general royal central "
    "northern southern eastern western outdoor bank retail store stores media energy health "
    "capital insurance technology"
)

# Domains that say nothing about whose address it is.
_OPEN_DOMAINS = words_of(
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com aol.com"
    " icloud.com me.com gmx.de gmx.net web.de t-online.de mail.com mail.ru qq.com"
    " 163.com 126.com protonmail.com proton.me fastmail.com zoho.com github.com google.com"
    " users.noreply.github.com microsoft.com apple.com amazon.com apache.org example.com"
    " example.org example.net"
)


@dataclass(frozen=True, slots=True)
class Value:
    """A value that was found: its kind, its text, and whether it counts everywhere."""

    kind: str
    text: str
    firm: bool


def fold(kind: str, text: str) -> str:
    """Bring spellings of one value together: spaces, capitals of names, `Last, First`."""
    if kind == "PERSON":
        last, comma, first = text.partition(",")
        text = f"{first.strip()} {last.strip()}" if comma and first.strip() else text
    text = " ".join(text.split())
    return text.lower() if kind in _FOLDED else text


class Identities:
    """What is known of one case: values, their kinds, and who is who."""

    def __init__(self, values: Iterable[Value], policy: Policy) -> None:
        """Settle kinds (one value has one kind) and link names to their parts and logins."""
        self._policy = policy
        self._kinds: dict[str, str] = {}
        firm: dict[str, Value] = {}
        for value in sorted(values, key=self._order):
            folded = value.text.lower()
            self._kinds.setdefault(folded, value.kind)
            if value.firm:
                firm.setdefault(folded, Value(self._kinds[folded], value.text, True))
        firm |= {
            v.text.lower(): v for v in _told_by_mail(firm.values()) if v.text.lower() not in firm
        }
        self._aliases = _aliases(firm.values())
        self.literals = tuple(self._literals(firm.values()))

    def _order(self, value: Value) -> tuple[bool, bool, str, str]:
        return not self._policy.is_secret(value.kind), not value.firm, value.kind, value.text

    def key(self, kind: str, text: str) -> tuple[str, str]:
        """Return what a value means: its kind in this case and its canonical spelling."""
        known = self._kinds.get(text.lower(), kind)
        folded = fold(known, text)
        alias = self._aliases.get(folded)
        linked = alias is not None and known in ("PERSON", "USER", alias[0])
        return alias if alias is not None and linked else (known, folded)

    def _literals(self, values: Iterable[Value]) -> Iterator[Literal]:
        seen: set[str] = set()
        for value in values:
            for spelling, exact in _spellings(value):
                lowered = spelling.lower()
                if lowered in seen or (spelling != value.text and is_role(spelling)):
                    continue
                seen.add(lowered)
                guarded = not travels(spelling)
                if guarded and value.kind != "PERSON":
                    continue
                self._kinds.setdefault(lowered, value.kind)
                yield Literal(spelling, value.kind, exact, guarded)


def _aliases(values: Iterable[Value]) -> Mapping[str, tuple[str, str]]:
    """Map each part or login of a full name to that person, where it fits one person only."""
    owners: dict[str, set[tuple[str, str]]] = {}
    for value in values:
        if value.kind == "PERSON" and len(value.text.split()) >= 2:
            whole = fold("PERSON", value.text)
            for spelling in (*_parts(whole), *_logins(whole)):
                owners.setdefault(spelling.lower(), set()).add(("PERSON", whole))
        elif value.kind == "ORGANIZATION" and " " in value.text:
            whole = fold("ORGANIZATION", value.text)
            for spelling, _ in _spellings(value):
                owners.setdefault(spelling.lower(), set()).add(("ORGANIZATION", whole))
    return {spelling: next(iter(owned)) for spelling, owned in owners.items() if len(owned) == 1}


def _spellings(value: Value) -> Iterator[tuple[str, bool]]:
    """Yield the spellings under which a value may occur, and whether capitals must match."""
    secretish = value.kind not in _FOLDED
    yield value.text, secretish
    if value.kind == "PERSON" and len(value.text.split()) >= 2:
        whole = fold("PERSON", value.text)
        yield whole, False
        first, _, last = whole.partition(" ")
        yield f"{last}, {first}", False
        for login in _logins(whole):
            yield login, False
        # A name that only a mail address told is in lower case; its parts may be anything.
        parts = () if value.text.islower() else _parts(value.text.replace(",", " "))
        for part in parts:
            yield part, False
    elif value.kind == "ORGANIZATION":
        first = value.text.split()[0].strip(",.")
        if (
            len(value.text.split()) > 1
            and len(first) >= 5
            and first.isalpha()
            and first.lower() not in _FIRM_WORDS
        ):
            yield first, True


def _told_by_mail(values: Iterable[Value]) -> list[Value]:
    """Read what a mail address tells: the person of `jane.doe@…`, and the firm's own domain."""
    told: list[Value] = []
    for value in values:
        local, _, domain = value.text.lower().partition("@")
        if value.kind != "EMAIL" or not domain:
            continue
        named = re.fullmatch(r"([^\W\d_]{2,})[._-]([^\W\d_]{3,})\d{0,4}", local)
        if named and not is_role(local):
            told.append(Value("PERSON", f"{named[1]} {named[2]}", True))
        if domain not in _OPEN_DOMAINS and len(domain) >= 6:
            told.append(Value("HOST", domain, True))
    return told


def _parts(name: str) -> Iterator[str]:
    for part in name.split():
        if len(part.strip(".,")) >= 3 and part[:1].isalpha():
            yield part.strip(".,")


def _logins(whole: str) -> Iterator[str]:
    parts = whole.lower().replace("'", "").split()
    first, last = parts[0], parts[-1]
    if len(first) < 2 or len(last) < 2 or not travels(f"{first}{last}"):
        return
    for joint in (".", "_", "-", ""):
        yield f"{first}{joint}{last}"
    yield f"{first[0]}{last}"
    yield f"{first[0]}.{last}"
    yield f"{last}.{first}"


class Placeholders:
    """Hands out `<PERSON_1>`, `<PERSON_2>` … in the order in which things are first named."""

    def __init__(self, identities: Identities) -> None:
        """Start at 1 for each kind."""
        self._identities = identities
        self._given: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}
        self.first_seen: dict[str, tuple[str, str]] = {}

    def name(self, kind: str, value: str) -> str:
        """Return the placeholder of a value, the same for every spelling of one thing."""
        key = self._identities.key(kind, value)
        if key not in self._given:
            self._counts[key[0]] = number = self._counts.get(key[0], 0) + 1
            self._given[key] = f"<{key[0]}_{number}>"
            self.first_seen[self._given[key]] = (key[0], value)
        return self._given[key]


def values_of(
    findings: Iterable[Finding], text: str, promote: Callable[[str], bool]
) -> Iterator[Value]:
    """Read the found values; `promote` decides whether a lone model name counts everywhere."""
    for finding in findings:
        value = text[finding.start : finding.end]
        firm = finding.firm or (finding.detector.startswith("model") and promote(value))
        yield Value(finding.type, value, firm)
