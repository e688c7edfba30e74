import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from assistant import completeness, default_checklist, write_draft
from evals import Score, Scorecard, Searched, count_text, measure, measure_search
from redaction import Entry, Label, Span, compose
from tests.cases_by_hand import checkout
from tests.making import redacted
from ui import contract, contract_privacy
from ui.contract import (
    SCHEMAS,
    schema_of,
    to_json,
)
from ui.contract_intake import intake_answer, redaction_summary
from ui.contract_knowledge import ReviewItem
from ui.contract_retrieval import RetrievalEvalAnswer, RetrievalLoss, search_figures

DOSSIER = checkout()
CARD = Scorecard("fail", (Score("times", 0.5, False, "a time is not in the evidence"),))
DRAFT = contract.draft_answer(
    write_draft("update", DOSSIER, None, ()), DOSSIER.facts, CARD, ("a note",)
)
SPAN = Span(0, 5, "PERSON", "pseudonymise", "<PERSON_1>", "names", 0.9)
MATCH = contract.MatchAnswer("C-1", "case", 0.5, redacted("t"), (redacted("w"),))
RUN = contract.RunAnswer(
    "case-1",
    redacted("t"),
    redaction_summary(DOSSIER.case),
    (MATCH,),
    DOSSIER.facts,
    (DRAFT,),
    "r.html",
    "r.md",
    (),
)
MEASURED = measure([count_text([Label(0, 5, "PERSON")], [(0, 5)]), count_text([], [])])
FIGURES = search_figures(
    measure_search([Searched("a", (1, 4), 2), Searched("b", (), 1)]), (1.5, 1.2, 1.9)
)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
ANSWERS: dict[str, object] = {
    "run": RUN,
    "redact": contract.RedactAnswer("A1", redacted("n"), None, None, None, None, "why"),
    "redact-jsonl": contract.RecordAnswer("1", redacted("<PERSON_1>"), (SPAN,)),
    "match": (MATCH,),
    "draft": DRAFT,
    "intake": intake_answer(
        DOSSIER.case, completeness(DOSSIER.case, default_checklist()), (redacted("Since when?"),)
    ),
    "index-add": contract.IndexAnswer(1, 2, ()),
    "index-stats": contract.IndexStatsAnswer(1, 2, "m", 3, datetime(2026, 1, 1, tzinfo=UTC)),
    "index-remove": contract.RemoveAnswer("C-1", 1),
    "index-review": contract.ReviewAnswer(
        3,
        (ReviewItem("KB-1", redacted("Pools"), "contradicted", True, None, NOON, 1, 0, 2, 1, 0),),
    ),
    "index-tidy": contract.TidyAnswer(1_000, ("m-1",)),
    "index-reembed": contract.ReembedAnswer("m-1", "m-2", 5, 1, ()),
    "decide": contract.DecisionAnswer("case-1", "KB-1", "kb", "accept"),
    "adapt": contract.AdaptAnswer("kept", 60, 30, 0.5, 0.6, 0.01, 0.12),
    "eval-retrieval": RetrievalEvalAnswer(
        **asdict(FIGURES),
        file="f.jsonl",
        policy="default",
        reports=9,
        baselines={"tfidf": FIGURES},
        untrained=FIGURES,
        loss=RetrievalLoss(FIGURES, 0.01, -0.02, 0.03),
    ),
    "eval-redaction": contract.RedactionEvalAnswer(
        "f.jsonl", "default", 2, 0, MEASURED.overall, MEASURED.types, {"presidio": MEASURED}
    ),
    "models-list": (contract.ModelAnswer("m", "1", "MIT", "hub", 1, "ready"),),
    "models-path": contract.ModelPathAnswer("m", "/models/m"),
    "doctor": contract.DoctorAnswer(True, (contract.Finding("n", True, "d"),), ("nothing",)),
    "reveal": contract_privacy.RevealAnswer("case-1", "<PERSON_1>", "PERSON", "Jane Roe", None),
    "release": contract_privacy.ReleaseAnswer("case-1", "A1.log", compose("app.log"), 3, (2,), 4),
    "forget": contract_privacy.ForgetAnswer("case-1", True, {"rows": 3}, True),
    "ledger-show": contract_privacy.LedgerAnswer(
        (Entry(1, datetime(2026, 1, 1, tzinfo=UTC), "key", "uid:0", "", "", "", 0, "00"),)
    ),
    "ledger-verify": contract_privacy.VerifyAnswer(False, 2, 3, "an entry is missing here"),
    "lists-show": contract_privacy.ListsAnswer(
        (contract_privacy.ListedValue("Jane Roe", "PERSON"),), ("x",)
    ),
    "lists-change": contract_privacy.ListChangeAnswer("deny", True),
    "redact-diff": contract_privacy.ChangeAnswer(
        "A1.log", 3, "Jane Roe", redacted("<PERSON_1>"), (SPAN,)
    ),
    "outgoing": contract_privacy.OutgoingAnswer("rca", "m", True, "user", "text", None),
    "policy-show": contract_privacy.PolicyAnswer(
        "default", "00", (contract_privacy.PolicyKind("IP", "drop", "addresses"),), 1, 0
    ),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_an_answer_is_what_its_schema_says(name: str) -> None:
    schema = schema_of(name).json_schema(mode="serialization")
    answer: Any = json.loads(to_json(name, ANSWERS[name]))
    validator: Any = Draft202012Validator(schema)
    validator.validate(answer)
    if name in ("match", "models-list"):
        assert [one["schema_version"] for one in answer] == [contract.SCHEMA_VERSION]
    else:
        assert answer["schema_version"] == contract.SCHEMA_VERSION


def test_the_names_that_other_programs_rely_on_are_there() -> None:
    run = json.loads(to_json("run", RUN))
    assert run.keys() >= {"case_id", "redaction", "matches", "facts", "drafts", "report"}
    assert run["redaction"].keys() >= {"artifacts", "entities", "quarantined"}
    assert run["facts"].keys() >= {
        *("severity", "priority", "state", "cause", "timeline", "impact", "signatures"),
        *("components", "versions", "actions", "hypotheses", "open_questions", "next_steps"),
        *("routing", "evidence"),
    }
    assert run["facts"]["severity"].keys() >= {"level", "clause", "confidence", "reported"}
    assert run["facts"]["cause"].keys() >= {"status", "category", "statement", "evidence"}
    assert run["facts"]["timeline"][0].keys() >= {"utc", "event", "text", "evidence"}
    [draft] = run["drafts"]
    assert draft.keys() >= {"kind", "text", "claims", "evidence", "scorecard"}
    assert draft["claims"][0].keys() >= {"text", "evidence", "status"}
    assert draft["evidence"][0].keys() >= {"id", "artifact", "line", "text"}
    assert draft["scorecard"]["scores"][0].keys() >= {"name", "value", "passed", "reason"}
    record = json.loads(to_json("redact-jsonl", ANSWERS["redact-jsonl"]))
    assert record["spans"][0].keys() == {
        *("start", "end", "type", "action", "placeholder", "detector", "score")
    }


def test_a_draft_carries_exactly_the_evidence_that_its_claims_cite() -> None:
    cited = {item for claim in DRAFT.claims for item in claim.evidence}
    assert {item.id for item in DRAFT.evidence} == cited
