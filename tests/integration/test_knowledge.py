"""Past cases and articles over their life: who sees them, which version, what analysts say."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from retrieval import TooFewExamples
from ui import knowledge, service
from ui.contract_knowledge import ReviewAnswer
from ui.errors import UnknownDocument
from ui.settings import Settings
from ui.wiring import House

pytestmark = pytest.mark.slow

POOL = "Checkout answers 503 because the connection pool is exhausted"
ARTICLES = [
    {
        "id": "KB-1",
        "title": POOL,
        "text": "Raise pool.maxSize. PoolTimeoutException in checkout.",
        "affected_versions": "4.0 - 4.2",
        "fixed_version": "4.3",
        "updated": "2026-01-10",
    },
    {
        "id": "KB-2",
        "title": POOL + " (old)",
        "text": "Restart the pods. PoolTimeoutException in checkout.",
        "superseded_by": "KB-1",
        "updated": "2025-12-01",
    },
    {
        "id": "KB-3",
        "title": "Printer shows garbage on A4 paper",
        "text": "Reset the tray.",
        "review_date": "2025-06-01",
        "updated": "2025-05-01",
    },
    {
        "id": "KB-4",
        "title": "Old fax gateway",
        "text": "Dial nine first.",
        "updated": "2019-02-01",
    },
]
PRIVATE = {
    "id": "C-9",
    "title": POOL,
    "description": "PoolTimeoutException in checkout after the release.",
    "tenant": "heron-4471",
    "visibility": "private",
}
SHARED = {**PRIVATE, "id": "C-8", "visibility": "shared"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, models: object) -> House:
    folder = tmp_path_factory.mktemp("knowledge")
    house = House(Settings(workspace=folder / "workspace", keys=folder / "keys", model="none"))
    add(house, folder, "kb", ARTICLES)
    add(house, folder, "case", [PRIVATE, SHARED])
    return house


def add(house: House, folder: Path, kind: str, records: list[dict[str, str]]) -> Path:
    file = folder / f"{kind}.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    assert kind in ("case", "kb")
    knowledge.index_records(house, file, kind, lambda _: None)
    return file


def ticket(folder: Path, name: str, **more: str) -> str:
    case = folder / name
    case.mkdir()
    told = {
        "title": POOL,
        "status": "open",
        "description": "PoolTimeoutException in checkout since the release.",
        **more,
    }
    (case / "ticket.json").write_text(json.dumps(told))
    return str(case)


def found(house: House, source: str) -> list[str]:
    return [match.document.id for match in service.match_source(house, source, 10)]


def test_a_tenants_own_document_is_found_for_that_tenant_alone(
    house: House, tmp_path: Path
) -> None:
    own = found(house, ticket(tmp_path, "own", tenant="heron-4471"))
    other = found(house, ticket(tmp_path, "other", tenant="plover-1190"))
    nobody = found(house, ticket(tmp_path, "nobody"))

    assert {"C-8", "C-9"} <= set(own)
    assert "C-8" in other
    assert "C-9" not in other + nobody


def test_a_stored_case_keeps_its_tenant(house: House, tmp_path: Path) -> None:
    answer = service.run_case(house, ticket(tmp_path, "stored", tenant="heron-4471"), ())

    assert "C-9" in [match.id for match in answer.matches]
    assert "C-9" in found(house, answer.case_id)


def test_the_version_of_the_case_decides_whether_an_article_applies(
    house: House, tmp_path: Path
) -> None:
    before = reasons(house, ticket(tmp_path, "before", version="4.1"), "KB-1")
    after = reasons(house, ticket(tmp_path, "after", version="4.4"), "KB-1")

    assert any("4.3" in why and "4.1" in why and "applies" in why for why in before)
    assert any("4.3" in why and "4.4" in why for why in after)
    assert before != after


def test_an_article_that_was_superseded_ranks_below_and_says_so(
    house: House, tmp_path: Path
) -> None:
    case = ticket(tmp_path, "case")
    order = [name for name in found(house, case) if name.startswith("KB")]

    assert order.index("KB-1") < order.index("KB-2")
    assert any("superseded by KB-1" in why for why in reasons(house, case, "KB-2"))


def test_what_analysts_say_moves_articles_and_brings_them_up_for_review(
    house: House, tmp_path: Path
) -> None:
    case = ticket(tmp_path, "decided")
    case_id = service.run_case(house, case, ()).case_id
    before = score(house, case, "KB-1")

    knowledge.decide(house, case_id, "KB-1", "resolved")
    assert score(house, case, "KB-1") > before
    assert "KB-1" not in due(knowledge.index_review(house))

    knowledge.decide(house, case_id, "KB-1", "contradicts")
    assert score(house, case, "KB-1") < before
    assert due(knowledge.index_review(house))["KB-1"] == "contradicted"
    assert any("contradicted" in why for why in reasons(house, case, "KB-1"))

    knowledge.decide(house, case_id, "KB-1", None)
    assert score(house, case, "KB-1") == pytest.approx(before)


def test_overdue_superseded_and_stale_articles_come_up_for_review(house: House) -> None:
    answer = knowledge.index_review(house)

    assert answer.articles == len(ARTICLES)
    assert due(answer)["KB-2"] == "superseded"
    assert due(answer)["KB-3"] == "expired"
    assert {item.id: item.stale for item in answer.items}["KB-4"]


def test_a_decision_on_an_unknown_document_is_refused(house: House, tmp_path: Path) -> None:
    case_id = service.run_case(house, ticket(tmp_path, "unknown"), ()).case_id

    with pytest.raises(UnknownDocument, match="KB-404"):
        knowledge.decide(house, case_id, "KB-404", "accept")


def test_too_few_decisions_teach_nothing(house: House) -> None:
    with pytest.raises(TooFewExamples):
        knowledge.adapt(house, None, silent)

    assert house.rankers.serving() is None


def test_records_that_are_there_already_are_not_redacted_again(
    house: House, tmp_path: Path
) -> None:
    file = add(house, tmp_path, "kb", ARTICLES)

    again = knowledge.index_records(house, file, "kb", lambda _: None)

    assert (again.added, again.unchanged, again.refused) == (0, len(ARTICLES), ())


def silent(_title: str, _total: int) -> AbstractContextManager[Callable[[int], None]]:
    return nullcontext(lambda _done: None)


def reasons(house: House, source: str, name: str) -> tuple[str, ...]:
    matches = service.match_source(house, source, 10)
    return next(tuple(match.why) for match in matches if match.document.id == name)


def score(house: House, source: str, name: str) -> float:
    matches = service.match_source(house, source, 10)
    return next(match.score for match in matches if match.document.id == name)


def due(answer: ReviewAnswer) -> dict[str, str]:
    return {item.id: item.standing for item in answer.items}
