"""Checks that facts of a similar past case are not told as facts of this one."""

from assistant import Claim, Dossier, Problem
from evals.stated import stated
from evals.stated.names import names
from evals.stated.wording import is_precedent


def check_precedent(claim: Claim, dossier: Dossier, /) -> tuple[Problem, ...]:
    """A name or version that only the matches state needs a sentence worded as precedent."""
    if not dossier.matches or is_precedent(claim.text):
        return ()
    said = stated(dossier)
    return tuple(
        Problem(
            "Known only from a similar past case: word it as precedent "
            '("In a similar past case …") or drop it.',
            name.start,
            name.end,
        )
        for name in names(claim.text)
        if not said.case_words.has(name) and said.precedent_words.has(name)
    )
