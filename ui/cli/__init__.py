"""The command `triage`: assembles the commands and ends each with the right exit code."""

import errno
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from importlib.metadata import version
from io import TextIOWrapper
from types import TracebackType
from typing import Annotated, Any, Final, NoReturn, cast

import typer
from typer.core import TyperGroup

from ui.cli import case, evaluation, knowledge, machine, privacy

INTERRUPTED: Final = 130
NOBODY_READS: Final = 141
"""What a shell shows for a program that a closed pipe ended: 128 and the number of SIGPIPE."""


class _Plain(TyperGroup):
    """Tells wrong arguments in words of its own, not in those of a library below it."""

    def invoke(self, ctx: Any) -> object:  # noqa: ANN401 -- its class is private to typer
        """Run the command that the arguments name."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix("Value error, ")
            raise


app = typer.Typer(
    cls=_Plain,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="From a folder of raw case artifacts to a redacted case, precedents, facts and drafts.",
)
for module in (case, evaluation, knowledge, machine, privacy):
    module.register(app)


def main() -> None:
    """Run `triage`; errors a person can act on end with a sentence and a code of their class."""
    # Typer's own call would put its hook, which prints messages, in place of ours.
    command = typer.main.get_command(app)
    sys.excepthook = report_crash
    for stream in _streams():
        # A terminal that cannot show a character of the case shows its number instead.
        stream.reconfigure(errors="backslashreplace")
    try:
        _run(command)
    except OSError as error:
        _end_unwritten(error)
    except SystemExit as end:
        # Both printers end the program themselves when nobody reads on.
        if isinstance(end.__context__, BrokenPipeError):
            _end_unwritten(end.__context__)
        raise


def _run(command: Callable[[], object]) -> None:
    try:
        command()
    except _expected() as error:
        from ui.errors import exit_code

        typer.echo(f"triage: {error}", err=True)
        raise SystemExit(exit_code(error)) from None
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    finally:
        # Now, where it can be told; later it would be an exception that nobody handles.
        for stream in _streams():
            stream.flush()


def _end_unwritten(error: OSError) -> NoReturn:
    """End when what is printed cannot be written; silently when only nobody reads it any more."""
    if error.errno not in (errno.EPIPE, errno.ENOSPC, errno.EDQUOT):
        raise error
    # What is still to be printed must go somewhere when the interpreter ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if error.errno == errno.EPIPE:
        raise SystemExit(NOBODY_READS) from None
    from ui.errors import EXIT_INPUT

    typer.echo(f"triage: the output cannot be written: {error.strerror}", err=True)
    raise SystemExit(EXIT_INPUT) from None


def report_crash(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Show where an unexpected error happened, never its message: it may hold case content."""
    print(f"triage: unexpected {kind.__name__}; please report these places:", file=sys.stderr)
    for frame in traceback.extract_tb(trace):
        print(f"  {frame.filename}:{frame.lineno} in {frame.name}", file=sys.stderr)


def _streams() -> Iterator["TextIOWrapper[Any]"]:
    """Yield standard output and error, unless they are closed or somebody else's."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            yield cast("TextIOWrapper[Any]", stream)


def _expected() -> tuple[type[Exception], ...]:
    """Import the error classes only when an error has to be told apart: `--help` stays light."""
    from ui.errors import EXPECTED

    return EXPECTED


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"casewright {version('casewright')}")
        raise typer.Exit


@app.callback()
def _root(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Accept `--version` before any command."""
