"""Keeps the model files: a manifest pins them, and a file that does not match it is refused."""

import fcntl
import hashlib
import shutil
import tomllib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, Literal, Protocol

from ui import receipts

Progress = Callable[[int, int], None]
"""Is called with the bytes written so far and the bytes of the whole model."""

Status = Literal["ready", "missing", "mismatch"]


class ModelError(Exception):
    """Base of what can be wrong with a model.

    ModelError
    ├── UnknownModel      the manifest has no model of that name
    ├── ModelMissing      not fetched yet
    ├── ModelMismatch     a file differs from the manifest: never used
    └── ModelUnavailable  the source could not deliver
    """


class UnknownModel(ModelError):
    """The manifest has no model of that name."""


class ModelMissing(ModelError):
    """The model has not been fetched yet."""


class ModelMismatch(ModelError):
    """A file of the model differs from the manifest, or does not belong to it."""


class ModelUnavailable(ModelError):
    """The source could not deliver the model."""


@dataclass(frozen=True, slots=True)
class Part:
    """A member of a wheel: `package` is an exact requirement (`name==version`)."""

    package: str
    member: str


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file: path inside the model, size in bytes, sha256, and the parts that join to it."""

    path: str
    size: int
    sha256: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """One entry of the manifest; `hub` names its official origin."""

    name: str
    version: str
    role: str
    licence: str
    hub: str
    files: tuple[ModelFile, ...]

    @property
    def size(self) -> int:
        """The bytes of all its files."""
        return sum(file.size for file in self.files)

    @property
    def packages(self) -> tuple[str, ...]:
        """The requirements whose wheels carry it, each once, in order."""
        return tuple(dict.fromkeys(part.package for file in self.files for part in file.parts))

    @property
    def entry(self) -> str:
        """What a loader opens, inside the model's folder: its one file, else the folder itself."""
        return self.files[0].path if len(self.files) == 1 else "."


class Source(Protocol):
    """Where the files of a model come from."""

    def chunks(self, model: Model, file: ModelFile, scratch: Path) -> Iterator[bytes]:
        """Yield the bytes of `file` in order; `scratch` is a folder to download into.

        Raises:
            ModelUnavailable: the file is not to be had.
        """
        ...


def load_manifest() -> tuple[Model, ...]:
    """Read the manifest that ships with the product."""
    return parse_manifest((files("ui") / "models.toml").read_text("utf-8"))


def parse_manifest(text: str) -> tuple[Model, ...]:
    """Read a manifest in TOML.

    Raises:
        ValueError: it is not TOML, or a path would leave the model's folder.
        KeyError: an entry lacks a field.
    """
    return tuple(_model(entry) for entry in tomllib.loads(text)["model"])


def _model(entry: dict[str, Any]) -> Model:
    return Model(
        name=_inside(entry["name"]),
        version=entry["version"],
        role=entry["role"],
        licence=entry["licence"],
        hub=entry["hub"],
        files=tuple(
            ModelFile(_inside(row["path"]), row["size"], row["sha256"], _parts(entry, row["path"]))
            for row in entry["files"]
        ),
    )


def _parts(entry: dict[str, Any], path: str) -> tuple[Part, ...]:
    if "parts" in entry:
        return tuple(Part(row["package"], row["member"]) for row in entry["parts"])
    return (Part(entry["package"], entry["prefix"] + path),)


def _inside(path: str) -> str:
    pure = PurePosixPath(path)
    if pure.is_absolute() or not pure.parts or ".." in pure.parts or "\\" in path:
        raise ValueError(f"manifest path {path!r} leaves the model's folder")
    return path


class ModelStore:
    """A folder of verified models, shared by every checkout of one user.

    Every file is hashed when it is fetched. A receipt keeps the hash beside size, modification
    time and inode, so that a start only looks at those and hashes again what has changed. It
    guards against damage and careless edits, not against somebody who can write the folder.
    """

    def __init__(self, root: Path, models: tuple[Model, ...]) -> None:
        """Keep `models` under `root`, which is created when the first one is fetched."""
        self._root = root
        self.models = models

    def model(self, name: str) -> Model:
        """Look a model up.

        Raises:
            UnknownModel: the manifest does not have it.
        """
        for model in self.models:
            if model.name == name:
                return model
        raise UnknownModel(f"no model {name!r}; the manifest has: {self._names()}")

    def path(self, name: str) -> Path:
        """Return the verified model: a file, or a folder when it has several.

        Raises:
            UnknownModel: the manifest does not have it.
            ModelMissing: it was not fetched.
            ModelMismatch: a file was changed, lost or added.
        """
        model = self.model(name)
        folder = self._root / model.name
        if not folder.is_dir():
            raise ModelMissing(f"model {name} is not here. Run: triage models fetch {name}")
        self._verify(model, folder)
        return folder / model.entry

    def status(self, model: Model) -> Status:
        """Say whether `path` would answer."""
        try:
            self.path(model.name)
        except ModelMissing:
            return "missing"
        except ModelMismatch:
            return "mismatch"
        return "ready"

    def fetch(self, model: Model, source: Source, progress: Progress) -> Path:
        """Bring a model in, unless it is here and intact, and return what `path` returns.

        Files are verified while they are written beside the store's models and appear by one
        rename; on any failure nothing is left behind and an earlier copy stays as it was.

        Raises:
            ModelMismatch: what the source sent differs from the manifest.
            ModelUnavailable: the source could not deliver.
        """
        if self.status(model) == "ready":
            return self.path(model.name)
        with self._lock(model):
            # Somebody else may have fetched it while this process waited for the lock.
            if self.status(model) != "ready":
                self._remove_leftovers(model)
                with TemporaryDirectory(dir=self._root, prefix=f".{model.name}.") as scratch:
                    self._bring(model, source, progress, Path(scratch))
        return self.path(model.name)

    def _bring(self, model: Model, source: Source, progress: Progress, scratch: Path) -> None:
        downloads, new = scratch / "downloads", scratch / "new"
        downloads.mkdir()
        done = 0
        for file in model.files:
            target = new / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            for written in _write(model, file, source.chunks(model, file, downloads), target):
                done += written
                progress(done, model.size)
        marks = {file.path: receipts.mark(new / file.path, file.sha256) for file in model.files}
        receipts.write(self._receipt(model), marks)
        folder = self._root / model.name
        if folder.exists():
            folder.rename(scratch / "old")
        new.rename(folder)

    def _verify(self, model: Model, folder: Path) -> None:
        expected = {file.path for file in model.files}
        present = {
            path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()
        }
        for path in sorted(expected ^ present):
            what = "is lost" if path in expected else "does not belong to it"
            raise _mismatch(model, path, what)
        receipt = receipts.read(self._receipt(model))
        marks = {file.path: receipts.mark(folder / file.path, file.sha256) for file in model.files}
        changed = [file for file in model.files if receipt.get(file.path) != marks[file.path]]
        for file in changed:
            if receipts.sha256_of(folder / file.path) != file.sha256:
                raise _mismatch(model, file.path, "was changed")
        if changed:
            # A read-only store stays usable: its files are then hashed at every start.
            with suppress(OSError):
                receipts.write(self._receipt(model), marks)

    def _receipt(self, model: Model) -> Path:
        return self._root / f"{model.name}.receipt.json"

    def _remove_leftovers(self, model: Model) -> None:
        """Remove what a killed fetch left; the lock proves that nobody still writes there."""
        for folder in self._root.glob(f".{model.name}.*"):
            if folder.is_dir():
                shutil.rmtree(folder)

    @contextmanager
    def _lock(self, model: Model) -> Generator[None]:
        self._root.mkdir(parents=True, exist_ok=True)
        with (self._root / f"{model.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _names(self) -> str:
        return ", ".join(model.name for model in self.models)


def _write(model: Model, file: ModelFile, chunks: Iterator[bytes], target: Path) -> Iterator[int]:
    """Write `chunks`, yielding the size of each, and stop at the first byte too many."""
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as out:
        for chunk in chunks:
            size += len(chunk)
            if size > file.size:
                raise _mismatch(model, file.path, f"is longer than {file.size} bytes")
            digest.update(chunk)
            out.write(chunk)
            yield len(chunk)
    if size < file.size:
        raise _mismatch(model, file.path, f"has {size} of {file.size} bytes")
    if digest.hexdigest() != file.sha256:
        raise _mismatch(model, file.path, "has another sha256 than the manifest")


def _mismatch(model: Model, path: str, what: str) -> ModelMismatch:
    return ModelMismatch(
        f"model {model.name}: file {path} {what}, so the model is refused. "
        f"Fetch it again: triage models fetch {model.name}"
    )
