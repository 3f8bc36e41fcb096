"""Who is served by which IT provider: counts of the raw file, bases, keys."""

from collections.abc import Mapping

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from ingest.sources.it_providers.transform import provider_key
from kg.terms import CV, FOAF, LOTSE, ORG, RDF
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "it_providers")
ROW: Mapping[str, str] = {
    "provider": "Musternetz", "provider_kind": "it-provider", "member_as_published": "Musterdorf",
    "member_ags_or_ars": "01001000", "member_level": "gemeinde", "basis": "stated",
    "source": "https://example.org/", "licence": "MIT (facts only)",
}  # fmt: skip


def provision(**changed: str) -> Record:
    return Record("it_providers", "provision", "musternetz-1", ({**ROW, **changed},), [])


def test_providers_bodies_and_bases_are_those_of_the_raw_file() -> None:
    triples = said(SOURCE, shipped("it_providers"))
    assert counted(triples, RDF.type) == {
        "Provision": 3769, "Organization": 34, CV.PublicOrganisation.value: 9,
    }  # fmt: skip
    assert counted(triples, LOTSE.basis) == {
        "basis-stated": 458, "basis-mail-exchanger": 2848, "basis-permitted-sender": 463,
    }  # fmt: skip
    assert counted(triples, ORG.classification) == {"kind-it-provider": 43}
    keys = counted(triples, LOTSE.clientKey)
    assert (len(keys), sum(keys.values())) == (3608, 3712)


def test_the_bodies_served_are_3609_the_empty_key_counted_as_the_readme_does() -> None:
    rows = [record.rows[0] for record in shipped("it_providers") if record.kind == "provision"]
    assert len({row["member_ags_or_ars"] for row in rows}) == 3609


def test_a_provider_has_the_bodies_of_its_rows() -> None:
    triples = said(SOURCE, shipped("it_providers"))
    served = {thing.rpartition("/")[2]: n for thing, n in counted(triples, LOTSE.provider).items()}
    assert len(served) == 43
    assert served["it_providers-ekom21"] == 402
    assert served["it_providers-komm-one-kommunales-verwaltungsnetz-bw"] == 957


def test_a_key_of_another_level_is_an_error() -> None:
    with pytest.raises(FieldError, match="lost leading zero"):
        list(SOURCE.transform(provision(member_ags_or_ars="1001000")))


def test_a_basis_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(FieldError, match="allowed are 'stated'"):
        list(SOURCE.transform(provision(basis="hearsay")))


def test_each_provision_cites_its_pages() -> None:
    triples = said(SOURCE, shipped("it_providers"))
    assert len(by_subject(triples, FOAF.page)) == 3769
    pages = {str(one.object) for one in triples if one.predicate == FOAF.page}
    assert [page for page in pages if not page.startswith("<http")] == []


def test_a_provider_key_keeps_letters_and_digits() -> None:
    assert provider_key("INFOKOM Gütersloh (x)") == "infokom-guetersloh-x"


def test_the_extract_is_that_of_the_raw_file() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("it_providers", update=update_golden)
