"""What the table of adoptions says, and what it must not say."""

import csv
import io
from collections import Counter
from collections.abc import Mapping

import pytest

from ingest.citations import LICENCES, pages
from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from ingest.sources.adoptions.transform import transform
from kg.errors import SourceError
from kg.iri import mint
from kg.terms import DCTERMS, FOAF, LOTSE, RDF, Literal, NamedNode, Triple, text
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import extracts, raw, shipped

SOURCE = load(FOLDER / "adoptions")
ROW = {
    "solution_id": "mehrblick",
    "solution_name": "Mehrblick (erfunden)",
    "solution_kind": "app",
    "solution_url": "https://example.org/mehrblick",
    "adopter_as_published": "Stadt Musterstadt",
    "adopter_ags_or_ars": "01999001",
    "adopter_level": "gemeinde",
    "since": "2020-05",
    "since_kind": "adoption",
    "until": "",
    "relation": "usedBy",
    "source": "muster/listen@0123456789ab:daten/liste.yml",
    "licence": "MIT",
}


def adoption(*rows: Mapping[str, str]) -> set[Triple]:
    whole = tuple({**ROW, **row} for row in rows)
    return set(transform(Record("adoptions", "adoption", "mehrblick-1", whole)))


def lexical(term: object) -> str:
    assert isinstance(term, Literal | NamedNode)
    return term.value


def values(triples: set[Triple], predicate: NamedNode) -> list[str]:
    return sorted(lexical(one.object) for one in triples if one.predicate == predicate)


@pytest.fixture(scope="module")
def accepted() -> tuple[set[Triple], dict[str, str]]:
    """Return the triples of all good records, and key → reason of the others."""
    good: set[Triple] = set()
    bad: dict[str, str] = {}
    for record in shipped("adoptions"):
        try:
            good |= set(transform(record))
        except FieldError as error:
            bad[record.key] = str(error)
    return good, bad


def test_rows_solutions_keys_and_ends_are_those_of_the_collection() -> None:
    rows = list(csv.DictReader(io.StringIO(extracts(SOURCE)["adoptions.csv"].decode())))
    counted = {
        "rows": len(rows),
        "solutions": len({row["solution_id"] for row in rows}),
        "keyed": sum(bool(row["adopter_ags_or_ars"]) for row in rows),
        "ended": sum(bool(row["until"]) for row in rows),
    }
    assert counted == {"rows": 4104, "solutions": 66, "keyed": 3864, "ended": 176}
    assert Counter(record.kind for record in shipped("adoptions")) == {
        "solution": 66,
        "adoption": 4101,
    }


def test_only_the_key_of_the_wrong_level_is_kept_out(
    accepted: tuple[set[Triple], dict[str, str]],
) -> None:
    _, bad = accepted
    (reason,) = bad.values()
    assert reason == (
        "field 'adopter_ags_or_ars' is '05', but the level is 'gemeinde': keys of this level have "
        "8 digits; correct the key or the level"
    )


def test_what_is_accepted_counts_as_the_collection_counts(
    accepted: tuple[set[Triple], dict[str, str]],
) -> None:
    good, _ = accepted

    def things(predicate: NamedNode, value: str) -> int:
        return sum(one.predicate == predicate and one.object == LOTSE[value] for one in good)

    assert {
        "solutions": things(RDF.type, "Solution"),
        "adoptions": things(RDF.type, "Adoption"),
        "keyed": sum(one.predicate == LOTSE.adopterKey for one in good),
        "ended": things(LOTSE.status, "status-ended"),
        "inferred": things(LOTSE.basis, "basis-inferred"),
        "members": things(LOTSE.relation, "relation-member-of"),
        "dated by adoption": things(LOTSE.sinceMeans, "since-adoption"),
        "dated by listing": things(LOTSE.sinceMeans, "since-listed"),
    } == {
        "solutions": 66,
        "adoptions": 4103,
        "keyed": 3863,
        "ended": 176,
        "inferred": 1643,
        "members": 122,
        "dated by adoption": 142,
        "dated by listing": 3952,
    }


def test_each_adoption_cites_a_page(accepted: tuple[set[Triple], dict[str, str]]) -> None:
    good, bad = accepted
    cited = {one.subject for one in good if one.predicate == FOAF.page}
    wanted = {
        mint("record", "adoptions", record.key)
        for record in shipped("adoptions")
        if record.kind == "adoption" and record.key not in bad
    }
    assert cited == wanted


def test_a_row_becomes_one_dated_stated_adoption() -> None:
    node, record = (
        mint("adoption", "adoptions", "mehrblick-1"),
        mint("record", "adoptions", "mehrblick-1"),
    )
    found = adoption({})
    assert {(one.predicate, one.object) for one in found if one.subject == record} == {
        (
            FOAF.page,
            NamedNode("https://github.com/muster/listen/blob/0123456789ab/daten/liste.yml"),
        ),
        (DCTERMS.license, NamedNode("https://spdx.org/licenses/MIT")),
    }
    said = {one.predicate: one.object for one in found if one.subject == node}
    assert lexical(said.pop(LOTSE.since)) == "2020-05"
    assert said == {
        RDF.type: LOTSE.Adoption,
        LOTSE.solution: mint("solution", "adoptions", "mehrblick"),
        LOTSE.adopterAsPublished: text("Stadt Musterstadt"),
        LOTSE.levelAsPublished: LOTSE["level-gemeinde"],
        LOTSE.adopterKey: text("01999001"),
        LOTSE.relation: LOTSE["relation-used-by"],
        LOTSE.sinceMeans: LOTSE["since-adoption"],
        LOTSE.status: LOTSE["status-in-use"],
        LOTSE.basis: LOTSE["basis-stated"],
    }


def test_two_periods_of_one_body_are_two_adoptions_of_one_record() -> None:
    first = {"since": "2015-03-08", "until": "2016-05-25"}
    second = {"since": "2016-10-12", "until": "2017-02-22"}
    found = adoption(second, first)
    node = mint("adoption", "adoptions", "mehrblick-1")
    again = mint("adoption", "adoptions", "mehrblick-1", "2")
    assert {one.subject: lexical(one.object) for one in found if one.predicate == LOTSE.since} == {
        node: "2015-03-08",
        again: "2016-10-12",
    }


def test_the_same_row_twice_says_nothing_more() -> None:
    assert adoption({}, {}) == adoption({})


@pytest.mark.parametrize(
    "later",
    [{"since": "2019"}, {"since": "2021"}, {"adopter_level": "kreis"}],
    ids=["begins before", "begins in an open period", "differs elsewhere"],
)
def test_different_rows_of_one_period_are_a_duplicate_key(later: Mapping[str, str]) -> None:
    with pytest.raises(FieldError, match="duplicate key: 2 different rows"):
        adoption({}, later)


@pytest.mark.parametrize(
    ("level", "key"), [("gemeinde", "1999001"), ("kreis", "1999"), ("land", "1"),
                       ("verband", "19990001")]
)  # fmt: skip
def test_a_lost_leading_zero_is_said(level: str, key: str) -> None:
    with pytest.raises(FieldError, match=f"{key}.*a lost leading zero"):
        adoption({"adopter_level": level, "adopter_ags_or_ars": key})


@pytest.mark.parametrize(
    ("level", "key"), [("gemeinde", "01999"), ("other", "01999001"), ("bund", "00"),
                       ("gemeinde", "0199900x"), ("kreis", "019990")]
)  # fmt: skip
def test_a_key_that_does_not_fit_its_level_is_an_error(level: str, key: str) -> None:
    with pytest.raises(FieldError, match="correct the key or the level"):
        adoption({"adopter_level": level, "adopter_ags_or_ars": key})


@pytest.mark.parametrize(
    ("field", "value"),
    [("adopter_level", "bezirk"), ("relation", "likes"), ("since_kind", "perhaps"),
     ("licence", "CC-BY-NC-4.0"), ("since", "May 2020"), ("until", "soon"),
     ("source", "a newspaper"), ("adopter_as_published", " ")],
)  # fmt: skip
def test_a_word_nobody_decided_about_is_an_error(field: str, value: str) -> None:
    with pytest.raises(FieldError, match=repr(field)):
        adoption({field: value})


def test_a_date_without_its_meaning_is_an_error() -> None:
    with pytest.raises(FieldError, match="belong together"):
        adoption({"since_kind": ""})


def test_one_solution_under_two_names_is_an_error() -> None:
    rows = (ROW, {**ROW, "solution_name": "Mehrblick 2 (erfunden)"})
    with pytest.raises(FieldError, match="different things about one solution"):
        list(transform(Record("adoptions", "solution", "mehrblick", rows)))


@pytest.mark.parametrize(
    ("cited", "addresses"),
    [
        ("https://example.org/a (2018-2021)", ["https://example.org/a"]),
        ("https://example.org/a ; date: https://example.org/b",
         ["https://example.org/a", "https://example.org/b"]),
        ("a/b@0123456:bibs/Bad Muster.json (api since 0123)",
         ["https://github.com/a/b/blob/0123456/bibs/Bad%20Muster.json"]),
        ("a/b@0123456:x.xlsx#amt.example mx=mail.example spf=mail.example code 0123",
         ["https://github.com/a/b/blob/0123456/x.xlsx#amt.example"]),
        ("a/b@0123456:x.md#https://example.org/i.php?c=1#top (first seen 0123)",
         ["https://github.com/a/b/blob/0123456/x.md#https://example.org/i.php?c=1%23top"]),
    ],
)  # fmt: skip
def test_citations_become_pages(cited: str, addresses: list[str]) -> None:
    assert [page.value for page in pages(cited)] == addresses


def test_a_licence_that_nobody_stated_is_not_invented() -> None:
    found = adoption({"licence": "none stated (facts only)"})
    assert values(found, DCTERMS.license) == []
    assert {name for name, iris in LICENCES.items() if not iris} == {
        "none stated (facts only)",
        "facts from press pages (no data licence)",
    }


def test_an_unknown_column_is_named() -> None:
    header = "batch," + ",".join(ROW) + ",colour\n"
    with pytest.raises(SourceError, match="nobody decided about the columns 'colour'"):
        SOURCE.extract({"adoptions.csv": header.encode() + b"," * len(ROW) + b",\n"})


def test_the_shipped_extract_is_what_the_collection_extracts_to() -> None:
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("adoptions", update=update_golden)
