"""Bodies as two lists name them, against the real register: NRW's communes, and web domains."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from ingest.readers import records
from ingest.resolve import resolve
from ingest.source import FOLDER
from ingest.source import load as load_source
from kg.iri import graph
from kg.namespaces import VOCABULARY
from kg.store import Draft
from kg.terms import FOAF, LOTSE, RDF, Literal, NamedNode, Triple
from tests.ingest.resolutions import short

SLUGS = ("laender", "destatis_register", "nrw_communes", "government_domains")
SAMPLE = Path(__file__).parent / "domains-sample.csv"
WEBSITE_OF_ANOTHER_LAND = (
    "Bergheim", "Freudenberg", "Hagen", "Langenfeld", "Lengerich", "Meckenheim", "Oberhausen",
    "Senden", "Wettringen",
)  # fmt: skip
TRUTH = {
    "Bad Oynhausen": "05770004", "Bäsweiler": "05334008", "Berglamen": "05978004",
    "Bochen": "05774012", "Emmerich": "05154008", "Erfstadt": "05362020",
    "Erspelkamp": "05770008", "Fröndenberg": "05978012", "Haltern": "05562016",
    "Herzebrock": "05754020", "Horn Bad Meinberg": "05766032", "Kalll": "05366024",
    "Lüdinghausern": "05558024", "Lüdge": "05766052", "Monheim": "05158026",
    "Mülheim": "05117000", "Nachrodt Wilblingwerde": "05962044", "Sank Ausgustin": "05382056",
    "Sonsbreck": "05170040", "Steinfurth": "05566084", "Wermelslkirchen": "05378032",
    "Wipperführt": "05374052", "Helbra": "", "Langenbach": "", "Markt Lichtenau": "",
}  # fmt: skip
"""The 25 that match nothing → their AGS, where it is certain."""


class Said:
    """What the resolution says of one entry."""

    def __init__(self, held: Draft, node: NamedNode) -> None:
        (self.entry,) = _values(held, node, LOTSE.mention)
        (self.published,) = _values(held, node, LOTSE.published)
        (outcome,) = _values(held, node, LOTSE.outcome)
        (self.rule,) = _values(held, node, LOTSE.rule)
        self.outcome = outcome.removeprefix(f"{VOCABULARY}outcome-")
        self.body = [short(one) for one in _values(held, NamedNode(self.entry), LOTSE.body)]
        ranked = sorted(
            (int(*_values(held, NamedNode(one), LOTSE.rank)),
             short(*_values(held, NamedNode(one), LOTSE.candidate)))
            for one in _values(held, node, LOTSE.candidacy)
        )  # fmt: skip
        self.ranked = [key for _, key in ranked]


def _values(held: Draft, node: NamedNode, predicate: NamedNode) -> list[str]:
    found = (quad.object for quad in held.quads(node, predicate))
    return [one.value for one in found if isinstance(one, NamedNode | Literal)]


def _transformed(slug: str) -> Iterable[Triple]:
    source = load_source(FOLDER / slug)
    files = {one.file: (source.folder / one.file).read_bytes() for one in source.extracts}
    return [one for record in records(source, files) for one in source.transform(record)]


@pytest.fixture(scope="module")
def concluded() -> Draft:
    draft = Draft()
    for slug in SLUGS:
        draft.add(graph(slug), _transformed(slug))
    held = Draft()
    held.add(graph("resolution"), resolve(draft, [], {}).triples)
    return held


@pytest.fixture(scope="module")
def entries(concluded: Draft) -> Mapping[str, Mapping[str, Said]]:
    """Return by source and by key of the entry what became of it."""
    found: dict[str, dict[str, Said]] = defaultdict(dict)
    for quad in concluded.quads(None, RDF.type, LOTSE.Resolution):
        assert isinstance(quad.subject, NamedNode)
        said = Said(concluded, quad.subject)
        source, _, key = short(said.entry).partition("-")
        found[source][key] = said
    return found


def plain_key(name: str) -> str:
    """Return the name key of rule R1 to the letter, capital letters kept."""
    return re.sub(r"\([^)]*\)", "", name.partition(",")[0]).strip()


def ags(ars: str) -> str:
    return ars[:5] + ars[-3:]


def test_nrw_365_names_match_by_the_plain_rule_and_25_are_left_open(
    entries: Mapping[str, Mapping[str, Said]],
) -> None:
    found = entries["nrw_communes"].values()
    matched = [one for one in found if one.outcome == "matched"]
    assert {one.rule for one in matched} == {"name-type/1"}
    assert len(matched) == 365
    assert {key[:2] for one in matched for key in one.body} == {"05"}
    assert {one.published for one in found if one.outcome != "matched"} == TRUTH.keys()
    assert {one.outcome for one in found} <= {"matched", "ambiguous", "unknown"}


def test_nrw_the_body_meant_by_a_misspelt_name_is_the_first_candidate_of_all_22(
    entries: Mapping[str, Mapping[str, Said]],
) -> None:
    found = {one.published: one.ranked for one in entries["nrw_communes"].values()}
    first = {name: ags(found[name][0]) for name, key in TRUTH.items() if key}
    assert first == {name: key for name, key in TRUTH.items() if key}


def test_nrw_no_municipality_gets_a_website(
    entries: Mapping[str, Mapping[str, Said]], concluded: Draft
) -> None:
    found = {one.published: one for one in entries["nrw_communes"].values()}
    for name in WEBSITE_OF_ANOTHER_LAND:
        assert found[name].outcome == "matched"
        assert list(concluded.quads(NamedNode(found[name].entry), FOAF.homepage)) == []
    assert list(concluded.quads(None, FOAF.homepage)) == []


def test_domains_by_rule_r2_alone_are_7794_unique_279_ambiguous_283_unmatched() -> None:
    register = FOLDER / "destatis_register" / "register.csv"
    held: Counter[tuple[str, str]] = Counter()
    for row in csv.DictReader(register.read_text(encoding="utf-8").splitlines()):
        if row["satzart"] == "60":
            held[row["land"], plain_key(row["gemeindename"])] += 1
    lands = dict(zip(LANDS.split(), sorted({land for land, _ in held}), strict=True))
    found: Counter[str] = Counter()
    domains = FOLDER / "government_domains" / "domains.csv"
    for row in csv.DictReader(domains.read_text(encoding="utf-8").splitlines()):
        if row["Domain Type"] == "City":
            n = held[lands[row["State"]], plain_key(row["City"])]
            found["unique" if n == 1 else "ambiguous" if n else "unmatched"] += 1
    assert found == {"unique": 7794, "ambiguous": 279, "unmatched": 283}


LANDS = "SH HH NI HB NW HE RP BW BY SL BE BB MV SN ST TH"


def test_domains_become_these(entries: Mapping[str, Mapping[str, Said]]) -> None:
    found = Counter((one.outcome, one.rule) for one in entries["government_domains"].values())
    assert found == {
        ("matched", "name-type/1"): 6869,
        ("matched", "spelling/1"): 170,
        ("matched", "domain/1"): 214,
        ("ambiguous", "domain/1"): 811,
        ("ambiguous", "name-type/1"): 262,
        ("ambiguous", "spelling/1"): 7,
        ("ambiguous", "likeness/1"): 11,
        ("unknown", "label/1"): 672,
    }


@pytest.fixture(scope="module")
def labelled() -> list[dict[str, str]]:
    """Return 200 domains of the list with who holds them, labelled by hand.

    Drawn by chance (`random.Random(4)`) from three strata of the 8,356: 70 of the 304 whose domain
    has a type word (amt-, vg-, sg-, samtgemeinde …), 60 of the 5,926 called like the city beside
    it, 70 of the 2,126 called otherwise. Labels: `gemeinde` (the city of the row), `verband`,
    `other` (another body), `unclear` (Gemeinde or Verband of one name, or nobody can say).
    """
    rows = list(csv.DictReader(SAMPLE.read_text(encoding="utf-8").splitlines()))
    assert Counter(row["stratum"] for row in rows) == {
        "type word": 70, "same name": 60, "another name": 70,
    }  # fmt: skip
    return rows


def test_no_domain_of_a_verband_or_another_body_is_given_to_a_gemeinde(
    entries: Mapping[str, Mapping[str, Said]], labelled: list[dict[str, str]]
) -> None:
    found = entries["government_domains"]
    given = Counter(
        (row["holder"], "verband" if key.endswith("000") and key[5:9] != "0000" else "gemeinde")
        for row in labelled
        for key in found[row["domain"]].body
    )
    assert given == {("gemeinde", "gemeinde"): 108, ("verband", "verband"): 49}


def test_no_domain_with_the_word_of_a_verband_is_given_to_a_gemeinde_without_it(
    entries: Mapping[str, Mapping[str, Said]],
) -> None:
    word = re.compile(r"(^|[.-])(amt|vg|vgem|sg|samtgemeinde|verbandsgemeinde|verwaltungsgem)")
    given = {
        domain: one.published
        for domain, one in entries["government_domains"].items()
        if word.search(domain) and [key for key in one.body if not key.endswith("000")]
    }
    assert given == {
        "amt-neuhaus.de": "Amt Neuhaus", "amt-wachsenburg.de": "Amt Wachsenburg",
        "amtsberg.eu": "Amtsberg", "amtzell.de": "Amtzell",
    }  # fmt: skip
