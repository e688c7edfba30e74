"""Shows what a privacy officer asked for: values, entries, lists and policies."""

import typer
from rich.text import Text

from ui.cli.views import BAD, GOOD, OUT, SOFT, clean, visible
from ui.contract_privacy import (
    ForgetAnswer,
    LedgerAnswer,
    ListChangeAnswer,
    ListsAnswer,
    PolicyAnswer,
    ReleaseAnswer,
    RevealAnswer,
    VerifyAnswer,
)

_SHOWN = 12
"""How much of a hash or fingerprint a person compares by eye, in characters."""
_LINES_SHOWN = 40
"""How many numbers of withheld lines are listed; JSON has them all."""


def show_revealed(answer: RevealAnswer) -> None:
    """Show the value alone, so that it can be piped; or that there is none."""
    if answer.value is not None:
        typer.echo(visible(answer.value))
    else:
        OUT.print(
            clean(answer.placeholder).append(
                f" was dropped: no copy of it exists. Fingerprint {answer.fingerprint}"
            )
        )


def show_released(answer: ReleaseAnswer) -> None:
    """Show what came in, and the lines of it that did not."""
    line = Text(f"released {answer.artifact} ").append_text(clean(answer.name))
    OUT.print(line.append(f": {answer.lines} lines, {answer.replaced} places redacted"))
    if answer.withheld:
        numbers = ", ".join(map(str, answer.withheld[:_LINES_SHOWN]))
        more = len(answer.withheld) - _LINES_SHOWN
        rest = f" and {more} more" if more > 0 else ""
        count = f"{len(answer.withheld)} withheld, not verified: line {numbers}{rest}"
        OUT.print(count, style=BAD)


def show_forgotten(answer: ForgetAnswer) -> None:
    """Show what was erased."""
    counted = ", ".join(f"{count} {what}" for what, count in answer.removed.items())
    key = "its key destroyed" if answer.key_destroyed else "its key was destroyed before"
    OUT.print(f"erased {answer.case_id}: {key}; {counted}")
    if not answer.clean:
        OUT.print(
            "Another program reads the database: its log may hold erased rows until that ends.",
            style=BAD,
        )


def show_ledger(answer: LedgerAnswer) -> None:
    """Show entries, a line each."""
    for entry in answer.entries:
        line = Text(f"{entry.number:>6}  {entry.time:%Y-%m-%d %H:%M:%S}  {entry.event:9} ")
        line.append_text(clean(" ".join(filter(None, (entry.case, entry.subject)))))
        details = f"  {entry.size} {entry.hash[:_SHOWN]} {entry.actor}" if entry.hash else ""
        OUT.print(line.append(details, style=SOFT))
    if answer.problem:
        OUT.print(answer.problem, style=BAD)
    elif not answer.entries:
        OUT.print("no entries")


def show_verdict(answer: VerifyAnswer) -> None:
    """Show whether the chain holds, and where it breaks."""
    if answer.ok:
        OUT.print(f"the ledger holds: {answer.entries} entries", style=GOOD)
    else:
        OUT.print(f"the ledger is broken at entry {answer.broken}: {answer.problem}", style=BAD)


def show_lists(answer: ListsAnswer) -> None:
    """Show both lists, a line for each value."""
    for one in answer.deny:
        OUT.print(
            Text("deny   ", style=BAD).append(f"{one.kind:13} ").append_text(clean(one.value))
        )
    for value in answer.allow:
        OUT.print(Text("allow  ", style=GOOD).append(" " * 14).append_text(clean(value)))
    if not (answer.deny or answer.allow):
        OUT.print("both lists are empty")


def show_list_change(answer: ListChangeAnswer) -> None:
    """Show whether anything changed; the value is not repeated."""
    OUT.print(f"{answer.list} list changed" if answer.changed else "nothing changed")


def show_policy(answer: PolicyAnswer) -> None:
    """Show a policy as the table that it is."""
    OUT.print(Text(f"{answer.profile}  ").append(answer.fingerprint, style=SOFT))
    for row in answer.kinds:
        style = {"drop": BAD, "keep": SOFT}.get(row.action, "")
        OUT.print(Text(f"{row.kind:13} ").append(f"{row.action:13} ", style=style).append(row.what))
    OUT.print(f"lists: {answer.deny} values denied, {answer.allow} allowed", style=SOFT)
