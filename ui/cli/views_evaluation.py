"""Shows measures to a person as tables."""

from collections.abc import Mapping

from rich.table import Table

from evals import SEARCH_MEASURES, Measured, Overall, TypeRecall
from ui.cli.views import OUT, SOFT, clean
from ui.contract import RedactionEvalAnswer
from ui.contract_retrieval import RetrievalEvalAnswer, SearchFigures


def show_redaction_eval(answer: RedactionEvalAnswer) -> None:
    """Show recall per type and over all, precision and F2, each redaction a column."""
    ours = Measured(answer.overall, answer.types)
    columns = {f"casewright ({answer.policy})": ours, **answer.baseline}
    OUT.print(clean(f"{answer.file}: {answer.records} texts"), style="bold")
    if answer.withheld:
        OUT.print(f"{answer.withheld} texts withheld: they could not be verified")
    OUT.print(_table(columns))
    OUT.print("A span counts when every character of it is gone. Intervals: 95 %.", style=SOFT)


def _table(columns: Mapping[str, Measured]) -> Table:
    table = Table("recall", "spans", *columns, box=None, pad_edge=False, header_style=SOFT)
    table.columns[1].justify = "right"
    first = next(iter(columns.values()))
    for kind, recall in first.types.items():
        # A file's own type names are text of the file.
        table.add_row(
            clean(kind), str(recall.n), *(_recall(m.types[kind]) for m in columns.values())
        )
    table.add_section()
    spans = str(sum(recall.n for recall in first.types.values()))
    for title in ("all", "precision", "F2"):
        shown = (_overall(title, measured.overall) for measured in columns.values())
        table.add_row(title, spans if title == "all" else "", *shown)
    return table


def _recall(recall: TypeRecall) -> str:
    return _share(recall.recall, recall.low, recall.high)


def _overall(title: str, overall: Overall) -> str:
    match title:
        case "all":
            return _share(overall.recall, overall.low, overall.high)
        case "precision":
            return _share(overall.precision, overall.precision_low, overall.precision_high)
        case _:
            return _share(overall.f2, overall.f2_low, overall.f2_high)


def _share(value: float | None, low: float | None, high: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if low is None or high is None else f"{value:.3f} ({low:.3f}-{high:.3f})"


def show_retrieval_eval(answer: RetrievalEvalAnswer) -> None:
    """Show each search as a row: its measures with their intervals, and how much better ours is."""
    asked = f"{answer.reports} reports, {answer.queries} queries, policy {answer.policy}"
    OUT.print(clean(f"{answer.file}: {asked}"), style="bold")
    table = Table("search", *SEARCH_MEASURES, "ours ÷", box=None, pad_edge=False, header_style=SOFT)
    ours = "casewright" if answer.adapted is None else "casewright, adapted"
    table.add_row(ours, *_measures(answer), "", style="bold")
    if answer.untrained is not None:
        table.add_row(
            "casewright, untrained", *_measures(answer.untrained), _ratio(answer.untrained)
        )
    for name, figures in answer.baselines.items():
        table.add_row(clean(name), *_measures(figures), _ratio(figures))
    if answer.loss is not None:
        table.add_row("casewright, unredacted texts", *_measures(answer.loss.before), "")
    OUT.print(table)
    if answer.adapted is False:
        OUT.print("The trained ranker is no better on later reports: it would not be kept.")
    if answer.loss is not None:
        lost = answer.loss
        told = f"Redaction costs {lost.share:.1%} of MAP ({lost.low:.1%} to {lost.high:.1%})."
        OUT.print(told)
    OUT.print(
        "Intervals: 95 %, over duplicate groups. ours ÷: our MAP over this one's.", style=SOFT
    )


def _measures(figures: SearchFigures) -> list[str]:
    values = (
        figures.recall_1, figures.recall_5, figures.recall_10, figures.recall_20, figures.mrr,
        figures.map,
    )  # fmt: skip
    return [
        _share(value, *figures.intervals[name])
        for name, value in zip(SEARCH_MEASURES, values, strict=True)
    ]


def _ratio(figures: SearchFigures) -> str:
    if figures.map_ratio is None:
        return ""
    return "{:.2f} ({:.2f}-{:.2f})".format(*figures.map_ratio)
