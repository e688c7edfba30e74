"""Commands on knowledge: the index of past cases and articles, decisions on them, training."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from ui.cli.options import Json, Verbose, Workspace, nameable, open_house
from ui.cli.progress import bars, counter, steps

index = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="The index of past cases and KB articles."
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(index, name="index")
    app.command()(decide)
    app.command()(adapt)


@index.command()
def add(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH",
            help="Records `{id, …}` as JSON Lines, or an export of tickets or articles.",
        ),
    ],
    kind: Annotated[Literal["case", "kb"], typer.Option(help="What they are.")],
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Redact records and add them; those that are in the index already are replaced."""
    from ui import contract, knowledge
    from ui.cli import views_knowledge as views
    from ui.errors import writing_into

    house = open_house(workspace)
    with writing_into(house.settings.workspace), counter("Redacting and indexing", verbose) as done:
        answer = knowledge.index_records(house, nameable(path), kind, done)
    if as_json:
        typer.echo(contract.to_json("index-add", answer))
    else:
        views.show_index_add(answer)


@index.command()
def stats(workspace: Workspace = None, as_json: Json = False, verbose: Verbose = False) -> None:
    """Count what is in the index."""
    from ui import contract, knowledge
    from ui.cli import views_knowledge as views

    with steps(verbose)("Counting"):
        answer = knowledge.index_stats(open_house(workspace))
    if as_json:
        typer.echo(contract.to_json("index-stats", answer))
    else:
        views.show_index_stats(answer)


@index.command()
def remove(
    document_id: Annotated[str, typer.Argument(metavar="ID")],
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Remove a document from the index."""
    from ui import contract, knowledge
    from ui.cli import views_knowledge as views
    from ui.errors import writing_into

    house = open_house(workspace)
    with writing_into(house.settings.workspace), steps(verbose)("Removing"):
        answer = knowledge.index_remove(house, document_id)
    if as_json:
        typer.echo(contract.to_json("index-remove", answer))
    else:
        views.show_index_remove(answer)


@index.command()
def review(workspace: Workspace = None, as_json: Json = False, verbose: Verbose = False) -> None:
    """List the articles that somebody should look at: doubtful, overdue or long of no use."""
    from ui import contract, knowledge
    from ui.cli import views_knowledge as views

    with steps(verbose)("Looking through the articles"):
        answer = knowledge.index_review(open_house(workspace))
    if as_json:
        typer.echo(contract.to_json("index-review", answer))
    else:
        views.show_review(answer)


@index.command()
def tidy(
    drop_old: Annotated[
        bool, typer.Option("--drop-old", help="Remove the vectors of models that serve no more.")
    ] = False,
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Make searches fast again after many small changes; searches go on meanwhile."""
    from ui import contract, knowledge
    from ui.cli import views_knowledge as views
    from ui.errors import writing_into

    house = open_house(workspace)
    with writing_into(house.settings.workspace), steps(verbose)("Tidying"):
        answer = knowledge.index_tidy(house, drop_old=drop_old)
    if as_json:
        typer.echo(contract.to_json("index-tidy", answer))
    else:
        views.show_tidy(answer)


@index.command()
def reembed(workspace: Workspace = None, as_json: Json = False, verbose: Verbose = False) -> None:
    """Embed all documents with the configured model, beside the old vectors, then switch to it."""
    from ui import contract, knowledge
    from ui.cli import views_knowledge as views
    from ui.errors import writing_into

    house = open_house(workspace)
    with writing_into(house.settings.workspace), counter("Embedding", verbose) as done:
        answer = knowledge.index_reembed(house, done)
    if as_json:
        typer.echo(contract.to_json("index-reembed", answer))
    else:
        views.show_reembed(answer)


def decide(
    case_id: Annotated[str, typer.Argument(metavar="CASE", help="A stored case's id.")],
    document_id: Annotated[str, typer.Argument(metavar="DOCUMENT", help="A document's id.")],
    verdict: Annotated[
        Literal["accept", "reject", "resolved", "contradicts", "withdraw"],
        typer.Argument(
            help="It matches, does not, brought the solution, or the case shows it to be wrong."
        ),
    ],
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Say of a past case or article how it did for a case; matches are ordered by it later."""
    from ui import contract, knowledge
    from ui.cli import views_knowledge as views

    house = open_house(workspace)
    said = None if verdict == "withdraw" else verdict
    with steps(verbose)("Noting"):
        answer = knowledge.decide(house, case_id, document_id, said)
    if as_json:
        typer.echo(contract.to_json("decide", answer))
    else:
        views.show_decision(answer)


def adapt(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE.jsonl[.gz]]",
            help="A tracker's reports with `cluster` or `duplicate_of`; else decisions are used.",
        ),
    ] = None,
    rollback: Annotated[
        bool, typer.Option("--rollback", help="Let the ranker before the serving one serve again.")
    ] = False,
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Train how matches are ordered; the result serves only if it is better on later reports."""
    from ui import contract, knowledge
    from ui.cli import views_knowledge as views

    house = open_house(workspace)
    if rollback:
        answer = knowledge.roll_back(house)
    else:
        answer = knowledge.adapt(house, nameable(path) if path else None, bars(verbose))
    if as_json:
        typer.echo(contract.to_json("adapt", answer))
    else:
        views.show_adapt(answer)
