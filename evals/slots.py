"""Knows what an update and an RCA must contain, and how a claim shows that it fills its slot."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from assistant import Claim, Facts
from evals.stated.clock import moments
from evals.stated.quantities import quantities
from evals.stated.wording import DENIAL


@dataclass(frozen=True, slots=True)
class Slot:
    """A part that a document must have.

    A claim fills it when its own slot is one of `tags` (or empty, as in a text that a person
    wrote) and `shows` accepts its text.
    """

    name: str
    tags: frozenset[str]
    shows: Callable[[str, Facts], bool]
    advice: str


def missing_slots(claims: Sequence[Claim], facts: Facts, slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """Return the slots that no claim fills."""
    return tuple(slot for slot in slots if not any(_fills(claim, slot, facts) for claim in claims))


def _fills(claim: Claim, slot: Slot, facts: Facts) -> bool:
    return (claim.slot in slot.tags or not claim.slot) and slot.shows(claim.text, facts)


def _words(pattern: str) -> Callable[[str, Facts], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda text, _facts: compiled.search(text) is not None


_NONE_AGREED: Final = re.compile(
    r"\b(?:no|not|without|none|nobody|cannot|n't)\b[^.;]*\b(?:agreed|set|known|scheduled|named"
    r"|given|stated|fixed|time|checkpoint|date|planned|recorded|promised)\b"
    r"|\bto\s+be\s+(?:agreed|set|confirmed|announced)\b",
    re.IGNORECASE,
)


def _checkpoint(text: str, facts: Facts) -> bool:
    """A checkpoint names its time or delay; where the case has none, the text may say so."""
    delays = any(quantity.dimension == "seconds" for quantity in quantities(text))
    if delays or any(moment.minutes for moment in moments(text)):
        return True
    agreed = facts.state != "resolved" and any(step.due for step in facts.next_steps)
    return not agreed and _NONE_AGREED.search(text) is not None


def _cause(text: str, _facts: Facts) -> bool:
    return DENIAL.search(text) is not None or _CAUSE.search(text) is not None


_CAUSE: Final = re.compile(
    r"caus|hypothes|suspect|due\s+to|reason|trigger|attribut|trac(?:ed|k)|Engineering",
    re.IGNORECASE,
)
_LEVEL: Final = r"low|medium|high|moderate|confiden|uncertain|unknown|cannot|no\b|not\b|none"

UPDATE_SLOTS: Final = (
    Slot(
        "status",
        frozenset({"status"}),
        _words(r"status|state|investigat|identified|monitor|resolved|mitigated|degraded|restored"),
        "say how the case stands",
    ),
    Slot("cause", frozenset({"cause"}), _cause, "say what is known of the cause"),
    Slot(
        "mitigation",
        frozenset({"mitigation"}),
        _words(
            r"mitigat|workaround|roll(?:ed|ing)?[\s-]?back|revert|restart|fail(?:ed)?[\s-]?over"
            r"|scal(?:ed|ing)|disabl|deploy|block|redirect|fix|restor|action|step|no\s|none|not\s|upgrad|updat|patch|use\b|[a-z]{2,}ed\b"
        ),
        "say what was done against it, or that nothing was yet",
    ),
    Slot(
        "next checkpoint",
        frozenset({"next", "checkpoint"}),
        _checkpoint,
        "name the time of the next update",
    ),
    Slot(
        "ETA confidence",
        frozenset({"eta"}),
        _words(
            rf"(?=.*(?:\bETA\b|estimat|expect|resol|fix|recover|restor|time))(?=.*(?:{_LEVEL}))"
        ),
        "give an ETA with its confidence, or say that there is none",
    ),
)


def _section(name: str, advice: str) -> Slot:
    return Slot(name, frozenset({name}), lambda text, _facts: bool(text.strip()), advice)


RCA_SECTIONS: Final = (
    _section("impact", advice="say who was affected and how much"),
    _section("timeline", advice="give the timeline"),
    _section("detection", advice="say how it was noticed, or that this is not known"),
    _section("trigger", advice="name the trigger or say that none is established"),
    _section("causal_chain", advice="give the causal chain as far as it is known"),
    _section("root_cause", advice="say the root cause or that it is not known"),
    _section("contributing_factors", advice="name them or say that none is known"),
    _section("corrective_and_preventive_actions", advice="list them"),
    Slot(
        "verification",
        frozenset({"corrective_and_preventive_actions", "verification"}),
        _words(r"verif|measur|proves"),
        "say how each action will be verified",
    ),
)
