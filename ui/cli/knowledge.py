"""Commands on the index of past cases and KB articles."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from ui.cli.options import Json, Verbose, Workspace, nameable, open_house
from ui.cli.progress import counter, steps

index = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="The index of past cases and KB articles."
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(index, name="index")


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
    from ui import contract, service
    from ui.cli import views
    from ui.errors import writing_into

    house = open_house(workspace)
    with writing_into(house.settings.workspace), counter("Redacting and indexing", verbose) as done:
        answer = service.index_records(house, nameable(path), kind, done)
    if as_json:
        typer.echo(contract.to_json("index-add", answer))
    else:
        views.show_index_add(answer)


@index.command()
def stats(workspace: Workspace = None, as_json: Json = False, verbose: Verbose = False) -> None:
    """Count what is in the index."""
    from ui import contract, service
    from ui.cli import views

    with steps(verbose)("Counting"):
        answer = service.index_stats(open_house(workspace))
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
    from ui import contract, service
    from ui.cli import views
    from ui.errors import writing_into

    house = open_house(workspace)
    with writing_into(house.settings.workspace), steps(verbose)("Removing"):
        answer = service.index_remove(house, document_id)
    if as_json:
        typer.echo(contract.to_json("index-remove", answer))
    else:
        views.show_index_remove(answer)
