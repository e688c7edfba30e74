# ruff: noqa: E501 - an address is easier to check on one line
"""Street addresses of many countries, and lines that only look like one."""

import pytest

from redaction.detection.patterns.addresses import find_addresses
from redaction.detection.patterns.protected import Protected


def found(text: str) -> list[str]:
    return [text[f.start : f.end] for f in find_addresses(text, Protected(text))]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Ship it to 12 Market Street, Springfield, IL 62704.", "12 Market Street, Springfield, IL 62704"),
        ("I live at 7 Larkfield Close.", "7 Larkfield Close"),
        ("Her address is 17 Rue des Alouettes\n75011 Granville", "17 Rue des Alouettes\n75011 Granville"),
        ("wohnt am Fasanenweg 12a, 10115 Granstadt", "Fasanenweg 12a, 10115 Granstadt"),
        ("We moved to Via Fittizia 9, Fontana", "Via Fittizia 9, Fontana"),
        ("Office: ul. Zmyślona 44", "ul. Zmyślona 44"),
        ("kantoor Verzonnenstraat 8", "Verzonnenstraat 8"),
        ("kontoret i Oppdiktaveien 14B, 7099 Granlia, Norway", "Oppdiktaveien 14B, 7099 Granlia, Norway"),
        ("Jane Roe\n\n4711 Keksitty 12\n Apt. 3\n Kuvitteila\n\n Finland 00990", "4711 Keksitty 12\n Apt. 3\n Kuvitteila\n\n Finland 00990"),
        (">Jane Roe\n>48 Imagined Road\n>Suite 5\n>Granville\n>Norway 0990", "48 Imagined Road\n>Suite 5\n>Granville\n>Norway 0990"),
        ("Meet me at the corner of Larkfield Road and 12 Fable Street.", "the corner of Larkfield Road and 12 Fable Street"),
        ("Address:\n12 Lark Row\nGranville\n, NS\n B0X 1X0", "12 Lark Row\nGranville\n, NS\n B0X 1X0"),
        ("send to PSC 0042, Box 77\nAPO AE 09001", "PSC 0042, Box 77\nAPO AE 09001"),
        ("postal address is p.o. box 1187, granville", "p.o. box 1187, granville"),
    ],
)  # fmt: skip
def test_an_address_is_one_finding_from_house_number_to_country(text: str, address: str) -> None:
    assert found(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-17 09:04:12 INFO worker 12 Main Street handler done",
        "HTTP 404 Not Found 12, retry in 5 s",
        "1 of 12 rows, 3 more files in 2 folders",
        "the server is at 10.0.0.4 and listens on 8080",
        "Unit tests: 12 passed, 3 failed",
        "address is already in use: 0.0.0.0:8080",
        "bind address: 0x7fff5fbff8c0",
        "Monitoring 2 runs, Scoring 3 items, String 5",
        "Windows 10 Build 19041 and Java 17 Update 5",
        "live in 5 minutes; see you at 9 am on Monday",
        "it is at 100 % in 3 of 4 shards",
    ],
)
def test_counts_codes_and_times_are_no_address(text: str) -> None:
    assert found(text) == []


def test_after_a_list_of_street_words_an_address_with_a_cue_is_still_found() -> None:
    text = "street\n" * 60 + "\nPlease send it to 12 Larkfield Street, Granville 75011\n"
    assert any(
        "12 Larkfield" in text[f.start : f.end] for f in find_addresses(text, Protected(text))
    )


def test_after_a_list_of_street_words_an_address_further_on_is_found_without_a_cue() -> None:
    text = "street\n" * 60 + "tick " * 100 + "\n12 Larkfield Street, Granville 75011\n"
    assert any(
        "12 Larkfield" in text[f.start : f.end] for f in find_addresses(text, Protected(text))
    )
