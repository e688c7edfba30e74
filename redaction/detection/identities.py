"""Decides which values are the same thing, and names each with one placeholder per case."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from redaction.detection import Finding
from redaction.detection.keeping import PROVIDERS, is_public, owner_of, shown, subnet_of
from redaction.detection.language.words import is_common, is_known
from redaction.detection.literals import Literal
from redaction.detection.patterns.ordinary import is_role, travels, words_of
from redaction.policy import Policy

_FOLDED = words_of("PERSON USER EMAIL DOMAIN HOST ORGANIZATION UUID MAC TENANT CUSTOMER POD")
_COMPACT = words_of("IBAN CREDIT_CARD PHONE MAC")
_FIRM_WORDS = words_of(
    "global international group digital online systems solutions software services service "
    "cloud data payment payments first united american national general royal central "
    "northern southern eastern western outdoor bank retail store stores media energy health "
    "capital insurance technology"
)

# Domains that many people's addresses have: they are no literal of the case.
_OPEN_DOMAINS = PROVIDERS | words_of(
    "zoho.com github.com google.com microsoft.com apple.com amazon.com apache.org example.com"
    " example.org example.net"
)
_LABELS_BEFORE = re.compile(r"(?:[A-Za-z0-9_-]{1,63}\.){1,8}$")
_MACHINE = re.compile(r"[a-z][a-z-]{1,30}\d{1,4}", re.IGNORECASE)


# A person may be found as a login, a login of a person is that person.
_PERSONAL = {"PERSON": ("USER",), "ORGANIZATION": ("PERSON", "USER")}


@dataclass(frozen=True, slots=True)
class Value:
    """A value that was found: its kind, its text, and whether it counts everywhere."""

    kind: str
    text: str
    firm: bool


@dataclass(frozen=True, slots=True, repr=False)
class Earlier:
    """What an earlier redaction of the same case named, so that its placeholders go on.

    `named` are placeholder, kind and value; `secrets` the placeholders of dropped values by
    fingerprint, which `digest` makes; `firm` the values that count everywhere.
    """

    named: Sequence[tuple[str, str, str]]
    secrets: Mapping[str, str]
    firm: frozenset[str]
    digest: Callable[[str], str]

    def values(self) -> Iterator[Value]:
        """Yield the values as if they were found again."""
        for _, kind, value in self.named:
            yield Value(kind, value, value in self.firm)


def fold(kind: str, text: str) -> str:
    """Bring spellings of one value together: spaces, capitals of names, `Last, First`."""
    if kind == "IP":
        return _address(text)
    if kind in _COMPACT:
        return re.sub(r"[\s().:/-]", "", text).lower()
    if kind == "EMAIL":
        text = text.replace("%40", "@")
    if kind == "PERSON":
        last, comma, first = text.partition(",")
        text = f"{first.strip()} {last.strip()}" if comma and first.strip() else text
    text = " ".join(text.split())
    return text.lower() if kind in _FOLDED else text


def _address(text: str) -> str:
    try:
        return ip_address(text).compressed
    except ValueError:
        return text.lower()


class Identities:
    """What is known of one case: values, their kinds, and who is who."""

    def __init__(self, values: Iterable[Value], policy: Policy) -> None:
        """Settle kinds (one value has one kind) and link names to their parts and logins."""
        self._policy = policy
        every = sorted(values, key=self._order)
        self._kinds: dict[str, str] = {
            domain: "DOMAIN" for domain in filter(None, map(_domain_of, every))
        }
        firm: dict[str, Value] = {}
        for value in every:
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
        linked = alias is not None and known in (alias[0], *_PERSONAL.get(alias[0], ()))
        return alias if alias is not None and linked else (known, folded)

    def hides(self, kind: str) -> bool:
        """Tell whether values of this kind are replaced."""
        return self._policy.action(kind) is not None

    def _literals(self, values: Iterable[Value]) -> Iterator[Literal]:
        seen: set[str] = set()
        for value in values:
            for spelling, exact in _spellings(value):
                lowered = spelling.lower()
                if lowered in seen or (spelling != value.text and is_role(spelling)):
                    continue
                seen.add(lowered)
                # `Field` of `Rose Field` is a word of the case too.
                guarded = not travels(spelling) or (
                    value.kind == "PERSON"
                    and spelling != value.text
                    and is_common(spelling)
                    and not is_known(spelling)
                )
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
        elif value.kind == "HOST" or (value.kind == "ORGANIZATION" and " " in value.text):
            whole = fold(value.kind, value.text)
            for spelling, _ in _spellings(value):
                owners.setdefault(spelling.lower(), set()).add((value.kind, whole))
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
    elif value.kind == "HOST":
        machine = value.text.partition(".")[0]
        if machine != value.text and _MACHINE.fullmatch(machine) and len(machine) >= 4:
            yield machine, False
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
        local, _, domain = value.text.lower().replace("%40", "@").partition("@")
        if value.kind != "EMAIL" or not domain:
            continue
        named = re.fullmatch(r"([^\W\d_]{2,})[._-]([^\W\d_]{3,})\d{0,4}", local)
        if named and not is_role(local):
            told.append(Value("PERSON", f"{named[1]} {named[2]}", True))
        if domain not in _OPEN_DOMAINS and len(domain) >= 6:
            told.append(Value("DOMAIN", domain, True))
    return told


def _domain_of(value: Value) -> str:
    owner = owner_of("EMAIL", value.text) if value.kind == "EMAIL" else None
    return owner[1].lower() if owner else ""


def widened(text: str, start: int, kind: str) -> tuple[int, str]:
    """Widen a known domain at `start` to the host under it: `db01.acme.example` is a machine."""
    before = text[max(0, start - 200) : start]
    labels = _LABELS_BEFORE.search(before) if kind == "DOMAIN" else None
    return (start - len(labels[0]), "HOST") if labels else (start, kind)


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
    """Hands out `<PERSON_1>`, `<PERSON_2>` … in the order in which things are first named.

    An address is `<IP_S.H>`: the number of its subnet in the case, and its own in that subnet.
    """

    def __init__(self, identities: Identities, known: Earlier | None = None) -> None:
        """Start at 1 for each kind, or go on after what is known."""
        self._identities = identities
        self._known = known
        self._given: dict[tuple[str, str], str] = {}
        self._shown: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}
        self._subnets: dict[str, int] = {}
        self.first_seen: dict[str, tuple[str, str]] = {}
        for placeholder in known.secrets.values() if known else ():
            self._go_on_after(placeholder)
        for placeholder, kind, value in known.named if known else ():
            self._go_on_after(placeholder)
            self._given.setdefault(identities.key(kind, value), placeholder)
            self.first_seen[placeholder] = (kind, value)
            if kind == "IP":
                number = int(placeholder[1:-1].rpartition("_")[2].partition(".")[0])
                self._subnets.setdefault(subnet_of(fold(kind, value)), number)

    def _go_on_after(self, placeholder: str) -> None:
        kind, _, number = placeholder[1:-1].rpartition("_")
        subnet, dot, host = number.partition(".")
        group, last = (f"IP_{subnet}", int(host)) if dot else (kind, int(subnet))
        self._counts[group] = max(last, self._counts.get(group, 0))

    def name(self, kind: str, value: str) -> str:
        """Return what stands in a value's place: its placeholder and the parts that are kept."""
        asked = (kind, value)
        if asked not in self._shown:
            known, _ = key = self._identities.key(kind, value)
            placeholder = self._placeholder(key, value)
            self._shown[asked] = shown(known, value, placeholder, self._owner(known, value))
        return self._shown[asked]

    def kind(self, kind: str, value: str) -> str:
        """Return the kind of a value in this case."""
        return self._identities.key(kind, value)[0]

    def _owner(self, kind: str, value: str) -> str:
        owner = owner_of(kind, value)
        if owner is None:
            return ""
        return (
            owner[1]
            if is_public(*owner) or not self._identities.hides(owner[0])
            else self.name(*owner)
        )

    def _placeholder(self, key: tuple[str, str], value: str) -> str:
        if key not in self._given:
            placeholder = self._dropped(value) or f"<{key[0]}_{self._number(*key)}>"
            self._given[key] = placeholder
            self.first_seen[placeholder] = (key[0], value)
        return self._given[key]

    def _dropped(self, value: str) -> str | None:
        """Return the placeholder that a secret had before, which only its fingerprint tells."""
        known = self._known
        return known.secrets.get(known.digest(value)) if known and known.secrets else None

    def _number(self, kind: str, folded: str) -> str:
        if kind != "IP":
            return str(self._next(kind))
        after = max(self._subnets.values(), default=0) + 1
        subnet = self._subnets.setdefault(subnet_of(folded), after)
        return f"{subnet}.{self._next(f'IP_{subnet}')}"

    def _next(self, group: str) -> int:
        self._counts[group] = number = self._counts.get(group, 0) + 1
        return number


def values_of(
    findings: Iterable[Finding], text: str, promote: Callable[[str], bool]
) -> Iterator[Value]:
    """Read the found values; `promote` decides whether a lone model name counts everywhere."""
    for finding in findings:
        value = text[finding.start : finding.end]
        firm = finding.firm or (finding.detector.startswith("model") and promote(value))
        yield Value(finding.type, value, firm)
