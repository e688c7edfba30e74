import re
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from assistant import Dossier, DraftKind, write_draft
from evals import Score, Scorecard
from tests.cases_by_hand import checkout, checkout_resolved, unknown_cause
from tests.making import redacted
from ui.contract import (
    MatchAnswer,
    RunAnswer,
    draft_answer,
)
from ui.contract_intake import redaction_summary
from ui.report import escape_markdown, render_html, render_markdown, section_name, write_report

HOSTILE = (
    '<script>alert(1)</script> | a"b [x](javascript:y) ![i](http://e.example/i) <PERSON_7> &lt;'
)
KINDS: tuple[DraftKind, ...] = ("update", "rca")
DOSSIERS = (checkout(), checkout_resolved(), unknown_cause())


def _answer(dossier: Dossier) -> RunAnswer:
    card = Scorecard("fail", (Score("times", 0.5, False, HOSTILE),))
    drafts = (write_draft(kind, dossier, None, ()) for kind in KINDS)
    return RunAnswer(
        dossier.case.id,
        dossier.case.title,
        redaction_summary(dossier.case),
        (MatchAnswer("CASE-1", "case", 0.5, redacted(HOSTILE), (redacted(HOSTILE),)),),
        dossier.facts,
        tuple(draft_answer(draft, dossier.facts, card) for draft in drafts),
        "r.html",
        "r.md",
        (HOSTILE,),
    )


def _hostile(dossier: Dossier) -> Dossier:
    facts = dossier.facts
    row = replace(facts.timeline[0], text=redacted(HOSTILE))
    evidence = tuple(replace(item, text=redacted(HOSTILE)) for item in facts.evidence)
    case = replace(dossier.case, title=redacted(HOSTILE))
    return replace(dossier, case=case, facts=replace(facts, timeline=(row,), evidence=evidence))


@pytest.mark.parametrize("dossier", DOSSIERS)
def test_every_citation_leads_to_its_line(dossier: Dossier) -> None:
    page = render_html(dossier.case, _answer(dossier))
    targets = set(re.findall(r'id="([^"]+)"', page))
    cited = set(re.findall(r'href="#([^"]+)"', page))
    assert cited
    assert cited <= targets


@pytest.mark.parametrize("dossier", DOSSIERS)
def test_the_page_loads_nothing_and_runs_nothing(dossier: Dossier) -> None:
    hostile = _hostile(dossier)
    page = render_html(hostile.case, _answer(hostile))
    assert "default-src 'none'" in page
    tags = set(re.findall(r"<([a-z][a-z0-9]*)", page))
    assert not tags & {"script", "img", "iframe", "object", "link", "form", "base"}
    assert not re.search(r"\s(?:src|on\w+)=", page)
    assert all(link.startswith("#") for link in re.findall(r'href="([^"]*)"', page))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_placeholders_are_set_apart_with_their_kind() -> None:
    hostile = _hostile(checkout())
    page = render_html(hostile.case, _answer(hostile))
    assert '<span class="ph" data-type="person">&lt;PERSON_7&gt;</span>' in page


def test_markdown_shows_hostile_text_and_placeholders_as_they_are() -> None:
    shown = MarkdownIt("commonmark").render(escape_markdown(HOSTILE))
    escaped = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert shown == f"<p>{escaped.replace(chr(34), '&quot;')}</p>\n"


def test_markdown_tables_keep_their_columns() -> None:
    hostile = _hostile(checkout())
    text = render_markdown(_answer(hostile))
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    assert rows
    assert all(len(re.findall(r"<t[dh]", row)) == 4 for row in rows)
    assert not re.search(r"<(?:script|img|a )", html)


@pytest.mark.parametrize("render", ["html", "markdown"])
def test_the_report_says_what_was_checked_and_what_was_not(render: str) -> None:
    dossier = checkout()
    answer = _answer(dossier)
    page = render_html(dossier.case, answer) if render == "html" else render_markdown(answer)
    assert "Not checked: whether a sentence means what its evidence says" in page


def test_a_slot_becomes_a_heading() -> None:
    assert section_name("contributing_factors") == "Contributing factors"


def test_both_forms_are_written_under_the_case_id(tmp_path: Path) -> None:
    dossier = checkout()
    files = write_report(tmp_path, dossier.case, _answer(dossier))
    assert {files.html.name, files.markdown.name} == {"c0ffee.html", "c0ffee.md"}
    assert all(path.stat().st_size > 1000 for path in tmp_path.iterdir())
