"""Makes workspaces with stored cases, written by hand and sealed, without any model."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from assistant import (
    AssistantStore,
    Claim,
    Dossier,
    Draft,
    DraftKind,
    Question,
    compute_facts,
)
from evals import Score, Scorecard, ScorecardStore, ScoreSpan
from redaction import (
    Artifact,
    CaseStore,
    Keyring,
    Quarantined,
    RawArtifact,
    RawCase,
    RawText,
    Redaction,
    Redactor,
    Vault,
    policy_named,
)
from tests.cases_by_hand import checkout, unknown_cause
from tests.fake_detection import ListedNames
from tests.making import redacted
from ui.database import Engine, open_database

HOSTILE = (
    "[click](https://evil.example/a) ![pixel](https://evil.example/p.png) "
    "<img src=https://evil.example/i.png onerror=alert(1)> <script>alert(2)</script> "
    "https://evil.example/b www.evil.example mail@evil.example :red[loud] :material/home: "
    ":streamlit: :smile: $x^2$ $$y$$ `code` **bold** \x1b[31mred\x1b[0m \u202egnp.exe\u202c "
    "[ref]: https://evil.example/c <https://evil.example/d> &lt;b&gt; -> | a | b |"
)
"""Everything that a renderer could take for more than text."""

UNREAD = "unreadable: binary (NUL bytes); ask for a text export"
LONG = 700
"""Lines of the long log: more than two pages."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace folder, the folder of its key, and its database."""

    folder: Path
    keys: Path
    engine: Engine

    def change(self, statement: str) -> None:
        """Tamper with what is stored."""
        with self.engine.begin() as connection:
            connection.execute(text(statement))

    def store(self, dossier: Dossier, facts: bool = True) -> None:
        """Store a case; with `facts` also its dossier, two drafts and their scorecards."""
        keyring = Keyring.open(next(self.keys.glob("*.key")))
        policy = policy_named("default").fingerprint
        dossier = replace(dossier, case=replace(dossier.case, policy=policy))
        vault = Vault((), (), frozenset(), keyring.fingerprint)
        CaseStore(self.engine, keyring).save(Redaction(dossier.case, vault))
        if facts:
            drafts = AssistantStore(self.engine, keyring.seal)
            cards = ScorecardStore(self.engine, keyring.seal)
            drafts.save_dossier(dossier)
            for draft, card in ((_update(), _failing()), (_rca(), _passing())):
                drafts.save_draft(dossier.case.id, draft)
                cards.append(dossier.case.id, draft.kind, card, datetime.now(UTC))

    def redact(self, case_id: str, text: str, *names: str) -> None:
        """Redact a text into a case, finding the given names, and store it with its facts."""
        keyring = Keyring.open(next(self.keys.glob("*.key")))
        artifact = RawArtifact("A1.txt", RawText("notes.txt"), "text/plain", RawText(text))
        raw = RawCase(RawText("case"), (artifact,), ())
        policy = policy_named("default")
        redaction = Redactor(ListedNames(*names), policy, keyring).redact_case(raw, case_id)
        CaseStore(self.engine, keyring).save(redaction)
        drafts = AssistantStore(self.engine, keyring.seal)
        drafts.save_dossier(Dossier(redaction.case, compute_facts(redaction.case, ()), ()))


def make_workspace(folder: Path) -> Workspace:
    """Make an empty workspace with its key beside it."""
    identity = secrets.token_hex(8)
    keys = folder / "keys"
    Keyring.create(keys / f"{identity}.key")
    workspace = folder / "workspace"
    workspace.mkdir()
    engine = open_database(workspace)
    (workspace / "workspace.id").write_text(identity, "ascii")
    return Workspace(workspace, keys, engine)


def rich(case_id: str = "case-1") -> Dossier:
    """The open incident with a long log, a quarantined file and hostile text everywhere."""
    dossier = checkout()
    hostile = redacted(HOSTILE)
    artifacts = tuple(_lengthened(artifact) for artifact in dossier.case.artifacts)
    case = replace(
        dossier.case,
        id=case_id,
        artifacts=(*artifacts, Artifact("A9.txt", hostile, "text/plain", hostile, ())),
        quarantined=(
            Quarantined("A8.bin", hostile, "unreadable: binary (NUL bytes); ask for a text export"),
        ),
    )
    questions = (*dossier.facts.open_questions, Question(hostile, ()))
    evidence = tuple(
        replace(item, line=item.line + 600) if item.artifact == "A2.log" else item
        for item in dossier.facts.evidence
    )
    facts = replace(dossier.facts, open_questions=questions, evidence=evidence)
    return replace(dossier, case=case, facts=facts)


def poor(case_id: str = "case-2") -> Dossier:
    """The poor case."""
    dossier = unknown_cause()
    return replace(dossier, case=replace(dossier.case, id=case_id))


def _lengthened(artifact: Artifact) -> Artifact:
    if artifact.id != "A2.log":
        return artifact
    lines = artifact.text.splitlines()
    filler = [f"2026-03-12 08:00:00,{n:03} INFO tick" for n in range(600)]
    rest = [f"2026-03-12 10:00:00,{n:03} INFO tock" for n in range(LONG - 600 - len(lines))]
    return replace(artifact, text=redacted("\n".join([*filler, *lines, *rest])))


def _update() -> Draft:
    claims = (
        Claim(redacted("Checkout is degraded since 09:04 UTC."), ("E7", "E3"), "fact", "status",
              "template", "supported"),
        Claim(redacted(f"<PERSON_2> wrote: {HOSTILE}"), ("E9",), "hypothesis", "cause", "model",
              "not_checked"),
        Claim(redacted("All orders were recovered."), ("E4",), "fact", "impact", "model",
              "not_supported"),
    )  # fmt: skip
    return _draft("update", claims)


def _rca() -> Draft:
    claim = Claim(redacted("No root cause is established."), (), "unknown", "root_cause",
                  "template", "not_checked")  # fmt: skip
    return _draft("rca", (claim,))


def _draft(kind: DraftKind, claims: Sequence[Claim]) -> Draft:
    return Draft(kind, redacted("\n".join(claim.text for claim in claims)), tuple(claims), "none")


def _failing() -> Scorecard:
    reason = "Claim 3: no evidence shows that orders were recovered."
    return Scorecard(
        "fail",
        (
            Score("length", 1.0, True, "3 sentences."),
            Score("numbers", 0.6667, False, reason, (ScoreSpan(2, 0, 9),)),
            Score("leak", 1.0, True, "No leak."),
        ),
    )


def _passing() -> Scorecard:
    return Scorecard("pass", (Score("sections", 1.0, True, "All sections are there."),))
