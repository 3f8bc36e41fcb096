"""The lab's project pages: which are real, of what sort, when, and what is left out by rule."""

from collections import Counter

import pytest

from ingest.fields import FieldError
from ingest.readers import jsonl_rows
from ingest.source import FOLDER, Record, load
from ingest.sources.citylab_projects.extract import UPSTREAM, why_left_out
from ingest.themes import COLUMNS as CONCLUDED
from kg.terms import FOAF, LOTSE, RDF
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "citylab_projects")
ROW = {
    "source_path": "source/projects/muster/de/index.md", "title": "Musterprojekt (erfunden)",
    "type": "prototype", "status": "finished", "start": "2020-01-01", "end": "2020-02-01",
    "externalUrl": "",
    **dict.fromkeys(CONCLUDED, ""),
}  # fmt: skip


def project(**changed: str) -> Record:
    return Record("citylab_projects", "project", "muster", ({**ROW, **changed},))


def test_hidden_pages_and_test_rows_are_left_out_by_rule() -> None:
    rows = jsonl_rows(UPSTREAM, raw(SOURCE)[UPSTREAM], None)
    assert Counter(row["type"] for row in rows) == {
        "publication": 24, "prototype": 6, "dataset": 4, "workshop": 1,
    }  # fmt: skip
    assert Counter(map(why_left_out, rows)) == {None: 28, "hidden": 6, "test": 1}
    assert [row["title"] for row in rows if why_left_out(row) == "test"] == [
        "Beispiel Markdown Projekt"
    ]


def test_sorts_and_states_are_those_of_the_real_rows() -> None:
    triples = said(SOURCE, shipped("citylab_projects"))
    assert counted(triples, RDF.type) == {"Innovation": 28, "Involvement": 28}
    assert counted(triples, LOTSE.topic) == {
        "publication": 18, "prototype": 5, "dataset": 4, "workshop": 1,
    }  # fmt: skip
    assert counted(triples, LOTSE.statusAsPublished) == {
        "finished": 23, "ongoing": 4, "Published": 1,
    }  # fmt: skip
    assert counted(triples, LOTSE.stage) == {"stage-ended": 23}


def test_every_project_is_the_labs_as_the_site_calls_it() -> None:
    triples = said(SOURCE, shipped("citylab_projects"))
    assert counted(triples, LOTSE.actorAsPublished) == {"Ideation & Prototyping Lab": 28}
    assert counted(triples, LOTSE.actor) == {}


def test_what_is_ongoing_has_no_end() -> None:
    triples = said(SOURCE, shipped("citylab_projects"))
    ended = by_subject(triples, LOTSE.until)
    assert (len(by_subject(triples, LOTSE.since)), len(ended)) == (28, 24)
    assert counted(said(SOURCE, [project(status="ongoing")]), LOTSE.until) == {}


def test_a_publication_has_a_page_and_a_prototype_a_site() -> None:
    url = "https://muster.example/"
    assert counted(said(SOURCE, [project(externalUrl=url)]), FOAF.homepage) == {url: 1}
    said_of_text = said(SOURCE, [project(externalUrl=url, type="publication")])
    assert counted(said_of_text, FOAF.homepage) == {}
    assert counted(said_of_text, FOAF.page)[url] == 1


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"type": "blog"}, "'type' is 'blog'; allowed are 'publication'"),
        ({"start": "May 2020"}, "'start' is 'May 2020'"),
        ({"status": ""}, "'status' is empty"),
        ({"externalUrl": "www.example.org"}, "'externalUrl' is 'www.example.org'"),
    ],
)
def test_a_word_that_is_not_known_is_an_error(changed: dict[str, str], message: str) -> None:
    with pytest.raises(FieldError, match=message):
        said(SOURCE, [project(**changed)])


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("citylab_projects", update=update_golden)
