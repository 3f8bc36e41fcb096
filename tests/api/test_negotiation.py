"""Content negotiation as RFC 9110 says it, against a plain reading of its rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.negotiation import choose, language

OFFERS = ["text/turtle", "application/json", "text/html", "application/ld+json"]


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, "text/turtle"),
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("application/json", "application/json"),
        ("APPLICATION/JSON", "application/json"),
        ("text/*", "text/turtle"),
        ("text/*, text/turtle;q=0", "text/html"),
        ("text/turtle;q=0, */*", "application/json"),
        ("text/html;q=0.5, application/json;q=0.6", "application/json"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "text/html"),
        ("application/*;q=0.9, application/json;q=0.1, text/html;q=0.5", "application/ld+json"),
        ("image/png", None),
        ("*/*;q=0", None),
        ("text/turtle;version=1.2", None),
        ("nonsense", "text/turtle"),
        ("text/turtle;q=2, text/html", "text/html"),
    ],
)
def test_the_best_offer_is_chosen(header: str | None, chosen: str | None) -> None:
    assert choose(header, OFFERS) == chosen


_TYPES = st.sampled_from(["text", "application", "image"])
_RANGES = st.one_of(
    st.just(("*", "*")),
    st.tuples(_TYPES, st.just("*")),
    st.tuples(_TYPES, st.sampled_from(["turtle", "json", "html", "ld+json"])),
)
_QUALITIES = st.sampled_from(["0", "0.1", "0.25", "0.5", "0.999", "1"])


@given(st.lists(st.tuples(_RANGES, _QUALITIES), min_size=1, max_size=6, unique_by=lambda r: r[0]))
def test_it_agrees_with_the_rules_read_plainly(
    accepted: list[tuple[tuple[str, str], str]],
) -> None:
    weights = dict(accepted)

    def quality(offer: str) -> float:
        kind, _, subtype = offer.partition("/")
        for wanted in ((kind, subtype), (kind, "*"), ("*", "*")):
            if wanted in weights:
                return float(weights[wanted])
        return 0.0

    header = ", ".join(f"{kind}/{sub};q={q}" for (kind, sub), q in accepted)
    best = max(quality(offer) for offer in OFFERS)
    fitting = [offer for offer in OFFERS if quality(offer) == best] if best > 0 else [None]
    assert choose(header, OFFERS) == fitting[0]


@given(st.text(max_size=60))
def test_no_header_breaks_it(header: str) -> None:
    assert choose(header, OFFERS) in {*OFFERS, None}
    assert language(header, ("de", "en")) in {"de", "en"}


@pytest.mark.parametrize(
    ("header", "chosen"),
    [(None, "de"), ("en", "en"), ("en-GB,de;q=0.5", "en"), ("fr", "de"), ("de;q=0, en", "en"),
     ("fr, en;q=0.3", "en"), ("*", "de"), ("en;q=0", "de")],
)  # fmt: skip
def test_the_language_asked_for_is_spoken(header: str | None, chosen: str) -> None:
    assert language(header, ("de", "en")) == chosen
