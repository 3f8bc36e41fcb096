"""The difference of two graphs is found without looking at all of them."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import nquads

LINES = st.sets(st.text("ab<>", min_size=1, max_size=9).map(lambda one: f"{one}\n".encode()))


@pytest.fixture(autouse=True, scope="module")
def _small_pieces() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nquads, "_PIECE", 8)
        yield


@given(LINES, LINES, LINES)
def test_the_difference_is_that_of_the_sets_of_lines(
    both: set[bytes], one: set[bytes], other: set[bytes]
) -> None:
    old, new = both | one, both | other
    found = nquads.difference(b"".join(sorted(old)), b"".join(sorted(new)))
    assert found == (old - new, new - old)
