"""Examines an installation: what is there, what is missing, and what would leave the machine."""

import platform
from pathlib import Path

from redaction import KeyUnavailable
from ui.contract import (
    DoctorAnswer,
    Finding,
)
from ui.models import Model, ModelStore
from ui.settings import Settings
from ui.wiring import LANGUAGE_MODEL, House

STATUS_ADVICE = {
    "ready": "verified",
    "missing": "missing; run: triage models fetch {name}",
    "mismatch": "differs from the manifest and is refused; run: triage models fetch {name}",
}


def examine(house: House) -> DoctorAnswer:
    """Look at everything the main job needs; nothing is created or changed."""
    findings = (
        Finding("python", True, platform.python_version()),
        *(_model(house.models, model, house.settings) for model in house.models.models),
        _workspace(house.settings.workspace),
        _key(house),
    )
    return DoctorAnswer(all(item.ok for item in findings), findings, _leaving(house.settings))


def _model(store: ModelStore, model: Model, settings: Settings) -> Finding:
    status = store.status(model)
    needed = model.name != LANGUAGE_MODEL or settings.model == "embedded"
    advice = STATUS_ADVICE[status].format(name=model.name)
    return Finding(f"model {model.name}", status == "ready" or not needed, advice)


def _workspace(folder: Path) -> Finding:
    if not folder.exists():
        return Finding("workspace", True, f"{folder} is created by the first run")
    stored = (folder / "casewright.db").exists()
    return Finding("workspace", True, f"{folder}: {'in use' if stored else 'empty'}")


def _key(house: House) -> Finding:
    if not (house.settings.workspace / "workspace.id").exists():
        return Finding("workspace key", True, "is created by the first run")
    try:
        _ = house.keyring
    except KeyUnavailable as error:
        return Finding("workspace key", False, str(error))
    places = {
        "file": f"in {house.settings.keys}, readable by you alone",
        "environment": "from CASEWRIGHT_KEY",
        "keyring": "in the keyring of this system",
    }
    return Finding("workspace key", True, places[house.settings.key_source])


def _leaving(settings: Settings) -> tuple[str, ...]:
    """Say what the configured model would send away."""
    local = settings.model in ("none", "embedded") or settings.model.endswith(".gguf")
    if local:
        return ("nothing: detection, embedding and drafting run on this machine",)
    where = settings.api_base or "the provider's default endpoint"
    return (f"redacted prompts go to {settings.model} at {where}",)
