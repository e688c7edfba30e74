"""Knows how sentences say that they are not sure, deny, quote, or speak of another case."""

import re
from typing import Final

HEDGE: Final = re.compile(
    r"\b(?:hypothes[ie]s|hypothesi[sz]ed?|suspect(?:s|ed|ing)?|suspicion|likely|may|might|could"
    r"|possib(?:ly|le|ility)|potential(?:ly)?|probabl[ye]|appears?|appeared|apparently|seems?"
    r"|seemingly|presum(?:ed|ably)|assum(?:e|ed|ption)|believe[sd]?|think|theory|theories"
    r"|candidates?|consistent\s+with|points?\s+(?:to|at|towards?)|pointing\s+(?:to|at|towards?)"
    r"|suggests?|suggesting|indicat(?:es?|ing)|indications?|tentative(?:ly)?|unconfirmed"
    r"|perhaps|plausibl[ye]|working\s+(?:theory|assumption)|correlat(?:es?|ed|ion)"
    r"|coincid(?:es?|ed|ence)|(?:if|whether)\b|to\s+be\s+(?:confirmed|tested|verified)"
    r"|untested|not\s+(?:yet\s+)?(?:been\s+)?(?:tested|confirmed|proven|verified|established))\b",
    re.IGNORECASE,
)
DENIAL: Final = re.compile(
    r"\b(?:unknown|unclear|undetermined|unexplained|open\s+question|remains?\s+open"
    r"|(?:not|n't|never|no\s+longer|yet\s+to)\b(?:\s+\w+){0,4}?\s+(?:known|know|clear"
    r"|identif\w+|establish\w*|determin\w*|confirm\w*|found|find|understood|understand|explain\w*"
    r"|say|tell|shown?|proven?|isolat\w*|pinpoint\w*|test\w*|rul\w+)"
    r"|cannot\s+(?:yet\s+)?(?:say|tell|name|confirm|explain|state|identify|determine)"
    r"|no\s+(?:\w+\s+)?(?:root\s+)?cause|under\s+investigation|being\s+investigated"
    r"|investigat(?:ing|e)|ruled?\s+out"
    r"|(?:to|will|must)\s+(?:establish|determine|find|identify|understand|confirm)|what\s+(?:exactly\s+)?caused|why\b|evidence\s+against)\b",
    re.IGNORECASE,
)
REPORTED: Final = re.compile(
    r"\b(?:customer|reporter|user|client|account\s+team|ticket|bot|alert|<[A-Z_]+_\d+>)\b[^.]{0,40}?"
    r"\b(?:reports?|reported|says?|said|states?|stated|thinks?|attributes?|attributed|claims?"
    r"|claimed|believes?|wrote|asks?|asked)\b",
    re.IGNORECASE,
)
BY_ENGINEERING: Final = re.compile(
    r"\bengineer(?:ing|s)\b(?:\s+\w+){0,2}?\s+(?:reports?|reported|confirms?|confirmed|states?|stated"
    r"|identified|established|found|determined|says|said|attributes?|attributed|traced)\b"
    r"|\b(?:reported|confirmed|stated|identified|established|found|according|per|as\s+per)"
    r"\s+(?:to\s+|by\s+)?(?:the\s+)?(?:\w+\s+)?engineer(?:ing|s)?\b",
    re.IGNORECASE,
)
PRECEDENT: Final = re.compile(
    r"\b(?:similar|past|previous|earlier|prior|related|comparable|matching|matched|historical)\s+"
    r"(?:\w+\s+){0,2}?(?:cases?|incidents?|tickets?|reports?|articles?|problems?|known\s+errors?"
    r"|occurrences?|events?|outages?|matches|match|escalations?)\b"
    r"|\bprecedents?\b|\bknowledge[\s-]base\b|\bKB\b|\bknown\s+error\b|\bhappened\s+before\b"
    r"|\bseen\s+(?:this\s+)?before\b|\bin\s+the\s+past\b",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"“([^”]+)”|\"([^\"]+)\"|`([^`]+)`|«([^»]+)»")


def quoted(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of quoted passages, without their marks."""
    return tuple(
        match.span(group)
        for match in _QUOTED.finditer(text)
        for group in range(1, 5)
        if match[group] is not None
    )


def is_precedent(text: str) -> bool:
    """Tell whether a sentence speaks of a past case or an article."""
    return PRECEDENT.search(text) is not None
