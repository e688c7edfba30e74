"""Does one thing in a house for a command, and prints the answer: as JSON, or for a person."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from ui.cli.options import open_house
from ui.cli.progress import steps

if TYPE_CHECKING:
    from ui.wiring import House

Answer = TypeVar("Answer")


@contextmanager
def working(
    doing: str, workspace: Path | None, policy: str | None = None, *, verbose: bool
) -> Generator["House"]:
    """Open the house of a workspace and show what is being done there."""
    from ui.errors import writing_into

    house = open_house(workspace, policy=policy)
    with writing_into(house.settings.workspace), steps(verbose)(doing):
        yield house


def tell(name: str, answer: Answer, show: Callable[[Answer], None], *, as_json: bool) -> None:
    """Print an answer as the schema called `name` says, or as `show` does."""
    from ui import contract

    if as_json:
        typer.echo(contract.to_json(name, answer))
    else:
        show(answer)
