"""The form of a pattern rule: kind of value, pattern, hints, confidence, last say."""

import re
from collections.abc import Callable
from dataclasses import dataclass


def _always(value: str) -> bool:
    del value
    return True


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape: kind of value, name of the rule, pattern, hints, confidence, last say.

    A named group is the entity type of what it covers; a pattern without one covers its whole
    match. `hints` are lower-case literals of which one must occur in a text before the pattern is
    tried. A `soft` rule yields to what an engineer needs (times, versions, stack frames); `accept`
    is asked about each value.
    """

    kind: str
    name: str
    pattern: re.Pattern[str]
    hints: tuple[str, ...] = ()
    score: float = 0.95
    soft: bool = False
    accept: Callable[[str], bool] = _always
