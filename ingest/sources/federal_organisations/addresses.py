"""Where a body or site is: place with its Land, postcode, country, point; dirt is counted."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from ingest.fields import Fields
from ingest.positions import box, position
from ingest.source import Record
from kg.terms import DCTERMS, LOTSE, NamedNode, Triple, text

GERMANY: Final = frozenset({"DE", "Deutschland", "Berlin"})
_COUNTRY: Final = "http://publications.europa.eu/resource/authority/country/"
COUNTRIES: Final = {
    "BE": "BEL", "Belgien": "BEL", "Chile": "CHL", "DK": "DNK", "EG": "EGY", "FR": "FRA",
    "Frankreich": "FRA", "Griechenland": "GRC", "Großbritannien": "GBR", "IT": "ITA",
    "Irak": "IRQ", "Iran": "IRN", "Israel": "ISR", "Italien": "ITA", "Jordanien": "JOR",
    "NL": "NLD", "Niederlande": "NLD", "Norwegen": "NOR", "Polen": "POL",
    "Republic of Jemen": "YEM", "Russland": "RUS", "Spanien": "ESP", "Syrien": "SYR",
    "Türkei": "TUR", "USA": "USA", "Ukraine": "UKR",
}  # fmt: skip
"""Country as published → code of the EU's authority table."""
_LAENDER: Final = (
    "Baden-Württemberg", "Bayern", "Berlin", "Brandenburg", "Bremen", "Hamburg", "Hessen",
    "Mecklenburg-Vorpommern", "Niedersachsen", "Nordrhein-Westfalen", "Rheinland-Pfalz",
    "Saarland", "Sachsen", "Sachsen-Anhalt", "Schleswig-Holstein", "Thüringen",
)  # fmt: skip
LAENDER: Final = {name: name for name in _LAENDER} | {
    "BE": "Berlin",
    "Freistaat Sachsen": "Sachsen",
    "Nordrhein-Westfahlen": "Nordrhein-Westfalen",
    "Nordrhein-Wesfalen": "Nordrhein-Westfalen",
    "Nordrein-Westfahlen": "Nordrhein-Westfalen",
}
_BOX: Final = box("Germany", "47.2", "5.8", "55.1", "15.1")
_NO_PLACE: Final = "keine Angabe"
_DIGITS: Final = 5


def address(thing: NamedNode, record: Record, row: Fields) -> Iterator[Triple]:
    """Yield where a thing is; of one abroad only the country."""
    country, place = row.maybe("Land"), row.maybe("Ort")
    code, latitude, longitude = (row.maybe(name) for name in ("PLZ", "Breitengrad", "Längengrad"))
    if country is not None and country not in GERMANY:
        row.maybe("Bundesland")
        found = row.mapped("Land", COUNTRIES)
        if found is not None:
            yield Triple(thing, DCTERMS.spatial, NamedNode(_COUNTRY + found))
        return
    land = row.mapped("Bundesland", LAENDER)
    if place is not None and place != _NO_PLACE:
        yield Triple(thing, LOTSE.placeAsPublished, text(f"{place}, {land}" if land else place))
    if code is not None:
        yield Triple(thing, LOTSE.postcode, text(postcode(code)))
    yield from _point(thing, record, latitude, longitude)


def postcode(published: str) -> str:
    """Return a German postcode with the leading zero that it lost as a number."""
    if not re.fullmatch(r"[0-9]{4,5}", published):
        message = f"field 'PLZ' is {published!r}; wanted are five digits"
        raise ValueError(message)
    return published.zfill(_DIGITS)


def _point(
    thing: NamedNode, record: Record, latitude: str | None, longitude: str | None
) -> Iterator[Triple]:
    """Yield the point, about 100 m exact; one that is no number or lies elsewhere is counted."""
    if latitude is None or longitude is None:
        return
    try:
        north, east = (Decimal(one).quantize(Decimal("0.001")) for one in (latitude, longitude))
    except InvalidOperation:
        record.unmapped.append(("Breitengrad", f"{latitude} {longitude}"))
        return
    if not _BOX.holds(north, east):
        record.unmapped.append(("Breitengrad", f"{latitude} {longitude}"))
        return
    yield from position(thing, north, east, _BOX)
