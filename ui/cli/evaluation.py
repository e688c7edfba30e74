"""Commands that measure: how well redaction does on texts that people have labelled."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from ui.cli.options import Json, Policy, Verbose, Workspace, nameable, open_house
from ui.cli.progress import bar, steps

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
