"""Lets one writer at a time into an index folder; concurrent upserts would duplicate documents."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def one_writer(uri: str) -> Generator[None]:
    """Wait until no other process writes to the index at `uri`, then hold it.

    Only a folder can be locked: of an object store the caller makes sure that one process writes.
    """
    if "://" in uri:
        yield
        return
    with (Path(uri) / ".writer").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
