"""The Prototype Fund's projects: rounds, names, and only links that bear the project's name."""

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from ingest.sources.prototype_fund.own_links import homepage, repositories
from kg.iri import mint
from kg.terms import FOAF, LOTSE, RDF, SCHEMA
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "prototype_fund")


def test_projects_and_rounds_are_those_of_the_raw_file() -> None:
    triples = said(SOURCE, shipped("prototype_fund"))
    assert counted(triples, RDF.type) == {"Innovation": 78, "Involvement": 78}
    assert counted(triples, LOTSE.topic) == {"Demo Week 2020": 21, "Runde 9": 28, "Runde 10": 29}
    assert counted(triples, LOTSE.actorAsPublished) == {"Prototype Fund": 78}


def test_each_project_cites_the_page_at_its_commit() -> None:
    commit = "bf7a5bc102f4f625d958548419711d58d7de2054"
    triples = said(SOURCE, shipped("prototype_fund"))
    record = mint("record", "prototype_fund", "9-02-cobox").value.rpartition("/")[2]
    assert by_subject(triples, FOAF.page)[record] == [
        f"https://github.com/prototypefund/demo-week-runde9/blob/{commit}/_projects/02-cobox.md"
    ]
    assert len(by_subject(triples, FOAF.page)) == 78


def test_own_sites_and_repositories_are_few_and_each_is_named_like_its_project() -> None:
    triples = said(SOURCE, shipped("prototype_fund"))
    sites, code = by_subject(triples, FOAF.homepage), by_subject(triples, SCHEMA.codeRepository)
    assert (len(sites), sum(map(len, code.values()))) == (33, 17)


@pytest.mark.parametrize(
    ("title", "links", "site"),
    [
        ("Dystonse - Routenplanung", ["https://dystonse.example/x", "https://vbn.example"],
         "https://dystonse.example/"),
        ("Klinik-DB", ["https://www.klinik-db.example/site/"], "https://klinik-db.example/"),
        ("Mastodon", ["https://joinmastodon.example"], "https://joinmastodon.example/"),
        ("Identity Stick", ["https://identity-stick.github.io/demo"],
         "https://identity-stick.github.io/"),
        ("Hier Baut Berlin", ["https://mein.berlin.example", "https://berlin.example"], None),
        ("JavaScript XMPP Client", ["https://xmpp.example"], None),
        ("pd3f: PDF zu Text", ["https://demo.pd3f.example"], None),
        ("Muster (erfunden)", ["https://muster.example", "mailto:x"], "https://muster.example/"),
    ],
)  # fmt: skip
def test_a_site_is_the_projects_if_it_bears_its_name(
    title: str, links: list[str], site: str | None
) -> None:
    assert homepage(title, links) == site


def test_a_persons_account_is_never_kept() -> None:
    links = [
        "https://github.com/erika-muster/teledash",
        "https://github.com/erika-muster",
        "https://github.com/Tele-Dash/app/tree/main/x",
        "https://gitlab.com/teledash/app",
        "https://github.com/teledash",
    ]
    assert repositories("Teledash – Recherche für Telegram", links) == [
        "https://github.com/Tele-Dash/app",
        "https://gitlab.com/teledash/app",
    ]


def test_a_round_nobody_knows_is_an_error() -> None:
    row = {
        "round": "11", "source": "muster/woche@abc", "source_path": "_projects/01-muster.md",
        "title": "Muster (erfunden)", "homepage": "", "code": "",
    }  # fmt: skip
    with pytest.raises(FieldError, match="'round' is '11'; allowed are '2020'"):
        said(SOURCE, [Record("prototype_fund", "project", "11-01-muster", (row,))])


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("prototype_fund", update=update_golden)
