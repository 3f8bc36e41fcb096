"""What is accepted and what is parked, on invented records."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.admission import Admission, Types, admit
from ingest.fields import Fields
from ingest.files import Given, checksum, given, shipped
from ingest.source import ExtractFile, Record, RecordRule, Source, Upstream
from kg.errors import SourceError
from kg.gate import Shapes
from kg.iri import mint
from kg.namespaces import SCHEMA, XSD
from kg.terms import DCTERMS, LOTSE, ORG, RDF, SKOS, Literal, Triple, text
from tests.world import small_sources

COLUMNS = ("id", "name", "parent")


def transform(record: Record) -> Iterator[Triple]:
    row = Fields(record)
    lab = mint("lab", record.source, row.take("id"))
    yield Triple(lab, RDF.type, LOTSE.Lab)
    yield Triple(lab, SKOS.prefLabel, text(row.take("name"), "de"))
    yield Triple(lab, ORG.classification, LOTSE["kind-hub"])
    yield Triple(lab, LOTSE.attestation, LOTSE["attestation-stated"])
    parent = row.maybe("parent")
    if parent is not None:
        yield Triple(lab, DCTERMS.isPartOf, mint("lab", record.source, parent))
    row.close()


def example(tmp_path: Path) -> Source:
    return replace(
        small_sources()[0],
        slug="example",
        folder=tmp_path,
        needs=(),
        transform=transform,
        upstream=(Upstream("labs.csv", "https://example.org/labs.csv", ""),),
        extract=lambda files: {"extract.csv": files["labs.csv"]},
        extracts=(ExtractFile("extract.csv", "csv", COLUMNS, ""),),
        records=(RecordRule("lab", "extract.csv", ("id",)),),
        record_key=None,
    )


def admitted(tmp_path: Path, *rows: str, types: Types | None = None) -> Admission:
    content = "\n".join(["id,name,parent", *rows, ""]).encode()
    held = {} if types is None else types
    return admit(example(tmp_path), {"extract.csv": content}, held, Shapes.load())


def reasons(found: Admission) -> dict[str, str]:
    return {one.key: " | ".join(one.reasons) for one in found.parked}


def test_good_records_are_accepted_and_their_things_known(tmp_path: Path) -> None:
    types: Types = {}
    found = admitted(tmp_path, "1,Labor (erfunden),", "2,Werkstatt (erfunden),1", types=types)
    assert sorted(found.accepted) == ["1", "2"]
    assert found.parked == []
    assert types == {mint("lab", "example", key): frozenset({LOTSE.Lab}) for key in "12"}


def test_a_record_with_an_empty_mandatory_field_is_parked_alone(tmp_path: Path) -> None:
    found = admitted(tmp_path, "1,,", "2,Werkstatt (erfunden),")
    assert sorted(found.accepted) == ["2"]
    assert reasons(found) == {"1": "field 'name' is empty, and must not be (record 1)"}


def test_a_record_that_refers_to_a_parked_one_is_parked_too_and_so_on(tmp_path: Path) -> None:
    found = admitted(tmp_path, "1,,", "2,A (erfunden),1", "3,B (erfunden),2", "4,C (erfunden),")
    assert sorted(found.accepted) == ["4"]
    assert "lab/example-1, which is parked" in reasons(found)["2"]
    assert "lab/example-2, which is parked" in reasons(found)["3"]


def test_a_record_may_refer_to_a_thing_of_a_source_before(tmp_path: Path) -> None:
    types: Types = {mint("lab", "example", "9"): frozenset({LOTSE.Lab})}
    assert sorted(admitted(tmp_path, "1,A (erfunden),9", types=types).accepted) == ["1"]
    assert sorted(admitted(tmp_path, "1,A (erfunden),8").accepted) == []


def test_two_different_rows_of_one_key_are_parked(tmp_path: Path) -> None:
    found = admitted(tmp_path, "1,A (erfunden),", "1,B (erfunden),")
    assert "2 different rows have the key '1'" in reasons(found)["1"]


def test_records_of_different_keys_that_speak_of_one_thing_are_parked(tmp_path: Path) -> None:
    source = replace(example(tmp_path), records=(RecordRule("lab", "extract.csv", ("id", "name")),))
    content = b"id,name,parent\n1,A (erfunden),\n1,B (erfunden),\n2,C (erfunden),\n"
    found = admit(source, {"extract.csv": content}, {}, Shapes.load())
    assert [one.rows[0]["name"] for one in found.parked] == ["A (erfunden)", "B (erfunden)"]
    assert all("lab/example-1 is described by this record and by" in one.reasons[0]
               for one in found.parked)  # fmt: skip
    assert len(found.accepted) == 1


def test_the_same_row_twice_is_one_record(tmp_path: Path) -> None:
    assert sorted(admitted(tmp_path, "1,A (erfunden),", "1,A (erfunden),").accepted) == ["1"]


def test_a_violated_shape_parks_the_record_with_its_message(tmp_path: Path) -> None:
    found = admitted(tmp_path, "1,mail an muster@example.org,", "2,B (erfunden),")
    assert sorted(found.accepted) == ["2"]
    assert "mail an …" in reasons(found)["1"]
    assert "muster@example.org" not in reasons(found)["1"]


def test_a_literal_that_the_store_would_change_parks_its_record(tmp_path: Path) -> None:
    def numbered(record: Record) -> Iterator[Triple]:
        yield from transform(record)
        lab = mint("lab", record.source, record.key)
        size = "0070" if record.key == "a" else "70"
        yield Triple(lab, SCHEMA.numberOfEmployees, Literal(size, datatype=XSD.integer))

    source = replace(example(tmp_path), transform=numbered)
    content = b"id,name,parent\na,Eins,\nb,Zwei,\n"
    found = admit(source, {"extract.csv": content}, {}, Shapes.load())
    assert reasons(found).keys() == {"a"}
    assert 'would be kept as "70"^^' in reasons(found)["a"]


def test_a_changed_extract_is_refused_with_both_checksums(tmp_path: Path) -> None:
    (tmp_path / "extract.csv").write_text("id,name,parent\n")
    source = example(tmp_path)
    right = replace(source.extracts[0], sha256=checksum(b"id,name,parent\n"))
    assert shipped(replace(source, extracts=(right,))).shipped
    wrong = replace(source.extracts[0], sha256="0" * 64)
    with pytest.raises(SourceError, match=r"checksum is not that of source\.toml.*make extracts"):
        shipped(replace(source, extracts=(wrong,)))


def test_a_given_file_is_held_against_the_checksum_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "any name.csv"
    path.write_bytes(b"id,name,parent\n")
    (tmp_path / "any name.csv.sha256").write_text(checksum(path.read_bytes()) + "  any name.csv\n")
    assert given(example(tmp_path), path) == Given(
        {"extract.csv": path.read_bytes()}, shipped=False
    )
    path.write_bytes(b"id,name,parent\n1,A,\n")
    with pytest.raises(SourceError, match=r"wrong checksum.*Fetch the file again"):
        given(example(tmp_path), path)


def test_a_given_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        given(example(tmp_path), tmp_path / "missing.csv")
