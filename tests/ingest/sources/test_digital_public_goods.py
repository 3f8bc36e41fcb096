"""Digital public goods: 166 records, 25 of them with Germany, names that repeat, two untyped."""

import json

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, Row, load
from ingest.sources.digital_public_goods.countries import CODES
from kg.errors import SourceError
from kg.terms import LOTSE, RDF, SKOS, Triple, text
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, shipped

SLUG = "digital_public_goods"
SOURCE = load(FOLDER / SLUG)


def accepted() -> tuple[set[Triple], dict[str, str]]:
    found: set[Triple] = set()
    refused = {}
    for record in shipped(SLUG):
        try:
            found |= set(SOURCE.transform(record))
        except FieldError as error:
            refused[record.key] = str(error)
    return found, refused


def test_two_of_166_do_not_say_what_they_are() -> None:
    assert len(shipped(SLUG)) == 166
    found, refused = accepted()
    assert set(refused) == {"public-utility-data-liberation-project", "yallakhedmeh"}
    assert {why.partition(";")[2] for why in refused.values()} == {" nobody says what this is"}
    solutions = {one.subject for one in found if one.object == LOTSE.Solution}
    assert len(solutions) == 164
    assert counted(found, LOTSE.solutionKind) == {
        "solution-kind-software": 139,
        "solution-kind-standard": 2,
        "solution-kind-data": 11,
        "solution-kind-content": 12,
    }


def test_twenty_five_are_developed_or_deployed_in_germany() -> None:
    found, _ = accepted()
    with_germany = {
        one.subject
        for one in found
        if one.predicate in {LOTSE.developedInCountry, LOTSE.deployedInCountry}
        and one.object == text("DE")
    }
    assert len(with_germany) == 25


def test_every_country_has_its_code() -> None:
    records = shipped(SLUG)
    for record in records:
        try:
            list(SOURCE.transform(record))
        except FieldError:
            continue
        assert record.unmapped == []
    assert CODES["Congo (Congo-Brazzaville)"] == "CG"
    assert CODES["Democratic Republic of the Congo"] == "CD"
    assert CODES["VietNam"] == CODES["Vietnam"] == "VN"
    assert len(CODES) == 249
    assert all(len(code) == 2 and code.isupper() for code in CODES.values())


def test_no_two_bear_the_same_name_and_none_that_of_kolibri() -> None:
    labels = counted(accepted()[0], SKOS.prefLabel)
    folded = [label.casefold() for label in labels]
    assert len(set(folded)) == len(folded) == sum(labels.values()) == 164
    assert "kolibri" not in folded


def test_organisations_have_the_roles_that_the_registry_gives_them() -> None:
    found, _ = accepted()
    roles = counted(found, LOTSE.role)
    assert roles == {"role-owner": 145, "role-maintainer": 25, "role-funder": 22, "role-partner": 4}
    assert counted(found, RDF.type)["Involvement"] == 196


def test_an_unknown_country_is_counted() -> None:
    record = shipped(SLUG)[0]
    row: Row = {**record.rows[0], "locations": {"developmentCountries": ["Atlantis"],
                                          "deploymentCountries": ["Germany"]}}  # fmt: skip
    given = Record(SLUG, "solution", record.key, (row,))
    found = by_subject(SOURCE.transform(given), LOTSE.deployedInCountry)
    assert list(found.values()) == [["DE"]]
    assert given.unmapped == [("developmentCountries", "Atlantis")]


def test_contacts_stay_out_and_new_fields_are_named() -> None:
    row = dict.fromkeys(SOURCE.extracts[0].columns, "")
    upstream = {**row, "id": "x", "organizations": [
        {"name": "X", "org_type": "owner", "contact_name": "Erika Musterfrau",
         "contact_email": "erika@muster.invalid"}]}  # fmt: skip
    (made,) = SOURCE.extract({
        "digital-public-goods.jsonl": json.dumps(upstream).encode() + b"\n"
    }).values()  # fmt: skip
    assert json.loads(made)["organizations"] == [{"name": "X", "org_type": "owner"}]
    upstream["organizations"] = [{"name": "X", "org_type": "owner", "phone": "0"}]
    with pytest.raises(SourceError, match="nobody decided about the columns 'phone'"):
        SOURCE.extract({"digital-public-goods.jsonl": json.dumps(upstream).encode() + b"\n"})


def test_the_shipped_extract_is_what_the_registry_extracts_to() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample(SLUG, update=update_golden, failing=frozenset({"ohne-art"}))
