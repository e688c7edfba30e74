"""The ledger in a real SQLite database, with its head beside it."""

import multiprocessing
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from redaction import (
    EgressRefused,
    Keyring,
    LedgerBroken,
    LedgerGate,
    LedgerStore,
    RedactedText,
)
from redaction.ledger import Head, verify
from tests.making import redacted
from ui.database import open_database

KEY = Keyring(b"k" * 32)
PROCESSES, EACH = 4, 12


def ledger(folder: Path, key: Keyring = KEY) -> LedgerStore:
    return LedgerStore(open_database(folder), key, folder / "keys" / "w.head")


@pytest.fixture
def filled(tmp_path: Path) -> LedgerStore:
    book = ledger(tmp_path)
    for number in range(4):
        book.append("model", case=f"case-{number % 2}", subject="m", text=f"text {number}")
    return book


def change(folder: Path, *statements: str) -> None:
    """Change the rows as somebody would who can write the file: the triggers are dropped first."""
    connection = sqlite3.connect(folder / "casewright.db")
    for verb in ("update", "delete"):
        connection.execute(f"drop trigger ledger_no_{verb}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_the_first_entry_says_that_the_key_began_and_no_entry_holds_content(
    filled: LedgerStore, tmp_path: Path
) -> None:
    assert [entry.event for entry in filled.entries()] == ["key", *["model"] * 4]
    assert filled.verify().broken is None
    assert filled.verify().entries == 5
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or b"text 2" not in path.read_bytes()


def test_equal_texts_have_equal_hashes_and_entries_are_filtered(filled: LedgerStore) -> None:
    filled.append("export", case="case-1", text="text 1")
    ours = filled.entries(case="case-1")
    assert [entry.number for entry in ours] == [3, 5, 6]
    assert ours[0].hash == ours[2].hash != ours[1].hash
    assert [entry.number for entry in filled.entries(event="model", limit=2)] == [4, 5]
    assert filled.last("export") == ours[2]


def test_the_database_refuses_to_change_or_delete_an_entry(
    filled: LedgerStore, tmp_path: Path
) -> None:
    del filled
    connection = sqlite3.connect(tmp_path / "casewright.db")
    for statement in ("update ledger set subject = 'x'", "delete from ledger where number = 3"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("update ledger set subject = 'other' where number = 3", 3),
        ("update ledger set time = '2020-01-01T00:00:00+00:00' where number = 1", 1),
        ("update ledger set size = 0 where number = 5", 5),
        ("delete from ledger where number = 3", 3),
        ("delete from ledger where number = 5", 5),
        ("delete from ledger where number >= 2", 2),
        ("delete from ledger", 1),
        ("update ledger set number = number + 10 where number > 3", 4),
        ("insert into ledger select 6, time, event, actor, \"case\", subject, hash, size, mac"
         " from ledger where number = 5", 6),
    ],
)  # fmt: skip
def test_a_change_a_gap_and_a_cut_are_found_where_they_are(
    filled: LedgerStore, tmp_path: Path, statement: str, broken: int
) -> None:
    change(tmp_path, statement)
    verdict = filled.verify()
    assert verdict.broken == broken
    assert verdict.problem


@pytest.mark.parametrize(
    "statement",
    [
        "delete from ledger where number = 5",
        "delete from ledger",
        "update ledger set subject = 'other' where number = 5",
    ],
)
def test_a_ledger_whose_end_does_not_hold_is_not_continued(
    filled: LedgerStore, tmp_path: Path, statement: str
) -> None:
    change(tmp_path, statement)
    with pytest.raises(LedgerBroken):
        filled.append("model", text="x")


def test_a_lost_head_shows_until_the_next_entry_which_notes_the_loss(
    filled: LedgerStore, tmp_path: Path
) -> None:
    (tmp_path / "keys" / "w.head").unlink()
    assert "head is lost" in filled.verify().problem
    filled.append("model", text="x")
    assert [entry.event for entry in filled.entries(limit=2)] == ["head-lost", "model"]
    assert filled.verify().broken is None


def test_a_head_that_was_written_by_hand_is_refused(filled: LedgerStore, tmp_path: Path) -> None:
    head = tmp_path / "keys" / "w.head"
    head.write_text(head.read_text().replace("5 ", "4 ", 1))
    assert filled.verify().broken is not None
    with pytest.raises(LedgerBroken, match="its head"):
        filled.append("model", text="x")


def test_a_head_behind_a_crash_holds(filled: LedgerStore, tmp_path: Path) -> None:
    head = tmp_path / "keys" / "w.head"
    before = head.read_text()
    filled.append("model", text="x")
    head.write_text(before)
    assert filled.verify().broken is None
    filled.append("model", text="x")
    assert filled.verify().entries == 7


def test_another_key_neither_continues_nor_verifies(filled: LedgerStore, tmp_path: Path) -> None:
    del filled
    other = ledger(tmp_path, Keyring(b"x" * 32))
    assert other.verify().broken == 1
    with pytest.raises(LedgerBroken):
        other.append("model", text="x")


def test_a_head_that_cannot_be_written_lets_nothing_out(tmp_path: Path) -> None:
    (tmp_path / "keys" / "w.head").mkdir(parents=True)
    with pytest.raises(LedgerBroken, match="cannot be written"):
        ledger(tmp_path).append("model", text="x")


def _append(folder: Path) -> None:
    book = ledger(folder)
    for number in range(EACH):
        book.append("model", subject=str(number), text="x")


def test_processes_that_append_at_once_make_one_chain(tmp_path: Path) -> None:
    ledger(tmp_path)
    fresh = multiprocessing.get_context("forkserver")
    fresh.set_forkserver_preload([__name__])
    started = [fresh.Process(target=_append, args=(tmp_path,)) for _ in range(PROCESSES)]
    for process in started:
        process.start()
    for process in started:
        process.join(120)
    assert [process.exitcode for process in started] == [0] * PROCESSES
    verdict = ledger(tmp_path).verify()
    assert (verdict.entries, verdict.broken) == (PROCESSES * EACH + 1, None)


class Refusing:
    """Implements `Gate`; lets `fine` pass and nothing else."""

    def check(self, text: RedactedText) -> None:
        if text != "fine":
            raise EgressRefused((("PERSON", 0, 1),))

    def admit(self, text: str) -> RedactedText:
        return redacted(text)


def test_what_passes_is_recorded_and_what_is_refused_is_not(tmp_path: Path) -> None:
    book = ledger(tmp_path)
    gate = LedgerGate(Refusing(), book, "model", "embedded", "case-1")
    gate.check(redacted("fine"))
    with pytest.raises(EgressRefused):
        gate.check(redacted("not fine"))
    [_, entry] = book.entries()
    assert (entry.event, entry.case, entry.subject) == ("model", "case-1", "embedded")
    assert (entry.size, entry.hash) == (4, KEY.fingerprint("fine"))


def test_an_entry_of_another_place_does_not_fit(filled: LedgerStore) -> None:
    entries = filled.entries()
    head = Head(entries[-1].number, entries[-1].mac)
    assert verify(entries, head, KEY).broken is None
    assert verify(entries[1:], head, KEY).broken == 1
    swapped = (entries[0], replace(entries[2], number=2), *entries[2:])
    assert verify(swapped, head, KEY).broken == 2
