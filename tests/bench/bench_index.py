"""Measures the index at size: speed and recall of a hybrid query, time and memory of building it.

Run `python tests/bench/bench_index.py --rows 100000 [--vectors FILE.npy …] [--texts FILE.gz …]`; it
prints figures as JSON. More rows than there are vectors are derived from them: a point between a
vector and one of its ten nearest neighbours, with noise; the figures tell how far such rows are
from their nearest neighbour and how far the given ones are. Words are texts' heads joined to other
texts' tails. Without files both are invented, which is easier than real data. A third of the rows
belong to other tenants or are later than the query: the filters that leave them out are on.
Building and querying run in processes of their own, each with its own peak of memory.
"""

import argparse
import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from redaction import RedactedText, Seal  # noqa: E402
from retrieval import Document, Index, text_query  # noqa: E402
from retrieval.lance import Database  # noqa: E402
from retrieval.rows import month_of  # noqa: E402
from retrieval.rows import rows as rows_of  # noqa: E402
from tests.making import redacted  # noqa: E402
from tests.making_documents import a_document  # noqa: E402

Vectors = NDArray[np.float32]
BLOCK = 20_000
POOL = 4_000
NEIGHBOURS = 10
NOISE = 0.35
WARM = 20
START = datetime(2015, 1, 1, tzinfo=UTC)
AS_OF = datetime(2023, 1, 1, tzinfo=UTC)
DAYS = 3_650
TENANTS = 20
PRIVATE = 4
ASKING = f"{2:016x}"
SEAL = Seal(bytes(32))


class OpenGate:
    """Lets everything through: these texts never leave the bench."""

    def check(self, text: RedactedText) -> None:
        """Refuse nothing."""

    def admit(self, text: str) -> RedactedText:
        return redacted(text)


@dataclass
class GivenVectors:
    """Gives the vectors that are set, whatever the text: the encoder is not measured here."""

    dimensions: int
    vectors: Vectors
    name: str = "given"

    def embed(self, texts: Sequence[RedactedText], /) -> Vectors:
        return self.vectors[: len(texts)]


@dataclass(frozen=True)
class Material:
    """Vectors and texts that rows are made of; the queries' vectors are not among the rows'."""

    vectors: Vectors
    neighbours: NDArray[np.int64]
    queries: Vectors
    texts: list[tuple[str, str]]


def material(files: Sequence[str], texts: Sequence[str], queries: int) -> Material:
    random = np.random.default_rng(1)
    base = np.concatenate([np.load(file) for file in files]) if files else _invented(random)
    base = base[random.permutation(len(base))].astype(np.float32)
    asked, base = base[:queries], base[queries:]
    nearest = np.empty((len(base), NEIGHBOURS), dtype=np.int64)
    for start in range(0, len(base), 1_000):
        close = base[start : start + 1_000] @ base.T
        nearest[start : start + 1_000] = np.argpartition(-close, NEIGHBOURS)[:, :NEIGHBOURS]
    return Material(base, nearest, asked, _texts(texts) or _invented_texts(random))


def block(given: Material, number: int, size: int) -> Vectors:
    """Derive the vectors of one block of rows, always the same."""
    random = np.random.default_rng([2, number])
    one = random.integers(0, len(given.vectors), size)
    other = given.neighbours[one, random.integers(0, NEIGHBOURS, size)]
    share = random.uniform(0, 0.5, (size, 1)).astype(np.float32)
    noise = random.standard_normal((size, given.vectors.shape[1])).astype(np.float32)
    mixed = (1 - share) * given.vectors[one] + share * given.vectors[other]
    mixed += noise * np.float32(NOISE / np.sqrt(given.vectors.shape[1]))
    return mixed / np.linalg.norm(mixed, axis=1, keepdims=True)


def dates_and_owners(number: int, size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    random = np.random.default_rng([3, number])
    return random.integers(0, DAYS, size), random.integers(0, TENANTS, size)


def build(given: Material, folder: str, count: int) -> dict[str, Any]:
    pool = _pool(given)
    documents = Database(folder).create("given", given.vectors.shape[1])
    wall, cpu = time.perf_counter(), time.process_time()
    for number, size in enumerate(_sizes(count)):
        made = list(_made(pool, number, size))
        documents.upsert(made, block(given, number, size))
    filled = time.process_time() - cpu
    documents.tidy()
    return {
        "seconds building": round(time.perf_counter() - wall, 1),
        "CPU seconds building": round(time.process_time() - cpu, 1),
        "CPU seconds making and writing rows": round(filled, 1),
        "peak MB building": _peak(),
    }


def measure(given: Material, folder: str, count: int) -> dict[str, Any]:
    embedder = GivenVectors(given.vectors.shape[1], given.queries)
    index = Index(folder, embedder, OpenGate(), SEAL)
    exact = _exact(given, count)
    taken: list[float] = []
    hits: list[float] = []
    cpu = 0.0
    for number in range(-WARM, len(given.queries)):
        title, body = given.texts[number % len(given.texts)]
        query = replace(text_query(redacted(f"{title}\n{body}")), time=AS_OF, tenant=ASKING)
        embedder.vectors = given.queries[number : number + 1 or None]
        begun, spent = time.perf_counter(), time.process_time()
        index.match(query, as_of=AS_OF)
        if number < 0:
            continue
        taken.append(1_000 * (time.perf_counter() - begun))
        cpu += 1_000 * (time.process_time() - spent)
        found = index.candidates(query, as_of=AS_OF)
        best = sorted(found, key=lambda each: -each.cosine)[:10]
        hits.append(len({each.key for each in best} & exact[number]) / 10)
    return {
        "p50 ms": round(float(np.percentile(taken, 50)), 1),
        "p95 ms": round(float(np.percentile(taken, 95)), 1),
        "CPU ms": round(cpu / len(taken), 1),
        "recall@10": round(float(np.mean(hits)), 4),
        "peak MB querying": _peak(),
    }


def distances(given: Material) -> dict[str, list[float]]:
    """Return quartiles of the cosine to the nearest other vector, given ones and derived ones."""
    size = min(len(given.vectors), BLOCK)
    both = {"given": given.vectors[:size], "derived": block(given, 0, size)}
    quartiles: dict[str, list[float]] = {}
    for name, vectors in both.items():
        nearest: list[float] = []
        for start in range(0, min(size, 2_000), 500):
            close = vectors[start : start + 500] @ vectors.T
            close[np.arange(len(close)), np.arange(start, start + len(close))] = -1
            nearest += close.max(axis=1).tolist()
        quartiles[name] = [round(float(np.percentile(nearest, at)), 3) for at in (25, 50, 75)]
    return quartiles


def _made(pool: Sequence[tuple[Document, dict[str, Any]]], number: int, size: int) -> Iterator[Any]:
    random = np.random.default_rng([4, number])
    chosen: list[tuple[int, int]] = random.integers(0, len(pool), (size, 2)).tolist()
    days, owners = dates_and_owners(number, size)
    for at, (one, other) in enumerate(chosen):
        document, row = pool[one]
        name = f"B-{number * BLOCK + at}"
        created = START + timedelta(days=int(days[at]))
        sealed = SEAL.close(
            replace(document, id=name, created=created), Document, ("documents", "case", name)
        )
        ranked, more = json.loads(row["ranked"]), json.loads(pool[other][1]["ranked"])
        words, others = ranked["words_terms"].split(" "), more["words_terms"].split(" ")
        mixed = " ".join((*words[: len(words) // 2], *others[len(others) // 2 :]))
        tenant = f"{owners[at]:016x}"
        ranked |= {"words_terms": mixed, "dated": created.isoformat(), "tenant": tenant}
        searched = (ranked["title_terms"], mixed, ranked["signatures"])
        yield {
            **row,
            "key": f"case/{name}",
            "parent": f"case/{name}",
            "id": name,
            "searched": " ".join(filter(None, searched)),
            "ranked": json.dumps(ranked),
            "created": created,
            "month": month_of(created),
            "tenant": tenant,
            "visibility": "tenant" if owners[at] < PRIVATE else "shared",
            "body": sealed.body,
            "mac": sealed.mac,
        }


def _pool(given: Material) -> list[tuple[Document, dict[str, Any]]]:
    step = max(1, len(given.texts) // POOL)
    documents = [a_document("B-0", title, text) for title, text in given.texts[::step]]
    return [(each, dict(rows_of(each, SEAL, "given", "bench")[0].row)) for each in documents]


def _exact(given: Material, count: int) -> list[set[str]]:
    names: list[NDArray[np.int64]] = []
    scores: list[Vectors] = []
    limit = (AS_OF - START).days
    for number, size in enumerate(_sizes(count)):
        days, owners = dates_and_owners(number, size)
        seen = np.flatnonzero((days < limit) & ((owners >= PRIVATE) | (owners == int(ASKING, 16))))
        close = given.queries @ block(given, number, size)[seen].T
        best = np.argpartition(-close, 10)[:, :10]
        names.append(number * BLOCK + seen[best])
        scores.append(np.take_along_axis(close, best, axis=1))
    all_names, all_scores = np.hstack(names), np.hstack(scores)
    best = np.argsort(-all_scores, axis=1)[:, :10]
    chosen = np.take_along_axis(all_names, best, axis=1)
    return [{f"case/B-{name}" for name in row} for row in chosen.tolist()]


def _sizes(count: int) -> list[int]:
    return [min(BLOCK, count - start) for start in range(0, count, BLOCK)]


def _texts(files: Sequence[str]) -> list[tuple[str, str]]:
    texts: list[tuple[str, str]] = []
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                report = json.loads(line)
                texts.append((report["title"] or "", (report["description"] or "")[:1_000]))
    return texts


def _invented(random: np.random.Generator) -> Vectors:
    centres = random.standard_normal((500, 384))
    near = centres[random.integers(0, 500, 10_000)] + random.standard_normal((10_000, 384))
    return (near / np.linalg.norm(near, axis=1, keepdims=True)).astype(np.float32)


def _invented_texts(random: np.random.Generator) -> list[tuple[str, str]]:
    words = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("x", "lo", "mer", "t")]
    ranks: list[list[int]] = (random.zipf(1.3, (5_000, 90)) % len(words)).tolist()
    return [
        (" ".join(words[at] for at in row[:8]), " ".join(words[at] for at in row[8:]))
        for row in ranks
    ]


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--vectors", nargs="*", default=[])
    parser.add_argument("--texts", nargs="*", default=[])
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--folder", help="keep the index here; one that is there is measured")
    parser.add_argument("--stage", choices=("build", "query", "both"), default="both")
    given = parser.parse_args()
    if given.stage == "both":
        with TemporaryDirectory() as own:
            folder = given.folder or own
            stages = ("query",) if any(Path(folder).iterdir()) else ("build", "query")
            figures: dict[str, Any] = {"rows": given.rows}
            for stage in stages:
                again = [sys.executable, *sys.argv, "--folder", folder, "--stage", stage]
                told = subprocess.run(again, check=True, capture_output=True, text=True)
                figures |= json.loads(told.stdout)
        sys.stdout.write(json.dumps(figures, indent=2) + "\n")
        return
    made = material(given.vectors, given.texts, given.queries)
    if given.stage == "build":
        figures = build(made, given.folder, given.rows)
    else:
        figures = measure(made, given.folder, given.rows)
        figures["cosine to the nearest, quartiles"] = distances(made)
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
