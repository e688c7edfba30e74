"""Checks that every placeholder and name of a claim occurs in the case's evidence or facts."""

from assistant import Claim, Dossier, Problem
from evals.stated import in_scope, stated
from evals.stated.names import names
from redaction import PLACEHOLDER


def check_entities(claim: Claim, dossier: Dossier, /) -> tuple[Problem, ...]:
    """Placeholders must occur in what the claim cites, other names anywhere in the case.

    A name that the matches state is left to the precedent check. A misspelt or renamed component
    that looks like an English word is not seen.
    """
    said = stated(dossier)
    problems = [
        Problem(
            "A placeholder that the cited evidence does not hold: cite its line or name the role.",
            *match.span(),
        )
        for match in PLACEHOLDER.finditer(claim.text)
        if not any(
            match[0] in source.text for source in said.sources if in_scope(source.citations, claim)
        )
    ]
    problems += [
        Problem(
            f"A {'version' if name.version else 'name'} that the case does not state: "
            "use one from the evidence.",
            name.start,
            name.end,
        )
        for name in names(claim.text)
        if not said.case_words.has(name) and not said.precedent_words.has(name)
    ]
    return tuple(problems)
