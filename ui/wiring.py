"""Names the concrete classes: everything of one workspace, each part built when first needed."""

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
from ui.database import Engine, open_database
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
        if not marker.exists():
            identity = secrets.token_hex(8)
            try:
                self.settings.workspace.mkdir(parents=True, exist_ok=True)
                Keyring.create(self._key_file(identity))
                marker.write_text(identity, "ascii")
            except OSError as error:
                raise FolderUnusable(self.settings.workspace, str(error.strerror)) from None
        return Keyring.open(self._key_file(marker.read_text("ascii").strip()))

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
        return CachedModel(model, self.drafts)

    def _local_model(self, file: Path, gate: Gate) -> LiteLlmModel:
        threads = threads_for(os.cpu_count() or 1, os.getloadavg()[0])
        return LiteLlmModel.embedded(LocalModel(file, threads), gate, self.settings.model_timeout)

    @cached_property
    def _detector(self) -> PresidioDetector:
        return PresidioDetector(self.models.path(NER_MODEL))

    @cached_property
    def _engine(self) -> Engine:
        return open_database(self.settings.workspace)

    def _key_file(self, identity: str) -> Path:
        return self.settings.keys / f"{identity}.key"
