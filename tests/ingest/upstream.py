"""A local server that plays other people's servers: right, slow, broken or hostile ones."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    """What the server answers; `cut` ends the body early, whatever the headers promise."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    hold: threading.Event | None = None
    """The connection stays open, and nothing more comes, until this happens."""


Script = Callable[[str, Mapping[str, str]], Reply]


@dataclass
class Played:
    """A server under way: what it answers, and what it was asked."""

    host: str
    answers: dict[str, Script | list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    posted: list[bytes] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def reply(self, path: str, headers: Mapping[str, str]) -> Reply:
        self.asked.append((path, headers))
        answer = self.answers.get(path.partition("?")[0])
        if answer is None:
            return Reply(b"not here", 404)
        if callable(answer):
            return answer(path, headers)
        return answer.pop(0) if len(answer) > 1 else answer[0]


def file(content: bytes, etag: str = '"v1"', modified: str = "") -> Script:
    """Return a server's answers for a file: with `ETag`, `304`, `Range` and `If-Range`."""

    def answer(_path: str, headers: Mapping[str, str]) -> Reply:
        said = {"ETag": etag} | ({"Last-Modified": modified} if modified else {})
        if headers.get("If-None-Match") == etag:
            return Reply(status=304, headers=said)
        asked = headers.get("Range", "")
        if asked and headers.get("If-Range") in (etag, modified):
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            if start >= len(content):
                return Reply(status=416, headers=said)
            part = f"bytes {start}-{len(content) - 1}/{len(content)}"
            return Reply(content[start:], 206, {**said, "Content-Range": part})
        return Reply(content, headers=said)

    return answer


@contextmanager
def played() -> Iterator[Played]:
    """Run a server on this machine until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = server_said.reply(self.path, dict(self.headers))
            self.send_response(found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in found.headers and "Transfer" not in found.headers:
                self.send_header("Content-Length", str(len(found.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(found.body[: found.cut])
            if found.hold is not None:
                found.hold.wait(30)
            self.close_connection = True

        def do_POST(self) -> None:
            server_said.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.do_GET()

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server_said = Played(f"127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server_said
        finally:
            server.shutdown()
            thread.join()
