"""Checks that every figure of a claim stands in its evidence or follows from it.

How close is close enough: a figure may be rounded to the last digit it shows ("38 %" of 37.6 %,
"44 minutes" of 43.6), bare counts and versions are exact, "about" allows rounding to the last digit
that is not zero ("about 1,400" of 1,412), "over" and "under" allow one such digit to one side,
"one in five" is said of 18 to 22 %. Durations and sizes are never more than a tenth off (a quarter
after "about"); a duration between two times may be off by less than the minute or second it shows.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import Final

from assistant import Claim, Dossier, Facts, Problem
from evals.stated import Stated, in_scope, stated
from evals.stated.promises import is_promised_delay
from evals.stated.quantities import Quantity, quantities, shares
from evals.stated.wording import is_precedent


def check_numbers(claim: Claim, dossier: Dossier, /) -> tuple[Problem, ...]:
    """Every figure must occur, with its unit, in what the claim cites or be computed from it."""
    found = quantities(claim.text)
    if not found:
        return ()
    said = stated(dossier)
    known = tuple(_known(claim, said))
    spans = tuple(_durations(claim, said))
    years = {at.utc.year for at in said.instants}
    rescued = [
        (share.start, share.end) for share in shares(claim.text) if _is_known(share, known, spans)
    ]
    return tuple(
        Problem(
            "A figure that the cited evidence does not show: cite its line or drop the figure.",
            quantity.start,
            quantity.end,
        )
        for quantity in found
        if not _is_known(quantity, known, spans)
        and not any(start <= quantity.start and quantity.end <= end for start, end in rescued)
        and quantity.plain not in years
        and not is_promised_delay(quantity, claim, dossier, said)
        and not _counts_facts(claim.text, quantity, dossier.facts)
    )


def _known(claim: Claim, said: Stated) -> Iterator[Quantity]:
    for source in said.sources:
        if in_scope(source.citations, claim):
            yield from _read(source.text)
    if is_precedent(claim.text):
        for text in said.precedents:
            yield from _read(text)


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[Quantity, ...]:
    return (*quantities(text), *shares(text))


def _durations(claim: Claim, said: Stated) -> Iterator[float]:
    """Seconds between two times of which one is a turning point.

    Both are cited, or both are turning points and one is cited. What lies ahead measures nothing.
    """
    cited = frozenset(claim.evidence)
    past = dict.fromkeys(
        at
        for at in said.instants
        if at.kind == "turning" or (at.kind == "event" and not cited.isdisjoint(at.citations))
    )
    for left, right in combinations(past, 2):
        turns = (left.kind == "turning") + (right.kind == "turning")
        hits = (not cited.isdisjoint(left.citations)) + (not cited.isdisjoint(right.citations))
        if (turns and hits == 2) or (turns == 2 and (hits or not cited)):
            yield abs((left.utc - right.utc).total_seconds())


def _is_known(quantity: Quantity, known: tuple[Quantity, ...], spans: tuple[float, ...]) -> bool:
    if any(fits(quantity, each) for each in known):
        return True
    if quantity.dimension != "seconds":
        return False
    return any(_fits_span(quantity, seconds) for seconds in spans)


def fits(claimed: Quantity, known: Quantity) -> bool:
    """Tell whether a claimed figure may be told of a known one."""
    if claimed.dimension == known.dimension:
        return any(
            _close(claimed, value, each) for value in claimed.values for each in known.values
        )
    if known.dimension == "count":
        # A log or a metrics table often leaves the unit to the column: 0.38 or 38 for "38 %".
        as_ratio = claimed.dimension == "ratio" and 0 < known.plain < 1
        return claimed.plain == known.plain or (
            as_ratio and _close(claimed, claimed.values[0], known.plain)
        )
    return claimed.dimension == "count" and claimed.plain in (known.plain, known.values[0])


def _close(claimed: Quantity, value: float, known: float) -> bool:
    tiny = 1e-9 * max(1.0, abs(known))
    # A small bare count is exact: 0.6 is not "1 error".
    bare = claimed.dimension == "count" and claimed.step == 1 and value < 10
    half = 0.01 if bare else claimed.step / 2
    limit = 0.1 if claimed.hedge == "exact" else 0.25
    capped = claimed.dimension in ("seconds", "bytes")
    match claimed.hedge:
        case "exact":
            low, high = -half, half
        case "about":
            low, high = -claimed.round_step / 2, claimed.round_step / 2
        case "over":
            low, high = -tiny, claimed.round_step
        case "under":
            low, high = -claimed.round_step, tiny
    off = known - value
    if capped and abs(off) > limit * max(abs(value), abs(known)):
        return False
    return low - tiny <= off <= high + tiny


def _fits_span(claimed: Quantity, seconds: float) -> bool:
    if claimed.step <= 60 and claimed.hedge == "exact":
        return any(abs(value - seconds) < claimed.step for value in claimed.values)
    return any(_close(claimed, value, seconds) for value in claimed.values)


_COUNTED: Final = re.compile(
    r"\s*(?:(?:open|error|cause|possible|candidate|key|further|unanswered|distinct|different|affected"
    r"|planned|similar|past|next|related|known|remaining)\s+){0,2}"
    r"(?P<what>hypothes[ie]s|candidates?|causes?|questions?|actions?|signatures?|components?"
    r"|services?|versions?|steps?|events?)\b",
    re.IGNORECASE,
)


def _counts_facts(text: str, quantity: Quantity, facts: Facts) -> bool:
    """Accept "three open questions" when the facts list three."""
    counted = _COUNTED.match(text, quantity.end)
    return counted is not None and quantity.plain in _list_sizes(counted["what"].lower(), facts)


def _list_sizes(what: str, facts: Facts) -> set[int]:
    live = [guess for guess in facts.hypotheses if guess.status in ("open", "testing")]
    planned = [action for action in facts.actions if action.status == "planned"]
    match what[:5]:
        case "hypot" | "candi" | "cause":
            return {len(facts.hypotheses), len(live)}
        case "quest":
            return {len(facts.open_questions)}
        case "actio":
            return {len(facts.actions), len(planned), len(facts.actions) - len(planned)}
        case "signa":
            return {len(facts.signatures)}
        case "versi":
            return {len(facts.versions)}
        case "steps" | "step":
            return {len(facts.next_steps)}
        case "event":
            return {len(facts.timeline)}
        case _:
            return {len(facts.components)}
