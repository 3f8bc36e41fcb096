"""Content negotiation as RFC 9110 says it, against a plain reading of its rules."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.negotiation import choose, encoding, language

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
        ("application/json; charset=UTF-8", "application/json"),
        ('text/html;x="a,text/turtle;q=1"', None),
        ('text/turtle;q=0.1, text/html;x="\\",', "text/turtle"),
    ],
)
def test_the_best_offer_is_chosen(header: str | None, chosen: str | None) -> None:
    assert choose(header, OFFERS) == chosen


# The oracle never reads a header: it judges what was wished, and a writer makes headers of that.

_PLAIN = [("text", "turtle"), ("application", "json"), ("text", "html"), ("application", "ld+json")]
_PROFILE = ("profile", "a,b;c")
_RANGES = st.tuples(
    st.sampled_from([*_PLAIN, ("image", "png"), ("text", "*"), ("application", "*"), ("*", "*")]),
    st.sampled_from([(), (), (_PROFILE,), (("version", "1"),)]),
)
_QUALITIES = st.sampled_from(["0", "0.", "0.0", "0.001", "0.25", "0.5", "0.999", "1", "1.000"])
_MALFORMED = st.sampled_from(
    ["", " ", "text", "/", "text/", "/html", "*/html", "text/html;q=2", "text/html;q=1.001",
     "text/html;q=.5", "text/html;q=0.5x", "text/html;q=-1", "te xt/html", "text/html;q=NaN",
     "text/html;q=\u0661"],
)  # fmt: skip
_SPACES = st.sampled_from(["", " ", "\t", "  "])


@st.composite
def _written(draw: st.DrawFn, wishes: dict[Any, str]) -> str:
    """Write wishes as a header may be written, with what is malformed between them."""
    elements = []
    for ((kind, subtype), parameters), quality in wishes.items():
        name = f"{kind}/{subtype}"
        element = name.upper() if draw(st.booleans()) else name
        for key, value in parameters:
            element += f'{draw(_SPACES)};{draw(_SPACES)}{key}="{value}"'
        if float(quality) != 1 or draw(st.booleans()):
            element += f"{draw(_SPACES)};{draw(_SPACES)}{draw(st.sampled_from('qQ'))}={quality}"
            element += draw(st.sampled_from(["", ";level=1", ";ext"]))
        elements.append(element)
    for one in draw(st.lists(_MALFORMED, max_size=3)):
        elements.insert(draw(st.integers(0, len(elements))), one)
    return f"{draw(_SPACES)},{draw(_SPACES)}".join(elements)


def _judged(wishes: dict[Any, str], offers: list[Any]) -> Any | None:  # noqa: ANN401
    """Return the offer to choose: RFC 9110 §12.5.1, the precedence written out."""

    def welcome(offer: Any) -> float:  # noqa: ANN401
        (kind, subtype), parameters = offer
        for named in ((kind, subtype), (kind, "*"), ("*", "*")):
            for held in (parameters, ()):  # the more parameters, the more exact
                if (named, held) in wishes:
                    return float(wishes[named, held])
        return 0.0

    ranking = sorted(offers, key=welcome, reverse=True)
    return ranking[0] if ranking and welcome(ranking[0]) > 0 else None


@settings(max_examples=300)
@given(st.data())
def test_it_agrees_with_the_rules_read_plainly(data: st.DataObject) -> None:
    wishes = data.draw(st.dictionaries(_RANGES, _QUALITIES, min_size=1, max_size=6))
    offers = data.draw(
        st.lists(st.tuples(st.sampled_from(_PLAIN), st.sampled_from([(), (_PROFILE,)])),
                 min_size=1, max_size=5, unique=True)
    )  # fmt: skip
    names = [f"{k}/{s}" + "".join(f';{n}="{v}"' for n, v in ps) for (k, s), ps in offers]
    judged = _judged(wishes, offers)
    expected = names[offers.index(judged)] if judged is not None else None
    assert choose(data.draw(_written(wishes)), names) == expected


_CODINGS = st.dictionaries(
    st.sampled_from(["gzip", "zstd", "br", "identity", "*"]), _QUALITIES, max_size=5
)


@given(_CODINGS)
def test_a_coding_is_chosen_as_the_rules_say(wishes: dict[str, str]) -> None:
    weights = {name: float(quality) for name, quality in wishes.items()}
    everything = weights.get("*", 0.0)
    zstd, gzip = (weights.get(name, everything) for name in ("zstd", "gzip"))
    best = max(zstd, gzip)
    expected = None
    if best > 0 and best >= weights.get("identity", 0.0):
        expected = "zstd" if zstd == best else "gzip"
    header = ", ".join(f"{name};q={quality}" for name, quality in wishes.items())
    assert encoding(header, ("zstd", "gzip")) == expected


_TAGS = st.dictionaries(
    st.sampled_from(["de", "de-AT", "en", "en-GB", "fr", "*"]), _QUALITIES, max_size=5
)


@given(_TAGS)
def test_a_language_is_chosen_as_the_rules_say(wishes: dict[str, str]) -> None:
    weights = {tag: float(quality) for tag, quality in wishes.items()}

    def welcome(offer: str) -> float:
        if weights.get(offer) == 0:
            return 0.0
        named = [q for tag, q in weights.items() if q > 0 and tag.split("-")[0] == offer]
        return max(named) if named else weights.get("*", 0.0)

    header = ", ".join(f"{tag};q={quality}" for tag, quality in wishes.items())
    chosen = language(header, ("de", "en"))
    assert welcome(chosen) == max(welcome("de"), welcome("en"))


@pytest.mark.parametrize("piece", [",", ";", '"', '",', "a/b;", '\\"', "q=", " "])
def test_a_long_header_is_read_in_no_time(piece: str) -> None:
    header = piece * (60_000 // len(piece))
    began = time.perf_counter()
    assert choose(header, OFFERS) in {"text/turtle", None}
    assert language(header, ("de", "en")) == "de"
    assert encoding(header, ("zstd", "gzip")) is None
    assert time.perf_counter() - began < 1


@given(st.text(max_size=60))
def test_no_header_breaks_it(header: str) -> None:
    assert choose(header, OFFERS) in {*OFFERS, None}
    assert language(header, ("de", "en")) in {"de", "en"}


@pytest.mark.parametrize(
    ("header", "chosen"),
    [("de;q=0, *", "en"), ("de-AT;q=0, *", "de"),
     (None, "de"), ("en", "en"), ("en-GB,de;q=0.5", "en"), ("fr", "de"), ("de;q=0, en", "en"),
     ("fr, en;q=0.3", "en"), ("*", "de"), ("en;q=0", "de")],
)  # fmt: skip
def test_the_language_asked_for_is_spoken(header: str | None, chosen: str) -> None:
    assert language(header, ("de", "en")) == chosen


_LISTS = ["application/json", "text/csv", "text/turtle", "application/trig"]
_TABLES = ["application/sparql-results+json", "application/sparql-results+xml", "text/csv",
           "text/tab-separated-values", "application/json", "text/html"]  # fmt: skip
_OFFERED = {
    "/api/v1/labs": _LISTS,
    "/api/v1/answers/about?thing=Oststadt": _LISTS,
    "/sparql?query=SELECT*{?s%20a%20?o}LIMIT%201": _TABLES,
}
_ASKED = st.lists(
    st.tuples(
        st.sampled_from([*_LISTS, *_TABLES, "text/*", "application/*", "*/*", "image/png", "x"]),
        st.sampled_from(["", ";q=0", ";q=0.3", ";q=1", ";q=7"]),
    ),
    min_size=1, max_size=4,
).map(lambda asked: ", ".join(name + quality for name, quality in asked))  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(path=st.sampled_from(sorted(_OFFERED)), accept=_ASKED)
def test_every_route_answers_in_what_was_chosen(client: TestClient, path: str, accept: str) -> None:
    got = client.get(path, headers={"Accept": accept})
    chosen = choose(accept, _OFFERED[path])
    assert "accept" in got.headers["vary"].lower().split(", ")
    if chosen is None:
        assert (got.status_code, got.headers["content-type"]) == (406, "application/problem+json")
        assert set(got.json()["available"].values()) == set(_OFFERED[path])
        return
    if chosen == "application/json" and path.startswith("/sparql"):
        chosen = "application/sparql-results+json"
    assert got.status_code == 200
    assert got.headers["content-type"].partition(";")[0] == chosen
