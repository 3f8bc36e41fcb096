"""Which literals the store changes (ontology/decisions/0014), and that ours are none of them."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, RdfFormat, Store, parse

from kg.literals import stored
from kg.namespaces import XSD

SAMPLES = sorted(Path(__file__).parents[2].glob("ingest/sources/*/sample/expected.nq"))
OTHER_FORM = {
    "integer": {"007": "7", "+7": "7", "-0": "0"},
    "decimal": {"1.50": "1.5", "1.0": "1", ".5": "0.5", "+1.5": "1.5"},
    "double": {"1E3": "1000", "1.0E0": "1", "-0.0": "-0", "+INF": "INF"},
    "float": {"1.50E0": "1.5"},
    "boolean": {"1": "true", "0": "false"},
    "date": {"2025-01-01+00:00": "2025-01-01Z"},
    "dateTime": {"2025-01-01T00:00:00.120Z": "2025-01-01T00:00:00.12Z",
                 "2025-01-01T24:00:00": "2025-01-02T00:00:00",
                 "2025-01-01T00:00:00+00:00": "2025-01-01T00:00:00Z"},
    "time": {"12:00:00.0": "12:00:00", "24:00:00": "00:00:00"},
    "duration": {"PT60M": "PT1H", "P12M": "P1Y", "P0D": "PT0S"},
    "dayTimeDuration": {"PT60M": "PT1H"},
    "yearMonthDuration": {"P12M": "P1Y"},
}  # fmt: skip
OTHER_TYPE = {
    **dict.fromkeys(
        ("int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt",
         "unsignedLong", "unsignedShort", "unsignedByte"), ("7", "integer")),
    "negativeInteger": ("-7", "integer"),
    "nonPositiveInteger": ("-7", "integer"),
    "dateTimeStamp": ("2025-01-01T00:00:00Z", "dateTime"),
}  # fmt: skip
OTHER_VALUE = {"double": {"1e400": "INF"}, "float": {"16777217": "16777216"}}
KEPT = {
    "integer": ["7", "-7", "9223372036854775808", "abc", ""],
    "decimal": ["1", "1.5", "0.1234567890123456789"],
    "double": ["1", "0.1", "INF", "NaN"],
    "boolean": ["true", "false", "TRUE"],
    "date": ["2025-01-01", "2025-01-01Z", "2025-01-01+01:00", "2025-02-30"],
    "dateTime": ["2025-01-01T00:00:00Z", "2025-01-01T00:00:00+01:00", "2025-01-01T00:00:00"],
    "gYear": ["2025", "02025"],
    "gYearMonth": ["2025-01"],
    "duration": ["PT1H", "P1Y2M3DT4H", "P7D"],
    "string": ["007", " a "],
    "token": [" a "],
    "anyURI": ["HTTP://x/../y"],
    "hexBinary": ["0aFF"],
}


def _literal(datatype: str, form: str) -> Literal:
    return Literal(form, datatype=XSD[datatype])


def _through_a_store(literal: Literal) -> object:
    store = Store()
    store.bulk_load(f"<a:s> <a:p> {literal} .".encode(), RdfFormat.N_QUADS)
    return next(iter(store)).object


@pytest.mark.parametrize(
    ("literal", "becomes"),
    [
        (_literal(kind, form), _literal(kind, other))
        for table in (OTHER_FORM, OTHER_VALUE)
        for kind, forms in table.items()
        for form, other in forms.items()
    ]
    + [(_literal(kind, form), _literal(other, form)) for kind, (form, other) in OTHER_TYPE.items()],
    ids=str,
)
def test_a_form_that_the_store_changes_is_known(literal: Literal, becomes: Literal) -> None:
    assert stored(literal) == becomes == _through_a_store(literal)


@pytest.mark.parametrize(
    "literal", [_literal(kind, form) for kind, forms in KEPT.items() for form in forms], ids=str
)
def test_a_form_that_the_store_keeps_is_left_alone(literal: Literal) -> None:
    assert stored(literal) == literal == _through_a_store(literal)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.parent.name)
def test_the_store_gives_back_every_sample_as_it_was_written(path: Path) -> None:
    written = {str(quad) for quad in parse(path.read_bytes(), RdfFormat.N_QUADS)}
    store = Store()
    store.bulk_load(path.read_bytes(), RdfFormat.N_QUADS)
    assert {str(quad) for quad in store} == written
