"""Knowledge and tracker records: read as a stream, redacted with numberless tags."""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from redaction import (
    CannotRead,
    DetectorFailed,
    Keyring,
    RawRecord,
    RawText,
    Redactor,
    policy_named,
    read_records,
)
from redaction.detection.recognizers import find_patterns
from redaction.records import RecordLimits
from tests.fake_detection import Blind, BrokenDetector, ListedNames

KEY = Keyring(b"k" * 32)
ROWS = [
    {"id": "XA-1", "title": "Crash", "reporter": "Jane Roe", "tenant": "acme", "votes": 3},
    {"id": "XA-2", "description": "Jane Roe wrote: mail a@b.example", "labels": ["x", "y"]},
]


def write(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_plain_packed_and_folders_read_alike(tmp_path: Path) -> None:
    plain = write(tmp_path / "a.jsonl", ROWS)
    packed = tmp_path / "b.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "c.json").write_text(json.dumps(ROWS))
    for path in (plain, packed, folder):
        records = list(read_records(path))
        assert [record.id for record in records] == ["XA-1", "XA-2"]
        assert records[0].fields["votes"].reveal() == "3"
        assert records[1].fields["labels"].reveal() == "x, y"


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.json.gz"])
@pytest.mark.parametrize("damage", ["cut", "no header"])
def test_a_damaged_packed_file_is_an_error_that_names_the_place(
    tmp_path: Path, name: str, damage: str
) -> None:
    packed = gzip.compress(b"".join(b'{"id": "%d"}\n' % n for n in range(5000)))
    content = {"cut": packed[: len(packed) // 2], "no header": b"\x00" + packed}
    (tmp_path / name).write_bytes(content[damage])
    with pytest.raises(CannotRead, match=r"cannot be read after (line|byte) \d+"):
        list(read_records(tmp_path / name))


@pytest.mark.parametrize(("name", "place"), [("a.jsonl.gz", "line 0"), ("a.json.gz", "byte 0")])
def test_damage_inside_the_deflate_stream_is_an_error(
    tmp_path: Path, name: str, place: str
) -> None:
    header = gzip.compress(b"")[:10]
    (tmp_path / name).write_bytes(header + b"\xff" * 64)
    with pytest.raises(CannotRead, match=f"cannot be read after {place}"):
        list(read_records(tmp_path / name))


def test_a_line_over_the_limit_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": "1"}\n{"id": "2", "t": "' + b"x" * 90 + b'"}\n'))
    assert len(list(read_records(path, RecordLimits(line=200)))) == 2
    with pytest.raises(CannotRead, match="line 2 is over 100 bytes"):
        list(read_records(path, RecordLimits(line=100)))


@pytest.mark.parametrize("name", ["a.json", "a.json.gz"])
def test_a_whole_file_over_the_limit_is_an_error(tmp_path: Path, name: str) -> None:
    content = json.dumps([{"id": "1", "t": "x" * 500}]).encode()
    packed = gzip.compress(content) if name.endswith(".gz") else content
    (tmp_path / name).write_bytes(packed)
    assert len(list(read_records(tmp_path / name, RecordLimits(whole=len(content))))) == 1
    with pytest.raises(CannotRead, match="over 500 bytes"):
        list(read_records(tmp_path / name, RecordLimits(whole=500)))


def test_lines_under_the_name_of_a_whole_file_are_read_and_named_like_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"id": "1"}\n{"id": "2"}\n')
    assert [record.id for record in read_records(path)] == ["1", "2"]
    path.write_text('{"id": "1"}\n{broken secret\n')
    with pytest.raises(CannotRead, match="line 2") as caught:
        list(read_records(path))
    assert caught.value.__context__ is None


@pytest.mark.parametrize("line", ["{broken secret", '["secret"]', '{"id": "jane@secret.example"}'])
def test_a_bad_line_is_named_by_number_without_its_content(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "1"}\n' + line + "\n")
    with pytest.raises(CannotRead, match="line 2") as caught:
        list(read_records(path))
    assert "secret" not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CannotRead):
        list(read_records(tmp_path / "none.jsonl"))


def test_nested_values_have_dotted_keys(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", [{"id": "1", "messages": [{"author": "Jane Roe"}]}])
    [record] = read_records(path)
    assert record.fields["messages.0.author"].reveal() == "Jane Roe"


def redact(path: Path) -> list[dict[str, str]]:
    redactor = Redactor(ListedNames(), policy_named("default"), KEY)
    return [
        {**{k: str(v) for k, v in record.fields.items()}, "tenant_ref": record.tenant}
        for record in redactor.redact_records(read_records(path))
    ]


def test_keys_decide_and_tags_have_no_numbers(tmp_path: Path) -> None:
    first, second = redact(write(tmp_path / "a.jsonl", ROWS))
    assert first["reporter"] == "<PERSON>"
    assert first["title"] == "Crash"
    assert second["description"] == "<PERSON> wrote: mail <EMAIL>"


def test_a_tenant_is_a_keyed_reference_and_its_name_is_gone(tmp_path: Path) -> None:
    first, second = redact(write(tmp_path / "a.jsonl", ROWS))
    assert first["tenant_ref"] == KEY.entity_ref("tenant", "acme")
    assert "acme" not in first["tenant"]
    assert second["tenant_ref"] == ""


def test_records_are_redacted_as_they_are_read() -> None:
    seen: list[int] = []

    def rows() -> Iterator[RawRecord]:
        for number in range(1000):
            seen.append(number)
            yield RawRecord(str(number), {"title": RawText("x")})

    redactor = Redactor(ListedNames(), policy_named("default"), KEY)
    next(redactor.redact_records(rows()))
    assert len(seen) < 200


def ids_of(*ids: str) -> list[str]:
    redactor = Redactor(ListedNames(), policy_named("default"), KEY)
    rows = [RawRecord(name, {"title": RawText("x")}) for name in ids]
    return [record.id for record in redactor.redact_records(rows)]


@pytest.mark.parametrize(
    "name",
    ["AKIAQ7XM2PLDNE5RTW3B", "192.0.2.17", "db7.larks.internal", "jane.roe@larks.example"],
)
def test_an_id_that_holds_a_sensitive_value_becomes_a_stable_reference(name: str) -> None:
    first, other, again = ids_of(name, f"ticket/{name}", name)
    assert first == again != other
    assert name not in first + other
    assert first.replace("-", "") == "ref" + KEY.entity_ref("record", name)[:16]
    assert not find_patterns(f"see {first} and {other}")


def test_the_ids_of_trackers_stay() -> None:
    ids = ["XA-1", "kb:retry-storms#3", "1234567", "checkout/42", "jane.roe"]
    assert ids_of(*ids) == ids


# A key of this shape must not follow a letter: of keys without a gap each look sees one only.
GLUED = ("AIza" + "Sy4Kq8Zr1Tn6Wp3Xc9" * 2 + "Vb7Mh5Lg2") * 4


def test_a_field_that_cannot_be_verified_is_withheld_and_the_rest_goes_on() -> None:
    redactor = Redactor(Blind(), policy_named("default"), KEY)
    rows = [
        RawRecord("1", {"title": RawText("fine"), "body": RawText(GLUED)}),
        RawRecord("2", {"title": RawText("next")}),
    ]
    first, second = redactor.redact_records(rows)
    assert first.fields == {"title": "fine", "body": "(withheld)"}
    assert second.fields == {"title": "next"}


def test_a_document_that_cannot_be_verified_is_withheld_and_the_rest_goes_on() -> None:
    redactor = Redactor(Blind(), policy_named("default"), KEY)
    pairs = [("d7", RawText(GLUED)), ("d8", RawText("next"))]
    found = [(each.id, each.text, each.spans) for each in redactor.redact_documents(pairs)]
    assert found == [("d7", "(withheld)", ()), ("d8", "next", ())]


def test_a_broken_detector_stops_the_stream() -> None:
    redactor = Redactor(BrokenDetector(), policy_named("default"), KEY)
    for rows in ([RawRecord("id-secret", {})], [RawRecord("1", {"t": RawText("secret")})]):
        with pytest.raises(DetectorFailed) as caught:
            list(redactor.redact_records(rows))
        assert "secret" not in str(caught.value)
        assert caught.value.__context__ is None
