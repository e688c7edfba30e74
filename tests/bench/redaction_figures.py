"""Measures every figure that redaction is held to; JSON on standard output, a table on error.

Run `nice python tests/bench/redaction_figures.py [--only NAME …] [--sample N] [--baseline]`. The
real data lies in `../shared/data`, or where CASEWRIGHT_SHARED_DATA says; rows whose data is not
there are skipped. `--baseline` lets plain Presidio read the same texts, which takes minutes.
"""

import argparse
import gzip
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from evals import Counted, Measured, count_text, measure  # noqa: E402
from evals.redaction import wilson  # noqa: E402
from redaction import Detector, Finding, Keyring, Label, RawText, Redactor, policy_named  # noqa: E402
from tests.bench import log_figures  # noqa: E402
from tests.bench.planted_shapes import planted  # noqa: E402
from ui.settings import Settings  # noqa: E402
from ui.wiring import House  # noqa: E402

DATA = Path(os.environ.get("CASEWRIGHT_SHARED_DATA", ROOT.parent / "shared" / "data"))
DEFAULTS_OWN = {
    "CREDIT_CARD", "EMAIL_ADDRESS", "IBAN_CODE", "PERSON", "PHONE_NUMBER", "STREET_ADDRESS",
    "US_DRIVER_LICENSE", "US_SSN", "ZIP_CODE",
}  # fmt: skip
"""The types of presidio_synth_v2 that the default profile replaces."""
WITHHELD = "(withheld)"

Row = Mapping[str, Any]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value beside what it should reach; `reached` is None where nothing was asked."""

    measure: str
    value: float | None
    target: str = ""
    reached: bool | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    details: Mapping[str, Any] = field(default_factory=dict[str, Any])


def at_least(
    name: str, target: float | None, hits: int, n: int, details: Mapping[str, Any] | None = None
) -> Figure:
    """Put a share with its interval beside its target."""
    if not n:
        return Figure(name, None, n=0)
    share, (low, high) = hits / n, wilson(hits, n)
    aim, reached = ("", None) if target is None else (f">= {target}", share >= target)
    return Figure(name, share, aim, reached, n, low, high, details or {})


def at_most(
    name: str, target: float, hits: int, n: int, details: Mapping[str, Any] | None = None
) -> Figure:
    """Put a share that should be small beside its target."""
    low, high = wilson(hits, n)
    told = details or {}
    return Figure(name, hits / n, f"<= {target}", hits / n <= target, n, low, high, told)


class Setup:
    """The detector, redactors by profile, and how much to read."""

    def __init__(self, workspace: Path, sample: int | None, baseline: bool) -> None:
        self.house = House(Settings(workspace=workspace))
        self.sample = sample
        self.baseline = baseline

    @property
    def detector(self) -> Detector:
        return self.house._detector  # pyright: ignore[reportPrivateUsage]

    def redactor(self, profile: str, detector: Detector | None = None) -> Redactor:
        return Redactor(detector or self.detector, policy_named(profile), Keyring(b"k" * 32))

    def rows(self, name: str, keep: Callable[[Row], bool] = bool) -> list[Row]:
        """Read a data file; a sample is every n-th record, so that it spans the file."""
        found = [row for row in records(DATA / name) if keep(row)]
        step = max(1, len(found) // self.sample) if self.sample else 1
        return found[::step][: self.sample]


def records(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield cast(Row, json.loads(line))


def replaced(redactor: Redactor, texts: Sequence[str]) -> Iterator[list[tuple[int, int, str, str]]]:
    """Redact texts, each a document of its own: (start, end, type, action); withheld is all."""
    documents = redactor.redact_documents((str(n), RawText(text)) for n, text in enumerate(texts))
    for text, document in zip(texts, documents, strict=True):
        if document.text == WITHHELD and not document.spans:
            yield [(0, len(text), "WITHHELD", "drop")]
        else:
            yield [(span.start, span.end, span.type, span.action) for span in document.spans]


def labels(row: Row) -> list[Label]:
    return [Label(span["start"], span["end"], span["type"] or "UNTYPED") for span in row["spans"]]


def counted(rows: Sequence[Row], places: Iterable[Iterable[Place]]) -> list[Counted]:
    return [count_text(labels(row), ranges) for row, ranges in zip(rows, places, strict=True)]


def ours(setup: Setup, profile: str, rows: Sequence[Row]) -> list[list[Place]]:
    found = replaced(setup.redactor(profile), [row["text"] for row in rows])
    return [[(start, end) for start, end, _, _ in spans] for spans in found]


def plain(setup: Setup, rows: Sequence[Row]) -> list[list[Place]]:
    find = setup.house.plain_presidio
    return [[(found.start, found.end) for found in find(row["text"])] for row in rows]


def table_of(measured: Measured) -> dict[str, Any]:
    types = {kind: f"{t.covered}/{t.n} = {t.recall:.3f}" for kind, t in measured.types.items()}
    return {"overall": asdict(measured.overall), "types": types}


def recall_of(
    name: str, target: float | None, measured: Measured, kinds: set[str] | None
) -> Figure:
    kept = [t for kind, t in measured.types.items() if kinds is None or kind in kinds]
    hits, n = sum(t.covered for t in kept), sum(t.n for t in kept)
    return at_least(name, target, hits, n, table_of(measured))


def precision_of(name: str, target: float | None, measured: Measured) -> Figure:
    overall = measured.overall
    aim = "" if target is None else f">= {target}"
    value = overall.precision
    reached = None if target is None or value is None else value >= target
    return Figure(name, value, aim, reached, None, overall.precision_low, overall.precision_high)


def synth(setup: Setup) -> Iterator[Figure]:
    rows = setup.rows("pii/presidio_synth_v2.jsonl.gz")
    strict = measure(counted(rows, ours(setup, "strict", rows)))
    default = measure(counted(rows, ours(setup, "default", rows)))
    yield recall_of("synth recall, strict, all", 0.88, strict, None)
    yield precision_of("synth character precision, strict", 0.80, strict)
    yield recall_of("synth recall, default's own types", 0.92, default, DEFAULTS_OWN)
    yield precision_of("synth character precision, default", 0.80, default)
    yield recall_of("synth recall, default, PERSON", 0.94, default, {"PERSON"})
    yield recall_of("synth recall, strict, PERSON", None, strict, {"PERSON"})
    if setup.baseline:
        presidio = measure(counted(rows, plain(setup, rows)))
        yield recall_of("synth recall, plain Presidio, all", None, presidio, None)
        yield recall_of("synth recall, plain Presidio, PERSON", None, presidio, {"PERSON"})
        yield precision_of("synth character precision, plain Presidio", None, presidio)


def tab(setup: Setup) -> Iterator[Figure]:
    """Precision on the typed texts alone: the others label only what an annotator masked."""
    typed = setup.rows("pii/tab.jsonl.gz", lambda row: row["gold"] == "typed")
    untyped = setup.rows("pii/tab.jsonl.gz", lambda row: row["gold"] != "typed")
    masked: list[Row] = [
        {**row, "spans": [s for s in row["spans"] if s["identifier_type"] != "NO_MASK"]}
        for row in typed
    ]
    readers = {"strict": ours(setup, "strict", typed)}
    if setup.baseline:
        readers["plain Presidio"] = plain(setup, typed)
    for name, places in readers.items():
        aims = (0.80, 0.75) if name == "strict" else (None, None)
        every = measure(counted(typed, places))
        yield recall_of(f"TAB recall, {name}, every typed span", aims[0], every, None)
        yield precision_of(f"TAB character precision, {name}", aims[1], every)
        must = measure(counted(masked, places))
        yield recall_of(f"TAB recall, {name}, spans to be masked", None, must, None)
    more = measure(counted(untyped, ours(setup, "strict", untyped)), recall_only=True)
    yield recall_of("TAB recall, strict, untyped texts", None, more, None)


class Without:
    """A detector with one of its rules switched off."""

    def __init__(self, detector: Detector, rule: str) -> None:
        self._detector = detector
        self._rule = rule

    def patterns(self, text: str, without: frozenset[str] = frozenset()) -> list[Finding]:
        return self._kept(self._detector.patterns(text, without))

    def names(self, texts: Sequence[str]) -> list[list[Finding]]:
        return [self._kept(found) for found in self._detector.names(texts)]

    def _kept(self, found: Iterable[Finding]) -> list[Finding]:
        return [finding for finding in found if self._rule not in finding.detector]


def silver(setup: Setup) -> Iterator[Figure]:
    rows: list[Row] = [
        {**row, "spans": [{**span, "type": span["how"]} for span in row["spans"]]}
        for row in setup.rows("pii/xamarin_silver.jsonl.gz")
    ]
    measured = measure(counted(rows, ours(setup, "default", rows)), recall_only=True)
    yield recall_of("silver recall, mail addresses", 0.99, measured, {"regex"})
    yield recall_of("silver recall, full names", 0.95, measured, {"full_name"})
    yield recall_of("silver recall, first names greeted", None, measured, {"greeting_first_name"})
    texts = [row["text"] for row in rows]
    off = replaced(setup.redactor("default", Without(setup.detector, "greet")), texts)
    places = [[(start, end) for start, end, _, _ in spans] for spans in off]
    without = measure(counted(rows, places), recall_only=True)
    greeted = {"greeting_first_name"}
    yield recall_of("silver recall, first names, greeting rule off", None, without, greeted)
    if setup.baseline:
        presidio = measure(counted(rows, plain(setup, rows)), recall_only=True)
        for how in ("regex", "full_name", "greeting_first_name"):
            yield recall_of(f"silver recall, plain Presidio, {how}", None, presidio, {how})


def secrets(setup: Setup) -> Iterator[Figure]:
    """A positive is whole when no character of any of its values is left, dropped or not."""
    rows = setup.rows("secrets/lines.jsonl.gz")
    found = list(replaced(setup.redactor("default"), [row["text"] for row in rows]))
    by_source: dict[str, Counter[str]] = defaultdict(Counter)
    for row, spans in zip(rows, found, strict=True):
        tally = by_source[row["source"]]
        drops = [(start, end) for start, end, _, action in spans if action == "drop"]
        if row["is_secret"] and row["values"]:
            tally["known"] += 1
            gone = [(start, end) for start, end, _, _ in spans]
            tally["whole"] += all_gone(row["text"], row["values"], gone)
            tally["whole and dropped"] += all_gone(row["text"], row["values"], drops)
        elif row["is_secret"]:
            tally["unlocated"] += 1
            tally["unlocated touched"] += bool(spans)
        else:
            tally["harmless"] += 1
            tally["harmless dropped"] += bool(drops)
            tally["harmless opaque"] += not drops and any(s[2] == "OPAQUE_ID" for s in spans)
    total = sum(by_source.values(), Counter[str]())

    def shares(hits: str, n: str) -> dict[str, str]:
        each = sorted(by_source.items())
        return {source: f"{tally[hits]}/{tally[n]}" for source, tally in each if tally[n]}

    yield at_least(
        "secrets recall, positives with values", 0.95, total["whole"], total["known"],
        shares("whole", "known"),
    )  # fmt: skip
    yield at_least(
        "secrets, positives whose value was dropped, not pseudonymised", None,
        total["whole and dropped"], total["known"], shares("whole and dropped", "known"),
    )  # fmt: skip
    yield at_least(
        "secrets, positives without values: anything replaced", None, total["unlocated touched"],
        total["unlocated"], shares("unlocated touched", "unlocated"),
    )  # fmt: skip
    yield at_most(
        "secrets, negatives dropped as a secret", 0.10, total["harmless dropped"],
        total["harmless"], shares("harmless dropped", "harmless"),
    )  # fmt: skip
    yield at_least(
        "secrets, negatives pseudonymised as opaque only", None, total["harmless opaque"],
        total["harmless"], shares("harmless opaque", "harmless"),
    )  # fmt: skip
    if setup.baseline:
        known = [row for row in rows if row["is_secret"] and row["values"]]
        places = plain(setup, known)
        hits = sum(all_gone(r["text"], r["values"], p) for r, p in zip(known, places, strict=True))
        yield at_least("secrets recall, plain Presidio", None, hits, len(known))


def all_gone(text: str, values: Sequence[str], ranges: Iterable[Place]) -> bool:
    """Tell whether no character of any occurrence of any value is left."""
    marks = bytearray(len(text))
    for start, end in ranges:
        marks[start:end] = b"\x01" * (end - start)
    for value in values:
        at = text.find(value)
        while at >= 0:
            if 0 in marks[at : at + len(value)]:
                return False
            at = text.find(value, at + 1)
    return True


def loghub(setup: Setup) -> Iterator[Figure]:
    """Redact every system's lines as one file, and look at what must survive verbatim."""
    rows = setup.rows("logs/loghub_2k.jsonl.gz")
    files: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        files[row["system"]].append(row)
    texts = ["\n".join(row["raw"] for row in lines) for lines in files.values()]
    redactors = {"default": setup.redactor("default"), "strict": setup.redactor("strict")}
    for profile, redactor in redactors.items():
        tallies: dict[str, Counter[str]] = {}
        for (system, lines), spans in zip(files.items(), replaced(redactor, texts), strict=True):
            tallies[system] = log_figures.look(lines, spans)
        total = sum(tallies.values(), Counter[str]())
        for what in ("timestamps", "levels", "error codes"):
            by = {system: tally[f"{what} altered"] for system, tally in tallies.items()}
            n, altered = total[what], total[f"{what} altered"]
            name = f"loghub, {profile}: {what} altered"
            yield Figure(name, float(altered), "0", altered == 0, n, details=by)
        lines_n = total["lines"]
        persons = 1_000 * total["persons"] / lines_n
        by_system = {system: tally["persons"] for system, tally in tallies.items()}
        yield Figure(
            f"loghub, {profile}: persons per 1,000 lines", persons, "<= 1", persons <= 1,
            lines_n, details=by_system,
        )  # fmt: skip
        drops = {system: tally["lines with a drop"] for system, tally in tallies.items()}
        name = f"loghub, {profile}: lines with a drop"
        yield at_most(name, 0.005, total["lines with a drop"], lines_n, drops)
        name = f"loghub, {profile}: characters replaced"
        yield at_least(name, None, total["characters replaced"], total["characters"])
    if setup.baseline:
        find = setup.house.plain_presidio
        some = rows[:: max(1, len(rows) // 1_000)]
        found = [find(row["raw"]) for row in some]
        persons = sum(f.type == "PERSON" for each in found for f in each)
        yield Figure("loghub, plain Presidio: persons per 1,000 lines", 1_000 * persons / len(some))


def names_planted(setup: Setup) -> Iterator[Figure]:
    lines = list(planted())
    step = max(1, len(lines) // setup.sample) if setup.sample else 1
    lines = lines[::step]
    spans = replaced(setup.redactor("default"), [line.text for line in lines])
    gone = [[(start, end) for start, end, _, _ in each] for each in spans]
    readers = {"casewright": gone}
    if setup.baseline:
        find = setup.house.plain_presidio
        readers["plain Presidio"] = [[(f.start, f.end) for f in find(line.text)] for line in lines]
    for name, places in readers.items():
        told: dict[str, dict[str, str]] = {}
        for by in ("group", "form", "names"):
            kinds = [str(getattr(line, by)) for line in lines]
            texts = [
                count_text([Label(line.start, line.end, kind)], ranges)
                for line, kind, ranges in zip(lines, kinds, places, strict=True)
            ]
            told[by] = cast(dict[str, str], table_of(measure(texts))["types"])
        texts = [
            count_text([Label(line.start, line.end, "PERSON")], ranges)
            for line, ranges in zip(lines, places, strict=True)
        ]
        whole = measure(texts).types["PERSON"]
        aim = 0.92 if name == "casewright" else None
        yield at_least(f"planted names, {name}", aim, whole.covered, whole.n, told)


def prose(setup: Setup) -> Iterator[Figure]:
    """CPU seconds of this process, over ticket texts that are each a document of their own."""
    rows = setup.rows("pii/xamarin_silver.jsonl.gz")
    texts = [row["text"] for row in rows[:: max(1, len(rows) // 400)]]
    size = sum(len(text.encode()) for text in texts) / 1_000
    redactor, find = setup.redactor("default"), setup.house.plain_presidio
    list(replaced(redactor, texts[:20]))
    rates: dict[str, list[float]] = {"casewright": [], "plain Presidio": []}
    for _ in range(3):
        began = time.process_time()
        list(replaced(redactor, texts))
        rates["casewright"].append(size / (time.process_time() - began))
    few = texts[::4]
    find(few[0])
    began = time.process_time()
    for text in few:
        find(text)
    spent = time.process_time() - began
    theirs = sum(len(text.encode()) for text in few) / 1_000 / spent
    rate = sorted(rates["casewright"])[1]
    yield Figure("ticket prose, KB per CPU-second", rate, n=len(texts))
    yield Figure("ticket prose, plain Presidio, KB per CPU-second", theirs, n=len(few))
    times = rate / theirs
    yield Figure("ticket prose, times plain Presidio", times, ">= 5", times >= 5)


def log_100_mb(setup: Setup) -> Iterator[Figure]:
    with TemporaryDirectory() as folder:
        size = 1_000_000 * (setup.sample or 100)
        file = log_figures.write_log(records(DATA / "logs/loghub_2k.jsonl.gz"), Path(folder), size)
        outcome = log_figures.run_redact(file, Path(folder))
    told = asdict(outcome)
    seconds, memory = outcome.seconds, outcome.peak_mb
    yield Figure(
        f"{size // 1_000_000} MB of logs, seconds", seconds, "<= 60", seconds <= 60, details=told
    )
    yield Figure("its peak memory, MB", memory, "<= 800", memory <= 800)


def gate(setup: Setup) -> Iterator[Figure]:
    del setup
    found = log_figures.run_gate_bench(ROOT / "tests/bench/bench_gate.py")
    yield Figure("outbound gate on 30 KB: figures", None, "p95 <= 5 ms", details=found)


ROWS: Mapping[str, tuple[Callable[[Setup], Iterator[Figure]], str]] = {
    "synth": (synth, "pii/presidio_synth_v2.jsonl.gz"),
    "tab": (tab, "pii/tab.jsonl.gz"),
    "silver": (silver, "pii/xamarin_silver.jsonl.gz"),
    "secrets": (secrets, "secrets/lines.jsonl.gz"),
    "loghub": (loghub, "logs/loghub_2k.jsonl.gz"),
    "planted": (names_planted, ""),
    "prose": (prose, "pii/xamarin_silver.jsonl.gz"),
    "log100mb": (log_100_mb, "logs/loghub_2k.jsonl.gz"),
    "gate": (gate, ""),
}


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--only", nargs="+", choices=sorted(ROWS), help="only these rows")
    reader.add_argument("--sample", type=int, help="records per row (log100mb: megabytes)")
    reader.add_argument("--baseline", action="store_true", help="plain Presidio on the same texts")
    given = reader.parse_args()
    answers: dict[str, Any] = {}
    with TemporaryDirectory() as workspace:
        setup = Setup(Path(workspace), given.sample, given.baseline)
        for name in given.only or ROWS:
            row, data = ROWS[name]
            if data and not (DATA / data).is_file():
                print(f"{name}: skipped, {data} is not there", file=sys.stderr)
                answers[name] = "skipped: no data"
                continue
            began = time.monotonic()
            figures = list(row(setup))
            answers[name] = [asdict(figure) for figure in figures]
            show(name, figures, time.monotonic() - began)
    print(json.dumps(answers, indent=1, ensure_ascii=False))


def show(name: str, figures: Iterable[Figure], seconds: float) -> None:
    print(f"\n{name} ({seconds:.0f} s)", file=sys.stderr)
    for figure in figures:
        mark = {True: "reached", False: "MISSED", None: ""}[figure.reached]
        value = "-" if figure.value is None else f"{figure.value:.4g}"
        bounds = "" if figure.low is None else f"({figure.low:.3f}-{figure.high:.3f})"
        n = "" if figure.n is None else f"n={figure.n}"
        line = f"  {figure.measure:<58} {value:>8} {bounds:<15} {n:<9} {figure.target:<10} {mark}"
        print(line.rstrip(), file=sys.stderr)


if __name__ == "__main__":
    main()
