"""One line a request in the log: method, path, status, time. Never a query string."""

import time

import structlog

from api.headers import App, Message, Receive, Scope, Send

_log = structlog.get_logger("lotse.access")


class AccessLog:
    """A layer around the application that notes each answer."""

    def __init__(self, app: App) -> None:
        """Stand around an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and note how it was answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            spent = round((time.perf_counter() - began) * 1000, 1)
            _log.info("answered", method=scope["method"], path=scope["path"], status=status,
                      ms=spent)  # fmt: skip
