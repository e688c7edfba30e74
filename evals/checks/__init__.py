"""Lists the claim checks by name: drafting uses them sentence by sentence, scorers over a draft."""

from assistant import ClaimCheck
from evals.checks.blame import check_blame
from evals.checks.certainty import check_certainty
from evals.checks.citations import check_citations
from evals.checks.entities import check_entities
from evals.checks.leak import LeakCheck
from evals.checks.numbers import check_numbers
from evals.checks.precedent import check_precedent
from evals.checks.times import check_times
from redaction import Gate


def named_checks(gate: Gate) -> tuple[tuple[str, ClaimCheck], ...]:
    """Return every claim check with the name of its score; `gate` is that of the case."""
    return (
        ("citations", check_citations),
        ("numbers", check_numbers),
        ("times", check_times),
        ("entities", check_entities),
        ("precedent", check_precedent),
        ("certainty", check_certainty),
        ("blame", check_blame),
        ("leak", LeakCheck(gate)),
    )


def claim_checks(gate: Gate) -> tuple[ClaimCheck, ...]:
    """Return the checks that a model's sentence must pass to stay in a draft."""
    return tuple(check for _, check in named_checks(gate))
