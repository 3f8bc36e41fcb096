from decimal import Decimal

import pytest

from ingest.fields import FieldError, Fields
from ingest.source import Record, Value
from kg.terms import NamedNode


def record(**fields: Value) -> Record:
    return Record("example", "row", "1", (fields,))


def test_a_field_nobody_decided_about_is_an_error() -> None:
    row = Fields(record(name="Kiel", fax="1", room="2"))
    assert row.take("name") == "Kiel"
    with pytest.raises(FieldError, match="nobody decided about the fields 'room'"):
        row.close(ignore=frozenset({"fax"}))


def test_a_missing_or_empty_mandatory_field_is_an_error() -> None:
    with pytest.raises(FieldError, match="field 'name' is empty"):
        Fields(record(name="\u00a0 ")).take("name")
    with pytest.raises(FieldError, match="field 'city' is missing"):
        Fields(record(name="Kiel")).take("city")


def test_an_unknown_word_is_an_error_where_one_is_needed() -> None:
    with pytest.raises(FieldError, match="'status' is 'doen'; allowed are 'done', 'open'"):
        Fields(record(status="doen")).one_of("status", {"done": 1, "open": 2})


def test_an_unknown_word_is_counted_where_it_is_a_bonus() -> None:
    one = record(status="fast fertig")
    assert Fields(one).mapped("status", {"done": 1}) is None
    assert one.unmapped == [("status", "fast fertig")]
    two = record(status="")
    assert Fields(two).mapped("status", {"done": 1}) is None
    assert two.unmapped == []


def test_numbers_are_read_as_the_register_writes_them() -> None:
    row = Fields(record(people=" 90 164", longitude="9,43751", area=" 53.02", none=""))
    assert row.number("people") == 90164
    assert row.decimal("longitude", ",") == Decimal("9.43751")
    assert row.decimal("area") == Decimal("53.02")
    assert row.number("none") is None
    with pytest.raises(FieldError, match=r"'area' is '53\.02'; wanted is a whole number"):
        row.number("area")


def test_a_link_with_blanks_is_encoded_and_one_without_scheme_is_an_error() -> None:
    row = Fields(record(url="https://example.org/a b/Köln", bad="example.org"))
    assert row.link("url") == NamedNode("https://example.org/a%20b/Köln")
    with pytest.raises(FieldError, match=r"'bad' is 'example\.org'; wanted is a web address"):
        row.link("bad")


def test_dates_are_read_as_precisely_as_they_are_written() -> None:
    row = Fields(record(a="2021", b="2021-07", c="2021-07-01", d="2021-13"))
    assert [str(row.when(name)).split("#")[1] for name in "abc"] == [
        "gYear>",
        "gYearMonth>",
        "date>",
    ]
    with pytest.raises(FieldError, match="'d' is '2021-13'"):
        row.when("d")


def test_different_rows_of_one_key_are_an_error_and_equal_ones_are_not() -> None:
    assert Fields(Record("x", "row", "1", ({"a": "1"}, {"a": "1"}))).take("a") == "1"
    with pytest.raises(FieldError, match="2 different rows have the key '1'"):
        Fields(Record("x", "row", "1", ({"a": "1"}, {"a": "2"})))


def test_nested_rows_are_decided_field_by_field() -> None:
    row = Fields(record(links=[{"name": "Web", "url": "https://example.org"}], lab=["a", " ", "b"]))
    (nested,) = row.rows("links")
    assert nested.take("name") == "Web"
    with pytest.raises(FieldError, match="'url'"):
        nested.close()
    assert row.texts("lab") == ["a", "b"]
