"""The editor in a real browser: it works under our policy, and asks nobody but this service."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.editor import BUILT
from kg.release import Release
from kg.settings import Settings
from tests.live import served as running

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--virtual-time-budget=8000", "--enable-logging=stderr", "--lang=de",
)  # fmt: skip

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here")


@pytest.fixture(scope="module")
def page(
    data: Path, served: Release, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Open the page; yields what it became, what the browser complained of, what was fetched."""
    assert (BUILT / "yasgui.min.js").exists(), "build it first: make assets"
    assert BROWSER is not None
    folder = tmp_path_factory.mktemp("browser")
    with running(Settings(data=data)) as port:
        got = subprocess.run(
            [BROWSER, *FLAGS, f"--user-data-dir={folder}/profile",
             f"--log-net-log={folder}/net.json", "--dump-dom",
             f"http://127.0.0.1:{port}/sparql?query=SELECT%20*%20%7B%20%3Fs%20a%20%3Fo%20%7D%20LIMIT%202"],
            capture_output=True, text=True, timeout=120, check=True,
        )  # fmt: skip
        log = json.loads((folder / "net.json").read_text(encoding="utf-8"))
        started = log["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
        fetched = [one["params"] for one in log["events"]
                   if one["type"] == started and "url" in one.get("params", {})]  # fmt: skip
        ours = [
            one
            for one in fetched
            if one.get("initiator", "").startswith(f"http://127.0.0.1:{port}")
        ]
        assert served.id in got.stdout or ours
        yield got.stdout, got.stderr, ours


def test_the_editor_takes_the_place_of_the_form(
    page: tuple[str, str, list[dict[str, Any]]],
) -> None:
    shown, complaints, _ = page
    assert 'class="CodeMirror' in shown
    assert 'class="yasqe_queryButton' in shown
    assert "Content Security Policy" not in complaints
    assert "Uncaught" not in complaints


def test_the_page_asks_nobody_but_this_service(
    page: tuple[str, str, list[dict[str, Any]]],
) -> None:
    _, _, fetched = page
    assert len(fetched) >= 4
    assert {one["url"].split("/")[2].split(":")[0] for one in fetched} == {"127.0.0.1"}
