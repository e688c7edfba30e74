"""What holds for every table: in pieces it comes out as whole, also out of a gzip file."""

import csv
import gzip
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redaction import Keyring, Redactor, large_text, policy_named, read_raw
from redaction.detection.records import lines_of
from redaction.detection.tablerows import row_blocks, skipping, table_of
from redaction.detection.views.keyedlines import rows_of
from tests.fake_detection import ListedNames

PEOPLE = ("Ottoline Marsk", "Torgrim Fjeldheim", "Jane Roe", "")
SAID = (
    "jane.roe@corp.example bounced",
    "from 10.20.30.40 refused",
    "two\nlines, quoted",
    'he said "no"',
    "2026-03-14 09:00:00 took 12 ms",
    "2026-03-14 09:00:01 took 12 ms",
    "",
    "plain",
)
HEADINGS = (
    ("name", "email", "note", "password"),
    ("Name", "department", "note", "value"),
    ("key", "owner", "note", "value"),
    ("service", "Name", "note", "api_token"),
)
rows = st.tuples(
    st.sampled_from(PEOPLE),
    st.sampled_from(("tf@corp.example", "Ottoline Marsk", "Sales", "DB_PASSWORD")),
    st.sampled_from(SAID),
    st.sampled_from(("hunter22x", "Qx7!mm-2zK", "", "12")),
)
tables = st.tuples(
    st.sampled_from(HEADINGS),
    st.lists(rows, min_size=5, max_size=40),
    st.sampled_from(",;\t"),
    st.booleans(),
)
REDACTOR = Redactor(ListedNames("Ottoline Marsk"), policy_named("default"), Keyring(b"k" * 32))


def written(heading: tuple[str, ...], data: list[tuple[str, ...]], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([heading, *data])
    return out.getvalue()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables, st.integers(60, 2000), st.integers(60, 2000))
def test_in_pieces_a_table_comes_out_as_it_does_whole(
    table: tuple[tuple[str, ...], list[tuple[str, ...]], str, bool], portion: int, taken: int
) -> None:
    heading, data, delimiter, packed = table
    content = written(heading, data, delimiter).encode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("people.csv.gz" if packed else "people.csv")
        path.write_bytes(gzip.compress(content) if packed else content)
        large = large_text(path, 0)
        assert large is not None
        assert large.media_type == "text/csv"
        with (
            patch("redaction.streaming._PORTION", portion),
            patch("redaction.streaming._TAKEN", taken),
        ):
            parts = list(REDACTOR.redact_large(large, lambda done, total: None))
        [artifact] = REDACTOR.redact_case(read_raw(path)).case.artifacts
    shown = "".join(part.text for part in parts if not part.is_name)
    assert shown == artifact.text
    assert "Ottoline" not in shown
    assert "jane.roe" not in shown


@given(st.text(alphabet='ab",\n', max_size=200))
def test_rows_joined_are_the_text_and_are_cut_where_the_whole_is(text: str) -> None:
    text = f"a,b\n{text}\n"
    blocks = list(row_blocks(lines_of(text), ","))
    assert "".join(blocks) == text
    assert [row for block in blocks for row in said(block)] == said(text)


def said(text: str) -> list[list[str]]:
    rows = [[text[start:end] for start, end in row] for row in rows_of(text)]
    return [row for row in rows if any(row)]


@given(st.text(alphabet='ab",\n', max_size=200))
def test_headings_and_rows_joined_are_the_table(text: str) -> None:
    table = table_of(lines_of(text))
    assert table.heading + "".join(skipping(lines_of(text), table)) == text
