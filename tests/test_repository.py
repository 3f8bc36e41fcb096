"""The repository keeps what it promises about itself."""

import csv
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

from ingest.readers import yaml_value
from ingest.source import sources

ROOT = Path(__file__).parents[1]


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> dict[Path, str]:
    found = {}
    for path in tracked():
        try:
            found[path] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


def test_no_registry_and_no_path_of_a_machine_is_named() -> None:
    registry = re.compile(r"(pypi|pythonhosted|npmjs|debian)\.(org|com|net)/", re.IGNORECASE)
    machine = re.compile(r"(^|[^\w.])/(work|farm|root|home)/")
    named = [
        str(path.relative_to(ROOT))
        for path, text in texts().items()
        if path != Path(__file__)
        and any(registry.search(line) or machine.search(line) for line in text.splitlines())
    ]
    assert named == []


def test_no_file_is_larger_than_it_needs_to_be() -> None:
    large = {
        path.name: path.stat().st_size for path in tracked() if path.stat().st_size > 1_500_000
    }
    assert large == {}


def test_every_source_is_attributed() -> None:
    page = (ROOT / "ATTRIBUTION.md").read_text(encoding="utf-8")
    missing = [
        source.slug
        for source in sources()
        if f"| `{source.slug}` | {source.title} | {source.attribution} | {source.licence_title} |"
        not in page
    ]
    assert missing == []


def test_requirements_are_pinned_and_hashed() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = re.findall(
            r"^[a-z0-9._-]+==\S+(?: ; .+)? \\\n    --hash=sha256:", text, re.MULTILINE
        )
        assert len(pinned) == len(re.findall(r"^[a-zA-Z0-9]", text, re.MULTILINE))
        assert not re.search(r"(?m)^(-i|--index-url|--extra-index-url|--find)", text)


def test_the_version_is_one_and_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    publiccode = yaml_value("publiccode.yml", (ROOT / "publiccode.yml").read_bytes())
    assert isinstance(publiccode, dict)
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\d\S*)", changes, re.MULTILINE)
    assert newest is not None
    assert {publiccode["softwareVersion"], newest.group(1)} == {project["version"]}


def test_publiccode_yml_names_categories_that_the_standard_has() -> None:
    with (ROOT / "ontology/theme-mappings.csv").open(encoding="utf-8") as table:
        known = {
            row["code"] for row in csv.DictReader(table)
            if row["vocabulary"] == "publiccode-category"
        }  # fmt: skip
    publiccode = yaml_value("publiccode.yml", (ROOT / "publiccode.yml").read_bytes())
    assert isinstance(publiccode, dict)
    assert publiccode["categories"]
    assert set(publiccode["categories"]) <= known


def test_the_commands_of_the_readme_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"make ([a-z-]+)", readme))
    assert {"run", "test"} <= named
    assert named <= targets


ASK = """
import sys
sys.path[:0] = sys.argv[1:3]
from pathlib import Path
from fastapi.testclient import TestClient
from api.app import create_app
from ingest.pipeline import build
from ingest.source import sources
from kg.answers.who_does_what import who_does_what
from kg.files import QUERIES, ontology, shapes
from kg.questions import Query
from kg.release import current
from kg.settings import Settings
for folder in (ontology(), shapes(), QUERIES):
    assert str(folder).startswith(sys.argv[1]), folder
assert {path.name for path in ontology().glob("*.ttl")} >= {"lotse.ttl", "themes.ttl"}
for path in QUERIES.glob("*.rq"):
    Query.load(path.stem)
data = Path("data")
build(data, sources())
assert who_does_what(current(data).graph, place="Bamberg", kind="innovation-lab").rows
with TestClient(create_app(Settings(data=data))) as client:
    for page in ("/", "/sparql", "/api/v1/sources", "/context.jsonld", "/static/lotse.css"):
        assert client.get(page).status_code == 200, page
from kg.cli import main
sys.argv = ["lotse", "validate", sys.argv[3]]
main()
"""


@pytest.mark.full
def test_the_wheel_carries_all_it_needs_to_build_to_serve_and_to_validate(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    target = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(target)]
    subprocess.run([*pip, str(wheel)], check=True)
    bad = tmp_path / "bad.ttl"
    bad.write_text(
        "@prefix lotse: <https://w3id.org/innovationslotse/ns#> .\n"
        "<https://example.org/x> a lotse:Adoption .\n"
    )
    libraries = sysconfig.get_path("purelib")
    asked = subprocess.run(
        [sys.executable, "-S", "-c", ASK, str(target), libraries, str(bad)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(target)},
    )  # fmt: skip
    assert asked.returncode == 1, asked.stderr
    assert "Adoption-solution" in asked.stdout
