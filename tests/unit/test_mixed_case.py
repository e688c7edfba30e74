"""A case of many systems: its ticket, who takes part, where it happens, what is linked."""

from collections.abc import Iterable
from itertools import pairwise

import pytest

from redaction import Artifact, read_structure
from redaction.intake.media import media_type
from redaction.reading.artifacts import Structure
from tests.making import redacted
from tests.mixed_case import FILES, PLACEHOLDERS


def artifacts(names: Iterable[str]) -> tuple[Artifact, ...]:
    return tuple(artifact(number, name, FILES[name]) for number, name in enumerate(names, 1))


def artifact(number: int, name: str, text: str) -> Artifact:
    for value, placeholder in PLACEHOLDERS.items():
        text = text.replace(value, placeholder)
    return Artifact(f"A{number}", redacted(name), media_type(text), redacted(text), ())


ORDERS = [
    list(FILES),
    sorted(FILES),
    sorted(FILES, reverse=True),
    [*list(FILES)[5:], *list(FILES)[:5]],
]


@pytest.fixture(params=ORDERS, ids=("made", "by name", "backwards", "turned"))
def names(request: pytest.FixtureRequest) -> list[str]:
    return request.param


@pytest.fixture
def structure(names: list[str]) -> Structure:
    return read_structure(artifacts(names))


def test_the_customers_ticket_names_the_case_in_whatever_order_the_files_come(
    structure: Structure,
) -> None:
    assert structure.title == "Label printing stops after the update"
    said = {field.name: str(field.value) for field in structure.fields if field.name != "other"}
    assert (said["id"], said["status"], said["priority"]) == ("88412", "open", "urgent")


def test_roles_come_from_the_payloads_in_whatever_order_the_files_come(
    structure: Structure,
) -> None:
    roles = {str(each.name): each.role for each in structure.participants}
    assert roles["<PERSON_1>"] == "customer"
    assert roles["<PERSON_2>"] == "analyst"
    assert roles["<PERSON_3>"] == "engineer"
    assert roles["deploy"] == "bot"
    assert roles["50333"] == "analyst"  # whoever writes an internal note
    spoken = {str(each.text).split("\n")[0]: each.role for each in structure.messages}
    assert spoken["We look at the print service."] == "analyst"
    assert spoken["Looking."] == "engineer"
    assert spoken["Still no labels in the warehouse."] == "customer"
    assert spoken["Trucks are waiting."] == "customer"


def test_where_it_happens_is_known_with_the_line_that_says_so(
    structure: Structure, names: list[str]
) -> None:
    taken = {each.id: each for each in artifacts(names)}
    found = {(f.name, str(f.value)): f.anchor for f in structure.fields if f.name != "other"}
    for name, value, shown in (
        ("browser", "Chrome 122", "Chrome 122"),
        ("os", "Windows 11", "Windows 11"),
        ("tier", "Enterprise", "Tenant tier: Enterprise"),
        ("region", "eu-north-1", "eu-north-1"),
        ("version", "8.4.1", "8.4.1"),
        ("environment", "print-prod-1", "print-prod-1"),
        ("environment", "print-prod-2", "print-prod-2"),
        ("component", "print-service", "print-service"),
        ("browser", "Firefox 124", "Firefox/124"),
        ("os", "Linux", "Linux"),
    ):
        at = found[name, value]
        assert shown in taken[at.artifact].text.splitlines()[at.line - 1], (name, value)


def test_changes_problems_and_other_tickets_are_linked(structure: Structure) -> None:
    links = {(link.kind, str(link.title or link.ref)) for link in structure.links}
    assert ("change", "Update the print service to 8.4.1") in links
    assert ("related", "Print worker crashes on empty queue") in links
    assert ("related", "Worker ends when the queue is empty") in links
    assert ("attachment", "labels.log") in links


def test_a_mention_says_who_is_meant_once_the_users_are_known(structure: Structure) -> None:
    assert any(
        m.text == "@<PERSON_3> can you look at the print workers?" for m in structure.messages
    )


def test_a_copied_chat_is_messages_with_the_day_above_them(structure: Structure) -> None:
    said = [m for m in structure.messages if m.text.startswith(("Trucks", "We see it"))]
    assert [str(m.utc)[:16] for m in said] == ["2026-05-04 09:50", "2026-05-04 09:52"]
    assert said[1].text == "We see it.\nMore within the hour."


def test_lines_of_a_log_in_brackets_are_no_chat() -> None:
    log = "[09:20:01] Worker: started\n[09:20:02] Worker: failed\n[09:20:03] Queue: empty\n"
    assert not read_structure((artifact(1, "app.log", log),)).messages


def test_without_a_ticket_a_change_still_names_the_case() -> None:
    assert read_structure(artifacts(["change.json"])).title == "Update the print service to 8.4.1"


def test_a_deleted_ticket_is_related_to_nothing() -> None:
    gone = FILES["ticket.json"].replace('"open"', '"deleted"').replace("88412", "88413")
    both = (*artifacts(["ticket.json"]), artifact(2, "gone.json", gone))
    assert not [link for link in read_structure(both).links if link.kind == "related"]


def test_an_admin_of_the_help_desk_is_an_analyst_wherever_else_they_report() -> None:
    ticket = (
        FILES["ticket.json"].replace('"agent"', '"admin"').replace('"assignee_id": 50222', '"x": 1')
    )
    for order in pairwise(("a", "b", "a")):
        made = {"a": ("t.json", ticket), "b": ("j.json", FILES["issue.json"])}
        taken = tuple(artifact(n, *made[key]) for n, key in enumerate(order, 1))
        roles = {str(p.name): p.role for p in read_structure(taken).participants}
        assert roles["<PERSON_2>"] == "analyst"


def test_user_agents_of_many_clients_are_no_environment() -> None:
    request = '10.0.0.1 - - [04/May/2026:09:00:00 +0000] "GET / HTTP/1.1" 200 1 "-" '
    line = request + '"Mozilla/5.0 (X11; Linux x86_64) {}"\n'
    agents = ("Firefox/1", "Firefox/2", "Chrome/3 Safari/5", "Chrome/4 Safari/5", "Edg/5")
    log = "".join(line.format(agent) for agent in agents)
    assert not [
        f for f in read_structure((artifact(1, "access.log", log),)).fields if f.name == "browser"
    ]
