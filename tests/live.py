"""The service on a real socket, in a thread: for clients that bring their own connections."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from api.app import create_app
from kg.settings import Settings


@contextmanager
def served(settings: Settings) -> Iterator[int]:
    """Serve with these settings; yields the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        config = uvicorn.Config(create_app(settings), log_level="error", access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [free]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield free.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()
