"""Servers for benchmarks: ours with constant routes beside its own, and `oxigraph serve`.

Each is a process of its own on a free port of the loopback, ended with the `with` statement.
`python -m tests.bench.serving PORT` is what runs ours.
"""

import contextlib
import http.client
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import structlog
import uvicorn
from fastapi import Response

from api.app import create_app
from kg.settings import Settings

_PATIENCE: Final = 120.0


class Client:
    """One connection that is kept, as a program that asks often has it."""

    def __init__(self, port: int) -> None:
        """Connect."""
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
        """Return status, headers and body of an answer; header names have `_` for `-`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request("GET", path, headers={"Accept-Encoding": "identity"} | named)
        got = self._connection.getresponse()
        return got.status, {name.lower(): value for name, value in got.getheaders()}, got.read()


@contextmanager
def ours(settings: Settings) -> Iterator[int]:
    """Serve a release; yields the port."""
    with _free() as port:
        command = [sys.executable, "-m", "tests.bench.serving", str(port)]
        with _running(command, port, {"LOTSE_DATA": str(settings.data.absolute())}):
            yield port


@contextmanager
def oxigraphs(store: Path) -> Iterator[int | None]:
    """Serve a store with Oxigraph's own server; yields the port, None where it is not installed."""
    binary = Path(sys.executable).parent / "oxigraph"
    if not binary.exists():
        yield None
        return
    with _free() as port:
        command = [
            str(binary), "serve-read-only", "--location", str(store), "--union-default-graph",
            "--bind", f"127.0.0.1:{port}",
        ]  # fmt: skip
        with _running(command, port, {}):
            yield port


@contextmanager
def _free() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    yield port


@contextmanager
def _running(command: list[str], port: int, more: Mapping[str, str]) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, env={**os.environ, **more}, stdout=quiet, stderr=quiet)
    try:
        _wait_for(port, server)
        yield
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    message = f"{server.args!r} did not begin to serve"
    raise RuntimeError(message)


def main(port: int) -> None:
    """Serve as `lotse serve` does, with `/constant/{size}` beside everything else."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    app = create_app()
    app.state.service.warm()

    @app.get("/constant/{size}")
    def constant(size: int) -> Response:
        return Response(b"x" * size, media_type="application/json")

    uvicorn.run(app, port=port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main(int(sys.argv[1]))
