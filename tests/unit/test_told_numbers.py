# ruff: noqa: E501 - inputs are easier to check on one line
"""Numbers, dates and machines that only the words or the place around them tell."""

import pytest

from tests.fake_detection import shown as clean


@pytest.mark.parametrize(
    ("cue", "value", "kind"),
    [
        ("USt-IdNr.: ", "DE123456789", "NATIONAL_ID"),
        ("VAT: ", "GB123456789", "NATIONAL_ID"),
        ("SIRET: ", "12345678900011", "NATIONAL_ID"),
        ("NIP: ", "1234567890", "NATIONAL_ID"),
        ("T.C. Kimlik No: ", "12345678901", "NATIONAL_ID"),
        ("Rodné číslo: ", "123456/7890", "NATIONAL_ID"),
        ("dowód osobisty: ", "ABC123456", "NATIONAL_ID"),
        ("NINO: ", "QQ 12 34 56 C", "NATIONAL_ID"),
        ("Medicare MBI: ", "1AA1-AA1-AA11", "NATIONAL_ID"),
        ("MRN: ", "00123456", "NATIONAL_ID"),
        ("SV-Nummer: ", "12 010180 R 123", "NATIONAL_ID"),
        ("Versichertennummer: ", "A123456789", "NATIONAL_ID"),
        ("Driving licence: ", "ROEXX011805J99AB", "NATIONAL_ID"),
        ("Reisepass-Nr. ", "C01X00T47", "PASSPORT"),
        ("IMSI: ", "001010123456789", "ACCOUNT"),
        ("ICCID: ", "8900000000012345678", "ACCOUNT"),
        ("IMEI: ", "490154203237518", "ACCOUNT"),
        ("Medicare ", "1AA1-AA1-AA11", "NATIONAL_ID"),
        ("NI number: ", "QQ 12 34 56 C", "NATIONAL_ID"),
        ("C.F. ", "ROEJNA80A01A944Q", "NATIONAL_ID"),
        ("CVV ", "123", "CREDIT_CARD"),
        ("Serial: ", "C02XX1XXXX5X", "HOST"),
        ("Employee ID: ", "104482", "USER"),
        ("Pers.Nr ", "104482", "USER"),
        ("Badge: ", "55213", "USER"),
        ("Policy number: ", "PL-443-2211", "CUSTOMER"),
        ("Customer No.: ", "K-104482", "CUSTOMER"),
        ("Invoice No: ", "2026-00471", "ORDER"),
        ("Sort code: ", "12-34-56", "ACCOUNT"),
        ("Routing number: ", "123456789", "ACCOUNT"),
        ("BIC: ", "ROEXDEFF500", "ACCOUNT"),
        ("Security ID: ", "S-1-5-21-1111111111-2222222222-333333333-1013", "USER"),
    ],
)
def test_a_number_goes_by_the_word_before_it(cue: str, value: str, kind: str) -> None:
    assert clean(f"{cue}{value}\n") == f"{cue}<{kind}_1>\n"


@pytest.mark.parametrize(
    "text",
    [
        "VAT: 19.00 EUR of 119.00",
        "serial: 1707382911",
        "routing key: orders.created",
        "S-1-5-18 and S-1-5-32-544 are built in",
        "policy number of retries: 3",
        "badge55213.png",
        "swift build succeeded",
        "TLS extension 4471 is unknown",
        "the file has ext. 7z",
        "the build was born on 3 runners",
        "nar. 3 of 12",
        "order number is missing",
    ],
)
def test_words_of_the_same_sound_tell_nothing(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("before", "date"),
    [
        ("Née le ", "4 mars 1977"),
        ("Geburtsdatum: ", "4. März 1977"),
        ("geb. ", "04.03.1977"),
        ("ur. ", "04.03.1977"),
        ("nacido el ", "4 de marzo de 1977"),
        ("fecha de nacimiento: ", "4 de marzo de 1977"),
        ("nata il ", "04/03/1977"),
        ("narozena ", "4. 3. 1977"),
        ("BDAY:", "19770304"),
        ("BDAY;VALUE=date:", "1977-03-04"),
    ],
)
def test_a_date_of_birth_goes_in_many_languages(before: str, date: str) -> None:
    assert clean(f"{before}{date}\n") == f"{before}<BIRTHDATE_1>\n"


def test_the_segment_of_a_patient_names_nobody_afterwards() -> None:
    shown = clean("PID|1||4711^^^HOSP||ROE^JANE||19770304|F|||12 Market Street^^Springfield\n")
    assert shown == "PID|1||<CUSTOMER_1>||<PERSON_1>||<BIRTHDATE_1>|F|||<ADDRESS_1>\n"


@pytest.mark.parametrize(
    ("before", "number"),
    [
        ("tel. kom. ", "600 555 123"),
        ("M ", "06-55501234"),
        ("Durchwahl -", "4711"),
        ("ext. ", "4471"),
        ("callback on ext ", "4471"),
        ("Llamar al ", "91 555 01 23"),
        ("T ", "020-5550123"),
        ("call ", "91 555 01 23"),
    ],
)
def test_a_phone_number_goes_by_short_cues(before: str, number: str) -> None:
    assert clean(f"{before}{number}\n") == f"{before}<PHONE_1>\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Machine: WS-ULM-0412", "WS-ULM-0412"),
        ("on the laptop (WS-ULM-0412)", "WS-ULM-0412"),
        ("Nov 23 09:00:01 srv-ulm-02 sshd[212]: Accepted publickey", "ulm-02"),
        ("2026-03-14T09:00:01.123Z srv-ulm-02 sshd[212]: Accepted", "ulm-02"),
        ("SNMPv2-MIB::sysName.0 = STRING: core-sw-ulm-1", "ulm-1"),
        ("host-name edge-ulm-01;", "ulm-01"),
        ("Logon Server: \\\\DCULM01", "DCULM01"),
        ('NAS-Identifier = "ap-ulm-03"', "ulm-03"),
        ("Host Name:                 WS-ULM-0412", "WS-ULM-0412"),
        ("   Host Name . . . . . . . . . . . . : WS-ULM-0412", "WS-ULM-0412"),
        ("db.brightwater.example:5432:orders:app:x", "brightwater"),
        ("machine git.brightwater.example login app password Tr0mbolone", "brightwater"),
        ("    server: https://k8s.brightwater.example:6443", "brightwater"),
    ],
)
def test_a_machine_goes_by_its_cue_or_its_place(text: str, name: str) -> None:
    shown = clean(f"{text}\n")
    assert name not in shown
    assert "<HOST_" in shown


@pytest.mark.parametrize(
    "text",
    [
        "Nov 23 09:00:01 combo sshd[212]: Accepted publickey",
        "Nov 23 09:00:01 web-server-2 kernel[0]: up",
        "server: https://www.example.org",
    ],
)
def test_machines_that_are_roles_and_public_names_stay(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "commit 9fceb02d0ae598e95dc970b74767f19372d6aab2 (HEAD -> main)",
        "HEAD is now at 9fceb02 fix the build",
        "revision: 9fceb02d0ae598e95dc970b74767f19372d6aab2",
        "git checkout 9fceb02d0ae598e95dc970b74767f19372d6aab2",
        "tree 9fceb02d0ae598e95dc970b74767f19372d6aab2",
        "INVITE sip:4711 SIP/2.0",
    ],
)
def test_what_diagnosis_needs_of_versions_and_protocols_stays(text: str) -> None:
    assert clean(text) == text


def test_the_kind_of_a_link_is_nobody() -> None:
    assert "[ether] on eth0" in clean("? (192.0.2.7) at 02:42:ac:11:00:02 [ether] on eth0\n")


def test_a_long_hash_that_no_version_tells_goes() -> None:
    assert "9fceb02d" not in clean("checksum 9fceb02d0ae598e95dc970b74767f19372d6aab2\n")


def test_the_key_of_a_thing_is_nobody() -> None:
    said = '{"displayName":"Orders API","version":"1","key":"orders.created","phone":null}'
    assert clean(said, "json") == said


def test_the_ids_of_a_build_are_nobody() -> None:
    said = "<settings><profiles><profile><id>nexus</id></profile></profiles><servers><server><id>nexus</id><username>jroe</username></server></servers></settings>"
    assert clean(said, "xml") == said.replace("jroe", "&lt;USER_1&gt;")


def test_the_name_of_a_street_is_an_address_under_its_key() -> None:
    said = "<Adr><StrtNm>Am Berg</StrtNm><BldgNb>7</BldgNb><PstCd>29200</PstCd></Adr>"
    shown = clean(said, "xml")
    assert (
        shown
        == "<Adr><StrtNm>&lt;ADDRESS_1&gt;</StrtNm><BldgNb>&lt;ADDRESS_2&gt;</BldgNb><PstCd>&lt;ADDRESS_3&gt;</PstCd></Adr>"
    )


@pytest.mark.parametrize(
    "address",
    [
        "Am Sägewerk 7\n83512 Wasserburg",
        "12 bis, rue des Acacias\n29200 Brest",
        "ul. Zmyślona 4\n00-999 Warszawa",
        "Nádražní 15\n110 00 Praha",
        "C/ Mayor, 14\n28013 Madrid",
        "Am Sägewerk 7, 83512 Wasserburg",
        "12 bis, rue des Acacias",
        "C/ Mayor, 14",
        "gartenweg 3b",
        "hauptstraße 12",
        "al. Zmyślone 100 m. 5, 00-807 Warszawa",
        "C/ Mayor, 14, 3º B\n28013 Madrid",
        "Via Fittizia 22 - 40121 Bologna",
    ],
)
def test_a_street_goes_with_the_town_below_it(address: str) -> None:
    assert clean(f"Roe\n{address}\n\nBest\n") == "Roe\n<ADDRESS_1>\n\nBest\n"


def test_an_object_in_a_log_has_a_street() -> None:
    shown = clean("2026-02-11 10:15:22 INFO created [id=4471, city=Bonn, street=Am Berg 7]\n")
    assert shown.endswith("street=<ADDRESS_1>]\n")


def test_a_card_keeps_its_lines() -> None:
    said = "BEGIN:VCARD\nORG:Brightwater KG\nADR;TYPE=HOME:;;Rheinweg 7;Bonn;;53111;Germany\nBDAY:19770304\nEND:VCARD\n"
    assert clean(said) == (
        "BEGIN:VCARD\nORG:<ORGANIZATION_1>\nADR;TYPE=HOME:;;<ADDRESS_1>\nBDAY:<BIRTHDATE_1>\nEND:VCARD\n"
    )


@pytest.mark.parametrize(
    ("heading", "value", "kind"),
    [
        ("Versichertennummer", "A123456789", "NATIONAL_ID"),
        ("SV-Nummer", "65010180R123", "NATIONAL_ID"),
        ("Pers.Nr", "00412", "USER"),
        ("imei", "490154203237518", "ACCOUNT"),
    ],
)
def test_the_heading_of_a_column_tells_its_numbers(heading: str, value: str, kind: str) -> None:
    assert clean(f"Id;{heading}\n1;{value}\n", "csv") == f"Id;{heading}\n1;<{kind}_1>\n"


@pytest.mark.parametrize(
    "text",
    [
        "Fetched rows 12\n29200 Records\n",
        "Worker 15, 10115 Requests\n",
        "Total 5, 12345 Requests\n",
        "Retry 3 - 10000 Milliseconds\n",
        "client name=orders-api\n",
        "umweg 3 of 4\n",
        "C/C++ Build 14\n",
    ],
)
def test_counted_things_are_no_towns(text: str) -> None:
    assert clean(text) == text
