"""What refuses a release, on an invented source."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest

from ingest.admitted import Admitted, Parked
from ingest.expectations import failures
from tests.world import small_sources


def admission(
    read: int,
    parked: int = 0,
    limit: float = 0.1,
    expect: Mapping[str, int] | None = None,
    at_least: Mapping[str, int] | None = None,
) -> Admitted:
    """Return what became of so many records, each a triple; the first ones are parked."""
    source = replace(
        small_sources()[0],
        slug="example",
        parking_limit=limit,
        expect=expect or {},
        at_least=at_least or {},
    )
    keys = [str(number) for number in range(read)]
    return Admitted(
        source,
        read=read,
        kinds=Counter(lab=read),
        unmapped=Counter(),
        parked=tuple(Parked("example", key, (f"reason {key}",), ()) for key in keys[:parked]),
        findings=(),
        hashes=dict.fromkeys(keys[parked:], ""),
        types={},
        quads=b"a triple\n" * (read - parked),
        provenance=b"",
    )


def said(found: Admitted, *, shipped: bool = False, last: int | None = None) -> list[str]:
    return list(failures(found, shipped=shipped, last=last))


def test_the_shipped_extract_must_have_exactly_the_stated_counts() -> None:
    right = {"records": 10, "quads": 9, "records.lab": 10}
    assert said(admission(10, parked=1, expect=right), shipped=True) == []
    for name, count in right.items():
        for wrong in (count - 1, count + 1):
            found = admission(10, parked=1, expect=right | {name: wrong})
            (text,) = said(found, shipped=True)
            assert text.startswith(f"example: {count} {name} where source.toml expects {wrong}.")
    (text,) = said(admission(10, expect={"records.hub": 1}), shipped=True)
    assert text.startswith("example: 0 records.hub where source.toml expects 1.")


def test_any_other_file_must_have_at_least_the_stated_counts() -> None:
    assert said(admission(10, at_least={"records": 10})) == []
    (text,) = said(admission(9, at_least={"records": 10}))
    assert text.startswith("example: only 9 records; at least 10 are expected")


def test_exact_counts_hold_for_the_shipped_extract_only_and_ranges_for_others_only() -> None:
    assert said(admission(9, expect={"records": 10})) == []
    assert said(admission(9, at_least={"records": 10}), shipped=True, last=100) == []


@pytest.mark.parametrize(("read", "refused"), [(80, False), (79, True), (120, False)])
def test_at_most_a_fifth_fewer_records_than_last_time_are_let_through(
    read: int, *, refused: bool
) -> None:
    found = said(admission(read), last=100)
    assert [text[: text.index(" of the release")] for text in found] == (
        ["example: 79 records, 21 % fewer than the 100"] if refused else []
    )


@pytest.mark.parametrize("shipped", [True, False])
def test_more_parked_records_than_the_limit_refuse_the_release(*, shipped: bool) -> None:
    assert said(admission(100, parked=10), shipped=shipped) == []
    (text,) = said(admission(100, parked=11), shipped=shipped)
    assert text.splitlines() == [
        "example: 11 of 100 records are parked; the limit is 10.0%.",
        *(f"    {key}: reason {key}" for key in range(5)),
        "    … and 6 more",
    ]
    assert said(admission(100, limit=0.0), shipped=shipped) == []
