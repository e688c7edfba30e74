"""Knowledge and tracker records: read as a stream, redacted with numberless tags."""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from redaction import CannotRead, Keyring, RawRecord, RawText, Redactor, policy_named, read_records
from tests.fake_detection import ListedNames

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
