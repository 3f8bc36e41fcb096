"""publiccode.yml: what eight files say, and what YAML makes of `no`, `0.10` and half a file."""

import csv
import json
from collections import Counter
from collections.abc import Mapping

import pytest

from ingest.fields import FieldError
from ingest.readers import records
from ingest.source import FOLDER, Record, Value, load
from ingest.sources.publiccode.categories import THEMES, WITHOUT_THEME
from kg.errors import SourceError
from kg.files import ontology
from kg.iri import mint
from kg.terms import DCTERMS, FOAF, LOTSE, RDF, SCHEMA, SKOS, Triple, text
from tests.ingest.sources.sample import check_sample
from tests.ingest.sources.shipped import by_subject, counted, extracts, raw, said, shipped

SOURCE = load(FOLDER / "publiccode")
YAML = """\
publiccodeYmlVersion: 0.5
name: Musterportal (erfunden)
url: https://muster.invalid/portal.git
releaseDate: 2026-01-31
softwareVersion: 0.10
developmentStatus: stable
softwareType: standalone/web
categories: [survey]
usedBy: [Stadt Musterstadt]
intendedAudience:
  countries: [de, no]
legal:
  license: EUPL-1.2
maintenance:
  type: community
  contacts:
    - name: Erika Musterfrau
      email: erika@muster.invalid
description:
  de:
    shortDescription: Ein erfundenes Portal
IT:
  conforme: no
"""


def extracted(yaml: str, name: str = "muster.publiccode.yml") -> dict[str, bytes]:
    return SOURCE.extract({name: yaml.encode()})


def read(yaml: str) -> Record:
    (record,) = records(SOURCE, extracted(yaml))
    return record


def triples(changes: Mapping[str, Value]) -> set[Triple]:
    record = read(YAML)
    return set(SOURCE.transform(Record("publiccode", "solution", "muster", ({
        **record.rows[0], **changes},))))  # fmt: skip


def test_eight_files_are_eight_solutions() -> None:
    found = said(SOURCE, shipped("publiccode"))
    assert counted(found, RDF.type) == {"Solution": 8, "Adoption": 40, "Involvement": 12}
    assert by_subject(found, LOTSE.licenceId) == {
        "publiccode-_spec-example": ["AGPL-3.0-or-later"],
        "publiccode-ckanext-berlin-dataset-schema": ["AGPL-3.0-only"],
        "publiccode-consul-democracy": ["AGPL-3.0-or-later"],
        "publiccode-govdirectory": ["CC0-1.0"],
        "publiccode-isaitb-shacl-validator": ["EUPL-1.2"],
        "publiccode-kolibri": ["EUPL-1.2"],
        "publiccode-masterportal": ["MIT"],
        "publiccode-smart-village-app": ["GPL-3.0-or-later"],
    }


def test_adopters_are_those_of_the_files_and_the_example_has_none() -> None:
    found = said(SOURCE, shipped("publiccode"))
    solutions = Counter(solution for (solution,) in by_subject(found, LOTSE.solution).values())
    assert {key.rpartition("/")[2]: n for key, n in solutions.items()} == {
        "publiccode-smart-village-app": 34,
        "publiccode-isaitb-shacl-validator": 6,
    }
    names = counted(found, LOTSE.adopterAsPublished)
    assert (names["Gemeine Birkenwerder"], names["Comune di Roma"]) == (1, 0)
    assert counted(found, LOTSE.since) == {}


def test_the_example_of_the_standard_says_that_it_is_one() -> None:
    found = said(SOURCE, shipped("publiccode"))
    example = mint("solution", "publiccode", "_spec-example")
    assert {
        one.object for one in found
        if one.subject == example and one.predicate == SKOS.prefLabel
    } == {
        text("Medusa (Beispiel des Standards, keine Software)", "de"),
        text("Medusa (example of the standard, no software)", "en"),
    }  # fmt: skip


def test_what_the_example_claims_is_counted_for_the_stewards() -> None:
    (example,) = (one for one in shipped("publiccode") if one.key == "_spec-example")
    list(SOURCE.transform(example))
    assert example.unmapped == [
        ("usedBy", "Comune di Firenze"),
        ("usedBy", "Comune di Roma"),
        ("legal and maintenance", "City of Chicago"),
        ("legal and maintenance", "Fornitore Privato SPA"),
        ("legal and maintenance", "Roma Capitale"),
    ]


def test_who_owns_and_keeps_up_smart_village_app() -> None:
    found = said(SOURCE, shipped("publiccode"))
    app = mint("solution", "publiccode", "smart-village-app")
    about = {one.subject for one in found if one.predicate == LOTSE.activity and one.object == app}
    mine = [one for one in found if one.subject in about]
    assert counted(mine, LOTSE.actorAsPublished) == {
        "Stadt Bad Belzig": 1,
        "Smart Village Solutions SVS GmbH": 1,
    }
    assert counted(mine, LOTSE.role) == {"role-owner": 1, "role-maintainer": 1}
    assert counted(mine, LOTSE.until) == {"2027-12-31": 1}


def test_norway_is_one_of_41_countries() -> None:
    countries = by_subject(said(SOURCE, shipped("publiccode")), SCHEMA.countriesSupported)
    assert len(countries["publiccode-govdirectory"]) == 41
    assert "NO" in countries["publiccode-govdirectory"]


def test_each_file_names_its_page() -> None:
    found = said(SOURCE, shipped("publiccode"))
    pages = {one.object for one in found if one.predicate == FOAF.page}
    assert {f"<{one.url}>" for one in SOURCE.upstream} == {str(page) for page in pages}


def test_no_is_norway_and_0_10_stays_0_10() -> None:
    found = triples({})
    assert counted(found, SCHEMA.countriesSupported) == {"DE": 1, "NO": 1}
    assert counted(found, SCHEMA.softwareVersion) == {"0.10": 1}
    assert counted(found, DCTERMS.issued) == {"2026-01-31": 1}


@pytest.mark.parametrize("version", ["0", "0.2", "0.3", "0.4", "0.4.0", "0.5", '"0.5.0"'])
def test_each_version_of_the_standard_is_read(version: str) -> None:
    record = read(YAML.replace("Version: 0.5", f"Version: {version}", 1))
    assert counted(SOURCE.transform(record), RDF.type) == {"Solution": 1, "Adoption": 1}


def test_no_person_no_mail_and_no_description_is_extracted() -> None:
    (line,) = extracted(YAML)["solutions.jsonl"].decode().splitlines()
    assert json.loads(line)["maintenance"] == {"contractors": ""}
    assert not any(word in line for word in ("Erika", "@", "Ein erfundenes", "conforme"))


@pytest.mark.parametrize(
    ("broken", "said_so"),
    [
        ("name: a\nname: b\n", r"muster\.publiccode\.yml: no valid YAML: .*line 2.*\bname\b"),
        ("name: [a, b\nurl: c\n", r"muster\.publiccode\.yml: no valid YAML: .*line 2"),
        ('name: "Muster', r"muster\.publiccode\.yml: no valid YAML: .*line 1"),
        ("- name: a\n", r"muster\.publiccode\.yml: no publiccode\.yml"),
        ("", r"muster\.publiccode\.yml: no publiccode\.yml"),
        (YAML + "colour: red\n", r"muster\.publiccode\.yml: nobody decided about .*'colour'"),
        (YAML.replace("  license", "  licence"), r"legal: nobody decided about .*'licence'"),
        (YAML.replace("legal:\n  license: EUPL-1.2", "legal: MIT"), "`legal` is 'MIT' where"),
    ],
    ids=[
        "key twice",
        "bracket open",
        "half a file",
        "a list",
        "empty",
        "unknown",
        "nested",
        "flat",
    ],
)
def test_a_broken_file_is_refused_with_file_and_line(broken: str, said_so: str) -> None:
    with pytest.raises(SourceError, match=said_so):
        extracted(broken)


@pytest.mark.parametrize(
    ("field", "value", "said_so"),
    [
        ("intendedAudience", {"countries": ["de", "false"], "unsupportedCountries": ""},
         'write Norway as "no", in quotes'),
        ("intendedAudience", {"countries": ["Norge"], "unsupportedCountries": ""},
         "wanted are two letters"),
        ("publiccodeYmlVersion", "1.0", "'publiccodeYmlVersion' is '1.0'"),
        ("developmentStatus", "ready", "'developmentStatus' is 'ready'"),
        ("softwareType", "paper", "'softwareType' is 'paper'"),
        ("releaseDate", "January", "wanted is a date"),
        ("url", "muster.invalid/portal", "wanted is a web address"),
        ("url", "", "'url' is empty"),
        ("name", "", "'name' is empty"),
        ("legal", "", "'legal' is empty"),
        ("legal", {"license": "free for all", "mainCopyrightOwner": "", "repoOwner": ""},
         "wanted is an SPDX expression"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_an_error_of_the_record(
    field: str, value: Value, said_so: str
) -> None:
    with pytest.raises(FieldError, match=said_so):
        triples({field: value})


def test_each_licence_of_an_expression_is_named() -> None:
    legal: Value = {"license": "(MIT OR GPL-2.0-only WITH Classpath-exception-2.0) AND CC0-1.0",
             "mainCopyrightOwner": "", "repoOwner": ""}  # fmt: skip
    licences = {str(one.object) for one in triples({"legal": legal})
                if one.predicate == DCTERMS.license}  # fmt: skip
    assert licences == {
        f"<https://spdx.org/licenses/{one}>" for one in ("MIT", "GPL-2.0-only", "CC0-1.0")
    }


def test_the_themes_are_those_of_the_reviewed_table() -> None:
    with (ontology() / "theme-mappings.csv").open(encoding="utf-8") as file:
        reviewed = {
            row["code"]: row["theme"]
            for row in csv.DictReader(file)
            if row["vocabulary"] == "publiccode-category" and row["relation"] != "relatedMatch"
        }
    assert reviewed == {
        **{code: theme.value.rpartition("#theme-")[2] for code, theme in THEMES.items()},
        **dict.fromkeys(WITHOUT_THEME, ""),
    }


def test_an_unknown_category_is_counted_and_says_nothing() -> None:
    record = read(YAML.replace("[survey]", "[survey, translation, time-travel]"))
    assert counted(SOURCE.transform(record), DCTERMS.subject) == {"theme-participation": 1}
    assert record.unmapped == [("categories", "time-travel")]


def test_the_shipped_extract_is_what_the_files_extract_to() -> None:
    assert SOURCE.extract(raw(SOURCE)) == extracts(SOURCE)


def test_an_extract_extracts_to_itself() -> None:
    assert SOURCE.extract(extracts(SOURCE)) == extracts(SOURCE)


def test_the_sample_says_what_was_read_and_believed(*, update_golden: bool) -> None:
    check_sample("publiccode", update=update_golden)
