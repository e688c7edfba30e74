"""Times the scorers on template drafts in CPU milliseconds; prints figures as JSON.

Run `python tests/bench/bench_scorers.py`. One of the four cases holds 300 more evidence lines.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from assistant import Claim, Dossier, Draft, DraftKind
from assistant.drafting.rca import rca_claims, rca_text
from assistant.drafting.update import update_claims, update_text
from evals import Scorer, rca_scorers, score_draft, update_scorers
from redaction import RedactedText
from tests.cases_by_hand import checkout, checkout_resolved, unknown_cause
from tests.making import redacted

_LINES = 300


class OpenGate:
    """A gate that lets everything pass: the detectors have a bench of their own."""

    def check(self, text: RedactedText) -> None:
        return None

    def admit(self, text: str) -> RedactedText:
        return redacted(text)


def main() -> None:
    dossiers = (checkout(), checkout_resolved(), unknown_cause(), large())
    print(json.dumps({
        "update": figures("update", dossiers, update_claims, update_text, update_scorers),
        "rca": figures("rca", dossiers, rca_claims, rca_text, rca_scorers),
    }, indent=2))  # fmt: skip


def large() -> Dossier:
    """The incident with hundreds of evidence lines."""
    dossier = checkout()
    first = dossier.facts.evidence[0]
    more = tuple(
        replace(
            first,
            id=f"E{100 + number}",
            text=redacted(f"2026-03-12 09:{number % 60:02}:11 ERROR request {number} took 31 ms"),
        )
        for number in range(_LINES)
    )
    return replace(dossier, facts=replace(dossier.facts, evidence=(*dossier.facts.evidence, *more)))


def figures(
    kind: DraftKind,
    dossiers: Sequence[Dossier],
    claims: Callable[[Dossier], tuple[Claim, ...]],
    text: Callable[[tuple[Claim, ...]], RedactedText],
    scorers: Callable[[OpenGate], tuple[Scorer, ...]],
) -> dict[str, float]:
    first: list[float] = []
    again: list[float] = []
    for dossier in dossiers:
        written = claims(dossier)
        draft = Draft(kind, text(written), written, "template")
        for run in range(21):
            fresh = replace(dossier) if run % 3 == 0 else dossier
            start = time.process_time()
            score_draft(draft, fresh, scorers(OpenGate()))
            taken = 1000 * (time.process_time() - start)
            (first if run % 3 == 0 else again).append(taken)
            score_draft(draft, dossier, scorers(OpenGate()))
    return {
        "new_dossier_ms_p50": round(statistics.median(first), 2),
        "new_dossier_ms_p95": round(statistics.quantiles(first, n=20)[-1], 2),
        "same_dossier_ms_p50": round(statistics.median(again), 2),
        "same_dossier_ms_p95": round(statistics.quantiles(again, n=20)[-1], 2),
    }


if __name__ == "__main__":
    main()
