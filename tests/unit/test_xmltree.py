"""XML becomes the values that JSON becomes; nothing is declared, expanded or fetched."""

import pytest

from redaction.reading.xmltree import TEXT, listed, parse_xml, said


def plain(text: str) -> object:
    node = parse_xml(text)
    return None if node is None else node.plain()


def test_elements_become_members_and_equal_ones_a_list() -> None:
    assert plain("<a><b>1</b><b>2</b><c/></a>") == {"a": {"b": ["1", "2"], "c": ""}}


def test_attributes_and_text_stand_side_by_side() -> None:
    root = parse_xml("<a><b id='7' note=\"x &amp; y\">t</b></a>")
    assert root is not None
    node = root.at("a", "b")
    assert node.plain() == {"@id": "7", "@note": "x & y", TEXT: "t"}
    assert said(node).scalar() == "t"
    assert [each.line for each in listed(node)] == [1]


def test_placeholders_are_text_though_they_look_like_tags() -> None:
    text = '<?xml version="1.0"?>\n<a who="<PERSON_1>">\n<b><PERSON_2> of <IP_3.1></b></a>'
    assert plain(text) == {"a": {"@who": "<PERSON_1>", "b": "<PERSON_2> of <IP_3.1>"}}


def test_values_know_their_lines() -> None:
    root = parse_xml("<!-- \n\n --><a>\n<b>1</b>\n<b>2</b></a>")
    assert root is not None
    assert [each.line for each in listed(root.at("a", "b"))] == [4, 5]


def test_sections_are_taken_as_they_are_and_comments_left_out() -> None:
    assert plain("<a><!-- <b> --><![CDATA[1 < 2 &amp; <b>]]></a>") == {"a": "1 < 2 &amp; <b>"}


@pytest.mark.parametrize(
    "text",
    ["", "no markup", "<a><b></a>", "<a>", "</a>", "<a></b>", "<a>" * 200 + "</a>" * 200],
)
def test_what_is_no_whole_document_is_none(text: str) -> None:
    assert parse_xml(text) is None


def test_declared_entities_are_not_expanded() -> None:
    text = '<!DOCTYPE a [<!ENTITY x "boom"><!ENTITY y "&x;&x;">]>\n<a>&y;</a>'
    assert plain(text) == {"a": "&y;"}
