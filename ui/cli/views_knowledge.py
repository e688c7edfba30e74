"""Shows a person what became of the index, of decisions and of training."""

from rich.table import Table
from rich.text import Text

from ui.cli.views import BAD, GOOD, OUT, SOFT, clean
from ui.contract_knowledge import (
    AdaptAnswer,
    DecisionAnswer,
    IndexAnswer,
    IndexStatsAnswer,
    ReembedAnswer,
    RemoveAnswer,
    ReviewAnswer,
    ReviewItem,
    TidyAnswer,
)

_SAID = {
    "accept": "matches",
    "reject": "does not match",
    "resolved": "brought the solution of",
    "contradicts": "is contradicted by",
}


def show_index_add(answer: IndexAnswer) -> None:
    """Show what was added, unchanged and refused."""
    OUT.print(f"added {answer.added}, unchanged {answer.unchanged}, refused {len(answer.refused)}")
    for item in answer.refused:
        places = ", ".join(f"{found.kind} in {found.field}" for found in item.findings)
        OUT.print(Text(f"  refused {item.id}: {places}"), style=BAD)


def show_index_remove(answer: RemoveAnswer) -> None:
    """Show what was removed, or that there was nothing to remove."""
    document = clean(answer.id)
    OUT.print(
        Text("removed ").append_text(document)
        if answer.removed
        else document.append(" is not in the index")
    )


def show_index_stats(answer: IndexStatsAnswer) -> None:
    """Show the size of the index."""
    OUT.print(
        f"{answer.cases} cases, {answer.kb} articles, {answer.size_bytes / 1e6:.1f} MB, "
        f"embedded with {answer.model}"
    )


def show_review(answer: ReviewAnswer) -> None:
    """Show the articles to look at, the doubtful ones first, each with the reason."""
    OUT.print(f"{len(answer.items)} of {answer.articles} articles to look at")
    if not answer.items:
        return
    table = Table("article", "why", "helped", "title", box=None, pad_edge=False, header_style=SOFT)
    for item in answer.items:
        why = Text(", ".join(_why(item)), style=SOFT if item.standing == "current" else BAD)
        table.add_row(clean(item.id), why, str(item.accepted + item.resolved), clean(item.title))
    OUT.print(table)


def _why(item: ReviewItem) -> list[str]:
    told = {
        "contradicted": f"contradicted by {item.contradicted}",
        "expired": f"due {item.review_by:%Y-%m-%d}" if item.review_by else "due",
        "current": "",
    }
    reasons = [told.get(item.standing, item.standing)]
    if item.recurred:
        reasons.append(f"seen on a fixed version by {item.recurred}")
    if item.stale:
        reasons.append(f"untouched since {item.updated:%Y-%m}" if item.updated else "untouched")
    return [reason for reason in reasons if reason]


def show_tidy(answer: TidyAnswer) -> None:
    """Show the size of the index and what was dropped."""
    OUT.print(f"tidy: {answer.size_bytes / 1e6:.1f} MB")
    for model in answer.dropped:
        OUT.print(clean(f"dropped the vectors of {model}"))


def show_reembed(answer: ReembedAnswer) -> None:
    """Show which model serves now."""
    if answer.before == answer.after:
        OUT.print(clean(f"{answer.after} serves already"))
        return
    OUT.print(clean(f"{answer.after} serves now, {answer.before} did before"))
    OUT.print(
        f"{answer.written} documents embedded, {answer.found} were already, "
        f"{len(answer.refused)} refused; the old vectors go with: triage index tidy --drop-old"
    )


def show_decision(answer: DecisionAnswer) -> None:
    """Show what was noted."""
    if answer.verdict is None:
        OUT.print(clean(f"nothing is said of {answer.id} for {answer.case_id} any more"))
    else:
        OUT.print(clean(f"{answer.id} {_SAID[answer.verdict]} {answer.case_id}"))


def show_adapt(answer: AdaptAnswer) -> None:
    """Show whether the trained ranker serves, and the figures that decided it."""
    match answer.outcome:
        case "rolled back":
            OUT.print("the ranker before serves again")
        case "nothing to roll back":
            OUT.print("the untrained ranker serves: there is none before it")
        case _:
            kept = answer.outcome == "kept"
            verdict = "kept: it serves now" if kept else "not kept: it is no better beyond chance"
            OUT.print(Text(verdict, style=GOOD if kept else BAD))
            OUT.print(
                f"MAP {answer.before:.3f} before, {answer.after:.3f} after, on {answer.queries} "
                f"queries later than the {answer.learned_from} it learned from; "
                f"difference {answer.low:+.3f} to {answer.high:+.3f} (95 %)"
            )
