"""A large file comes out as a small one would; what breaks leaves nothing behind."""

import gc
import gzip
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

import ui.large
from redaction import (
    CannotRead,
    Detector,
    DetectorFailed,
    EgressRefused,
    Finding,
    Keyring,
    LedgerBroken,
    NotVerified,
    PooledDetector,
    Redactor,
    large_text,
    policy_named,
    read_raw,
)
from redaction.detection.identities import Identities
from redaction.detection.workers import Worker
from redaction.streaming import Gating, Stream
from tests.fake_detection import BrokenDetector, ListedNames
from ui.service import redact_source
from ui.settings import Settings
from ui.wiring import House

KEY = Keyring(b"k" * 32)
NAMES = ListedNames("Ottoline Marsk", "Redis")
ACCENTED = "2026-03-14 09:00:00 \u00e9t\u00e9 a@x.example\r\n"
PEM = "-----BEGIN RSA " + "PRIVATE KEY-----\n" + "MIIEowIBAAKCAQEAx7\n" * 30
SECRET = PEM + "-----END RSA " + "PRIVATE KEY-----"


def surviving(*_: object, **__: object) -> None:
    """Stand for a text in which a secret survives every look."""


def silent(done: int, total: int) -> None:
    assert done <= total


def log(lines: int = 150) -> str:
    said = (
        "from 10.20.{n}.7 refused",
        "mail jane.roe@corp.example bounced",
        "owner Ottoline Marsk notified",
        "redis Redis is down",
        "request_id=9f8e7d6c{n:04} done",
        "session opened for user tfjeldheim",
    )
    text = "".join(
        f"2026-03-14 09:{n // 60 % 60:02}:{n % 60:02} INFO {said[n % 6].format(n=n % 40)}\n"
        for n in range(lines)
    )
    return f"{text}2026-03-14 10:00:00 ERROR key was\n{SECRET}\n2026-03-14 10:00:01 INFO bye\n"


def streamed(path: Path, detector: Detector = NAMES) -> str:
    text = large_text(path, 0)
    assert text is not None
    redactor = Redactor(detector, policy_named("default"), KEY)
    return "".join(part.text for part in redactor.redact_large(text, silent) if not part.is_name)


def held(path: Path) -> str:
    redactor = Redactor(NAMES, policy_named("default"), KEY)
    return str(redactor.redact_case(read_raw(path)).case.artifacts[0].text)


@pytest.fixture(params=[384 << 10, 1500])
def portion(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Portions from all of the text down to single records."""
    size = int(request.param)
    monkeypatch.setattr("redaction.streaming._PORTION", size)
    monkeypatch.setattr("redaction.streaming._TAKEN", 2 * size)
    return size


def written(folder: Path, text: str) -> Path:
    path = folder / "app.log"
    path.write_text(text, "utf-8")
    return path


def test_a_streamed_file_comes_out_as_one_that_is_held(tmp_path: Path, portion: int) -> None:
    path = written(tmp_path, log())
    shown = streamed(path)
    assert shown == held(path)
    assert "MIIEow" not in shown
    assert "Ottoline" not in shown


def test_what_was_forgotten_between_the_passes_is_looked_at_again(
    tmp_path: Path, portion: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redaction.streaming._READINGS_KEPT", 0)
    monkeypatch.setattr("redaction.streaming._PATCHES_KEPT", 4000)
    monkeypatch.setattr("redaction.streaming._SEEN", 5)
    path = written(tmp_path, log())
    assert streamed(path) == held(path)


def test_a_value_found_at_the_end_is_replaced_at_the_beginning(
    tmp_path: Path, portion: int
) -> None:
    early = "2026-03-14 09:00:00 INFO ottoline.marsk logged in, asked by Marsk\n"
    late = "2026-03-14 10:00:00 INFO owner Ottoline Marsk\n"
    shown = streamed(written(tmp_path, early + "2026-03-14 09:30:00 INFO tick\n" * 200 + late))
    assert "arsk" not in shown


def test_a_time_inside_a_value_makes_its_records_no_twins(tmp_path: Path, portion: int) -> None:
    text = "".join(
        f"2026-03-14 09:00:{n:02} INFO login password: pass 2026-03-14 09:00:{n:02} ok\n"
        for n in range(40)
    )
    path = written(tmp_path, text)
    assert streamed(path) == held(path)


def test_spans_point_into_the_whole_text(tmp_path: Path, portion: int) -> None:
    path = written(tmp_path, log())
    text = large_text(path, 0)
    assert text is not None
    redactor = Redactor(NAMES, policy_named("default"), KEY)
    parts = list(redactor.redact_large(text, silent, spans=True))
    raw = path.read_text()
    spans = [span for part in parts for span in part.spans]
    values = {raw[span.start : span.end] for span in spans if span.type == "EMAIL"}
    assert values == {"jane.roe@corp.example"}
    assert len(spans) == sum(sum(part.replaced.values()) for part in parts)


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (ACCENTED.encode("utf-16"), "\u00e9t\u00e9 <EMAIL_1>@<DOMAIN_1>\n"),
        (ACCENTED.encode("cp1252"), "\u00e9t\u00e9 <EMAIL_1>@<DOMAIN_1>\n"),
        (b"\xef\xbb\xbf2026-03-14 09:00:00 x\r2026-03-14 09:00:01 y", "x\n2026-03-14 09:00:01 y"),
    ],
)  # fmt: skip
def test_any_encoding_and_line_end_is_read_as_intake_reads_it(
    tmp_path: Path, content: bytes, shown: str
) -> None:
    path = tmp_path / "app.log"
    path.write_bytes(content)
    assert streamed(path) == held(path)
    assert streamed(path).endswith(shown)


@pytest.mark.parametrize(
    "content",
    [
        b"\0\1\2" * 100,
        b"PK\3\4 zip",
        b'{"a": 1}',
        b'[{"a": 1,\n"b": ' + b"[1, " * 900 + b"\n",
        b"<?xml version='1.0'?>\n<a/>\n",
        b"<list>\n <one>1</one>\n",
    ],
)
def test_what_is_no_text_of_lines_is_not_streamed(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    assert large_text(path, 0) is None


def test_a_gzip_file_is_streamed_as_what_comes_out_of_it(tmp_path: Path, portion: int) -> None:
    path = tmp_path / "app.log.gz"
    path.write_bytes(gzip.compress(log().encode()))
    assert streamed(path) == streamed(written(tmp_path, log()))
    assert large_text(path, len(log())) is not None
    assert large_text(path, len(log()) + 1) is None


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(b"2026-03-14 09:00:00 INFO a\n" * 400_000),
        gzip.compress(log().encode())[:-20],
        gzip.compress(b"\0\1" * 500),
    ],
    ids=["bomb", "cut", "binary"],
)
def test_a_gzip_file_that_may_not_be_unpacked_is_not_streamed(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "app.log.gz"
    path.write_bytes(content)
    assert large_text(path, 0) is None


def test_one_endless_line_comes_in_pieces_and_loses_nothing(tmp_path: Path) -> None:
    line = "order 4711 took 12 ms, " * 50_000 + "jane.roe@corp.example"
    path = tmp_path / "line.txt"
    path.write_text(line)
    shown = streamed(path)
    assert shown == line.replace("jane.roe@corp.example", "<EMAIL_1>@<DOMAIN_1>")


def test_a_secret_that_survives_lets_nothing_more_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redaction.detection.cleaning.Cleaner.settled", surviving)
    with pytest.raises(NotVerified):
        streamed(written(tmp_path, log()))


def test_a_broken_detector_names_no_content(tmp_path: Path) -> None:
    with pytest.raises(DetectorFailed) as caught:
        streamed(written(tmp_path, log()), BrokenDetector())
    assert "jane" not in repr(caught.value)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


def refusing(kind: str, word: str, times: int) -> Gating:
    """Stand for a gate that finds a word so many times in each text, however it is covered."""

    def gating(_: Identities, __: Iterable[tuple[str, str]]) -> Callable[[str], None]:
        def check(text: str) -> None:
            at = text.find(word)
            if at >= 0 and times:
                raise EgressRefused(((kind, at, at + len(word)),))
            if at < 0 and times > 1:
                raise EgressRefused(((kind, 0, 1),))

        return check

    return gating


def gated(path: Path, gating: Gating) -> str:
    text = large_text(path, 0)
    assert text is not None
    stream = Stream(text, path.name, NAMES, policy_named("default"), gating)
    return "".join(chunk.text for chunk in stream.chunks(silent) if not chunk.is_name)


def test_what_the_gate_would_refuse_is_covered_in_every_twin(tmp_path: Path) -> None:
    record = "2026-03-14 09:00:{n:02} INFO shard granite moved\n"
    path = written(tmp_path, "".join(record.format(n=n) for n in range(40)))
    shown = gated(path, refusing("HOST", "granite", 1))
    assert shown == path.read_text().replace("granite", "<HOST>")


def test_what_the_gate_still_refuses_lets_nothing_pass(tmp_path: Path) -> None:
    path = written(tmp_path, "2026-03-14 09:00:00 INFO shard granite moved\n" * 40)
    with pytest.raises(EgressRefused) as caught:
        gated(path, refusing("HOST", "granite", 2))
    assert "granite" not in repr(caught.value)


def test_the_gate_of_a_large_file_knows_its_secrets_before_anything_is_written(
    tmp_path: Path,
) -> None:
    told: list[tuple[str, str]] = []

    def gating(_: Identities, secrets: Iterable[tuple[str, str]]) -> Callable[[str], None]:
        told.extend(secrets)
        return lambda text: None

    gated(written(tmp_path, log()), gating)
    assert {kind for kind, _ in told} == {"PRIVATE_KEY"}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(House, "_detector", NAMES)
    monkeypatch.setattr("ui.service.LARGE", 1000)
    return House(Settings(workspace=tmp_path / "ws", keys=tmp_path / "keys"))


def test_a_large_table_keeps_its_headings_once(house: House, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    row = "Ottoline Marsk,Sales,{n}\n"
    path.write_text("Name,department,number\n" + "".join(row.format(n=n) for n in range(900)))
    [answer] = list(redact_source(house, str(path), tmp_path / "out"))
    assert answer.path is not None
    lines = Path(answer.path).read_text().splitlines()
    assert lines[0] == "Name,department,number"
    assert lines[1:] == [f"<PERSON_1>,Sales,{n}" for n in range(900)]


def test_one_document_that_is_too_large_is_refused_with_what_to_do(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ui.large, "_HELD", 1 << 20)
    path = tmp_path / "export.json"
    path.write_text('[{"owner": "Ottoline Marsk"},\n' + '{"a": 1},\n' * 120_000 + "{}]")
    with pytest.raises(CannotRead, match="JSON Lines or CSV") as caught:
        list(redact_source(house, str(path), tmp_path / "out"))
    assert "Ottoline" not in str(caught.value)


def test_a_large_file_becomes_one_copy_with_counts(house: House, tmp_path: Path) -> None:
    path, out = written(tmp_path, log()), tmp_path / "out"
    [answer] = redact_source(house, str(path), out)
    assert [file.name for file in out.iterdir()] == ["A1.log"]
    assert (out / "A1.log").read_text() == held(path)
    assert answer.text is None
    assert answer.replaced is not None
    assert answer.replaced["PRIVATE_KEY"] == 1
    assert answer.quarantined is None


def test_without_a_folder_the_parts_come_as_they_are_made(house: House, tmp_path: Path) -> None:
    path = written(tmp_path, log())
    answers = list(redact_source(house, str(path), None))
    assert "".join(str(answer.text) for answer in answers) == held(path)


def test_the_ledger_has_a_large_copy_before_it_appears(house: House, tmp_path: Path) -> None:
    path, out = written(tmp_path, log()), tmp_path / "out"
    list(redact_source(house, str(path), out))
    begun, copied = house.book.entries(event="export")
    assert (begun.subject, begun.size) == ("redacted copy begun", path.stat().st_size)
    assert (copied.subject, copied.size) == ("redacted copy", len((out / "A1.log").read_text()))
    assert house.book.verify().broken is None


def test_the_ledger_has_what_is_printed(house: House, tmp_path: Path) -> None:
    path = written(tmp_path, log())
    answers = list(redact_source(house, str(path), None))
    entries = house.book.entries(event="export")
    assert [entry.subject for entry in entries] == ["standard output"] * len(answers)
    assert [entry.size for entry in entries] == [len(str(answer.text)) for answer in answers]
    assert all("jane.roe" not in str(entry) for entry in entries)


@pytest.mark.parametrize("large", [1000, 1 << 30])
def test_what_cannot_be_recorded_is_neither_written_nor_printed(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise LedgerBroken("the ledger cannot be continued")

    monkeypatch.setattr("ui.service.LARGE", large)
    monkeypatch.setattr("redaction.ledger_store.LedgerStore.append", broken)
    path, out = written(tmp_path, log()), tmp_path / "out"
    for target in (out, None):
        answers = redact_source(house, str(path), target)
        with pytest.raises(LedgerBroken):
            next(iter(answers))
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("share", [0.2, 0.6, 0.9])
def test_an_interrupt_leaves_nothing(
    house: House, tmp_path: Path, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupting:
        """A bar that is interrupted when a share is done."""

        def __call__(self, _: str) -> "Interrupting":
            return self

        def __enter__(self) -> "Interrupting.Told":
            return self.Told()

        def __exit__(self, *_: object) -> None:
            return None

        class Told:
            """Hears of the progress."""

            def __call__(self, done: int, total: int) -> None:
                if done >= share * total:
                    raise KeyboardInterrupt

    monkeypatch.setattr("redaction.intake.large._CHUNK", 20_000)
    path, out = written(tmp_path, log(2000)), tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        list(redact_source(house, str(path), out, bar=Interrupting()))
    assert list(out.iterdir()) == []


def test_a_file_that_could_not_be_verified_is_quarantined_and_not_written(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redaction.detection.cleaning.Cleaner.settled", surviving)
    path, out = written(tmp_path, log()), tmp_path / "out"
    [answer] = redact_source(house, str(path), out)
    assert answer.quarantined == "redaction could not be verified"
    assert answer.path is None
    assert list(out.iterdir()) == []


def pooled(behaviour: str, timeout: float = 60.0) -> Iterator[PooledDetector]:
    detector = PooledDetector(
        lambda: NAMES, lambda: Worker("tests.fake_worker", [behaviour], timeout), 2
    )
    yield detector
    detector.close()
    gc.collect()


def texts(count: int) -> Sequence[str]:
    return [f"{'x ' * 5000}{n} Ottoline Marsk" for n in range(count)]


def test_workers_answer_in_the_order_of_the_texts() -> None:
    for detector in pooled("names"):
        expected: list[list[Finding]] = NAMES.names(texts(60))
        assert detector.names(texts(60)) == expected
        assert detector.names(texts(3)) == NAMES.names(texts(3))


@pytest.mark.parametrize(
    ("behaviour", "why"), [("die", "died"), ("hang", "too long"), ("break", "RuntimeError"),
                           ("eat", "MemoryError")]
)  # fmt: skip
def test_a_worker_that_fails_lets_nothing_pass_and_names_no_content(
    behaviour: str, why: str
) -> None:
    for detector in pooled(behaviour, timeout=1.5 if behaviour == "hang" else 60):
        with pytest.raises(DetectorFailed, match=why) as caught:
            detector.names(texts(60))
        assert "Ottoline" not in repr(caught.value)


def test_a_helper_shares_the_work_and_changes_nothing(tmp_path: Path, portion: int) -> None:
    path = written(tmp_path, log())
    for detector in pooled("names"):
        assert streamed(path, detector) == held(path)


@pytest.mark.parametrize("behaviour", ["die", "break"])
def test_a_helper_that_fails_lets_nothing_pass(
    tmp_path: Path, behaviour: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redaction.streaming._PORTION", 150)
    path, out = written(tmp_path, log()), tmp_path / "out"
    out.mkdir()
    for detector in pooled(behaviour):
        monkeypatch.setattr(House, "_detector", detector)
        house = House(Settings(workspace=tmp_path / "ws", keys=tmp_path / "keys"))
        text = large_text(path, 0)
        assert text is not None
        with pytest.raises(DetectorFailed):
            list(ui.large.redact_large(house, text, out))
        assert list(out.iterdir()) == []
