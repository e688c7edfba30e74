"""Measures hybrid matching beside words alone and vectors alone on real duplicate reports.

Run `python tests/bench/bench_retrieval.py [NAME …]`; it prints figures as JSON. Time-aware: a
report is searched among the reports created before it; a hit is any report of its duplicate group.
In reports whose text names their duplicate, ids are masked.
"""

import argparse
import gzip
import json
import re
import statistics
import sys
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from redaction import RedactedText, Seal, read_time  # noqa: E402
from retrieval import Document, Embedder, Index, MiniLmEmbedder, Weights, text_query  # noqa: E402
from retrieval.documents import embedded_text  # noqa: E402
from retrieval.query import Query  # noqa: E402
from tests.making import redacted  # noqa: E402

DATA = ROOT.parent / "shared" / "data" / "duplicates"
MODEL = Path.home() / ".cache" / "casewright" / "models" / "all-minilm-l6-v2"
NAMES = ("hadoop_gitbugs", "titanium_small_jira")
IDS = re.compile(r"\b[A-Z][A-Z0-9]+-\d+\b|\b\d{4,}\b")
DEPTH = 100
SYSTEMS = {
    "words": Weights(lexical=1.0, cosine=0.0, decay=0.0, signature=0.0, component=0.0, product=0.0),
    "vectors": Weights(
        lexical=0.0, cosine=1.0, decay=0.0, signature=0.0, component=0.0, product=0.0
    ),
    "linear": Weights(decay=0.0, signature=0.0, component=0.0, product=0.0),
    "hybrid": Weights(),
}


class OpenGate:
    """Lets everything through: these texts are public and never leave the bench."""

    def check(self, text: RedactedText) -> None:
        """Refuse nothing."""

    def admit(self, text: str) -> RedactedText:
        return redacted(text)


def load(name: str) -> list[dict[str, Any]]:
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def as_document(report: dict[str, Any]) -> Document:
    empty = redacted("")
    return Document(
        id=report["id"],
        kind="case",
        title=_text(report, "title"),
        text=_text(report, "description"),
        created=read_time(report["created"]),
        updated=None,
        product=_text(report, "product"),
        component=_text(report, "component", "components"),
        version=_text(report, "version", "versions"),
        fixed_version=empty,
        status=empty,
        resolution=empty,
        root_cause=empty,
        workaround=empty,
        applies_to=empty,
        superseded_by=empty,
        tenant="",
    )


def as_query(document: Document) -> Query:
    query = text_query(embedded_text(document))
    return replace(
        query, product=document.product, component=document.component, time=document.created
    )


def measure(name: str, embedder: Embedder, systems: dict[str, Weights]) -> dict[str, Any]:
    reports = load(name)
    documents = {report["id"]: as_document(report) for report in reports}
    groups: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        if report.get("cluster"):
            groups[report["cluster"]].add(report["id"])
    queries = [
        (documents[report["id"]], groups[report["cluster"]])
        for report in reports
        if report.get("query")
    ]
    with TemporaryDirectory() as folder:
        index = _index(folder, embedder, Weights())
        started = time.perf_counter()
        index.add(documents.values())
        figures: dict[str, Any] = {
            "reports": len(reports),
            "queries": len(queries),
            "seconds to add": round(time.perf_counter() - started, 1),
        }
        started = time.perf_counter()
        index.add(documents.values())
        figures["seconds to add again"] = round(time.perf_counter() - started, 2)
        for system, weights in systems.items():
            figures[system] = _quality(_index(folder, embedder, weights), queries)
    return figures


def _index(folder: str, embedder: Embedder, weights: Weights) -> Index:
    return Index(folder, embedder, OpenGate(), Seal(bytes(32)), weights)


def _quality(index: Index, queries: list[tuple[Document, set[str]]]) -> dict[str, float]:
    ranks: list[list[int]] = []
    seconds: list[float] = []
    for document, group in queries:
        started = time.perf_counter()
        matches = index.match(as_query(document), k=DEPTH, as_of=document.created)
        seconds.append(time.perf_counter() - started)
        found = [match.document.id for match in matches]
        ranks.append([place for place, name in enumerate(found, 1) if name in group])
    return {
        "R@1": round(statistics.fmean(bool(r and r[0] <= 1) for r in ranks), 3),
        "R@10": round(statistics.fmean(bool(r and r[0] <= 10) for r in ranks), 3),
        "MAP": round(statistics.fmean(map(_average_precision, ranks)), 3),
        "median ms": round(1000 * statistics.median(seconds), 1),
    }


def _average_precision(places: list[int]) -> float:
    if not places:
        return 0.0
    return statistics.fmean(hit / place for hit, place in enumerate(places, 1))


def _text(report: dict[str, Any], *names: str) -> RedactedText:
    value = next((report[name] for name in names if report.get(name)), "")
    text = ", ".join(cast("list[str]", value)) if isinstance(value, list) else str(value)
    return redacted(IDS.sub(" ", text) if report.get("leak") else text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=NAMES)
    names: list[str] = parser.parse_args().names
    embedder = MiniLmEmbedder(MODEL)
    figures = {name: measure(name, embedder, SYSTEMS) for name in names}
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
