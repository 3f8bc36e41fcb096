"""What words find, however they are spelt; what a broken index leads to."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import indexing, nquads
from kg.answers.lists import listing, suggest
from kg.errors import BadQueryError, NotFoundError
from kg.indexing import MARK
from kg.iri import graph, mint
from kg.search import Index, Wish, index_of
from kg.spelling import folded
from kg.store import Draft, Graph
from kg.terms import DCTERMS, LOTSE, RDF, SKOS, NamedNode, Triple, text

LABS = {
    "gebaeude": ("Gebäude im Blick", ""),
    "hospital": ("Krankenhauslabor", "hospital lab"),
    "strasse": ("Straßen ohne Schlaglöcher", ""),
    "umwelt": ("Umweltdatenlabor", "environmental data lab"),
    "maus": ("Maushaus", ""),
    "neue": ("Neue Quellen", ""),
    "odd": ("Club <Rot> & Co 🚀 \u202everkehrt\u202c", ""),
    "long": ("x" * 10_000, ""),
    "quote": ('"; DROP TABLE labs; --', ""),
    "solo": ("Ort der Ideen", ""),
}
PLACES = {
    "090000000000": ("Bayern", "land", None),
    "091620000000": ("München", "gemeinde", "090000000000"),
    "091840118118": ("Münsing", "gemeinde", "090000000000"),
    "091840119119": ("Musterhausen", "gemeinde", "090000000000"),
}


def _triples() -> Iterator[Triple]:
    for key, (german, english) in LABS.items():
        lab = mint("lab", "example", key)
        yield Triple(lab, RDF.type, LOTSE.Lab)
        yield Triple(lab, SKOS.prefLabel, text(german, "de"))
        if english:
            yield Triple(lab, SKOS.prefLabel, text(english, "en"))
        yield Triple(lab, LOTSE.takesPlaceIn, mint("jurisdiction", "091620000000"))
    yield Triple(mint("lab", "example", "umwelt"), LOTSE.topic, text("Luftgüte messen", "de"))
    yield Triple(mint("lab", "example", "umwelt"), DCTERMS.subject, LOTSE["theme-environment"])
    for key, (name, level, above) in PLACES.items():
        place = mint("jurisdiction", key)
        yield Triple(place, RDF.type, LOTSE.Jurisdiction)
        yield Triple(place, SKOS.prefLabel, text(name, "de"))
        yield Triple(place, LOTSE.level, LOTSE[f"level-{level}"])
        if above is not None:
            yield Triple(place, DCTERMS.isPartOf, mint("jurisdiction", above))


def _draft(folder: Path | None = None) -> Draft:
    draft = Draft(folder)
    draft.load(nquads.canonical(nquads.ontology(), graph("ontology")))
    draft.add(graph("example"), _triples())
    return draft


@pytest.fixture(scope="module")
def held() -> Graph:
    return _draft()


@pytest.fixture(scope="module")
def index(held: Graph) -> Index:
    return index_of(held)


def keys(found: Index, q: str) -> list[str]:
    hits = found.find(Wish(q, ("labs", "jurisdictions")), "relevance", 25).hits
    return [hit.iri.rpartition("/")[2].removeprefix("example-") for hit in hits]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("Gebäude", ["gebaeude"]),
        ("Gebaeude", ["gebaeude"]),
        ("Gebaude", ["gebaeude"]),
        ("GEBÄUDE", ["gebaeude"]),
        ("Gebäudes", ["gebaeude"]),
        ("Gebäud", ["gebaeude"]),
        ("Geba\u0308ude", ["gebaeude"]),
        ("Gebüude", ["gebaeude"]),
        ("Gebäued", ["gebaeude"]),
        ("Strasse", ["strasse"]),
        ("Straße", ["strasse"]),
        ("Schlagloch", ["strasse"]),
        ("hospitals", ["hospital"]),
        ("environment data", ["umwelt"]),
        ("Umwelt", ["umwelt"]),
        ("Luftguete", ["umwelt"]),
        ("Luftgüte München", ["umwelt"]),
        ("Luftgüte Hamburg", []),
        ("neue Quelle", ["neue"]),
        ("Haus", []),
        ("Mauhaus", ["maus"]),
        ("09184118", []),
        ("091840118118", ["091840118118"]),
        ("091840118119", []),
        ("der Ideen", ["solo"]),
        ("der", ["solo"]),
        ("verkehrt", ["odd"]),
        ("\u202emünsing\u200f", ["091840118118"]),
        ("<rot>", ["odd"]),
        ('"; DROP TABLE labs; --', ["quote"]),
        ("🚀", []),
        ("\u202e\u202c", []),
        ("x" * 10_000, []),
        ("x" * 60, []),
        (" ".join(f"w{n}" for n in range(5000)), []),
        ("*", []),
        ("iri:* OR list:labs", []),
        ("München", ["091620000000"]),
    ],
    ids=lambda value: str(value)[:20],
)
def test_words_find_exactly_these_things(index: Index, q: str, expected: list[str]) -> None:
    if q == "München":
        assert keys(index, q)[:1] == expected
    else:
        assert keys(index, q) == expected


def test_without_words_everything_is_found(index: Index) -> None:
    assert index.find(Wish("  ", ("labs",)), "label", 1).total == len(LABS)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_no_text_brings_the_index_down(index: Index, q: str) -> None:
    found = index.find(Wish(q), "relevance", 5)
    assert len(found.hits) == min(5, found.total)
    assert index.suggest(q, ["lab"], 5) is not None
    assert index.all(Wish(q, ("labs",))) <= {mint("lab", "example", key).value for key in LABS}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["bä", "fö", "tü", "ß", "ne", "qu", " ", "Ü", "Ä"]), max_size=9))
def test_three_spellings_of_umlauts_fold_to_one(parts: list[str]) -> None:
    name = "n".join(parts)
    spelt = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "AE", "Ü": "Ue"}
    bare = {"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "Ä": "A", "Ü": "U"}
    two = name.translate(str.maketrans(spelt))
    three = name.translate(str.maketrans(bare))
    assert folded(name) == folded(two) == folded(three)


def test_suggestions_begin_with_what_was_typed_and_the_likely_ones_come_first(held: Graph) -> None:
    places = ["München", "Münsing", "Musterhausen"]
    assert [one.label for one in suggest(held, "Mü")][:2] == places[:2]
    assert [one.label for one in suggest(held, "Mü", "place")] == places
    assert [one.label for one in suggest(held, "Mu", "place")] == [places[2], *places[:2]]
    assert [one.label for one in suggest(held, "muenc")] == ["München"]
    assert [one.label for one in suggest(held, "umw")] == ["Umwelt", "Umweltdatenlabor"]
    assert [one.label for one in suggest(held, "umw", "lab")] == ["Umweltdatenlabor"]
    assert [one.label for one in suggest(held, "umw", "labs", lang="en")] == [
        "environmental data lab"
    ]
    assert suggest(held, "🚀") == ()
    with pytest.raises(NotFoundError, match="gebäude"):
        suggest(held, "umw", "gebäude")


def test_a_search_says_what_it_understood_and_divides_what_it_found(held: Graph) -> None:
    found = listing(held, "search", {"place": "Bayern", "kind": "lab"}, q="Umwelt")
    assert [row.written["label"] for row in found.rows] == ["Umweltdatenlabor"]
    assert (found.total.value, found.total.relation) == (1, "eq")
    shown = {name: [(one.value, one.count) for one in said] for name, said in found.facets.items()}
    assert shown == {
        "kind": [("lab", 1)], "theme": [("environment", 1)], "place": [("090000000000", 1)],
        "level": [("gemeinde", 1)], "status": [], "source": [("example", 1)], "year": [],
    }  # fmt: skip


def test_a_cursor_of_another_order_is_refused(held: Graph) -> None:
    first = listing(held, "labs", {}, limit=2)
    assert listing(held, "labs", {}, limit=2, cursor=first.next).rows != first.rows
    with pytest.raises(BadQueryError, match="cursor"):
        listing(held, "labs", {}, limit=2, sort="year", cursor=first.next)
    with pytest.raises(BadQueryError, match="sort"):
        listing(held, "labs", {}, sort="size")


def _remove(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def _cut(folder: Path) -> None:
    largest = max(folder.iterdir(), key=lambda path: path.stat().st_size)
    largest.write_bytes(largest.read_bytes()[:100])


def _spoil(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name != MARK:
            path.write_bytes(b"\xff" * path.stat().st_size)


def _lose(folder: Path) -> None:
    next(folder.glob("*.term")).unlink()


def _halve(folder: Path) -> None:
    (folder / MARK).write_text((folder / MARK).read_text()[:20])


def _age(folder: Path) -> None:
    (folder.parent / "store" / "IDENTITY").write_text("another store")


def _of_an_older_form(folder: Path) -> None:
    mark = folder / MARK
    mark.write_text(mark.read_text().replace(f'"form": {indexing.FORM}', '"form": 0'))


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_remove, "missing"),
        (_cut, "cut short"),
        (_lose, "cut short"),
        (_halve, "cut short"),
        (_spoil, "unreadable"),
        (_age, "older than the store"),
        (_of_an_older_form, "of another form"),
    ],
)
def test_an_index_that_cannot_serve_is_written_anew_and_this_is_said(
    tmp_path: Path,
    harm: Callable[[Path], None],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    draft = _draft(tmp_path / "store")
    draft.finish()
    folder = tmp_path / "index"
    indexing.write(draft, folder)
    assert indexing.fault(folder, len(draft)) is None
    harm(folder)
    assert keys(index_of(draft, folder), "Gebaude") == ["gebaeude"]
    told = capsys.readouterr().out
    assert ("written anew" in told, f"because='{said}'" in told or f"because={said}" in told) == (
        True,
        True,
    )
    assert indexing.fault(folder, len(draft)) is None
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_where_nothing_can_be_written_the_index_is_held_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> str:
        raise PermissionError("read-only")

    monkeypatch.setattr("kg.search.tempfile.mkdtemp", refuse)
    assert keys(index_of(_draft(), tmp_path / "index"), "Gebaude") == ["gebaeude"]
    assert not (tmp_path / "index").exists()


def test_a_thing_of_no_list_is_not_searched(index: Index) -> None:
    assert NamedNode(LOTSE.Lab.value).value not in index.all(Wish())
