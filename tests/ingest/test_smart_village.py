"""The 34 users of the Smart Village App, as published, against the real register."""

from collections import Counter
from collections.abc import Iterable

import pytest

from ingest.judgements import load
from ingest.readers import records
from ingest.resolve import Resolution, resolve
from ingest.source import FOLDER
from ingest.source import load as load_source
from kg.iri import digest, graph, mint
from kg.store import Draft
from kg.terms import LOTSE, Triple, text
from tests.ingest.resolutions import (
    ALIKE,
    AMBIGUOUS,
    JUDGED,
    MATCHED,
    NAME,
    SPELT,
    Said,
    outcomes,
)

TRUTH = {
    "Landkreis Havelland": "120630000000",
    "Landkreis Mayen-Koblenz": "071370000000",
    "Landkreis Uckermark": "120730000000",
    "Stadt Angermünde": "120730008008",
    "Stadt Arneburg-Goldbeck": "150905051000",
    "Stadt Bad Belzig": "120690020020",
    "Stadt Bernau bei Berlin": "120600020020",
    "Stadt Detmold": "057660020020",
    "Stadt Eberswalde": "120600052052",
    "Stadt Eisenhüttenstadt": "120670120120",
    "Stadt Falkenberg (Elster)": "120625031128",
    "Stadt Frankfurt (Oder)": "120530000000",
    "Stadt Guben": "120710160160",
    "Stadt Hagenow": "130760060060",
    "Stadt Herzberg/Elster": "120620224224",
    "Stadt Hohen Neuendorf": "120650144144",
    "Stadt Kiel": "010020000000",
    "Stadt Kyritz": "120680264264",
    "Stadt Linz am Rhein": "071385004041",
    "Stadt Prenzlau": "120730452452",
    "Stadt Seelow": "120640448448",
    "Stadt Spremberg": "120710372372",
    "Stadt Storkow": "120670481481",
    "Amt Gransee und Gemeinden": "120655502000",
    "Amt Schlieben": "120625209000",
    "Gemeine Birkenwerder": "120650036036",
    "Gemeinde Eichenzell": "066310006006",
    "Gemeinde Grünheide": "120670201201",
    "Gemeinde Michendorf": "120690397397",
    "Gemeinde Nuthetal": "120690454454",
    "Gemeinde Panketal": "120600181181",
    "Gemeinde Rüdersdorf": "120640428428",
    "Gemeinde Schönefeld": "120610433433",
}
JUDGED_SEVEN = {
    "Stadt Arneburg-Goldbeck", "Stadt Falkenberg (Elster)", "Stadt Herzberg/Elster",
    "Stadt Spremberg", "Gemeine Birkenwerder", "Gemeinde Rüdersdorf", "Bremen (MeinQuartier)",
}  # fmt: skip
OTHERWISE_SPELT = (
    "Stadt Falkenberg (Elster)", "Stadt Herzberg/Elster", "Stadt Spremberg",
    "Gemeine Birkenwerder",
)  # fmt: skip
PROPOSED = {
    "Stadt Arneburg-Goldbeck": ("150905051000",),
    "Gemeinde Rüdersdorf": (
        "120640428428", "010575755012", "072335001075", "095740154154", "130745459049",
    ),
}  # fmt: skip
"""Names that stay open without a judgement, with their candidates."""
BREMEN = "Bremen (MeinQuartier)"
BREMEN_OPEN = ("040000000000", "040110000000")


@pytest.fixture(scope="module")
def germany() -> Draft:
    """Return the real register, and the users of the Smart Village App as published."""
    draft = Draft()
    draft.add(graph("destatis_register"), _transformed("destatis_register"))
    draft.add(graph("publiccode"), [one for name in (*TRUTH, BREMEN) for one in _used(name)])
    return draft


def _transformed(slug: str) -> Iterable[Triple]:
    source = load_source(FOLDER / slug)
    files = {one.file: (source.folder / one.file).read_bytes() for one in source.extracts}
    return [one for record in records(source, files) for one in source.transform(record)]


def _used(name: str) -> list[Triple]:
    return [
        Triple(mint("adoption", "publiccode", digest(name)), LOTSE.adopterAsPublished, text(name))
    ]


def _by_name(resolution: Resolution) -> dict[str, Said]:
    return {name: said for (_, name), said in outcomes(resolution).items()}


def test_the_plain_rule_finds_27_of_the_34_other_spellings_4_more_and_none_is_guessed(
    germany: Draft,
) -> None:
    expected = {name: (MATCHED, NAME, (ars,)) for name, ars in TRUTH.items()}
    expected |= {name: (MATCHED, SPELT, (TRUTH[name],)) for name in OTHERWISE_SPELT}
    expected |= {name: (AMBIGUOUS, ALIKE, tuple(sorted(found))) for name, found in PROPOSED.items()}
    expected[BREMEN] = (AMBIGUOUS, NAME, BREMEN_OPEN)
    found = resolve(germany, [], {})
    assert _by_name(found) == expected
    assert Counter(rule for _, rule, _ in expected.values()) == {NAME: 28, SPELT: 4, ALIKE: 2}
    assert found.outcomes == {"publiccode": {MATCHED: 31, AMBIGUOUS: 3}}


def test_seven_recorded_judgements_complete_the_34(germany: Draft) -> None:
    expected = {
        name: (MATCHED, JUDGED if name in JUDGED_SEVEN else NAME, (ars,))
        for name, ars in TRUTH.items()
    }
    expected[BREMEN] = (AMBIGUOUS, JUDGED, BREMEN_OPEN)
    rows = [row for row in load() if row.source == "publiccode"]
    assert {row.published for row in rows} == JUDGED_SEVEN
    assert _by_name(resolve(germany, rows, {})) == expected
