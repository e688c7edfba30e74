"""Compares versions and says whether a document applies to the version that a customer runs."""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Applicability: TypeAlias = Literal["applies", "fixed", "unaffected", "unknown"]
"""`fixed`: the customer runs a version that should hold the fix; `unaffected`: one that the
document does not speak of; `unknown`: one of the two does not name its version."""

_NUMBER: Final = r"\d{1,9}(?:\.(?:\d{1,9}|[xX*]))*"
_EARLY: Final = r"(?:[-.+_ ]?(?:alpha|beta|rc|m|snapshot|preview|pre|dev|nightly)[-.]?\d{0,4})"
_VERSION: Final = re.compile(
    rf"(?<![\w.])v?(?P<number>{_NUMBER})(?P<early>{_EARLY}(?!\w))?", re.IGNORECASE
)
# What stands around a version and opens a range; the text between two versions is short.
_UP_TO: Final = re.compile(r"(?:-|\u2013|\bto\b|\bthrough\b|\buntil\b)\s*$", re.IGNORECASE)
_BELOW: Final = re.compile(
    r"(?:<|\bbefore|\bprior to|\bearlier than|\bolder than|\bbelow)\s*$", re.I
)
_AT_MOST: Final = re.compile(r"(?:<=|≤|\bup to(?: and including)?|\bthrough)\s*$", re.IGNORECASE)
_ABOVE: Final = re.compile(r"(?:>|\bafter|\bnewer than|\blater than)\s*$", re.IGNORECASE)
_FROM: Final = re.compile(r"(?:>=|≥|\bsince|\bfrom|\bstarting (?:with|in|at))\s*$", re.IGNORECASE)
_AND_LATER: Final = re.compile(
    r"\s*(?:\+|and (?:later|above|newer|up)|or (?:later|above|newer))", re.I
)
_AND_EARLIER: Final = re.compile(r"\s*(?:and|or) (?:earlier|below|older|before)", re.IGNORECASE)
_ALL: Final = re.compile(r"^\s*(?:all|any|every)(?: versions?)?\s*$", re.IGNORECASE)
_LONGEST: Final = 300

Parts: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """Numbers of a version; one that is `early` (alpha, rc, snapshot) comes before it.

    `open_ended` is one such as 4.x, of which any 4.2 is a part.
    """

    parts: Parts
    early: bool = False
    open_ended: bool = False

    def __lt__(self, other: "Version") -> bool:
        return self._key < other._key

    def covers(self, other: "Version") -> bool:
        """Tell whether `other` is this version, or a part of an open-ended one."""
        if self.open_ended:
            return other.parts[: len(self.parts)] == self.parts
        return self._key == other._key

    @property
    def line(self) -> Parts:
        """What releases of one line share: all numbers but the last."""
        return _trimmed(self.parts[:-1]) if len(self.parts) > 1 else ()

    @property
    def _key(self) -> tuple[Parts, bool]:
        return _trimmed(self.parts), not self.early


@dataclass(frozen=True, slots=True)
class _Range:
    low: Version | None
    high: Version | None
    with_low: bool = True
    with_high: bool = True

    def holds(self, version: Version) -> bool:
        if self.low and not ((self.low.covers(version) and self.with_low) or self.low < version):
            return False
        return not self.high or bool(
            (self.high.covers(version) and self.with_high) or version < self.high
        )


def versions_in(text: str) -> tuple[Version, ...]:
    """Return the versions that a field names, in order: `4.1, 4.2.x` are two."""
    return tuple(_version(found) for found in _VERSION.finditer(text[:_LONGEST]))


def applicability(affected: str, fixed: str, customer: str) -> Applicability:
    """Say whether what was seen in `affected` and mended in `fixed` concerns `customer`.

    The fields read as people write them: lists, `4.0 - 4.2`, `< 4.3`, `4.1 and later`, `4.x`. Of
    several fixes the one on the customer's own release line decides; the newest decides for lines
    after it.
    """
    running = versions_in(customer)
    if len(running) != 1 or running[0].open_ended:
        return "unknown"
    [version] = running
    if fixes := versions_in(fixed):
        if _is_fixed(version, fixes):
            return "fixed"
        return "unaffected" if _outside(affected, version) else "applies"
    if _ALL.match(affected):
        return "applies"
    ranges = _ranges(affected)
    if not ranges:
        return "unknown"
    if any(each.holds(version) for each in ranges):
        return "applies"
    # One version in which something was seen says little of its neighbours; a range has ends.
    return "unaffected" if _outside(affected, version) else "unknown"


def _is_fixed(version: Version, fixes: tuple[Version, ...]) -> bool:
    own_line = [fix for fix in fixes if fix.line and fix.line == version.line]
    if own_line:
        return any(not version < fix for fix in own_line)
    return not version < max(fixes, key=lambda fix: fix.parts)


def _outside(affected: str, version: Version) -> bool:
    """Tell whether ranges are named and none of them holds the version."""
    ranges = _ranges(affected)
    bounded = [each for each in ranges if each.low != each.high]
    return bool(bounded) and not any(each.holds(version) for each in ranges)


def _ranges(text: str) -> list[_Range]:
    text = text[:_LONGEST]
    found: list[_Range] = []
    end = 0
    for match in _VERSION.finditer(text):
        before, after = text[end : match.start()], text[match.end() :]
        version, end = _version(match), match.end()
        if found and _UP_TO.search(before) and found[-1].high in (None, found[-1].low):
            found[-1] = _Range(found[-1].low, version, found[-1].with_low)
        elif _AT_MOST.search(before):
            found.append(_Range(None, version))
        elif _BELOW.search(before):
            found.append(_Range(None, version, with_high=False))
        elif _FROM.search(before) or _AND_LATER.match(after):
            found.append(_Range(version, None))
        elif _ABOVE.search(before):
            found.append(_Range(version, None, with_low=False))
        elif _AND_EARLIER.match(after):
            found.append(_Range(None, version))
        else:
            found.append(_Range(version, version))
    return found


def _version(found: re.Match[str]) -> Version:
    numbers = found["number"].split(".")
    parts = [int(number) for number in numbers if number.isdigit()]
    return Version(tuple(parts), bool(found["early"]), len(parts) < len(numbers))


def _trimmed(parts: Parts) -> Parts:
    """Drop zeros at the end: 4.3 and 4.3.0 are one version."""
    last = len(parts)
    while last > 1 and parts[last - 1] == 0:
        last -= 1
    return parts[:last]
