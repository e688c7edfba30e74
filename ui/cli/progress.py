"""Shows on standard error what a long command is doing."""

import time
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

ERRORS = Console(stderr=True)


def steps(verbose: bool) -> Callable[[str], AbstractContextManager[object]]:
    """Return a context manager per step: a spinner, and with `verbose` a line with its seconds."""

    @contextmanager
    def step(title: str) -> Generator[None]:
        with timed(title, verbose), ERRORS.status(title):
            yield

    return step


@contextmanager
def timed(title: str, verbose: bool) -> Generator[None]:
    """With `verbose`, end a step with a line that says how many seconds it took."""
    began = time.monotonic()
    yield
    if verbose:
        ERRORS.print(f"{title}: {time.monotonic() - began:.1f} s", highlight=False)


@contextmanager
def counter(title: str, verbose: bool) -> Generator[Callable[[int], None]]:
    """Show a growing count of documents, and with `verbose` a line with the seconds it took."""
    with timed(title, verbose), ERRORS.status(title) as status:
        yield lambda done: status.update(f"{title}: {done}")


@contextmanager
def download(title: str, verbose: bool) -> Generator[Callable[[int, int], None]]:
    """Show a bar of bytes: it is called with the bytes done and the bytes of the whole."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    bars = _progress(*columns, TimeRemainingColumn())
    with timed(title, verbose), bars as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _progress(*columns: ProgressColumn) -> Progress:
    """Make bars that leave nothing behind; in a file they would leave empty lines."""
    return Progress(*columns, console=ERRORS, transient=True, disable=not ERRORS.is_terminal)


def reading(verbose: bool) -> Callable[[str], AbstractContextManager[Callable[[int, int], None]]]:
    """Return a context manager per job: a bar of its share, its rate and the time left."""

    @contextmanager
    def job(title: str) -> Generator[Callable[[int, int], None]]:
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
        bars = _progress(*columns, TransferSpeedColumn(), TimeRemainingColumn())
        with timed(title, verbose), bars as shown:
            task = shown.add_task(title, total=None)
            yield lambda done, total: shown.update(task, completed=done, total=total)

    return job


@contextmanager
def bar(title: str, total: int, verbose: bool) -> Generator[Callable[[int], None]]:
    """Show a bar of `total` things with the time left: it is called with the number done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    bars = _progress(*columns, TimeRemainingColumn())
    with timed(title, verbose), bars as shown:
        task = shown.add_task(title, total=total)
        yield lambda done: shown.update(task, completed=done)


def bars(verbose: bool) -> Callable[[str, int], AbstractContextManager[Callable[[int], None]]]:
    """Return what shows a bar for each job of several."""
    return lambda title, total: bar(title, total, verbose)
