"""Checks that a claim cites evidence and that what it cites exists."""

from assistant import Claim, Dossier, Problem


def check_citations(claim: Claim, dossier: Dossier, /) -> tuple[Problem, ...]:
    """Every cited id exists; a fact or hypothesis cites at least one."""
    known = {item.id for item in dossier.facts.evidence}
    missing = [cited for cited in claim.evidence if cited not in known]
    problems = [
        Problem(
            "Cites evidence that the case does not have: cite a listed line.", 0, len(claim.text)
        )
        for _ in missing[:1]
    ]
    if not claim.evidence and claim.status in ("fact", "hypothesis"):
        problems.append(
            Problem(f"A {claim.status} without evidence: cite its source.", 0, len(claim.text))
        )
    return tuple(problems)
