"""Holds the rules of the house that linters cannot express."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("redaction", "retrieval", "assistant", "evals", "ui")
MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
)

REVEALERS = {
    "redaction/originals.py",
    "redaction/reimport.py",
    "redaction/labelled.py",
    "redaction/labelled_reports.py",
    "redaction/list_store.py",
    "redaction/preview.py",
    "redaction/redactor.py",
    "redaction/revealing.py",
    "redaction/revising.py",
    "redaction/vault.py",
}
"""The modules of `redaction` that read raw text. A new one is a decision, not an accident."""

NAME_THE_COMMAND = {"ui/cli/privacy.py", "ui/contract.py"}
"""They hold the name of `triage reveal`; what calls `.reveal()` is listed above, without them."""

MINTERS = {"mint", "opening_context"}
MINT_INTERNALS = {"_KEY", "_MintKey", "__new__"}

READS_ENVIRONMENT = {"ui/settings.py"}
SETS_ENVIRONMENT = {
    "assistant/model/litellm_door.py",
    "redaction/detection/language/presidio.py",
    "retrieval/lance.py",
    "retrieval/minilm.py",
    "ui/model_sources.py",
}
"""Doors whose library is configured by a variable that must be set before it is imported."""

HEAVY = {
    "altair",
    "cryptography",
    "huggingface_hub",
    "keyring",
    "lancedb",
    "litellm",
    "numpy",
    "olefile",
    "pandas",
    "presidio_analyzer",
    "pypdfium2",
    "python_calamine",
    "pyarrow",
    "sentence_transformers",
    "spacy",
    "sqlalchemy",
    "streamlit",
    "torch",
    "transformers",
    "xllamacpp",
}
FORBIDDEN_NAMES = {"common", "core", "helper", "helpers", "manager", "util", "utils"}

MAP_LINE = re.compile(r"^[\s|*-]*`?((?:\w+/)+\w+\.py)`?\s*(?:—|\|)\s*(.+?)[\s|]*$")


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text("utf-8"), module)


def first_line(module: str) -> str:
    return (ast.get_docstring(tree(module)) or "").partition("\n")[0]


def readme_map() -> list[tuple[str, str]]:
    readme = (ROOT / "README.md").read_text("utf-8")
    _, begun, rest = readme.partition("<!-- house:begin -->")
    block, ended, _ = rest.partition("<!-- house:end -->")
    assert begun and ended, "README.md has no map between house:begin and house:end"
    return [(match[1], match[2]) for line in block.splitlines() if (match := MAP_LINE.match(line))]


def test_the_map_in_the_readme_repeats_every_modules_first_docstring_line() -> None:
    described = readme_map()
    assert len(dict(described)) == len(described), "the map names a module twice"
    wanted = "\n".join(f"- `{module}` — {first_line(module)}" for module in MODULES)
    assert dict(described) == {module: first_line(module) for module in MODULES}, (
        f"the map in README.md should say:\n{wanted}"
    )


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_its_one_job_in_one_sentence(module: str) -> None:
    assert re.fullmatch(r"[A-Z`].*[.]", first_line(module)), first_line(module)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_stays_under_400_lines_and_has_a_telling_name(module: str) -> None:
    assert len((ROOT / module).read_text("utf-8").splitlines()) <= 400
    assert not FORBIDDEN_NAMES & set(module.removesuffix(".py").split("/"))


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_typed_and_exports_only_what_it_has(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()
    root = import_module(package)
    exported: list[str] = getattr(root, "__all__", [])
    assert [name for name in exported if not hasattr(root, name)] == []


def attributes(module: str, name: str) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Attribute) and node.attr == name:
            yield node


def test_raw_text_is_revealed_in_the_listed_modules_of_redaction_only() -> None:
    callers = {module for module in MODULES if any(attributes(module, "reveal"))}
    assert callers == REVEALERS
    assert all(module.startswith("redaction/") for module in REVEALERS)


def named(module: str) -> set[str]:
    """Every identifier of a module: names, attributes, imported names and quoted ones."""
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                found.add(name)
            case ast.Constant(value=str(text)):
                found.add(text)
            case _:
                pass
    return found


def reached(module: str) -> set[str]:
    """Every name that a module takes from elsewhere: imported ones and attributes."""
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        match node:
            case ast.Attribute(attr=name) | ast.alias(name=name):
                found.add(name)
            case _:
                pass
    return found


def test_unredacted_texts_are_measured_by_one_command_and_in_memory_only() -> None:
    allowed = {
        "as_they_are": {"redaction/__init__.py", "ui/retrieval_evaluation.py"},
        "MeasuringGate": {"redaction/__init__.py", "ui/wiring.py"},
        "memory_index": {"ui/retrieval_evaluation.py"},
    }
    for name, modules in allowed.items():
        assert {module for module in MODULES if name in reached(module)} == modules, name


@pytest.mark.parametrize("module", MODULES)
def test_redacted_text_is_minted_inside_redaction_only(module: str) -> None:
    if not module.startswith("redaction/"):
        readers = set[str]() if module in NAME_THE_COMMAND else {"reveal"}
        assert not named(module) & (MINTERS | readers)
    if module != "redaction/text.py":
        assert not reached(module) & MINT_INTERNALS


def test_no_package_exports_a_way_to_mint() -> None:
    for package in PACKAGES:
        assert not set(getattr(import_module(package), "__all__", ())) & (MINTERS | MINT_INTERNALS)


def environment_uses(module: str) -> Iterator[str]:
    """Yield "set" where variables are assigned, and "read" for any other use."""
    parents = {
        child: node for node in ast.walk(tree(module)) for child in ast.iter_child_nodes(node)
    }
    for node in parents:
        match node:
            case ast.Attribute(value=ast.Name(id="os"), attr="environ" | "environb"):
                yield "set" if is_assignment(parents, node) else "read"
            case ast.Attribute(value=ast.Name(id="os"), attr="getenv" | "getenvb" | "putenv"):
                yield "read"
            case ast.ImportFrom(module="os", names=names) if any(
                alias.name in {"environ", "environb", "getenv", "putenv"} for alias in names
            ):
                yield "read"
            case _:
                pass


def is_assignment(parents: dict[ast.AST, ast.AST], environ: ast.AST) -> bool:
    match parents[environ]:
        case ast.Subscript(ctx=ast.Store()) | ast.Attribute(attr="setdefault" | "update"):
            return True
        case _:
            return False


@pytest.mark.parametrize("module", MODULES)
def test_the_environment_is_read_by_the_settings_and_set_by_doors_only(module: str) -> None:
    uses = set(environment_uses(module))
    assert "read" not in uses or module in READS_ENVIRONMENT
    assert "set" not in uses or module in SETS_ENVIRONMENT


def test_the_command_line_loads_no_heavy_library() -> None:
    program = "import sys, ui.cli; print(*sys.modules, sep='\\n')"
    outcome = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in outcome.stdout.split()}
    assert "ui" in loaded
    assert loaded & HEAVY == set()
