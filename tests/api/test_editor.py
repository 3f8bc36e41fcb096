"""The page of `/sparql`: a form that works by itself, an editor that stays within our policy."""

import html
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api import editor
from kg.answers.saved import load_saved, saved_names

PAGE = {"Accept": "text/html", "Accept-Language": "en"}


@pytest.mark.parametrize("built", [True, False])
def test_the_page_is_a_form_with_or_without_the_editor(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, built: bool
) -> None:
    if built:
        (tmp_path / "yasgui.min.js").touch()
    monkeypatch.setattr(editor, "BUILT", tmp_path)
    text = client.get("/sparql", headers=PAGE).text
    assert '<form class="ask" id="sparql-form" action="/sparql" method="post">' in text
    assert ("yasgui.min.js" in text) == built
    # Nothing that the policy of our pages would refuse.
    assert re.findall(r"<script(?! src=)|<style|\son\w+=|\sstyle=", text) == []


def test_the_saved_questions_are_the_examples(client: TestClient) -> None:
    text = client.get("/sparql", headers=PAGE).text
    links = re.findall(r'<a class="example" href="([^"]+)">([^<]+)</a>', text)
    titles = [load_saved(name).title for name in saved_names()]
    assert sorted(html.unescape(title) for _, title in links) == sorted(titles)
    for address, _ in links:
        got = client.get(html.unescape(address), headers={"Accept": "text/csv"})
        assert got.status_code in {200, 413, 504}, got.text


def test_a_query_in_the_address_stands_in_the_form(client: TestClient) -> None:
    text = client.get("/sparql", params={"query": "ASK { }"}, headers=PAGE).text
    assert " data-given>ASK { }</textarea>" in text


def test_links_lead_nowhere_but_to_the_web(client: TestClient) -> None:
    query = "SELECT * { VALUES ?x { <javascript:alert(1)> <https://example.org/> } }"
    text = client.get("/sparql", params={"query": query}, headers=PAGE).text
    assert '<a href="https://example.org/">' in text
    assert 'href="javascript:' not in text
