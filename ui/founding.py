"""Gives a workspace its identity and its key, once, whichever command comes first."""

import fcntl
import os
import secrets
from pathlib import Path

from redaction import KeyPlace
from ui.errors import FolderUnusable


def identity_of(workspace: Path, keys: KeyPlace) -> str:
    """Return the identity of a workspace; a new one is made together with its key.

    Raises:
        FolderUnusable: the workspace cannot be made or read.
        KeyUnavailable: the key of a new workspace cannot be kept.
    """
    marker = workspace / "workspace.id"
    try:
        return _identity(marker) or _found(marker, keys)
    except OSError as error:
        raise FolderUnusable(workspace, str(error.strerror)) from None


def _found(marker: Path, keys: KeyPlace) -> str:
    """Found the workspace; of several first commands one wins."""
    marker.parent.mkdir(parents=True, exist_ok=True)
    mine = secrets.token_hex(8)
    keys.create(mine)  # before the marker, which must never lack its key
    try:
        _mark(marker, mine)
    finally:
        settled = _identity(marker)
        if settled != mine:
            keys.discard(mine)
    return settled


def _identity(marker: Path) -> str:
    """Read a workspace's identity; empty when there is none, or a crash left it unwritten."""
    try:
        return marker.read_text("ascii").strip()
    except FileNotFoundError:
        return ""


def _mark(marker: Path, identity: str) -> None:
    """Put the identity in place whole, unless another process was faster."""
    fresh = marker.with_name(f"{identity}.tmp")
    try:
        with fresh.open("w", encoding="ascii") as file:
            file.write(identity)
            file.flush()
            os.fsync(file.fileno())
        try:
            marker.hardlink_to(fresh)
        except FileExistsError:
            _replace_empty(marker, fresh)
    finally:
        fresh.unlink(missing_ok=True)


def _replace_empty(marker: Path, fresh: Path) -> None:
    with marker.open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        # Only the empty file's lock lets anyone replace it: after the wait it may be another.
        if not _identity(marker):
            fresh.replace(marker)
