"""Shows answers to a person: every text is cleaned of control characters before it is printed."""

import unicodedata
from collections.abc import Iterable
from itertools import chain, islice

import typer
from rich.console import Console
from rich.text import Text

from redaction import PLACEHOLDER
from ui.contract import (
    DoctorAnswer,
    DraftAnswer,
    MatchAnswer,
    ModelAnswer,
    RedactAnswer,
    RunAnswer,
)
from ui.contract_privacy import (
    ChangeAnswer,
    OutgoingAnswer,
)

OUT = Console(highlight=False, soft_wrap=True)
GOOD, BAD, SOFT = "green", "red", "bright_black"


def visible(text: str) -> str:
    """Drop control and format characters, so that no artifact can move the cursor."""
    return "".join(
        char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf")
    )


def clean(text: str) -> Text:
    """Make text safe to show, whatever it holds, and mark its placeholders."""
    shown = Text(visible(text))
    shown.highlight_regex(PLACEHOLDER.pattern, "magenta")
    return shown


def show_text(text: str) -> None:
    """Show redacted text as it is, and nothing else."""
    if OUT.is_terminal:
        OUT.print(clean(text), end="" if text.endswith("\n") else "\n")
    else:
        typer.echo(visible(text), nl=not text.endswith("\n"))


def show_run(answer: RunAnswer) -> None:
    """Show a finished run: what was read, the facts in short, the update, and the report."""
    facts, redaction = answer.facts, answer.redaction
    OUT.print(clean(answer.title), style="bold")
    OUT.print(
        f"{facts.severity.level} {facts.priority} · {facts.state} · cause {facts.cause.status} · "
        f"case {answer.case_id}"
    )
    replaced = sum(redaction.entities.values())
    late = f"; second look: {redaction.second_look} more" if redaction.second_look else ""
    read = f"Read {len(redaction.artifacts)} artifacts, replaced {replaced} values{late}"
    OUT.print(read, style=SOFT)
    for item in redaction.quarantined:
        OUT.print(Text("Quarantined ").append_text(clean(f"{item.name}: {item.reason}")), style=BAD)
    show_notes(answer.notes)
    if answer.matches:
        OUT.print()
        show_matches(answer.matches)
    for draft in answer.drafts:
        OUT.print()
        show_draft(draft)
    OUT.print(f"\nReport: {answer.report}")


def show_notes(notes: tuple[str, ...]) -> None:
    """Show what was done without, and why."""
    for note in notes:
        OUT.print(clean(note), style="yellow")


def show_draft(answer: DraftAnswer) -> None:
    """Show a draft claim by claim with citations, then its gate."""
    OUT.print("Stakeholder update" if answer.kind == "update" else "RCA outline", style="bold")
    for claim in answer.claims:
        cited = f"  [{', '.join(claim.evidence)}]" if claim.evidence else ""
        OUT.print(clean(claim.text).append(cited, style=SOFT))
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
    """Show matches, best first: score, id and title, and below each why it was matched."""
    for match in answers:
        line = Text(f"{match.score:.2f}  ").append_text(clean(match.id).append("  "))
        OUT.print(line.append_text(clean(match.title)))
        if match.why:
            OUT.print(Text("      ").append_text(clean("; ".join(match.why))), style=SOFT)
    if not answers:
        OUT.print("No similar document. What is in the index: triage index stats")


def show_redacted(answers: Iterable[RedactAnswer]) -> None:
    """Show redacted artifacts, each under a line that names it; a single one as it is."""
    rest = iter(answers)
    first = list(islice(rest, 2))
    several = len({answer.artifact for answer in first}) > 1
    for answer in chain(first, rest):
        title = Text(f"== {answer.artifact} ").append_text(clean(answer.name))
        if answer.quarantined:
            OUT.print(title.append(f": quarantined, {answer.quarantined}"), style=BAD)
        elif answer.path is not None:
            OUT.print(title.append(f": {answer.path}"))
            OUT.print(_told(answer), style=SOFT)
        elif answer.text is not None:
            if several:
                OUT.print(title, style="bold")
            show_text(answer.text)


def _told(answer: RedactAnswer) -> str:
    kinds = ", ".join(
        f"{kind} {count}" for kind, count in list((answer.replaced or {}).items())[:8]
    )
    late = f"; second look: {answer.second_look} more" if answer.second_look else ""
    by_kind = f" ({kinds})" if kinds else ""
    return f"replaced {sum((answer.replaced or {}).values())} values{by_kind}{late}"


def show_change(answer: ChangeAnswer) -> None:
    """Show changed lines as a diff, then what was replaced in them and who found it."""
    OUT.print(f"{answer.artifact}:{answer.line}", style="bold")
    for line in visible(answer.before).split("\n"):
        OUT.print(Text(f"- {line}", style=BAD))
    for line in answer.after.splitlines():
        OUT.print(Text("+ ", style=GOOD).append_text(clean(line)))
    for span in answer.spans:
        why = f"    {span.placeholder}: {span.action}, {span.detector}, score {span.score:.2f}"
        OUT.print(clean(why), style=SOFT)


def show_outgoing(answers: tuple[OutgoingAnswer, ...], recipient: str) -> None:
    """Show each message that would be sent, whole, under a line that names draft and receiver."""
    if not answers:
        OUT.print(f"Nothing would be sent to {recipient}: the templates write both drafts.")
    for answer in answers:
        where = "stays on this machine" if answer.local else "leaves this machine"
        size = len(answer.content.encode())
        OUT.print(
            f"{answer.draft}, {answer.role}, {size} bytes, to {recipient}: {where}", style="bold"
        )
        if answer.refused is not None:
            OUT.print(Text(f"held back: {answer.refused}", style=BAD))
        show_text(answer.content)


def show_models(answers: tuple[ModelAnswer, ...]) -> None:
    """Show the manifest, a line for each model."""
    for item in answers:
        status = Text(f"{item.status:9}", style=GOOD if item.status == "ready" else BAD)
        details = f"{item.size_bytes / 1e6:.0f} MB, {item.licence}, {item.origin}"
        OUT.print(status.append(f"{item.name} {item.version}").append(f"  {details}", style=SOFT))


def show_doctor(answer: DoctorAnswer) -> None:
    """Show every finding, then what would leave the machine."""
    for item in answer.findings:
        OUT.print(Text("ok   " if item.ok else "MISS ", style=GOOD if item.ok else BAD), end="")
        OUT.print(Text(f"{item.name}: {item.detail}"))
    for line in answer.leaves:
        OUT.print(Text(f"leaves this machine: {line}"))
