"""Kreise and their NUTS-3 codes."""

import re

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from ingest.sources.nuts.extract import extract
from ingest.sources.nuts.transform import transform
from kg.errors import SourceError
from kg.iri import mint
from kg.terms import LOTSE, Triple, text
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, extracts, raw, said, shipped

SOURCE = load(FOLDER / "nuts")


def test_the_sample_says_what_a_person_has_read(update_golden: bool) -> None:  # noqa: FBT001
    check_sample("nuts", update=update_golden)


def test_every_kreis_of_the_register_has_one_code() -> None:
    codes = by_subject(said(SOURCE, shipped("nuts")), LOTSE.nuts)
    register = load(FOLDER / "destatis_register")
    levels = by_subject(said(register, shipped("destatis_register")), LOTSE.level)
    kreise = {place for place, found in levels.items() if "level-kreis" in found}
    assert len(kreise) == 401
    assert codes.keys() == kreise
    assert len({code for (code,) in codes.values()}) == 401
    assert [codes[ars] for ars in ("010010000000", "110000000000", "160560000000")] == [
        ["DEF01"], ["DE300"], ["DEG0N"],
    ]  # fmt: skip


def test_the_extract_is_made_of_the_raw_file_alone() -> None:
    content = extracts(SOURCE)["kreise.csv"]
    assert extract(raw(SOURCE)) == {"kreise.csv": content}
    assert extract({"kreise.csv": content}) == {"kreise.csv": content}


def test_a_column_that_nobody_decided_about_stops_the_source() -> None:
    with pytest.raises(SourceError, match="'NUTS4'"):
        extract({"kreise-nuts3-2018.csv": b"AGS;NUTS3;NUTS4\n99001;DEX01;DEX011\n"})


def kreis(ags: str, code: str) -> list[Triple]:
    return list(transform(Record("nuts", "kreis", ags, ({"AGS": ags, "NUTS3": code},))))


def test_a_kreis_is_the_body_of_its_key() -> None:
    place = mint("jurisdiction", "990010000000")
    assert kreis("99001", "DEX01") == [Triple(place, LOTSE.nuts, text("DEX01"))]


@pytest.mark.parametrize(
    ("ags", "code", "named"),
    [("1001", "DEF01", "'AGS' is '1001'"), ("01001", "DEF0", "'NUTS3' is 'DEF0'")],
)
def test_a_key_or_code_of_the_wrong_form_is_refused(ags: str, code: str, named: str) -> None:
    with pytest.raises(FieldError, match=re.escape(named)):
        kreis(ags, code)
