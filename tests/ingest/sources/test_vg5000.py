"""VG5000: 16 Länder and 401 Kreise, simplified, and still without gaps between neighbours."""

import json
import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest

from ingest.fields import FieldError
from ingest.source import FOLDER, Record, load
from ingest.sources.vg5000.borders import simplified
from ingest.sources.vg5000.extract import LAYERS, land_and_water
from kg.errors import SourceError
from kg.terms import GEO
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, extracts, raw, said, shipped

SLUG = "vg5000"
SOURCE = load(FOLDER / SLUG)
_RING = re.compile(r"\(([\d. ,]+)\)")


def edges(wkt: str) -> Counter[tuple[str, str]]:
    """Return the edges of all rings, each from its lesser end to its greater one."""
    found: Counter[tuple[str, str]] = Counter()
    for ring in _RING.findall(wkt):
        points = ring.split(",")
        assert points[0] == points[-1], "a ring must be closed"
        found.update(tuple(sorted(pair)) for pair in pairwise(points))
    return found


def test_waters_with_the_key_of_a_land_are_left_out() -> None:
    files = raw(SOURCE)
    land, water = land_and_water(LAYERS["land"], files[LAYERS["land"]])
    assert (len(land), len(water), len(land) + len(water)) == (16, 9, 25)
    kreise, none = land_and_water(LAYERS["kreis"], files[LAYERS["kreis"]])
    assert (len(kreise), len(none)) == (401, 0)


def test_berlin_and_hamburg_have_one_boundary() -> None:
    records = shipped(SLUG)
    layers = Counter(str(row["layer"]) for one in records for row in one.rows)
    assert layers == {"land": 16, "kreis": 401}
    assert [one.key for one in records if len(one.rows) > 1] == ["020000000000", "110000000000"]
    found = by_subject(said(SOURCE, records), GEO.hasGeometry)
    assert len(found) == len(records) == 415
    assert [one.endswith("/110000000000/boundary") for one in found["110000000000"]] == [True]


def test_neighbours_share_their_borders() -> None:
    """No edge stands in more than two Kreise, and the Länder have no edge that no Kreis has."""
    rows = [row for one in shipped(SLUG) for row in one.rows]
    kreise: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row["layer"] == "kreis":
            kreise.update(edges(str(row["wkt"])))
    assert set(kreise.values()) == {1, 2}
    laender: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row["layer"] == "land":
            laender.update(edges(str(row["wkt"])))
    assert set(laender) <= set(kreise)
    outer = {edge for edge, number in kreise.items() if number == 1}
    assert outer == {edge for edge, number in laender.items() if number == 1}


def test_a_shared_border_is_simplified_once() -> None:
    left = ((0.0, 0.0), (1.0, 0.0), (1.01, 0.5), (1.0, 1.0), (0.0, 1.0))
    right = ((1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.01, 0.5))
    found = simplified([left, right], 0.1)
    assert set(found[left] or ()) == {(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)}
    assert set(found[right] or ()) == {(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0)}
    exact = simplified([left, right], 0.001)
    assert (1.01, 0.5) in (exact[left] or ())
    assert (1.01, 0.5) in (exact[right] or ())


def test_an_enclave_is_cut_alike_from_both_sides() -> None:
    island = ((1.0, 1.0), (2.0, 1.0), (2.0, 1.5), (2.0, 2.0), (1.0, 2.0))
    turned = (island[3], *island[2::-1], island[4])
    found = simplified([island, turned], 0.1)
    assert set(found[island] or ()) == set(found[turned] or ())
    assert len(found[island] or ()) == 4


def test_what_is_smaller_than_the_tolerance_vanishes() -> None:
    dot = ((0.0, 0.0), (0.01, 0.0), (0.01, 0.01))
    assert simplified([dot], 0.1) == {dot: None}


def test_points_lie_in_germany() -> None:
    rows = [row for one in shipped(SLUG) for row in one.rows]
    assert all(Decimal("47.2") < Decimal(str(row["lat"])) < Decimal("55.1") for row in rows)
    assert all(Decimal("5.8") < Decimal(str(row["long"])) < Decimal("15.1") for row in rows)


def test_two_boundaries_of_one_place_are_an_error() -> None:
    berlin = next(one for one in shipped(SLUG) if one.key == "110000000000")
    rows = ({**berlin.rows[0], "wkt": "POLYGON((13 52,14 52,13 53,13 52))"}, berlin.rows[1])
    with pytest.raises(FieldError, match="different boundaries of one place"):
        list(SOURCE.transform(Record(SLUG, "boundary", berlin.key, rows)))


def test_half_a_file_is_no_geojson() -> None:
    whole = json.dumps({"features": [{"properties": {"ARS": "01"}}]}).encode()
    with pytest.raises(SourceError, match="may have been cut short"):
        land_and_water("x.geojson", whole[:-3])
    with pytest.raises(SourceError, match="no GeoJSON with features"):
        land_and_water("x.geojson", b"[]")


@pytest.mark.parametrize("geometry", ["Berlin", None, {"type": "Point", "coordinates": [9, 54]}])
def test_a_feature_without_polygons_is_named(geometry: object) -> None:
    feature = {"properties": {"ARS": "01"}, "geometry": geometry}
    layer = json.dumps({"features": [feature]}).encode()
    files = dict.fromkeys(("vg5000-laender.geojson", "vg5000-kreise.geojson"), layer)
    with pytest.raises(SourceError, match=r"vg5000-laender.geojson: the feature with ARS '01' has"):
        SOURCE.extract(files)


def test_the_shipped_extract_is_what_the_layers_extract_to() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample(SLUG, update=update_golden, failing=frozenset({"100300000000"}))
