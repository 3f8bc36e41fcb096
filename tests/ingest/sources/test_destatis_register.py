"""The register: one place per territorial body, with the figures of the raw file."""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fields import FieldError
from ingest.readers import records
from ingest.source import FOLDER, Record, load
from ingest.sources.destatis_register.extract import USED, extract
from ingest.sources.destatis_register.keys import FORMER, WIDTHS, key_of
from ingest.sources.destatis_register.transform import record_key, transform
from kg.errors import SourceError
from kg.iri import mint
from kg.terms import CV, DCTERMS, LOTSE, SKOS, Literal, NamedNode, Triple
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import counted, extracts, lexical, raw, shipped

SOURCE = load(FOLDER / "destatis_register")
BUND = mint("jurisdiction", "0" * 12)
ROW = dict.fromkeys(USED, "")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    text = extracts(SOURCE)["register.csv"].decode()
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def places() -> list[Record]:
    return shipped("destatis_register")


@pytest.fixture(scope="module")
def triples(places: list[Record]) -> list[Triple]:
    return [triple for record in places for triple in transform(record)]


@pytest.fixture(scope="module")
def parents(triples: list[Triple]) -> Mapping[NamedNode, NamedNode]:
    found = {}
    for one in triples:
        if one.predicate == DCTERMS.isPartOf:
            assert isinstance(one.subject, NamedNode)
            assert isinstance(one.object, NamedNode)
            assert one.subject not in found, "a place lies directly in one place"
            found[one.subject] = one.object
    return found


def real(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    level = [row for row in rows if row["satzart"] == "60"]
    return [row for row in level if row["textkennzeichen"] not in {"65", "66"}]


def of(triples: list[Triple], predicate: NamedNode, ars: str) -> list[str]:
    place = mint("jurisdiction", ars)
    return sorted(
        lexical(one.object)
        for one in triples
        if one.subject == place and one.predicate == predicate
    )


def test_the_sample_says_what_a_person_has_read(update_golden: bool) -> None:  # noqa: FBT001
    check_sample("destatis_register", update=update_golden)


def test_the_extract_holds_all_rows_of_all_levels(rows: list[dict[str, str]]) -> None:
    assert Counter(row["satzart"] for row in rows) == {
        "10": 16, "20": 29, "30": 12, "40": 401, "50": 4606, "60": 11004,
    }  # fmt: skip
    assert len(real(rows)) == 10794
    names = Counter(
        re.sub(r"\(.*?\)", "", row["gemeindename"].partition(",")[0]).strip() for row in real(rows)
    )
    shared = {name: n for name, n in names.items() if n > 1}
    assert (len(shared), sum(shared.values())) == (452, 1053)
    assert (shared["Neuenkirchen"], shared["Schönberg"]) == (11, 7)


def test_the_extract_is_small_and_made_of_the_raw_file_alone() -> None:
    content = extracts(SOURCE)["register.csv"]
    assert len(content) < 1_500_000
    assert extract(raw(SOURCE)) == {"register.csv": content}
    assert extract({"register.csv": content}) == {"register.csv": content}


def test_every_body_is_one_record(places: list[Record], triples: list[Triple]) -> None:
    assert len(places) == 12_563, "12,564 with the Federation, which `laender` describes"
    assert len({record.key for record in places}) == 12_563
    assert Counter(map(len, (record.rows for record in places))) == {1: 9167, 2: 3289, 3: 105, 4: 2}
    assert counted(triples, LOTSE.level) == {
        "level-land": 16, "level-regierungsbezirk": 29, "level-region": 12, "level-kreis": 401,
        "level-verband": 1210, "level-gemeinde": 11004,
    }  # fmt: skip


def test_places_without_a_body_of_their_own_are_territories_only(triples: list[Triple]) -> None:
    bodies = {one.subject for one in triples if one.object == CV.PublicOrganisation}
    types = counted((one for one in triples if one.subject not in bodies), DCTERMS.type)
    assert types == {
        "place-type-regierungsbezirk": 19, "place-type-statistical-region": 4,
        "place-type-former-regierungsbezirk": 6, "place-type-region": 12, "place-type-58": 39,
        "place-type-65": 2, "place-type-66": 208, "place-type-50": 210,
    }  # fmt: skip
    assert len(bodies) == 12_563 - 29 - 12 - 39 - 210
    every = {one.subject for one in triples if one.object == LOTSE.Jurisdiction}
    assert len(every) == 12_563


def test_population_and_area_add_up(triples: list[Triple]) -> None:
    def numbers(predicate: NamedNode) -> list[Decimal]:
        return [Decimal(lexical(one.object)) for one in triples if one.predicate == predicate]

    assert (len(numbers(LOTSE.population)), sum(numbers(LOTSE.population))) == (11004, 83166711)
    assert sum(numbers(LOTSE.surfaceArea)) == Decimal("357580.73")
    assert sum(one.predicate == LOTSE.postcode for one in triples) == 11004 - 206


def test_every_place_reaches_the_federation(parents: Mapping[NamedNode, NamedNode]) -> None:
    assert len(parents) == 12_563
    depths: Counter[int] = Counter()
    for place in parents:
        above, steps = place, 0
        while above != BUND:
            above, steps = parents[above], steps + 1
            assert steps <= 6, place
        depths[steps] += 1
    assert depths == {1: 16, 2: 166, 3: 1525, 4: 7857, 5: 2088, 6: 911}


def test_gemeinden_lie_in_their_verband_else_in_their_kreis(
    triples: list[Triple], parents: Mapping[NamedNode, NamedNode]
) -> None:
    kinds = {
        one.subject: lexical(one.object)[-2:]
        for one in triples
        if one.predicate == DCTERMS.type and lexical(one.object)[-2:] != "50"
    }
    gemeinden = {one.subject for one in triples if one.object == LOTSE["level-gemeinde"]}
    inside = Counter(kinds.get(above) for place, above in parents.items() if place in gemeinden)
    verbaende = {kind: n for kind, n in inside.items() if kind is not None and kind[0] == "5"}
    assert verbaende == {
        "51": 1932, "52": 653, "53": 2379, "54": 2003, "55": 45, "56": 461, "58": 135,
    }  # fmt: skip
    assert sum(verbaende.values()) == 7608, "with the 135 around an erfüllende Gemeinde"
    assert inside["44"] + inside["43"] + inside["45"] == 11004 - 7608 - 107 - 2


def test_kreise_lie_in_what_lives(parents: Mapping[NamedNode, NamedNode]) -> None:
    def above(ars: str) -> str:
        return parents[mint("jurisdiction", ars)].value.rpartition("/")[2]

    assert [above(ars) for ars in ("120730000000", "071370000000", "145210000000")] == [
        "120000000000", "070000000000", "140000000000",
    ]  # fmt: skip
    assert [above(ars) for ars in ("081150000000", "081100000000", "081000000000")] == [
        "081100000000", "081000000000", "080000000000",
    ]  # fmt: skip
    assert [above(ars) for ars in ("081110000000", "031510000000", "053340000000")] == [
        "081100000000", "031000000000", "053000000000",
    ]  # fmt: skip
    assert [above(ars) for ars in ("010020000000", "110000000000", "040110000000")] == [
        "010000000000", "000000000000", "040000000000",
    ]  # fmt: skip
    assert above("070009999999") == "070000000000", "land shared with Luxembourg"


def test_the_former_bezirke_are_those_that_the_register_calls_so(
    rows: list[dict[str, str]],
) -> None:
    named = [row for row in rows if row["gemeindename"].startswith("früher:")]
    assert {key_of(row).digits for row in named} == FORMER


def test_a_city_of_several_levels_is_one_place_with_all_its_keys(triples: list[Triple]) -> None:
    berlin = [
        of(triples, predicate, "110000000000")
        for predicate in (LOTSE.level, LOTSE.ags, DCTERMS.type, SKOS.prefLabel, LOTSE.ars)
    ]
    assert berlin == [
        ["level-gemeinde", "level-kreis", "level-land"],
        ["11", "11000", "11000000"],
        ["place-type-41", "place-type-50", "place-type-61", "place-type-land"],
        ["Berlin"],
        ["110000000000"],
    ]
    assert of(triples, LOTSE.ags, "010020000000") == ["01002", "01002000"]
    assert of(triples, LOTSE.ags, "040000000000") == ["04"]
    assert of(triples, LOTSE.ags, "040110000000") == ["04011", "04011000"]
    assert of(triples, LOTSE.verbandKey, "120625209000") == ["120625209"]


def test_places_bear_the_names_that_people_write(triples: list[Triple]) -> None:
    found = {
        ars: (of(triples, SKOS.prefLabel, ars), of(triples, SKOS.altLabel, ars))
        for ars in (
            "120630000000", "120625209000", "120655502000", "120710372372", "053340000000",
            "120530000000", "096735638000", "081155001000", "150820340340", "130760014014",
            "091000000000", "072000000000", "145235122000", "146265242600", "130720000000",
        )
    }  # fmt: skip
    assert found == {
        "120630000000": (["Havelland"], ["Landkreis Havelland"]),
        "120625209000": (["Schlieben"], ["Amt Schlieben"]),
        "120655502000": (["Gransee und Gemeinden"], ["Amt Gransee und Gemeinden"]),
        "120710372372": (["Spremberg/Grodk"], ["Grodk", "Spremberg"]),
        "053340000000": (["Städteregion Aachen"], []),
        "120530000000": (["Frankfurt (Oder)"], []),
        "096735638000": (["Heustreu (VGem)"], ["Verwaltungsgemeinschaft Heustreu"]),
        "081155001000": (
            ["GVV Aidlingen/Grafenau"], ["Gemeindeverwaltungsverband Aidlingen/Grafenau"],
        ),
        "150820340340": (["Sandersdorf-Brehna"], ["Sandersdorf"]),
        "130760014014": (["Boizenburg/ Elbe"], ["Boizenburg/Elbe"]),
        "091000000000": (["Oberbayern"], ["Regierungsbezirk Oberbayern"]),
        "072000000000": (["Früherer Regierungsbezirk Trier"], []),
        "145235122000": (
            ["Oelsnitz/Vogtl., Bösenbrunn, Eichigt und Triebel/Vogtl."],
            [
                (
                    "Verwaltungsgemeinschaft Oelsnitz/Vogtl., Bösenbrunn, Eichigt und "
                    "Triebel/Vogtl."
                ),
            ],
        ),
        "146265242600": (["Weißwasser/O.L."], ["Běła Woda"]),
        "130720000000": (["Landkreis Rostock"], []),
    }  # fmt: skip


def test_names_are_german_but_for_the_sorbian_ones(triples: list[Triple]) -> None:
    languages = Counter(
        one.object.language
        for one in triples
        if one.predicate in {SKOS.prefLabel, SKOS.altLabel} and isinstance(one.object, Literal)
    )
    assert (languages["dsb"], languages["hsb"]) == (43, 38)
    assert set(languages) == {"de", "dsb", "hsb"}
    own = [one for one in triples if one.predicate == SKOS.prefLabel]
    assert all(isinstance(one.object, Literal) and one.object.language == "de" for one in own)


def test_every_body_of_the_truth_tables_is_there(places: list[Record]) -> None:
    keys = {record.key for record in places}
    truth = set(
        re.findall(
            "[0-9]{12}",
            """120630000000 071370000000 120730000000 120730008008 150905051000 120690020020
        120600020020 057660020020 120600052052 120670120120 120625031128 120530000000 120710160160
        130760060060 120620224224 120650144144 010020000000 120680264264 071385004041 120730452452
        120640448448 120710372372 120670481481 120655502000 120625209000 120650036036 066310006006
        120670201201 120690397397 120690454454 120600181181 120640428428 120610433433 040110000000
        040000000000""",
        )
    )
    assert len(truth) == 35
    assert truth <= keys


def gemeinde(**cells: str) -> dict[str, str]:
    return ROW | {
        "satzart": "60", "textkennzeichen": "64", "land": "12", "rb": "0", "kreis": "99",
        "vb": "0010", "gemeinde": "010", "gemeindename": "Musterdorf", "flaeche": " 10.50",
        "bevoelkerung": " 1 234", "postleitzahl": "01234", "laengengrad": "13,5",
        "breitengrad": "52,25",
    } | cells  # fmt: skip


def failure(*rows: dict[str, str]) -> str:
    record = Record("destatis_register", "place", record_key("place", rows[0]) or "", rows)
    with pytest.raises(FieldError) as caught:
        list(transform(record))
    return str(caught.value)


def test_swapped_coordinates_are_refused_and_named() -> None:
    said = failure(gemeinde(laengengrad="52,25", breitengrad="13,5"))
    assert said.endswith("latitude 47.2 to 55.1); they seem to be swapped")
    assert "swapped" not in failure(gemeinde(laengengrad="15,2"))
    assert "outside Germany" in failure(gemeinde(breitengrad="55,2"))
    assert "outside Germany" in failure(gemeinde(breitengrad=""))


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ({"land": "1"}, "'land' is '1' where level 60 has 2 digits"),
        ({"vb": "10"}, "'vb' is '10' where level 60 has 4 digits"),
        ({"gemeinde": ""}, "'gemeinde' is ''"),
        ({"kreis": "9x"}, "'kreis' is '9x'"),
        ({"satzart": "70"}, "'satzart' is '70'"),
    ],
)
def test_a_key_with_lost_zeros_stops_the_source(cells: dict[str, str], named: str) -> None:
    with pytest.raises(SourceError, match=re.escape(named)):
        record_key("place", gemeinde(**cells))


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ({"textkennzeichen": "68"}, "'textkennzeichen' is '68'"),
        ({"bevoelkerung": "viele"}, "'bevoelkerung' is 'viele'"),
        ({"bevoelkerung": ""}, "lacks its population"),
        ({"postleitzahl": "1234"}, "a postcode has five digits"),
        ({"gemeindename": " "}, "'gemeindename' is empty"),
    ],
)
def test_an_unusable_field_parks_the_place(cells: dict[str, str], named: str) -> None:
    assert named in failure(gemeinde(**cells))


def test_a_level_that_stands_twice_or_lacks_its_gemeinde_is_refused() -> None:
    assert "stands twice at level 60" in failure(gemeinde(), gemeinde(gemeindename="Anderdorf"))
    alone = gemeinde(satzart="50", textkennzeichen="50", gemeinde="")
    assert "has no row of level 60" in failure(alone)


def test_a_file_of_the_official_form_may_lack_its_last_line_end() -> None:
    header = ",".join(USED)
    row = ",".join(f'"{gemeinde()[name]}"' for name in USED)
    whole = f"﻿{header}\n{row}".encode()
    (name,) = (one.name for one in SOURCE.upstream)
    assert extract({name: whole})["register.csv"].startswith(b"satzart,")
    with pytest.raises(SourceError, match="cut short"):
        extract({name: whole[:-20]})
    with pytest.raises(SourceError, match="nobody decided about"):
        extract({name: whole.replace(b"satzart", b"satzart,neu").replace(b'"60"', b'"60",1')})


@given(st.data())
def test_all_rows_of_a_gemeinde_without_verband_have_one_key(data: st.DataObject) -> None:
    digits = st.text("0123456789", min_size=12, max_size=12)
    drawn = data.draw(digits)
    level = data.draw(st.sampled_from(sorted(WIDTHS)))
    parts, at = [], 0
    for width in WIDTHS[level]:
        parts.append(drawn[at : at + width])
        at += width
    names = ("land", "rb", "kreis", "vb", "gemeinde")
    row = ROW | dict(zip(names, parts, strict=True)) | {"satzart": level}
    key = key_of(row)
    assert re.fullmatch("[0-9]{12}", key.ars)
    assert key.ars.startswith(key.digits)
    assert re.fullmatch("[0-9]{12}", key.parent)
    assert key.ags is None or len(key.ags) == {"10": 2, "20": 3, "40": 5, "60": 8}[level]
    if level == "60":
        vb = "0" + row["gemeinde"]
        member = row | {"vb": vb}
        alone = member | {"satzart": "50", "textkennzeichen": "50", "gemeinde": ""}
        assert key_of(alone).ars == key_of(member).ars
        city = row | {"vb": "0000", "gemeinde": "000"}
        kreis = city | {"satzart": "40", "textkennzeichen": "41", "vb": "", "gemeinde": ""}
        assert key_of(kreis).ars == key_of(city).ars


def test_a_body_says_the_same_whatever_the_order_of_its_rows(places: list[Record]) -> None:
    (kiel,) = (record for record in places if record.key == "010020000000")
    turned = replace(kiel, rows=tuple(reversed(kiel.rows)))
    assert list(transform(turned)) == list(transform(kiel))


def test_the_reader_makes_the_same_records_of_the_sample_and_of_the_extract() -> None:
    sample = (SOURCE.folder / "sample" / "register.csv").read_bytes()
    whole = {record.key: record for record in shipped("destatis_register")}
    for record in records(SOURCE, {"register.csv": sample}):
        assert record == whole[record.key]
