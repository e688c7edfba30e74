"""Holds the measure of redaction to figures worked out by hand."""

import gzip
import json
import re
from pathlib import Path

import pytest

from evals import count_text, measure
from evals.redaction import wilson
from redaction import CannotRead, Finding, Label, LabelledText, RawText, found_by, read_labelled
from tests.fake_detection import ListedNames
from ui.evaluation import evaluate_redaction
from ui.settings import Settings
from ui.wiring import House

JANE = Label(0, 8, "PERSON")
MAIL = Label(20, 40, "EMAIL")


def test_a_span_counts_only_when_every_character_of_it_is_replaced() -> None:
    assert count_text([JANE], [(0, 8)]).types == {"PERSON": (1, 1)}
    assert count_text([JANE], [(0, 7)]).types == {"PERSON": (1, 0)}
    assert count_text([JANE], [(1, 9)]).types == {"PERSON": (1, 0)}
    assert count_text([JANE], []).types == {"PERSON": (1, 0)}


def test_replacements_side_by_side_cover_a_span_and_a_gap_between_them_does_not() -> None:
    assert count_text([JANE], [(4, 8), (0, 4)]).types == {"PERSON": (1, 1)}
    assert count_text([JANE], [(5, 8), (0, 4)]).types == {"PERSON": (1, 0)}
    assert count_text([JANE], [(0, 6), (4, 30)]).types == {"PERSON": (1, 1)}


def test_characters_are_counted_once_however_often_they_are_labelled_or_replaced() -> None:
    counted = count_text([JANE, Label(4, 12, "ORG")], [(2, 6), (4, 20), (30, 31)])
    assert (counted.replaced, counted.right) == (19, 10)
    assert counted.types == {"PERSON": (1, 0), "ORG": (1, 1)}


def test_recall_precision_and_f2_are_as_worked_out_by_hand() -> None:
    texts = [
        count_text([JANE, MAIL], [(0, 8), (20, 30)]),  # 1 of 2, 18 of 18 characters
        count_text([JANE], [(0, 8), (10, 16)]),  # 1 of 1, 8 of 14 characters
        count_text([], []),
    ]
    measured = measure(texts)
    person, mail = measured.types["PERSON"], measured.types["EMAIL"]
    assert (person.n, person.covered, person.recall) == (2, 2, 1.0)
    assert (mail.n, mail.covered, mail.recall) == (1, 0, 0.0)
    overall = measured.overall
    assert overall.recall == pytest.approx(2 / 3)
    assert overall.precision == pytest.approx(26 / 32)
    # 5PR / (4P + R) with P = 13/16 and R = 2/3
    assert overall.f2 == pytest.approx(0.6915, abs=1e-4)
    assert list(measured.types) == ["PERSON", "EMAIL"]


def test_the_interval_of_recall_is_wilsons() -> None:
    # Newcombe 1998, table II: 81 of 263, 15 of 148, 0 of 20.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


def test_texts_that_differ_widen_the_interval_of_precision_and_texts_alike_close_it() -> None:
    alike = measure([count_text([JANE], [(0, 10)])] * 20).overall
    assert alike.precision_low == alike.precision == alike.precision_high == pytest.approx(0.8)
    mixed = [count_text([JANE], [(0, 8)]), count_text([JANE], [(8, 16)])] * 10
    differ = measure(mixed).overall
    assert differ.precision == pytest.approx(0.5)
    assert differ.precision_low is not None and 0.2 < differ.precision_low < 0.4
    assert differ.precision_high is not None and 0.6 < differ.precision_high < 0.8
    assert measure(mixed) == measure(mixed)


def test_what_cannot_be_told_is_left_out() -> None:
    nothing = measure([]).overall
    assert (nothing.recall, nothing.precision, nothing.f2) == (None, None, None)
    silent = measure([count_text([JANE], [])]).overall
    assert (silent.recall, silent.precision, silent.f2) == (0.0, None, 0.0)
    unlabelled = measure([count_text([], [(0, 4)])]).overall
    assert (unlabelled.recall, unlabelled.precision, unlabelled.f2) == (None, 0.0, None)
    silver = measure([count_text([JANE], [(0, 20)])], recall_only=True).overall
    assert (silver.recall, silver.precision, silver.f2) == (1.0, None, None)


def written(folder: Path, *rows: object) -> Path:
    file = folder / "labelled.jsonl"
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return file


def test_labelled_texts_are_read_plain_and_packed(tmp_path: Path) -> None:
    row = {"id": "a-1", "text": "Jane Roe", "spans": [{"start": 0, "end": 8, "type": "PERSON"}]}
    unknown = {"id": "a-2", "text": "Jane Roe", "spans": None}
    plain = written(tmp_path, row, unknown, {"text": "é", "spans": [{"start": 0, "end": 1}]})
    packed = tmp_path / "labelled.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    for file in (plain, packed):
        first, second = read_labelled(file)
        assert (first.id, first.length, first.labels) == ("a-1", 8, (JANE,))
        assert (second.id, second.length, second.labels) == ("3", 1, (Label(0, 1, "UNTYPED"),))


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ([], "not a JSON object"),
        ({"id": "1", "spans": []}, "has no text"),
        ({"id": "1", "text": 7, "spans": []}, "has no text"),
        ({"id": "1", "text": "Gr4nit"}, "has no spans"),
        ({"id": "1", "text": "Gr4nit", "spans": {}}, "spans is not a list"),
        ({"id": "1", "text": "Gr4nit", "spans": ["Gr4nit"]}, "span 1 is not"),
        ({"id": "1", "text": "Gr4nit", "spans": [{"start": 0}]}, "span 1 has no start and end"),
        ({"id": "1", "text": "Gr4nit", "spans": [{"start": True, "end": 2}]}, "has no start"),
        ({"id": "1", "text": "Gr4nit", "spans": [{"start": 0, "end": 7}]}, "(0-7) is not inside"),
        ({"id": "1", "text": "Gr4nit", "spans": [{"start": 3, "end": 3}]}, "(3-3) is not inside"),
        ({"id": "1", "text": "Gr4nit", "spans": [{"start": -1, "end": 3}]}, "is not inside"),
        ({"id": "1", "text": "Gr4nit", "spans": [{"start": 0, "end": 1, "type": 4}]}, "type of"),
    ],
)
def test_a_bad_record_is_told_with_its_line_and_without_its_content(
    row: object, problem: str, tmp_path: Path
) -> None:
    file = written(tmp_path, {"id": "0", "text": "", "spans": []}, row)
    with pytest.raises(CannotRead, match="line 2") as caught:
        list(read_labelled(file))
    assert problem in str(caught.value)
    assert "Gr4nit" not in str(caught.value)


def test_what_is_not_json_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "labelled.jsonl"
    file.write_text("\n\n{Gr4nit\n", "utf-8")
    with pytest.raises(CannotRead, match="line 3 is not JSON"):
        list(read_labelled(file))
    with pytest.raises(CannotRead, match="is no file"):
        list(read_labelled(tmp_path))


def test_a_finder_reads_the_raw_text_and_tells_places_only() -> None:
    text = "mail jane.roe@corp.example"
    labelled = LabelledText("1", RawText(text), len(text), ())
    [found] = found_by(ListedNames().patterns, labelled)
    assert (found.start, found.end, found.type) == (5, 26, "EMAIL")


def mails_only(text: str) -> list[Finding]:
    found = re.finditer(r"\S+@\S+", text)
    return [Finding(match.start(), match.end(), "EMAIL", "mails", 1.0) for match in found]


def test_a_file_is_measured_with_a_fake_detector(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(House, "_detector", ListedNames("Torgrim Fjeldheim"), raising=True)
    monkeypatch.setattr(House, "plain_presidio", staticmethod(mails_only), raising=True)
    rows = [
        {
            "id": "1",
            "text": "Torgrim Fjeldheim wrote from t@fjord.example",
            "spans": [
                {"start": 0, "end": 17, "type": "PERSON"},
                {"start": 29, "end": 44, "type": "EMAIL"},
            ],
        },
        {"id": "2", "text": "all is well", "spans": [{"start": 0, "end": 3, "type": "PERSON"}]},
        {"id": "3", "text": "never read", "spans": [{"start": 0, "end": 3, "type": "PERSON"}]},
    ]
    house = House(Settings(workspace=tmp_path / "workspace", policy="default"))
    seen: list[int] = []
    answer = evaluate_redaction(
        house, written(tmp_path, *rows), seen.append, baseline=True, limit=2
    )
    assert (answer.records, answer.withheld, seen) == (2, 0, [1, 2])
    assert answer.overall.recall == pytest.approx(2 / 3)
    assert answer.overall.precision == 1.0
    assert {kind: (t.n, t.covered) for kind, t in answer.types.items()} == {
        "PERSON": (2, 1),
        "EMAIL": (1, 1),
    }
    assert answer.baseline["presidio"].overall.recall == pytest.approx(1 / 3)
    assert not (tmp_path / "workspace").exists()
