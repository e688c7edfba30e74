"""Shows a person what was taken in, what is missing, and what to ask next."""

from typing import Final

from rich.table import Table
from rich.text import Text

from assistant import Presence
from redaction import Anchor
from ui.cli.views import BAD, GOOD, OUT, SOFT, clean
from ui.contract_intake import HistoryEntry, IntakeAnswer, NeedAnswer, taken_in

_MARKS: Final[dict[Presence, tuple[str, str]]] = {
    "present": ("yes", GOOD),
    "partial": ("partly", "yellow"),
    "missing": ("no", BAD),
}


def show_intake(answer: IntakeAnswer) -> None:
    """Show the case in short, the checklist, and the questions to ask, the heaviest first."""
    OUT.print(clean(answer.title), style="bold")
    OUT.print(f"case {answer.case_id} · {taken_in(answer)}")
    for item in answer.redaction.quarantined:
        OUT.print(Text("Quarantined ").append_text(clean(f"{item.name}: {item.reason}")), style=BAD)
    people = ", ".join(f"{each.name} ({each.role})" for each in answer.participants)
    facts = ", ".join(f"{each.name} {each.value}" for each in answer.environment)
    links = ", ".join(
        f"{each.kind} {each.title or each.ref}" + (f" ({each.artifact})" if each.artifact else "")
        for each in answer.links
    )
    for label, told in (("People", people), ("Environment", facts), ("Linked", links)):
        if told:
            OUT.print(Text(f"{label}: ", style=SOFT).append_text(clean(told)))
    _history(answer.history)
    OUT.print(f"\nComplete: {answer.completeness:.0%} of what a case of kind {answer.kind} needs")
    OUT.print(_checklist(answer.needs))
    if answer.questions:
        OUT.print("\nAsk next", style="bold")
    for number, question in enumerate(answer.questions, 1):
        OUT.print(Text(f"{number}. ").append_text(clean(question)))


def _history(changes: tuple[HistoryEntry, ...]) -> None:
    """Show how the tickets went on, each change with the file that says so."""
    if not changes:
        return
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for change in changes:
        when = change.utc.strftime("%Y-%m-%d %H:%M UTC") if change.utc else "no time"
        by = f" by {change.by}" if change.by else ""
        told = f"{change.field} {change.before or '(none)'} → {change.after or '(none)'}{by}"
        source = Text.assemble(clean(change.source), f" ({_place(change.at)})", style=SOFT)
        table.add_row(Text(when, style=SOFT), clean(told), source)
    OUT.print(table)


def _checklist(needs: tuple[NeedAnswer, ...]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("there", "what", "weight", "where"):
        table.add_column(name, header_style=SOFT, overflow="fold")
    for need in needs:
        mark, style = _MARKS[need.presence]
        what = need.what + (f" ({need.detail})" if need.detail else "")
        where = ", ".join(_place(at) for at in need.at)
        table.add_row(Text(mark, style=style), clean(what), str(need.weight), clean(where))
    return table


def _place(at: Anchor) -> str:
    return f"{at.artifact}:{at.line}"
