# ruff: noqa: E501 - inputs are easier to check on one line
"""Statements, dumps and printed tables of databases: each value under the name of its column."""

import time

import pytest

from redaction import Finding, policy_named
from redaction.detection.passes import Source, redact_documents
from redaction.detection.views.borders import within_cells
from tests.fake_detection import ListedNames


def clean(text: str, *names: str) -> str:
    [result] = redact_documents(
        [[Source(text, "text")]], ListedNames(*names), policy_named("default")
    )
    [shown] = result.texts
    assert shown is not None
    return shown.text


def test_the_values_of_an_insert_go_by_the_columns_it_names() -> None:
    said = "INSERT INTO customers (id, first_name, last_name, dob, note) VALUES (7,'Rose','Field','1979-04-12','gold'),\n (8, 'April', 'O''Stone', DATE '1980-01-02', NULL);\n"
    assert clean(said) == (
        "INSERT INTO customers (id, first_name, last_name, dob, note) VALUES (7,'<PERSON_1>','<PERSON_2>','<BIRTHDATE_1>','gold'),\n"
        " (8, '<PERSON_3>', '<PERSON_4>', DATE '<BIRTHDATE_2>', NULL);\n"
    )


@pytest.mark.parametrize(
    "insert",
    [
        "insert ignore into `crm`.`people` (`id`, `last_name`) values (1, 'Field');",
        'INSERT INTO "people" ("id", "last_name") OVERRIDING SYSTEM VALUE VALUES (1, \'Field\');',
        "INSERT INTO people\n  (id, last_name)\nVALUES\n  (1, 'Field');",
        "REPLACE INTO [people] ([id], [last_name]) VALUES (1, N'Field');",
    ],
)
def test_an_insert_is_read_in_every_dialect(insert: str) -> None:
    assert clean(insert) == insert.replace("Field", "<PERSON_1>")


def test_a_number_of_an_insert_stays_one_value() -> None:
    said = "INSERT INTO t (phone, seen, note) VALUES (491705550199, now(), 'a, b) c');"
    assert clean(said) == said.replace("491705550199", '"<PHONE_1>"')


def test_what_an_insert_says_of_things_stays() -> None:
    said = "INSERT INTO jobs (id, state, attempts) VALUES (7, 'failed', 3), (8, 'done', 1);"
    assert clean(said) == said


def test_a_statement_that_never_closes_is_read_in_proportion_to_its_length() -> None:
    def seconds(size: int) -> float:
        text = "INSERT INTO t (a, last_name) VALUES " + "(1, 'Field" * size
        started = time.process_time()
        clean(text)
        return time.process_time() - started

    assert min(seconds(4_000) for _ in range(2)) < 16 * min(seconds(500) for _ in range(2)) + 0.2


def test_the_rows_of_a_dump_go_by_the_columns_above_them() -> None:
    said = "COPY public.customers (id, first_name, last_name, birth_date, note) FROM stdin;\n7\tRose\tField\t1979-04-12\tgold\n8\tApril\tStone\t1981-04-12\t\\N\n\\.\n"
    shown = clean(said)
    assert shown.count("\n") == said.count("\n")
    assert not any(word in shown for word in ("Rose", "Field", "1979", "April", "Stone", "1981"))
    assert "\tgold\n" in shown
    assert "\t\\N\n" in shown


def test_a_table_of_psql_has_headings() -> None:
    said = " id | name       | plan\n----+------------+------\n  7 | Rose Field | gold\n  8 | Will Stone | basic\n(2 rows)\n"
    assert (
        clean(said)
        == " id | name       | plan\n----+------------+------\n  7 | <PERSON_1> | gold\n  8 | <PERSON_2> | basic\n(2 rows)\n"
    )


def test_a_table_of_psql_of_things_stays() -> None:
    said = " name | size\n------+------\n orders_idx | 12 MB\n orders_pk | 8 MB\n(2 rows)\n"
    assert clean(said) == said


def test_the_rules_of_a_table_of_mysql_do_not_part_it() -> None:
    rule = "+----+------------+-----------+\n"
    said = f"{rule}| id | first_name | last_name |\n{rule}|  7 | Rose       | Field     |\n{rule}"
    shown = clean(said)
    assert "Rose" not in shown
    assert "Field" not in shown
    assert shown.count("|") == said.count("|")


def test_a_name_never_goes_on_in_the_next_cell_of_a_row_between_tabs() -> None:
    shown = clean("4\tSaskia\tAchterberg\t7\n5\tTorgrim\tFjeldheim\t8\n")
    assert [line.count("\t") for line in shown.splitlines()] == [3, 3]


@pytest.mark.parametrize("border", ["\t", " | "])
def test_what_was_found_over_a_border_is_cut_there(border: str) -> None:
    text = f"4{border}Saskia{border}Achterberg{border}7"
    whole = Finding(len(border) + 1, len(text) - len(border) - 1, "PERSON", "name:known", 0.9, True)
    parts = [text[each.start : each.end] for each in within_cells(whole, text)]
    assert parts == ["Saskia", "Achterberg"]


def test_a_row_of_two_plain_words_under_name_is_a_person() -> None:
    shown = clean("Name\tStatus\tPasswort\nRose Field\tactive\ttr0mb-html-9\n")
    assert shown == "Name\tStatus\tPasswort\n<PERSON_1>\tactive\t<PASSWORD_1>\n"


@pytest.mark.parametrize("around", ["'{}'", "='{}';", "('{}',"])
def test_the_quotes_around_a_mail_address_stay(around: str) -> None:
    said = around.format("jane.roe@corp.example")
    assert clean(said) == around.format("<EMAIL_1>@<DOMAIN_1>")


def test_a_mail_address_keeps_the_apostrophe_of_its_name() -> None:
    assert clean("to o'roe@corp.example now") == "to <EMAIL_1>@<DOMAIN_1> now"


def test_a_bound_date_of_a_year_of_births_goes() -> None:
    said = "binding parameter [1] as [DATE] - [1977-03-04]\nbinding parameter [2] as [DATE] - [2026-03-04]\n"
    assert clean(said) == said.replace("1977-03-04", "<BIRTHDATE_1>")
