"""Remembers which model files were hashed, so that a start hashes again only what has changed."""

import hashlib
import os
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

Mark = tuple[str, int, int, int]
"""sha256, size in bytes, modification time in ns, inode."""

Receipt = dict[str, Mark]
"""The mark of each file, by its path inside the model."""

_RECEIPT = TypeAdapter(Receipt)


def mark(path: Path, sha256: str) -> Mark:
    """Say how a file that is known to have `sha256` looks from outside."""
    status = path.lstat()
    return (sha256, status.st_size, status.st_mtime_ns, status.st_ino)


def read(path: Path) -> Receipt:
    """Read a receipt; one that is lost or broken is empty and costs a hash of every file."""
    try:
        return _RECEIPT.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return {}


def write(path: Path, receipt: Receipt) -> None:
    """Replace a receipt at once.

    Raises:
        OSError: its folder cannot be written.
    """
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.write_bytes(_RECEIPT.dump_json(receipt, indent=1))
    new.replace(path)


def sha256_of(path: Path) -> str | None:
    """Hash a regular file; None for a link or device, which can change behind its receipt."""
    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
