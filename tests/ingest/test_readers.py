from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import extracts, readers
from ingest.source import ExtractFile
from kg.errors import SourceError


def test_a_byte_order_mark_does_not_become_part_of_the_first_column() -> None:
    assert readers.csv_rows("a.csv", b"\xef\xbb\xbfkey,name\n01,Kiel\n", ["key", "name"]) == [
        {"key": "01", "name": "Kiel"}
    ]


def test_keys_keep_their_leading_zeros_in_every_format() -> None:
    assert readers.csv_rows("a.csv", b"ags\n01001\n", ["ags"]) == [{"ags": "01001"}]
    assert readers.yaml_value("a.yml", b"ags: 01001\n") == {"ags": "01001"}
    assert readers.jsonl_rows("a.jsonl", b'{"ags": "01001", "n": 12.50}\n', ["ags", "n"]) == [
        {"ags": "01001", "n": "12.50"}
    ]


def test_norway_is_not_false() -> None:
    assert readers.yaml_value("a.yml", b"countries: [de, no, on, ~]\n") == {
        "countries": ["de", "no", "on", "~"]
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "a.csv is empty"),
        (b"key,name\n01,Kiel,x\n", "a.csv, row 2: 3 fields where the header has 2"),
        (b"key,name\n01\n", "a.csv, row 2: 1 fields where the header has 2"),
        (b"key,name\n01,Kiel\n02,Lue", "a.csv ends in the middle of line 3"),
        (b'key,name\n01,"Kiel\n', "cut short"),
        (b"key,nmae\n01,Kiel\n", "missing: 'name'; unknown: 'nmae'"),
        (b"key,name,extra\n01,Kiel,x\n", "unknown: 'extra'"),
        (b"key,key\n01,Kiel\n", "the columns 'key' stand in the header twice"),
        ("key,name\n01,Köln\n".encode("latin-1"), "byte 13 is not UTF-8"),
    ],
)
def test_a_csv_file_that_is_not_as_it_must_be_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        readers.csv_rows("a.csv", content, ["key", "name"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"a": 1}\n{"a": ', "a.jsonl, line 2: no valid JSON at line 1, column 7"),
        (b"[1]\n", "a.jsonl, line 1: not an object"),
        (b'{"b": 1}\n', "a.jsonl, line 1: nobody decided about 'b'"),
    ],
)
def test_a_json_lines_file_that_is_not_as_it_must_be_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        readers.jsonl_rows("a.jsonl", content, ["a"])


@pytest.mark.parametrize("content", [b"a: [1\n", b"a: 1\na: 2\n", b"a: 'x\n", b"\ta: 1\n"])
def test_invalid_yaml_is_refused_with_the_place(content: bytes) -> None:
    with pytest.raises(SourceError, match=r"a\.yml: no valid YAML: .*line \d"):
        readers.yaml_value("a.yml", content)


def test_an_upstream_column_that_nobody_decided_about_is_refused() -> None:
    content = b"key,name,note,fax\n01,Kiel,x,1\n"
    assert extracts.select("a.csv", content, ["key", "name"], frozenset({"note", "fax"})) == [
        {"key": "01", "name": "Kiel"}
    ]
    with pytest.raises(SourceError, match="nobody decided about the columns 'fax'"):
        extracts.select("a.csv", content, ["key", "name"], frozenset({"note"}))
    with pytest.raises(SourceError, match="the columns 'website' are missing"):
        extracts.select("a.csv", content, ["key", "website"], frozenset({"name", "note", "fax"}))


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]))


@given(st.lists(st.tuples(CELLS.filter(bool), CELLS), min_size=1))
def test_what_is_written_as_csv_is_read_back(table: list[tuple[str, str]]) -> None:
    rows = [{"a": a, "b": b} for a, b in table]
    assert readers.csv_rows("a.csv", extracts.as_csv(["a", "b"], rows), ["a", "b"]) == rows


@given(st.lists(st.dictionaries(st.sampled_from("ab"), CELLS | st.lists(CELLS)), min_size=1))
def test_what_is_written_as_json_lines_is_read_back(rows: list[dict[str, str]]) -> None:
    read = readers.rows_of(ExtractFile("a.jsonl", "jsonl", ("a", "b"), ""), extracts.as_jsonl(rows))
    assert read == [{"a": row.get("a", ""), "b": row.get("b", "")} for row in rows]


def test_the_readers_know_every_format_that_a_source_names() -> None:
    named = {
        line.split('"')[1]
        for path in Path("ingest/sources").glob("*/source.toml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("format")
    }
    assert named <= {"csv", "jsonl"}
