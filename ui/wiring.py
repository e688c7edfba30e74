"""Names the concrete classes: everything of one workspace, each part built when first needed."""

import hashlib
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
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
    POLICY_FILE,
    CaseStore,
    Detector,
    EventKind,
    Finding,
    Gate,
    GivenKey,
    KeyFiles,
    KeyPlace,
    Keyring,
    KeyUnavailable,
    LedgerGate,
    LedgerStore,
    ListStore,
    MeasuringGate,
    OsKeyring,
    OutboundGate,
    Policy,
    PooledDetector,
    PresidioDetector,
    RedactedText,
    Redactor,
    Seal,
    fits,
    noted_head,
    plain_presidio,
    policy_from,
    record_ref,
    start_worker,
)
from retrieval import (
    DecisionStore,
    Index,
    Links,
    MiniLmEmbedder,
    RankerStore,
    erase_documents,
    load,
)
from ui.database import Engine, compact, open_database, truncate_log
from ui.errors import FolderUnusable, NoWorkspace
from ui.founding import identity_of
from ui.models import Model, ModelStore, load_manifest
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
    def is_founded(self) -> bool:
        """Whether this is a workspace already, with a key; asking creates nothing."""
        return (self.settings.workspace / "workspace.id").is_file()

    def require_founded(self) -> None:
        """Refuse to look into a folder in which nothing was ever stored.

        Raises:
            NoWorkspace: it is no workspace.
        """
        if not self.is_founded:
            raise NoWorkspace(self.settings.workspace)

    @property
    def has_index(self) -> bool:
        """Whether a document was ever added to the index; asking creates nothing."""
        return self.index_folder.is_dir() and any(self.index_folder.iterdir())

    @property
    def index_folder(self) -> Path:
        """Where the index lies, or will."""
        return self.settings.workspace / "index"

    @cached_property
    def models(self) -> ModelStore:
        """The fetched models."""
        return ModelStore(self.settings.models, load_manifest())

    @cached_property
    def keyring(self) -> Keyring:
        """The workspace's keys; a new workspace gets one, outside it."""
        keyring = Keyring(self._key_place.read(self._identity))
        if not fits(self._head, keyring):
            raise KeyUnavailable(
                f"the workspace key does not fit {self._head}: it is the key of another workspace, "
                "or the file was changed. Nothing is read or written."
            )
        return keyring

    @cached_property
    def policy(self) -> Policy:
        """The policy in force: a profile, the workspace's file and its lists; creates nothing."""
        settings, file = self.settings, self.settings.workspace / POLICY_FILE
        chosen = settings.policy if "policy" in settings.model_fields_set else None
        try:
            said = file.read_text("utf-8") if file.is_file() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise FolderUnusable(file, type(error).__name__) from None
        policy = policy_from(said, chosen)
        return replace(policy, lists=self.lists.load()) if self.has_cases else policy

    @cached_property
    def lists(self) -> ListStore:
        """What people have added by hand: always redact, never redact."""
        return ListStore(self.engine, self.keyring)

    def renew_policy(self) -> None:
        """Read the policy again when it is next needed: its lists were changed."""
        for part in ("policy", "redactor", "passing_redactor", "gate", "index", "ledger"):
            self.__dict__.pop(part, None)

    @cached_property
    def book(self) -> LedgerStore:
        """The ledger as it is, to look at."""
        return LedgerStore(self.engine, self.keyring, self._head)

    @property
    def noted_entries(self) -> int:
        """How many entries the ledger had when one was last noted outside the workspace."""
        head = noted_head(self._head, self.keyring)
        return head.number if head else 0

    @cached_property
    def ledger(self) -> LedgerStore:
        """The ledger to write to: the policy in force is in it before anything leaves under it."""
        book, fingerprint = self.book, self.policy.fingerprint
        noted = book.last("policy")
        if noted is None or noted.hash != self.keyring.fingerprint(fingerprint):
            book.append("policy", subject=self.policy.name, text=fingerprint)
        return book

    def recorded(self, gate: Gate, event: EventKind, destination: str, case: str = "") -> Gate:
        """Return the gate for text that leaves: what it lets out is in the ledger first."""
        return LedgerGate(gate, self.ledger, event, destination, case)

    @cached_property
    def redactor(self) -> Redactor:
        """The only maker of redacted cases."""
        return Redactor(self._detector, self.policy, self.keyring, self.settings.zone)

    @cached_property
    def passing_redactor(self) -> Redactor:
        """A redactor for output that is not stored: its key is gone with the process."""
        return Redactor(
            self._detector, self.policy, Keyring(secrets.token_bytes(32)), self.settings.zone
        )

    @cached_property
    def gate(self) -> OutboundGate:
        """The gate for text that belongs to no case."""
        return OutboundGate(self._detector, self.policy)

    @property
    def embedding_model(self) -> Model:
        """What the manifest pins of the model that embeds."""
        return self.models.model(EMBEDDING_MODEL)

    @cached_property
    def index(self) -> Index:
        """Past cases and articles."""
        embedder = MiniLmEmbedder(self.models.path(EMBEDDING_MODEL))
        trained = self.rankers.serving()
        return Index(
            str(self.index_folder),
            embedder,
            self.gate,
            self.keyring.seal,
            ranker=load(trained.text.encode()) if trained else None,
            leaving=self._indexing,
            usage=self.decisions,
            links=self.decisions,
        )

    @cached_property
    def decisions(self) -> DecisionStore:
        """What analysts said of matches."""
        return DecisionStore(self.engine)

    @cached_property
    def rankers(self) -> RankerStore:
        """The trained rankers."""
        return RankerStore(self.engine, self.keyring.seal)

    def judgements(self) -> tuple[str, str]:
        """Tell the state of what else orders matches: decisions, and the ranker that serves."""
        return self.decisions.state(), self.rankers.state()

    def evaluation_index(self, file: Path, limit: int | None, links: Links | None = None) -> Index:
        """An index of labelled reports alone, kept below `runs/`: the same file finds it again."""
        with file.open("rb") as opened:
            content = hashlib.file_digest(opened, "sha256").hexdigest()
        name = self.keyring.fingerprint(f"{content} {limit or ''}")[:16]
        folder = self.settings.workspace / "runs" / f"retrieval-{name}"
        folder.mkdir(parents=True, exist_ok=True)
        embedder = MiniLmEmbedder(self.models.path(EMBEDDING_MODEL))
        return Index(
            str(folder),
            embedder,
            self.gate,
            self.keyring.seal,
            leaving=self._indexing,
            links=links,
        )

    def memory_index(self) -> Index:
        """An index in memory that lets everything through, for labelled texts as they are."""
        embedder = MiniLmEmbedder(self.models.path(EMBEDDING_MODEL))
        return Index("memory://", embedder, MeasuringGate(), Seal(secrets.token_bytes(32)))

    def _indexing(self, texts: Sequence[RedactedText]) -> None:
        """Write a batch into the ledger before it is embedded and indexed."""
        self.ledger.append("index", subject=EMBEDDING_MODEL, text="\0".join(texts), size=len(texts))

    @cached_property
    def cases(self) -> CaseStore:
        """Redacted cases and their vaults."""
        return CaseStore(self.engine, self.keyring)

    @cached_property
    def drafts(self) -> AssistantStore:
        """Facts, drafts and the model's earlier answers."""
        return AssistantStore(self.engine, self.keyring.seal)

    @cached_property
    def scorecards(self) -> ScorecardStore:
        """Scorecards of the drafts."""
        return ScorecardStore(self.engine, self.keyring.seal)

    def forget_drafts(self, case_id: str) -> None:
        """Remove what was made of an earlier redaction, or of other facts, of a case."""
        self.drafts.forget(case_id)
        self.scorecards.forget(case_id)
        for suffix in ("html", "md"):
            (self.reports / f"{case_id}.{suffix}").unlink(missing_ok=True)
        truncate_log(self.engine)

    @property
    def reports(self) -> Path:
        """Where reports are written."""
        return self.settings.workspace / "reports"

    def erase_rows(self, case_id: str) -> tuple[dict[str, int], bool]:
        """Erase a case from the database, the index and the reports, byte for byte.

        Returns how many rows, documents and files there were, and whether the database's files
        hold nothing of them any more. The database comes last: until it is done the case is known,
        and erasing it again goes on where it stopped.
        """
        files = sum((self.reports / f"{case_id}.{end}").is_file() for end in ("html", "md"))
        self.forget_drafts(case_id)
        index = str(self.index_folder)
        names = (case_id, record_ref(case_id, self.keyring)) if self.has_index else ()
        documents = sum(erase_documents(index, name) for name in names)
        rows = self.cases.erase(case_id) + self.decisions.forget(case_id)
        return {"rows": rows, "documents": documents, "reports": files}, compact(self.engine)

    def language_model(self, gate: Gate, case_id: str = "") -> LanguageModel | None:
        """Return the model that phrases a case, or None for templates alone.

        Raises:
            ModelError: the embedded model is not fetched, or is not what the manifest pins.
        """
        match self.settings.model:
            case "none":
                return None
            case "embedded":
                model = self._local_model(self.models.path(LANGUAGE_MODEL), gate, case_id)
            case file if file.endswith(".gguf"):
                model = self._local_model(Path(file), gate, case_id)
            case name:
                timeout = self.settings.model_timeout
                out = self.recorded(gate, "model", name, case_id)
                model = LiteLlmModel(name, out, timeout, api_base=self.settings.api_base)
        return CachedModel(model, self.drafts, gate)

    def _local_model(self, file: Path, gate: Gate, case_id: str) -> LiteLlmModel:
        threads = threads_for(os.cpu_count() or 1, os.getloadavg()[0])
        out = self.recorded(gate, "model", "embedded", case_id)
        return LiteLlmModel.embedded(LocalModel(file, threads), out, self.settings.model_timeout)

    @cached_property
    def plain_presidio(self) -> Callable[[str], list[Finding]]:
        """Presidio as it comes, with the same model: what our redaction is compared with."""
        return plain_presidio(self.models.path(NER_MODEL))

    @cached_property
    def _detector(self) -> Detector:
        folders = [self.models.path(NER_MODEL)]
        return PooledDetector(
            lambda: PresidioDetector(*folders), lambda: start_worker(folders), os.cpu_count() or 1
        )

    @cached_property
    def engine(self) -> Engine:
        """The workspace's database."""
        return open_database(self.settings.workspace)

    @cached_property
    def _identity(self) -> str:
        return identity_of(self.settings.workspace, self._key_place)

    @property
    def _head(self) -> Path:
        """Where the ledger's newest entry is noted: beside the keys, outside the workspace."""
        return self.settings.keys / f"{self._identity}.head"

    @cached_property
    def _key_place(self) -> KeyPlace:
        settings = self.settings
        match settings.key_source:
            case "file":
                return KeyFiles(settings.keys)
            case "environment":
                given = settings.key.get_secret_value() if settings.key else ""
                return GivenKey(given, "CASEWRIGHT_KEY")
            case "keyring":
                return OsKeyring()
