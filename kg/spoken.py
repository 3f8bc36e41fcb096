"""Names for people: a place with the word for what it is, or with all that tells it apart."""

from typing import Final

from kg.names import Names, kind_of

_PLACE: Final = "jurisdiction"


def described(names: Names, iri: str, lang: str = "de") -> str:
    """Return the label of a thing, of a place with type, Kreis and Land to tell it from others."""
    label = names.label(iri, lang)
    if kind_of(iri) != _PLACE:
        return label
    from_types = sorted(names.types.get(iri, ()))
    words = [_TYPE_LABELS[one] for one in from_types if one in _TYPE_LABELS][:1]
    for above in names.ancestors(iri):
        if names.levels[above] & {"kreis", "land"}:
            words.append(names.label(above, lang))
    return f"{label} ({', '.join(words)})" if words else label


def spoken(names: Names, iri: str, lang: str = "de") -> str:
    """Return a name that says what it names: "Amt Schlieben", "Landkreis München", "Kiel".

    A name that says so itself stays: "Ilm-Kreis", "Region Hannover".
    """
    label = names.label(iri, lang)
    words = [_TYPE_LABELS[one] for one in sorted(names.types.get(iri, ())) if one in _SPOKEN]
    if not words or any(said in label.casefold() for said in (words[0].casefold(), *_SAYS_SO)):
        return label
    return f"{words[0]} {label}"


_SAYS_SO: Final = ("kreis", "region", "verband", "gemeinschaft")
_SPOKEN: Final = frozenset({"43", "44", "45", "51", "52", "53", "54", "55", "56", "57"})
_TYPE_LABELS: Final = {
    "41": "kreisfreie Stadt", "42": "Stadtkreis", "43": "Kreis", "44": "Landkreis",
    "45": "Regionalverband", "51": "Amt", "52": "Samtgemeinde", "53": "Verbandsgemeinde",
    "54": "Verwaltungsgemeinschaft", "55": "Kirchspielslandgemeinde", "56": "Verwaltungsverband",
    "57": "Verwaltungsgemeinschaft",
    "58": "erfüllende Gemeinde", "60": "Markt", "61": "Stadt", "62": "Stadt", "63": "Stadt",
    "64": "Gemeinde", "65": "gemeindefreies Gebiet", "66": "gemeindefreies Gebiet", "67": "Stadt",
}  # fmt: skip
