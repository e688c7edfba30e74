"""Commands that measure, on what people have labelled: redaction, and the search for duplicates."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from ui.cli.options import Json, Policy, Verbose, Workspace, nameable, open_house
from ui.cli.progress import bar, bars, steps

measures = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Measures on labelled data."
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(measures, name="eval")


@measures.callback()
def _eval() -> None:
    """Measures on labelled data."""


@measures.command()
def redaction(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.jsonl[.gz]", help="Records `{id, text, spans: [{start, end, type}]}`."
        ),
    ],
    baseline: Annotated[
        Literal["presidio"] | None, typer.Option(help="Measure this on the same texts, too.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first N records.")] = None,
    recall_only: Annotated[
        bool, typer.Option("--recall-only", help="Not everything sensitive is labelled.")
    ] = False,
    policy: Policy = None,
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Redact labelled texts and tell recall per type, character precision and F2 (95 % intervals).

    A span counts when every character of it was replaced; types are not compared by name.
    """
    from ui import contract, evaluation
    from ui.cli import views_evaluation

    house = open_house(workspace, policy=policy)
    with steps(verbose)("Reading labels"):
        total = evaluation.count_labelled(nameable(path), limit)
    with bar("Redacting and measuring", total, verbose) as progress:
        answer = evaluation.evaluate_redaction(
            house,
            path,
            progress,
            baseline=baseline is not None,
            limit=limit,
            recall_only=recall_only,
        )
    if as_json:
        typer.echo(contract.to_json("eval-redaction", answer))
    else:
        views_evaluation.show_redaction_eval(answer)


@measures.command()
def retrieval(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.jsonl[.gz]",
            help="Reports `{id, title, description, created, cluster, …}` of one tracker.",
        ),
    ],
    adapt: Annotated[
        bool,
        typer.Option(
            "--adapt",
            help="Train on the first 60 % of the reports, measure on the last 30 %.",
        ),
    ] = False,
    loss: Annotated[
        bool,
        typer.Option(
            "--loss",
            help="Search the texts unredacted too, in memory: for public or invented reports only.",
        ),
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first N reports.")] = None,
    policy: Policy = None,
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Search each marked duplicate among the reports before it: R@k, MRR, MAP (95 % intervals).

    Beside it, on the same redacted texts: TF-IDF, BM25, vectors alone, BM25 fused with vectors.
    """
    from ui import contract, retrieval_evaluation
    from ui.cli import views_evaluation

    house = open_house(workspace, policy=policy)
    answer = retrieval_evaluation.evaluate_retrieval(
        house, nameable(path), bars(verbose), adapt=adapt, loss=loss, limit=limit
    )
    if as_json:
        typer.echo(contract.to_json("eval-retrieval", answer))
    else:
        views_evaluation.show_retrieval_eval(answer)
