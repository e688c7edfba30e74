"""Names the concrete classes: everything of one workspace, each part built when first needed."""

import fcntl
import os
import secrets
from functools import cached_property
from pathlib import Path

from assistant import (
    AssistantStore,
    CachedModel,
    LanguageModel,
    LiteLlmModel,
    LocalModel,
    threads_for,
)
from evals import ScorecardStore
from redaction import (
    CaseStore,
    Gate,
    Keyring,
    OutboundGate,
    PresidioDetector,
    Redactor,
    policy_named,
)
from retrieval import Index, MiniLmEmbedder
from ui.database import Engine, open_database, truncate_log
from ui.errors import FolderUnusable
from ui.models import ModelStore, load_manifest
from ui.settings import Settings

NER_MODEL = "spacy-en-core-web-md"
EMBEDDING_MODEL = "all-minilm-l6-v2"
LANGUAGE_MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m"


class House:
    """The parts of one workspace, wired by its settings."""

    def __init__(self, settings: Settings) -> None:
        """Remember the settings; nothing is loaded or created yet."""
        self.settings = settings

    @property
    def has_cases(self) -> bool:
        """Whether a case was ever stored; asking creates nothing."""
        return (self.settings.workspace / "casewright.db").is_file()

    @property
    def has_index(self) -> bool:
        """Whether a document was ever added to the index; asking creates nothing."""
        index = self.settings.workspace / "index"
        return index.is_dir() and any(index.iterdir())

    @cached_property
    def models(self) -> ModelStore:
        """The fetched models."""
        return ModelStore(self.settings.models, load_manifest())

    @cached_property
    def keyring(self) -> Keyring:
        """The workspace's key, created with the workspace and kept outside it."""
        marker = self.settings.workspace / "workspace.id"
        try:
            identity = _identity(marker) or self._found(marker)
        except OSError as error:
            raise FolderUnusable(self.settings.workspace, str(error.strerror)) from None
        return Keyring.open(self._key_file(identity))

    @cached_property
    def redactor(self) -> Redactor:
        """The only maker of redacted cases."""
        return Redactor(self._detector, policy_named(self.settings.policy), self.keyring)

    @cached_property
    def passing_redactor(self) -> Redactor:
        """A redactor for output that is not stored: its key is gone with the process."""
        policy = policy_named(self.settings.policy)
        return Redactor(self._detector, policy, Keyring(secrets.token_bytes(32)))

    @cached_property
    def gate(self) -> OutboundGate:
        """The gate for text that belongs to no case."""
        return OutboundGate(self._detector, policy_named(self.settings.policy))

    @cached_property
    def index(self) -> Index:
        """Past cases and articles."""
        embedder = MiniLmEmbedder(self.models.path(EMBEDDING_MODEL))
        uri = str(self.settings.workspace / "index")
        return Index(uri, embedder, self.gate, self.keyring.seal)

    @cached_property
    def cases(self) -> CaseStore:
        """Redacted cases and their vaults."""
        return CaseStore(self._engine, self.keyring)

    @cached_property
    def drafts(self) -> AssistantStore:
        """Facts, drafts and the model's earlier answers."""
        return AssistantStore(self._engine, self.keyring.seal)

    @cached_property
    def scorecards(self) -> ScorecardStore:
        """Scorecards of the drafts."""
        return ScorecardStore(self._engine, self.keyring.seal)

    def forget_drafts(self, case_id: str) -> None:
        """Remove what was made of an earlier redaction, or of other facts, of a case."""
        self.drafts.forget(case_id)
        self.scorecards.forget(case_id)
        for suffix in ("html", "md"):
            (self.reports / f"{case_id}.{suffix}").unlink(missing_ok=True)
        truncate_log(self._engine)

    @property
    def reports(self) -> Path:
        """Where reports are written."""
        return self.settings.workspace / "reports"

    def language_model(self, gate: Gate) -> LanguageModel | None:
        """Return the model that phrases, or None for templates alone.

        Raises:
            ModelError: the embedded model is not fetched, or is not what the manifest pins.
        """
        match self.settings.model:
            case "none":
                return None
            case "embedded":
                model = self._local_model(self.models.path(LANGUAGE_MODEL), gate)
            case file if file.endswith(".gguf"):
                model = self._local_model(Path(file), gate)
            case name:
                timeout = self.settings.model_timeout
                model = LiteLlmModel(name, gate, timeout, api_base=self.settings.api_base)
        return CachedModel(model, self.drafts, gate)

    def _local_model(self, file: Path, gate: Gate) -> LiteLlmModel:
        threads = threads_for(os.cpu_count() or 1, os.getloadavg()[0])
        return LiteLlmModel.embedded(LocalModel(file, threads), gate, self.settings.model_timeout)

    @cached_property
    def _detector(self) -> PresidioDetector:
        return PresidioDetector(self.models.path(NER_MODEL))

    @cached_property
    def _engine(self) -> Engine:
        return open_database(self.settings.workspace)

    def _found(self, marker: Path) -> str:
        """Give the workspace a key and an identity; of several first commands one wins."""
        marker.parent.mkdir(parents=True, exist_ok=True)
        mine = secrets.token_hex(8)
        Keyring.create(self._key_file(mine))  # before the marker, which must never lack its key
        try:
            _mark(marker, mine)
        finally:
            settled = _identity(marker)
            if settled != mine:
                self._key_file(mine).unlink(missing_ok=True)
        return settled

    def _key_file(self, identity: str) -> Path:
        return self.settings.keys / f"{identity}.key"


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
