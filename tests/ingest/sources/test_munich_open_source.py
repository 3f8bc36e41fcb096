"""Munich's list: 141 solutions in use, seven no longer, 25 made in-house, licences as written."""

import json

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, Row, load
from ingest.sources.munich_open_source.transform import SPDX
from kg.errors import SourceError
from kg.terms import FOAF, LOTSE, RDF, SKOS
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SLUG = "munich_open_source"
SOURCE = load(FOLDER / SLUG)


def test_the_list_has_141_solutions_each_taken_up_by_the_city() -> None:
    found = said(SOURCE, shipped(SLUG))
    assert counted(found, RDF.type) == {"Solution": 141, "Adoption": 141, "Involvement": 37}
    assert counted(found, LOTSE.adopterKey) == {"09162000": 141}
    assert counted(found, LOTSE.role) == {"role-developer": 25, "role-funder": 12}
    labels = counted(found, SKOS.prefLabel)
    assert len(labels) == 141


def test_seven_are_no_longer_used() -> None:
    found = said(SOURCE, shipped(SLUG))
    status = by_subject(found, LOTSE.status)
    assert {key for key, value in status.items() if value == ["status-ended"]} == {
        f"{SLUG}-{name}"
        for name in (
            "cove", "digiwf", "epitaph", "inclus", "kinderzeit", "libreoffice", "spacewalk",
        )
    }  # fmt: skip
    assert counted(found, LOTSE.status) == {"status-in-use": 134, "status-ended": 7}


def test_licences_stay_as_written_and_are_named_by_spdx_only_where_certain() -> None:
    found = said(SOURCE, shipped(SLUG))
    published = counted(found, LOTSE.licenceAsPublished)
    assert sum(published.values()) == 138
    assert published["GPL"] == 17
    spdx = counted(found, LOTSE.licenceId)
    assert sum(spdx.values()) == 96
    assert spdx["Apache-2.0"] == published["Apache-2.0"] + published["Apache-Lizenz 2.0"]
    assert set(spdx) == set(SPDX.values())


def test_the_shipped_extract_is_what_the_list_extracts_to() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)


def test_no_maker_and_no_text_is_taken_along() -> None:
    upstream = {
        **dict.fromkeys(("developerlink", "license", "code", "opencode", "linkapplication"), ""),
        "source_path": "de/software/x.md", "title": "Muster", "tags": ["ai"],
        "body": "Von Erika Musterfrau, erika@muster.invalid", "developer": "Erika Musterfrau",
        "sponsor": "https://muster.invalid/erika",
    }  # fmt: skip
    content = json.dumps(upstream).encode() + b"\n"
    (made,) = SOURCE.extract({"opensource-muenchen.jsonl": content}).values()
    assert json.loads(made) == {
        "source_path": "de/software/x.md", "title": "Muster", "tags": ["ai"],
    }  # fmt: skip


def test_an_unknown_field_is_named() -> None:
    line = b'{"source_path": "x.md", "title": "x", "tags": [], "developerlink": "", "license": "",'
    line += b'"code": "", "opencode": "", "linkapplication": "", "contact": "x"}\n'
    with pytest.raises(SourceError, match="nobody decided about the columns 'contact'"):
        SOURCE.extract({"opensource-muenchen.jsonl": line})


def test_an_address_that_is_none_parks_the_record() -> None:
    record = shipped(SLUG)[0]
    row = {**record.rows[0], "developerlink": "www.muster.invalid"}
    with pytest.raises(FieldError, match="wanted is a web address"):
        list(SOURCE.transform(Record(SLUG, "solution", record.key, (row,))))


def test_unknown_tags_and_licences_are_counted() -> None:
    record = shipped(SLUG)[0]
    row: Row = {**record.rows[0], "tags": ["neuland"], "license": "frei"}
    given = Record(SLUG, "solution", record.key, (row,))
    found = set(SOURCE.transform(given))
    assert given.unmapped == [("license", "frei"), ("tags", "neuland")]
    assert counted(found, LOTSE.licenceId) == {}


def test_every_record_cites_its_page() -> None:
    pages = by_subject(said(SOURCE, shipped(SLUG)), FOAF.page)
    assert pages[f"{SLUG}-dave"][0].endswith(
        "/opensource.muenchen.de/blob/68c02f1/de/software/dave.md"
    )


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample(SLUG, update=update_golden)
