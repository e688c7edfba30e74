"""Lets one writer at a time into an index folder; concurrent upserts would duplicate documents."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from retrieval.errors import RetrievalError


@contextmanager
def one_writer(uri: str) -> Generator[None]:
    """Wait until no other process writes to the index at `uri`, then hold it.

    Only a folder can be locked: of an object store the caller makes sure that one process writes.

    Raises:
        RetrievalError: the folder cannot be written.
    """
    if "://" in uri:
        yield
        return
    with _locked(Path(uri)):
        yield


def _locked(folder: Path) -> IO[str]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = (folder / ".writer").open("w")
        fcntl.flock(held, fcntl.LOCK_EX)
    except OSError as error:
        raise RetrievalError(
            f"the index folder {folder} cannot be written: {error.strerror}. "
            "Make it writable, or give another --workspace."
        ) from None
    return held
