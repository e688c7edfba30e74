"""Names that words around them, or a list of known names, give away; what must stay."""

import time
from collections.abc import Sequence

import pytest

from redaction import Finding
from redaction.detection.language.keyedpeople import person_under
from redaction.detection.language.logins import find_logins
from redaction.detection.language.names import find_names
from redaction.detection.language.people import find_people
from redaction.detection.language.prose import find_prose
from redaction.detection.views.building import keyed
from tests.fake_detection import ListedNames


def people(text: str, *, log: bool = False) -> set[str]:
    return {text[found.start : found.end] for found in find_people(text, log)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My name is Zdeněk M. Vrbický but everyone calls me Z", "Zdeněk M. Vrbický"),
        ("follow up with patricia fjeldheim in a week", "patricia fjeldheim"),
        ("Please ask Torgrim to restart it", "Torgrim"),
        ("it was written by David Straw.", "David Straw"),
        ("Dr. Ellen van der Berg is away", "Ellen van der Berg"),
        ("She named him Frank", "Frank"),
    ],
)
def test_an_introduction_gives_a_name_away(text: str, name: str) -> None:
    assert name in people(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("INFO ticket assigned to Roe, Jane (L2)", "Roe, Jane"),
        ("WARN approval by torgrim fjeldheim expired", "torgrim fjeldheim"),
        ("INFO open /srv/share/maria_garcia/contract.pdf", "maria_garcia"),
        ("DEBUG bind cn=priyanka venkataraman,ou=people", "priyanka venkataraman"),
        ('{"operator":"Torgrim Fjeldheim"}', "Torgrim Fjeldheim"),
        ("WARN @wei.zhang please check", "wei.zhang"),
        ("INFO created_by=Mark Page ok", "Mark Page"),
        ("INFO user 'ROE, JANE' signed in", "ROE, JANE"),
        ("CRON[812]: (jroe) CMD (/usr/bin/report)", "jroe"),
        ("10.0.0.4 - jroe [11/Mar/2026:08:01:02 +0000] GET", "jroe"),
        ("WARN requester=torgrim_fjeldheim ok", "torgrim_fjeldheim"),
        ("INFO saved invoice_grace_hill.pdf", "grace_hill"),
        ("INFO owner: Torgrim Fjeldheim, Jane Roe", "Jane Roe"),
        ("torgrim fjeldheim 10:02 can you look?", "torgrim fjeldheim"),
        ("INFO flag toggled by o.hansen", "o.hansen"),
        ("WARN lease of gbianchi-laptop expired", "gbianchi"),
        ("INFO notify=hansenk channel=builds", "hansenk"),
        ("INFO pod/debug-tlindqvist evicted", "tlindqvist"),
        ("ORA-01017: logon denied for KHANSEN", "KHANSEN"),
        ("INFO payload.owner=Torgrim Fjeldheim retries=5", "Torgrim Fjeldheim"),
        ("INFO Person(first=Torgrim, last=Fjeldheim)", "Fjeldheim"),
        ('INFO username="oidc:tfjeldheim"', "tfjeldheim"),
        ("WARN tunnel of Rose Field closed", "Rose Field"),
        ("INFO record locked by sandy shore since 08:01", "sandy shore"),
        ("INFO handing over to Ivy, good night", "Ivy"),
        ("INFO on-call handoff from Torgrim to Jane", "Torgrim"),
        ("INFO merged Hansen, Jane + Lindqvist, Karin", "Lindqvist, Karin"),
        ("INFO sent contract_torgrim_fjeldheim.pdf", "torgrim_fjeldheim"),
        ("GET /search?q=Jane+Hansen HTTP/1.1", "Jane+Hansen"),
    ],
)
def test_names_in_records_of_logs_are_found(text: str, name: str) -> None:
    assert name in people(text, log=True)


@pytest.mark.parametrize(
    "text",
    [
        "From Block Manager: allocated by Resource Manager",
        "session closed by user root, see module pam_unix",
        "contact Visual Studio support or open Android Studio",
        "started by scheduler for registers ffffffff ffffffff",
        "triggered by Jenkins, user interface, approved by default",
        "connection from worker node lost, waiting for heartbeat",
        "This is Great. I am Using Xcode on Mac OS",
    ],
)
def test_technical_words_are_nobody(text: str) -> None:
    assert people(text) == people(text, log=True) == set()


@pytest.mark.parametrize(
    ("line", "login"),
    [
        ("-rw-r--r-- 1 tfjeldheim staff 4096 Mar 11 08:01 notes.txt", "tfjeldheim"),
        ("roej     pts/0        10.0.0.4     Wed Mar 11 08:01   still logged in", "roej"),
        ("roej      8121  0.0  0.1  12345  678 pts/0  S+ 08:01 0:00 vim notes", "roej"),
        ("roej:x:1001:1001:Jane Roe:/home/x:/bin/bash", "roej"),
        ("roej:x:1001:1001:Jane Roe:/home/x:/bin/bash", "Jane Roe"),
        ("0 8 * * * roej /usr/bin/report", "roej"),
    ],
)
def test_a_column_of_accounts_holds_logins(line: str, login: str) -> None:
    assert login in people(line)


@pytest.mark.parametrize("text", ["Hi April,", "thanks Jack, all good", "Rose is looking into it"])
def test_a_given_name_that_is_a_word_is_a_person_where_people_are_addressed(text: str) -> None:
    assert len(people(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "drwxr-xr-x 2 root root 4096 Mar 11 08:01 bin",
        "Connection closed by 10.0.0.4 [preauth]",
        "pam_unix(cron:session): session opened",
        "released in April, fixed in May",
        "new rsyslog via kworker and jconsole",
        "0 8 * * * root /usr/bin/report",
    ],
)
def test_system_accounts_and_months_are_nobody(text: str) -> None:
    assert people(text) == people(text, log=True) == set()


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("initiatedBy", "torgrim fjeldheim", True),
        ("initiatedBy", "Torgrim Fjeldheim", True),
        ("report_owner", "tfjeldheim", True),
        ("culprit", "omarsk", True),
        ("who", "jane.roe", True),
        ("orderBy", "timestamp", False),
        ("powered_by", "Torgrim", False),
        ("name", "Torgrim", False),
        ("agent", "filebeat", False),
    ],
)
def test_a_key_of_a_document_tells_who_its_value_is(key: str, value: str, found: bool) -> None:
    assert bool(list(person_under(key, value))) == found


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Mein Passwort ist alt und der Reisepass fehlt", "Reisepass"),
        ("Der Vorgang ist nicht abgeschlossen und die Hotline weiß es", "Vorgang"),
        ("Le Passeport est perdu", "Le Passeport"),
    ],
)
def test_a_noun_of_another_language_is_nobody(text: str, noun: str) -> None:
    [found] = find_names(ListedNames(noun), [text])
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "SIRET: 732 829 320 00074",
        "NINO: AB 12 34 56 C",
        "IBAN: DE89 3704 0044 0532 0130 00",
        "Codice Fiscale: 0000000000000000",
        "dowód osobisty: ABC 123456",
        "panic: runtime error: invalid memory address or nil pointer dereference",
        "Manual failover started",
        "Distinti saluti",
        "o cliente 0000000 recebe erro 500",
    ],
)
def test_labels_and_words_of_other_languages_are_nobody(text: str) -> None:
    detector = ListedNames("SIRET", "NINO", "Manual", "Distinti")
    assert find_names(detector, [text]) == [[]]


@pytest.mark.parametrize(
    "text",
    [
        "Jaeger, Prometheus, Grafana, Loki, Argo CD, Envoy, Falco, Rook, Ceph",
        "Hazelcast instance Victoria joined the cluster",
        "an error in Pascal bridge, the Julia worker crashed",
        "traces of the request are in Jaeger",
    ],
)
def test_what_a_machine_or_a_product_is_called_is_no_person(text: str) -> None:
    detector = ListedNames("Jaeger", "Loki", "Falco", "Victoria", "Pascal", "Julia")
    assert find_names(detector, [text], _people) == [[]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Julia restarted the worker", "Julia"),
        ("thanks to Jane Roe, Torgrim Fjeldheim, Kafka, Redis", "Jane Roe"),
        ("Jane: 5 of them failed", "Jane"),
        ("Olá Renato, o cliente espera", "Renato"),
        ("Subject: Kündigung Ragnar Solvang from local", "Ragnar Solvang"),
        ("Beschreibung Ragnar Solvang", "Ragnar Solvang"),
        ("Attn: April Stone", "April Stone"),
        ("c/o Rose Field", "Rose Field"),
        ("Kontakt: Rose Field", "Rose Field"),
        ("Estimado Sr. Etxarri:", "Etxarri"),
        ("Gentile dott.ssa Quattrini,", "Quattrini"),
        ("Dr. h.c. Klöpfner stimmt zu", "Klöpfner"),
        ("called april stone back", "april stone"),
        ("then hr. wrzesin wants callback", "wrzesin"),
        ("spoke w/ mrs featherstone & her assistant", "featherstone"),
        ("cc 山田太郎", "山田太郎"),
        ("佐藤さん から", "佐藤"),
        ("Per Müller-Lindental (CTO)", "Müller-Lindental"),
        ("INFO 08:01 roleSessionName=Jadwiga.Wrzesin", "Jadwiga.Wrzesin"),
        ("INFO 08:01 Requested by: torgrim-fjeldheim", "torgrim-fjeldheim"),
        ("INFO 08:01 kicked rose.field (idle)", "rose.field"),
        ('INFO 08:01 opened "Vertrag Hansen.docx"', "Hansen"),
        ("INFO 08:01 moved /share/HR/Field_Rose/contract.pdf", "Field_Rose"),
        ("file:///C:/share/Kunde%20Wrzesin.docx", "Wrzesin"),
        ("GET /kunden/wrzesin HTTP/1.1", "wrzesin"),
        ("github: torg81", "torg81"),
        ("VERIFY OK: depth=0, CN=torgrim-laptop", "torgrim"),
        ("11/02/2026, 10:17 - Oddbjarn added Jane", "Oddbjarn"),
        ("troe:$6$fakesalt$fakefakefake:19000:0:99999:7:::", "troe"),
        ("her login is rmeadow and the pin 0000", "rmeadow"),
        ("LG Torgi", "Torgi"),
        ("WPA2 CCMP PSK FamilieFjeldheim_5G", "Fjeldheim"),
        ('ssid="Hansen-WLAN"', "Hansen"),
    ],
)
def test_what_introduces_a_name_is_kept_and_the_name_is_found(text: str, name: str) -> None:
    [found] = find_names(ListedNames(), [text])
    assert name in {text[each.start : each.end] for each in found}


@pytest.mark.parametrize(
    "text",
    [
        "Sr. Software Engineer wanted, 5 ms elapsed",
        "managed by: cert-manager",
        "担当者様",
        "opened Annual Report.docx",
        "github: connected",
        "CN=build-laptop, web-pc",
        "11/02/2026, 10:17 - Messages are encrypted",
        "the login is sluggish and the page too",
        "Der Benutzer kann nicht arbeiten",
        "LG Electronics Monitor",
        "Guest-WLAN is open",
    ],
)
def test_what_only_looks_like_an_introduction_names_nobody(text: str) -> None:
    assert find_names(ListedNames(), [text], _people) == [[]]


@pytest.mark.parametrize(
    ("path", "value", "kind"),
    [
        (("customer", "name"), "Rose Field", "PERSON"),
        (("customer", "name"), "Ragnar Solvang", "PERSON"),
        (("customer", "name"), "Victoria Bank", "ORGANIZATION"),
        (("customer", "name"), "Vandelay Fishing GmbH", "ORGANIZATION"),
        (("userDisplayName",), "Jane Roe", "PERSON"),
        (("product owner",), "Jane Roe", "PERSON"),
        (("appDisplayName",), "Microsoft Teams", None),
        (("imap-login",), "Login", None),
    ],
)
def test_a_key_tells_a_person_from_a_firm_an_application_and_a_program(
    path: tuple[str, ...], value: str, kind: str | None
) -> None:
    assert {found.type for found in keyed(path, 0, value)} == ({kind} if kind else set())


def test_a_firm_on_a_line_of_its_own_is_an_organisation() -> None:
    text = "Regards,\nJane Roe\nVandelay Fishing GmbH\n"
    [found] = find_names(ListedNames(), [text])
    assert ("ORGANIZATION", "Vandelay Fishing GmbH") in {
        (each.type, text[each.start : each.end]) for each in found
    }


def test_two_halves_of_a_name_become_one_finding() -> None:
    text = "This is Jane Fjeldheim-Roe speaking"
    [found] = find_names(ListedNames("Fjeldheim-Roe speaking"), [text])
    assert {text[each.start : each.end] for each in found} >= {"Jane Fjeldheim-Roe"}


def test_the_model_is_asked_about_sentences_with_an_unknown_capitalised_word_only() -> None:
    asked: list[str] = []

    class Listening(ListedNames):
        def names(self, texts: Sequence[str]) -> list[list[Finding]]:
            asked.extend(texts)
            return super().names(texts)

    find_names(Listening(), ["The build is green again. Then Torgrimsson left early."], _people)
    assert asked == ["Then Torgrimsson left early."]


def _people(kind: str) -> bool:
    return kind == "PERSON"


def strict(text: str) -> set[tuple[str, str]]:
    return {(f.type, text[f.start : f.end]) for f in find_prose(text, lambda _: True)}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("It began on 3 July 1998 at noon", "DATE", "3 July 1998"),
        ("between 1 May and 4 June 2007 nothing", "DATE", "between 1 May and 4 June 2007"),
        ("We meet on Monday", "DATE", "Monday"),
        ("a 61 years old customer", "AGE", "61 years old"),
        ("Jane, aged 35, called", "AGE", "35"),
        ("Jane Roe, the Packager, said no", "TITLE", "Packager"),
        ("application no. 18000/91 was closed", "REFERENCE", "18000/91"),
        ("I work for Fjeldheim and Sons", "COMPANY", "Fjeldheim and Sons"),
        ("See https://www.fjeldheim.example/ for it", "WEBSITE", "https://www.fjeldheim.example/"),
        ("a Norwegian citizen", "NATIONALITY", "Norwegian citizen"),
        ("a claim against the Republic of Norway", "LOCATION", "Republic of Norway"),
        (
            "heard by the 4th Chamber of the Harbour Court",
            "COMPANY",
            "4th Chamber of the Harbour Court",
        ),
        (
            "the Bergen Trade Court (Handelsretten) said",
            "COMPANY",
            "Bergen Trade Court (Handelsretten)",
        ),
        ("the Minister of Fisheries resigned", "TITLE", "Minister of Fisheries"),
        ("the Chief Harbour Inspector wrote", "TITLE", "Chief Harbour Inspector"),
        ("moved here from New Zealand", "LOCATION", "New Zealand"),
    ],
)
def test_what_a_strict_policy_replaces_in_prose(text: str, kind: str, value: str) -> None:
    assert (kind, value) in strict(text)


def test_an_institution_without_a_second_word_names_nobody() -> None:
    assert not {kind for kind, _ in strict("the Court upheld it")} & {"COMPANY"}


def test_records_of_logs_get_no_dates_of_prose() -> None:
    line = "node7 2005.06.04 R04 INFO generating core on 2005-06-04"
    [found] = find_names(ListedNames(), [line])
    assert found == []


@pytest.mark.parametrize(
    "unit",
    ["A ", "Ab ", "0 ", "user ", "a-", "Jane van de ", "no. 1/2, ", "Ab & ", "first=a ", "a: "],
)
def test_hostile_repetition_costs_bounded_time(unit: str) -> None:
    text = (unit * 1500)[:1500]
    begin = time.process_time()
    find_people(text, True)
    find_prose(text, lambda _: True)
    assert time.process_time() - begin < 2


def test_a_word_that_could_be_an_initial_and_a_name_is_no_login() -> None:
    assert not list(find_logins("passwordPolicy: strong"))
    assert [found.type for found in find_logins("policyOwner: wmueller")] == ["USER"]
