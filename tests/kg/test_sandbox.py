"""Free SPARQL in readers that are killed at the limit: real processes, real stores."""

import asyncio
import contextlib
import csv
import io
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, Store, parse, parse_query_results

from kg.errors import BadQueryError, BusyError, LimitError, LotseError
from kg.process import DiedError
from kg.querytext import examine
from kg.recent import Recent
from kg.sandbox import WAITING_PER_READER, Result, Sandbox
from kg.settings import Settings
from kg.spool import IN_MEMORY

JSON = "application/sparql-results+json"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
NUMBERS = 1200


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store")
    store = Store(str(path))
    lines = [
        f'<http://x/s{n}> <http://x/p> "wert \\"{n}}},{{\\n\\\\" <http://x/graph/{n % 2}> .\n'
        for n in range(NUMBERS)
    ]
    store.bulk_load("".join(lines).encode(), RdfFormat.N_QUADS)
    store.flush()
    return path


def _settings(**changes: float) -> Settings:
    given = {"query_seconds": 1.0, "query_memory_mib": 150, "query_rows": 5000, "query_mib": 2}
    return Settings.model_validate(given | {"query_readers": 2, "query_kept_mib": 0} | changes)


@pytest.fixture(scope="module")
def sandbox(folder: Path) -> Iterator[Sandbox]:
    opened = Sandbox(folder, _settings())
    yield opened
    opened.close()


@pytest.fixture(scope="module", autouse=True)
def loop() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        _here["runner"] = runner
        yield runner


_here: dict[str, asyncio.Runner] = {}


def _run(
    sandbox: Sandbox,
    text: str,
    media_type: str = JSON,
    default: Sequence[str] | None = None,
    named: Sequence[str] | None = None,
) -> Result:
    return _here["runner"].run(sandbox.run(text, media_type, default, named))


def _ask(sandbox: Sandbox, text: str, media_type: str = JSON) -> bytes:
    with _run(sandbox, text, media_type) as result:
        content = result.read()
        assert len(content) == result.size
        return content


def _count(sandbox: Sandbox, text: str = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") -> int:
    return int(json.loads(_ask(sandbox, text))["results"]["bindings"][0]["n"]["value"])


def test_the_default_graph_is_the_union_of_all_graphs(sandbox: Sandbox) -> None:
    assert _count(sandbox) == NUMBERS


def test_from_narrows_the_union(sandbox: Sandbox) -> None:
    count = "SELECT (COUNT(*) AS ?n)"
    assert _count(sandbox, f"{count} FROM <http://x/graph/0> {{ ?s ?p ?o }}") == NUMBERS / 2
    assert _count(
        sandbox, f"PREFIX g: <http://x/graph/> {count} FROM g:0 FROM g:1 {{ ?s ?p ?o }}"
    ) == NUMBERS  # fmt: skip
    assert _count(sandbox, f"{count} FROM NAMED <http://x/graph/0> {{ ?s ?p ?o }}") == 0


def test_the_protocol_s_graphs_win_over_from(sandbox: Sandbox) -> None:
    text = "SELECT ?s FROM <http://x/graph/1> { ?s ?p ?o }"
    with _run(sandbox, text, JSON, ["http://x/graph/0"]) as result:
        found = {row["s"]["value"] for row in json.loads(result.read())["results"]["bindings"]}
    assert found == {f"http://x/s{n}" for n in range(0, NUMBERS, 2)}
    text = "SELECT ?s { GRAPH ?g { ?s ?p ?o } }"
    with _run(sandbox, text, JSON, None, ["http://x/graph/0"]) as result:
        assert result.rows == NUMBERS / 2


@pytest.mark.parametrize("graphs", [None, ["http://x/other"]], ids=["in the text", "beside it"])
def test_a_graph_that_is_not_ours_is_refused_by_name(
    sandbox: Sandbox, graphs: list[str] | None
) -> None:
    text = "SELECT * FROM <http://x/other> { ?s ?p ?o }"
    with pytest.raises(BadQueryError, match="<http://x/graph/0>, <http://x/graph/1>"):
        _run(sandbox, text, JSON, graphs)


@pytest.mark.parametrize("rows", [0, 1, 7, 1000])
@pytest.mark.parametrize(
    ("media_type", "format_"),
    [
        (JSON, QueryResultsFormat.JSON),
        ("application/sparql-results+xml", QueryResultsFormat.XML),
        ("text/tab-separated-values", QueryResultsFormat.TSV),
    ],
)
def test_rows_are_counted_exactly_in_what_was_written(
    sandbox: Sandbox, media_type: str, format_: QueryResultsFormat, rows: int
) -> None:
    text = f"SELECT ?s ?o {{ ?s ?p ?o }} LIMIT {rows}"
    with _run(sandbox, text, media_type) as result:
        read = list(parse_query_results(result.read(), format_))  # type: ignore[arg-type]
        assert (result.rows, len(read)) == (rows, rows)


def test_csv_rows_are_counted_although_values_hold_line_ends(sandbox: Sandbox) -> None:
    text = 'SELECT ?s ?t { ?s ?p ?o BIND("a\\r\\nb\\"\\r\\n" AS ?t) } LIMIT 900'
    with _run(sandbox, text, "text/csv") as result:
        read = list(csv.reader(io.StringIO(result.read().decode(), newline="")))
        assert (result.rows, len(read)) == (900, 901)


def test_ask_and_construct_answer_in_their_formats(sandbox: Sandbox) -> None:
    assert json.loads(_ask(sandbox, "ASK { ?s ?p ?o }"))["boolean"] is True
    for media_type, format_ in {
        "text/turtle": RdfFormat.TURTLE,
        "application/n-triples": RdfFormat.N_TRIPLES,
        "application/ld+json": RdfFormat.JSON_LD,
        "application/rdf+xml": RdfFormat.RDF_XML,
        "application/trig": RdfFormat.TRIG,
        "application/n-quads": RdfFormat.N_QUADS,
    }.items():
        content = _ask(sandbox, "CONSTRUCT WHERE { <http://x/s1> ?p ?o }", media_type)
        read = [(quad.subject, quad.predicate) for quad in parse(content, format_)]
        assert read == [(NamedNode("http://x/s1"), NamedNode("http://x/p"))], media_type


def test_an_endless_query_ends_in_time_while_others_are_answered(
    folder: Path, loop: asyncio.Runner
) -> None:
    sandbox = Sandbox(folder, _settings(query_seconds=2))

    async def both() -> tuple[str, int]:
        endless = asyncio.ensure_future(sandbox.run(ENDLESS, JSON))
        answered = 0
        while not endless.done():
            with await sandbox.run("ASK {}", JSON) as result:
                answered += result.rows
        with pytest.raises(LimitError) as caught:
            await endless
        return caught.value.limit, answered

    ended, answered = loop.run(both())
    assert (ended, answered > 10) == ("time", True)
    assert _count(sandbox) == NUMBERS
    sandbox.close()


def test_who_stops_waiting_frees_the_reader_at_once(folder: Path, loop: asyncio.Runner) -> None:
    sandbox = Sandbox(folder, _settings(query_readers=1, query_seconds=30))

    async def left() -> tuple[int, float]:
        await sandbox.run("ASK {}", JSON)
        worker = sandbox._idle[0].pid
        asking = [asyncio.ensure_future(sandbox.run(ENDLESS, JSON)) for _ in range(3)]
        await asyncio.sleep(0.2)
        began = time.monotonic()
        for one in asking:
            one.cancel()
        (await sandbox.run("ASK {}", JSON)).close()
        return worker, time.monotonic() - began

    worker, waited = loop.run(left())
    assert waited < 5
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    sandbox.close()


def test_a_long_result_comes_through_a_file_and_leaves_none(sandbox: Sandbox) -> None:
    long = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 4000"
    with _run(sandbox, long) as result:
        assert (result.rows, result.size > IN_MEMORY) == (4000, True)
        assert len(json.loads(result.read())["results"]["bindings"]) == 4000
    with pytest.raises(LimitError):
        _run(sandbox, "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 6000")
    with pytest.raises(LimitError):
        _run(
            sandbox,
            "SELECT ?a ?d (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a ?d",
        )
    deadline = time.monotonic() + 5
    while list(Path(sandbox._spool.name).iterdir()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert list(Path(sandbox._spool.name).iterdir()) == []


def test_iris_are_relative_to_the_base_given(sandbox: Sandbox, loop: asyncio.Runner) -> None:
    text = "SELECT * FROM <graph/0> { <s2> ?p ?o }"
    with loop.run(sandbox.run(text, JSON, base="http://x/sparql")) as result:
        assert result.rows == 1
    text = "BASE <http://x/graph/> PREFIX g: <#> SELECT * FROM <0> { <http://x/s2> ?p ?o }"
    assert json.loads(_ask(sandbox, text))["results"]["bindings"] != []


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
        "SELECT (GROUP_CONCAT(CONCAT(?c, ?f)) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        'SELECT ?x { BIND("1234567890" AS ?y0) '
        + " ".join(f"BIND(CONCAT(?y{n}, ?y{n}) AS ?y{n + 1})" for n in range(40))
        + " BIND(STRLEN(?y40) AS ?x) }",
    ],
    ids=["sorting", "grouping", "doubling"],
)
def test_a_greedy_query_meets_the_memory_limit_and_the_next_is_answered(
    folder: Path, text: str
) -> None:
    sandbox = Sandbox(folder, _settings(query_seconds=60, query_readers=1))
    with pytest.raises(LimitError) as caught:
        _run(sandbox, text, JSON)
    assert (caught.value.limit, caught.value.value) == ("memory", 150)
    assert _count(sandbox) == NUMBERS
    sandbox.close()


def test_too_many_rows_are_refused_and_never_cut(sandbox: Sandbox) -> None:
    two = "?a ?b ?c . ?d ?e ?f"
    for media_type in (JSON, "text/csv", "application/sparql-results+xml"):
        with pytest.raises(LimitError) as caught:
            _run(sandbox, f"SELECT ?b {{ {two} }} LIMIT 1000000", media_type)
        assert (caught.value.limit, caught.value.value) == ("rows", 5000)
    with pytest.raises(LimitError) as caught:
        _run(sandbox, f"CONSTRUCT {{ ?a <http://x/q> ?d }} {{ {two} }}", "text/turtle")
    assert caught.value.limit == "rows"
    assert _ask(sandbox, f"SELECT ?b {{ {two} }} LIMIT 5000").count(b'"uri"') == 5000


def test_a_result_above_the_size_is_refused(sandbox: Sandbox) -> None:
    long = "x" * 2000
    with pytest.raises(LimitError) as caught:
        _run(sandbox, f'SELECT ?l {{ ?s ?p ?o BIND("{long}" AS ?l) }}', JSON)
    assert (caught.value.limit, caught.value.value) == ("size", 2)


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """Listen on a port and note every connection."""
    server = socket.create_server(("127.0.0.1", 0))
    seen: list[object] = []

    def accept() -> None:
        while True:
            try:
                connection, address = server.accept()
            except OSError:
                return
            seen.append(address)
            connection.close()

    thread = threading.Thread(target=accept)
    thread.start()
    yield server.getsockname()[1], seen
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


CALL = "<http://127.0.0.1:{port}/sparql> {{ ?s ?p ?o }}"
# What a look at the text takes for a string, the engine takes for the end of a comment.
HIDDEN = 'SELECT * {{ ?a ?b ?c FILTER(?a<?b#>"""\n || true) SERVICE ' + CALL + ' #"""\n}}'


@pytest.mark.parametrize("text", ["SELECT * {{ SERVICE " + CALL + "}}", HIDDEN,
                                  "SELECT * {{ service silent " + CALL + "}}"])  # fmt: skip
def test_service_opens_no_connection(
    sandbox: Sandbox, listener: tuple[int, list[object]], text: str
) -> None:
    port, seen = listener
    list(Store().query("SELECT * { SERVICE SILENT " + CALL.format(port=port) + "}"))  # type: ignore[arg-type]
    assert len(seen) == 1, "the engine by itself does connect, or this proves nothing"
    with pytest.raises(BadQueryError):
        _run(sandbox, text.format(port=port), JSON)
    assert len(seen) == 1


def test_the_word_service_may_stand_in_a_text_or_a_name(sandbox: Sandbox) -> None:
    text = """PREFIX service: <http://x/> # SERVICE <http://x/>
    SELECT ?service { ?service service:p ?o FILTER(STR(?o) != "SERVICE <http://x/>") } LIMIT 1"""
    assert json.loads(_ask(sandbox, text))["head"]["vars"] == ["service"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * {\n ?a ?b", "line 2, column 7"),
        ("INSERT DATA { <a:b> <a:c> 1 }", "INSERT is an update"),
        ("PREFIX a: <a:> DELETE WHERE { ?a ?b ?c }", "DELETE is an update"),
        ("CLEAR ALL", "CLEAR is an update"),
        ("LOAD <http://x/>", "LOAD is an update"),
        ("", "cannot be read"),
        ("SELECT * {" + "{" * 300, "more than 200 brackets"),
        ("SELECT * { ?a ?b '" + "x" * 100_001 + "' }", "at most 100000"),
        ("SELECT * {" + "!" * 90_000, "nested too deeply|cannot be read"),
        ("SELECT * { FILTER(" + "!" * 90_000 + "true) }", "nested too deeply|cannot be read"),
    ],
)
def test_a_bad_query_is_told_what_is_wrong(sandbox: Sandbox, text: str, said: str) -> None:
    with pytest.raises(BadQueryError, match=said):
        _run(sandbox, text, JSON)


@pytest.mark.parametrize(
    "part", ["a.", "a-", '"', '"\\', '"""\\', "'", "<a", "a:.", "@a-", "a:%", "\\", "{}", "?a "]
)
def test_looking_at_a_text_takes_time_that_grows_with_it_only(part: str) -> None:
    text = "SELECT * { " + part * (90_000 // len(part))
    began = time.process_time()
    with contextlib.suppress(BadQueryError):
        examine(text)
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p true.SERVICE <http://x/> {} }",
        "SELECT * { ?s ?p 1 .SERVICE <http://x/> {} }",
        'SELECT * { ?s ?p "x"@de.SERVICE <http://x/> {} }',
    ],
)
def test_service_is_seen_behind_a_full_stop(text: str) -> None:
    with pytest.raises(BadQueryError, match="SERVICE is not allowed"):
        examine(text)


def test_a_reader_that_dies_is_replaced(folder: Path) -> None:
    sandbox = Sandbox(folder, _settings(query_readers=1))
    assert _count(sandbox) == NUMBERS
    first = sandbox._idle[0]
    os.kill(first.pid, signal.SIGKILL)
    first._child.wait()
    assert _count(sandbox) == NUMBERS
    assert sandbox._idle[0].pid != first.pid
    sandbox.close()


def test_a_reader_that_dies_at_work_says_so_and_is_replaced(folder: Path) -> None:
    sandbox = Sandbox(folder, _settings(query_readers=1, query_seconds=20))
    assert _count(sandbox) == NUMBERS
    killer = threading.Timer(0.2, os.kill, (sandbox._idle[0].pid, signal.SIGKILL))
    killer.start()
    with pytest.raises(DiedError, match="-9"):
        _run(sandbox, ENDLESS, JSON)
    assert _count(sandbox) == NUMBERS
    sandbox.close()


def test_who_asks_the_same_again_needs_no_reader(folder: Path, loop: asyncio.Runner) -> None:
    sandbox = Sandbox(folder, _settings(query_kept_mib=1))
    same = "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 3"
    first = _ask(sandbox, same)
    in_csv = _ask(sandbox, same, "text/csv")
    chance = [_ask(sandbox, "SELECT (RAND() AS ?x) {}") for _ in range(2)]
    assert chance[0] != chance[1]
    readers, sandbox._idle = sandbox._idle, []
    sandbox._waiting.extend(asyncio.Future(loop=loop.get_loop()) for _ in range(99))
    with _run(sandbox, same) as again:
        assert (again.read(), again.rows) == (first, 3)
    assert _ask(sandbox, same, "text/csv") == in_csv
    with pytest.raises(BusyError):
        _run(sandbox, same, JSON, ["http://x/graph/0"])
    sandbox._waiting.clear()
    sandbox._idle = readers
    sandbox.close()


def test_what_is_held_has_an_end() -> None:
    recent = Recent(100)
    for at in range(5):
        recent.put(at, bytes(30), at)
    recent.put("long", bytes(101), 1)
    assert [recent.get(at) is not None for at in (0, 1, 2, 3, 4, "long")] == [
        False, False, True, True, True, False,
    ]  # fmt: skip
    recent.get(2)
    recent.put(5, bytes(30), 5)
    assert (recent.get(2) is not None, recent.get(3)) == (True, None)


def test_a_store_that_is_not_there_is_named(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path / "none", _settings(query_readers=1))
    with pytest.raises(LotseError, match="could not start"):
        _run(sandbox, "ASK {}", JSON)
    sandbox.close()


def test_who_finds_the_queue_full_is_sent_away(folder: Path, loop: asyncio.Runner) -> None:
    sandbox = Sandbox(folder, _settings(query_readers=1, query_seconds=0.3))

    async def burst() -> list[object]:
        asking = [sandbox.run(ENDLESS, JSON) for _ in range(WAITING_PER_READER + 4)]
        return await asyncio.gather(*asking, return_exceptions=True)

    outcomes = [type(one) for one in loop.run(burst())]
    assert outcomes.count(BusyError) >= 3
    assert set(outcomes) == {LimitError, BusyError}
    assert _count(sandbox) == NUMBERS
    sandbox.close()


def test_a_closed_sandbox_lets_those_at_work_and_those_that_wait_finish(
    folder: Path, loop: asyncio.Runner
) -> None:
    sandbox = Sandbox(folder, _settings(query_readers=1, query_seconds=20))

    async def closed() -> list[int]:
        asking = [asyncio.ensure_future(sandbox.run("ASK {}", JSON)) for _ in range(3)]
        await asyncio.sleep(0)
        sandbox.close()
        return [(await one).rows for one in asking]

    assert loop.run(closed()) == [1, 1, 1]
    assert not Path(sandbox._spool.name).exists()
    with pytest.raises(BusyError):
        _run(sandbox, "ASK {}")
