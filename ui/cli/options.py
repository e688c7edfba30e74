"""The options that commands share, and the house that they open."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

if TYPE_CHECKING:
    from ui.wiring import House

CaseArgument = Annotated[
    str,
    typer.Argument(metavar="CASE", help="A folder, a file or archive, `-`, or a stored case's id."),
]
PathArgument = Annotated[str, typer.Argument(metavar="PATH|-", help="A folder, file or stdin.")]
Workspace = Annotated[
    Path | None, typer.Option("--workspace", help="Folder of index, store and reports.")
]
Model = Annotated[
    str | None,
    typer.Option("--model", help="`embedded`, `none`, a GGUF file, or a litellm model name."),
]
Policy = Annotated[str | None, typer.Option("--policy", help="Redaction policy.")]
Zone = Annotated[
    str | None, typer.Option("--zone", help="Time zone of logs that state none: `Europe/Oslo`.")
]
KeepRaw = Annotated[
    bool,
    typer.Option("--keep-raw", help="Store the files encrypted, to redact them again later."),
]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON on standard output.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Show each step and its seconds.")]


def open_house(
    workspace: Path | None = None,
    model: str | None = None,
    policy: str | None = None,
    zone: str | None = None,
) -> "House":
    """Wire a workspace from the settings and the options given on the command line.

    Raises:
        SettingInvalid: a variable of the environment cannot be used.
    """
    from ui.settings import Settings
    from ui.wiring import House

    given = {"workspace": workspace, "model": model, "policy": policy, "zone": zone}
    chosen = {name: value for name, value in given.items() if value is not None}
    return House(Settings.read(chosen))


def source(argument: str) -> str | BinaryIO:
    """Turn `-` into standard input."""
    if argument == "-":
        return typer.get_binary_stream("stdin")
    return str(nameable(Path(argument)))


def nameable(path: Path) -> Path:
    """Pass on what can be a path here, there or not; a pasted sentence may be too long for one.

    Raises:
        UnknownCase: the system cannot look it up.
    """
    from ui.errors import UnknownCase

    try:
        path.exists()
    except OSError:
        raise UnknownCase from None
    return path
