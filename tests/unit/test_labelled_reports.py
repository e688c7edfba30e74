import gzip
import json
from pathlib import Path

import pytest

from redaction import CannotRead, as_they_are, read_reports


def written(tmp_path: Path, *rows: object, name: str = "reports.jsonl") -> Path:
    path = tmp_path / name
    text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, "utf-8")
    return path


def row(name: str, **more: object) -> dict[str, object]:
    return {"id": name, "title": f"Title of {name}", "created": "2024-05-01 10:00", **more}


def test_a_report_tells_its_group_and_whether_it_is_looked_for(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        row("R-1", cluster="R-1", query=False),
        row("R-2", cluster="R-1", query=True),
        row("R-3"),
        name="reports.jsonl.gz",
    )

    told = [(each.record.id, each.group, each.is_query) for each in read_reports(path)]

    assert told == [("R-1", "R-1", False), ("R-2", "R-1", True), ("R-3", "", True)]


def test_only_what_was_known_when_it_was_written_is_kept(tmp_path: Path) -> None:
    path = written(
        tmp_path, row("R-1", status="RESOLVED DUPLICATE", resolution="Duplicate", product="Shop")
    )

    [report] = read_reports(path)

    assert set(report.record.fields) == {"title", "product", "created"}


def test_reports_of_one_minute_keep_the_order_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, row("R-9"), row("R-1"), row("R-5"))

    ordered = sorted(read_reports(path), key=lambda report: report.created)

    assert [report.record.id for report in ordered] == ["R-9", "R-1", "R-5"]


def test_without_times_the_order_decides(tmp_path: Path) -> None:
    path = written(
        tmp_path, {"id": "R-1", "title": "a", "order": 7}, {"id": "R-2", "title": "b", "order": 3}
    )

    ordered = sorted(read_reports(path), key=lambda report: report.created)

    assert [report.record.id for report in ordered] == ["R-2", "R-1"]


def test_ticket_numbers_are_masked_where_the_text_names_its_duplicate(tmp_path: Path) -> None:
    path = written(tmp_path, row("R-2", title="Same as SHOP-123 and 45678", leak=True))

    [record] = as_they_are(read_reports(path))

    assert record.fields["title"].split() == ["Same", "as", "and"]


def test_a_report_as_it_is_keeps_its_words(tmp_path: Path) -> None:
    [record] = as_they_are(read_reports(written(tmp_path, row("R-1", components=["UI", "API"]))))

    assert (record.fields["title"], record.fields["components"]) == ("Title of R-1", "UI, API")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("not json", "line 2 is not JSON"),
        ('["a"]', "line 2 is not a JSON object"),
        ('{"title": "secret words"}', "line 2 has no usable id"),
        ('{"id": "R-1", "title": "secret words"}', "line 2: its id stands on an earlier line"),
        ('{"id": "R-2", "created": "secret words"}', "line 2: its `created` is no time"),
    ],
)
def test_a_wrong_line_is_named_and_never_quoted(tmp_path: Path, line: str, told: str) -> None:
    path = written(tmp_path, row("R-1"), line)

    with pytest.raises(CannotRead) as error:
        list(read_reports(path))

    assert told in str(error.value)
    assert "secret words" not in str(error.value)


def test_a_missing_file_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="give JSON Lines"):
        list(read_reports(tmp_path / "absent.jsonl"))
