"""The catalogue by DCAT-AP.de: free of violations, complete by pages, stable over builds."""

from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pyshacl
import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import DCAT, DCTERMS, RDF, Literal, URIRef
from starlette.testclient import TestClient

from api.app import create_app
from kg.settings import Settings
from tests.world import SHARED

STANDARDS = SHARED / "standards"
HYDRA = rdflib.Namespace("http://www.w3.org/ns/hydra/core#")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
DCATDE = rdflib.Namespace("http://dcat-ap.de/def/dcatde/")


def parsed(client: TestClient, address: str, form: str = "turtle") -> rdflib.Graph:
    got = client.get(address)
    assert got.status_code == 200, got.text
    return rdflib.Graph().parse(data=got.content, format=form)


def official() -> rdflib.Graph:
    """Return the official shapes; those of DCAT-AP 3.0.1 that name no path can judge nothing."""
    files = [STANDARDS / "dcat-ap-3.0.1" / "dcat-ap-SHACL.ttl"]
    files += sorted((STANDARDS / "dcat-ap.de-3.0").glob("*.ttl"))
    missing = [str(one) for one in files if not one.is_file()]
    if missing or len(files) < 2:
        pytest.skip("the official shapes are not beside the checkout (../shared/data/standards)")
    shapes = rdflib.Graph()
    for one in files:
        shapes.parse(one)
    pathless = {
        one for one in shapes.objects(None, SH.property) if (one, SH.path, None) not in shapes
    }
    for one in pathless:
        shapes.remove((None, SH.property, one))
        shapes.remove((one, None, None))
    # `sh:node`-less messages for shapes of another version of DCAT-AP judge nothing either.
    for one in set(shapes.subjects(SH.severity, None)) | set(shapes.subjects(SH.message, None)):
        if (one, SH.path, None) not in shapes and (one, RDF.type, SH.NodeShape) not in shapes:
            shapes.remove((one, None, None))
    shapes.remove((None, rdflib.OWL.imports, None))
    return shapes


def judged(found: rdflib.Graph) -> Counter[tuple[str, str]]:
    _, report, _ = pyshacl.validate(found, shacl_graph=official(), inference="none")
    assert isinstance(report, rdflib.Graph)
    return Counter(
        (str(report.value(one, SH.resultSeverity)).rpartition("#")[2],
         str(report.value(one, SH.resultMessage)))
        for one in report.subjects(RDF.type, SH.ValidationResult)
    )  # fmt: skip


def test_the_official_shapes_find_no_violation(client: TestClient) -> None:
    found = judged(parsed(client, "/catalog.ttl"))
    assert {one: n for one, n in found.items() if one[0] == "Violation"} == {}
    # Whoever has no identifier of GovData names itself; the shapes would rather see one of theirs.
    assert {text.split(" SOLL")[0] for _, text in found} <= {"dcat:Dataset: dcatde:contributorID"}


def test_with_an_identifier_of_govdata_there_is_not_even_a_warning(data: Path) -> None:
    given = "http://dcat-ap.de/def/contributors/landBerlin"
    app = create_app(Settings(data=data, public_url="https://lotse.example", contributor_id=given))
    found = parsed(TestClient(app), "/catalog.ttl?page=1")
    assert (None, DCATDE.contributorID, URIRef(given)) in found
    assert judged(found) == {}


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ((None, DCTERMS.license, None), "MUSS eine dcterms:license haben"),
        ((None, DCTERMS.publisher, None), "MUSS einen dcterms:publisher haben"),
        ((None, rdflib.SKOS.inScheme, None), "MUSS folgendes Vokabular benutzen"),
        ((None, DCAT.accessURL, None), "accessURL"),
    ],
)
def test_the_official_shapes_do_judge(
    client: TestClient, broken: tuple[None, URIRef, None], says: str
) -> None:
    found = parsed(client, "/catalog.ttl?page=1")
    found.remove(broken)
    assert any(kind == "Violation" and says in text for kind, text in judged(found))


def test_each_source_is_a_data_set_and_so_is_the_whole(client: TestClient) -> None:
    found = parsed(client, "/catalog.ttl")
    graphs = {row["graph"] for row in client.get("/api/v1/sources").json()["rows"]}
    assert len(graphs) > 30
    shown = {str(one) for one in found.subjects(RDF.type, DCAT.Dataset)}
    assert len(shown - graphs) == 1
    assert graphs <= shown
    for one in found.subjects(RDF.type, DCAT.Dataset):
        assert found.value(one, DCTERMS.identifier) == Literal(str(one))
        licences = {found.value(d, DCTERMS.license) for d in found.objects(one, DCAT.distribution)}
        assert all(
            str(licence).startswith("http://dcat-ap.de/def/licenses/") for licence in licences
        )


def test_what_a_service_gives_has_its_address_and_no_download(client: TestClient) -> None:
    found = parsed(client, "/catalog.ttl")
    through = list(found.subject_objects(DCAT.accessService))
    assert through
    for one, service in through:
        assert found.value(one, DCAT.accessURL) == found.value(service, DCAT.endpointURL)
        assert (one, DCAT.downloadURL, None) not in found
    for service in found.subjects(RDF.type, DCAT.DataService):
        for property_ in (DCAT.endpointURL, DCAT.endpointDescription):
            address = urlsplit(str(found.value(service, property_)))
            assert client.get(address.path).status_code != 404, address.path


def test_pages_together_are_the_whole_catalogue(client: TestClient) -> None:
    whole = parsed(client, "/catalog.ttl")
    address: str | None = "/catalog.ttl?page=1"
    found, pages = rdflib.Graph(), []
    while address is not None:
        one = parsed(client, address)
        pages.append(set(one.subjects(RDF.type, DCAT.Dataset)))
        found += one
        following = one.value(None, HYDRA.nextPage) or one.value(
            one.value(None, RDF.type, HYDRA.PagedCollection), HYDRA.nextPage
        )
        address = str(following).removeprefix("https://lotse.example") if following else None
    assert len(pages) > 1
    assert sum(map(len, pages)) == len(set().union(*pages))
    for graph in (found, whole):
        for node in set(graph.subjects(RDF.type, HYDRA.PagedCollection)):
            graph.remove((node, None, None))
    assert set(found) == set(whole)


def test_a_page_that_is_not_there_is_404_and_a_malformed_date_400(client: TestClient) -> None:
    assert client.get("/catalog.ttl?page=99").status_code == 404
    assert client.get("/catalog.ttl?page=0").status_code == 422
    assert client.get("/catalog.ttl?modified_since=gestern").status_code == 400
    assert client.get("/catalog.ttl?modified_sinse=2026-01-01").status_code == 422


def test_harvesters_get_what_changed_since(client: TestClient) -> None:
    every = client.get("/catalog.ttl").text.count("a dcat:Dataset")
    assert every > 30
    assert (
        client.get("/catalog.ttl?modified_since=2020-01-01").text.count("a dcat:Dataset") == every
    )
    assert client.get("/catalog.ttl?modified_since=2999-01-01T00:00:00Z").status_code == 200
    assert "dcat:dataset" not in client.get("/catalog.ttl?modified_since=2999-01-01").text


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "rdf", "nt", "trig", "nq"])
def test_every_format_says_the_same(client: TestClient, suffix: str) -> None:
    assert said(client, suffix) == said(client, "nt")


def said(client: TestClient, suffix: str) -> set[str]:
    got = client.get(f"/catalog.{suffix}?page=1")
    form = RdfFormat.from_media_type(got.headers["content-type"])
    found = [quad.triple for quad in parse(got.content, form)]
    pages = {one.subject for one in found if one.object.value == str(HYDRA.PagedCollection)}
    assert pages == {NamedNode(f"https://lotse.example/catalog.{suffix}?page=1")}
    return {str(one) for one in found if one.subject not in pages}


def test_the_catalogue_is_agreed_on_and_not_sent_twice(client: TestClient) -> None:
    got = client.get("/catalog", headers={"Accept": "application/rdf+xml"})
    assert got.headers["content-type"].startswith("application/rdf+xml")
    again = {"Accept": "application/rdf+xml", "If-None-Match": got.headers["etag"]}
    assert client.get("/catalog", headers=again).status_code == 304
    assert client.get("/catalog", headers={"Accept": "image/png"}).status_code == 406
    for lang, title in (("de", "Datenkatalog"), ("en", "Catalogue of data")):
        html = client.get(f"/catalog?lang={lang}", headers={"Accept": "text/html"})
        assert f"<h1>{title}</h1>" in html.text
