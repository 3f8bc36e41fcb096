"""Names of countries as the explorer writes them → the EU's list of countries."""

from collections.abc import Mapping
from typing import Final

from kg.terms import NamedNode

_LIST: Final = "http://publications.europa.eu/resource/authority/country/"
_CODES: Final[Mapping[str, str]] = {
    "Andorra": "AND", "Austria": "AUT", "Belgium": "BEL", "Bulgaria": "BGR", "Croatia": "HRV",
    "Cyprus": "CYP", "Czech Republic": "CZE", "Denmark": "DNK", "Estonia": "EST",
    "Finland": "FIN", "France": "FRA", "Germany": "DEU", "Greece": "GRC", "Hungary": "HUN",
    "Ireland": "IRL", "Italy": "ITA", "Latvia": "LVA", "Luxembourg": "LUX", "Malta": "MLT",
    "Moldova": "MDA", "Netherlands": "NLD", "Norway": "NOR", "Poland": "POL", "Portugal": "PRT",
    "Romania": "ROU", "Russia": "RUS", "San Marino": "SMR", "Slovakia": "SVK", "Slovenia": "SVN",
    "Spain": "ESP", "Sweden": "SWE", "Switzerland": "CHE", "Ukraine": "UKR",
    "United Kingdom": "GBR",
}  # fmt: skip
COUNTRIES: Final[Mapping[str, NamedNode | None]] = {
    **{name: NamedNode(_LIST + code) for name, code in _CODES.items()},
    "European Union": None,
}
"""The Union is no country."""
