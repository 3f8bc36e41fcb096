"""The model projects: rounds, municipalities, co-operations; project and programme told apart."""

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from ingest.themes import COLUMNS as CONCLUDED
from kg.terms import LOTSE, RDF, SKOS
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "smart_city_projects")
ROW = {
    "staffel": "2", "year": "2020", "name_as_published": "Musterstadt", "kind": "",
    "source_url": "https://example.org/",
    **dict.fromkeys(CONCLUDED, ""),
}  # fmt: skip


def project(**changed: str) -> Record:
    return Record("smart_city_projects", "project", "2-musterstadt", ({**ROW, **changed},))


def test_projects_and_rounds_are_those_of_the_raw_file() -> None:
    triples = said(SOURCE, shipped("smart_city_projects"))
    assert counted(triples, RDF.type)["Innovation"] == 64
    assert counted(triples, LOTSE.topic) == {"Staffel 1": 13, "Staffel 2": 23, "Staffel 3": 28}
    assert counted(triples, LOTSE.since) == {"2019": 13, "2020": 23, "2021": 28}


def test_the_programme_pays_for_each_project_and_is_none_itself() -> None:
    triples = said(SOURCE, shipped("smart_city_projects"))
    assert counted(triples, LOTSE.role) == {"role-funder": 64, "role-operator": 78}
    assert counted(triples, LOTSE.actorAsPublished)["Modellprojekte Smart Cities (MPSC)"] == 64
    assert [one for one in counted(triples, SKOS.prefLabel) if "(MPSC)" in one] == []


def test_a_co_operation_is_one_project_in_several_places() -> None:
    places = by_subject(said(SOURCE, shipped("smart_city_projects")), LOTSE.placeAsPublished)
    several = {key: found for key, found in places.items() if len(found) > 1}
    assert sorted(map(len, several.values())) == [2, 2, 3, 5, 7]
    assert several["smart_city_projects-2-bad-belzig-und-gemeinde-wiesenburg-mark"] == [
        "Bad Belzig", "Gemeinde Wiesenburg/Mark",
    ]  # fmt: skip
    assert places["smart_city_projects-3-bochum-stadt"] == ["Bochum, Stadt"]


@pytest.mark.parametrize(
    ("name", "kind", "level"),
    [
        ("Musterland, Landkreis", "", "level-kreis"),
        ("Muster, Kreis", "", "level-kreis"),
        ("Landkreis Muster", "landkreis", "level-kreis"),
        ("Musterstadt, Landeshauptstadt", "", "level-gemeinde"),
        ("Musterstadt, kreisfreie Stadt", "", "level-gemeinde"),
        ("Gemeinde Muster", "", "level-gemeinde"),
        ("Musterstadt", "", None),
        ("Muster, Verband Region", "", None),
        ("Kreisau", "", None),
        ("Muster und Gemeinde Beispiel", "kooperation", None),
    ],
)
def test_a_level_is_said_where_the_published_name_says_it(
    name: str, kind: str, level: str | None
) -> None:
    triples = said(SOURCE, [project(name_as_published=name, kind=kind)])
    assert counted(triples, LOTSE.levelAsPublished) == ({level: 1} if level else {})


@pytest.mark.parametrize("field", ["staffel", "kind"])
def test_a_word_that_is_not_known_is_an_error(field: str) -> None:
    with pytest.raises(FieldError, match=f"'{field}' is 'vier'"):
        said(SOURCE, [project(**{field: "vier"})])


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("smart_city_projects", update=update_golden)
