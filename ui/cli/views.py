"""Shows answers to a person: every text is cleaned of control characters before it is printed."""

import unicodedata

from rich.console import Console
from rich.table import Table
from rich.text import Text

from redaction import PLACEHOLDER
from ui.contract import (
    DoctorAnswer,
    DraftAnswer,
    IndexAnswer,
    IndexStatsAnswer,
    MatchAnswer,
    ModelAnswer,
    RedactAnswer,
    RunAnswer,
)

OUT = Console(highlight=False, soft_wrap=True)
GOOD, BAD, SOFT = "green", "red", "bright_black"


def clean(text: str) -> Text:
    """Drop control and format characters, so that no artifact can move the cursor; mark tags."""
    kept = "".join(
        char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf")
    )
    shown = Text(kept)
    shown.highlight_regex(PLACEHOLDER.pattern, "magenta")
    return shown


def show_run(answer: RunAnswer) -> None:
    """Show a finished run: what was read, the facts in short, the update, and the report."""
    facts, redaction = answer.facts, answer.redaction
    OUT.print(clean(answer.title), style="bold")
    OUT.print(
        f"{facts.severity.level} {facts.priority} · {facts.state} · cause {facts.cause.status} · "
        f"case {answer.case_id}"
    )
    replaced = sum(redaction.entities.values())
    OUT.print(f"Read {len(redaction.artifacts)} artifacts, replaced {replaced} values", style=SOFT)
    for item in redaction.quarantined:
        OUT.print(Text("Quarantined ").append_text(clean(f"{item.name}: {item.reason}")), style=BAD)
    for note in answer.notes:
        OUT.print(clean(note), style="yellow")
    if answer.matches:
        OUT.print()
        show_matches(answer.matches)
    for draft in answer.drafts:
        OUT.print()
        show_draft(draft)
    OUT.print(f"\nReport: {answer.report}")


def show_draft(answer: DraftAnswer) -> None:
    """Show a draft claim by claim with citations, then its gate."""
    for claim in answer.claims:
        line = clean(claim.text)
        OUT.print(line.append(f"  [{', '.join(claim.evidence)}]", style=SOFT))
    card = answer.scorecard
    passed = sum(score.passed for score in card.scores)
    OUT.print(
        f"{answer.kind}: gate {card.gate}, {passed} of {len(card.scores)} checks passed; "
        "semantics not checked",
        style=GOOD if card.gate == "pass" else BAD,
    )
    for score in card.scores:
        if not score.passed:
            OUT.print(Text(f"  {score.name}: ").append_text(clean(score.reason)), style=BAD)


def show_matches(answers: tuple[MatchAnswer, ...]) -> None:
    """Show matches as a table, best first."""
    table = Table("Score", "Id", "Title", "Why", box=None, pad_edge=False)
    for match in answers:
        why = clean("; ".join(match.why))
        table.add_row(f"{match.score:.2f}", clean(match.id), clean(match.title), why)
    OUT.print(table if answers else "The index holds no similar document.")


def show_redacted(answer: RedactAnswer) -> None:
    """Show one redacted artifact under a line that names it."""
    title = Text(f"== {answer.artifact} ").append_text(clean(answer.name))
    if answer.quarantined:
        OUT.print(title.append(f" quarantined: {answer.quarantined}"), style=BAD)
        return
    OUT.print(title, style="bold")
    OUT.print(clean(answer.text) if answer.text is not None else answer.path)


def show_index_add(answer: IndexAnswer) -> None:
    """Show what was added, unchanged and refused."""
    OUT.print(f"added {answer.added}, unchanged {answer.unchanged}, refused {len(answer.refused)}")
    for item in answer.refused:
        places = ", ".join(f"{found.kind} in {found.field}" for found in item.findings)
        OUT.print(Text(f"  refused {item.id}: {places}"), style=BAD)


def show_index_stats(answer: IndexStatsAnswer) -> None:
    """Show the size of the index."""
    OUT.print(
        f"{answer.cases} cases, {answer.kb} articles, {answer.size_bytes / 1e6:.1f} MB, "
        f"embedded with {answer.model}"
    )


def show_models(answers: tuple[ModelAnswer, ...]) -> None:
    """Show the manifest."""
    table = Table("Model", "Version", "Licence", "Size", "Status", "Origin", box=None)
    for item in answers:
        size = f"{item.size_bytes / 1e6:.0f} MB"
        table.add_row(item.name, item.version, item.licence, size, item.status, item.origin)
    OUT.print(table)


def show_doctor(answer: DoctorAnswer) -> None:
    """Show every finding, then what would leave the machine."""
    for item in answer.findings:
        OUT.print(Text("ok   " if item.ok else "MISS ", style=GOOD if item.ok else BAD), end="")
        OUT.print(Text(f"{item.name}: {item.detail}"))
    for line in answer.leaves:
        OUT.print(Text(f"leaves this machine: {line}"))
