"""The alarm before publication, tried on an invented source."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.pipeline import build
from ingest.source import Source
from kg import release
from kg.errors import RefusedError
from tests.ingest.invented import labs, source, written

Lab = dict[str, str]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Source]:
    """Return a data directory with a release of the invented source, and the source."""
    folder = tmp_path_factory.mktemp("drift")
    found = source(folder / "source", labs())
    build(folder / "data", [found])
    return folder / "data", found


@pytest.fixture
def data(world: tuple[Path, Source]) -> Iterator[Path]:
    yield world[0]
    release.rollback(world[0], release.listed(world[0])[-1].id)


def try_labs(world: tuple[Path, Source], path: Path, change: Callable[[int, Lab], Lab]) -> None:
    """Build with the labs changed one by one, as a file that was fetched."""
    path.write_bytes(written([change(number, one) for number, one in enumerate(labs())]))
    build(world[0], [world[1]], {"example_labs": path})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _, lab: {**lab, "founded": ""}, "the column 'founded' of extract.csv vanished"),
        (lambda _, lab: {**lab, "url": ""}, "the property <http://xmlns.com/foaf/0.1/homepage> va"),
        (
            lambda n, lab: {**lab, "founded": f"1. Mai 20{n:02}"},
            r"dates \(YYYY-MM-DD\) before, now",
        ),
        (lambda _, lab: {**lab, "area": lab["area"].replace(".", ",")}, "numbers with a point bef"),
        (lambda _, lab: {**lab, "area": f"{float(lab['area']) * 1e6:.1f}"}, "another unit"),
        (lambda n, lab: {**lab, "city": f"Ort {n}"}, "0% are of its list"),
        (lambda n, lab: {**lab, "name": "Zebra"} if n == 7 else lab, "1 of 60 keys stand for som"),
        (lambda n, lab: {**lab, "state": "ruht"} if n < 10 else lab, "17% of the records hold a v"),
    ],
    ids=["column", "property", "type", "format", "scale", "list", "key", "unmapped"],
)
def test_what_changed_its_nature_is_refused_with_what_to_do(
    world: tuple[Path, Source],
    data: Path,
    tmp_path: Path,
    change: Callable[[int, Lab], Lab],
    said: str,
) -> None:
    served = release.current_id(data)
    with pytest.raises(RefusedError, match=said) as refused:
        try_labs(world, tmp_path / "labs.csv", change)
    assert "\n- example_labs: " in str(refused.value)
    assert "If it is right as it is, build with `--accept-drift example_labs`." in str(
        refused.value
    )
    assert release.current_id(data) == served


def test_lost_zeros_of_a_key_are_noticed(
    world: tuple[Path, Source], data: Path, tmp_path: Path
) -> None:
    with pytest.raises(RefusedError, match=r"5 digits before, now only 0% \(zeros lost"):
        try_labs(world, tmp_path / "labs.csv", lambda n, lab: {**lab, "id": str(n)})
    assert release.listed(data)[0].current


def test_fewer_records_are_refused(world: tuple[Path, Source], tmp_path: Path) -> None:
    (tmp_path / "labs.csv").write_bytes(written(labs()[:40]))
    with pytest.raises(RefusedError, match="40 records, 33 % fewer than the 60") as refused:
        build(world[0], [world[1]], {"example_labs": tmp_path / "labs.csv"})
    assert "--accept-drift example_labs" in str(refused.value)


def test_a_usual_change_is_no_drift(world: tuple[Path, Source], data: Path, tmp_path: Path) -> None:
    def usual(number: int, lab: Lab) -> Lab:
        renamed = {7: "Eschenwerk in Musterstadt", 8: "Ahornwrek"}
        return {
            **lab,
            "name": renamed.get(number, lab["name"]),
            "state": "ruht" if number < 3 else lab["state"],
            "url": "" if number < 20 else lab["url"],
            "founded": "unbekannt" if number < 5 else lab["founded"],
        }

    served = release.current_id(data)
    try_labs(world, tmp_path / "labs.csv", usual)
    assert release.current_id(data) != served


def test_a_steward_lets_a_change_through_and_the_run_says_so(
    world: tuple[Path, Source], data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "labs.csv"
    path.write_bytes(written([{**lab, "url": ""} for lab in labs()[:30]]))
    built = build(data, [world[1]], {"example_labs": path}, accept_drift=["example_labs"])
    run = json.loads((release.current(data).folder / "run.json").read_text(encoding="utf-8"))
    assert run["accepted_drift"] == {"example_labs": list(built.accepted_drift["example_labs"])}
    assert [text.partition(" vanished")[0] for text in run["accepted_drift"]["example_labs"]] == [
        "the column 'url' of extract.csv",
        "the property <http://xmlns.com/foaf/0.1/homepage>",
    ]
    again = build(data, [world[1]], {"example_labs": path})
    assert (again.release, again.accepted_drift) == (built.release, {})


def test_the_shipped_extract_never_alarms(world: tuple[Path, Source], data: Path) -> None:
    try_path = data / "shipped"
    assert build(try_path, [world[1]]).accepted_drift == {}
