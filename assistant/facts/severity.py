"""The severity policy: a table of clauses, the first that applies recommends the level."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.facts import CaseState, Confidence, Priority, Severity, SeverityLevel
from assistant.facts.evidence import Book, Place, Quote
from assistant.facts.impact import Figure
from assistant.facts.statements import Statement, is_firm, is_negated
from redaction import Field


@dataclass(frozen=True, slots=True)
class Signals:
    """What the policy looks at; `share` is the highest share (0..1) of failing requests."""

    data_harmed: bool
    down: bool
    share: float
    workaround: bool
    top_tier: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """One row of the policy."""

    name: str
    level: SeverityLevel
    text: str
    applies: Callable[[Signals], bool]


POLICY: Final = (
    Clause("SEV-1.1", "Sev1", "data was lost, exposed or read without authorisation",
           lambda case: case.data_harmed),
    Clause("SEV-1.2", "Sev1", "at least 25 % of requests fail and there is no full workaround",
           lambda case: case.share >= 0.25 and not case.workaround),
    Clause("SEV-1.3", "Sev1", "a production service is down and there is no full workaround",
           lambda case: case.down and not case.workaround),
    Clause("SEV-2.1", "Sev2", "at least 5 % of requests fail, or more with a full workaround",
           lambda case: case.share >= 0.05 or case.down),
    Clause("SEV-2.2", "Sev2", "at least 1 % of requests fail for a customer of the top tier",
           lambda case: case.share >= 0.01 and case.top_tier),
    Clause("SEV-3.1", "Sev3", "at least 1 % of requests fail",
           lambda case: case.share >= 0.01),
    Clause("SEV-4.1", "Sev4", "less than 1 % of requests fail",
           lambda case: 0 < case.share < 0.01),
)  # fmt: skip
AS_REPORTED: Final = (
    "SEV-0.1: the evidence is too thin for a recommendation, the reported level stands"
)
BY_DEFAULT: Final = "SEV-0.2: no impact is shown and no level is reported, Sev3 until it is known"

LEVEL_WORDS: Final[dict[str, SeverityLevel]] = {
    "sev0": "Sev1", "sev1": "Sev1", "s0": "Sev1", "s1": "Sev1", "p0": "Sev1", "p1": "Sev1",
    "0": "Sev1", "1": "Sev1", "critical": "Sev1", "urgent": "Sev1", "blocker": "Sev1",
    "highest": "Sev1", "emergency": "Sev1", "immediate": "Sev1",
    "sev2": "Sev2", "s2": "Sev2", "p2": "Sev2", "2": "Sev2", "high": "Sev2", "major": "Sev2",
    "sev3": "Sev3", "s3": "Sev3", "p3": "Sev3", "3": "Sev3", "medium": "Sev3", "normal": "Sev3",
    "moderate": "Sev3", "average": "Sev3",
    "sev4": "Sev4", "sev5": "Sev4", "s4": "Sev4", "s5": "Sev4", "p4": "Sev4", "p5": "Sev4",
    "4": "Sev4", "5": "Sev4", "low": "Sev4", "minor": "Sev4", "trivial": "Sev4",
    "lowest": "Sev4", "enhancement": "Sev4", "cosmetic": "Sev4",
}  # fmt: skip

# Priority is impact (severity) by urgency: harm goes on, harm is held, harm is over.
_PRIORITY: Final[dict[SeverityLevel, tuple[Priority, Priority, Priority]]] = {
    "Sev1": ("P1", "P2", "P3"),
    "Sev2": ("P2", "P3", "P4"),
    "Sev3": ("P3", "P3", "P4"),
    "Sev4": ("P4", "P4", "P4"),
}
_TOP_TIERS: Final = re.compile(
    r"\b(?:platinum|enterprise|premium|gold|strategic|vip|tier ?1)\b", re.I
)
_DATA_HARM: Final = re.compile(
    r"\b(?:data (?:loss|leak(?:ed)?|exposure|breach)|lost data|data (?:was|were|has been) lost"
    r"|unauthori[sz]ed access|exposed (?:customer|personal)|records (?:were )?(?:deleted|exposed)"
    r"|data corruption|corrupted data)\b",
    re.IGNORECASE,
)
_DOWN: Final = re.compile(
    r"\b(?:(?:complete|total|full|major) (?:outage|loss of service)|(?:is|are|was) (?:completely "
    r"|fully |hard )?down\b(?! to)|service is unavailable for (?:all|every))",
    re.IGNORECASE,
)
_WORKAROUND: Final = re.compile(r"\b(?:full |complete |confirmed )?workaround\b", re.IGNORECASE)
_PARTIAL: Final = re.compile(r"\b(?:no|not|partial|partly|half|some|without|need|any)\b", re.I)


def severity_of(
    fields: Sequence[Field], said: Sequence[Statement], figures: Sequence[Figure], book: Book
) -> Severity:
    """Recommend a level by the first clause that applies, beside the level the ticket reports.

    Only measurements and what analysts and engineers say count: what a customer or a bot writes
    does not move the level.
    """
    reported, reported_places = reported_level(fields)
    signals, places = _signals(fields, said, figures)
    clause = next((one for one in POLICY if one.applies(signals)), None)
    if clause is None:
        level, text = (reported, AS_REPORTED) if reported is not None else ("Sev3", BY_DEFAULT)
        return Severity(level, text, "low", reported, book.cite(*reported_places))
    return Severity(
        level=clause.level,
        clause=f"{clause.name}: {clause.text}",
        confidence=_confidence(clause, figures),
        reported=reported,
        evidence=book.cite(*places, *reported_places),
    )


def reported_level(fields: Iterable[Field]) -> tuple[SeverityLevel | None, tuple[Place, ...]]:
    """Return the level of the ticket's severity field, else of its priority field."""
    ranked = sorted(fields, key=lambda field: field.name != "severity")
    for field in ranked:
        if field.name in ("severity", "priority"):
            level = level_of(field.value)
            if level is not None:
                return level, (Quote(field.anchor, field.value),)
    return None, ()


def level_of(value: str) -> SeverityLevel | None:
    """Map a tracker's word to a level; None when the word is unknown."""
    text = re.sub(r"\b(sev|severity|s|p|prio|priority)[ \-_:]*(?=[0-5]\b)", r"sev", value.lower())
    words = re.findall(r"[a-z]+\d?|\d", text)
    return next((LEVEL_WORDS[word] for word in words if word in LEVEL_WORDS), None)


def priority_of(severity: Severity, state: CaseState) -> Priority:
    """Return the priority: impact by urgency."""
    held, over = state == "monitoring", state == "resolved"
    return _PRIORITY[severity.level][2 if over else 1 if held else 0]


def _signals(
    fields: Iterable[Field], said: Iterable[Statement], figures: Iterable[Figure]
) -> tuple[Signals, tuple[Place, ...]]:
    counted = [one for one in figures if one.share and one.role in (None, "analyst", "engineer")]
    measured = [one for one in counted if one.role is None] or counted
    worst = max(measured, key=lambda one: one.share or 0.0, default=None)
    firm = [one for one in said if one.trusted and is_firm(one.text)]
    harmed = [one for one in firm if _DATA_HARM.search(one.text) and not is_negated(one.text)]
    down = [one for one in firm if _DOWN.search(one.text) and not is_negated(one.text)]
    signals = Signals(
        data_harmed=bool(harmed),
        down=bool(down),
        share=worst.share or 0.0 if worst is not None else 0.0,
        workaround=any(_full_workaround(one) for one in firm),
        top_tier=any(one.name == "tier" and _TOP_TIERS.search(one.value) for one in fields),
    )
    stated = tuple(one.quote for one in (*harmed[:1], *down[:1]))
    return signals, (*stated, *(worst.places if worst is not None else ()))


def _full_workaround(statement: Statement) -> bool:
    found = _WORKAROUND.search(statement.text)
    return found is not None and _PARTIAL.search(statement.text) is None


def _confidence(clause: Clause, figures: Iterable[Figure]) -> Confidence:
    if clause.name == "SEV-1.1" or clause.name == "SEV-1.3":
        return "medium"
    return "high" if any(one.share and one.role is None for one in figures) else "medium"
